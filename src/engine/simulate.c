/* engine/simulate.c — putting the parts together, letting time pass, counting what happened. */
#include "engine/simulate.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "engine/due.h"
#include "engine/excluded.h"
#include "engine/scheduler.h"
#include "engine/simulate_server.h"
#include "model/zones.h"
#include "search/search.h"
#include "store/copy.h"
#include "store/library.h"
#include "store/searches.h"

struct world {
    struct transport *transport;
    struct engine *engine;
    struct scheduler *scheduler;
};

static void world_done(struct world *w)
{
    engine_free(w->engine);
    scheduler_free(w->scheduler);
    simulation_free(w->transport);
}

void simulated_done(struct simulated *s)
{
    for (size_t i = 0; i < s->queues.n; i++)
        vec_done(&s->queues.at[i].named);
    vec_done(&s->queues);
    for (size_t i = 0; i < s->instances.n; i++)
        vec_done(&s->instances.at[i].by_day);
    vec_done(&s->instances);
    s->arena = arena_free(s->arena);
}

/* ---- what is simulated ---- */

static void add_queue(const struct config *c, const struct resource *r, struct simulated *ret)
{
    const struct queue *q = r->spec;
    struct strlist names;
    config_select(c, &q->instances, r->owner, ret->arena, &names);
    for (size_t i = 0; i < names.n; i++) {
        const struct instance *spec = config_find(c, KIND_INSTANCE, names.at[i])->spec;
        bool is_suspended = config_settings(c)->suspend || spec->suspend || q->suspend ||
                            (q->schedule.spec && q->schedule.spec->suspend);
        vec_push(&ret->queues, (struct simulated_queue){.queue = r->name,
                                                        .instance = names.at[i],
                                                        .is_suspended = is_suspended,
                                                        .gate = ""});
    }
}

static void add_all(const struct config *c, struct simulated *ret)
{
    for (size_t i = 0; i < config_n(c); i++) {
        const struct resource *r = config_at(c, i);
        if (r->kind == KIND_QUEUE)
            add_queue(c, r, ret);
        if (r->kind != KIND_INSTANCE)
            continue;
        const struct instance *spec = r->spec;
        vec_push(&ret->instances,
                 (struct simulated_instance){.name = r->name,
                                             .cap_hour = spec->limits.searches_per_hour,
                                             .cap_day = spec->limits.searches_per_day});
    }
}

static struct simulated_queue *queue_of(struct simulated *s, const char *queue,
                                        const char *instance)
{
    for (size_t i = 0; i < s->queues.n; i++)
        if (str_eq(s->queues.at[i].queue, queue) && str_eq(s->queues.at[i].instance, instance))
            return &s->queues.at[i];
    return NULL;
}

/* ---- letting time pass ---- */

static void on_event(void *ctx, enum event event, const json_t *fields)
{
    struct world *w = ctx;
    if (w->scheduler)
        scheduler_heard(w->scheduler, event, fields);
}

static bool run(const struct simulate_setup *setup, struct err *e)
{
    CLEANUP(world_done) struct world w = {0};
    w.transport = simulation_new(&(struct simulation_setup){.loop = setup->loop,
                                                            .store = setup->store,
                                                            .config = setup->config,
                                                            .seed = setup->seed,
                                                            .finds = setup->finds});
    w.engine = engine_new(&(struct engine_setup){.loop = setup->loop,
                                                 .store = setup->store,
                                                 .transport = w.transport,
                                                 .config = setup->config,
                                                 .seed = setup->seed,
                                                 .is_simulated = true,
                                                 .on_event = on_event,
                                                 .ctx = &w});
    w.scheduler = scheduler_new(w.engine, setup->loop, setup->store);
    return scheduler_adopt(w.scheduler, setup->config, e) &&
           loop_run_until(setup->loop, loop_utc(setup->loop) + DAYS(setup->days), e);
}

/* ---- counting runs ---- */

