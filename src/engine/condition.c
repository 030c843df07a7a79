/* engine/condition.c — conditions from the applied configuration and what was last seen of servers.
 */
#include "engine/condition.h"

#include <stdio.h>
#include <string.h>

#include "base/jx.h"
#include "base/mem.h"
#include "base/str.h"
#include "store/health.h"
#include "store/pauses.h"

const char *const condition_names[COND_N + 1] = {"Synced", "Ready", "Healthy", "Suspended",
                                                 "Stalled"};
const char *const condition_statuses[] = {"Unknown", "False", "True"};

static void set(struct conditions *c, enum condition_type type, enum condition_status status,
                const char *reason, const char *message)
{
    struct condition *x = &c->at[type];
    *x = (struct condition){.is_given = true, .status = status};
    snprintf(x->reason, sizeof x->reason, "%s", reason);
    snprintf(x->message, sizeof x->message, "%s", message);
}

/* ---- Ready ---- */

static void instance_ready(const struct condition_context *x, const struct resource *r,
                           struct conditions *c)
{
    const struct instance *spec = r->spec;
    CLEANUP(secret_done) struct secret key = {0};
    struct err e = {0};
    if (secrets_resolve(x->secrets, &spec->api_key, &key, &e) == SECRET_FOUND)
        set(c, COND_READY, COND_TRUE, "", "");
    else
        set(c, COND_READY, COND_FALSE, "SecretMissing", e.msg);
}

static void queue_ready(const struct condition_context *x, const struct resource *r,
                        struct conditions *c)
{
    const struct queue *q = r->spec;
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct strlist names;
    config_select(x->config, &q->instances, r->owner, arena, &names);
    if (names.n)
        set(c, COND_READY, COND_TRUE, "", "");
    else
        set(c, COND_READY, COND_FALSE, "ReferenceMissing", "it selects no instance");
}

static void exclusion_ready(const struct condition_context *x, const struct resource *r,
                            struct conditions *c)
{
    const struct exclusion *spec = r->spec;
    if (spec->until && spec->until <= x->now)
        set(c, COND_READY, COND_FALSE, "Expired", "its `until` has passed; remove it");
    else
        set(c, COND_READY, COND_TRUE, "", "");
}

static void always_ready(const struct condition_context *x UNUSED, const struct resource *r UNUSED,
                         struct conditions *c)
{
    set(c, COND_READY, COND_TRUE, "", "");
}

static void (*const ready_of[KIND_N])(const struct condition_context *x, const struct resource *r,
                                      struct conditions *c) = {
    [KIND_SETTINGS] = always_ready,     [KIND_USER] = always_ready,
    [KIND_INSTANCE] = instance_ready,   [KIND_SHARE] = always_ready,
    [KIND_SCHEDULE] = always_ready,     [KIND_PROFILE] = always_ready,
    [KIND_NOTIFICATION] = always_ready, [KIND_EXCLUSION] = exclusion_ready,
    [KIND_QUEUE] = queue_ready,
};

/* ---- Healthy ---- */

static bool instance_health(const struct condition_context *x, const struct resource *r,
                            struct conditions *c, struct err *e)
{
    static const enum condition_status statuses[] = {COND_UNKNOWN, COND_FALSE, COND_TRUE};
    struct health h;
    if (!health_get(x->store, r->name, &h, e))
        return false;
    set(c, COND_HEALTHY, statuses[health_condition(&h) + 1], h.reason,
        h.asked ? h.message : "not asked yet");
    c->at[COND_HEALTHY].since = h.since;
    return true;
}

/* ---- Suspended, Stalled ---- */

static bool is_suspended(const struct condition_context *x, const struct resource *r)
{
    const struct common *common = r->spec;
    bool is_runner = r->kind == KIND_INSTANCE || r->kind == KIND_QUEUE;
    return common->suspend || (is_runner && config_settings(x->config)->suspend);
}

struct noted_pause {
    const char *address;
    bool is_found;
    utc_t since;
    char message[200];
};

static void match_pause(void *ctx, const struct pause *p)
{
    struct noted_pause *found = ctx;
    char until[UTC_TEXT];
    if (!str_eq(p->address, found->address))
        return;
    found->is_found = true;
    found->since = p->since;
    snprintf(found->message, sizeof found->message, "paused by %s%s%s%s%s", p->actor,
             p->until ? " until " : "", p->until ? utc_format_local(p->until, until) : "",
             *p->reason ? ": " : "", p->reason);
}

