/* The end of a removed resource: reconcile page section 5. */
#include "plan/purge.h"
#include "plan_bench.h"

/* Applies queues q1 … q9 and removes the last. */
static void remove_one_queue(struct bench *b)
{
    put_queues(b, 9);
    settle(b);
    put_queues(b, 8);
    settle(b);
}

static enum err_code cannot_purge(struct bench *b, const char *what, const char *part)
{
    struct err e = {0};
    if (plan_purge(b->store, what, "test", NULL, clock_utc(&b->clock.clock), &e))
        fail_msg("purged %s", what);
    if (!strstr(e.msg, part))
        fail_msg("no '%s' in: %s", part, e.msg);
    return e.code;
}

static void purge(struct bench *b, const char *what)
{
    struct err e;
    if (!plan_purge(b->store, what, "test", "not coming back", clock_utc(&b->clock.clock), &e))
        fail_msg("%s", e.msg);
}

static void a_purged_resource_does_not_come_back(void **state)
{
    struct bench *b = *state;
    remove_one_queue(b);
    put_queues(b, 9);
    make_plan(b, NULL);
    assert_int_equal(plan_count(b->plan, PLAN_REVIVE), 1);
    purge(b, "queue/q9");
    make_plan(b, NULL);
    assert_int_equal(plan_count(b->plan, PLAN_REVIVE), 0);
    assert_int_equal(plan_count(b->plan, PLAN_CREATE), 1);
    assert_int_equal(cannot_purge(b, "queue/q9", "nothing that was removed is called"), ERR_USAGE);
}

static void live_ones_are_refused(void **state)
{
    struct bench *b = *state;
    remove_one_queue(b);
    assert_int_equal(cannot_purge(b, "queue/q1", "queue/q1 is live: take it out of all.yaml:7"),
                     ERR_REFUSED);
    assert_int_equal(cannot_purge(b, "nowhere", "nothing that was removed"), ERR_USAGE);
}

static void a_name_alone_must_be_the_only_one(void **state)
{
    struct bench *b = *state;
    put_queues(b, 9);
    put(b, "x.yaml", "schedules:\n  q9: {every: 6h}\n");
    settle(b);
    put_queues(b, 8);
    put(b, "x.yaml", "# nothing\n");
    settle(b);
    assert_int_equal(cannot_purge(b, "q9", "2 removed resources are called 'q9'"), ERR_USAGE);
    purge(b, "schedule/q9");
    purge(b, "q9");
}

struct seen {
    size_t n;
    char detail[40];
};

static void look(void *ctx, const struct audit *a)
{
    struct seen *s = ctx;
    if (!str_eq(a->action, "purge") || !str_eq(a->address, "queue/q9"))
        return;
    s->n++;
    snprintf(s->detail, sizeof s->detail, "%s", a->detail);
}

static void it_is_audited(void **state)
{
    struct bench *b = *state;
    struct seen seen = {0};
    struct err e;
    remove_one_queue(b);
    purge(b, "q9");
    assert_true(audit_each(b->store, 0, look, &seen, &e));
    assert_int_equal(seen.n, 1);
    assert_string_equal(seen.detail, "not coming back");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_purged_resource_does_not_come_back),
        T(live_ones_are_refused),
        T(a_name_alone_must_be_the_only_one),
        T(it_is_audited),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