struct counting {
    struct simulated *result;
    struct simulated_instance *instance; /* whose attempts are counted */
    VEC(utc_t) at;                       /* of those, newest first */
};

static void counting_done(struct counting *x)
{
    vec_done(&x->at);
}

static void count_run(void *ctx, const struct run *r)
{
    struct counting *x = ctx;
    struct simulated_queue *q = queue_of(x->result, r->queue, r->instance);
    if (!q || r->started < x->result->from)
        return;
    bool is_gated = r->gate[0] && !r->searched;
    q->runs += str_eq(r->status, "completed") && !is_gated;
    q->gated += is_gated;
    if (is_gated && !*q->gate)
        q->gate = arena_strdup(x->result->arena, r->gate);
}

/* ---- those that never began ---- */

static bool find_next(const struct simulate_setup *setup, struct zones *zones,
                      struct simulated_queue *q, struct err *e)
{
    struct due due;
    const struct due_question question = {.store = setup->store,
                                          .config = setup->config,
                                          .zones = zones,
                                          .queue = config_find(setup->config, KIND_QUEUE, q->queue),
                                          .instance = q->instance,
                                          .now = loop_utc(setup->loop)};
    if (!due_next(&question, &due, e))
        return false;
    q->next = due.next.at;
    q->hours = due.opening;
    return true;
}

static bool find_nexts(const struct simulate_setup *setup, struct simulated *ret, struct err *e)
{
    CLEANUP(zones_freep) struct zones *zones = zones_new();
    for (size_t i = 0; i < ret->queues.n; i++) {
        struct simulated_queue *q = &ret->queues.at[i];
        if (!q->runs && !q->gated && !find_next(setup, zones, q, e))
            return false;
    }
    return true;
}

/* ---- counting searches ---- */

static void count_attempt(void *ctx, const struct attempt *a)
{
    struct counting *x = ctx;
    struct simulated_instance *i = x->instance;
    struct simulated_queue *q = queue_of(x->result, a->queue, a->instance);
    bool is_find = a->verdict == VERDICT_GRABBED;
    i->searches++;
    i->found += is_find;
    i->queries += a->cost;
    if (q) {
        q->searches++;
        q->found += is_find;
    }
    vec_push(&x->at, a->intended);
    size_t day = (size_t)((a->intended - x->result->from) / DAYS(1));
    if (day < i->by_day.n)
        i->by_day.at[day]++;
}

/* The most of them in any window of that length; newest first. */
static int64_t most_within(const struct counting *x, ms_t window)
{
    size_t most = 0;
    for (size_t newest = 0, oldest = 0; oldest < x->at.n; oldest++) {
        while (x->at.at[newest] - x->at.at[oldest] >= window)
            newest++;
        most = MAX(most, oldest - newest + 1);
    }
    return (int64_t)most;
}

static bool count_searches(const struct simulate_setup *setup, struct simulated_instance *i,
                           struct simulated *ret, struct err *e)
{
    CLEANUP(counting_done) struct counting x = {.result = ret, .instance = i};
    const struct attempt_filter filter = {
        .instance = i->name, .since = ret->from, .limit = SIZE_MAX};
    for (int64_t day = 0; day < setup->days; day++)
        vec_push(&i->by_day, 0);
    if (!attempts_each(setup->store, &filter, count_attempt, &x, e))
        return false;
    i->most_hour = most_within(&x, HOURS(1));
    i->most_day = most_within(&x, HOURS(24));
    return true;
}

/* ---- what could be reached, and what was ---- */

struct looking {
    struct simulated *result;
    struct simulated_queue *queue;
    struct query query; /* as of the beginning */
};

static bool is_eligible(const struct looking *x, const struct item *it, const struct item_memory *m)
{
    return query_considers(&x->query, it) &&
           query_judge(&x->query, it, m).reason == REASON_selected;
}

static void count_eligible(void *ctx, const struct item *it, const struct item_memory *m)
{
    struct looking *x = ctx;
    x->queue->eligible += is_eligible(x, it, m);
}

