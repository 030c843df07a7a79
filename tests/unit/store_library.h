/* store_library.h — a series with episodes, synced, and what is then a candidate. */
#ifndef TESTS_STORE_LIBRARY_H
#define TESTS_STORE_LIBRARY_H

#include "base/arena.h"
#include "base/buf.h"
#include "store/library.h"
#include "store/searches.h"
#include "unit/store_see.h"
#include "unit/store_state.h"

static inline struct title series(int64_t id, const char *fingerprint)
{
    struct title t = {.id = id,
                      .tvdb_id = 1000 + id,
                      .imdb_id = "tt1",
                      .title = "Show",
                      .sort_title = "show",
                      .year = 2020,
                      .status = STATUS_CONTINUING,
                      .type = SERIES_TYPE_ANIME,
                      .is_monitored = true,
                      .quality_profile_id = 6,
                      .tags = " 1 4 9 ",
                      .genres = "|Drama|",
                      .runtime = MINUTES(24),
                      .added = NOON - DAYS(100),
                      .n_titles = 4};
    snprintf(t.fingerprint, sizeof t.fingerprint, "%s", fingerprint);
    return t;
}

static inline struct item episode(int64_t id, const struct title *t, int number)
{
    return (struct item){.kind = ITEM_EPISODE,
                         .id = id,
                         .title_id = t->id,
                         .tvdb_id = t->tvdb_id,
                         .season = 1,
                         .episode = number,
                         .title = t->title,
                         .episode_title = "Pilot",
                         .is_monitored = true,
                         .aired = NOON - DAYS(3),
                         .added = t->added,
                         .server_searched = NOON - DAYS(2),
                         .series_aired_episodes = 12,
                         .n_titles = 3};
}

static inline int64_t begin(struct state *t, const char *instance)
{
    int64_t generation = 0;
    OK(t, library_begin(t->store, instance, &generation, &t->e));
    return generation;
}

/* One whole sync of one series with `n` episodes, ids from first_id. */
static inline void sync_series(struct state *t, const char *instance, const struct title *x,
                               int64_t first_id, int n)
{
    struct library_counts counts;
    int64_t g = begin(t, instance);
    OK(t, see_title(t->store, instance, g, x, &t->e));
    for (int i = 0; i < n; i++) {
        struct item it = episode(first_id + i, x, i + 1);
        OK(t, item_put(t->store, instance, g, &it, &t->e));
    }
    OK(t, title_fetched(t->store, instance, g, x->id, NOON, &t->e));
    OK(t, library_end(t->store, instance, g, NOON, &counts, &t->e));
}

static inline void write_candidate(void *ctx, const struct item *it, const struct item_memory *m)
{
    buf_printf(ctx, "%d:S%dE%d%s%s ", (int)it->id, it->season, it->episode,
               m->n_searches ? "*" : "", m->is_open ? "!" : "");
}

/* Ids of candidates, read in slices of `slice`. */
static inline void assert_candidates(struct state *t, const char *instance, bool without, bool with,
                                     size_t slice, const char *expected)
{
    CLEANUP(buf_done) struct buf b;
    struct candidate_cursor cursor = {0};
    bool is_more = true;
    buf_init(&b, 4096);
    for (int n = 0; is_more; n++) {
        assert_true(n < 50);
        OK(t, candidates_slice(t->store, instance, without, with, slice, &cursor, write_candidate,
                               &b, &is_more, &t->e));
    }
    assert_string_equal(b.at, expected);
}

static inline void lists_of_tv(struct state *t)
{
    const struct stored_profile profiles[] = {{1, "Any", false}, {6, "HD", true}};
    const struct stored_tag tags[] = {{1, "Anime"}, {4, "kids"}};
    CLEANUP(tx_done) struct tx tx = {0};
    OK(t, tx_begin(t->store, &tx, &t->e));
    OK(t, profiles_replace(t->store, "tv", profiles, 1, &t->e));
    OK(t, profiles_replace(t->store, "tv", profiles, 2, &t->e));
    OK(t, tags_replace(t->store, "tv", tags, 2, &t->e));
    OK(t, tx_commit(&tx, &t->e));
}

#endif
