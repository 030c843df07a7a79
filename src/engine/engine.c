/* engine/engine.c — from a request to lanes, one per instance. */
#include "engine/engine.h"

#include <string.h>

#include "base/str.h"
#include "engine/job.h"
#include "engine/lane.h"
#include "engine/named.h"
#include "store/searches.h"

struct engine *engine_new(const struct engine_setup *setup)
{
    struct engine *e = NEW(struct engine);
    e->setup = *setup;
    batch_init(&e->batch, setup->loop, setup->store);
    e->zones = zones_new();
    return e;
}

static struct errand *errand_free(struct errand *x)
{
    for (size_t i = 0; i < x->lanes.n; i++)
        lane_free(x->lanes.at[i]);
    vec_done(&x->lanes);
    vec_done(&x->titles);
    mem_free(x->asked);
    mem_free(x);
    return NULL;
}

struct engine *engine_free(struct engine *e)
{
    if (!e)
        return NULL;
    for (size_t i = 0; i < e->errands.n; i++)
        errand_free(e->errands.at[i]);
    vec_done(&e->errands);
    for (size_t i = 0; i < e->vitals.n; i++)
        vitals_free(e->vitals.at[i]);
    vec_done(&e->vitals);
    batch_done(&e->batch);
    zones_free(e->zones);
    mem_free(e);
    return NULL;
}

void engine_adopt(struct engine *e, const struct config *config)
{
    e->setup.config = config;
}

bool engine_uses(const struct engine *e, const struct config *config)
{
    for (size_t i = 0; i < e->errands.n; i++)
        if (e->errands.at[i]->config == config)
            return true;
    return e->setup.config == config;
}

bool engine_is_idle(const struct engine *e)
{
    return e->errands.n == 0;
}

/* ---- taking turns on a server ---- */

/* Somebody waits for the answer, and a run may take an hour: two small requests beside it. */
static bool takes_no_turn(const struct errand *x)
{
    return x->is_probe && !x->is_routine;
}

static bool is_busy(const struct errand *x, const char *instance)
{
    for (size_t i = 0; i < x->lanes.n; i++) {
        const struct lane *l = x->lanes.at[i];
        if (l->has_begun && !l->is_over && str_eq(l->instance->name, instance))
            return true;
    }
    return false;
}

static bool is_free(const struct engine *e, const char *instance)
{
    for (size_t i = 0; i < e->errands.n; i++)
        if (!takes_no_turn(e->errands.at[i]) && is_busy(e->errands.at[i], instance))
            return false;
    return true;
}

static void begin_waiting(struct engine *e)
{
    for (size_t i = 0; i < e->errands.n; i++)
        for (size_t k = 0; k < e->errands.at[i]->lanes.n; k++) {
            struct lane *l = e->errands.at[i]->lanes.at[k];
            bool may_begin = takes_no_turn(l->errand) || is_free(e, l->instance->name);
            if (!l->has_begun && may_begin)
                lane_begin(l);
        }
}

static void forget(struct engine *e, const struct errand *x)
{
    size_t n = 0;
    for (size_t i = 0; i < e->errands.n; i++)
        if (e->errands.at[i] != x)
            e->errands.at[n++] = e->errands.at[i];
    e->errands.n = n;
}

static void end_errand(struct errand *x)
{
    forget(x->engine, x);
    x->done(x->done_ctx, &x->totals);
    errand_free(x);
}

void engine_lane_ended(struct lane *l)
{
    struct engine *e = l->engine;
    l->is_over = true;
    vitals_keep(l);
    begin_waiting(e);
    if (--l->errand->n_open == 0)
        end_errand(l->errand);
}

static void each_lane_of(struct engine *e, const char *instance, void (*tell)(struct lane *l))
{
    for (size_t i = 0; i < e->errands.n; i++)
        for (size_t k = 0; k < e->errands.at[i]->lanes.n; k++)
            if (str_eq(e->errands.at[i]->lanes.at[k]->instance->name, instance))
                tell(e->errands.at[i]->lanes.at[k]);
}

static void nudge(struct lane *l)
{
    if (l->job)
        job_nudge(l->job);
}

void engine_nudge(struct engine *e, const char *instance)
{
    each_lane_of(e, instance, nudge);
}

