/* Conditions as last judged: what moves `since`, and what is forgotten. */
#include <string.h>

#include "base/buf.h"
#include "store/conditions.h"
#include "store/resources.h"
#include "unit/store_state.h"

static void add_row(void *ctx, const struct stored_condition *c)
{
    buf_printf(ctx, "%s %s %s %s %s +%lld;", c->address, c->type, c->status, c->reason, c->message,
               (long long)(c->since - NOON));
}

static void assert_rows(struct state *t, const char *address, const char *expected)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 10000);
    OK(t, conditions_each(t->store, address, add_row, &b, &t->e));
    assert_string_equal(b.at, expected);
}

static void put(struct state *t, const char *status, const char *reason, const char *message,
                utc_t since)
{
    const struct stored_condition c = {.address = "instance/tv",
                                       .type = "Healthy",
                                       .status = status,
                                       .reason = reason,
                                       .message = message,
                                       .since = since};
    virtual_clock_advance(&t->clock, 10);
    OK(t, condition_put(t->store, &c, &t->e));
}

static void since_moves_with_status_and_reason(void **state)
{
    struct state *t = *state;
    put(t, "True", "", "", 0);
    assert_rows(t, NULL, "instance/tv Healthy True   +10;");
    put(t, "True", "", "", 0);
    assert_rows(t, NULL, "instance/tv Healthy True   +10;");
    put(t, "False", "Unreachable", "refused", 0);
    assert_rows(t, NULL, "instance/tv Healthy False Unreachable refused +30;");
    put(t, "False", "Unreachable", "timed out", 0);
    assert_rows(t, NULL, "instance/tv Healthy False Unreachable timed out +30;");
    put(t, "False", "Unauthorized", "401", 0);
    assert_rows(t, NULL, "instance/tv Healthy False Unauthorized 401 +50;");
    put(t, "True", "", "", NOON + 55); /* the probe was before it was written down */
    assert_rows(t, NULL, "instance/tv Healthy True   +55;");
    put(t, "True", "", "", NOON + 65);
    assert_rows(t, NULL, "instance/tv Healthy True   +55;");
}

static struct stored_condition of(const char *address, const char *type)
{
    return (struct stored_condition){.address = address, .type = type, .status = "True"};
}

static void what_is_gone_is_forgotten(void **state)
{
    struct state *t = *state;
    const struct stored_condition first[] = {of("queue/a", "Ready"), of("instance/tv", "Ready"),
                                             of("instance/tv", "Healthy")};
    const struct stored_condition second[] = {of("queue/b", "Ready"), of("instance/tv", "Ready")};
    const struct stored_condition source = of("source", "Synced");
    OK(t, condition_put(t->store, &source, &t->e));
    OK(t, conditions_replace(t->store, first, COUNT(first), &t->e));
    virtual_clock_advance(&t->clock, 10);
    OK(t, conditions_replace(t->store, second, COUNT(second), &t->e));
    assert_rows(t, NULL,
                "instance/tv Ready True   +0;queue/b Ready True   +10;source Synced True   +0;");
    OK(t, conditions_replace(t->store, NULL, 0, &t->e));
    assert_rows(t, NULL, "source Synced True   +0;");
}

static void reads_one_address(void **state)
{
    struct state *t = *state;
    const struct stored_condition rows[] = {of("queue/a", "Ready"), of("queue/a", "Stalled"),
                                            of("queue/ab", "Ready")};
    OK(t, conditions_replace(t->store, rows, COUNT(rows), &t->e));
    assert_rows(t, "queue/a", "queue/a Ready True   +0;queue/a Stalled True   +0;");
    assert_rows(t, "queue", "");
}

static void add_count(void *ctx, const struct condition_count *c)
{
    buf_printf(ctx, "%s %s %s %d;", c->kind, c->type, c->status, (int)c->n);
}

static void counts_by_kind(void **state)
{
    struct state *t = *state;
    CLEANUP(buf_done) struct buf b;
    struct stored_condition rows[] = {of("queue/a", "Ready"), of("queue/b", "Ready"),
                                      of("queue/alice/c", "Ready"), of("instance/tv", "Ready"),
                                      of("source", "Synced")};
    rows[1].status = "False";
    buf_init(&b, 10000);
    for (size_t i = 0; i < COUNT(rows); i++)
        OK(t, condition_put(t->store, &rows[i], &t->e));
    OK(t, conditions_count(t->store, add_count, &b, &t->e));
    assert_string_equal(b.at, "instance Ready True 1;queue Ready False 1;queue Ready True 2;");
}

static void a_new_name_keeps_since(void **state)
{
    struct state *t = *state;
    const struct stored_resource r = {.kind = "profile",
                                      .name = "old",
                                      .spec = "{}",
                                      .hash = "h",
                                      .fingerprints = "{}",
                                      .file = ""};
    const struct stored_condition c = of("profile/old", "Ready");
    OK(t, resource_put(t->store, &r, 1, &t->e));
    OK(t, condition_put(t->store, &c, &t->e));
    OK(t, resource_rename(t->store, "profile", "old", "new", &t->e));
    assert_rows(t, NULL, "profile/new Ready True   +0;");
}

int main(void)
{
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, store_setup_open, state_teardown)
    const struct CMUnitTest tests[] = {
        TEST(since_moves_with_status_and_reason),
        TEST(what_is_gone_is_forgotten),
        TEST(reads_one_address),
        TEST(counts_by_kind),
        TEST(a_new_name_keeps_since),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
