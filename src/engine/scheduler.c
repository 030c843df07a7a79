/* engine/scheduler.c — one row per queue and instance, one timer. When each is due is engine/due's
 * to say; here they take turns. */
#include "engine/scheduler.h"

#include "base/jx.h"
#include "base/log.h"
#include "base/str.h"
#include "base/vec.h"
#include "engine/due.h"
#include "engine/pause.h"
#include "engine/wall.h"

/* A gate that cannot say when it opens, and a server that failed, are asked again after RETRY. */
enum { RETRY_MINUTES = 5, SOONEST_MINUTES = 1 };

/* One instance: its queues take turns, the one that waits longest first. */
struct server {
    char *name;
    bool is_busy;
    struct turn *first; /* while looking for whose turn it is */
};

struct turn {
    struct scheduler *scheduler;
    struct server *server;
    char *queue;
    struct due due;
    utc_t began;
    utc_t retry;  /* not before: a gate or a failure ended its last run; 0: none did */
    int64_t left; /* of its batch, when a gate ended its last run; 0: nothing */
    bool is_running, has_failed, is_paused;
    utc_t paused_until;  /* 0: until resumed */
    uint64_t generation; /* of the newest configuration that declares it */
};

struct scheduler {
    struct engine *engine;
    struct loop *loop;
    struct store *store;
    struct zones *zones;
    const struct config *config; /* adopted last */
    VEC(struct turn *) turns;
    VEC(struct server *) servers;
    uint64_t generation; /* of the configuration adopted last */
    struct timer *timer;
    struct wall wall;
};

static void arm(struct scheduler *s);

struct scheduler *scheduler_new(struct engine *engine, struct loop *loop, struct store *store)
{
    struct scheduler *s = NEW(struct scheduler);
    *s = (struct scheduler){
        .engine = engine, .loop = loop, .store = store, .zones = zones_new(), .generation = 1};
    s->wall.ahead = wall_ahead(loop);
    return s;
}

static void turn_free(struct turn *t)
{
    mem_free(t->queue);
    mem_free(t);
}

struct scheduler *scheduler_free(struct scheduler *s)
{
    if (!s)
        return NULL;
    timer_stop(s->timer);
    for (size_t i = 0; i < s->turns.n; i++)
        turn_free(s->turns.at[i]);
    vec_done(&s->turns);
    for (size_t i = 0; i < s->servers.n; i++) {
        mem_free(s->servers.at[i]->name);
        mem_free(s->servers.at[i]);
    }
    vec_done(&s->servers);
    zones_free(s->zones);
    mem_free(s);
    return NULL;
}

static struct turn *find(const struct scheduler *s, const char *queue, const char *instance)
{
    for (size_t i = 0; i < s->turns.n; i++) {
        struct turn *t = s->turns.at[i];
        if (str_eq(t->queue, queue) && str_eq(t->server->name, instance))
            return t;
    }
    return NULL;
}

static bool is_declared(const struct turn *t)
{
    return t->generation == t->scheduler->generation;
}

/* Those that are no longer declared and not running. */
static void sweep(struct scheduler *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->turns.n; i++) {
        struct turn *t = s->turns.at[i];
        if (is_declared(t) || t->is_running)
            s->turns.at[n++] = t;
        else
            turn_free(t);
    }
    s->turns.n = n;
}

/* ---- when ---- */

/* What cannot be found out now is asked again in a while. */
static void plan(struct turn *t)
{
    struct scheduler *s = t->scheduler;
    utc_t now = loop_utc(s->loop);
    struct err e = {0};
    const struct due_question q = {
        .store = s->store,
        .config = s->config,
        .zones = s->zones,
        .queue = config_find(s->config, KIND_QUEUE, t->queue),
        .instance = t->server->name,
        .now = now,
    };
    if (due_next(&q, &t->due, &e))
        return;
    log_error("internal_error", KV("queue", t->queue), KV("instance", t->server->name),
              KV("error", e.msg));
    t->due = (struct due){.next = {now + MINUTES(RETRY_MINUTES), CAUSE_EVERY}};
}

/* The libraries changed: what airs may have, too. */
static void plan_those_that_watch(struct scheduler *s, const char *instance)
{
    for (size_t i = 0; i < s->turns.n; i++) {
        struct turn *t = s->turns.at[i];
        if (is_declared(t) && str_eq(t->server->name, instance) && !t->is_running)
            plan(t);
    }
}

/* ---- runs ---- */

