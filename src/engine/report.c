/* engine/report.c — a run in rows and events: what was considered, searched, found, and why not
 * more. */
#include <inttypes.h>

#include "base/jx.h"
#include "base/rng.h"
#include "base/str.h"
#include "engine/excluded.h"
#include "engine/job.h"

/* ---- what others search ---- */

static void note_elsewhere(void *ctx, const char *identity)
{
    struct job *j = ctx;
    vec_push(&j->elsewhere, arena_strdup(j->arena, identity));
}

/* As it was when the run began; the item itself is asked for again at preflight. */
static bool is_elsewhere(const void *ctx, const char *identity)
{
    const struct job *j = ctx;
    for (size_t i = 0; i < j->elsewhere.n; i++)
        if (str_eq(j->elsewhere.at[i], identity))
            return true;
    return false;
}

static struct run run_begun(const struct lane *l)
{
    const struct resource *r = l->queues.at[l->at_queue];
    return (struct run){
        .queue = r->name,
        .instance = l->instance->name,
        .strategy = strategy_names[((const struct queue *)r->spec)->strategy],
        .seed = rng_mix(l->engine->setup.seed, (uint64_t)lane_now(l)),
        .started = lane_now(l),
        .status = "running",
        .gate = "",
        .reasons = "{}",
        .near_misses = "[]",
        .error = "",
        .cause = l->errand->request.cause,
    };
}

bool job_new(struct lane *l, size_t spare, struct err *e)
{
    const struct resource *r = l->queues.at[l->at_queue];
    struct job *j = l->job = NEW(struct job);
    j->spec = r->spec;
    int64_t limit = l->errand->request.limit;
    j->batch = limit ? MIN(limit, j->spec->batch) : j->spec->batch;
    j->arena = arena_new();
    j->found = json_array();
    j->run = run_begun(l);
    if (!batch_commit(&l->engine->batch, e) ||
        !excluded_on(l->engine->setup.store, l->errand->config, l->instance->name, lane_now(l),
                     &j->exclusions, e) ||
        !timetable_new(j->spec->schedule.spec, config_settings(l->errand->config), l->engine->zones,
                       &j->hours, e) ||
        !searching_elsewhere_each(l->engine->setup.store, l->instance->name, note_elsewhere, j,
                                  e) ||
        !rates_load(l->engine->setup.store, l->instance->name, (enum strategy)j->spec->strategy,
                    &j->rates, e))
        return false;
    j->query = (struct query){
        .queue = j->spec,
        .owner = r->owner,
        .exclusions = j->exclusions,
        .now = lane_now(l),
        .limit = (size_t)j->batch * spare,
        .rates = &j->rates,
        .packs = &j->packs,
        .downloading = &l->downloading,
        .is_elsewhere = j->elsewhere.n ? is_elsewhere : NULL,
        .ctx = j,
    };
    j->pool = pool_new(&j->query, j->run.seed);
    bool is_partial = j->run.cause == CAUSE_AIRING || j->run.cause == CAUSE_BURST;
    return !is_partial || airing_read(l->engine->setup.store, l->instance->name, &j->query,
                                      j->hours, &j->airing, e);
}

void job_free(struct job *j)
{
    if (!j)
        return;
    for (size_t i = 0; i < FLIGHTS_MAX; i++)
        task_free(j->flights[i].task);
    pool_free(j->pool);
    packs_done(&j->packs);
    exclusions_free(j->exclusions);
    timetable_free(j->hours);
    airing_done(&j->airing);
    json_decref(j->found);
    vec_done(&j->elsewhere);
    arena_free(j->arena);
    mem_free(j);
}

/* ---- counts ---- */

/* What the pool picked but the run did not reach is not_selected, or waits for the gate that
 * closed. */
static int unreached(const struct job *j)
{
    return (int)(pool_n(j->pool) - j->at_pick);
}

static json_t *reasons_json(const struct job *j)
{
    json_t *o = json_object();
    for (int r = 0; r < REASON_N; r++) {
        int n = (int)pool_count(j->pool, (enum reason)r) + j->n_skipped[r];
        if (r == REASON_selected)
            continue;
        if (r == REASON_not_selected)
            n += unreached(j);
        if (n > 0)
            jx_put(o, reason_name((enum reason)r), json_integer(n));
    }
    if (j->run.gate[0] && !json_object_get(o, j->run.gate))
        jx_put(o, j->run.gate, json_integer(1));
    return o;
}

static json_t *near_misses_json(const struct job *j)
{
    json_t *a = json_array();
    for (size_t i = 0; i < pool_near_n(j->pool); i++) {
        const struct pick *p = pool_near(j->pool, i);
        char label[ITEM_TITLE], address[ITEM_ADDRESS];
        json_t *o = json_object();
        jx_put(o, "item", jx_string(item_address(&p->item, j->run.instance, address)));
        jx_put(o, "title", jx_string(item_label(&p->item, label)));
        jx_put(o, "reason", jx_string(reason_name(p->why.reason)));
        jx_put(o, "until", jx_time(p->why.until));
        jx_push(a, o);
    }
    return a;
}

static const char *kept(struct job *j, json_t *value)
{
    CLEANUP(freep) char *text = jx_canonical(value);
    json_decref(value);
    return arena_strdup(j->arena, text);
}

