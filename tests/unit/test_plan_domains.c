/* Failure domains (reconcile page, section 4) and the guards of tenants (section 5): what is wrong
 * with one leaves it as it was applied, and the others proceed. */
#include "plan_bench.h"

#include <unistd.h>

#include "plan/past.h"

static const char root_tree[] =
    "version: 1\n"
    "users: {ann: {role: admin}, alice: {role: operator}, bob: {role: operator}}\n"
    "instances:\n"
    "  main: {type: sonarr, url: 'http://sonarr:8989', api_key: {secret: k}}\n"
    "  spare: {type: sonarr, url: 'http://spare:8989', api_key: {secret: k}}\n"
    "shares: {main: {alice: read-write}}\n"
    "profiles: {gentle: {batch: 3}}\n"
    "queues: {tv: {instances: [main], profile: gentle, batch: 1}}\n";

static const char alice_tree[] = "queues:\n"
                                 "  a: {instances: [/main], profile: gentle, batch: 1}\n"
                                 "  b: {instances: [/main], batch: 1}\n";

static const char bob_tree[] =
    "instances:\n"
    "  box: {type: radarr, url: 'https://box.example', api_key: {secret: k}}\n"
    "queues:\n"
    "  a: {instances: all, batch: 1, order: smart}\n"; /* smart is the default */

static int set_up_tenants(void **state)
{
    set_up(state);
    struct bench *b = *state;
    put(b, "splintarr.yaml", root_tree);
    put(b, "tenants/alice/q.yaml", alice_tree);
    put(b, "tenants/bob/q.yaml", bob_tree);
    settle(b);
    return 0;
}

/* Rewrites a file with one text for another. */
static void change(struct bench *b, const char *path, const char *text, const char *from,
                   const char *to)
{
    const char *at = strstr(text, from);
    assert_non_null(at);
    CLEANUP(freep)
    char *now = mem_printf("%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    put(b, path, now);
}

static void expect_left(const struct bench *b, const char *const *names, size_t n)
{
    const struct domains *d = plan_domains(b->plan);
    assert_int_equal(d->n, n);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(d->at[i].name, names[i]);
}

static void expect_one_left(const struct bench *b, const char *name)
{
    expect_left(b, &name, 1);
}

static int64_t batch_of(const struct config *c, const char *name)
{
    const struct resource *r = config_find(c, KIND_QUEUE, name);
    assert_non_null(r);
    return ((const struct queue *)r->spec)->batch;
}

static struct config *running(const struct bench *b)
{
    struct config *c;
    struct err e;
    if (!plan_applied_config(b->store, &c, &e))
        fail_msg("%s", e.msg);
    return c;
}

/* ---- rejected ---- */

static void test_a_tenants_mistake_is_his_own(void **state)
{
    struct bench *b = *state;
    change(b, "splintarr.yaml", root_tree, "profile: gentle, batch: 1", "batch: 2");
    put(b, "tenants/alice/q.yaml", "queues:\n  a: {instances: [/nowhere], batch: 9}\n");
    change(b, "tenants/bob/q.yaml", bob_tree, "batch: 1", "batch: 2");
    make_plan(b, NULL);
    expect_one_left(b, "alice");
    assert_false(plan_domains(b->plan)->at[0].is_held);
    expect_text(b, "Not applied: tenants/alice/: tenants/alice/q.yaml:2: ");
    expect_counts(b, 0, 2, 0, 10);
    apply(b);
    CLEANUP(config_freep) struct config *c = running(b);
    assert_int_equal(batch_of(c, "tv"), 2);
    assert_int_equal(batch_of(c, "alice/a"), 1);
    assert_int_equal(batch_of(c, "alice/b"), 1);
    assert_int_equal(batch_of(c, "bob/a"), 2);
}

static void test_unreadable_yaml_is_his_own(void **state)
{
    struct bench *b = *state;
    put(b, "tenants/alice/q.yaml", "queues: [\n");
    put(b, "tenants/alice/r.yaml", "queues: {c: {instances: [/main]}}\n");
    change(b, "tenants/bob/q.yaml", bob_tree, "batch: 1", "batch: 2");
    make_plan(b, NULL);
    expect_one_left(b, "alice");
    expect_counts(b, 0, 1, 0, 11);
}

static void test_the_roots_mistake_is_its_own(void **state)
{
    struct bench *b = *state;
    change(b, "splintarr.yaml", root_tree, "queues: {tv: {instances: [main]",
           "queues: {tv: {instances: [nowhere]");
    change(b, "tenants/bob/q.yaml", bob_tree, "batch: 1", "batch: 2");
    make_plan(b, NULL);
    expect_one_left(b, "");
    expect_counts(b, 0, 1, 0, 11);
    expect_text(b, "Not applied: the root tree: splintarr.yaml:");
}

/* References keep the last good target. */
static void test_a_reference_into_a_rejected_root_holds(void **state)
{
    struct bench *b = *state;
    change(b, "splintarr.yaml", root_tree,
           "  main: {type: sonarr, url: 'http://sonarr:8989', api_key: {secret: k}}\n", "");
    change(b, "tenants/alice/q.yaml", alice_tree, "batch: 1", "batch: 2");
    make_plan(b, NULL);
    expect_one_left(b, "");
    expect_counts(b, 0, 1, 0, 11);
}

/* What refers to something new in a rejected root cannot proceed either. */
static void test_what_needs_a_rejected_one_waits(void **state)
{
    struct bench *b = *state;
    CLEANUP(freep)
    char *text = mem_printf("%sschedules: {nightly: {every: 24h}}\nprofiles2: {}\n", root_tree);
    put(b, "splintarr.yaml", text);
    change(b, "tenants/alice/q.yaml", alice_tree, "batch: 1}", "schedule: nightly}");
    make_plan(b, NULL);
    expect_left(b, (const char *const[]){"", "alice"}, 2);
    expect_counts(b, 0, 0, 0, 12);
    apply(b);
}

static void test_nothing_proceeds_before_the_root_did(void **state)
{
    struct bench *b = *state;
    put(b, "splintarr.yaml", "version: 1\nqueues: {tv: {instances: [nowhere]}}\n");
    put(b, "tenants/bob/q.yaml", bob_tree);
    make_plan(b, NULL);
    expect_left(b, (const char *const[]){"", "bob"}, 2);
    expect_counts(b, 0, 0, 0, 0);
}

static void test_all_wrong_is_no_configuration(void **state)
{
    struct bench *b = *state;
    struct err e;
    put(b, "splintarr.yaml", "version: 1\nqueues: {tv: {instances: [nowhere]}}\n");
    b->diags = diags_new();
    assert_true(tree_load(b->root, clock_utc(&b->clock.clock), &b->tree, &b->config, b->diags, &e));
    assert_null(b->config);
    assert_int_equal(b->tree.rejected.n, 0);
}

/* More findings than are kept hide nobody else's. */
static void test_many_mistakes_hide_no_others(void **state)
{
    struct bench *b = *state;
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, 1 << 20);
    buf_puts(&text, "queues:\n");
    for (int i = 0; i < DIAGS_MAX + 10; i++)
        buf_printf(&text, "  q%d: {instances: [/main], batch: 0}\n", i);
    put(b, "tenants/alice/q.yaml", text.at);
    put(b, "tenants/bob/q.yaml", "queues: {a: {instances: all, batch: 0}}\n");
    change(b, "splintarr.yaml", root_tree, "profile: gentle, batch: 1", "batch: 2");
    make_plan(b, NULL);
    expect_left(b, (const char *const[]){"alice", "bob"}, 2);
    expect_counts(b, 0, 1, 0, 11);
}

