/* The gates of an item: each closes alone, with its reason, its end and its detail, in the order of
 * the engine page, section 2. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/rng.h"
#include "unit/search_items.h"

struct world {
    struct queue queue;
    struct query query;
    struct item it;
    struct item_memory m;
    bool is_elsewhere;
};

static bool elsewhere(const void *ctx, const char *identity)
{
    return ((const struct world *)ctx)->is_elsewhere && strcmp(identity, "tvdb:73244/3/7") == 0;
}

static void set_up(struct world *w, struct item it)
{
    *w = (struct world){.queue = usual_queue(), .it = it};
    w->query = query_of(&w->queue);
    w->query.is_elsewhere = elsewhere;
    w->query.ctx = w;
}

static void assert_judged(const struct world *w, enum reason reason, utc_t until)
{
    struct why why = query_judge(&w->query, &w->it, &w->m);
    assert_string_equal(reason_name(why.reason), reason_name(reason));
    assert_int_equal(why.until, until);
}

static void assert_detail(const struct world *w, const char *detail)
{
    assert_string_equal(query_judge(&w->query, &w->it, &w->m).detail, detail);
}

/* ---- what closes each gate, in the order of the gates ---- */

static void unmonitor(struct world *w)
{
    w->it.is_monitored = false;
}

static void postpone(struct world *w)
{
    w->it.aired = NOW + HOURS(1);
}

static void air_now(struct world *w)
{
    w->it.aired = NOW - HOURS(5);
}

static void give_file(struct world *w)
{
    w->it.has_file = true;
    w->it.is_cutoff_unmet = true;
}

static void filter_out(struct world *w)
{
    w->queue.filters.years = (struct years){2010, 2020};
}

static void make_special(struct world *w)
{
    w->it.season = 0;
}

static void search_lately(struct world *w)
{
    w->m.searched = NOW - HOURS(1);
}

static void grab_in_circles(struct world *w)
{
    w->m.n_grabs = 3;
    w->m.grabbed = NOW - DAYS(2);
}

static void search_elsewhere(struct world *w)
{
    w->is_elsewhere = true;
}

static void download(struct world *w)
{
    static const int64_t ids[] = {3, 4711, 9000};
    static const struct downloads downloads = {ids, COUNT(ids)};
    w->query.downloading = &downloads;
}

static void leave_open(struct world *w)
{
    w->m.is_open = true;
}

/* Aired 10 d ago: rests 24 h. Guard: 30 d after the grab. Grace: 6 h after airing. */
static const struct {
    void (*close)(struct world *w);
    enum reason reason;
    utc_t until;
    const char *detail;
} closers[] = {
    {unmonitor, REASON_unmonitored, 0, ""},
    {postpone, REASON_not_released, NOW + HOURS(1), ""},
    {air_now, REASON_in_grace, NOW + HOURS(1), ""},
    {give_file, REASON_has_file, 0, ""},
    {filter_out, REASON_filtered, 0, "years"},
    {make_special, REASON_specials_off, 0, ""},
    {download, REASON_already_downloading, 0, ""},
    {search_lately, REASON_cooling_down, NOW + HOURS(23), ""},
    {grab_in_circles, REASON_held_loop_guard, NOW + DAYS(28), ""},
    {search_elsewhere, REASON_searching_elsewhere, 0, ""},
    {leave_open, REASON_in_flight, 0, ""},
};

static void the_usual_ones_may_be_searched(void **state UNUSED)
{
    struct world w;
    set_up(&w, usual_episode());
    assert_judged(&w, REASON_selected, 0);
    assert_detail(&w, "");
    set_up(&w, usual_movie());
    assert_judged(&w, REASON_selected, 0);
}

static void each_gate_closes_alone(void **state UNUSED)
{
    for (size_t i = 0; i < COUNT(closers); i++) {
        struct world w;
        set_up(&w, usual_episode());
        closers[i].close(&w);
        assert_judged(&w, closers[i].reason, closers[i].until);
        assert_detail(&w, closers[i].detail);
    }
}

/* With any two closed, the earlier one is the reason. (A special is another identity, so it is not
 * searched elsewhere; the season is still 0.) */
static void the_earlier_gate_is_the_reason(void **state UNUSED)
{
    for (size_t i = 0; i < COUNT(closers); i++)
        for (size_t k = i + 1; k < COUNT(closers); k++) {
            struct world w;
            set_up(&w, usual_episode());
            closers[i].close(&w);
            if (closers[i].close != postpone || closers[k].close != air_now)
                closers[k].close(&w); /* both set the date */
            struct why why = query_judge(&w.query, &w.it, &w.m);
            assert_string_equal(reason_name(why.reason), reason_name(closers[i].reason));
        }
}

