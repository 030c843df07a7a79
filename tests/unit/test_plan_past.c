/* Going back and looking back: reconcile page section 7, cli page section 2 (--against). */
#include "plan/past.h"
#include "plan/pin.h"
#include "plan_bench.h"

static void q_batch(struct bench *b, int batch)
{
    CLEANUP(freep) char *text = mem_printf("queues:\n  q: {instances: all, batch: %d}\n", batch);
    put(b, "q.yaml", text);
}

/* Plans the way back and applies it. */
static struct plan_applied go_back(struct bench *b, int64_t rev)
{
    CLEANUP(rollback_done) struct rollback r = {0};
    const struct plan_options options = {0};
    struct plan_applied done;
    struct err e;
    make_plan(b, NULL);
    if (!rollback_make(b->store, b->secrets, rev, b->tree.digest, &options,
                       clock_utc(&b->clock.clock), &r, &e) ||
        !plan_apply(r.plan, b->store, "test", "went wrong", &done, &e))
        fail_msg("%s", e.msg);
    virtual_clock_advance(&b->clock, MINUTES(1));
    return done;
}

static enum err_code cannot_go_back(struct bench *b, int64_t rev, const char *part)
{
    CLEANUP(rollback_done) struct rollback r = {0};
    const struct plan_options options = {0};
    struct err e = {0};
    if (rollback_make(b->store, NULL, rev, "", &options, clock_utc(&b->clock.clock), &r, &e))
        fail_msg("went back to %lld", (long long)rev);
    if (!strstr(e.msg, part))
        fail_msg("no '%s' in: %s", part, e.msg);
    return e.code;
}

static struct config *running(struct bench *b)
{
    struct config *c;
    struct err e;
    if (!plan_applied_config(b->store, &c, &e))
        fail_msg("%s", e.msg);
    return c;
}

static int batch_of(struct bench *b, const char *name)
{
    CLEANUP(config_freep) struct config *c = running(b);
    const struct resource *r = config_find(c, KIND_QUEUE, name);
    return r ? (int)((const struct queue *)r->spec)->batch : -1;
}

static void back_and_forth(void **state)
{
    struct bench *b = *state;
    q_batch(b, 10);
    settle(b);
    q_batch(b, 20);
    settle(b);
    q_batch(b, 30);
    settle(b);
    assert_int_equal(go_back(b, 0).revision, 4); /* to 2, as revision 4 */
    assert_int_equal(batch_of(b, "q"), 20);
    assert_int_equal(go_back(b, 1).revision, 5);
    assert_int_equal(batch_of(b, "q"), 10);
    assert_int_equal(go_back(b, 3).revision, 6);
    assert_int_equal(batch_of(b, "q"), 30);
    assert_int_equal(go_back(b, 5).revision, 7); /* a rollback is a revision like any other */
    assert_int_equal(batch_of(b, "q"), 10);
    make_plan(b, NULL);
    expect_counts(b, 0, 1, 0, 0);
    expect_text(b, "~ batch     10 -> 30");
    expect_text(b, "Pinned to revision 5 since ");
}

static void what_was_added_goes_and_what_went_comes_back(void **state)
{
    struct bench *b = *state;
    put_queues(b, 7);
    settle(b);
    put_queues(b, 6);
    put(b, "more.yaml", "queues:\n  more: {instances: all}\n");
    settle(b);
    struct plan_applied done = go_back(b, 1);
    assert_int_equal(done.added, 1);
    assert_int_equal(done.removed, 1);
    assert_int_equal(batch_of(b, "q7"), 7);
    assert_int_equal(batch_of(b, "more"), -1);
    make_plan(b, NULL);
    expect_text(b, "was all.yaml:13\n"); /* q7: its place in the file it was declared in last */
}

static void a_rename_is_undone_as_a_rename(void **state)
{
    struct bench *b = *state;
    put(b, "q.yaml", "queues:\n  old: {instances: all}\n");
    settle(b);
    put(b, "q.yaml", "queues:\n  new: {instances: all, renamed_from: old}\n");
    settle(b);
    struct plan_applied done = go_back(b, 1);
    assert_int_equal(done.added, 0);
    assert_int_equal(done.changed, 1);
    assert_int_equal(done.removed, 0);
    assert_int_equal(batch_of(b, "old"), 10); /* the default of the queue page */
    assert_int_equal(batch_of(b, "new"), -1);
}

