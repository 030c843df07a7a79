/* engine/engine.c — from a request to lanes, one per instance. */
#include "engine/engine.h"

#include <string.h>

#include "base/str.h"
#include "engine/lane.h"
#include "store/searches.h"

struct engine *engine_new(const struct engine_setup *setup)
{
    struct engine *e = NEW(struct engine);
    e->setup = *setup;
    e->batch = (struct batch){.loop = setup->loop, .store = setup->store};
    return e;
}

static void forget_lanes(struct engine *e)
{
    for (size_t i = 0; i < e->lanes.n; i++)
        lane_free(e->lanes.at[i]);
    vec_done(&e->lanes);
}

struct engine *engine_free(struct engine *e)
{
    if (!e)
        return NULL;
    forget_lanes(e);
    batch_done(&e->batch);
    mem_free(e);
    return NULL;
}

/* ---- which queues on which instances ---- */

static struct lane *lane_for(struct engine *e, const char *instance)
{
    for (size_t i = 0; i < e->lanes.n; i++)
        if (str_eq(e->lanes.at[i]->instance->name, instance))
            return e->lanes.at[i];
    struct lane *l = NEW(struct lane);
    l->engine = e;
    l->instance = config_find(e->setup.config, KIND_INSTANCE, instance);
    l->spec = l->instance->spec;
    vec_push(&e->lanes, l);
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

static void add_queue(struct engine *e, const struct resource *r, const char *asked)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    const struct queue *q = r->spec;
    struct strlist instances;
    config_select(e->setup.config, &q->instances, r->owner, arena, &instances);
    for (size_t i = 0; i < instances.n; i++)
        if (is_asked_for(asked, r->name, instances.at[i]))
            vec_push(&lane_for(e, instances.at[i])->queues, r);
}

static bool no_such_queue(const struct engine *e, const char *asked, struct err *err)
{
    const struct config *c = e->setup.config;
    VEC(const char *) names = {0};
    for (size_t i = 0; i < config_n(c); i++)
        if (config_at(c, i)->kind == KIND_QUEUE)
            vec_push(&names, config_at(c, i)->name);
    const char *near = str_did_you_mean(asked, names.at, names.n);
    size_t n = names.n;
    vec_done(&names);
    if (near)
        return err_set(err, ERR_USAGE, "no queue '%s' is applied; did you mean '%s'?", asked, near);
    return err_set(err, ERR_USAGE, "no queue '%s' is applied (%zu are: splintarr get queues)",
                   asked, n);
}

bool engine_run(struct engine *e, const struct run_request *request,
                void (*done)(void *ctx, const struct run_totals *totals), void *ctx,
                struct err *err)
{
    const struct config *c = e->setup.config;
    forget_lanes(e);
    e->request = *request;
    e->totals = (struct run_totals){0};
    e->done = done;
    e->done_ctx = ctx;
    for (size_t i = 0; i < config_n(c); i++)
        if (config_at(c, i)->kind == KIND_QUEUE)
            add_queue(e, config_at(c, i), request->queue);
    if (e->lanes.n == 0 && request->queue)
        return no_such_queue(e, request->queue, err);
    if (!request->is_dry && !runs_interrupt(e->setup.store, loop_utc(e->setup.loop), err))
        return false;
    e->n_open = e->lanes.n;
    for (size_t i = 0; i < e->lanes.n; i++)
        lane_begin(e->lanes.at[i]);
    if (e->lanes.n == 0)
        done(ctx, &e->totals);
    return true;
}
