/* engine/effects_next.c — when a queue runs next, before and after its change, as the scheduler
 * goes by it. */
#include <stdio.h>

#include "base/str.h"
#include "engine/due.h"
#include "engine/effects_parts.h"

struct asking {
    struct watches *w;
    struct store *store;
    struct zones *zones;
    utc_t now;
};

/* The name under which the state knows an instance that is renamed now. */
static const char *known_as(const struct watches *w, const char *instance)
{
    for (size_t i = 0; i < w->instances.n; i++)
        if (w->instances.at[i].before && str_eq(w->instances.at[i].after, instance))
            return w->instances.at[i].before;
    return instance;
}

/* The earliest on any of its instances; 0: it does not run by itself. */
static bool next_of(const struct asking *a, const struct queue_watch *q, bool is_after, utc_t *ret,
                    struct err *e)
{
    const struct running *r = is_after ? q->runs_after : q->runs_before;
    for (size_t i = 0; r && i < r->on.n; i++) {
        const struct due_question question = {
            .store = a->store,
            .config = is_after ? a->w->after : a->w->before,
            .zones = a->zones,
            .queue = r->queue,
            .instance = r->on.at[i],
            .known_queue = q->before->name,
            .known_instance = is_after ? known_as(a->w, r->on.at[i]) : NULL,
            .now = a->now,
            .since = is_after ? a->now : 0,
        };
        struct due due;
        if (!due_next(&question, &due, e))
            return false;
        if (due.next.at && (!*ret || due.next.at < *ret))
            *ret = due.next.at;
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

static bool tell_next(const struct asking *a, const struct queue_watch *q, struct err *e)
{
    utc_t before = 0, after = 0;
    if (!next_of(a, q, false, &before, e) || !next_of(a, q, true, &after, e))
        return false;
    if (before && after && before != after)
        tell(a, q, before, after);
    return true;
}

bool effects_tell_next(struct watches *w, struct store *store, utc_t now, struct err *e)
{
    struct asking a = {w, store, zones_new(), now};
    bool ok = true;
    for (size_t i = 0; ok && i < w->queues.n; i++) {
        const struct queue_watch *q = &w->queues.at[i];
        if (q->before && q->after)
            ok = tell_next(&a, q, e);
    }
    zones_free(a.zones);
    return ok;
}
