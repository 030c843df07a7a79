/* The cached libraries: generations, what is stale, what is archived and revived, and candidates
 * with everything filled in that their title, profile and tags say (engine page, section 5). */
#include <string.h>

#include "unit/store_library.h"

#include "store/handle.h"

static void keep_item(void *ctx, const struct item *it, const struct item_memory *m UNUSED)
{
    *(struct item *)ctx = *it; /* numbers only: the texts are gone after the callback */
    assert_string_equal(it->title, "Show");
    assert_string_equal(it->sort_title, "show");
    assert_string_equal(it->imdb_id, "tt1");
    assert_string_equal(it->episode_title, "Pilot");
    assert_string_equal(it->quality_profile, "HD");
    assert_string_equal(it->tags, "|anime|kids|"); /* lower case; tag 9 has no label */
    assert_string_equal(it->genres, "|Drama|");
}

static void a_candidate_has_everything(void **state)
{
    struct state *t = *state;
    struct candidate_cursor cursor = {0};
    struct item it = {0};
    bool is_more = true;
    const struct title x = series(7, "f1");
    lists_of_tv(t);
    sync_series(t, "tv", &x, 70, 1);
    OK(t,
       candidates_slice(t->store, "tv", true, false, 10, &cursor, keep_item, &it, &is_more, &t->e));
    assert_false(is_more);
    assert_int_equal(it.kind, ITEM_EPISODE);
    assert_int_equal(it.id, 70);
    assert_int_equal(it.title_id, 7);
    assert_int_equal(it.tvdb_id, 1007);
    assert_int_equal(it.season, 1);
    assert_int_equal(it.episode, 1);
    assert_int_equal(it.year, 2020);
    assert_int_equal(it.status, STATUS_CONTINUING);
    assert_int_equal(it.type, SERIES_TYPE_ANIME);
    assert_true(it.is_monitored);
    assert_false(it.has_file);
    assert_true(it.is_upgrade_allowed); /* the profile's word */
    assert_int_equal(it.quality_profile_id, 6);
    assert_int_equal(it.aired, NOON - DAYS(3));
    assert_int_equal(it.added, NOON - DAYS(100));
    assert_int_equal(it.server_searched, NOON - DAYS(2));
    assert_int_equal(it.series_aired_episodes, 12);
    assert_int_equal(it.n_titles, 3);
}

static void movies_keep_their_dates(void **state)
{
    struct state *t = *state;
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct title x = series(5, "f");
    struct item it = {.kind = ITEM_MOVIE,
                      .id = 5,
                      .title_id = 5,
                      .tmdb_id = 603,
                      .season = -1,
                      .episode = -1,
                      .title = "Dune",
                      .has_file = true,
                      .is_cutoff_unmet = true,
                      .is_available = true,
                      .in_cinemas = 11,
                      .digital = 22,
                      .physical = 33,
                      .n_titles = 1};
    struct item got;
    struct item_memory m;
    struct library_counts counts;
    bool is_found = false;
    x.tmdb_id = 603;
    x.type = SERIES_TYPE_STANDARD;
    x.status = STATUS_RELEASED;
    int64_t g = begin(t, "film");
    OK(t, see_title(t->store, "film", g, &x, &t->e));
    OK(t, item_put(t->store, "film", g, &it, &t->e));
    OK(t, library_end(t->store, "film", g, NOON, &counts, &t->e));
    assert_int_equal(counts.titles * 100 + counts.items * 10 + counts.archived, 110);
    OK(t, item_find(t->store, "film", ITEM_MOVIE, 5, arena, &got, &m, &is_found, &t->e));
    assert_true(is_found);
    assert_int_equal(got.kind, ITEM_MOVIE);
    assert_int_equal(got.season, -1);
    assert_int_equal(got.tmdb_id, 603);
    assert_int_equal(got.status, STATUS_RELEASED);
    assert_true(got.has_file && got.is_cutoff_unmet && got.is_available);
    assert_int_equal(got.in_cinemas + got.digital * 100 + got.physical * 10000, 332211);
    assert_string_equal(got.quality_profile, ""); /* no list was read */
    assert_string_equal(got.tags, "");
    OK(t, instance_ahead(t->store, "film", HOURS(3), &t->e));
    OK(t, item_find(t->store, "film", ITEM_MOVIE, 5, arena, &got, &m, &is_found, &t->e));
    assert_int_equal(got.server_ahead, HOURS(3));
    OK(t, item_find(t->store, "film", ITEM_EPISODE, 5, arena, &got, &m, &is_found, &t->e));
    assert_false(is_found);
    OK(t, item_find(t->store, "elsewhere", ITEM_MOVIE, 5, arena, &got, &m, &is_found, &t->e));
    assert_false(is_found);
}