bool job_record(struct lane *l, struct err *e)
{
    struct job *j = l->job;
    struct store *store = l->engine->setup.store;
    if (l->errand->request.is_dry)
        return true;
    bool is_over = !str_eq(j->run.status, "running");
    if (is_over) {
        j->run.ended = loop_utc(l->engine->setup.loop);
        j->run.reasons = kept(j, reasons_json(j));
        j->run.near_misses = kept(j, near_misses_json(j));
    }
    if (!batch_commit(&l->engine->batch, e))
        return false;
    return j->run.id ? run_update(store, &j->run, e) : run_add(store, &j->run, &j->run.id, e);
}

/* ---- events ---- */

static json_t *run_fields(const struct job *j)
{
    json_t *f = json_object();
    jx_put(f, "queue", jx_string(j->run.queue));
    jx_put(f, "run", json_integer(j->run.id));
    jx_put(f, "strategy", jx_string(j->run.strategy));
    return f;
}

void job_tell_start(struct lane *l)
{
    json_t *f = run_fields(l->job);
    jx_put(f, "cause", jx_string(cause_names[l->job->run.cause]));
    jx_put(f, "selected", json_integer(l->job->run.selected));
    lane_tell(l, EVENT_search_started, f);
}

static json_t *pick_fields(const struct job *j, const struct pick *p)
{
    char label[ITEM_TITLE], address[ITEM_ADDRESS];
    json_t *f = run_fields(j);
    jx_put(f, "item", jx_string(item_address(&p->item, j->run.instance, address)));
    jx_put(f, "title", jx_string(item_label(&p->item, label)));
    return f;
}

void job_tell_begun(struct lane *l, const struct pick *pick, int n)
{
    json_t *f = pick_fields(l->job, pick);
    jx_put(f, "index", json_integer(n));
    jx_put(f, "total", json_integer(l->job->run.selected));
    lane_tell(l, EVENT_item_searching, f);
}

void job_tell_selected(struct lane *l)
{
    struct job *j = l->job;
    for (size_t i = 0; i < (size_t)j->run.selected; i++) {
        const struct pick *p = pool_pick(j->pool, i);
        json_t *f = pick_fields(j, p);
        jx_put(f, "rank", json_integer(p->rank));
        jx_put(f, "cost", json_integer(item_search_cost(&p->item)));
        jx_put(f, "score", json_real(p->score));
        lane_tell(l, EVENT_item_selected, f);
    }
    j->at_pick = (size_t)j->run.selected;
}

/* By name; of a season of which some was found, the episodes. */
static void note_found(struct job *j, const struct attempt *row)
{
    if (!row->is_partial)
        jx_push(j->found, jx_string(row->title));
    for (size_t i = 0; row->is_partial && i < row->n_covered; i++)
        if (row->covered[i].is_found)
            jx_push(j->found, jx_string(attempt_of_one(row, &row->covered[i]).title));
}

void job_count(struct lane *l, const struct attempt *row)
{
    struct job *j = l->job;
    j->run.searched++;
    j->n_failed += row->verdict == VERDICT_FAILED;
    if (row->verdict == VERDICT_NOTHING)
        j->in_vain = row->judged;
    l->errand->totals.n_searched++;
    if (row->verdict == VERDICT_GRABBED) {
        j->run.grabbed++;
        l->errand->totals.n_grabbed++;
        note_found(j, row);
    }
    json_t *f = attempt_fields(row);
    jx_put(f, "index", json_integer(j->run.searched));
    jx_put(f, "total", json_integer(j->run.selected));
    lane_tell(l, EVENT_item_searched, f);
}

static void tell_found(struct lane *l)
{
    struct job *j = l->job;
    json_t *f = run_fields(j);
    jx_put(f, "found", json_integer(j->run.grabbed));
    jx_put(f, "items", json_incref(j->found));
    lane_tell(l, EVENT_content_found, f);
}

/* Once a run, however many titles it was too much for. */
static void tell_expensive(struct lane *l)
{
    const char *name;
    for (size_t i = 0; (name = exclusions_too_expensive(l->job->exclusions, i)); i++) {
        json_t *f = run_fields(l->job);
        jx_put(f, "exclusion", jx_string(name));
        lane_tell(l, EVENT_exclusion_too_expensive, f);
    }
}

/* Of a dry run: what it would search, and what that costs. */
static void put_selected(const struct lane *l, json_t *f)
{
    const struct job *j = l->job;
    json_int_t cost = 0;
    for (size_t i = 0; i < (size_t)j->run.selected; i++)
        cost += item_search_cost(&pool_pick(j->pool, i)->item);
    jx_put(f, "selected", json_integer(j->run.selected));
    jx_put(f, "cost", json_integer(cost));
}

void job_tell_end(struct lane *l)
{
    struct job *j = l->job;
    tell_expensive(l);
    if (j->run.grabbed)
        tell_found(l);
    json_t *f = run_fields(j);
    jx_put(f, "considered", json_integer(j->run.considered));
    if (l->errand->request.is_dry)
        put_selected(l, f);
    jx_put(f, "searched", json_integer(j->run.searched));
    jx_put(f, "grabbed", json_integer(j->run.grabbed));
    jx_put(f, "reasons", reasons_json(j));
    if (j->run.gate[0]) {
        jx_put(f, "gate", jx_string(j->run.gate));
        jx_put(f, "left", json_integer(j->batch - j->run.searched));
    }
    if (j->gate_until)
        jx_put(f, "until", jx_time(j->gate_until));
    lane_tell(l, EVENT_search_completed, f);
}
