/* Other names for the same things: config page, `renamed_from` and section tenants. */
#include "plan_bench.h"

static void put_tenant(struct bench *b, const char *text)
{
    put(b, "users.yaml", "users:\n  root: {role: admin}\n  alice: {role: operator}\n");
    put(b, "tenants/alice/all.yaml", text);
}

static void expect_rename(struct bench *b, const char *line)
{
    make_plan(b, NULL);
    assert_int_equal(plan_count(b->plan, PLAN_RENAME), 1);
    assert_int_equal(plan_count(b->plan, PLAN_CREATE), 0);
    assert_int_equal(plan_count(b->plan, PLAN_REMOVE), 0);
    expect_text(b, line);
    apply(b);
    expect_in_sync(b);
}

static void a_tenants_old_name_is_his_own(void **state)
{
    struct bench *b = *state;
    put_tenant(b, "queues:\n  old: {instances: all}\n");
    settle(b);
    put_tenant(b, "queues:\n  new: {instances: all, renamed_from: old}\n");
    expect_rename(b, "~ queue/alice/old -> queue/alice/new");
}

/* Never the root's of the same name. */
static void a_tenant_renames_nothing_of_the_root(void **state)
{
    struct bench *b = *state;
    put_tenant(b, "queues:\n  his: {instances: all}\n");
    put(b, "q.yaml", "queues:\n  old: {instances: all}\n");
    settle(b);
    put_tenant(b, "queues:\n  his: {instances: all}\n  new: {instances: all, renamed_from: old}\n");
    put(b, "q.yaml", "queues: {}\n");
    make_plan(b, NULL);
    assert_int_equal(plan_count(b->plan, PLAN_RENAME), 0);
    assert_int_equal(plan_count(b->plan, PLAN_CREATE), 1);
    assert_int_equal(plan_count(b->plan, PLAN_REMOVE), 1);
}

static void a_profile_moves_with_those_that_name_it(void **state)
{
    struct bench *b = *state;
    put_tenant(b, "profiles:\n  slow: {batch: 3}\n  slower: {extends: slow}\n"
                  "queues:\n  q: {instances: all, profile: slow}\n");
    settle(b);
    put_tenant(b, "profiles:\n  calm: {batch: 3, renamed_from: slow}\n  slower: {extends: calm}\n"
                  "queues:\n  q: {instances: all, profile: calm}\n");
    make_plan(b, NULL);
    assert_int_equal(plan_count(b->plan, PLAN_UPDATE), 2);
    expect_rename(b, "~ profile/alice/slow -> profile/alice/calm");
}

/* Which profile is meant, his own or the root's of the same name, is told by the full name. */
static void what_is_referred_to_has_its_full_name(void **state)
{
    struct bench *b = *state;
    put(b, "p.yaml", "profiles:\n  slow: {batch: 30}\n  rare: {batch: 1}\n");
    put_tenant(b, "profiles:\n  slow: {batch: 3}\n  slower: {extends: slow}\n"
                  "queues:\n  q: {instances: all, profile: slow}\n"
                  "  r: {instances: all, profile: rare}\n  s: {instances: all, extends: q}\n"
                  "  t: {instances: all, profile: slower}\n");
    settle(b);
    CLEANUP(config_freep) struct config *c = NULL;
    struct err e;
    if (!plan_applied_config(b->store, &c, &e))
        fail_msg("%s", e.msg);
    const struct queue *q = config_find(c, KIND_QUEUE, "alice/q")->spec;
    const struct queue *r = config_find(c, KIND_QUEUE, "alice/r")->spec;
    const struct queue *s = config_find(c, KIND_QUEUE, "alice/s")->spec;
    const struct profile *slower = config_find(c, KIND_PROFILE, "alice/slower")->spec;
    assert_string_equal(q->profile, "alice/slow");
    assert_int_equal(q->batch, 3);
    assert_string_equal(r->profile, "rare");
    assert_int_equal(r->batch, 1);
    assert_string_equal(s->extends, "alice/q");
    assert_string_equal(s->profile, "alice/slow");
    assert_string_equal(slower->extends, "alice/slow");
    const struct queue *t = config_find(c, KIND_QUEUE, "alice/t")->spec;
    assert_null(t->extends); /* its profile extends one, the queue does not */
    assert_int_equal(t->batch, 3);
}

/* The file lies in his directory, and is forgotten with the exclusion that named it. */
static void a_tenants_titles_file_is_his_own(void **state)
{
    struct bench *b = *state;
    put_tenant(b, "queues:\n  q: {instances: all}\n"
                  "exclusions:\n  x: {instances: all, match: [{titles_file: x.txt}]}\n");
    put(b, "tenants/alice/x.txt", "Some Show\n");
    settle(b);
    CLEANUP(freep) char *then = NULL;
    CLEANUP(freep) char *now = NULL;
    struct err e;
    assert_true(content_at(b->store, "tenants/alice/x.txt", 1, &then, &e));
    assert_string_equal(then, "Some Show\n");
    put_tenant(b, "queues:\n  q: {instances: all}\n");
    settle(b);
    assert_true(content_at(b->store, "tenants/alice/x.txt", 2, &now, &e));
    assert_null(now);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_tenants_old_name_is_his_own),           T(a_tenant_renames_nothing_of_the_root),
        T(a_profile_moves_with_those_that_name_it), T(what_is_referred_to_has_its_full_name),
        T(a_tenants_titles_file_is_his_own),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
