/* engine/effects_next.c — when a queue runs next, before and after its change: its last run and its
 * interval, as the scheduler goes by them. */
#include <stdio.h>

#include "base/str.h"
#include "engine/effects_parts.h"
#include "store/searches.h"

enum { RUNS_LOOKED_AT = 1000 };

/* When a queue ran last on each instance: one look at its newest runs. */
struct last {
    const char *instance;
    utc_t began;
};
struct asking {
    struct watches *w;
    struct store *store;
    utc_t now;
    VEC(struct last) last;
};

static const struct last *find(const struct asking *a, const char *instance)
{
    for (size_t i = 0; i < a->last.n; i++)
        if (str_eq(a->last.at[i].instance, instance))
            return &a->last.at[i];
    return NULL;
}

/* Newest first. A run that a gate stopped is done again at once, as if there had been none. */
static void note_run(void *ctx, const struct run *r)
{
    struct asking *a = ctx;
    if (find(a, r->instance))
        return;
    struct last last = {arena_strdup(a->w->arena, r->instance),
                        str_eq(r->status, "gated") ? 0 : r->started};
    vec_push(&a->last, last);
}

/* The name under which the state knows an instance that is renamed now. */
static const char *known_as(const struct watches *w, const char *instance)
{
    for (size_t i = 0; i < w->instances.n; i++)
        if (w->instances.at[i].before && str_eq(w->instances.at[i].after, instance))
            return w->instances.at[i].before;
    return instance;
}

/* On one instance; now for what has never run. */
static utc_t next_on(const struct asking *a, const char *instance, ms_t every)
{
    const struct last *last = find(a, known_as(a->w, instance));
    bool has_run = last && last->began && last->began <= a->now;
    return has_run ? MAX(last->began + every, a->now) : a->now;
}

/* The earliest on any of its instances; 0: it does not run by itself. */
static utc_t next_of(const struct asking *a, const struct running *r)
{
    utc_t ret = 0;
    ms_t every = r ? ((const struct queue *)r->queue->spec)->schedule.spec->every : 0;
    for (size_t i = 0; every > 0 && i < r->on.n; i++) {
        utc_t at = next_on(a, r->on.at[i], every);
        ret = ret ? MIN(ret, at) : at;
    }
    return ret;
}

static const char *moment(const struct asking *a, utc_t t, char ret[static UTC_TEXT])
{
    if (t > a->now)
        return utc_format_local(t, ret);
    snprintf(ret, UTC_TEXT, "now");
    return ret;
}

static void tell(const struct asking *a, const struct queue_watch *q, utc_t before, utc_t after)
{
    char from[UTC_TEXT], to[UTC_TEXT], text[300];
    snprintf(text, sizeof text, "%s%.120s%snext run moves from %s to %s", q->label ? "queue/" : "",
             q->label ? q->label : "", q->label ? ": " : "", moment(a, before, from),
             moment(a, after, to));
    const struct plan_effect effect = {.kind = "next_run",
                                       .of = q->label,
                                       .text = text,
                                       .count = -1,
                                       .before = -1,
                                       .from = before,
                                       .to = after};
    plan_add_effect(a->w->plan, q->change, &effect);
}

static bool tell_next(struct asking *a, const struct queue_watch *q, struct err *e)
{
    a->last.n = 0;
    if (!runs_each(a->store, q->before->name, NULL, RUNS_LOOKED_AT, note_run, a, e))
        return false;
    utc_t before = next_of(a, q->runs_before), after = next_of(a, q->runs_after);
    if (before && after && before != after)
        tell(a, q, before, after);
    return true;
}

bool effects_tell_next(struct watches *w, struct store *store, utc_t now, struct err *e)
{
    struct asking a = {w, store, now, {0}};
    bool ok = true;
    for (size_t i = 0; ok && i < w->queues.n; i++) {
        const struct queue_watch *q = &w->queues.at[i];
        if (q->before && q->after)
            ok = tell_next(&a, q, e);
    }
    vec_done(&a.last);
    return ok;
}