/* A burst whose items the server does not let through (they download) is asked again as often as it
 * would search, not as soon as it can. */
static utc_t soonest_after(const struct turn *t, const struct run_totals *totals)
{
    const struct scheduler *s = t->scheduler;
    utc_t soonest = loop_utc(s->loop) + MINUTES(SOONEST_MINUTES);
    const struct queue *q =
        is_declared(t) ? config_find(s->config, KIND_QUEUE, t->queue)->spec : NULL;
    bool is_in_vain = t->due.next.cause == CAUSE_BURST && !totals->n_searched && !t->retry;
    const struct burst *burst = is_in_vain && q ? q->schedule.spec->burst : NULL;
    return burst ? MAX(soonest, t->began + burst->every) : soonest;
}

static void ended(void *ctx, const struct run_totals *totals)
{
    struct turn *t = ctx;
    struct scheduler *s = t->scheduler;
    utc_t soonest = soonest_after(t, totals);
    t->is_running = t->server->is_busy = false;
    if (!t->retry)
        t->left = 0;
    t->retry = MAX(t->retry, soonest);
    if (is_declared(t))
        plan(t);
    sweep(s);
    arm(s);
}

static void begin(struct turn *t)
{
    struct scheduler *s = t->scheduler;
    CLEANUP(freep) char *name = mem_printf("%s@%s", t->queue, t->server->name);
    const struct run_request request = {
        .queue = name, .cause = t->due.next.cause, .limit = t->left};
    struct err e = {0};
    t->is_running = t->server->is_busy = true;
    t->began = loop_utc(s->loop);
    t->retry = 0;
    t->has_failed = false;
    if (engine_run(s->engine, &request, ended, t, &e))
        return;
    log_error("search_failed", KV("queue", t->queue), KV("instance", t->server->name),
              KV("error", e.msg));
    t->is_running = t->server->is_busy = false;
    t->has_failed = true;
    t->retry = t->began + MINUTES(RETRY_MINUTES);
}

static void note_early_end(struct turn *t, enum event event, const json_t *fields)
{
    utc_t until = jx_utc(fields, "until");
    t->has_failed = event == EVENT_search_failed;
    t->left = jx_int(fields, "left", t->left);
    t->retry = until ? until : loop_utc(t->scheduler->loop) + MINUTES(RETRY_MINUTES);
}

/* By health, which the engine knows, or by failures, which the state does. */
static void changed_hold(struct scheduler *s)
{
    struct err e = {0};
    if (!scheduler_look(s, &e))
        log_error("internal_error", KV("error", e.msg));
}

void scheduler_heard(struct scheduler *s, enum event event, const json_t *fields)
{
    const char *instance = jx_str(fields, "instance");
    if (event == EVENT_library_synced || event == EVENT_library_touched) {
        plan_those_that_watch(s, instance);
        arm(s);
    }
    if (event == EVENT_queue_paused || event == EVENT_queue_resumed)
        changed_hold(s);
    if (event != EVENT_search_completed && event != EVENT_search_failed)
        return;
    struct turn *t = find(s, jx_str(fields, "queue"), instance);
    bool is_early = event == EVENT_search_failed || jx_str(fields, "gate");
    if (t && t->is_running && is_early)
        note_early_end(t, event, fields);
}

/* ---- time ---- */

/* Until when a pause or the health of its instance holds it, at least; 0: until that ends. False:
 * neither does. */
static bool is_held(const struct turn *t, utc_t *ret_until)
{
    const struct health *h = engine_health(t->scheduler->engine, t->server->name);
    bool is_unwell = health_holds_runs(h->state);
    *ret_until = t->is_paused ? t->paused_until : h->resumes;
    if (t->is_paused && is_unwell)
        *ret_until = *ret_until && h->resumes ? MAX(*ret_until, h->resumes) : 0;
    return t->is_paused || is_unwell;
}

/* Its next time, or the end of what holds it; 0: not by itself, or when somebody resumes it. */
static utc_t planned(const struct turn *t)
{
    utc_t at = t->due.next.at ? MAX(t->due.next.at, t->retry) : 0, until;
    if (!at || !is_held(t, &until))
        return at;
    return until ? MAX(until, at) : 0;
}

/* When it may begin; 0: not by itself, or not while its server is busy. */
static utc_t due(const struct turn *t)
{
    return t->is_running || t->server->is_busy || !is_declared(t) ? 0 : planned(t);
}

