/* engine/lane.c — the steps of a lane in order, connecting, and facts asked of the server. */
#include "engine/lane.h"

#include "base/jx.h"
#include "base/log.h"
#include "base/str.h"
#include "store/searches.h"

enum { STEP_CONNECT, STEP_SETTLE, STEP_IMPORTS, STEP_SYNC, STEP_RUN, STEP_REREAD };

static const struct lane_step {
    const char *name;
    void (*begin)(struct lane *l);
} steps[] = {
    [STEP_CONNECT] = {"connect", lane_connect},
    [STEP_SETTLE] = {"settle", lane_settle},
    [STEP_IMPORTS] = {"imports", lane_imports},
    [STEP_SYNC] = {"sync", lane_sync},
    [STEP_RUN] = {"run", lane_run},
    [STEP_REREAD] = {"reread", lane_reread},
};

static void begin_step(void *ctx)
{
    struct lane *l = ctx;
    l->timer = NULL;
    if (l->step == COUNT(steps))
        engine_lane_ended(l);
    else
        steps[l->step].begin(l);
}

static void begin_in_next_turn(struct lane *l)
{
    l->timer = loop_after(l->engine->setup.loop, 0, begin_step, l);
}

void lane_next(struct lane *l)
{
    l->step++;
    begin_in_next_turn(l);
}

void lane_end(struct lane *l)
{
    l->step = COUNT(steps);
    begin_in_next_turn(l);
}

void lane_begin(struct lane *l)
{
    l->has_begun = true;
    begin_in_next_turn(l);
}

bool lane_lacks_key(const struct lane *l, const struct err *why)
{
    bool is_of_state = why->code == ERR_DB || why->code == ERR_CONFLICT;
    return !l->arr && !is_of_state;
}

void lane_log_own(const struct lane *l, const struct err *why)
{
    if (!lane_lacks_key(l, why) && why->code != ERR_REMOTE)
        log_error("internal_error", KV("instance", l->instance->name), KV("error", why->msg));
}

void lane_fail(struct lane *l, const struct err *why)
{
    if (l->errand->is_probe)
        probe_failed(l, why);
    else if (l->errand->is_refresh)
        refresh_failed(l, why);
    else if (l->at_queue == l->queues.n) /* what its runs found changed is read again */
        lane_log_own(l, why);
    for (; l->at_queue < l->queues.n; l->at_queue++) {
        const struct queue *q = l->queues.at[l->at_queue]->spec;
        json_t *f = json_object();
        jx_put(f, "queue", jx_string(l->queues.at[l->at_queue]->name));
        jx_put(f, "strategy", jx_string(strategy_names[q->strategy]));
        jx_put(f, "error", jx_string(why->msg));
        if (l->arr && arr_retry_at(l->arr))
            jx_put(f, "until", jx_time(arr_retry_at(l->arr)));
        lane_tell(l, EVENT_search_failed, f);
        l->errand->totals.n_runs++;
        l->errand->totals.n_failed++;
    }
    lane_end(l);
}

void lane_free(struct lane *l)
{
    timer_stop(l->timer);
    arr_free(l->arr);
    settle_free(l->settle);
    sync_free(l->sync);
    job_free(l->job);
    secret_done(&l->key);
    vec_done(&l->queues);
    vec_done(&l->on_health);
    vec_done(&l->download_ids);
    vec_done(&l->changed);
    mem_free(l);
}

utc_t lane_now(const struct lane *l)
{
    utc_t at = l->errand->request.at;
    return at ? at : loop_utc(l->engine->setup.loop);
}

utc_t lane_ours(const struct lane *l, utc_t server)
{
    return MIN(server - l->ahead, loop_utc(l->engine->setup.loop));
}

void lane_note_changed(struct lane *l, int64_t title)
{
    enum { CHANGED_MAX = 50 };
    for (size_t i = 0; i < l->changed.n; i++)
        if (l->changed.at[i] == title)
            return;
    if (l->changed.n < CHANGED_MAX)
        vec_push(&l->changed, title);
}

void lane_tell(struct lane *l, enum event event, json_t *fields)
{
    jx_put(fields, "instance", jx_string(l->instance->name));
    l->engine->setup.on_event(l->engine->setup.ctx, event, fields);
    const struct run_request *request = &l->errand->request;
    if (request->on_event)
        request->on_event(request->event_ctx, event, fields);
    json_decref(fields);
}

/* ---- connect ---- */

static const struct {
    enum health_state state;
    const char *reason;
} health_of[] = {
    [ARR_OK] = {HEALTH_HEALTHY, ""},
    [ARR_UNREACHABLE] = {HEALTH_DOWN, "Unreachable"},
    [ARR_TLS] = {HEALTH_DOWN, "TlsError"},
    [ARR_UNAUTHORIZED] = {HEALTH_MISCONFIGURED, "Unauthorized"},
    [ARR_WRONG_APP] = {HEALTH_MISCONFIGURED, "WrongType"},
    [ARR_NOT_AN_API] = {HEALTH_MISCONFIGURED, "NotAnApi"},
    [ARR_GONE] = {HEALTH_MISCONFIGURED, "NotAnApi"},
    [ARR_SERVER] = {HEALTH_DOWN, "Unreachable"},
};

enum health_state lane_health_state(enum arr_trouble trouble)
{
    return health_of[trouble].state;
}

const char *lane_health_reason(enum arr_trouble trouble)
{
    return health_of[trouble].reason;
}

/* Once for each version, whoever asked it. */
static void tell_too_new(struct lane *l, const struct arr_status *status)
{
    if (!status->too_new[0] || str_eq(l->vitals->health.version, status->version))
        return;
    json_t *f = json_object();
    jx_put(f, "version", jx_string(status->version));
    jx_put(f, "message", jx_string(status->too_new));
    lane_tell(l, EVENT_instance_too_new, f);
}