static void slices_join_without_gap_or_repeat(void **state)
{
    struct state *t = *state;
    const struct title x = series(1, "f");
    sync_series(t, "other", &x, 900, 2);
    sync_series(t, "tv", &x, 10, 5);
    struct item with_file = episode(12, &x, 3);
    with_file.has_file = true;
    int64_t g = 0;
    OK(t, library_begin(t->store, "tv", &g, &t->e));
    OK(t, item_put(t->store, "tv", g, &with_file, &t->e));
    for (size_t slice = 1; slice <= 6; slice++) {
        assert_candidates(t, "tv", true, false, slice, "10:S1E1 11:S1E2 13:S1E4 14:S1E5 ");
        assert_candidates(t, "tv", false, true, slice, "12:S1E3 ");
        assert_candidates(t, "tv", true, true, slice, "10:S1E1 11:S1E2 13:S1E4 14:S1E5 12:S1E3 ");
        assert_candidates(t, "tv", false, false, slice, "");
        assert_candidates(t, "nobody", true, true, slice, "");
    }
}

/* ---- generations ---- */

/* The id of the next stale series, 0 when none is left. */
static int64_t stale(struct state *t, int64_t g)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct title x = {0};
    bool is_found = false;
    OK(t, title_stale(t->store, "tv", g, arena, &x, &is_found, &t->e));
    if (is_found) {
        assert_string_equal(x.title, "Show");
        assert_string_equal(x.tags, " 1 4 9 "); /* as the server gave them */
        assert_int_equal(x.runtime, MINUTES(24));
        assert_int_equal(x.n_titles, 4);
    }
    return is_found ? x.id : 0;
}

static void only_new_and_changed_series_are_stale(void **state)
{
    struct state *t = *state;
    struct title a = series(1, "a1"), b = series(2, "b1");
    int64_t g = begin(t, "tv");
    OK(t, see_title(t->store, "tv", g, &a, &t->e));
    OK(t, see_title(t->store, "tv", g, &b, &t->e));
    assert_int_equal(stale(t, g), 1);
    OK(t, title_fetched(t->store, "tv", g, 1, NOON, &t->e));
    assert_int_equal(stale(t, g), 2);
    /* Killed here: the next sync goes on with the second. */
    g = begin(t, "tv");
    assert_int_equal(stale(t, g), 0); /* nothing seen yet in this one */
    OK(t, see_title(t->store, "tv", g, &a, &t->e));
    OK(t, see_title(t->store, "tv", g, &b, &t->e));
    assert_int_equal(stale(t, g), 2);
    OK(t, title_fetched(t->store, "tv", g, 2, NOON, &t->e));
    assert_int_equal(stale(t, g), 0);
    g = begin(t, "tv");
    a = series(1, "a2");
    OK(t, see_title(t->store, "tv", g, &a, &t->e));
    OK(t, see_title(t->store, "tv", g, &b, &t->e));
    assert_int_equal(stale(t, g), 1);
}

/* The series read longest ago before `before`, 0: none. */
static int64_t oldest(struct state *t, int64_t g, utc_t before)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct title x = {0};
    bool is_found = false;
    OK(t, title_oldest(t->store, "tv", g, before, arena, &x, &is_found, &t->e));
    return is_found ? x.id : 0;
}

static void the_stalest_series_comes_first(void **state)
{
    struct state *t = *state;
    const struct title a = series(1, "a"), b = series(2, "b"), gone = series(3, "c");
    sync_series(t, "other", &a, 900, 1);
    int64_t g = begin(t, "tv");
    OK(t, see_title(t->store, "tv", g, &gone, &t->e));
    OK(t, title_fetched(t->store, "tv", g, 3, 1, &t->e));
    g = begin(t, "tv");
    OK(t, see_title(t->store, "tv", g, &a, &t->e));
    OK(t, see_title(t->store, "tv", g, &b, &t->e));
    OK(t, title_fetched(t->store, "tv", g, 1, 200, &t->e));
    OK(t, title_fetched(t->store, "tv", g, 2, 100, &t->e));
    assert_int_equal(oldest(t, g, 100), 0);
    assert_int_equal(oldest(t, g, 101), 2);
    OK(t, title_fetched(t->store, "tv", g, 2, 300, &t->e));
    assert_int_equal(oldest(t, g, 250), 1);
}