/* The machine slept, or its clock was set: what was planned by the old time is planned anew. */
static void look_at_clock(struct scheduler *s)
{
    if (!wall_moved(&s->wall, s->loop))
        return;
    for (size_t i = 0; i < s->turns.n; i++) {
        struct turn *t = s->turns.at[i];
        if (t->is_running || !is_declared(t))
            continue;
        t->retry = 0;
        plan(t);
    }
}

/* At most one of each server: the others are looked at when it has ended. */
static void fire(void *ctx)
{
    struct scheduler *s = ctx;
    s->timer = NULL;
    look_at_clock(s);
    for (size_t i = 0; i < s->servers.n; i++)
        s->servers.at[i]->first = NULL;
    for (size_t i = 0; i < s->turns.n; i++) {
        struct turn *t = s->turns.at[i];
        struct server *server = t->server;
        utc_t at = due(t);
        if (at && at <= loop_utc(s->loop) && (!server->first || at < due(server->first)))
            server->first = t;
    }
    for (size_t i = 0; i < s->servers.n; i++)
        if (s->servers.at[i]->first)
            begin(s->servers.at[i]->first);
    arm(s);
}

static void arm(struct scheduler *s)
{
    utc_t first = 0;
    s->timer = timer_stop(s->timer);
    for (size_t i = 0; i < s->turns.n; i++) {
        utc_t at = due(s->turns.at[i]);
        if (at && (!first || at < first))
            first = at;
    }
    if (s->turns.n)
        s->timer = loop_after(s->loop, wall_wait(s->loop, first ? first : INT64_MAX), fire, s);
}

/* ---- pauses ---- */

/* Of several the longest counts. */
static void take_pause(void *ctx, const struct pause *p)
{
    struct scheduler *s = ctx;
    for (size_t i = 0; i < s->turns.n; i++) {
        struct turn *t = s->turns.at[i];
        if (!pause_covers(p->address, t->queue, t->server->name))
            continue;
        bool is_endless = !p->until || (t->is_paused && !t->paused_until);
        t->paused_until = is_endless ? 0 : MAX(t->paused_until, p->until);
        t->is_paused = true;
    }
}

bool scheduler_look(struct scheduler *s, struct err *e)
{
    for (size_t i = 0; i < s->turns.n; i++) {
        s->turns.at[i]->is_paused = false;
        s->turns.at[i]->paused_until = 0;
    }
    if (!pauses_each(s->store, loop_utc(s->loop), take_pause, s, e))
        return false;
    arm(s);
    return true;
}

/* ---- adopting ---- */

static struct server *server_of(struct scheduler *s, const char *name)
{
    for (size_t i = 0; i < s->servers.n; i++)
        if (str_eq(s->servers.at[i]->name, name))
            return s->servers.at[i];
    struct server *server = NEW(struct server);
    server->name = mem_strdup(name);
    vec_push(&s->servers, server);
    return server;
}

static void add(struct scheduler *s, const char *queue, const char *instance)
{
    struct turn *t = find(s, queue, instance);
    if (!t) {
        t = NEW(struct turn);
        *t = (struct turn){
            .scheduler = s, .server = server_of(s, instance), .queue = mem_strdup(queue)};
        vec_push(&s->turns, t);
    }
    t->generation = s->generation;
    if (t->has_failed && !t->is_running)
        t->retry = 0; /* perhaps this is what mends it */
    if (!t->is_running)
        plan(t);
}

static void add_queue(struct scheduler *s, const struct resource *r)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    const struct queue *q = r->spec;
    struct strlist names;
    config_select(s->config, &q->instances, r->owner, arena, &names);
    for (size_t i = 0; i < names.n; i++)
        add(s, r->name, names.at[i]);
}

bool scheduler_adopt(struct scheduler *s, const struct config *config, struct err *e)
{
    s->generation++;
    s->config = config;
    for (size_t i = 0; i < config_n(config); i++)
        if (config_at(config, i)->kind == KIND_QUEUE)
            add_queue(s, config_at(config, i));
    sweep(s);
    return scheduler_look(s, e);
}

/* ---- readers ---- */

size_t scheduler_n(const struct scheduler *s)
{
    return s->turns.n;
}

struct next_run scheduler_at(const struct scheduler *s, size_t i)
{
    const struct turn *t = s->turns.at[i];
    return (struct next_run){.queue = t->queue,
                             .instance = t->server->name,
                             .at = t->is_running ? t->began : planned(t),
                             .cause = t->due.next.cause,
                             .is_running = t->is_running};
}