/* "paused by cli:uid=0 until 2026-11-23 14:00 UTC: disk full" */
static bool note_pause(const struct condition_context *x, const struct resource *r,
                       struct conditions *c, struct err *e)
{
    CLEANUP(freep) char *address = mem_printf("%s/%s", kind_names[r->kind], r->name);
    struct noted_pause p = {.address = address};
    if (!pauses_each(x->store, x->now, match_pause, &p, e))
        return false;
    if (p.is_found) {
        set(c, COND_SUSPENDED, COND_TRUE, "Paused", p.message);
        c->at[COND_SUSPENDED].since = p.since;
    }
    return true;
}

/* The others (a key, a certificate, a wrong address) wait for somebody to mend them. */
static bool passes_by_itself(const char *reason)
{
    static const char *const reasons[] = {"Unreachable", "Recovering", "IndexersUnavailable",
                                          "Degraded"};
    for (size_t i = 0; i < COUNT(reasons); i++)
        if (str_eq(reason, reasons[i]))
            return true;
    return false;
}

static void stalled_by(struct conditions *c)
{
    const struct condition *ready = &c->at[COND_READY], *healthy = &c->at[COND_HEALTHY];
    bool is_misconfigured =
        healthy->is_given && healthy->status == COND_FALSE && !passes_by_itself(healthy->reason);
    if (ready->status == COND_FALSE && !str_eq(ready->reason, "Expired"))
        set(c, COND_STALLED, COND_TRUE, ready->reason, ready->message);
    else if (is_misconfigured)
        set(c, COND_STALLED, COND_TRUE, healthy->reason, healthy->message);
    else
        set(c, COND_STALLED, COND_FALSE, "", "");
}

bool conditions_of(const struct condition_context *x, const struct resource *r, utc_t applied,
                   struct conditions *ret, struct err *e)
{
    struct conditions c = {0};
    set(&c, COND_SYNCED, COND_TRUE, "", "");
    c.at[COND_SYNCED].since = applied;
    if (r->denied)
        set(&c, COND_READY, COND_FALSE, r->denied_reason, r->denied);
    else
        ready_of[r->kind](x, r, &c);
    if (r->kind == KIND_INSTANCE && !instance_health(x, r, &c, e))
        return false;
    if (is_suspended(x, r))
        set(&c, COND_SUSPENDED, COND_TRUE, r->denied ? r->denied_reason : "InTree",
            r->denied ? r->denied : "suspended in the tree");
    else
        set(&c, COND_SUSPENDED, COND_FALSE, "", "");
    if (!is_suspended(x, r) && !note_pause(x, r, &c, e))
        return false;
    stalled_by(&c);
    if (!conditions_since(x->store, r, &c, e))
        return false;
    *ret = c;
    return true;
}

const char *conditions_word(const struct conditions *c)
{
    const struct condition *healthy = &c->at[COND_HEALTHY];
    if (c->at[COND_READY].status == COND_FALSE)
        return c->at[COND_READY].reason;
    if (c->at[COND_SUSPENDED].status == COND_TRUE)
        return str_eq(c->at[COND_SUSPENDED].reason, "Paused") ? "paused" : "suspended";
    if (healthy->is_given && healthy->status == COND_FALSE)
        return healthy->reason;
    if (healthy->is_given && healthy->status == COND_UNKNOWN)
        return "not asked yet";
    return "ready";
}

bool conditions_need_human(const struct conditions *c)
{
    return c->at[COND_STALLED].status == COND_TRUE;
}

json_t *conditions_json(const struct conditions *c)
{
    json_t *a = json_array();
    for (int i = 0; i < COND_N; i++) {
        const struct condition *x = &c->at[i];
        if (!x->is_given)
            continue;
        json_t *o = json_object();
        jx_put(o, "type", jx_string(condition_names[i]));
        jx_put(o, "status", jx_string(condition_statuses[x->status]));
        jx_put(o, "reason", jx_string(x->reason));
        jx_put(o, "message", jx_string(x->message));
        jx_put(o, "since", jx_time(x->since));
        jx_push(a, o);
    }
    return a;
}
