/* engine/daemon.c — puts the parts together and tells what happens. */
#include "engine/daemon_parts.h"

#include <stdio.h>

#include "base/jx.h"
#include "base/log.h"
#include "store/resources.h"

/* ---- events: log, listeners, schedule ---- */

static const enum log_level levels[] = {
#define EVENT(name, level, when) [EVENT_##name] = LOG_##level,
#include "model/event.def"
#undef EVENT
};

enum { PAIRS_MAX = 24 };

static struct log_pair pair_of(const char *key, const json_t *value, char **ret_text)
{
    if (json_is_integer(value))
        return log_num(key, json_integer_value(value));
    if (json_is_boolean(value))
        return log_bool(key, json_is_true(value));
    if (json_is_real(value))
        return log_real(key, json_real_value(value));
    if (json_is_string(value))
        return log_str(key, json_string_value(value));
    *ret_text = jx_canonical(value);
    return log_str(key, *ret_text);
}

static void log_event(enum event event, const json_t *fields)
{
    struct log_pair pairs[PAIRS_MAX];
    char *texts[PAIRS_MAX] = {0};
    size_t n = 0;
    const char *key;
    const json_t *value;
    json_object_foreach((json_t *)(uintptr_t)fields, key, value)
    {
        if (n < PAIRS_MAX && !json_is_null(value)) {
            pairs[n] = pair_of(key, value, &texts[n]);
            n++;
        }
    }
    log_write(levels[event], event_names[event], n, pairs);
    for (size_t i = 0; i < n; i++)
        mem_free(texts[i]);
}

static json_t *envelope(struct daemon *d, enum event event, const json_t *fields)
{
    static const char *const names[] = {[LOG_DEBUG] = "debug",
                                        [LOG_INFO] = "info",
                                        [LOG_WARNING] = "warning",
                                        [LOG_ERROR] = "error"};
    char id[40];
    snprintf(id, sizeof id, "%llx-%llx", (unsigned long long)d->started,
             (unsigned long long)++d->n_events);
    json_t *o = json_object();
    jx_put(o, "id", jx_string(id));
    jx_put(o, "event", jx_string(event_names[event]));
    jx_put(o, "at", jx_time(loop_utc(d->setup.loop)));
    jx_put(o, "level", jx_string(names[levels[event]]));
    json_object_update(o, (json_t *)(uintptr_t)fields);
    return o;
}

void daemon_on_event(void *ctx, enum event event, const json_t *fields)
{
    struct daemon *d = ctx;
    log_event(event, fields);
    json_t *told = envelope(d, event, fields);
    for (size_t i = d->listeners.n; i-- > 0;) /* one that hangs up leaves the list */
        caller_say(d->listeners.at[i], json_incref(told));
    json_decref(told);
    if (d->scheduler)
        scheduler_heard(d->scheduler, event, fields);
    if (d->monitor)
        monitor_heard(d->monitor, event);
    if (d->librarian)
        librarian_heard(d->librarian, event);
    d->setup.on_change(d->setup.ctx);
}

/* ---- what runs ---- */

static void free_unused(struct daemon *d)
{
    size_t n = 0;
    for (size_t i = 0; i < d->retired.n; i++) {
        if (engine_uses(d->engine, d->retired.at[i]))
            d->retired.at[n++] = d->retired.at[i];
        else
            config_free(d->retired.at[i]);
    }
    d->retired.n = n;
}

static bool read_revision(struct daemon *d, struct err *e)
{
    CLEANUP(revision_done) struct revision latest = {0};
    if (!revision_latest(d->setup.store, &latest, e))
        return false;
    d->revision = latest.rev;
    return true;
}

