/* Every row of the table of guards (reconcile page, section 5), at its edges. The plain cases are
 * in test_plan_build. */
#include "plan_bench.h"

static void expect_refused(struct bench *b, const char *part)
{
    struct plan_applied done;
    struct err e = {0};
    assert_false(plan_apply(b->plan, b->store, "test", "", &done, &e));
    assert_int_equal(e.code, ERR_REFUSED);
    if (!strstr(e.msg, part))
        fail_msg("no '%s' in: %s", part, e.msg);
}

static void allow(struct bench *b, int64_t n)
{
    make_plan(b, &(const struct plan_options){.allow_prune = true, .allowed_removals = n});
}

/* ---- empty ---- */

static void settings_alone_declare_nothing(void **state)
{
    struct bench *b = *state;
    put(b, "splintarr.yaml", "version: 1\nsettings: {timezone: UTC}\n");
    put_queues(b, 1);
    settle(b);
    put(b, "all.yaml", "# nothing\n"); /* 2 of 3, one of each kind: no other guard trips */
    make_plan(b, NULL);
    expect_held(b, "empty");
    expect_text(b, "Held: the tree declares nothing; 2 of 3 resources would be removed.\n");
    allow(b, 2);
    expect_held(b, NULL);
}

static void one_of_a_kind_may_go(void **state)
{
    struct bench *b = *state;
    put_queues(b, 1);
    put(b, "s.yaml", "schedules:\n  s: {every: 6h}\n");
    settle(b);
    put(b, "s.yaml", "# nothing\n");
    make_plan(b, NULL);
    expect_held(b, NULL);
}

/* 0 bytes after a move of what stood there: nothing is lost. */
static void an_emptied_file_may_have_moved(void **state)
{
    struct bench *b = *state;
    put_queues(b, 3);
    put(b, "one.yaml", "queues:\n  alone: {instances: all}\n");
    settle(b);
    put(b, "one.yaml", "");
    put(b, "two.yaml", "queues:\n  alone: {instances: all}\n");
    make_plan(b, NULL);
    expect_held(b, NULL);
    expect_counts(b, 0, 0, 0, 5);
}

/* ---- ratio ---- */

static void a_share_just_above_the_limit_shows_it(void **state)
{
    struct bench *b = *state;
    put_queues(b, 35);
    settle(b);
    put_queues(b, 24); /* 11 of 36: 30.55 % */
    make_plan(b, NULL);
    expect_held(b, "ratio");
    expect_text(b, "Held: 11 of 36 resources would be removed (30.5 % > 30 %).\n");
}

/* ---- protect ---- */

static void a_protected_one_may_be_renamed(void **state)
{
    struct bench *b = *state;
    put(b, "q.yaml", "queues:\n  keep: {instances: all, protect: true}\n");
    settle(b);
    put(b, "q.yaml", "queues:\n  kept: {instances: all, protect: true, renamed_from: keep}\n");
    make_plan(b, NULL);
    expect_held(b, NULL);
}

/* ---- last admin ---- */

static void a_disabled_admin_who_is_kept_does_not_count(void **state)
{
    struct bench *b = *state;
    put(b, "splintarr.yaml", "version: 1\nsettings: {reconcile: {prune: {policy: never}}}\n");
    put(b, "u.yaml", "users:\n  root: {role: admin}\n  old: {role: admin, disabled: true}\n");
    settle(b);
    put(b, "u.yaml", "users:\n  root: {role: viewer}\n"); /* old is an orphan now */
    make_plan(b, NULL);
    expect_held(b, "last_admin");
    allow(b, 0);
    expect_held(b, "last_admin");
}

/* ---- the number ---- */

static void the_number_must_match_though_nothing_is_held(void **state)
{
    struct bench *b = *state;
    put_queues(b, 5);
    settle(b);
    put_queues(b, 4);
    allow(b, 3);
    expect_held(b, NULL);
    expect_refused(b, "--allow-prune=3 was given, but this plan removes 1; nothing was applied");
    allow(b, 1);
    assert_int_equal(apply(b).removed, 1);
}

static void it_releases_confirm(void **state)
{
    struct bench *b = *state;
    put(b, "splintarr.yaml", "version: 1\nsettings: {reconcile: {prune: {policy: confirm}}}\n");
    put_queues(b, 5);
    settle(b);
    put_queues(b, 4);
    allow(b, 1);
    expect_held(b, NULL);
}

/* A held plan applies nothing of itself, what it adds neither. */
static void held_is_held_as_a_whole(void **state)
{
    struct bench *b = *state;
    put_queues(b, 9);
    settle(b);
    put_queues(b, 2);
    put(b, "new.yaml", "schedules:\n  s: {every: 6h}\n");
    make_plan(b, NULL);
    expect_held(b, "ratio");
    expect_refused(b, "held: ");
    put_queues(b, 9);
    make_plan(b, NULL);
    expect_counts(b, 1, 0, 0, 10); /* s is still to be added, nothing was removed */
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(settings_alone_declare_nothing),
        T(one_of_a_kind_may_go),
        T(an_emptied_file_may_have_moved),
        T(a_share_just_above_the_limit_shows_it),
        T(a_protected_one_may_be_renamed),
        T(a_disabled_admin_who_is_kept_does_not_count),
        T(the_number_must_match_though_nothing_is_held),
        T(it_releases_confirm),
        T(held_is_held_as_a_whole),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
