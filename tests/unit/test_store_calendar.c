/* What airs within a span of time, told from the cached items. */
#include "unit/store_library.h"

static void write_airing(void *ctx, const struct item *it, const struct item_memory *m UNUSED)
{
    buf_printf(ctx, "%d %s S%dE%d %+d;", (int)it->title_id, it->title, it->season, it->episode,
               (int)((item_released(it) - NOON) / HOURS(1)));
}

static void put_aired(struct state *t, int64_t g, const struct title *x, int number, ms_t from_noon)
{
    struct item it = episode(10 + number, x, number);
    it.aired = NOON + from_noon;
    it.is_monitored = number != 9;
    OK(t, item_put(t->store, "tv", g, &it, &t->e));
}

static void assert_airing(struct state *t, const char *instance, ms_t from, ms_t to,
                          const char *expected)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 1000);
    OK(t, candidates_released(t->store, instance, NOON + from, NOON + to, write_airing, &b, &t->e));
    assert_string_equal(b.at, expected);
}

static void what_airs_within_a_span(void **state)
{
    struct state *t = *state;
    const struct title x = series(1, "f");
    sync_series(t, "tv", &x, 10, 1); /* aired three days ago */
    int64_t g = begin(t, "tv");
    put_aired(t, g, &x, 2, HOURS(30));
    put_aired(t, g, &x, 3, -HOURS(2));
    put_aired(t, g, &x, 9, HOURS(3)); /* not monitored */
    put_aired(t, g, &x, 4, -NOON);    /* nobody knows when */
    assert_airing(t, "tv", -HOURS(6), HOURS(48), "1 Show S1E3 -2;1 Show S1E2 +30;");
    assert_airing(t, "tv", -HOURS(2), HOURS(30), "1 Show S1E3 -2;1 Show S1E2 +30;");
    assert_airing(t, "tv", -HOURS(2) + 1, HOURS(30) - 1, "");
    assert_airing(t, "tv", -NOON, -HOURS(48), "1 Show S1E1 -72;");
    assert_airing(t, "film", -HOURS(6), HOURS(48), "");
}

static void a_movie_is_out_when_it_can_be_had_at_home(void **state)
{
    struct state *t = *state;
    struct title x = series(5, "f");
    struct item it = {.kind = ITEM_MOVIE,
                      .id = 5,
                      .title_id = 5,
                      .tmdb_id = 603,
                      .season = -1,
                      .episode = -1,
                      .title = "Show",
                      .is_monitored = true};
    int64_t g = begin(t, "film");
    OK(t, see_title(t->store, "film", g, &x, &t->e));
    it.in_cinemas = NOON - DAYS(90) + HOURS(1);
    OK(t, item_put(t->store, "film", g, &it, &t->e));
    assert_airing(t, "film", -DAYS(1), DAYS(1), "5 Show S-1E-1 +1;");
    it.physical = NOON + HOURS(5);
    OK(t, item_put(t->store, "film", g, &it, &t->e));
    assert_airing(t, "film", -DAYS(1), DAYS(1), "5 Show S-1E-1 +5;");
    it.digital = NOON + DAYS(2);
    it.physical = NOON + DAYS(3);
    OK(t, item_put(t->store, "film", g, &it, &t->e));
    assert_airing(t, "film", -DAYS(1), DAYS(1), "");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, store_setup_open, state_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_airs_within_a_span),
        TEST(a_movie_is_out_when_it_can_be_had_at_home),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
