/* Stored specs that are not what was applied: reconcile page section 7. */
#include "plan_bench.h"

/* The row whose text holds `from`. */
struct found {
    const char *from;
    char spec[500], hash[80], file[80];
    struct stored_resource row;
};

static void find(void *ctx, const struct stored_resource *r)
{
    struct found *f = ctx;
    if (!strstr(r->spec, f->from))
        return;
    f->row = *r;
    snprintf(f->spec, sizeof f->spec, "%s", r->spec);
    snprintf(f->hash, sizeof f->hash, "%s", r->hash);
    snprintf(f->file, sizeof f->file, "%s", r->file);
}

/* What a hand in the database would do: another text under the recorded hash. */
static void tamper(struct bench *b, const char *from, const char *to)
{
    struct found f = {.from = from};
    struct err e;
    assert_true(resources_each(b->store, false, find, &f, &e));
    char *at = strstr(f.spec, from);
    assert_non_null(at);
    CLEANUP(freep)
    char *spec = mem_printf("%.*s%s%s", (int)(at - f.spec), f.spec, to, at + strlen(from));
    struct stored_resource row = f.row;
    row.kind = "queue";
    row.name = "q";
    row.spec = spec;
    row.hash = f.hash;
    row.fingerprints = "{}";
    row.file = f.file;
    if (!resource_put(b->store, &row, 1, &e))
        fail_msg("%s", e.msg);
}

static void begin(struct bench *b)
{
    put(b, "q.yaml", "queues:\n  q: {instances: all, batch: 20}\n");
    settle(b);
}

struct seen {
    int n_drift, n_update;
    char actor[40], detail[200];
};

static void look(void *ctx, const struct audit *a)
{
    struct seen *s = ctx;
    s->n_update += str_eq(a->action, "update");
    if (!str_eq(a->action, "drift"))
        return;
    s->n_drift++;
    assert_string_equal(a->address, "queue/q");
    snprintf(s->actor, sizeof s->actor, "%s", a->actor);
    snprintf(s->detail, sizeof s->detail, "%s", a->detail);
}

static struct seen audited(struct bench *b)
{
    struct seen s = {0};
    struct err e;
    assert_true(audit_each(b->store, 0, look, &s, &e));
    return s;
}

static void drift_is_set_right_by_the_system(void **state)
{
    struct bench *b = *state;
    begin(b);
    tamper(b, "20", "99");
    make_plan(b, NULL);
    expect_counts(b, 0, 1, 0, 0);
    expect_text(b, "~ batch     99 -> 20");
    expect_text(b, "=> the state was changed by something else; set right again");
    CLEANUP(jx_decrefp) json_t *o = plan_json(b->plan, NULL);
    assert_string_equal(jx_str(json_array_get(json_object_get(o, "changes"), 0), "reason"),
                        "drift");
    apply(b);
    struct seen s = audited(b);
    assert_int_equal(s.n_drift, 1);
    assert_int_equal(s.n_update, 0);
    assert_string_equal(s.actor, "system");
    assert_string_equal(s.detail, "batch 99 -> 20");
    expect_in_sync(b);
}

/* The text says what the tree says, but in bytes nobody applied. */
static void drift_without_a_difference_is_drift(void **state)
{
    struct bench *b = *state;
    begin(b);
    tamper(b, "20", " 20");
    make_plan(b, NULL);
    expect_counts(b, 0, 1, 0, 0);
    apply(b);
    assert_int_equal(audited(b).n_drift, 1);
    expect_in_sync(b);
}

static void a_change_over_drift_is_both(void **state)
{
    struct bench *b = *state;
    begin(b);
    tamper(b, "20", "99");
    put(b, "q.yaml", "queues:\n  q: {instances: all, batch: 30}\n");
    make_plan(b, NULL);
    apply(b);
    struct seen s = audited(b);
    assert_int_equal(s.n_drift, 1);
    assert_int_equal(s.n_update, 1);
    assert_string_equal(s.actor, "system");
    expect_in_sync(b);
}

static void a_damaged_text_is_set_right(void **state)
{
    struct bench *b = *state;
    begin(b);
    tamper(b, "{", "[");
    make_plan(b, NULL);
    expect_counts(b, 0, 1, 0, 0);
    apply(b);
    assert_int_equal(audited(b).n_drift, 1);
    expect_in_sync(b);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(drift_is_set_right_by_the_system),
        T(drift_without_a_difference_is_drift),
        T(a_change_over_drift_is_both),
        T(a_damaged_text_is_set_right),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
