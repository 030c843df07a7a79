/* engine/effects_next.c — when a queue runs next, before and after its change: its last run and its
 * interval, as the scheduler goes by them. */
#include <stdio.h>

#include "base/str.h"
#include "engine/effects_parts.h"
#include "store/searches.h"

struct asking {
    struct watches *w;
    struct store *store;
    struct arena *arena;
    utc_t now;
};

/* A run that a gate stopped is done again at once, as if there had been none. */
static void note_started(void *ctx, const struct run *r)
{
    *(utc_t *)ctx = str_eq(r->status, "gated") ? 0 : r->started;
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
static bool next_on(const struct asking *a, const char *queue, const char *instance, ms_t every,
                    utc_t *ret, struct err *e)
{
    utc_t last = 0;
    if (!runs_each(a->store, queue, instance, 1, note_started, &last, e))
        return false;
    *ret = last && last <= a->now ? MAX(last + every, a->now) : a->now;
    return true;
}

static bool is_idle(const struct config *c, const char *instance)
{
    return ((const struct instance *)config_find(c, KIND_INSTANCE, instance)->spec)->suspend;
}

/* The earliest on any of its instances; 0: it does not run by itself. `ran_as`: the name under
 * which the state knows its runs. */
static bool next_of(const struct asking *a, const struct config *c, const struct resource *queue,
                    const char *ran_as, utc_t *ret, struct err *e)
{
    const struct queue *spec = queue->spec;
    struct strlist names;
    *ret = 0;
    if (spec->suspend || spec->schedule.spec->every == 0)
        return true;
    config_select(c, &spec->instances, queue->owner, a->arena, &names);
    for (size_t i = 0; i < names.n; i++) {
        utc_t at;
        if (is_idle(c, names.at[i]))
            continue;
        if (!next_on(a, ran_as, known_as(a->w, names.at[i]), spec->schedule.spec->every, &at, e))
            return false;
        *ret = *ret ? MIN(*ret, at) : at;
    }
    return true;
}

static const char *moment(const struct asking *a, utc_t t, char ret[static UTC_TEXT])
{
    if (t > a->now)
        return utc_format_local(t, ret);
    snprintf(ret, UTC_TEXT, "now");
    return ret;
}

static bool tell_next(const struct asking *a, const struct queue_watch *q, struct err *e)
{
    utc_t before, after;
    char from[UTC_TEXT], to[UTC_TEXT], text[300];
    if (!next_of(a, a->w->before, q->before, q->before->name, &before, e) ||
        !next_of(a, a->w->after, q->after, q->before->name, &after, e))
        return false;
    if (!before || !after || before == after)
        return true;
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
    return true;
}

bool effects_tell_next(struct watches *w, struct store *store, utc_t now, struct err *e)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    const struct asking a = {w, store, arena, now};
    for (size_t i = 0; i < w->queues.n; i++) {
        const struct queue_watch *q = &w->queues.at[i];
        if (q->before && q->after && !tell_next(&a, q, e))
            return false;
    }
    return true;
}
