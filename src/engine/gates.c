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

static void keep_downloads(struct lane *l, const struct arr_downloads *d)
{
    l->download_ids.n = 0;
    for (size_t i = 0; i < d->n_items; i++)
        vec_push(&l->download_ids, d->items[i]);
    l->downloading = (struct downloads){l->download_ids.at, l->download_ids.n};
}

static void downloads_told(void *ctx, const struct arr_result *r, const struct arr_downloads *d)
{
    struct lane *l = ctx;
    int64_t max = l->spec->download_queue.max;
    if (r->trouble == ARR_UNAUTHORIZED || r->trouble == ARR_NOT_AN_API) {
        l->on_gate(l->on_gate_ctx, NULL, r);
        return;
    }
    bool is_unknown = r->trouble != ARR_OK;
    l->downloads_full.asked = loop_utc(l->engine->setup.loop);
    l->downloads_full.is_true =
        max &&
        (is_unknown ? l->spec->download_queue.on_error == ON_ERROR_CLOSED : d->n_active >= max);
    keep_downloads(l, d);
    tell_gate(l);
}

/* Where no number of them closes the gate, what is downloading is asked for once. */
static bool knows_downloads(const struct lane *l)
{
    utc_t asked = l->downloads_full.asked;
    bool is_fresh = loop_utc(l->engine->setup.loop) - asked < SECONDS(FACT_KEEPS_S);
    return asked && (is_fresh || l->spec->download_queue.max == 0);
}

static void indexers_told(void *ctx, const struct arr_result *r)
{
    struct lane *l = ctx;
    if (r->trouble != ARR_OK)
        l->on_gate(l->on_gate_ctx, NULL, r);
    else if (knows_downloads(l))
        tell_gate(l);
    else
        arr_downloads(l->arr, downloads_told, l);
}

void gates_remote(struct lane *l,
                  void (*done)(void *ctx, const struct gate *g, const struct arr_result *r),
                  void *ctx)
{
    l->on_gate = done;
    l->on_gate_ctx = ctx;
    lane_ask_health(l, indexers_told, l);
}
