/* What each verdict does to the memory of its item and to the roll-ups. Expected values are worked
 * out by hand from the engine page, sections 3 and 4. */
#include "unit/store_attempts.h"

/* One item, one attempt every hour: what is remembered after each. */
static void every_verdict_moves_the_memory_as_it_should(void **state)
{
    struct state *t = *state;
    static const struct {
        enum verdict verdict;
        const char *expected, *why;
    } rows[] = {
        {VERDICT_NOTHING, "0 nothing 1/1/0 - 0 -", "counts and doubles"},
        {VERDICT_NOTHING, "1 nothing 2/2/0 - 0 -", "doubles again"},
        {VERDICT_NO_INDEXERS, "1 no_indexers 2/2/1 2 0 -", "is no search: a soft failure"},
        {VERDICT_FAILED, "1 failed 2/2/2 3 0 -", "the second soft failure in a row"},
        {VERDICT_LOST, "1 lost 2/2/3 4 0 -", "the third"},
        {VERDICT_UNKNOWN, "5 unknown 3/2/0 - 0 -",
         "counts without doubling, ends the soft failures"},
        {VERDICT_FOREIGN, "6 foreign 4/2/0 - 0 -", "counts, no find credited"},
        {VERDICT_ABANDONED, "7 abandoned 5/2/0 - 0 -", "counts like unknown"},
        {VERDICT_NOTHING, "8 nothing 6/3/0 - 0 -", "the third nothing"},
        {VERDICT_GRABBED, "9 grabbed 7/0/0 - 1 9", "a find starts over"},
        {VERDICT_GRABBED, "10 grabbed 8/0/0 - 2 10", "again, and never imported"},
        {VERDICT_FAILED, "10 failed 8/0/1 11 2 10", "leaves finds alone"},
    };
    add_item(t);
    assert_memory(t, "never searched", "- none 0/0/0 - 0 -");
    for (size_t i = 0; i < COUNT(rows); i++) {
        judged_at(t, NOON + HOURS((int64_t)i), rows[i].verdict);
        assert_memory(t, rows[i].why, rows[i].expected);
    }
}

static void an_open_attempt_shows(void **state)
{
    struct state *t = *state;
    add_item(t);
    struct attempt a = attempt_at(NOON);
    bool is_done = false;
    OK(t, attempt_add(t->store, &a, &a.id, &t->e));
    assert_true(memory_in(t, "tv").is_open);
    a.state = ATTEMPT_ENDED;
    OK(t, attempt_update(t->store, &a, &t->e));
    assert_true(memory_in(t, "tv").is_open);
    a.verdict = VERDICT_NOTHING;
    OK(t, attempt_judge(t->store, &a, &is_done, &t->e));
    assert_false(memory_in(t, "tv").is_open);
}

static void judging_twice_changes_nothing(void **state)
{
    struct state *t = *state;
    bool is_done = true;
    add_item(t);
    struct attempt a = attempt_at(NOON);
    a.id = judged_at(t, NOON, VERDICT_NOTHING);
    a.verdict = VERDICT_GRABBED;
    a.judged = NOON + HOURS(1);
    OK(t, attempt_judge(t->store, &a, &is_done, &t->e));
    assert_false(is_done);
    assert_memory(t, "the first verdict holds", "0 nothing 1/1/0 - 0 -");
}

static void the_loop_guard_counts_a_week_and_imports(void **state)
{
    struct state *t = *state;
    add_item(t);
    judged_at(t, NOON, VERDICT_GRABBED);
    judged_at(t, NOON + DAYS(6), VERDICT_GRABBED);
    assert_int_equal(memory_in(t, "tv").n_grabs, 2);
    int64_t third = judged_at(t, NOON + DAYS(7), VERDICT_GRABBED);
    assert_int_equal(memory_in(t, "tv").n_grabs, 2); /* the first is a week old now */
    OK(t, attempt_imported(t->store, third, NOON + DAYS(7) + 1, &t->e));
    assert_int_equal(memory_in(t, "tv").n_grabs, 0);
    judged_at(t, NOON + DAYS(8), VERDICT_GRABBED);
    assert_int_equal(memory_in(t, "tv").n_grabs, 1);
}

/* ---- judged again ---- */

static void a_nothing_turns_out_to_be_no_indexers(void **state)
{
    struct state *t = *state;
    add_item(t);
    judged_at(t, NOON, VERDICT_NOTHING);
    int64_t id = judged_at(t, NOON + HOURS(7), VERDICT_NOTHING);
    assert_memory(t, "before", "7 nothing 2/2/0 - 0 -");
    OK(t, attempt_rejudge(t->store, id, VERDICT_NO_INDEXERS, &t->e));
    assert_memory(t, "the cooldown is undone", "0 no_indexers 1/1/1 7 0 -");
    OK(t, attempt_rejudge(t->store, id, VERDICT_NO_INDEXERS, &t->e));
    assert_memory(t, "again: the same", "0 no_indexers 1/1/1 7 0 -");
}

static void what_was_judged_later_is_kept(void **state)
{
    struct state *t = *state;
    add_item(t);
    int64_t id = judged_at(t, NOON, VERDICT_NOTHING);
    judged_at(t, NOON + HOURS(1), VERDICT_NOTHING);
    judged_at(t, NOON + HOURS(2), VERDICT_UNKNOWN);
    assert_memory(t, "before", "2 unknown 3/2/0 - 0 -");
    OK(t, attempt_rejudge(t->store, id, VERDICT_GRABBED, &t->e));
    assert_memory(t, "one nothing after a find", "2 unknown 3/1/0 - 1 0");
    OK(t, attempt_rejudge(t->store, id, VERDICT_NO_INDEXERS, &t->e));
    assert_memory(t, "one nothing after nobody was asked", "2 unknown 2/1/0 - 0 -");
}

/* Of eight verdicts five are searches: grabbed, nothing and three others; three asked nobody. */
static void rollups_add_up(void **state)
{
    struct state *t = *state;
    int64_t nothing = 0;
    for (enum verdict v = VERDICT_GRABBED; v < VERDICT_N; v++) {
        int64_t id = judged_at(t, NOON + MINUTES((int)v), v);
        nothing = v == VERDICT_NOTHING ? id : nothing;
    }
    judged_at(t, NOON + HOURS(12), VERDICT_NOTHING); /* midnight: the next day */
    assert_rollups(t, NOON,
                   "2026-11-23 tv/q/missing 5=1+1+3 failed 3 grabs 1 cost 5;2026-11-24 "
                   "tv/q/missing 1=0+1+0 failed 0 grabs 0 cost 1;");
    OK(t, attempt_rejudge(t->store, nothing, VERDICT_NO_INDEXERS, &t->e));
    assert_rollups(t, NOON,
                   "2026-11-23 tv/q/missing 4=1+0+3 failed 4 grabs 1 cost 4;2026-11-24 "
                   "tv/q/missing 1=0+1+0 failed 0 grabs 0 cost 1;");
    assert_rollups(t, NOON + DAYS(1), "2026-11-24 tv/q/missing 1=0+1+0 failed 0 grabs 0 cost 1;");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, store_setup_open, state_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_verdict_moves_the_memory_as_it_should),
        TEST(an_open_attempt_shows),
        TEST(judging_twice_changes_nothing),
        TEST(the_loop_guard_counts_a_week_and_imports),
        TEST(a_nothing_turns_out_to_be_no_indexers),
        TEST(what_was_judged_later_is_kept),
        TEST(rollups_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
