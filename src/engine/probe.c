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

static void told(void *ctx, const struct arr_result *r)
{
    struct lane *l = ctx;
    bool is_down = r->trouble == ARR_OK && l->indexers_down.is_true;
    if (r->trouble != ARR_OK) {
        lane_fail(l, &r->err);
        return;
    }
    if (l->errand->is_routine) {
        lane_end(l);
        return;
    }
    json_t *f = how(l, is_down ? "indexers_down" : "healthy", is_down ? "IndexersUnavailable" : "");
    if (*l->status.too_new)
        jx_put(f, "message", jx_string(l->status.too_new));
    lane_tell(l, EVENT_instance_probed, f);
    lane_end(l);
}

void lane_probe(struct lane *l)
{
    /* The next probe would be minutes late: a little early is near enough. */
    utc_t due = health_list_due(&l->vitals->health) - MINUTES(1);
    if (l->errand->is_routine && due > loop_utc(l->engine->setup.loop))
        lane_end(l);
    else
        lane_ask_health(l, told, l);
}

void probe_failed(struct lane *l, const struct err *why)
{
    if (l->errand->is_routine)
        return;
    json_t *f = how(l, lane_health_state(l->trouble), lane_health_reason(l->trouble));
    jx_put(f, "message", jx_string(why->msg));
    lane_tell(l, EVENT_instance_probed, f);
    l->errand->totals.n_failed++;
}
