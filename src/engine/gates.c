/* engine/gates.c — asking the gates of a queue while it runs. */
#include "engine/gates.h"

#include "engine/job.h"

static struct gate closed(enum reason reason)
{
    return (struct gate){.reason = reason};
}

static struct gate_question question_of(const struct lane *l)
{
    return (struct gate_question){
        .store = l->engine->setup.store,
        .config = l->errand->config,
        .queue = l->queues.at[l->at_queue],
        .instance = l->instance->name,
        .hours = l->job->hours,
        .health = &l->vitals->health,
        .cause = l->errand->request.cause,
        .n_open = l->n_open,
        .now = lane_now(l),
    };
}

bool gates_local(struct lane *l, struct gate *ret, struct err *e)
{
    const struct gate_question q = question_of(l);
    return batch_commit(&l->engine->batch, e) && queue_gates_ask(&q, ret, e);
}

bool gate_gap(struct lane *l, ms_t *ret, struct err *e)
{
    struct gate_question q = question_of(l);
    q.now = loop_utc(l->engine->setup.loop);
    return batch_commit(&l->engine->batch, e) && queue_gap(&q, ret, e);
}

/* ---- asked of the server ---- */

static void tell_gate(struct lane *l)
{
    struct gate g = {.reason = REASON_selected};
    if (l->indexers_down.is_true)
        g = closed(REASON_indexers_unavailable);
    else if (l->downloads_full.is_true)
        g = closed(REASON_download_queue_full);
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
