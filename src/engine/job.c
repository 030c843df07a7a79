/* engine/job.c — the runs of a lane: each of its queues once. Gates, selection, then one attempt
 * after another, or two at once, with the gates asked again before each. A run stopped by a cap
 * loses nothing: what it did not reach is selected again next time. */
#include "engine/job.h"

#include <assert.h>

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

/* The first trouble is told; others follow from it. */
static void note_trouble(struct lane *l, const struct err *why)
{
    struct job *j = l->job;
    if (!j->has_broken) {
        j->why = *why;
        j->trouble = l->last_trouble;
    }
    j->has_broken = j->is_ending = true;
}

/* Connections are health's business, and the state's troubles are everybody's. */
static bool note_failure(struct lane *l, const struct err *why, struct err *e)
{
    enum arr_trouble trouble = l->job->trouble;
    bool is_own = why->code == ERR_REMOTE && (trouble == ARR_SERVER || trouble == ARR_GONE);
    return l->errand->request.is_dry || !is_own || failing_note(l, why->msg, e);
}

static void fail_run(struct lane *l, const struct err *why)
{
    struct err e = {0}, told = *why;
    struct job *j = l->job;
    note_trouble(l, why);
    j->run.status = "failed";
    j->run.error = told.msg;
    if (!job_record(l, &e) || !note_failure(l, why, &e))
        told = e;
    lane_fail(l, &told); /* tells search_failed for this queue and those behind it */
}

static void finish(struct lane *l);

static void indexers_known(void *ctx, const struct arr_result *r)
{
    struct lane *l = ctx;
    if (r->trouble != ARR_OK && r->err.code != ERR_REMOTE)
        note_trouble(l, &r->err);
    finish(l);
}

/* Nobody asks after the run's last search, and indexers that all failed it rest for a minute. */
static void ask_indexers(struct lane *l)
{
    l->job->in_vain = 0;
    lane_distrust_health(l);
    lane_ask_health(l, indexers_known, l);
}

/* How it ends is known; no search of it is under way any more. */
static void finish(struct lane *l)
{
    struct job *j = l->job;
    bool is_gated = j->run.gate[0] && !j->run.searched;
    if (j->has_broken)
        fail_run(l, &j->why);
    else if (j->in_vain > l->indexers_down.asked)
        ask_indexers(l);
    else
        end_run(l, is_gated ? "gated" : "completed");
}

static void note_gate(struct job *j, const struct gate *g)
{
    j->run.gate = reason_name(g->reason);
    j->gate_until = g->until;
    j->is_ending = true;
}

static void stop_at_gate(struct lane *l, const struct gate *g)
{
    note_gate(l->job, g);
    finish(l);
}

/* ---- attempts: gates, then one begins; the next when it is intended, or over ---- */

static void search_next(void *ctx);

/* What changed meanwhile may be reason not to wait any longer. */
static void search_soon(struct lane *l, ms_t wait)
{
    l->timer = timer_stop(l->timer);
    if (!l->job->is_beginning)
        l->timer = loop_after(setup_of(l)->loop, wait, search_next, l);
}

static int n_flying(const struct job *j)
{
    int n = 0;
    for (size_t i = 0; i < FLIGHTS_MAX; i++)
        n += j->flights[i].task != NULL;
    return n;
}

static struct flight *free_flight(struct lane *l)
{
    assert(n_flying(l->job) < FLIGHTS_MAX);
    struct flight *f = l->job->flights;
    while (f->task)
        f++;
    *f = (struct flight){.lane = l};
    return f;
}

static void intended(void *ctx)
{
    struct flight *f = ctx;
    struct job *j = f->lane->job;
    f->is_intended = true;
    j->is_beginning = false;
    job_tell_begun(f->lane, f->pick, j->run.searched + n_flying(j));
    search_soon(f->lane, 0);
}

static void attempted(void *ctx, const struct attempt_report *report)
{
    struct flight *f = ctx;
    struct lane *l = f->lane;
    struct job *j = l->job;
    f->task = NULL;
    if (!f->is_intended)
        j->is_beginning = false;
    switch (report->end) {
    case ATTEMPT_BROKEN: note_trouble(l, &report->err); break;
    case ATTEMPT_SKIPPED: j->n_skipped[report->reason]++; break;
    case ATTEMPT_SETTLED:
    case ATTEMPT_LEFT_OPEN: job_count(l, report->row); break;
    }
    l->n_open += report->end == ATTEMPT_LEFT_OPEN;
    search_soon(l, 0);
}

static void begin_attempt(struct lane *l)
{
    struct job *j = l->job;
    struct attempt names = {.run = j->run.id, .queue = j->run.queue, .strategy = j->run.strategy};
    const struct pick *pick = pool_pick(j->pool, j->at_pick++);
    struct flight *f = free_flight(l);
    f->pick = pick;
    f->task = attempt_search(l, &j->query, pick, &names, intended, attempted, f);
}

static void asked_again(void *ctx, const struct gate *g, const struct arr_result *r)
{
    struct lane *l = ctx;
    struct job *j = l->job;
    if (r->trouble != ARR_OK)
        note_trouble(l, &r->err);
    else if (g->reason != REASON_selected)
        note_gate(j, g);
    if (!j->is_ending) {
        begin_attempt(l);
        return;
    }
    j->is_beginning = false;
    search_soon(l, 0);
}

static void ask_gates(struct lane *l)
{
    struct job *j = l->job;
    struct gate g;
    struct err e = {0};
    ms_t gap = 0;
    if (!gates_local(l, &g, &e) || !gate_gap(l, &gap, &e))
        note_trouble(l, &e);
    else if (g.reason != REASON_selected)
        note_gate(j, &g);
    else if (!gap)
        j->is_beginning = true;
    if (j->is_beginning)
        gates_remote(l, asked_again, l);
    else
        search_soon(l, j->is_ending ? 0 : gap);
}

static void search_next(void *ctx)
{
    struct lane *l = ctx;
    struct job *j = l->job;
    int n = n_flying(j);
    bool is_enough = j->run.searched + n >= j->batch || j->at_pick == pool_n(j->pool);
    l->timer = NULL;
    if (!j->is_ending && !is_enough && (!n || n + l->n_open < l->spec->limits.in_flight))
        ask_gates(l);
    else if (!n)
        finish(l);
}

void job_nudge(struct job *j)
{
    for (size_t i = 0; i < FLIGHTS_MAX; i++)
        if (j->flights[i].task)
            task_nudge(j->flights[i].task);
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
