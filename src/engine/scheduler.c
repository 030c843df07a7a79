/* engine/scheduler.c — one row per queue and instance, one timer. */
#include "engine/scheduler.h"

#include <string.h>

#include "base/jx.h"
#include "base/log.h"
#include "base/str.h"
#include "base/vec.h"
#include "store/pauses.h"
#include "store/searches.h"

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
    ms_t every;
    utc_t next, began;
    utc_t retry; /* heard during the run: sooner than `every` says; 0: no */
    bool is_running, has_failed, is_paused;
    utc_t paused_until;  /* 0: until resumed */
    uint64_t generation; /* of the newest configuration that declares it */
};

struct scheduler {
    struct engine *engine;
    struct loop *loop;
    struct store *store;
    VEC(struct turn *) turns;
    VEC(struct server *) servers;
    uint64_t generation; /* of the configuration adopted last */
    struct timer *timer;
};

static void arm(struct scheduler *s);

struct scheduler *scheduler_new(struct engine *engine, struct loop *loop, struct store *store)
{
    struct scheduler *s = NEW(struct scheduler);
    *s = (struct scheduler){.engine = engine, .loop = loop, .store = store, .generation = 1};
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

/* ---- runs ---- */

static void ended(void *ctx, const struct run_totals *totals UNUSED)
{
    struct turn *t = ctx;
    struct scheduler *s = t->scheduler;
    utc_t now = loop_utc(s->loop);
    t->is_running = t->server->is_busy = false;
    t->next = t->began + t->every;
    if (t->retry)
        t->next = MIN(t->next, t->retry);
    t->next = MAX(t->next, now + MINUTES(SOONEST_MINUTES));
    sweep(s);
    arm(s);
}

static void begin(struct turn *t)
{
    struct scheduler *s = t->scheduler;
    CLEANUP(freep) char *name = mem_printf("%s@%s", t->queue, t->server->name);
    const struct run_request request = {.queue = name};
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
    t->next = t->began + MINUTES(RETRY_MINUTES);
}

void scheduler_heard(struct scheduler *s, enum event event, const json_t *fields)
{
    if (event != EVENT_search_completed && event != EVENT_search_failed)
        return;
    struct turn *t = find(s, jx_str(fields, "queue"), jx_str(fields, "instance"));
    bool is_early = event == EVENT_search_failed || jx_str(fields, "gate");
    if (!t || !t->is_running || !is_early)
        return;
    utc_t until = jx_utc(fields, "until");
    t->has_failed = event == EVENT_search_failed;
    t->retry = until ? until : loop_utc(s->loop) + MINUTES(RETRY_MINUTES);
}

/* ---- time ---- */

/* Its next time, or the end of a pause; 0: when somebody resumes it. */
static utc_t planned(const struct turn *t)
{
    if (!t->is_paused)
        return t->next;
    return t->paused_until ? MAX(t->paused_until, t->next) : 0;
}

/* When it may begin; 0: not by itself, or not while its server is busy. */
static utc_t due(const struct turn *t)
{
    return t->is_running || t->server->is_busy || !is_declared(t) ? 0 : planned(t);
}

/* At most one of each server: the others are looked at when it has ended. */
static void fire(void *ctx)
{
    struct scheduler *s = ctx;
    s->timer = NULL;
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
    if (first)
        s->timer = loop_after(s->loop, MAX(first - loop_utc(s->loop), 0), fire, s);
}

/* ---- pauses ---- */

static bool covers(const struct pause *p, const struct turn *t)
{
    const char *at = p->address;
    if (str_starts(at, "instance/"))
        return str_eq(at + strlen("instance/"), t->server->name);
    if (!str_starts(at, "queue/"))
        return false;
    at += strlen("queue/");
    size_t n = strlen(t->queue);
    return strncmp(at, t->queue, n) == 0 &&
           (!at[n] || (at[n] == '@' && str_eq(at + n + 1, t->server->name)));
}

/* Of several the longest counts. */
static void take_pause(void *ctx, const struct pause *p)
{
    struct scheduler *s = ctx;
    for (size_t i = 0; i < s->turns.n; i++) {
        struct turn *t = s->turns.at[i];
        if (!covers(p, t))
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

struct last_run {
    utc_t began;
    bool was_gated;
};

static void note_last(void *ctx, const struct run *r)
{
    struct last_run *last = ctx;
    *last = (struct last_run){.began = r->started, .was_gated = str_eq(r->status, "gated")};
}

static bool first_time(struct turn *t, struct err *e)
{
    struct last_run last = {0};
    utc_t now = loop_utc(t->scheduler->loop);
    if (!runs_each(t->scheduler->store, t->queue, t->server->name, 1, note_last, &last, e))
        return false;
    bool is_new = !last.began || last.was_gated || last.began > now;
    t->next = is_new ? now : MAX(last.began + t->every, now);
    return true;
}

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

static bool add(struct scheduler *s, const struct resource *queue, const char *instance,
                struct err *e)
{
    const struct queue *q = queue->spec;
    ms_t every = q->schedule.spec->every;
    struct turn *t = find(s, queue->name, instance);
    if (!t) {
        t = NEW(struct turn);
        *t = (struct turn){
            .scheduler = s, .server = server_of(s, instance), .queue = mem_strdup(queue->name)};
        vec_push(&s->turns, t);
    }
    bool is_same = t->generation + 1 == s->generation && t->every == every;
    t->generation = s->generation;
    t->every = every;
    if (t->has_failed && !t->is_running)
        t->next = loop_utc(s->loop); /* perhaps this is what mends it */
    return is_same || t->is_running || first_time(t, e);
}

static bool may_run(const struct config *c, const struct queue *q, const char *instance)
{
    const struct instance *spec = config_find(c, KIND_INSTANCE, instance)->spec;
    return !q->suspend && !spec->suspend && q->schedule.spec->every > 0;
}

static bool add_queue(struct scheduler *s, const struct config *c, const struct resource *r,
                      struct err *e)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    const struct queue *q = r->spec;
    struct strlist names;
    config_select(c, &q->instances, r->owner, arena, &names);
    for (size_t i = 0; i < names.n; i++)
        if (may_run(c, q, names.at[i]) && !add(s, r, names.at[i], e))
            return false;
    return true;
}

static bool add_all(struct scheduler *s, const struct config *c, struct err *e)
{
    bool is_suspended = config_settings(c)->suspend;
    for (size_t i = 0; i < config_n(c) && !is_suspended; i++)
        if (config_at(c, i)->kind == KIND_QUEUE && !add_queue(s, c, config_at(c, i), e))
            return false;
    return true;
}

bool scheduler_adopt(struct scheduler *s, const struct config *config, struct err *e)
{
    s->generation++;
    if (!add_all(s, config, e))
        return false;
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
                             .is_running = t->is_running};
}
