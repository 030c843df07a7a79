/* engine/gates.c — the gates of a queue. */
#include "engine/gates.h"

#include "engine/job.h"
#include "engine/pause.h"
#include "store/searches.h"

static struct gate closed(enum reason reason, utc_t until)
{
    return (struct gate){.reason = reason, .until = until};
}

static bool is_suspended(const struct lane *l, const struct queue *q)
{
    return config_settings(l->errand->config)->suspend || l->spec->suspend || q->suspend ||
           q->schedule.spec->suspend;
}

static bool ask_paused(struct lane *l, struct gate *ret, struct err *e)
{
    struct pause_now pause;
    if (!queue_pause(l->engine->setup.store, l->queues.at[l->at_queue]->name, l->instance->name,
                     lane_now(l), &pause, e))
        return false;
    if (pause.is_paused)
        *ret = closed(pause.by_failures ? REASON_auto_paused_failures : REASON_paused, pause.until);
    return true;
}

/* Who asks for a run does not wait for the end of a recovery. That it answers the lane knows. */
static void ask_recovery(const struct lane *l, struct gate *ret)
{
    const struct health *h = &l->vitals->health;
    if (ret->reason == REASON_selected && h->state == HEALTH_RECOVERING &&
        l->errand->request.cause != CAUSE_ASKED)
        *ret = closed(REASON_resume_backoff, h->resumes);
}

static void ask_hours(const struct lane *l, struct gate *ret)
{
    static const enum reason reasons[] = {
        [OPENING_OPEN] = REASON_selected,
        [OPENING_OUTSIDE_WINDOW] = REASON_outside_window,
        [OPENING_IN_BLACKOUT] = REASON_in_blackout,
    };
    const struct timetable *hours = l->job->hours;
    enum opening opening = timetable_at(hours, lane_now(l));
    if (opening != OPENING_OPEN && ret->reason == REASON_selected)
        *ret = closed(reasons[opening], timetable_opens(hours, lane_now(l)));
}

static bool ask_caps(struct lane *l, struct gate *ret, struct err *e)
{
    const struct {
        ms_t window;
        int64_t cap;
        enum reason reason;
    } caps[] = {
        {HOURS(1), l->spec->limits.searches_per_hour, REASON_cap_hour},
        {HOURS(24), l->spec->limits.searches_per_day, REASON_cap_day},
    };
    for (size_t i = 0; i < COUNT(caps) && ret->reason == REASON_selected; i++) {
        utc_t free_at;
        int64_t used;
        if (!batch_commit(&l->engine->batch, e) ||
            !cap_free_at(l->engine->setup.store, l->instance->name, caps[i].window, caps[i].cap,
                         lane_now(l), &free_at, &used, e))
            return false;
        if (free_at > lane_now(l))
            *ret = closed(caps[i].reason, free_at);
    }
    return true;
}

/* A tenant's searches are counted together, on whatever instance; 0 allows none. */
static bool ask_tenant_cap(struct lane *l, struct gate *ret, struct err *e)
{
    const char *tenant = l->queues.at[l->at_queue]->owner;
    int64_t cap = config_settings(l->errand->config)->tenants.searches_per_day, used;
    utc_t free_at = 0;
    if (!tenant || ret->reason != REASON_selected)
        return true;
    if (cap > 0 && (!batch_commit(&l->engine->batch, e) ||
                    !tenant_cap_free_at(l->engine->setup.store, tenant, HOURS(24), cap, lane_now(l),
                                        &free_at, &used, e)))
        return false;
    if (cap == 0 || free_at > lane_now(l))
        *ret = closed(REASON_cap_day, free_at);
    return true;
}

bool gates_local(struct lane *l, const struct queue *q, struct gate *ret, struct err *e)
{
    *ret = (struct gate){.reason = REASON_selected};
    if (is_suspended(l, q)) {
        *ret = closed(REASON_suspended, 0);
        return true;
    }
    if (!ask_paused(l, ret, e))
        return false;
    ask_recovery(l, ret);
    ask_hours(l, ret);
    if (ret->reason == REASON_selected && l->has_open)
        *ret = closed(REASON_in_flight, 0);
    return ret->reason != REASON_selected || (ask_caps(l, ret, e) && ask_tenant_cap(l, ret, e));
}

bool gate_gap(struct lane *l, ms_t *ret, struct err *e)
{
    utc_t last;
    if (!batch_commit(&l->engine->batch, e) ||
        !last_search(l->engine->setup.store, l->instance->name, &last, e))
        return false;
    ms_t since = loop_utc(l->engine->setup.loop) - last;
    ms_t gap = l->spec->limits.min_gap;
    *ret = last && since >= 0 && since < gap ? gap - since : 0;
    return true;
}

/* ---- asked of the server ---- */

static void tell_gate(struct lane *l)
{
    struct gate g = {.reason = REASON_selected};
    if (l->indexers_down.is_true)
        g = closed(REASON_indexers_unavailable, 0);
    else if (l->downloads_full.is_true)
        g = closed(REASON_download_queue_full, 0);
    l->on_gate(l->on_gate_ctx, &g, &(struct arr_result){.trouble = ARR_OK});
}

static void downloads_told(void *ctx, const struct arr_result *r, int64_t n)
{
    struct lane *l = ctx;
    if (r->trouble == ARR_UNAUTHORIZED || r->trouble == ARR_NOT_AN_API) {
        l->on_gate(l->on_gate_ctx, NULL, r);
        return;
    }
    bool is_unknown = r->trouble != ARR_OK;
    l->downloads_full.asked = loop_utc(l->engine->setup.loop);
    l->downloads_full.is_true = is_unknown ? l->spec->download_queue.on_error == ON_ERROR_CLOSED
                                           : n >= l->spec->download_queue.max;
    tell_gate(l);
}

static void indexers_told(void *ctx, const struct arr_result *r)
{
    struct lane *l = ctx;
    utc_t asked = l->downloads_full.asked;
    bool is_fresh = asked && loop_utc(l->engine->setup.loop) - asked < SECONDS(FACT_KEEPS_S);
    if (r->trouble != ARR_OK)
        l->on_gate(l->on_gate_ctx, NULL, r);
    else if (l->spec->download_queue.max == 0 || is_fresh)
        tell_gate(l);
    else
        arr_queue_active(l->arr, downloads_told, l);
}

void gates_remote(struct lane *l,
                  void (*done)(void *ctx, const struct gate *g, const struct arr_result *r),
                  void *ctx)
{
    l->on_gate = done;
    l->on_gate_ctx = ctx;
    lane_ask_health(l, indexers_told, l);
}
