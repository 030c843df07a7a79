/* Plans from trees and states: reconcile page sections 5 and 6, cli page sections 4 and 6. */
#include "plan_bench.h"

/* ---- the ordinary life of a resource ---- */

static void apply_then_nothing_to_do(void **state)
{
    struct bench *b = *state;
    put_queues(b, 3);
    make_plan(b, NULL);
    assert_int_equal(plan_status(b->plan), PLAN_READY);
    assert_int_equal(plan_base_revision(b->plan), 0);
    expect_counts(b, 4, 0, 0, 0);
    struct plan_applied done = apply(b);
    assert_int_equal(done.revision, 1);
    assert_int_equal(done.added, 4);
    make_plan(b, NULL);
    assert_int_equal(plan_status(b->plan), PLAN_IN_SYNC);
    expect_counts(b, 0, 0, 0, 4);
    expect_text(b, "No changes. 4 resources match revision 1.\n");
}

static void a_changed_field_is_an_update(void **state)
{
    struct bench *b = *state;
    put(b, "q.yaml", "queues:\n  q:\n    instances: all\n    batch: 10\n    cooldown: 7d\n");
    settle(b);
    put(b, "q.yaml", "queues:\n  q:\n    instances: all\n    batch: 20\n    cooldown: 7d\n");
    make_plan(b, NULL);
    expect_counts(b, 0, 1, 0, 0);
    /* columns of the example in the cli page: sign at 2, field at 8, value after 10 more */
    expect_text(b, "  ~ queue/q                                                        q.yaml:2\n"
                   "      ~ batch     10 -> 20                                         q.yaml:4\n");
    expect_text(b, "Plan: 0 to add, 1 to change, 0 to remove, 0 unchanged.\n");
    assert_int_equal(apply(b).changed, 1);
    expect_in_sync(b);
}

/* A value equal to its default is the same as an omitted one. */
static void spelling_out_a_default_changes_nothing(void **state)
{
    struct bench *b = *state;
    put(b, "q.yaml", "queues:\n  q: {instances: all}\n");
    settle(b);
    put(b, "moved.yaml", "queues:\n  q:\n    instances: all\n    batch: 10\n    grace: 360m\n");
    CLEANUP(freep) char *old = mem_printf("%s/q.yaml", b->root);
    assert_int_equal(unlink(old), 0);
    expect_in_sync(b);
}

static void removal_is_soft_and_comes_back(void **state)
{
    struct bench *b = *state;
    put_queues(b, 8);
    settle(b);
    put_queues(b, 7);
    make_plan(b, NULL);
    expect_counts(b, 0, 0, 1, 8);
    expect_text(b, "  - queue/q8");
    expect_text(b, "was all.yaml:14\n");
    expect_text(b, "history kept until 2027-02-14"); /* 2027-01-15 and 30 days */
    assert_int_equal(apply(b).removed, 1);
    expect_in_sync(b);
    put_queues(b, 8);
    make_plan(b, NULL);
    assert_int_equal(plan_count(b->plan, PLAN_REVIVE), 1);
    expect_text(b, "Plan: 1 to add, 0 to change, 0 to remove, 8 unchanged.\n");
    apply(b);
    expect_in_sync(b);
}

static void a_new_name_keeps_history(void **state)
{
    struct bench *b = *state;
    put(b, "q.yaml", "queues:\n  old: {instances: all}\n");
    settle(b);
    put(b, "q.yaml", "queues:\n  new: {instances: all, renamed_from: old}\n");
    make_plan(b, NULL);
    assert_int_equal(plan_count(b->plan, PLAN_RENAME), 1);
    expect_counts(b, 0, 0, 0, 0);
    expect_text(b, "queue/old -> queue/new");
    expect_text(b, "0 to change, 1 to rename, 0 to remove");
    apply(b);
    expect_in_sync(b);
}

static void a_stale_plan_is_refused(void **state)
{
    struct bench *b = *state;
    struct plan_applied done;
    struct err e;
    put_queues(b, 1);
    make_plan(b, NULL);
    apply(b);
    assert_false(plan_apply(b->plan, b->store, "test", "", &done, &e));
    assert_int_equal(e.code, ERR_CONFLICT);
}

/* ---- what a specification only points at ---- */

static void store_key(struct bench *b, const char *value)
{
    CLEANUP(secret_done) struct secret s = {0};
    struct err e;
    secret_set(&s, value, strlen(value));
    if (!secret_put(b->store, "tv-key", &s, &e))
        fail_msg("%s", e.msg);
}