static void what_vanished_is_archived_and_comes_back(void **state)
{
    struct state *t = *state;
    struct title a = series(1, "a"), b = series(2, "b");
    struct library_counts counts;
    sync_series(t, "tv", &a, 10, 3);
    int64_t g = begin(t, "tv"); /* series 1 has lost episode 11; series 2 is new */
    a = series(1, "a2");
    OK(t, see_title(t->store, "tv", g, &a, &t->e));
    OK(t, see_title(t->store, "tv", g, &b, &t->e));
    for (int i = 0; i < 3; i += 2) {
        struct item it = episode(10 + i, &a, i + 1);
        OK(t, item_put(t->store, "tv", g, &it, &t->e));
    }
    OK(t, title_fetched(t->store, "tv", g, 1, NOON, &t->e));
    OK(t, library_end(t->store, "tv", g, NOON, &counts, &t->e));
    assert_int_equal(counts.titles * 100 + counts.items * 10 + counts.archived, 221);
    assert_candidates(t, "tv", true, false, 9, "10:S1E1 12:S1E3 ");

    g = begin(t, "tv"); /* series 1 is gone */
    OK(t, see_title(t->store, "tv", g, &b, &t->e));
    OK(t, library_end(t->store, "tv", g, NOON, &counts, &t->e));
    assert_int_equal(counts.titles * 100 + counts.items * 10 + counts.archived, 102);
    assert_candidates(t, "tv", true, false, 9, "");

    g = begin(t, "tv"); /* and back, unchanged: its episodes must be read all the same */
    OK(t, see_title(t->store, "tv", g, &a, &t->e));
    OK(t, see_title(t->store, "tv", g, &b, &t->e));
    assert_int_equal(stale(t, g), 1);
    struct item it = episode(10, &a, 1);
    OK(t, item_put(t->store, "tv", g, &it, &t->e));
    OK(t, title_fetched(t->store, "tv", g, 1, NOON, &t->e));
    assert_candidates(t, "tv", true, false, 9, "10:S1E1 ");
}

/* Rows written by a sync of one movie. */
static int64_t rows_written(struct state *t, const struct title *x, const struct item *it)
{
    int64_t before = sqlite3_total_changes64(t->store->db), g = begin(t, "film");
    int64_t begun = sqlite3_total_changes64(t->store->db) - before;
    OK(t, see_title(t->store, "film", g, x, &t->e));
    OK(t, item_put(t->store, "film", g, it, &t->e));
    return sqlite3_total_changes64(t->store->db) - before - begun;
}

static void what_is_as_it_was_is_not_written(void **state)
{
    struct state *t = *state;
    struct title x = series(5, "f");
    struct item it = {.kind = ITEM_MOVIE, .id = 5, .title_id = 5, .title = "Dune", .n_titles = 1};
    struct library_counts counts;
    assert_int_equal(rows_written(t, &x, &it), 3); /* the title, that it was seen, the movie */
    assert_int_equal(rows_written(t, &x, &it), 1); /* that it was seen */
    it.has_file = true;
    assert_int_equal(rows_written(t, &x, &it), 2);
    x.year = 2021;
    assert_int_equal(rows_written(t, &x, &it), 2);
    int64_t g = begin(t, "film"); /* not seen: archived; it comes back as it was */
    OK(t, library_end(t->store, "film", g, NOON, &counts, &t->e));
    assert_int_equal(counts.titles * 100 + counts.items * 10 + counts.archived, 1);
    assert_int_equal(rows_written(t, &x, &it), 3);
    OK(t, title_fetched(t->store, "film", g + 1, 5, NOON, &t->e)); /* its score was read */
    OK(t, library_end(t->store, "film", g + 1, NOON, &counts, &t->e));
    assert_int_equal(counts.titles * 100 + counts.items * 10 + counts.archived, 110);
}

static void a_sync_ends_with_its_time(void **state)
{
    struct state *t = *state;
    const struct title x = series(1, "f");
    utc_t synced = 9;
    OK(t, library_synced(t->store, "tv", &synced, &t->e));
    assert_int_equal(synced, 0);
    begin(t, "tv");
    OK(t, library_synced(t->store, "tv", &synced, &t->e));
    assert_int_equal(synced, 0);
    sync_series(t, "tv", &x, 10, 1);
    OK(t, library_synced(t->store, "tv", &synced, &t->e));
    assert_int_equal(synced, NOON);
}

