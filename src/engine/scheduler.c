/* engine/scheduler.c — one row per queue and instance, one timer. */
#include "engine/scheduler.h"

#include "base/jx.h"
#include "base/log.h"
#include "base/str.h"
#include "base/vec.h"
#include "engine/pause.h"
#include "store/searches.h"

/* A gate that cannot say when it opens, and a server that failed, are asked again after RETRY. */
enum { RETRY_MINUTES = 5, SOONEST_MINUTES = 1 };

struct turn {
    struct scheduler *scheduler;
    char *queue, *instance;
    ms_t every;
    utc_t next, began;
    utc_t retry; /* heard during the run: sooner than `every` says; 0: no */
    bool is_running, has_failed;
    uint64_t generation; /* of the newest configuration that declares it */
};

struct scheduler {
    struct engine *engine;
    struct loop *loop;
    struct store *store;
    VEC(struct turn *) turns;
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
    mem_free(t->instance);
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
    mem_free(s);
    return NULL;
}

static struct turn *find(const struct scheduler *s, const char *queue, const char *instance)
{
    for (size_t i = 0; i < s->turns.n; i++) {
        struct turn *t = s->turns.at[i];
        if (str_eq(t->queue, queue) && str_eq(t->instance, instance))
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
    t->is_running = false;
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
    CLEANUP(freep) char *name = mem_printf("%s@%s", t->queue, t->instance);
    const struct run_request request = {.queue = name};
    struct err e = {0};
    t->is_running = true;
    t->began = loop_utc(s->loop);
    t->retry = 0;
    t->has_failed = false;
    if (engine_run(s->engine, &request, ended, t, &e))
        return;
    log_error("search_failed", KV("queue", t->queue), KV("instance", t->instance),
              KV("error", e.msg));
    t->is_running = false;
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

/* When it may begin: its next time, or the end of a pause; 0: when somebody resumes it. */
static utc_t due(const struct turn *t)
{
    bool is_paused;
    utc_t until;
    struct err e = {0};
    if (!is_queue_paused(t->scheduler->store, t->queue, t->instance, loop_utc(t->scheduler->loop),
                         &is_paused, &until, &e) ||
        !is_paused)
        return t->next;
    return until ? MAX(until, t->next) : 0;
}

static void fire(void *ctx)
{
    struct scheduler *s = ctx;
    s->timer = NULL;
    for (size_t i = 0; i < s->turns.n; i++) {
        struct turn *t = s->turns.at[i];
        utc_t at = t->is_running || !is_declared(t) ? 0 : due(t);
        if (at && at <= loop_utc(s->loop))
            begin(t);
    }
    arm(s);
}

static void arm(struct scheduler *s)
{
    utc_t first = 0;
    s->timer = timer_stop(s->timer);
    for (size_t i = 0; i < s->turns.n; i++) {
        const struct turn *t = s->turns.at[i];
        utc_t at = t->is_running || !is_declared(t) ? 0 : due(t);
        if (at && (!first || at < first))
            first = at;
    }
    if (first)
        s->timer = loop_after(s->loop, MAX(first - loop_utc(s->loop), 0), fire, s);
}

void scheduler_look(struct scheduler *s)
{
    arm(s);
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
    if (!runs_each(t->scheduler->store, t->queue, t->instance, 1, note_last, &last, e))
        return false;
    bool is_new = !last.began || last.was_gated || last.began > now;
    t->next = is_new ? now : MAX(last.began + t->every, now);
    return true;
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
            .scheduler = s, .queue = mem_strdup(queue->name), .instance = mem_strdup(instance)};
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
    arm(s);
    return true;
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
                             .instance = t->instance,
                             .at = t->is_running ? t->began : due(t),
                             .is_running = t->is_running};
}