/* Of what was not searched, the memory is still that of the beginning. */
static void count_never(void *ctx, const struct item *it, const struct item_memory *m)
{
    struct looking *x = ctx;
    char address[ITEM_ADDRESS];
    if (m->searched >= x->result->from || !is_eligible(x, it, m))
        return;
    x->queue->never++;
    if (x->queue->named.n < SIMULATE_NAMED_MAX)
        vec_push(&x->queue->named,
                 arena_strdup(x->result->arena, item_address(it, x->queue->instance, address)));
}

typedef void visit(void *ctx, const struct item *it, const struct item_memory *m);

static bool visit_items(struct store *s, struct looking *x, visit *each, struct err *e)
{
    enum { SLICE_ROWS = 5000 };
    struct candidate_cursor cursor = {0};
    bool is_more = true;
    while (is_more)
        if (!candidates_slice(s, x->queue->instance, true, true, SLICE_ROWS, &cursor, each, x,
                              &is_more, e))
            return false;
    return true;
}

static bool visit_queue(const struct simulate_setup *setup, struct simulated_queue *q,
                        struct simulated *ret, visit *each, struct err *e)
{
    CLEANUP(exclusions_freep) struct exclusions *exclusions = NULL;
    const struct resource *r = config_find(setup->config, KIND_QUEUE, q->queue);
    if (!excluded_on(setup->store, setup->config, q->instance, ret->from, &exclusions, e))
        return false;
    struct looking x = {.result = ret,
                        .queue = q,
                        .query = {.queue = r->spec,
                                  .owner = r->owner,
                                  .exclusions = exclusions,
                                  .now = ret->from,
                                  .limit = 1}};
    return visit_items(setup->store, &x, each, e);
}

static bool visit_all(const struct simulate_setup *setup, struct simulated *ret, visit *each,
                      struct err *e)
{
    for (size_t i = 0; i < ret->queues.n; i++)
        if (!ret->queues.at[i].is_suspended &&
            !visit_queue(setup, &ret->queues.at[i], ret, each, e))
            return false;
    return true;
}

/* ---- together ---- */

static bool find_unread(const struct simulate_setup *setup, struct simulated *ret, struct err *e)
{
    for (size_t i = 0; i < ret->queues.n; i++) {
        utc_t synced = 0;
        if (!library_synced(setup->store, ret->queues.at[i].instance, &synced, e))
            return false;
        ret->queues.at[i].is_unread = !synced;
    }
    return true;
}

static bool count_all(const struct simulate_setup *setup, struct simulated *ret, struct err *e)
{
    struct counting runs = {.result = ret};
    if (!runs_each(setup->store, NULL, NULL, SIZE_MAX, count_run, &runs, e))
        return false;
    for (size_t i = 0; i < ret->instances.n; i++)
        if (!count_searches(setup, &ret->instances.at[i], ret, e))
            return false;
    return find_nexts(setup, ret, e) && visit_all(setup, ret, count_never, e);
}

bool simulate(const struct simulate_setup *setup, struct simulated *ret, struct err *e)
{
    utc_t from = loop_utc(setup->loop);
    *ret =
        (struct simulated){.arena = arena_new(), .from = from, .until = from + DAYS(setup->days)};
    add_all(setup->config, ret);
    if (passing_forgotten(setup->store, e) && movies_will_be_available(setup->store, from, e) &&
        find_unread(setup, ret, e) && visit_all(setup, ret, count_eligible, e) && run(setup, e) &&
        count_all(setup, ret, e)) {
        ret->is_interrupted = loop_signal(setup->loop) != 0;
        return true;
    }
    simulated_done(ret);
    return false;
}

bool simulated_reached_all(const struct simulated *s)
{
    for (size_t i = 0; i < s->queues.n; i++) {
        const struct simulated_queue *q = &s->queues.at[i];
        if (!q->is_suspended && (q->is_unread || q->never > 0 || q->runs == 0))
            return false;
    }
    return s->queues.n > 0;
}