/* A file that nobody can read is missed by its own finding only, and that one may not be kept. */
static void test_many_mistakes_hide_no_unreadable_file(void **state)
{
    struct bench *b = *state;
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, 1 << 20);
    for (int i = 0; i < DIAGS_MAX + 10; i++)
        buf_printf(&text, "quues%d: {}\n", i);
    put(b, "tenants/alice/q.yaml", text.at);
    put(b, "tenants/bob/q.yaml", "queues: [\n");
    make_plan(b, NULL);
    expect_left(b, (const char *const[]){"alice", "bob"}, 2);
    assert_false(plan_domains(b->plan)->at[1].is_held);
    expect_counts(b, 0, 0, 0, 12);
}

struct row {
    const char *name;
    char written[200];
    int line;
};

static void take_row(void *ctx, const struct stored_resource *r)
{
    struct row *row = ctx;
    if (!str_eq(r->kind, "queue") || !str_eq(r->name, row->name))
        return;
    snprintf(row->written, sizeof row->written, "%s", r->written);
    row->line = r->line;
}

static struct row row_of(const struct bench *b, const char *name)
{
    struct row row = {.name = name};
    struct err e;
    assert_true(resources_each(b->store, false, take_row, &row, &e));
    return row;
}

/* Neither a new secret nor where things stand is taken over from a rejected directory. */
static void test_nothing_of_it_is_touched(void **state)
{
    struct bench *b = *state;
    struct err e;
    CLEANUP(secret_done) struct secret value = {0};
    secret_set(&value, "new", 3);
    assert_true(secret_put(b->store, "bob/k", &value, &e));
    const struct row before = row_of(b, "bob/a");
    assert_int_equal(before.line, 4);
    assert_non_null(strstr(before.written, "order"));
    put(b, "tenants/bob/q.yaml", "# one\n# more\nqueues: {a: 1}\n");
    change(b, "tenants/alice/q.yaml", alice_tree, "batch: 1", "batch: 2");
    make_plan(b, NULL);
    expect_one_left(b, "bob");
    expect_counts(b, 0, 1, 0, 11);
    apply(b);
    const struct row after = row_of(b, "bob/a");
    assert_string_equal(after.written, before.written);
    assert_int_equal(after.line, 4);
}

