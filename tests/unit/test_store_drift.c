/* What is wanted by the servers' own rules (contract with the servers, sections 3.4 and 0.10–0.13),
 * and what is remembered of a difference. */
#include "unit/store_library.h"

static int64_t wanted(struct state *t, const char *instance, utc_t at)
{
    int64_t n = -1;
    OK(t, library_wanted(t->store, instance, at, &n, &t->e));
    return n;
}

static void put(struct state *t, int64_t g, const struct title *x, int number,
                void (*change)(struct item *it))
{
    struct item it = episode(100 + number, x, number);
    if (change)
        change(&it);
    OK(t, item_put(t->store, "tv", g, &it, &t->e));
}

static void special(struct item *it)
{
    it->season = 0;
}
static void unmonitored(struct item *it)
{
    it->is_monitored = false;
}
static void dateless(struct item *it)
{
    it->aired = 0;
}
static void here(struct item *it)
{
    it->has_file = true;
}
static void tomorrow(struct item *it)
{
    it->aired = NOON + DAYS(1);
}

static void episodes_count_when_broadcast(void **state)
{
    struct state *t = *state;
    const struct title x = series(1, "f");
    int64_t g = begin(t, "tv");
    OK(t, see_title(t->store, "tv", g, &x, &t->e));
    assert_int_equal(wanted(t, "tv", NOON), 0);
    put(t, g, &x, 1, NULL);
    assert_int_equal(wanted(t, "tv", NOON), 1);
    put(t, g, &x, 2, special);
    assert_int_equal(wanted(t, "tv", NOON), 2);
    put(t, g, &x, 3, unmonitored);
    put(t, g, &x, 4, dateless);
    put(t, g, &x, 5, here);
    put(t, g, &x, 6, tomorrow);
    assert_int_equal(wanted(t, "tv", NOON), 2);
    assert_int_equal(wanted(t, "tv", NOON + DAYS(1)), 3);
    assert_int_equal(wanted(t, "tv", NOON - DAYS(4)), 0);
    assert_int_equal(wanted(t, "other", NOON), 0);
}

static void put_movie(struct state *t, int64_t g, int64_t id, int year)
{
    struct title x = series(id, "f");
    struct item it = episode(id, &x, -1);
    x.year = year;
    it.kind = ITEM_MOVIE;
    it.season = -1;
    it.aired = 0;
    OK(t, see_title(t->store, "film", g, &x, &t->e));
    OK(t, item_put(t->store, "film", g, &it, &t->e));
}

/* Whether it is available or has any date does not matter there; a year does. */
static void movies_count_when_they_have_a_year(void **state)
{
    struct state *t = *state;
    int64_t g = begin(t, "film");
    put_movie(t, g, 1, 2020);
    put_movie(t, g, 2, 0);
    put_movie(t, g, 3, 2031);
    assert_int_equal(wanted(t, "film", NOON), 2);
}

static void keep_drift(void *ctx, const struct library_summary *l)
{
    buf_printf(ctx, "%s %d;", l->instance, (int)l->drift);
}

static void a_difference_is_remembered(void **state)
{
    struct state *t = *state;
    struct library_drift d = {.difference = 9};
    OK(t, library_drift(t->store, "tv", &d, &t->e));
    assert_int_equal(d.difference, 0);
    begin(t, "tv");
    begin(t, "other");
    OK(t, library_drift_put(t->store, "tv", &(struct library_drift){-3, NOON}, &t->e));
    OK(t, library_drift(t->store, "tv", &d, &t->e));
    assert_int_equal(d.difference, -3);
    assert_int_equal(d.repaired, NOON);
    OK(t, library_drift(t->store, "other", &d, &t->e));
    assert_int_equal(d.difference + d.repaired, 0);
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 100);
    OK(t, library_each(t->store, keep_drift, &b, &t->e));
    assert_string_equal(b.at, "other 0;tv -3;");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, store_setup_open, state_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(episodes_count_when_broadcast),
        TEST(movies_count_when_they_have_a_year),
        TEST(a_difference_is_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
