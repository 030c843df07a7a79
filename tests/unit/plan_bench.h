/* tests/unit/plan_bench.h — a tree, a state, and the plan between them; removed at the end. */
#ifndef SPL_TEST_PLAN_BENCH_H
#define SPL_TEST_PLAN_BENCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/jx.h"
#include "base/str.h"
#include "plan/plan.h"
#include "tempdir.h"

struct bench {
    char *dir, *root, *state;
    struct store *store;
    struct virtual_clock clock;
    struct secrets *secrets;
    struct tree tree;
    struct config *config;
    struct diags *diags;
    struct plan *plan;
};

static inline void forget_plan(struct bench *b)
{
    plan_freep(&b->plan);
    config_freep(&b->config);
    diags_freep(&b->diags);
    tree_done(&b->tree);
    b->secrets = secrets_free(b->secrets);
}

static inline int set_up(void **state)
{
    struct bench *b = NEW(struct bench);
    struct err e;
    enum store_found found;
    b->dir = tempdir_make();
    b->root = mem_printf("%s/tree", b->dir);
    b->state = mem_printf("%s/state", b->dir);
    tempdir_put(b->root, "splintarr.yaml", "version: 1\n");
    virtual_clock_init(&b->clock, 1800000000000); /* 2027-01-15T08:00:00Z */
    const struct store_setup setup = {
        .dir = b->state, .mode = STORE_CREATE, .clock = &b->clock.clock};
    if (!store_open(&setup, &b->store, &found, &e))
        fail_msg("%s", e.msg);
    *state = b;
    return 0;
}

static inline int tear_down(void **state)
{
    struct bench *b = *state;
    forget_plan(b);
    store_close(b->store);
    tempdir_remove(b->dir);
    mem_free(b->root);
    mem_free(b->state);
    mem_free(b);
    return 0;
}

static inline void put(struct bench *b, const char *path, const char *text)
{
    tempdir_put(b->root, path, text);
}

static inline void make_plan(struct bench *b, const struct plan_options *options)
{
    struct err e;
    forget_plan(b);
    b->diags = diags_new();
    if (!tree_load(b->root, clock_utc(&b->clock.clock), &b->tree, &b->config, b->diags, &e))
        fail_msg("%s", e.msg);
    if (!b->config)
        fail_msg("the tree is invalid: %s", diags_at(b->diags, 0)->message);
    const struct secrets_setup setup = {.store = b->store, .root = b->root, .state_dir = b->state};
    b->secrets = secrets_new(&setup);
    if (!plan_build(b->config, &b->tree, b->store, b->secrets, options, clock_utc(&b->clock.clock),
                    &b->plan, &e))
        fail_msg("%s", e.msg);
}

static inline struct plan_applied apply(struct bench *b)
{
    struct plan_applied done;
    struct err e;
    if (!plan_apply(b->plan, b->store, "test", "", &done, &e))
        fail_msg("%s", e.msg);
    virtual_clock_advance(&b->clock, MINUTES(1));
    return done;
}

static inline void settle(struct bench *b)
{
    make_plan(b, NULL);
    apply(b);
}

/* One instance and as many queues as asked: q1, q2, … */
static inline void put_queues(struct bench *b, int n)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BUF_TEXT);
    buf_puts(&text, "instances:\n  tv:\n    type: sonarr\n    url: http://sonarr:8989\n"
                    "    api_key: {secret: tv-key}\n");
    buf_puts(&text, n > 0 ? "queues:\n" : "");
    for (int i = 1; i <= n; i++)
        buf_printf(&text, "  q%d: {instances: [tv], batch: %d}\n", i, i);
    put(b, "all.yaml", text.at);
}

static inline void expect_counts(const struct bench *b, size_t add, size_t change, size_t remove,
                                 size_t unchanged)
{
    assert_int_equal(plan_count(b->plan, PLAN_CREATE), add);
    assert_int_equal(plan_count(b->plan, PLAN_UPDATE), change);
    assert_int_equal(plan_count(b->plan, PLAN_REMOVE), remove);
    assert_int_equal(plan_unchanged(b->plan), unchanged);
}

static inline void expect_text(const struct bench *b, const char *part)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BUF_TEXT);
    plan_text(b->plan, &(const struct plan_view){0}, &text);
    if (!strstr(text.at, part))
        fail_msg("no '%s' in:\n%s", part, text.at);
}

static inline void expect_held(const struct bench *b, const char *guard)
{
    CLEANUP(jx_decrefp) json_t *j = plan_json(b->plan, NULL);
    const json_t *held = json_object_get(j, "held");
    if (!guard) {
        if (plan_status(b->plan) == PLAN_HELD)
            fail_msg("held: %s", plan_held(b->plan));
        return;
    }
    assert_int_equal(plan_status(b->plan), PLAN_HELD);
    assert_string_equal(jx_str(json_array_get(held, 0), "guard"), guard);
}

static inline void expect_in_sync(struct bench *b)
{
    make_plan(b, NULL);
    if (plan_status(b->plan) != PLAN_IN_SYNC)
        expect_text(b, "No changes.");
}

#endif