static void a_rotated_secret_is_a_change(void **state)
{
    struct bench *b = *state;
    put_queues(b, 0);
    store_key(b, "first-value-of-the-key");
    settle(b);
    expect_in_sync(b);
    store_key(b, "second-value-of-the-key");
    make_plan(b, NULL);
    expect_counts(b, 0, 1, 0, 0);
    expect_text(b, "      ~ api_key   (secret) changed  secret:tv-key");
    CLEANUP(jx_decrefp) json_t *j = plan_json(b->plan, NULL);
    CLEANUP(freep) char *text = jx_pretty(j);
    assert_non_null(strstr(text, "\"reason\": \"secret_rotated\""));
    assert_non_null(strstr(text, "\"sensitive\": true"));
    assert_null(strstr(text, "value-of-the-key"));
    apply(b);
    expect_in_sync(b);
}

/* Only the daemon may see some secrets: what cannot be seen here has not changed. */
static void an_unseen_secret_is_no_change(void **state)
{
    struct bench *b = *state;
    bool found;
    struct err e;
    put_queues(b, 0);
    store_key(b, "first-value-of-the-key");
    settle(b);
    assert_true(secret_remove(b->store, "tv-key", &found, &e));
    expect_in_sync(b);
    expect_text(b, "Warning: instance/tv: api_key: the secret 'tv-key' is not stored yet: "
                   "splintarr secret set tv-key");
}

static void content_of_a_titles_file_counts(void **state)
{
    struct bench *b = *state;
    put(b, "x.yaml", "exclusions:\n  x:\n    match:\n      - titles_file: lists/x.txt\n");
    put(b, "lists/x.txt", "Some Show\n");
    settle(b);
    expect_in_sync(b);
    put(b, "lists/x.txt", "Some Show\nOther Show\n");
    make_plan(b, NULL);
    expect_counts(b, 0, 1, 0, 0);
    expect_text(b, "lists/x.txt  (content changed)");
    apply(b);
    expect_in_sync(b);
    CLEANUP(config_freep) struct config *running = NULL;
    struct err e;
    if (!plan_applied_config(b->store, &running, &e))
        fail_msg("%s", e.msg);
    assert_string_equal(config_referenced(running, "lists/x.txt"), "Some Show\nOther Show\n");
}

/* ---- guards ---- */

static void ratio_holds_more_than_a_third(void **state)
{
    struct bench *b = *state;
    put_queues(b, 9); /* 10 resources with the instance */
    settle(b);
    put_queues(b, 6); /* 3 of 10: 30 % is not above 30 % */
    make_plan(b, NULL);
    expect_held(b, NULL);
    put_queues(b, 5); /* 4 of 10 */
    make_plan(b, NULL);
    expect_held(b, "ratio");
    expect_text(b, "Held: 4 of 10 resources would be removed (40 % > 30 %).\n");
    expect_text(b, "splintarr apply --allow-prune=4");
    struct plan_applied done;
    struct err e;
    assert_false(plan_apply(b->plan, b->store, "test", "", &done, &e));
    assert_int_equal(e.code, ERR_REFUSED);
    make_plan(b, &(const struct plan_options){.allow_prune = true, .allowed_removals = 3});
    expect_held(b, "ratio"); /* the number must match */
    make_plan(b, &(const struct plan_options){.allow_prune = true, .allowed_removals = 4});
    expect_held(b, NULL);
    assert_int_equal(apply(b).removed, 4);
}

static void two_removals_never_trip_a_percentage(void **state)
{
    struct bench *b = *state;
    put_queues(b, 3);
    settle(b);
    put_queues(b, 1); /* 2 of 4 is 50 % */
    make_plan(b, NULL);
    expect_held(b, NULL);
}

/* The bad commit removes much and raises the limit: the limit applied before holds. */
static void a_commit_cannot_lower_its_own_guard(void **state)
{
    struct bench *b = *state;
    put_queues(b, 9);
    settle(b);
    put_queues(b, 4);
    put(b, "splintarr.yaml", "version: 1\nsettings: {reconcile: {prune: {max_deletes: 100%}}}\n");
    make_plan(b, NULL);
    expect_held(b, "ratio");
}

static void a_count_is_a_limit_too(void **state)
{
    struct bench *b = *state;
    put(b, "splintarr.yaml", "version: 1\nsettings: {reconcile: {prune: {max_deletes: 1}}}\n");
    put_queues(b, 9);
    settle(b);
    put_queues(b, 8);
    make_plan(b, NULL);
    expect_held(b, NULL);
    put_queues(b, 7);
    make_plan(b, NULL);
    expect_held(b, "ratio");
}

static void an_empty_tree_is_held(void **state)
{
    struct bench *b = *state;
    put_queues(b, 1);
    settle(b);
    put(b, "all.yaml", "# nothing\n");
    make_plan(b, NULL);
    expect_held(b, "empty"); /* 2 removals: the ratio alone would let it pass */
}