static void probed(void *ctx, const struct arr_result *r, const struct arr_status *status)
{
    struct lane *l = ctx;
    l->took = loop_mono(l->engine->setup.loop) - l->asked;
    l->trouble = r->trouble;
    if (r->server_date)
        l->ahead = r->server_date - loop_utc(l->engine->setup.loop);
    if (r->trouble == ARR_OK)
        l->status = *status;
    tell_too_new(l, &l->status);
    vitals_probed(l, r, &l->status);
    if (r->trouble != ARR_OK)
        lane_fail(l, &r->err);
    else if (l->errand->is_probe && !l->errand->is_routine)
        lane_probe(l);
    else
        lane_next(l);
}

/* A suspended instance, or one whose queues all are, is not even asked for its name. */
static bool is_suspended(const struct lane *l)
{
    if (l->spec->suspend || config_settings(l->errand->config)->suspend)
        return true;
    for (size_t i = 0; i < l->queues.n; i++)
        if (!((const struct queue *)l->queues.at[i]->spec)->suspend)
            return false;
    return true;
}

void lane_connect(struct lane *l)
{
    const struct engine_setup *setup = &l->engine->setup;
    struct err e = {0};
    if (!l->errand->is_refresh && is_suspended(l)) {
        l->step = STEP_RUN;
        begin_in_next_turn(l);
        return;
    }
    if (!setup->is_simulated &&
        secrets_resolve(setup->secrets, &l->spec->api_key, &l->key, &e) != SECRET_FOUND) {
        err_in(&e, "api_key");
        lane_fail(l, &e);
        return;
    }
    l->arr = arr_new(&(struct arr_setup){
        .instance = l->instance->name,
        .app = (enum app)l->spec->type,
        .url = l->spec->url,
        .key = &l->key,
        .timeout = l->spec->timeout,
        .max_requests = l->spec->max_requests,
        .tls_verify = l->spec->tls.verify,
        .tls_ca_file = l->spec->tls.ca_file,
        .public_only =
            l->instance->owner && !config_settings(l->errand->config)->tenants.allow_private,
        .tells_rests = l->errand->is_probe,
        .loop = setup->loop,
        .transport = setup->transport,
        .on_answer = vitals_answered,
        .ctx = l,
    });
    l->asked = loop_mono(setup->loop);
    arr_probe(l->arr, probed, l);
}

/* ---- health of the indexers ---- */

enum { REJUDGE_MINUTES = 10, LONGEST_HOURS = 2 }; /* follow.c gives up after those */

/* Not by when we asked: our clock may have been set since. */
bool lane_is_recent(const struct lane *l, utc_t ended)
{
    return loop_utc(l->engine->setup.loop) - lane_ours(l, ended) <= MINUTES(REJUDGE_MINUTES);
}

struct rejudge {
    const struct lane *lane;
    VEC(int64_t) ids;
};

static void collect_id(void *ctx, const struct attempt *a)
{
    struct rejudge *r = ctx;
    if (lane_is_recent(r->lane, a->ended))
        vec_push(&r->ids, a->id);
}

/* Indexers that are found down now were perhaps down a moment ago: those searches reached nobody.
 */
static bool rejudge_recent(struct lane *l, struct err *e)
{
    struct store *store = l->engine->setup.store;
    struct rejudge found = {.lane = l};
    struct attempt_filter filter = {
        .instance = l->instance->name,
        .verdict = VERDICT_NOTHING,
        .since = loop_utc(l->engine->setup.loop) - HOURS(LONGEST_HOURS) - MINUTES(REJUDGE_MINUTES),
    };
    bool ok =
        batch_commit(&l->engine->batch, e) && attempts_each(store, &filter, collect_id, &found, e);
    for (size_t i = 0; ok && i < found.ids.n; i++)
        ok = attempt_rejudge(store, found.ids.at[i], VERDICT_NO_INDEXERS, e);
    vec_done(&found.ids);
    return ok;
}

static void health_told(void *ctx, const struct arr_result *r, const struct arr_health *h)
{
    struct lane *l = ctx;
    struct arr_result result = *r;
    if (r->trouble == ARR_OK) {
        l->indexers_down = (struct fact){.asked = loop_utc(l->engine->setup.loop),
                                         .is_true = h->are_indexers_down};
        vitals_listed(l, h);
        if (h->are_indexers_down && !rejudge_recent(l, &result.err))
            result.trouble = ARR_SERVER;
    }
    VEC(struct health_waiter) waiting = {0};
    for (size_t i = 0; i < l->on_health.n; i++)
        vec_push(&waiting, l->on_health.at[i]);
    l->on_health.n = 0; /* they may ask again */
    for (size_t i = 0; i < waiting.n; i++)
        waiting.at[i].told(waiting.at[i].ctx, &result);
    vec_done(&waiting);
}

void lane_distrust_health(struct lane *l)
{
    l->indexers_down.asked = 0;
}

void lane_ask_health(struct lane *l, void (*done)(void *ctx, const struct arr_result *r), void *ctx)
{
    bool is_fresh =
        l->indexers_down.asked &&
        loop_utc(l->engine->setup.loop) - l->indexers_down.asked < SECONDS(FACT_KEEPS_S);
    if (is_fresh) {
        done(ctx, &(struct arr_result){.trouble = ARR_OK});
        return;
    }
    vec_push(&l->on_health, (struct health_waiter){.told = done, .ctx = ctx});
    if (l->on_health.n == 1)
        arr_health(l->arr, health_told, l);
}