/* Searches under way end with the configuration they began with. */
bool daemon_adopt(struct daemon *d, struct err *e)
{
    struct config *config = NULL;
    if (!read_revision(d, e) || !plan_applied_config(d->setup.store, &config, e))
        return false;
    if (d->config)
        vec_push(&d->retired, d->config);
    d->config = config;
    engine_adopt(d->engine, config);
    free_unused(d);
    reconcile_pace(d->reconcile, config);
    upkeep_adopt(d->upkeep, config);
    expiry_adopt(d->expiry, config);
    monitor_adopt(d->monitor, config);
    librarian_adopt(d->librarian, config);
    return scheduler_adopt(d->scheduler, config, e);
}

void daemon_adopt_now(void *ctx)
{
    struct daemon *d = ctx;
    struct err e = {0};
    if (!daemon_adopt(d, &e))
        log_error("adopt_failed", KV("error", e.msg),
                  KV("remedy", "the revision is applied; restart the daemon to run it"));
    d->setup.on_change(d->setup.ctx);
}

/* ---- its life ---- */

static void make_parts(struct daemon *d)
{
    const struct daemon_setup *s = &d->setup;
    d->engine = engine_new(&(struct engine_setup){
        .loop = s->loop,
        .store = s->store,
        .transport = s->transport,
        .secrets = s->secrets,
        .seed = s->seed,
        .on_event = daemon_on_event,
        .ctx = d,
    });
    d->hooks = hooks_new(d->engine, s->loop);
    d->scheduler = scheduler_new(d->engine, s->loop, s->store);
    d->monitor = monitor_new(d->engine, s->loop);
    d->librarian = librarian_new(d->engine, s->loop, s->store);
    d->upkeep = upkeep_new(s->loop, s->store);
    d->expiry = expiry_new(&(struct expiry_setup){
        .loop = s->loop,
        .store = s->store,
        .on_event = daemon_on_event,
        .ctx = d,
    });
    d->reconcile = reconcile_new(&(struct reconcile_setup){
        .loop = s->loop,
        .clock = s->clock,
        .worker = d->worker,
        .store = s->store,
        .secrets = s->secrets,
        .root = s->root,
        .on_event = daemon_on_event,
        .on_applied = daemon_adopt_now,
        .ctx = d,
    });
}

bool daemon_new(const struct daemon_setup *setup, struct daemon **ret, struct err *e)
{
    struct daemon *d = NEW(struct daemon);
    *d = (struct daemon){.setup = *setup, .started = loop_utc(setup->loop)};
    bool ok = worker_new(setup->loop, "jobs", &d->worker, e);
    if (ok)
        make_parts(d);
    ok = ok && control_new(setup->loop, setup->socket, daemon_on_request, d, &d->control, e) &&
         daemon_adopt(d, e);
    if (!ok) {
        daemon_free(d);
        return false;
    }
    reconcile_start(d->reconcile);
    *ret = d;
    return true;
}

struct daemon *daemon_free(struct daemon *d)
{
    if (!d)
        return NULL;
    control_free(d->control);
    if (d->reconcile)
        reconcile_stop(d->reconcile);
    worker_free(d->worker);
    daemon_forget_calls(d);
    upkeep_free(d->upkeep);
    expiry_free(d->expiry);
    engine_free(d->engine);
    hooks_free(d->hooks);
    daemon_forget_heard(d);
    scheduler_free(d->scheduler);
    monitor_free(d->monitor);
    librarian_free(d->librarian);
    reconcile_free(d->reconcile);
    config_free(d->config);
    for (size_t i = 0; i < d->retired.n; i++)
        config_free(d->retired.at[i]);
    vec_done(&d->retired);
    vec_done(&d->listeners);
    mem_free(d);
    return NULL;
}

void daemon_reload(struct daemon *d)
{
    reconcile_look(d->reconcile);
}

/* ---- readers ---- */

const struct config *daemon_config(const struct daemon *d)
{
    return d->config;
}

int64_t daemon_revision(const struct daemon *d)
{
    return d->revision;
}

const struct reconcile *daemon_reconcile(const struct daemon *d)
{
    return d->reconcile;
}

const struct scheduler *daemon_scheduler(const struct daemon *d)
{
    return d->scheduler;
}

struct engine *daemon_engine(const struct daemon *d)
{
    return d->engine;
}
