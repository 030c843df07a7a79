/* engine/daemon_calls.c — what may be asked over the control socket. */
#include <stdio.h>

#include "base/jx.h"
#include "base/str.h"
#include "engine/daemon_parts.h"
#include "engine/ops.h"

/* ---- run ---- */

struct run_call {
    struct daemon *daemon;
    struct caller *caller; /* NULL: hung up; the run goes on */
};

static void forget_run(struct run_call *r)
{
    struct daemon *d = r->daemon;
    size_t n = 0;
    for (size_t i = 0; i < d->runs.n; i++)
        if (d->runs.at[i] != r)
            d->runs.at[n++] = d->runs.at[i];
    d->runs.n = n;
    mem_free(r);
}

static void run_gone(void *ctx)
{
    ((struct run_call *)ctx)->caller = NULL;
}

static void run_event(void *ctx, enum event event, const json_t *fields)
{
    struct run_call *r = ctx;
    if (!r->caller)
        return;
    json_t *line = json_object();
    jx_put(line, "event", jx_string(event_names[event]));
    jx_put(line, "at", jx_time(loop_utc(r->daemon->setup.loop)));
    jx_put(line, "fields", json_deep_copy(fields));
    caller_say(r->caller, line);
}

static void run_done(void *ctx, const struct run_totals *totals)
{
    struct run_call *r = ctx;
    if (r->caller)
        caller_end(r->caller, totals->n_failed ? err_exit(ERR_REMOTE) : 0, NULL);
    forget_run(r);
}

static void begin_run(struct daemon *d, struct caller *c, struct run_request *run)
{
    struct run_call *r = NEW(struct run_call);
    *r = (struct run_call){.daemon = d, .caller = c};
    struct err e = {0};
    vec_push(&d->runs, r);
    caller_on_gone(c, run_gone, r);
    run->on_event = run_event;
    run->event_ctx = r;
    if (engine_run(d->engine, run, run_done, r, &e))
        return;
    caller_fail(c, &e);
    forget_run(r);
}

static void call_run(struct daemon *d, struct caller *c, const json_t *request)
{
    struct run_request run = {
        .queue = jx_str(request, "queue"),
        .is_dry = jx_bool(request, "dry_run", false),
        .no_wait = jx_bool(request, "no_wait", false),
        .at = jx_utc(request, "as_of"),
    };
    begin_run(d, c, &run);
}

/* ---- refresh, probe ---- */

static void ask_instances(struct daemon *d, struct caller *c, const json_t *request, bool is_probe)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    VEC(const char *) names = {0};
    size_t i;
    json_t *name;
    json_array_foreach(json_object_get(request, "instances"), i, name) if (json_is_string(name))
        vec_push(&names, arena_strdup(arena, json_string_value(name)));
    const struct strlist list = {names.at, names.n};
    struct run_request run = {.refresh = &list, .is_probe = is_probe};
    begin_run(d, c, &run);
    vec_done(&names);
}

static void call_refresh(struct daemon *d, struct caller *c, const json_t *request)
{
    ask_instances(d, c, request, false);
}

static void call_probe(struct daemon *d, struct caller *c, const json_t *request)
{
    ask_instances(d, c, request, true);
}

/* ---- events -f ---- */

struct listening {
    struct daemon *daemon;
    struct caller *caller;
};

static void listener_gone(void *ctx)
{
    struct listening *l = ctx;
    struct daemon *d = l->daemon;
    size_t n = 0;
    for (size_t i = 0; i < d->listeners.n; i++)
        if (d->listeners.at[i] != l->caller)
            d->listeners.at[n++] = d->listeners.at[i];
    d->listeners.n = n;
    mem_free(l);
}

static void call_events(struct daemon *d, struct caller *c, const json_t *request UNUSED)
{
    struct listening *l = NEW(struct listening);
    *l = (struct listening){.daemon = d, .caller = c};
    caller_on_gone(c, listener_gone, l);
    vec_push(&d->listeners, c);
}

/* ---- status, reload ---- */

static json_t *next_runs(const struct daemon *d)
{
    json_t *a = json_array();
    for (size_t i = 0; i < scheduler_n(d->scheduler); i++) {
        struct next_run next = scheduler_at(d->scheduler, i);
        json_t *o = json_object();
        jx_put(o, "queue", jx_string(next.queue));
        jx_put(o, "instance", jx_string(next.instance));
        jx_put(o, "at", jx_time(next.at));
        jx_put(o, "is_running", json_boolean(next.is_running));
        jx_push(a, o);
    }
    return a;
}

static void call_status(struct daemon *d, struct caller *c, const json_t *request UNUSED)
{
    const struct source_standing s = reconcile_standing(d->reconcile);
    json_t *o = json_object();
    jx_put(o, "root", jx_string(d->setup.root));
    jx_put(o, "started", jx_time(d->started));
    jx_put(o, "revision", json_integer(d->revision));
    jx_put(o, "standing", jx_string(standing_names[s.standing]));
    jx_put(o, "message", jx_string(s.message));
    jx_put(o, "digest", jx_string(s.digest));
    jx_put(o, "since", jx_time(s.since));
    jx_put(o, "next", next_runs(d));
    caller_end(c, 0, o);
}

static void call_reload(struct daemon *d, struct caller *c, const json_t *request UNUSED)
{
    daemon_reload(d);
    caller_end(c, 0, NULL);
}

/* ---- operations on the state ---- */

static void call_op(struct daemon *d, struct caller *c, const struct op *op, const json_t *request)
{
    const struct op_context x = {.store = d->setup.store,
                                 .config = d->config,
                                 .secrets = d->setup.secrets,
                                 .actor = caller_actor(c),
                                 .now = loop_utc(d->setup.loop)};
    json_t *reply = NULL;
    struct err e = {0};
    if (!op->run(&x, request, &reply, &e)) {
        caller_fail(c, &e);
        return;
    }
    if (op->reschedules && !scheduler_look(d->scheduler, &e)) {
        json_decref(reply);
        caller_fail(c, &e);
        return;
    }
    if (op->adopts)
        daemon_adopt_now(d);
    if (op->rereads)
        reconcile_look(d->reconcile);
    if (op->tells != EVENT_N)
        daemon_tell_pause(d, op->tells, x.actor, request, reply);
    d->setup.on_change(d->setup.ctx);
    caller_end(c, 0, reply);
}

static const struct {
    const char *name;
    void (*call)(struct daemon *d, struct caller *c, const json_t *request);
} calls[] = {
    {"apply", daemon_apply}, {"run", call_run},       {"refresh", call_refresh},
    {"probe", call_probe},   {"events", call_events}, {"status", call_status},
    {"reload", call_reload},
};

void daemon_on_request(void *ctx, struct caller *c, const json_t *request)
{
    const char *name = jx_str(request, "op");
    const struct op *op = name ? op_find(name) : NULL;
    struct err e = {0};
    if (op) {
        call_op(ctx, c, op, request);
        return;
    }
    for (size_t i = 0; i < COUNT(calls); i++)
        if (str_eq(calls[i].name, name)) {
            calls[i].call(ctx, c, request);
            return;
        }
    err_set(&e, ERR_USAGE,
            "the daemon knows no operation '%.40s': is it older than this command? restart it",
            name ? name : "");
    caller_fail(c, &e);
}

void daemon_forget_calls(struct daemon *d)
{
    for (size_t i = 0; i < d->runs.n; i++)
        mem_free(d->runs.at[i]);
    vec_done(&d->runs);
}