/* Neither a list nor a file of somebody else's, by a link. */
static void test_links_do_not_leave_the_directory(void **state)
{
    struct bench *b = *state;
    put(b, "lists/private.txt", "Private\n");
    put(b, "tenants/alice/lists/own.txt", "Own\n");
    tempdir_link("lists/own.txt", b->root, "tenants/alice/linked.txt");
    put(b, "tenants/alice/x.yaml", "exclusions: {x: {match: [{titles_file: linked.txt}]}}\n");
    make_plan(b, NULL);
    expect_left(b, NULL, 0);
    tempdir_link("../../lists/private.txt", b->root, "tenants/alice/other.txt");
    put(b, "tenants/alice/x.yaml", "exclusions: {x: {match: [{titles_file: other.txt}]}}\n");
    make_plan(b, NULL);
    expect_one_left(b, "alice");
    put(b, "tenants/alice/x.yaml", "");
    put(b, "tenants/bob/_draft.yaml", "queues: {c: {instances: all}}\n");
    tempdir_link("../bob/_draft.yaml", b->root, "tenants/alice/z.yaml");
    make_plan(b, NULL);
    expect_one_left(b, "alice");
}

/* As the volumes of Kubernetes are: the directory is a link to a hidden one. */
static void test_the_directory_may_be_a_link(void **state)
{
    struct bench *b = *state;
    put(b, "..data/tenants/alice/q.yaml", "queues: {a: {instances: [/main]}}\n");
    tempdir_link("..data/tenants", b->root, "tenants");
    put(b, "splintarr.yaml", root_tree);
    make_plan(b, NULL);
    expect_left(b, NULL, 0);
    assert_non_null(config_find(plan_config(b->plan), KIND_QUEUE, "alice/a"));
}

/* The root drops what a rejected tenant still names: his queue stops, and nothing is damaged. */
static void test_a_target_that_went_stops_the_queue(void **state)
{
    struct bench *b = *state;
    put(b, "splintarr.yaml",
        "version: 1\n"
        "users: {ann: {role: admin}, alice: {role: operator}, bob: {role: operator}}\n"
        "instances:\n"
        "  main: {type: sonarr, url: 'http://sonarr:8989', api_key: {secret: k}}\n"
        "  spare: {type: sonarr, url: 'http://spare:8989', api_key: {secret: k}}\n"
        "shares: {main: {alice: read-write}}\n"
        "queues: {tv: {instances: [main], batch: 1}}\n");
    put(b, "tenants/alice/q.yaml", "queues: [\n");
    make_plan(b, NULL);
    expect_one_left(b, "alice");
    expect_counts(b, 0, 1, 1, 10);
    apply(b);
    CLEANUP(config_freep) struct config *c = running(b);
    const struct resource *a = config_find(c, KIND_QUEUE, "alice/a");
    assert_true(((const struct queue *)a->spec)->suspend);
    assert_string_equal(a->denied_reason, "ReferenceMissing");
    const struct resource *fine = config_find(c, KIND_QUEUE, "alice/b");
    assert_false(((const struct queue *)fine->spec)->suspend);
}

/* ---- held ---- */

static void test_a_tenant_that_is_gone_is_held_alone(void **state)
{
    struct bench *b = *state;
    CLEANUP(freep) char *file = mem_printf("%s/tenants/alice/q.yaml", b->root);
    assert_int_equal(unlink(file), 0);
    change(b, "tenants/bob/q.yaml", bob_tree, "batch: 1", "batch: 2");
    make_plan(b, NULL);
    expect_one_left(b, "alice");
    assert_true(plan_domains(b->plan)->at[0].is_held);
    assert_string_equal(plan_domains(b->plan)->at[0].guard, "tenant_gone");
    assert_string_equal(plan_domains(b->plan)->at[0].release, "splintarr apply --allow-prune=2");
    assert_int_equal(plan_status(b->plan), PLAN_READY);
    expect_counts(b, 0, 1, 0, 11);
    apply(b);
    make_plan(b, &(struct plan_options){.allow_prune = true, .allowed_removals = 2});
    expect_left(b, NULL, 0);
    expect_counts(b, 0, 0, 2, 10);
}

