/* engine/job.c — the runs of a lane: each of its queues once. Gates, selection, then one attempt
 * after another with the gates asked again in between. A run stopped by a cap loses nothing: what
 * it did not reach is selected again next time. */
#include "engine/job.h"

#include "engine/failing.h"
#include "engine/gates.h"
#include "store/library.h"

enum { SLICE_ROWS = 2000, SPARE = 2 }; /* picks are twice the batch: preflight may refuse some */

static struct engine_setup *setup_of(const struct lane *l)
{
    return &l->engine->setup;
}

/* ---- the end of a run ---- */

static void next_queue(struct lane *l)
{
    job_free(TAKE(l->job));
    l->at_queue++;
    job_begin(l);
}

/* A run that searched tells whether the queue can; one that a gate stopped before that does not. */
static bool note_success(struct lane *l, struct err *e)
{
    const struct job *j = l->job;
    bool has_failed = j->run.searched > 0 && j->n_failed == j->run.searched;
    if (l->errand->request.is_dry || (!j->run.searched && j->run.gate[0]))
        return true;
    return failing_note(l, has_failed ? "the server said of every search that it failed" : NULL, e);
}

static void end_run(struct lane *l, const char *status)
{
    struct err e = {0};
    struct job *j = l->job;
    j->run.status = status;
    if (!job_record(l, &e) || !note_success(l, &e)) {
        lane_fail(l, &e);
        return;
    }
    job_tell_end(l);
    next_queue(l);
}

/* Connections are health's business, and the state's troubles are everybody's. */
static bool note_failure(struct lane *l, const struct err *why, struct err *e)
{
    bool is_own =
        why->code == ERR_REMOTE && (l->last_trouble == ARR_SERVER || l->last_trouble == ARR_GONE);
    return l->errand->request.is_dry || !is_own || failing_note(l, why->msg, e);
}

static void fail_run(struct lane *l, const struct err *why)
{
    struct err e = {0}, told = *why;
    struct job *j = l->job;
    j->run.status = "failed";
    j->run.error = told.msg;
    if (!job_record(l, &e) || !note_failure(l, why, &e))
        told = e;
    lane_fail(l, &told); /* tells search_failed for this queue and those behind it */
}

static void stop_at_gate(struct lane *l, const struct gate *g)
{
    struct job *j = l->job;
    j->run.gate = reason_name(g->reason);
    j->gate_until = g->until;
    end_run(l, j->run.searched ? "completed" : "gated");
}

/* ---- attempts ---- */

static void search_next(void *ctx);

static void search_soon(struct lane *l, ms_t wait)
{
    l->timer = loop_after(setup_of(l)->loop, wait, search_next, l);
}

static void attempted(void *ctx, const struct attempt_report *report)
{
    struct lane *l = ctx;
    struct job *j = l->job;
    j->task = NULL;
    switch (report->end) {
    case ATTEMPT_BROKEN: fail_run(l, &report->err); return;
    case ATTEMPT_SKIPPED: j->n_skipped[report->reason]++; break;
    case ATTEMPT_SETTLED:
    case ATTEMPT_LEFT_OPEN: job_count(l, report->row); break;
    }
    l->has_open = report->end == ATTEMPT_LEFT_OPEN;
    search_soon(l, 0);
}

static void begin_attempt(struct lane *l)
{
    struct job *j = l->job;
    struct attempt names = {.run = j->run.id, .queue = j->run.queue, .strategy = j->run.strategy};
    const struct pick *pick = pool_pick(j->pool, j->at_pick++);
    j->task = attempt_search(l, &j->query, pick, &names, attempted, l);
}

static void asked_again(void *ctx, const struct gate *g, const struct arr_result *r)
{
    struct lane *l = ctx;
    if (r->trouble != ARR_OK)
        fail_run(l, &r->err);
    else if (g->reason != REASON_selected)
        stop_at_gate(l, g);
    else
        begin_attempt(l);
}

static void search_next(void *ctx)
{
    struct lane *l = ctx;
    struct job *j = l->job;
    struct gate g;
    struct err e = {0};
    ms_t gap = 0;
    l->timer = NULL;
    if (j->run.searched >= j->batch || j->at_pick == pool_n(j->pool)) {
        end_run(l, "completed");
        return;
    }
    if (!gates_local(l, &g, &e) || !gate_gap(l, &gap, &e))
        fail_run(l, &e);
    else if (g.reason != REASON_selected)
        stop_at_gate(l, &g);
    else if (gap)
        search_soon(l, gap);
    else
        gates_remote(l, asked_again, l);
}

