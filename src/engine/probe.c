/* engine/probe.c — a server that was asked only how it is, in words. */
#include "base/jx.h"
#include "engine/lane.h"

static json_t *how(const struct lane *l, const char *state, const char *reason)
{
    json_t *f = json_object();
    jx_put(f, "state", jx_string(state));
    jx_put(f, "reason", *reason ? jx_string(reason) : json_null());
    jx_put(f, "version", *l->status.version ? jx_string(l->status.version) : json_null());
    jx_put(f, "took_ms", json_integer((json_int_t)l->took));
    return f;
}

/* It answers: how it is by all that is known, as `get health` says it. */
static void tell_well(struct lane *l)
{
    const struct health *h = &l->vitals->health;
    json_t *f = how(l, health_names[h->state], h->reason);
    if (*h->message)
        jx_put(f, "message", jx_string(h->message));
    lane_tell(l, EVENT_instance_probed, f);
}

static void told(void *ctx, const struct arr_result *r)
{
    struct lane *l = ctx;
    l->trouble = r->trouble;
    if (r->trouble != ARR_OK) {
        lane_fail(l, &r->err);
        return;
    }
    if (!l->errand->is_routine)
        tell_well(l);
    lane_end(l);
}

void lane_probe(struct lane *l)
{
    /* The next probe would be minutes late: a little early is near enough. */
    utc_t now = loop_utc(l->engine->setup.loop);
    utc_t due = health_list_due(&l->vitals->health, now) - MINUTES(1);
    if (l->errand->is_routine && due > now)
        lane_end(l);
    else
        lane_ask_health(l, told, l);
}

/* Without its key it was not asked. A server that says its name and no more answers, if with
 * errors.
 */
static json_t *how_it_failed(const struct lane *l)
{
    if (!l->arr)
        return how(l, health_names[HEALTH_UNKNOWN], "SecretMissing");
    if (*l->status.version && lane_health_state(l->trouble) == HEALTH_DOWN)
        return how(l, health_names[HEALTH_DEGRADED], "Degraded");
    return how(l, health_names[lane_health_state(l->trouble)], lane_health_reason(l->trouble));
}

void probe_failed(struct lane *l, const struct err *why)
{
    if (l->errand->is_routine) {
        lane_log_own(l, why);
        return;
    }
    json_t *f = how_it_failed(l);
    jx_put(f, "message", jx_string(why->msg));
    lane_tell(l, EVENT_instance_probed, f);
    l->errand->totals.n_failed++;
}