static void a_referenced_file_says_what_it_said(void **state)
{
    struct bench *b = *state;
    put(b, "x.yaml", "exclusions:\n  x:\n    match:\n      - titles_file: lists/x.txt\n");
    put(b, "lists/x.txt", "Some Show\n");
    settle(b);
    put(b, "lists/x.txt", "Other Show\n");
    settle(b);
    go_back(b, 1);
    CLEANUP(config_freep) struct config *c = running(b);
    assert_string_equal(config_referenced(c, "lists/x.txt"), "Some Show\n");
    make_plan(b, NULL);
    expect_text(b, "lists/x.txt  (content changed)");
}

static void going_back_passes_the_guards(void **state)
{
    struct bench *b = *state;
    CLEANUP(rollback_done) struct rollback r = {0};
    const struct plan_options options = {0};
    struct plan_applied done;
    struct err e;
    put_queues(b, 1);
    settle(b);
    put_queues(b, 9); /* back from 10 resources to 2: 8 of 10 go */
    settle(b);
    assert_true(rollback_make(b->store, b->secrets, 1, b->tree.digest, &options,
                              clock_utc(&b->clock.clock), &r, &e));
    assert_int_equal(plan_status(r.plan), PLAN_HELD);
    assert_false(plan_apply(r.plan, b->store, "test", "", &done, &e));
    assert_int_equal(e.code, ERR_REFUSED);
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BUF_TEXT);
    plan_text(r.plan, &(const struct plan_view){0}, &text);
    assert_non_null(strstr(text.at, "go ahead:  splintarr rollback 1 --allow-prune=8\n"));
}

static void there_must_be_something_to_go_back_to(void **state)
{
    struct bench *b = *state;
    q_batch(b, 10);
    assert_int_equal(cannot_go_back(b, 0, "no revision before 0"), ERR_USAGE);
    settle(b);
    assert_int_equal(cannot_go_back(b, 0, "no revision before 1"), ERR_USAGE);
    assert_int_equal(cannot_go_back(b, 7, "no revision 7; the newest is 1"), ERR_USAGE);
}

/* What was removed for good cannot come back: better no revision than half of one. */
static void half_a_revision_is_none(void **state)
{
    struct bench *b = *state;
    put_queues(b, 7);
    settle(b);
    put_queues(b, 6);
    settle(b);
    virtual_clock_advance(&b->clock, DAYS(31)); /* prune.retain is 30 days */
    put_queues(b, 7);
    settle(b); /* expires the removed q7, and makes a new one */
    assert_int_equal(cannot_go_back(b, 1, "revision 1 had 8 resources and 7 of them"), ERR_REFUSED);
}

static void fifty_revisions_are_kept(void **state)
{
    struct bench *b = *state;
    for (int i = 1; i <= 53; i++) {
        q_batch(b, i);
        settle(b);
    }
    assert_int_equal(cannot_go_back(b, 2, "revision 2 had 1 resources and 0"), ERR_REFUSED);
    go_back(b, 4); /* 53 - 49: the oldest of fifty */
    assert_int_equal(batch_of(b, "q"), 4);
}

static void a_tree_against_an_older_revision(void **state)
{
    struct bench *b = *state;
    q_batch(b, 10);
    settle(b);
    q_batch(b, 20);
    settle(b);
    q_batch(b, 30);
    make_plan(b, &(struct plan_options){.against = 1});
    expect_text(b, "Against revision 1, applied ");
    expect_text(b, "~ batch     10 -> 30");
    make_plan(b, &(struct plan_options){.against = 2});
    expect_text(b, "~ batch     20 -> 30");
    q_batch(b, 10);
    make_plan(b, &(struct plan_options){.against = 1});
    expect_text(b, "No changes. 1 resource matches revision 1.\n");
}

/* Only a look: what would be held is not. */
static void a_comparison_is_never_held(void **state)
{
    struct bench *b = *state;
    put_queues(b, 9);
    settle(b);
    put_queues(b, 0);
    make_plan(b, NULL);
    expect_held(b, "empty");
    make_plan(b, &(struct plan_options){.against = 1});
    expect_held(b, NULL);
    expect_counts(b, 0, 0, 9, 1);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(back_and_forth),
        T(what_was_added_goes_and_what_went_comes_back),
        T(a_rename_is_undone_as_a_rename),
        T(a_referenced_file_says_what_it_said),
        T(going_back_passes_the_guards),
        T(there_must_be_something_to_go_back_to),
        T(half_a_revision_is_none),
        T(fifty_revisions_are_kept),
        T(a_tree_against_an_older_revision),
        T(a_comparison_is_never_held),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
