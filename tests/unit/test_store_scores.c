/* What the custom formats of files are worth: kept, and read again when it may have changed. */
#include "unit/store_library.h"

enum { MOVIES = 5 };

static void lists(struct state *t, const char *fingerprint, int cutoff)
{
    const struct stored_profile profiles[] = {{.id = 6,
                                               .name = "HD",
                                               .is_upgrade_allowed = true,
                                               .cutoff_score = cutoff,
                                               .fingerprint = fingerprint},
                                              {.id = 7, .name = "Any", .fingerprint = "same"}};
    CLEANUP(tx_done) struct tx tx = {0};
    OK(t, tx_begin(t->store, &tx, &t->e));
    OK(t, profiles_replace(t->store, "film", profiles, 2, &t->e));
    OK(t, tx_commit(&tx, &t->e));
}

static void put_movie(struct state *t, int64_t g, int64_t id, const char *fingerprint)
{
    struct title x = series(id, fingerprint);
    struct item it = episode(id, &x, -1);
    x.quality_profile_id = id == MOVIES ? 7 : 6; /* the last one's profile has no cutoff */
    it.kind = ITEM_MOVIE;
    it.season = -1;
    it.has_file = id != 1; /* the first has none */
    OK(t, see_title(t->store, "film", g, &x, &t->e));
    OK(t, item_put(t->store, "film", g, &it, &t->e));
}

static int64_t sync_movies(struct state *t)
{
    int64_t g = begin(t, "film");
    for (int64_t id = 1; id <= MOVIES; id++)
        put_movie(t, g, id, "f");
    return g;
}

static void assert_stale(struct state *t, int64_t g, int64_t after, size_t max,
                         const char *expected)
{
    CLEANUP(buf_done) struct buf b;
    int64_t ids[9];
    size_t n = 0;
    buf_init(&b, 100);
    OK(t, scores_stale(t->store, "film", g, after, max, ids, &n, &t->e));
    for (size_t i = 0; i < n; i++)
        buf_printf(&b, "%d ", (int)ids[i]);
    assert_string_equal(b.at, expected);
}

static void assert_oldest(struct state *t, int64_t g, utc_t before, const char *expected)
{
    CLEANUP(buf_done) struct buf b;
    int64_t ids[9];
    size_t n = 0;
    buf_init(&b, 100);
    OK(t, scores_oldest(t->store, "film", g, before, 2, ids, &n, &t->e));
    for (size_t i = 0; i < n; i++)
        buf_printf(&b, "%d ", (int)ids[i]);
    assert_string_equal(b.at, expected);
}

static void files_under_a_cutoff_are_read(void **state)
{
    struct state *t = *state;
    lists(t, "p", 100);
    int64_t g = sync_movies(t);
    assert_stale(t, g, 0, 9, "2 3 4 ");
    assert_stale(t, g, 0, 2, "2 3 ");
    assert_stale(t, g, 3, 2, "4 ");
    OK(t, title_fetched(t->store, "film", g, 2, NOON + 2, &t->e));
    OK(t, title_fetched(t->store, "film", g, 3, NOON + 1, &t->e));
    OK(t, title_fetched(t->store, "film", g, 4, NOON + 3, &t->e));
    assert_stale(t, g, 0, 9, "");
    assert_oldest(t, g, NOON + 9, "3 2 ");
    assert_oldest(t, g, NOON + 2, "3 ");
    put_movie(t, g, 4, "changed");
    assert_stale(t, g, 0, 9, "4 ");
}

static void a_changed_profile_has_its_titles_read_again(void **state)
{
    struct state *t = *state;
    lists(t, "p", 100);
    int64_t g = sync_movies(t);
    for (int64_t id = 1; id <= MOVIES; id++)
        OK(t, title_fetched(t->store, "film", g, id, NOON, &t->e));
    lists(t, "p", 100);
    assert_stale(t, g, 0, 9, "");
    lists(t, "q", 100);
    assert_stale(t, g, 0, 9, "2 3 4 ");
    lists(t, "q", 0);
    assert_stale(t, g, 0, 9, "");
}

static void find(struct state *t, struct arena *arena, int64_t id, struct item *ret)
{
    struct item_memory m;
    bool is_found = false;
    OK(t, item_find(t->store, "film", ITEM_MOVIE, id, arena, ret, &m, &is_found, &t->e));
    assert_true(is_found);
}

static void count_unmet(void *ctx, const struct library_summary *l)
{
    *(int64_t *)ctx = l->cutoff_unmet;
}

static void a_score_stays_until_another_is_read(void **state)
{
    struct state *t = *state;
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    int64_t unmet = 0;
    struct item it;
    lists(t, "p", 100);
    sync_movies(t);
    find(t, arena, 2, &it);
    assert_false(it.has_format_score);
    assert_int_equal(it.cutoff_format_score, 100);
    OK(t, score_put(t->store, "film", 2, -5, &t->e));
    OK(t, score_put(t->store, "film", 3, 100, &t->e));
    OK(t, score_put(t->store, "film", MOVIES, -5, &t->e));
    sync_movies(t); /* the list does not tell scores */
    find(t, arena, 2, &it);
    assert_true(it.has_format_score && item_is_below_score(&it));
    assert_int_equal(it.format_score, -5);
    find(t, arena, 3, &it);
    assert_false(item_is_below_score(&it));
    find(t, arena, MOVIES, &it);
    assert_false(item_is_below_score(&it)); /* no cutoff */
    OK(t, library_each(t->store, count_unmet, &unmet, &t->e));
    assert_int_equal(unmet, 1);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, store_setup_open, state_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(files_under_a_cutoff_are_read),
        TEST(a_changed_profile_has_its_titles_read_again),
        TEST(a_score_stays_until_another_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