/* ---- selection ---- */

static void offer(void *ctx, const struct item *it, const struct item_memory *m)
{
    pool_offer(ctx, it, m);
}

static void selected(struct lane *l)
{
    struct job *j = l->job;
    struct err e = {0};
    pool_finish(j->pool);
    j->run.considered = (int)pool_considered(j->pool);
    j->run.selected = (int)MIN(pool_n(j->pool), (size_t)j->batch);
    if (l->errand->request.is_dry) {
        job_tell_selected(l);
        end_run(l, "completed");
    } else if (!job_record(l, &e)) {
        fail_run(l, &e);
    } else {
        job_tell_start(l);
        search_next(l);
    }
}

static bool wants_with_file(const struct queue *q)
{
    bool custom =
        q->strategy == STRATEGY_CUSTOM && (q->filters.sources.bits >> SOURCE_CUTOFF_UNMET & 1);
    return q->strategy == STRATEGY_CUTOFF_UNMET || custom;
}

static bool wants_without_file(const struct queue *q)
{
    bool only_upgrades =
        q->strategy == STRATEGY_CUSTOM && q->filters.sources.bits == 1u << SOURCE_CUTOFF_UNMET;
    return q->strategy != STRATEGY_CUTOFF_UNMET && !only_upgrades;
}

/* The titles a run for what airs looks at; NULL: it looks at everything. */
static const struct title_ids *titles_meant(const struct job *j)
{
    static const enum run_cause of_titles[] = {CAUSE_AIRING, CAUSE_BURST};
    const struct title_ids *const titles[] = {&j->airing.in_horizon, &j->airing.in_burst};
    for (size_t i = 0; i < COUNT(of_titles); i++)
        if (j->run.cause == of_titles[i])
            return titles[i];
    return NULL;
}

static bool offer_next_title(struct lane *l, const struct title_ids *titles, bool *ret_more,
                             struct err *e)
{
    struct job *j = l->job;
    if (j->at_title < titles->n &&
        !candidates_of_title(setup_of(l)->store, l->instance->name, titles->at[j->at_title++],
                             offer, j->pool, e))
        return false;
    *ret_more = j->at_title < titles->n;
    return true;
}

static bool offer_slice(struct lane *l, bool *ret_more, struct err *e)
{
    struct job *j = l->job;
    const struct title_ids *titles = titles_meant(j);
    if (!batch_commit(&l->engine->batch, e))
        return false;
    if (!j->has_offered_seasons) {
        *ret_more = true;
        return job_offer_seasons(l, titles, e);
    }
    if (titles)
        return offer_next_title(l, titles, ret_more, e);
    return candidates_slice(setup_of(l)->store, l->instance->name, wants_without_file(j->spec),
                            wants_with_file(j->spec), SLICE_ROWS, &j->cursor, offer, j->pool,
                            ret_more, e);
}

static void select_slice(void *ctx)
{
    struct lane *l = ctx;
    struct err e = {0};
    bool is_more = false;
    l->timer = NULL;
    if (!offer_slice(l, &is_more, &e))
        fail_run(l, &e);
    else if (is_more)
        l->timer = loop_after(setup_of(l)->loop, 0, select_slice, l);
    else
        selected(l);
}

/* ---- the beginning ---- */

static void asked(void *ctx, const struct gate *g, const struct arr_result *r)
{
    struct lane *l = ctx;
    if (r->trouble != ARR_OK)
        fail_run(l, &r->err);
    else if (g->reason != REASON_selected)
        stop_at_gate(l, g);
    else
        select_slice(l);
}

void job_begin(struct lane *l)
{
    if (l->at_queue == l->queues.n) {
        lane_next(l);
        return;
    }
    struct err e = {0};
    struct gate g;
    l->errand->totals.n_runs++;
    if (!job_new(l, SPARE, &e))
        lane_fail(l, &e);
    else if (!gates_local(l, &g, &e))
        fail_run(l, &e);
    else if (g.reason != REASON_selected)
        stop_at_gate(l, &g);
    else
        gates_remote(l, asked, l);
}

void lane_run(struct lane *l)
{
    job_begin(l);
}
