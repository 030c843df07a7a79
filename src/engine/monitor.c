/* engine/monitor.c — when which instance is to be asked. What comes of it is engine/vitals'. */
#include "engine/monitor.h"

#include "base/log.h"
#include "base/str.h"
#include "base/vec.h"
#include "engine/wall.h"

/* Runs that are due at the beginning ask first: the same need not be asked twice. */
enum { COUNTING_EVERY_S = HEALTH_COUNT_EVERY_S, FIRST_AFTER_S = 5 };

struct watched {
    struct monitor *monitor;
    char *name;
    bool is_asked;       /* a probe is under way, or waits for its turn */
    utc_t asked_before;  /* the newest answer, or failure, when that probe began */
    ms_t retry;          /* not before, by the steady clock: a probe could not even be sent */
    bool is_mended;      /* perhaps: nothing came of its key or address, and both may be new */
    uint64_t generation; /* of the newest configuration that declares it */
};

struct monitor {
    struct engine *engine;
    struct loop *loop;
    const struct config *config;
    ms_t began; /* by the steady clock */
    VEC(struct watched *) watched;
    uint64_t generation;
    struct timer *timer;
};

static void arm(struct monitor *m);

struct monitor *monitor_new(struct engine *engine, struct loop *loop)
{
    struct monitor *m = NEW(struct monitor);
    *m = (struct monitor){.engine = engine, .loop = loop, .began = loop_mono(loop)};
    return m;
}

static void watched_free(struct watched *w)
{
    mem_free(w->name);
    mem_free(w);
}

struct monitor *monitor_free(struct monitor *m)
{
    if (!m)
        return NULL;
    timer_stop(m->timer);
    for (size_t i = 0; i < m->watched.n; i++)
        watched_free(m->watched.at[i]);
    vec_done(&m->watched);
    mem_free(m);
    return NULL;
}

/* ---- when ---- */

static const struct instance *spec_of(const struct watched *w)
{
    const struct resource *r = config_find(w->monitor->config, KIND_INSTANCE, w->name);
    return r ? r->spec : NULL;
}

static ms_t interval(const struct health *h, const struct instance *spec)
{
    if (h->failures > 0 && h->state != HEALTH_DOWN)
        return MIN(spec->health.interval, SECONDS(COUNTING_EVERY_S));
    if (h->state == HEALTH_INDEXERS_DOWN)
        return MIN(spec->health.interval, MINUTES(HEALTH_RECHECK_MIN));
    return spec->health.interval;
}

/* When it is to be asked, or its recovery ends; 0: not by itself. */
static utc_t due(const struct watched *w)
{
    const struct monitor *m = w->monitor;
    const struct instance *spec = spec_of(w);
    bool is_declared = w->generation == m->generation && spec;
    if (!is_declared || w->is_asked || spec->suspend || config_settings(m->config)->suspend)
        return 0;
    const struct health *h = engine_health(m->engine, w->name);
    utc_t now = loop_utc(m->loop);
    utc_t at = h->asked && h->asked <= now ? h->asked + interval(h, spec) : now;
    if (h->state == HEALTH_RECOVERING && h->failures == 0)
        at = MIN(at, h->resumes);
    at = MAX(w->is_mended ? now : at, engine_rests(m->engine, w->name));
    return MAX(at, wall_at(m->loop, MAX(w->retry, m->began + SECONDS(FIRST_AFTER_S))));
}

/* ---- asking ---- */

static void rest(struct watched *w)
{
    w->retry = loop_mono(w->monitor->loop) + SECONDS(COUNTING_EVERY_S);
}

static void asked(void *ctx, const struct run_totals *totals UNUSED)
{
    struct watched *w = ctx;
    w->is_asked = false;
    bool was_reached = engine_health(w->monitor->engine, w->name)->asked != w->asked_before;
    if (!was_reached) /* without its key nothing is sent */
        rest(w);
    arm(w->monitor);
}

static void ask(struct watched *w)
{
    struct monitor *m = w->monitor;
    const char *name = w->name;
    const struct strlist names = {&name, 1};
    struct err e = {0};
    const struct run_request request = {.refresh = &names, .is_probe = true, .is_routine = true};
    w->is_asked = true;
    w->is_mended = false;
    w->asked_before = engine_health(m->engine, name)->asked;
    if (engine_run(m->engine, &request, asked, w, &e))
        return;
    log_error("internal_error", KV("instance", w->name), KV("error", e.msg));
    w->is_asked = false;
    rest(w);
}

static void look(struct watched *w)
{
    utc_t now = loop_utc(w->monitor->loop), at = due(w);
    if (!at || at > now)
        return;
    engine_look_at_health(w->monitor->engine, w->name);
    at = due(w);
    if (at && at <= now)
        ask(w);
}

static void fire(void *ctx)
{
    struct monitor *m = ctx;
    m->timer = NULL;
    for (size_t i = 0; i < m->watched.n; i++)
        look(m->watched.at[i]);
    arm(m);
}

static void arm(struct monitor *m)
{
    utc_t first = 0;
    m->timer = timer_stop(m->timer);
    for (size_t i = 0; i < m->watched.n; i++) {
        utc_t at = due(m->watched.at[i]);
        if (at && (!first || at < first))
            first = at;
    }
    if (first)
        m->timer = loop_after(m->loop, MAX(first - loop_utc(m->loop), 0), fire, m);
}

/* ---- what is watched ---- */

static struct watched *find(const struct monitor *m, const char *name)
{
    for (size_t i = 0; i < m->watched.n; i++)
        if (str_eq(m->watched.at[i]->name, name))
            return m->watched.at[i];
    return NULL;
}

static void add(struct monitor *m, const char *name)
{
    struct watched *w = find(m, name);
    if (!w) {
        w = NEW(struct watched);
        *w = (struct watched){.monitor = m, .name = mem_strdup(name)};
        vec_push(&m->watched, w);
    }
    w->generation = m->generation;
    w->retry = 0; /* perhaps it has its key now */
    enum health_state state = engine_health(m->engine, name)->state;
    w->is_mended = state == HEALTH_MISCONFIGURED || state == HEALTH_DOWN;
}

/* Those that are no longer declared, and not being asked. */
static void sweep(struct monitor *m)
{
    size_t n = 0;
    for (size_t i = 0; i < m->watched.n; i++) {
        struct watched *w = m->watched.at[i];
        if (w->generation == m->generation || w->is_asked)
            m->watched.at[n++] = w;
        else
            watched_free(w);
    }
    m->watched.n = n;
}

void monitor_adopt(struct monitor *m, const struct config *config)
{
    m->generation++;
    m->config = config;
    for (size_t i = 0; i < config_n(config); i++)
        if (config_at(config, i)->kind == KIND_INSTANCE)
            add(m, config_at(config, i)->name);
    sweep(m);
    arm(m);
}

void monitor_heard(struct monitor *m, enum event event)
{
    static const enum event changes[] = {EVENT_instance_down,     EVENT_instance_recovered,
                                         EVENT_instance_degraded, EVENT_instance_misconfigured,
                                         EVENT_instance_healthy,  EVENT_indexers_down,
                                         EVENT_indexers_recovered};
    for (size_t i = 0; i < COUNT(changes); i++)
        if (event == changes[i] && m->config)
            arm(m);
}