/* A run under way asks before its next search. */
void engine_distrust_health(struct engine *e, const char *instance)
{
    vitals_of(e, instance)->health.listed = 0;
    each_lane_of(e, instance, lane_distrust_health);
}

/* ---- which queues on which instances ---- */

struct lane *lane_for(struct errand *x, const char *instance)
{
    for (size_t i = 0; i < x->lanes.n; i++)
        if (str_eq(x->lanes.at[i]->instance->name, instance))
            return x->lanes.at[i];
    struct lane *l = NEW(struct lane);
    l->engine = x->engine;
    l->errand = x;
    l->instance = config_find(x->config, KIND_INSTANCE, instance);
    l->spec = l->instance->spec;
    l->vitals = vitals_of(x->engine, l->instance->name);
    vec_push(&x->lanes, l);
    return l;
}

/* "tv-missing" or "tv-missing@sonarr-main"; a tenant's instance has a slash, never an @. */
static bool is_asked_for(const char *asked, const char *queue, const char *instance)
{
    if (!asked)
        return true;
    size_t n = strlen(queue);
    if (strncmp(asked, queue, n) != 0)
        return false;
    return asked[n] == '\0' || (asked[n] == '@' && str_eq(asked + n + 1, instance));
}

static void add_queue(struct errand *x, const struct resource *r)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    const struct queue *q = r->spec;
    struct strlist instances;
    config_select(x->config, &q->instances, r->owner, arena, &instances);
    for (size_t i = 0; i < instances.n; i++)
        if (is_asked_for(x->request.queue, r->name, instances.at[i]))
            vec_push(&lane_for(x, instances.at[i])->queues, r);
}

static bool add_named(struct errand *x, struct err *e)
{
    const struct resource *queue;
    const char *instance;
    if (!named_queue(x->config, x->request.queue, &queue, &instance, e))
        return false;
    add_queue(x, queue);
    return x->lanes.n > 0 || err_set(e, ERR_USAGE,
                                     "queue/%s runs on no instance: none is what its 'instances' "
                                     "asks for (splintarr get instances)",
                                     queue->name);
}

static bool add_queues(struct errand *x, struct err *e)
{
    if (x->request.queue)
        return add_named(x, e);
    for (size_t i = 0; i < config_n(x->config); i++)
        if (config_at(x->config, i)->kind == KIND_QUEUE)
            add_queue(x, config_at(x->config, i));
    return true;
}

static struct errand *errand_new(struct engine *e, const struct run_request *request)
{
    struct errand *x = NEW(struct errand);
    *x = (struct errand){.engine = e, .request = *request, .config = e->setup.config};
    x->request.queue = x->asked = request->queue ? mem_strdup(request->queue) : NULL;
    x->is_refresh = request->refresh != NULL;
    x->is_probe = request->is_probe;
    x->is_routine = request->is_routine;
    x->request.refresh = NULL;
    for (size_t i = 0; i < request->titles.n; i++)
        vec_push(&x->titles, request->titles.at[i]);
    x->request.titles = (struct title_list){0};
    return x;
}

static bool add_lanes(struct errand *x, const struct run_request *request, struct err *err)
{
    if (request->refresh)
        return refresh_lanes(x, request->refresh, err);
    return add_queues(x, err);
}

/* Runs without an end are those of a process that was killed: once, before the first of this one.
 */
static bool look_back(struct engine *e, struct err *err)
{
    if (e->has_looked_back)
        return true;
    e->has_looked_back = runs_interrupt(e->setup.store, loop_utc(e->setup.loop), err);
    return e->has_looked_back;
}

bool engine_run(struct engine *e, const struct run_request *request,
                void (*done)(void *ctx, const struct run_totals *totals), void *ctx,
                struct err *err)
{
    struct errand *x = errand_new(e, request);
    if (!add_lanes(x, request, err) || (!request->is_dry && !look_back(e, err))) {
        errand_free(x);
        return false;
    }
    x->n_open = x->lanes.n;
    x->done = done;
    x->done_ctx = ctx;
    vec_push(&e->errands, x);
    if (x->n_open == 0)
        end_errand(x);
    else
        begin_waiting(e);
    return true;
}
