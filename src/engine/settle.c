/* engine/settle.c — before anything new is searched, every attempt left open is settled; and with
 * every routine probe, for the next run may be days away and the server forgets within one. */
#include "base/jx.h"
#include "engine/attempt.h"

struct settle {
    struct arena *arena;
    VEC(struct attempt) rows;
    size_t at;
    struct task *task;
};

static void collect(void *ctx, const struct attempt *a)
{
    struct settle *s = ctx;
    struct attempt copy = *a;
    attempt_keep(&copy, s->arena);
    vec_push(&s->rows, copy);
}

static void settle_next(struct lane *l);

/* A probe has its own to ask; what it could not settle the next one, or the next run, tries again.
 */
static void cannot_settle(struct lane *l, const struct err *e)
{
    if (!l->errand->is_probe) {
        lane_fail(l, e);
        return;
    }
    lane_log_own(l, e);
    lane_probe(l);
}

static void settled(void *ctx, const struct attempt_report *report)
{
    struct lane *l = ctx;
    struct settle *s = l->settle;
    s->task = NULL;
    if (report->end == ATTEMPT_BROKEN) {
        cannot_settle(l, &report->err);
        return;
    }
    l->n_open += report->end == ATTEMPT_LEFT_OPEN;
    if (report->end == ATTEMPT_SETTLED)
        lane_tell(l, EVENT_item_searched, attempt_fields(report->row));
    s->at++;
    settle_next(l);
}

static void settle_next(struct lane *l)
{
    struct settle *s = l->settle;
    if (s->at < s->rows.n)
        s->task = attempt_resume(l, &s->rows.at[s->at], settled, l);
    else if (l->errand->is_probe)
        lane_probe(l);
    else
        lane_next(l);
}

void lane_settle(struct lane *l)
{
    struct engine_setup *setup = &l->engine->setup;
    struct err e = {0};
    l->settle = NEW(struct settle);
    l->settle->arena = arena_new();
    if (!attempts_open(setup->store, l->instance->name, collect, l->settle, &e))
        cannot_settle(l, &e);
    else
        settle_next(l);
}

void settle_free(struct settle *s)
{
    if (!s)
        return;
    task_free(s->task);
    vec_done(&s->rows);
    arena_free(s->arena);
    mem_free(s);
}