static void put_many(struct bench *b, const char *who, int n)
{
    CLEANUP(buf_done) struct buf text;
    CLEANUP(freep) char *path = mem_printf("tenants/%s/many.yaml", who);
    buf_init(&text, BUF_TEXT);
    buf_puts(&text, "schedules:\n");
    for (int i = 0; i < n; i++)
        buf_printf(&text, "  s%d: {every: 6h}\n", i);
    put(b, path, text.at);
}

/* Of 12 of hers 3 queues are 25 %; 4 are 33 % and too many, though few of the whole tree. */
static void test_the_ratio_is_of_each_alone(void **state)
{
    struct bench *b = *state;
    put_many(b, "alice", 10);
    put_many(b, "bob", 20);
    settle(b);
    put_many(b, "alice", 7);
    make_plan(b, NULL);
    expect_left(b, NULL, 0);
    expect_counts(b, 0, 0, 3, 39);
    put_many(b, "alice", 6);
    make_plan(b, NULL);
    expect_one_left(b, "alice");
    assert_string_equal(plan_domains(b->plan)->at[0].guard, "ratio");
    expect_counts(b, 0, 0, 0, 42);
}

/* What is a lot of the root's is not made less by what tenants have. */
static void test_the_roots_guard_counts_the_root(void **state)
{
    struct bench *b = *state;
    put_many(b, "bob", 30);
    settle(b);
    put(b, "splintarr.yaml",
        "version: 1\n"
        "users: {ann: {role: admin}, alice: {role: operator}, bob: {role: operator}}\n"
        "instances:\n"
        "  main: {type: sonarr, url: 'http://sonarr:8989', api_key: {secret: k}}\n"
        "shares: {main: {alice: read-write}}\n"
        "profiles: {gentle: {batch: 3}}\n");
    make_plan(b, NULL);
    assert_int_equal(plan_status(b->plan), PLAN_READY); /* 2 of 8 */
    put(b, "splintarr.yaml",
        "version: 1\n"
        "users: {ann: {role: admin}, alice: {role: operator}}\n"
        "instances:\n"
        "  main: {type: sonarr, url: 'http://sonarr:8989', api_key: {secret: k}}\n"
        "shares: {main: {alice: read-write}}\n"
        "profiles: {gentle: {batch: 3}}\n");
    make_plan(b, NULL);
    expect_held(b, "ratio"); /* 3 of 8 */
}

static void test_protection_holds_the_tenant(void **state)
{
    struct bench *b = *state;
    change(b, "tenants/alice/q.yaml", alice_tree, "  a: {", "  a: {protect: true, ");
    settle(b);
    put(b, "tenants/alice/q.yaml", "queues:\n  b: {instances: [/main], batch: 5}\n");
    change(b, "tenants/bob/q.yaml", bob_tree, "batch: 1", "batch: 2");
    make_plan(b, &(struct plan_options){.allow_prune = true, .allowed_removals = 1});
    expect_one_left(b, "alice");
    assert_string_equal(plan_domains(b->plan)->at[0].guard, "protect");
    expect_counts(b, 0, 1, 0, 11);
}

static void test_what_is_kept_is_untouched_in_the_state(void **state)
{
    struct bench *b = *state;
    put(b, "tenants/alice/q.yaml", "# moved\n# down\nqueues: {a: 1}\n");
    make_plan(b, NULL);
    expect_one_left(b, "alice");
    apply(b);
    put(b, "tenants/alice/q.yaml", alice_tree);
    make_plan(b, NULL);
    assert_int_equal(plan_status(b->plan), PLAN_IN_SYNC);
    expect_left(b, NULL, 0);
}

int main(void)
{
#define WITH(test) cmocka_unit_test_setup_teardown(test, set_up_tenants, tear_down)
#define FRESH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        WITH(test_a_tenants_mistake_is_his_own),
        WITH(test_unreadable_yaml_is_his_own),
        WITH(test_the_roots_mistake_is_its_own),
        WITH(test_a_reference_into_a_rejected_root_holds),
        WITH(test_what_needs_a_rejected_one_waits),
        FRESH(test_nothing_proceeds_before_the_root_did),
        FRESH(test_all_wrong_is_no_configuration),
        WITH(test_many_mistakes_hide_no_others),
        WITH(test_many_mistakes_hide_no_unreadable_file),
        WITH(test_nothing_of_it_is_touched),
        WITH(test_links_do_not_leave_the_directory),
        FRESH(test_the_directory_may_be_a_link),
        WITH(test_a_target_that_went_stops_the_queue),
        WITH(test_a_tenant_that_is_gone_is_held_alone),
        WITH(test_the_ratio_is_of_each_alone),
        WITH(test_the_roots_guard_counts_the_root),
        WITH(test_protection_holds_the_tenant),
        WITH(test_what_is_kept_is_untouched_in_the_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
