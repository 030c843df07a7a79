/* Rates of finds: priors, evidence, and what a search is expected to find. Figures are worked out
 * by hand from the priors in rates.c: shares 40 30 20 10 5 %, worth 10 searches; daily rates .3 .08
 * .02 .004 .001 times 1, .6, .35, worth 2 finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "close.h"
#include "model/rates.h"

static const utc_t NOW = 1795435200000; /* 2026-11-23T12:00:00Z */

static struct item aired(ms_t ago)
{
    return (struct item){.kind = ITEM_EPISODE, .season = 1, .aired = NOW - ago};
}

static struct item_memory searched(ms_t ago, int times)
{
    return (struct item_memory){.searched = NOW - ago, .n_searches = times};
}

static double expected(const struct rates *r, ms_t age, struct item_memory m)
{
    struct item it = aired(age);
    return rates_forecast(r, &it, &m, NOW).expected;
}

static const struct item_memory never;

static void tiers_are_those_of_the_cooldown(void **state UNUSED)
{
    static const struct {
        ms_t age;
        int tier;
    } cases[] = {
        {0, 0},        {HOURS(24) - 1, 0}, {HOURS(24), 1}, {DAYS(7) - 1, 1}, {DAYS(7), 2},
        {DAYS(30), 3}, {DAYS(365) - 1, 3}, {DAYS(365), 4}, {DAYS(9000), 4},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(rate_tier(cases[i].age), cases[i].tier);
}

static void rounds_count_searches_and_a_human(void **state UNUSED)
{
    static const int rounds[] = {0, 1, 2, 2, 3, 3};
    struct item it = aired(DAYS(3));
    for (int n = 0; n < (int)COUNT(rounds); n++)
        assert_int_equal(rate_round(&it, &(struct item_memory){.n_searches = n}), rounds[n]);
    it.server_searched = NOW;
    assert_int_equal(rate_round(&it, &never), 1);
    assert_int_equal(rate_round(&it, &(struct item_memory){.n_searches = 2}), 2);
    assert_int_equal(rate_round(&it, &(struct item_memory){.uncounted = NOW}), 0);
}

/* As good as a first search within a day. */
static void what_reached_nobody_leaves_no_trace(void **state UNUSED)
{
    struct rates none = {0};
    struct item it = aired(HOURS(20));
    it.server_searched = NOW - HOURS(2);
    struct item_memory m = {.uncounted = NOW - HOURS(2), .soft_failed = NOW - HOURS(2)};
    assert_close(rates_forecast(&none, &it, &m, NOW).expected, .4);
}

static void nothing_learned_means_the_priors(void **state UNUSED)
{
    static const double shares[] = {.4, .3, .2, .1, .05};
    static const ms_t ages[] = {HOURS(8), DAYS(3), DAYS(10), DAYS(100), DAYS(1000)};
    const struct rates none = {0};
    for (size_t i = 0; i < COUNT(ages); i++)
        assert_close(expected(&none, ages[i], never), shares[i]);
}

/* Aged 10 days, searched 5 days ago: 2 days at .08, 3 at .02, so .22 releases: .22 / 1.22. Searched
 * twice: .6 of that. A human's search counts alike. */
static void a_span_takes_each_tier_for_its_days(void **state UNUSED)
{
    const struct rates none = {0};
    assert_close(expected(&none, DAYS(10), searched(DAYS(5), 1)), .22 / 1.22);
    assert_close(expected(&none, DAYS(10), searched(DAYS(5), 2)), .132 / 1.132);
    struct item it = aired(DAYS(10));
    it.server_searched = NOW - DAYS(5);
    assert_close(rates_forecast(&none, &it, &never, NOW).expected, .22 / 1.22);
}

/* (.2 · 10 + 9) / (10 + 10); other tiers stay as they were. */
static void first_searches_teach_their_tier(void **state UNUSED)
{
    struct rates r = {0};
    struct item it = aired(DAYS(10));
    for (int i = 0; i < 10; i++)
        rates_note(&r, &it, &never, NOW, i > 0, 1);
    assert_close(expected(&r, DAYS(10), never), .55);
    assert_close(expected(&r, DAYS(100), never), .1);
    assert_close(expected(&r, DAYS(10), searched(DAYS(1), 1)), .02 / 1.02);
}

/* Prior: 2 finds in 2 / .004 = 500 days. 300 more with 2: 4 in 800. 20 days: .1 / 1.1. */
static void later_searches_teach_the_rate(void **state UNUSED)
{
    struct rates r = {0};
    struct item it = aired(DAYS(200));
    struct item_memory before = searched(DAYS(30), 1);
    for (int i = 0; i < 10; i++)
        rates_note(&r, &it, &before, NOW, i < 2, 1);
    assert_close(expected(&r, DAYS(200), searched(DAYS(20), 1)), .1 / 1.1);
    assert_close(expected(&r, DAYS(200), never), .1);
}

/* A find within 1 day of the first tier and 2 of the next: .3 and .16 of .46. */
static void a_find_in_several_tiers_is_divided(void **state UNUSED)
{
    struct rates r = {0};
    struct item it = aired(DAYS(3));
    struct item_memory before = searched(DAYS(3), 1);
    rates_note(&r, &it, &before, NOW, true, 1);
    assert_close(r.at[1][0].finds, .3 / .46);
    assert_close(r.at[1][1].finds, .16 / .46);
    assert_close(r.at[1][0].exposure, 1);
    assert_close(r.at[1][1].exposure, 2);
}

/* The first of all searches was 100 days ago: an old item that was passed over since then has had
 * 100 days more for a release: .05 and 100 · .001. One added yesterday has not. */
static void waiting_for_the_first_search_counts(void **state UNUSED)
{
    struct rates r = {.begun = NOW - DAYS(100)};
    assert_close(expected(&r, DAYS(1000), never), .15);
    struct item it = aired(DAYS(1000));
    it.added = NOW - DAYS(1);
    assert_close(rates_forecast(&r, &it, &never, NOW).expected, .051);
}

/* Ten that had waited 20 days found 1: (.5 + 1) / 20 of items that waited 10 on average. */
static void shares_know_how_long_theirs_had_waited(void **state UNUSED)
{
    struct rates r = {.begun = NOW - DAYS(20)};
    struct item it = aired(DAYS(1000));
    for (int i = 0; i < 10; i++)
        rates_note(&r, &it, &never, NOW, i == 0, 1);
    assert_close(expected(&r, DAYS(1000), never), .075 + .01);
}

static void what_is_taken_back_is_gone(void **state UNUSED)
{
    struct rates r = {0};
    struct item it = aired(DAYS(40));
    const struct item_memory befores[] = {never, searched(DAYS(35), 1), searched(DAYS(9), 3)};
    for (int sign = 1; sign >= -1; sign -= 2)
        for (size_t i = 0; i < COUNT(befores); i++)
            rates_note(&r, &it, &befores[i], NOW, i != 1, sign);
    for (int round = 0; round < RATE_ROUNDS; round++)
        for (int tier = 0; tier < RATE_TIERS; tier++) {
            assert_close(r.at[round][tier].finds, 0);
            assert_close(r.at[round][tier].exposure, 0);
            assert_close(r.at[round][tier].waited, 0);
        }
}

/* Clocks jump, air dates are corrected: a search before the release, or before the last one. */
static void odd_times_stay_in_bounds(void **state UNUSED)
{
    static const utc_t odd[] = {1, NOW - DAYS(20000), NOW, NOW + DAYS(400)};
    for (size_t i = 0; i < COUNT(odd); i++)
        for (size_t k = 0; k < COUNT(odd); k++) {
            struct rates r = {0};
            struct item it = {.kind = ITEM_EPISODE, .season = 1, .aired = odd[i]};
            struct item_memory m = {.searched = odd[k], .n_searches = (int)k};
            rates_note(&r, &it, &m, NOW, true, 1);
            double p = rates_forecast(&r, &it, &m, NOW).expected;
            assert_true(p >= 0 && p <= 1);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiers_are_those_of_the_cooldown),
        cmocka_unit_test(rounds_count_searches_and_a_human),
        cmocka_unit_test(what_reached_nobody_leaves_no_trace),
        cmocka_unit_test(nothing_learned_means_the_priors),
        cmocka_unit_test(a_span_takes_each_tier_for_its_days),
        cmocka_unit_test(first_searches_teach_their_tier),
        cmocka_unit_test(later_searches_teach_the_rate),
        cmocka_unit_test(a_find_in_several_tiers_is_divided),
        cmocka_unit_test(waiting_for_the_first_search_counts),
        cmocka_unit_test(shares_know_how_long_theirs_had_waited),
        cmocka_unit_test(what_is_taken_back_is_gone),
        cmocka_unit_test(odd_times_stay_in_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