static void a_kind_that_vanishes_is_held(void **state)
{
    struct bench *b = *state;
    put_queues(b, 2);
    settle(b);
    put_queues(b, 0);
    make_plan(b, NULL);
    expect_held(b, "empty");
}

static void a_truncated_file_is_held(void **state)
{
    struct bench *b = *state;
    put_queues(b, 5);
    put(b, "one.yaml", "queues:\n  alone: {instances: all}\n");
    settle(b);
    put(b, "one.yaml", "# a comment is an edit\n");
    make_plan(b, NULL);
    expect_held(b, NULL);
    put(b, "one.yaml", "");
    make_plan(b, NULL);
    expect_held(b, "empty");
}

static void protected_ones_are_never_released(void **state)
{
    struct bench *b = *state;
    put_queues(b, 3);
    put(b, "p.yaml", "queues:\n  keep: {instances: all, protect: true}\n");
    settle(b);
    put(b, "p.yaml", "# gone\n");
    make_plan(b, &(const struct plan_options){.allow_prune = true, .allowed_removals = 1});
    expect_held(b, "protect");
    put(b, "p.yaml", "queues:\n  keep: {instances: all, protect: false}\n");
    settle(b);
    put(b, "p.yaml", "# gone\n");
    make_plan(b, NULL);
    expect_held(b, NULL);
}

static void the_last_admin_stays(void **state)
{
    struct bench *b = *state;
    put(b, "u.yaml", "users:\n  root: {role: admin}\n  bob: {role: viewer}\n");
    settle(b);
    put(b, "u.yaml", "users:\n  root: {role: admin, disabled: true}\n  bob: {role: viewer}\n");
    make_plan(b, NULL);
    expect_held(b, "last_admin");
    put(b, "u.yaml", "users:\n  root: {role: viewer}\n  bob: {role: admin}\n");
    make_plan(b, NULL);
    expect_held(b, NULL);
}

static void without_marker_nothing_applies(void **state)
{
    struct bench *b = *state;
    put_queues(b, 1);
    settle(b);
    CLEANUP(freep) char *marker = mem_printf("%s/splintarr.yaml", b->root);
    assert_int_equal(unlink(marker), 0);
    struct err e;
    forget_plan(b);
    b->diags = diags_new();
    assert_true(tree_load(b->root, clock_utc(&b->clock.clock), &b->tree, &b->config, b->diags, &e));
    assert_false(b->tree.has_marker);
    if (!b->config)
        return; /* a finding refuses it as well */
    assert_true(plan_build(b->config, &b->tree, b->store, NULL, NULL, 1, &b->plan, &e));
    expect_held(b, "marker");
}

static void policy_confirm_waits_and_never_keeps(void **state)
{
    struct bench *b = *state;
    put(b, "splintarr.yaml", "version: 1\nsettings: {reconcile: {prune: {policy: confirm}}}\n");
    put_queues(b, 5);
    settle(b);
    put_queues(b, 4);
    make_plan(b, NULL);
    expect_held(b, "confirm");
    assert_true(plan_awaits_confirm(b->plan));
    assert_string_equal(plan_removed(b->plan, 0), "q5");
    assert_null(plan_removed(b->plan, 1));
    put_queues(b, 5);
    put(b, "splintarr.yaml", "version: 1\nsettings: {reconcile: {prune: {policy: never}}}\n");
    settle(b);
    put_queues(b, 4);
    expect_in_sync(b);
    expect_text(b, "Warning: queue/q5 is no longer declared (was all.yaml:11) and kept: "
                   "prune.policy: never.\n");
}

static void no_prune_keeps_everything(void **state)
{
    struct bench *b = *state;
    put_queues(b, 9);
    settle(b);
    put_queues(b, 1);
    make_plan(b, &(const struct plan_options){.no_prune = true});
    expect_held(b, NULL);
    assert_int_equal(plan_status(b->plan), PLAN_IN_SYNC);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(apply_then_nothing_to_do),
        T(a_changed_field_is_an_update),
        T(spelling_out_a_default_changes_nothing),
        T(removal_is_soft_and_comes_back),
        T(a_new_name_keeps_history),
        T(a_stale_plan_is_refused),
        T(a_rotated_secret_is_a_change),
        T(an_unseen_secret_is_no_change),
        T(content_of_a_titles_file_counts),
        T(ratio_holds_more_than_a_third),
        T(two_removals_never_trip_a_percentage),
        T(a_commit_cannot_lower_its_own_guard),
        T(a_count_is_a_limit_too),
        T(an_empty_tree_is_held),
        T(a_kind_that_vanishes_is_held),
        T(a_truncated_file_is_held),
        T(protected_ones_are_never_released),
        T(the_last_admin_stays),
        T(without_marker_nothing_applies),
        T(policy_confirm_waits_and_never_keeps),
        T(no_prune_keeps_everything),
    };
    setenv("TZ", "UTC", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
