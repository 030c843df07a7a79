/* Cooldowns and the loop guard. Expected values are the table of the engine page, section 3, worked
 * out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "search/cooldown.h"
#include "unit/search_items.h"

static const struct cooldown adaptive = {.is_adaptive = true};

/* "< 24 h 6 h, < 7 d 12 h, < 30 d 24 h, < 365 d 72 h, else 168 h", both sides of every edge. */
static void each_tier_begins_at_its_edge(void **state UNUSED)
{
    static const struct {
        ms_t age, base;
    } cases[] = {
        {-DAYS(2), HOURS(6)},       {0, HOURS(6)},
        {HOURS(24) - 1, HOURS(6)},  {HOURS(24), HOURS(12)},
        {DAYS(7) - 1, HOURS(12)},   {DAYS(7), HOURS(24)},
        {DAYS(30) - 1, HOURS(24)},  {DAYS(30), HOURS(72)},
        {DAYS(365) - 1, HOURS(72)}, {DAYS(365), HOURS(168)},
        {DAYS(20000), HOURS(168)},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(cooldown_base(cases[i].age), cases[i].base);
}

/* The age counts at the time of the search, not now. */
static void the_age_is_that_of_the_search(void **state UNUSED)
{
    struct item it = usual_episode();
    struct item_memory m = {.searched = NOW - HOURS(5), .n_searches = 1};
    it.aired = m.searched - (HOURS(24) - 1); /* now older than 24 h, not so when searched */
    assert_int_equal(cooldown_until(&adaptive, &it, &m, NOW), m.searched + HOURS(6));
    it.aired = m.searched - HOURS(24);
    assert_int_equal(cooldown_until(&adaptive, &it, &m, NOW), m.searched + HOURS(12));
}

static void a_movies_age_counts_from_its_release(void **state UNUSED)
{
    struct item it = usual_movie();
    struct item_memory m = {.searched = NOW, .n_searches = 1};
    it.digital = 0;
    it.in_cinemas = NOW - DAYS(90) - DAYS(7); /* out at home since 7 d: 24 h */
    assert_int_equal(cooldown_until(&adaptive, &it, &m, NOW), NOW + HOURS(24));
}

/* 6 12 24 48 96 192 384 h, then 768 h is more than 30 d = 720 h; 168 336 672 720 h. */
static void nothing_doubles_up_to_30_days(void **state UNUSED)
{
    static const struct {
        ms_t age;
        int n_nothing;
        ms_t rest;
    } cases[] = {
        {HOURS(1), 0, HOURS(6)},         {HOURS(1), 1, HOURS(12)},   {HOURS(1), 2, HOURS(24)},
        {HOURS(1), 6, HOURS(384)},       {HOURS(1), 7, HOURS(720)},  {DAYS(365), 0, HOURS(168)},
        {DAYS(365), 1, HOURS(336)},      {DAYS(365), 2, HOURS(672)}, {DAYS(365), 3, DAYS(30)},
        {DAYS(365), 200, DAYS(30)},      {DAYS(100), 3, HOURS(576)}, {DAYS(100), 4, DAYS(30)},
        {HOURS(1), INT32_MAX, DAYS(30)},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct item it = usual_episode();
        struct item_memory m = {.searched = NOW, .n_nothing = cases[i].n_nothing};
        it.aired = NOW - cases[i].age;
        assert_int_equal(cooldown_until(&adaptive, &it, &m, NOW), NOW + cases[i].rest);
    }
}

/* By hand: 10 d old is 24 h; 400 d are 168 h; 168 x 2^3 = 1344 h is more than 30 d. */
static void the_cooldown_is_told_in_words(void **state UNUSED)
{
    char words[COOLDOWN_WORDS];
    struct item it = usual_episode();
    struct item_memory m = {.searched = NOW};
    assert_string_equal(cooldown_words(&adaptive, &it, &m, words), "1d");
    m.n_nothing = 1;
    assert_string_equal(cooldown_words(&adaptive, &it, &m, words),
                        "1d x 2^1 (nothing found 1 time in a row)");
    assert_string_equal(cooldown_words(&(struct cooldown){.flat = HOURS(36)}, &it, &m, words),
                        "1d12h");
    it.aired = NOW - DAYS(400);
    m.n_nothing = 3;
    assert_string_equal(cooldown_words(&adaptive, &it, &m, words),
                        "7d x 2^3, at most 30d (nothing found 3 times in a row)");
}

/* The server notes a search of ours at its end; its clock may be hours off. */
static void what_the_server_notes_a_little_later_was_ours(void **state UNUSED)
{
    static const struct {
        ms_t ahead, later;
        bool is_ours;
    } cases[] = {
        {0, 0, true},
        {0, SECONDS(20), true},
        {0, MINUTES(10), true},
        {0, MINUTES(10) + 1, false},
        {HOURS(3), SECONDS(20), true},
        {HOURS(3), HOURS(2), false},
        {-HOURS(5), SECONDS(20), true},
        {-HOURS(5), MINUTES(30), false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct item_memory m = {.searched = NOW - DAYS(1), .n_searches = 1};
        struct item it = usual_episode();
        it.server_ahead = cases[i].ahead;
        it.server_searched = m.searched + cases[i].ahead + cases[i].later;
        assert_int_equal(cooldown_is_ours(&it, &m), cases[i].is_ours);
        assert_int_equal(item_last_search(&it, &m), m.searched + cases[i].later);
        assert_false(cooldown_is_ours(&it, &(struct item_memory){0}));
    }
}

static void a_flat_cooldown_replaces_the_table(void **state UNUSED)
{
    const struct cooldown flat = {.flat = DAYS(7)};
    const struct item it = usual_episode();
    struct item_memory m = {.searched = NOW - DAYS(7) + 1, .n_nothing = 9};
    assert_int_equal(cooldown_until(&flat, &it, &m, NOW), NOW + 1);
    m.searched = NOW - DAYS(7);
    assert_int_equal(cooldown_until(&flat, &it, &m, NOW), 0);
}

/* It is over at its end, not after it. */
static void a_cooldown_ends_at_its_instant(void **state UNUSED)
{
    const struct item it = usual_episode(); /* 10 d old: 24 h */
    struct item_memory m = {.searched = NOW - HOURS(24) + 1};
    assert_int_equal(cooldown_until(&adaptive, &it, &m, NOW), NOW + 1);
    m.searched--;
    assert_int_equal(cooldown_until(&adaptive, &it, &m, NOW), 0);
    assert_int_equal(cooldown_until(&adaptive, &it, &(struct item_memory){0}, NOW), 0);
}

/* A clock put back by less than a day is believed, one that was years ahead is not. */
static void a_search_to_come_holds_only_of_a_day(void **state UNUSED)
{
    struct item it = usual_episode();
    struct item_memory m = {.searched = NOW + DAYS(1) - 1};
    const struct cooldown flat = {.flat = HOURS(1)};
    assert_int_equal(cooldown_until(&flat, &it, &m, NOW), m.searched + HOURS(1));
    m.searched++;
    assert_int_equal(cooldown_until(&flat, &it, &m, NOW), 0);
    it.server_searched = NOW + DAYS(400);
    assert_int_equal(cooldown_until(&flat, &it, &(struct item_memory){0}, NOW), 0);
    m.searched = NOW - MINUTES(10); /* ours holds, whatever the server's clock said */
    assert_int_equal(cooldown_until(&flat, &it, &m, NOW), NOW + MINUTES(50));
    m = (struct item_memory){.n_soft_failures = 1, .soft_failed = NOW + DAYS(400)};
    assert_int_equal(cooldown_until(&flat, &it, &m, NOW), 0);
}

/* 15 30 60 120 240 min, then 480 is more than 6 h = 360. */
static void soft_failures_retry_sooner(void **state UNUSED)
{
    static const int minutes[] = {15, 30, 60, 120, 240, 360, 360};
    const struct item it = usual_episode();
    const struct cooldown flat = {.flat = DAYS(7)};
    for (int i = 0; i < (int)COUNT(minutes); i++) {
        struct item_memory m = {.n_soft_failures = i + 1, .soft_failed = NOW};
        assert_int_equal(cooldown_until(&adaptive, &it, &m, NOW), NOW + MINUTES(minutes[i]));
        assert_int_equal(cooldown_until(&flat, &it, &m, NOW), NOW + MINUTES(minutes[i]));
    }
    struct item_memory m = {.n_soft_failures = INT32_MAX, .soft_failed = NOW};
    assert_int_equal(cooldown_until(&adaptive, &it, &m, NOW), NOW + HOURS(6));
    m = (struct item_memory){.n_soft_failures = 1, .soft_failed = NOW - MINUTES(15)};
    assert_int_equal(cooldown_until(&adaptive, &it, &m, NOW), 0);
}

/* Neither shortens the other. */
static void the_later_of_search_and_failure_holds(void **state UNUSED)
{
    const struct item it = usual_episode(); /* 24 h */
    struct item_memory m = {.searched = NOW - HOURS(1), .n_soft_failures = 1, .soft_failed = NOW};
    assert_int_equal(cooldown_until(&adaptive, &it, &m, NOW), NOW + HOURS(23));
    m.searched = NOW - HOURS(24) + MINUTES(10);
    assert_int_equal(cooldown_until(&adaptive, &it, &m, NOW), NOW + MINUTES(15));
}

static void a_humans_search_is_a_search(void **state UNUSED)
{
    struct item it = usual_episode(); /* 24 h */
    struct item_memory m = {0};
    it.server_searched = NOW - HOURS(1);
    assert_int_equal(cooldown_until(&adaptive, &it, &m, NOW), NOW + HOURS(23));
    m.searched = NOW - HOURS(2);
    assert_int_equal(cooldown_until(&adaptive, &it, &m, NOW), NOW + HOURS(23));
    m.searched = NOW;
    assert_int_equal(cooldown_until(&adaptive, &it, &m, NOW), NOW + HOURS(24));
}

/* Three grabs without import hold for 30 d after the last. */
static void the_loop_guard_holds_after_three_grabs(void **state UNUSED)
{
    struct item_memory m = {.n_grabs = 3, .grabbed = NOW - DAYS(1)};
    assert_int_equal(loop_guard_until(&m, NOW), NOW + DAYS(29));
    m.n_grabs = 2;
    assert_int_equal(loop_guard_until(&m, NOW), 0);
    m = (struct item_memory){.n_grabs = 7, .grabbed = NOW - DAYS(30) + 1};
    assert_int_equal(loop_guard_until(&m, NOW), NOW + 1);
    m.grabbed--;
    assert_int_equal(loop_guard_until(&m, NOW), 0);
    assert_int_equal(loop_guard_until(&(struct item_memory){0}, NOW), 0);
}

/* What was before somebody asked for it again holds nothing back; what comes after does. */
static void retry_ends_both(void **state UNUSED)
{
    struct item it = usual_episode();
    struct item_memory m = {.searched = NOW - HOURS(1), .n_searches = 1};
    it.server_searched = NOW - HOURS(1) + SECONDS(20);
    assert_int_not_equal(cooldown_until(&adaptive, &it, &m, NOW), 0);
    m.retried = NOW - MINUTES(1);
    assert_int_equal(cooldown_until(&adaptive, &it, &m, NOW), 0);
    m.searched = NOW;
    assert_int_not_equal(cooldown_until(&adaptive, &it, &m, NOW), 0);
    m = (struct item_memory){.n_soft_failures = 1, .soft_failed = NOW - SECONDS(1)};
    it.server_searched = 0;
    assert_int_not_equal(cooldown_until(&adaptive, &it, &m, NOW), 0);
    m.retried = NOW;
    assert_int_equal(cooldown_until(&adaptive, &it, &m, NOW), 0);
    m = (struct item_memory){.n_grabs = 3, .grabbed = NOW - DAYS(1)};
    assert_int_not_equal(loop_guard_until(&m, NOW), 0);
    m.retried = NOW - HOURS(1);
    assert_int_equal(loop_guard_until(&m, NOW), 0);
    m.grabbed = NOW;
    assert_int_not_equal(loop_guard_until(&m, NOW), 0);
}

/* every 15 min for 6 h after the end of a broadcast */
static void burst(void **state UNUSED)
{
    static struct burst often = {.every = MINUTES(15), .for_ = HOURS(6)};
    static const struct schedule schedule = {.every = HOURS(12), .burst = &often};
    static const struct {
        ms_t aired_ago, searched_ago; /* searched_ago 0: never */
        enum verdict last;
        ms_t next_in; /* from now; -1: no burst */
        enum reason reason;
    } rows[] = {
        {MINUTES(1), 0, VERDICT_NONE, -MINUTES(1), REASON_selected}, /* no grace */
        {HOURS(1), MINUTES(20), VERDICT_NOTHING, -MINUTES(5), REASON_selected},
        {HOURS(1), MINUTES(10), VERDICT_NOTHING, MINUTES(5), REASON_cooling_down},
        {HOURS(1), MINUTES(20), VERDICT_FAILED, -MINUTES(5), REASON_selected},
        {HOURS(1), HOURS(30), VERDICT_NOTHING, -HOURS(1), REASON_selected}, /* before it aired */
        {HOURS(1), MINUTES(20), VERDICT_GRABBED, -1, REASON_in_grace},      /* found */
        {HOURS(1), HOURS(30), VERDICT_GRABBED, -HOURS(1), REASON_selected},
        {HOURS(6) - MINUTES(1), 0, VERDICT_NONE, -HOURS(6) + MINUTES(1), REASON_selected},
        {HOURS(6), HOURS(5), VERDICT_NOTHING, -1, REASON_cooling_down}, /* over: 6 h of rest */
        {HOURS(6) - MINUTES(5), MINUTES(1), VERDICT_NOTHING, -1, REASON_in_grace},
        {-HOURS(2), 0, VERDICT_NONE, HOURS(2), REASON_not_released},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct queue queue = usual_queue();
        queue.schedule.spec = &schedule;
        struct query q = query_of(&queue);
        struct item it = usual_episode();
        it.aired = NOW - rows[i].aired_ago;
        struct item_memory m = {.last = rows[i].last,
                                .searched = rows[i].searched_ago ? NOW - rows[i].searched_ago : 0};
        utc_t expected = rows[i].next_in == -1 ? 0 : NOW + rows[i].next_in;
        assert_int_equal(query_burst(&q, &it, &m), expected);
        assert_int_equal(query_judge(&q, &it, &m).reason, rows[i].reason);
    }
}

/* The server notes our own search when it ends; somebody else's later one counts. */
static void burst_knows_whose_search_it_was(void **state UNUSED)
{
    static struct burst often = {.every = MINUTES(15), .for_ = HOURS(6)};
    static const struct schedule schedule = {.every = HOURS(12), .burst = &often};
    struct queue queue = usual_queue();
    queue.schedule.spec = &schedule;
    struct query q = query_of(&queue);
    struct item it = usual_episode();
    const struct item_memory ours = {.searched = NOW - MINUTES(20), .last = VERDICT_NOTHING};
    it.aired = NOW - HOURS(1);
    it.server_searched = NOW - MINUTES(20) + SECONDS(40);
    assert_int_equal(query_burst(&q, &it, &ours), NOW - MINUTES(5));
    it.server_searched = NOW - MINUTES(8);
    assert_int_equal(query_burst(&q, &it, &ours), NOW + MINUTES(7));
}

/* The same item under a schedule without bursts. */
static void no_burst(void **state UNUSED)
{
    static const struct schedule schedule = {.every = HOURS(12)};
    struct queue queue = usual_queue();
    queue.schedule.spec = &schedule;
    struct query q = query_of(&queue);
    struct item it = usual_episode();
    const struct item_memory never = {0};
    it.aired = NOW - MINUTES(1);
    assert_int_equal(query_burst(&q, &it, &never), 0);
    assert_int_equal(query_judge(&q, &it, &never).reason, REASON_in_grace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_tier_begins_at_its_edge),
        cmocka_unit_test(the_age_is_that_of_the_search),
        cmocka_unit_test(a_movies_age_counts_from_its_release),
        cmocka_unit_test(nothing_doubles_up_to_30_days),
        cmocka_unit_test(the_cooldown_is_told_in_words),
        cmocka_unit_test(what_the_server_notes_a_little_later_was_ours),
        cmocka_unit_test(a_flat_cooldown_replaces_the_table),
        cmocka_unit_test(a_cooldown_ends_at_its_instant),
        cmocka_unit_test(a_search_to_come_holds_only_of_a_day),
        cmocka_unit_test(soft_failures_retry_sooner),
        cmocka_unit_test(the_later_of_search_and_failure_holds),
        cmocka_unit_test(a_humans_search_is_a_search),
        cmocka_unit_test(the_loop_guard_holds_after_three_grabs),
        cmocka_unit_test(retry_ends_both),
        cmocka_unit_test(burst),
        cmocka_unit_test(burst_knows_whose_search_it_was),
        cmocka_unit_test(no_burst),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