/* ---- release and grace ---- */

static void an_episode_waits_for_its_broadcast_and_grace(void **state UNUSED)
{
    struct world w;
    set_up(&w, usual_episode());
    w.it.aired = 0;
    assert_judged(&w, REASON_not_released, 0);
    w.it.aired = NOW + 1;
    assert_judged(&w, REASON_not_released, NOW + 1);
    w.it.aired = NOW;
    assert_judged(&w, REASON_in_grace, NOW + HOURS(6));
    w.it.aired = NOW - HOURS(6) + 1;
    assert_judged(&w, REASON_in_grace, NOW + 1);
    w.it.aired = NOW - HOURS(6);
    assert_judged(&w, REASON_selected, 0);
    w.queue.grace = 0;
    w.it.aired = NOW;
    assert_judged(&w, REASON_selected, 0);
}

static void a_movie_must_be_available(void **state UNUSED)
{
    struct world w;
    set_up(&w, usual_movie());
    w.it.is_available = false;
    assert_judged(&w, REASON_not_released, 0);
}

/* The first of digital and physical counts; a cinema date only where neither is known, and then 90
 * days later; no date is not released. */
static void a_movie_needs_a_date_at_home(void **state UNUSED)
{
    static const struct {
        utc_t cinema, digital, physical;
        enum reason reason;
        utc_t until;
    } cases[] = {
        {0, 0, 0, REASON_not_released, 0},
        {0, NOW - HOURS(6), 0, REASON_selected, 0},
        {0, NOW - HOURS(6) + 1, 0, REASON_in_grace, NOW + 1},
        {0, 0, NOW - HOURS(6), REASON_selected, 0},
        {0, 0, NOW + 1, REASON_not_released, NOW + 1},
        {0, NOW + DAYS(9), NOW - DAYS(1), REASON_selected, 0},
        {0, NOW - DAYS(1), NOW + DAYS(9), REASON_selected, 0},
        {NOW - DAYS(300), NOW + DAYS(9), 0, REASON_not_released, NOW + DAYS(9)},
        {NOW - DAYS(89), 0, 0, REASON_not_released, NOW + DAYS(1)},
        {NOW - DAYS(91), 0, 0, REASON_selected, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct world w;
        set_up(&w, usual_movie());
        w.it.in_cinemas = cases[i].cinema;
        w.it.digital = cases[i].digital;
        w.it.physical = cases[i].physical;
        assert_judged(&w, cases[i].reason, cases[i].until);
    }
}

/* ---- upgrades, specials ---- */

static void an_upgrade_needs_an_unmet_cutoff_and_leave(void **state UNUSED)
{
    struct world w;
    set_up(&w, usual_episode());
    w.queue.strategy = STRATEGY_CUTOFF_UNMET;
    w.it.has_file = true;
    assert_judged(&w, REASON_cutoff_met, 0);
    w.it.is_upgrade_allowed = false;
    assert_judged(&w, REASON_cutoff_met, 0); /* the earlier gate */
    w.it.is_cutoff_unmet = true;
    assert_judged(&w, REASON_upgrade_forbidden, 0);
    w.it.is_upgrade_allowed = true;
    assert_judged(&w, REASON_selected, 0);
}

/* What has no file needs no upgrade. */
static void a_missing_item_asks_no_profile(void **state UNUSED)
{
    struct world w;
    set_up(&w, usual_episode());
    w.it.is_upgrade_allowed = false;
    assert_judged(&w, REASON_selected, 0);
}

static void specials_are_searched_where_wanted(void **state UNUSED)
{
    struct world w;
    set_up(&w, usual_episode());
    w.it.season = 0;
    assert_judged(&w, REASON_specials_off, 0);
    w.queue.specials = true;
    assert_judged(&w, REASON_selected, 0);
}

/* ---- what is considered ---- */

static bool considers(enum strategy strategy, uint64_t sources, const struct item *it)
{
    struct queue queue = usual_queue();
    queue.strategy = strategy;
    queue.filters.sources.bits = sources;
    struct query query = query_of(&queue);
    return query_considers(&query, it);
}

static void a_strategy_names_its_items(void **state UNUSED)
{
    enum { UPGRADES = 1 << SOURCE_CUTOFF_UNMET, MISSING = 1 << SOURCE_MISSING };
    struct item missing = usual_episode(), filed = usual_episode();
    filed.has_file = true;
    assert_true(considers(STRATEGY_MISSING, 0, &missing));
    assert_false(considers(STRATEGY_MISSING, 0, &filed));
    assert_false(considers(STRATEGY_CUTOFF_UNMET, 0, &missing));
    assert_true(considers(STRATEGY_CUTOFF_UNMET, 0, &filed));
    assert_true(considers(STRATEGY_CUSTOM, 0, &missing));
    assert_false(considers(STRATEGY_CUSTOM, 0, &filed));
    assert_true(considers(STRATEGY_CUSTOM, UPGRADES, &filed));
    assert_false(considers(STRATEGY_CUSTOM, UPGRADES, &missing));
    assert_true(considers(STRATEGY_CUSTOM, UPGRADES | MISSING, &missing));
    assert_true(considers(STRATEGY_CUSTOM, UPGRADES | MISSING, &filed));
}

/* "aired or added within this time": 14 d. */
static void recent_means_aired_or_added_lately(void **state UNUSED)
{
    struct item it = usual_episode();
    it.aired = NOW - DAYS(14) + 1;
    assert_true(considers(STRATEGY_RECENT, 0, &it));
    it.aired = NOW - DAYS(14);
    assert_false(considers(STRATEGY_RECENT, 0, &it));
    it.added = NOW - DAYS(14) + 1;
    assert_true(considers(STRATEGY_RECENT, 0, &it));
    it.has_file = true;
    assert_false(considers(STRATEGY_RECENT, 0, &it));
}

/* ---- explaining ---- */

static void assert_explained(const struct world *w)
{
    struct gate_line lines[GATE_LINES_MAX];
    struct why why = query_judge(&w->query, &w->it, &w->m);
    size_t n = query_explain(&w->query, &w->it, &w->m, lines), first = 0;
    assert_int_equal(n, 15);
    while (first < n && !lines[first].is_closed)
        first++;
    assert_int_equal(first < n ? lines[first].gate : REASON_selected, why.reason);
    for (size_t i = 0; i < n; i++) {
        assert_true(lines[i].numbers[0] != '\0');
        assert_non_null(memchr(lines[i].numbers, '\0', sizeof lines[i].numbers));
    }
}

/* Any mixture of closed gates; the seed is fixed. */
static void explaining_agrees_with_judging(void **state UNUSED)
{
    struct rng rng;
    rng_seed(&rng, 20261123);
    for (int round = 0; round < 5000; round++) {
        struct world w;
        set_up(&w, rng_below(&rng, 2) ? usual_episode() : usual_movie());
        w.queue.strategy = (int)rng_below(&rng, STRATEGY_N);
        w.it.is_available = rng_below(&rng, 4) > 0;
        w.it.digital = rng_below(&rng, 4) ? w.it.digital : NOW + HOURS(3);
        w.it.is_upgrade_allowed = rng_below(&rng, 2) > 0;
        for (size_t i = 0; i < COUNT(closers); i++)
            if (rng_below(&rng, 5) == 0)
                closers[i].close(&w);
        assert_explained(&w);
    }
}

/* The line of the closed gate says why in numbers. */
static void explaining_names_the_filter(void **state UNUSED)
{
    struct gate_line lines[GATE_LINES_MAX];
    struct world w;
    set_up(&w, usual_episode());
    filter_out(&w);
    grab_in_circles(&w);
    size_t n = query_explain(&w.query, &w.it, &w.m, lines);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(lines[i].is_closed, lines[i].gate == REASON_filtered ||
                                                 lines[i].gate == REASON_held_loop_guard);
        if (lines[i].gate == REASON_filtered)
            assert_string_equal(lines[i].numbers, "does not pass filters.years");
        if (lines[i].gate == REASON_held_loop_guard)
            assert_string_equal(lines[i].numbers,
                                "grabs without import within 7 days: 3; 3 hold it");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_usual_ones_may_be_searched),
        cmocka_unit_test(each_gate_closes_alone),
        cmocka_unit_test(the_earlier_gate_is_the_reason),
        cmocka_unit_test(an_episode_waits_for_its_broadcast_and_grace),
        cmocka_unit_test(a_movie_must_be_available),
        cmocka_unit_test(a_movie_needs_a_date_at_home),
        cmocka_unit_test(an_upgrade_needs_an_unmet_cutoff_and_leave),
        cmocka_unit_test(a_missing_item_asks_no_profile),
        cmocka_unit_test(specials_are_searched_where_wanted),
        cmocka_unit_test(a_strategy_names_its_items),
        cmocka_unit_test(recent_means_aired_or_added_lately),
        cmocka_unit_test(explaining_agrees_with_judging),
        cmocka_unit_test(explaining_names_the_filter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
