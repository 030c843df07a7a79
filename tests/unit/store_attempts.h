/* tests/unit/store_attempts.h — attempts of one episode, and what is told of them. */
#ifndef SPL_TEST_STORE_ATTEMPTS_H
#define SPL_TEST_STORE_ATTEMPTS_H

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "store/library.h"
#include "store/searches.h"
#include "unit/store_see.h"
#include "unit/store_state.h"

static inline struct attempt attempt_at(utc_t when)
{
    return (struct attempt){.queue = "q",
                            .instance = "tv",
                            .strategy = "missing",
                            .kind = ITEM_EPISODE,
                            .item_id = 10,
                            .title_id = 1,
                            .identity = "tvdb:1001/1/1",
                            .title = "Show S01E01",
                            .season = 1,
                            .episode = 1,
                            .intended = when,
                            .message = "",
                            .cost = 1};
}

static inline int64_t intend(struct state *t, const char *instance, utc_t when)
{
    struct attempt a = attempt_at(when);
    a.instance = instance;
    OK(t, attempt_add(t->store, &a, &a.id, &t->e));
    return a.id;
}

/* An attempt intended at `when` and judged a minute later. */
static inline int64_t judged_at(struct state *t, utc_t when, enum verdict verdict)
{
    bool is_done = false;
    struct attempt a = attempt_at(when);
    OK(t, attempt_add(t->store, &a, &a.id, &t->e));
    a.judged = when + MINUTES(1);
    a.verdict = verdict;
    a.grabs = verdict == VERDICT_GRABBED ? 1 : 0;
    OK(t, attempt_judge(t->store, &a, &is_done, &t->e));
    assert_true(is_done);
    return a.id;
}

/* As a sync reads it. */
static inline void read_item(struct state *t, bool has_file)
{
    int64_t g = 0;
    const struct title x = {.id = 1,
                            .tvdb_id = 1001,
                            .imdb_id = "",
                            .title = "Show",
                            .sort_title = "show",
                            .tags = "",
                            .genres = ""};
    const struct item it = {.kind = ITEM_EPISODE,
                            .id = 10,
                            .title_id = 1,
                            .tvdb_id = 1001,
                            .season = 1,
                            .episode = 1,
                            .title = "Show",
                            .episode_title = "",
                            .has_file = has_file};
    OK(t, library_begin(t->store, "tv", &g, &t->e));
    OK(t, see_title(t->store, "tv", g, &x, &t->e));
    OK(t, item_put(t->store, "tv", g, &it, &t->e));
}

static inline void add_item(struct state *t)
{
    read_item(t, false);
}

static inline struct item_memory memory_in(struct state *t, const char *instance)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct item it;
    struct item_memory m = {0};
    bool is_found = false;
    OK(t, item_find(t->store, instance, ITEM_EPISODE, 10, arena, &it, &m, &is_found, &t->e));
    assert_true(is_found);
    return m;
}

/* "searched last n_searches/n_nothing/n_soft soft grabs grabbed", times in hours after noon, - for
 * never. */
static inline void assert_memory(struct state *t, const char *what, const char *expected)
{
    struct item_memory m = memory_in(t, "tv");
    const utc_t times[] = {m.searched, m.soft_failed, m.grabbed};
    char text[3][8], all[120];
    for (size_t i = 0; i < COUNT(times); i++)
        snprintf(text[i], sizeof text[i], times[i] ? "%d" : "-",
                 (int)((times[i] - NOON) / HOURS(1)));
    snprintf(all, sizeof all, "%s %s %d/%d/%d %s %d %s", text[0], verdict_names[m.last],
             m.n_searches, m.n_nothing, m.n_soft_failures, text[1], m.n_grabs, text[2]);
    if (!str_eq(all, expected))
        fail_msg("%s: %s, expected %s", what, all, expected);
}

static inline void write_id(void *ctx, const struct attempt *a)
{
    buf_printf(ctx, "%d ", (int)a->id);
}

static inline void assert_found(struct state *t, const struct attempt_filter *f,
                                const char *expected)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 1000);
    OK(t, attempts_each(t->store, f, write_id, &b, &t->e));
    assert_string_equal(b.at, expected);
}

static inline void write_rollup(void *ctx, const struct rollup *r)
{
    buf_printf(ctx, "%s %s/%s/%s %d=%d+%d+%d failed %d grabs %d cost %d;", r->day, r->instance,
               r->queue, r->strategy, (int)r->searches, (int)r->grabbed, (int)r->nothing,
               (int)r->other, (int)r->failed, (int)r->grabs, (int)r->indexer_queries);
}

static inline void assert_rollups(struct state *t, utc_t since, const char *expected)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 4000);
    OK(t, rollups_each(t->store, since, write_rollup, &b, &t->e));
    assert_string_equal(b.at, expected);
}

#endif
