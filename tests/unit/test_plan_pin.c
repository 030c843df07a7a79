/* The pin of a rollback: reconcile page section 7. */
#include "plan/pin.h"
#include "plan_bench.h"

static void rolled_back(struct bench *b, int64_t revision)
{
    make_plan(b, NULL);
    CLEANUP(freep) char *digest = mem_strdup(b->tree.digest);
    make_plan(b, &(struct plan_options){.rollback_to = revision, .pinned_digest = digest});
    apply(b);
}

static bool is_pinned(struct bench *b, struct pin *ret)
{
    bool answer;
    struct err e;
    make_plan(b, NULL);
    if (!plan_pinned(b->store, b->tree.digest, ret, &answer, &e))
        fail_msg("%s", e.msg);
    return answer;
}

static void a_rollback_sets_the_tree_aside(void **state)
{
    struct bench *b = *state;
    struct pin pin;
    put_queues(b, 1);
    settle(b);
    assert_false(is_pinned(b, &pin));
    utc_t now = clock_utc(&b->clock.clock);
    rolled_back(b, 1);
    assert_true(is_pinned(b, &pin));
    assert_int_equal(pin.revision, 1);
    assert_int_equal(pin.since, now);
    assert_string_equal(pin.actor, "test");
    assert_string_equal(pin.digest, b->tree.digest);
    expect_text(b, "Pinned to revision 1 since ");
    expect_text(b, " by test; ends when the tree changes, or:  splintarr apply\n");
}

static void a_changed_tree_is_not_pinned(void **state)
{
    struct bench *b = *state;
    struct pin pin;
    put_queues(b, 1);
    settle(b);
    rolled_back(b, 1);
    put_queues(b, 2);
    assert_false(is_pinned(b, &pin));
    assert_int_equal(pin.revision, 0);
    put_queues(b, 1); /* back to the same bytes before anything was applied */
    assert_true(is_pinned(b, &pin));
}

static void applying_ends_the_pin(void **state)
{
    struct bench *b = *state;
    struct pin pin;
    struct err e;
    put_queues(b, 1);
    settle(b);
    rolled_back(b, 1);
    settle(b);
    assert_false(is_pinned(b, &pin));
    assert_true(pin_get(b->store, &pin, &e));
    assert_int_equal(pin.revision, 0);
}

static void no_state_pins_nothing(void **state UNUSED)
{
    struct pin pin = {.revision = 7};
    bool answer = true;
    struct err e;
    assert_true(plan_pinned(NULL, "sha256:00", &pin, &answer, &e));
    assert_false(answer);
    assert_int_equal(pin.revision, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_rollback_sets_the_tree_aside, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_changed_tree_is_not_pinned, set_up, tear_down),
        cmocka_unit_test_setup_teardown(applying_ends_the_pin, set_up, tear_down),
        cmocka_unit_test(no_state_pins_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