/* ---- memory ---- */

static void search(struct state *t, int64_t item_id, const char *identity, bool is_judged)
{
    bool is_done = false;
    struct attempt a = {.queue = "q",
                        .instance = "tv",
                        .strategy = "missing",
                        .kind = ITEM_EPISODE,
                        .item_id = item_id,
                        .identity = identity,
                        .title = "Show",
                        .intended = NOON,
                        .message = "",
                        .judged = NOON + 5,
                        .verdict = VERDICT_NOTHING};
    OK(t, attempt_add(t->store, &a, &a.id, &t->e));
    if (is_judged)
        OK(t, attempt_judge(t->store, &a, &is_done, &t->e));
}

static void memory_survives_removing_and_adding_again(void **state)
{
    struct state *t = *state;
    struct title old = series(1, "f"), again = series(55, "f");
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct item it;
    struct item_memory m;
    bool is_found = false;
    sync_series(t, "tv", &old, 10, 2);
    search(t, 11, "tvdb:1001/1/2", true);
    search(t, 10, "tvdb:1001/1/1", false);
    assert_candidates(t, "tv", true, false, 9, "10:S1E1! 11:S1E2* ");
    again.tvdb_id = old.tvdb_id; /* the same show under a new server id */
    sync_series(t, "tv", &again, 300, 2);
    assert_candidates(t, "tv", true, false, 9, "300:S1E1! 301:S1E2* ");
    OK(t, item_find(t->store, "tv", ITEM_EPISODE, 301, arena, &it, &m, &is_found, &t->e));
    assert_true(is_found);
    assert_string_equal(it.episode_title, "Pilot");
    assert_int_equal(m.searched, NOON);
    assert_int_equal(m.last, VERDICT_NOTHING);
    assert_int_equal(m.n_nothing, 1);
    assert_false(m.is_open);
    OK(t, item_find(t->store, "tv", ITEM_EPISODE, 300, arena, &it, &m, &is_found, &t->e));
    assert_true(m.is_open);
    OK(t, item_find(t->store, "tv", ITEM_EPISODE, 10, arena, &it, &m, &is_found, &t->e));
    assert_false(is_found); /* archived */
}

/* ---- totals ---- */

static void write_summary(void *ctx, const struct library_summary *l)
{
    buf_printf(ctx, "%s %d %d/%d with %d missing %d unmet %d;", l->instance,
               (int)(l->synced == NOON), (int)l->titles, (int)l->items, (int)l->with_file,
               (int)l->missing, (int)l->cutoff_unmet);
}

static void totals(void **state)
{
    struct state *t = *state;
    CLEANUP(buf_done) struct buf b;
    const struct title x = series(1, "f");
    buf_init(&b, 1000);
    sync_series(t, "tv", &x, 10, 6);
    int64_t g = begin(t, "tv");
    struct item it = episode(10, &x, 1);
    it.has_file = it.is_cutoff_unmet = true;
    OK(t, item_put(t->store, "tv", g, &it, &t->e));
    it = episode(11, &x, 2);
    it.aired = NOON + 1; /* not out yet */
    OK(t, item_put(t->store, "tv", g, &it, &t->e));
    it = episode(12, &x, 3);
    it.aired = 0; /* nobody knows when */
    OK(t, item_put(t->store, "tv", g, &it, &t->e));
    it = episode(13, &x, 4);
    it.is_monitored = false;
    OK(t, item_put(t->store, "tv", g, &it, &t->e));
    begin(t, "film");
    OK(t, library_each(t->store, write_summary, &b, &t->e));
    assert_string_equal(b.at,
                        "film 0 0/0 with 0 missing 0 unmet 0;tv 1 1/6 with 1 missing 2 unmet 1;");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, store_setup_open, state_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_candidate_has_everything),
        TEST(movies_keep_their_dates),
        TEST(slices_join_without_gap_or_repeat),
        TEST(only_new_and_changed_series_are_stale),
        TEST(the_stalest_series_comes_first),
        TEST(what_vanished_is_archived_and_comes_back),
        TEST(what_is_as_it_was_is_not_written),
        TEST(a_sync_ends_with_its_time),
        TEST(memory_survives_removing_and_adding_again),
        TEST(totals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
