/* cli/running.c — work of the engine, by the daemon when there is one, else here under the lock. */
#include "cli/running.h"

#include <signal.h>

#include "base/jx.h"
#include "base/rng.h"
#include "cli/happening.h"
#include "cli/remote.h"
#include "engine/expired.h"
#include "engine/retention.h"
#include "http/client.h"
#include "plan/plan.h"

static void on_event(void *ctx, enum event event, const json_t *fields)
{
    happening_tell(ctx, event, fields);
}

static void on_done(void *ctx, const struct run_totals *totals)
{
    *(struct run_totals *)ctx = *totals;
}

struct parts {
    struct store *store;
    struct config *config;
    struct secrets *secrets;
    struct loop *loop;
    struct transport *transport;
    struct engine *engine;
};

static void parts_done(struct parts *p)
{
    engine_free(p->engine);
    http_client_free(p->transport);
    loop_free(p->loop);
    secrets_free(p->secrets);
    config_free(p->config);
    store_close(p->store);
}

static bool put_together(const struct cli *c, struct parts *p, struct err *e)
{
    uint64_t seed;
    p->secrets = cli_secrets(c, p->store, c->set.config);
    p->loop = loop_new(c->clock);
    if (!plan_applied_config(p->store, &p->config, e) || !rng_bytes(&seed, sizeof seed, e) ||
        !loop_catch_signals(p->loop, e) || !http_client_new(p->loop, "Splintarr", &p->transport, e))
        return false;
    p->engine = engine_new(&(struct engine_setup){
        .loop = p->loop,
        .store = p->store,
        .transport = p->transport,
        .secrets = p->secrets,
        .config = p->config,
        .seed = seed >> 1, /* kept in a signed column */
        .on_event = on_event,
        .ctx = (void *)(uintptr_t)c,
    });
    return true;
}

/* ---- by the daemon ---- */

static void on_line(void *ctx, const json_t *line)
{
    const char *name = jx_str(line, "event");
    int event = name ? name_find(event_names, EVENT_N, name) : -1;
    if (event >= 0)
        on_event(ctx, (enum event)event, json_object_get(line, "fields"));
}

static json_t *names_of(const struct strlist *list)
{
    json_t *a = json_array();
    for (size_t i = 0; i < list->n; i++)
        jx_push(a, jx_string(list->at[i]));
    return a;
}

static json_t *request_of(const struct run_request *r)
{
    json_t *request = json_object();
    if (r->refresh) {
        jx_put(request, "instances", names_of(r->refresh));
        return request;
    }
    jx_put(request, "queue", jx_string(r->queue));
    jx_put(request, "dry_run", json_boolean(r->is_dry));
    jx_put(request, "no_wait", json_boolean(r->no_wait));
    jx_put(request, "as_of", jx_time(r->at));
    return request;
}

static int run_there(const struct cli *c, struct remote *daemon, const struct run_request *r)
{
    CLEANUP(jx_decrefp) json_t *last = NULL;
    struct err e = {0};
    int status;
    return remote_ask(daemon,
                      r->is_probe  ? "probe"
                      : r->refresh ? "refresh"
                                   : "run",
                      request_of(r), on_line, (void *)(uintptr_t)c, &last, &status, &e)
               ? status
               : cli_fail(c, &e);
}

/* ---- here, under the lock ---- */

/* No reason to fail a run: the next one tries again. */
static void forget_old(const struct cli *c, const struct parts *p)
{
    size_t n;
    struct err e = {0};
    if (!retention_daily(p->store, config_settings(p->config), clock_utc(c->clock), &n, &e))
        cli_note(c, "old history could not be removed: %s", e.msg);
    else if (n > 0)
        cli_note(c, "%zu rows of history were older than settings.history.retain and are gone", n);
}

/* What ended since somebody looked last. */
static bool tell_expired(const struct cli *c, const struct parts *p, struct err *e)
{
    const struct expired_look ended = {.store = p->store,
                                       .config = p->config,
                                       .now = clock_utc(c->clock),
                                       .on_event = on_event,
                                       .ctx = (void *)(uintptr_t)c};
    utc_t next;
    return expired_tell(&ended, &next, e);
}

/* A cron that runs everything should hear when there is nothing. */
static void note_if_nothing(const struct cli *c, const struct parts *p, const struct run_request *r)
{
    if (r->refresh || r->queue)
        return;
    for (size_t i = 0; i < config_n(p->config); i++)
        if (config_at(p->config, i)->kind == KIND_QUEUE)
            return;
    cli_note(c, "no queue is applied: there is nothing to search");
}

static int run_here(struct cli *c, const struct run_request *request)
{
    CLEANUP(parts_done) struct parts p = {0};
    struct run_totals totals = {0};
    enum store_found found;
    struct err e = {0};
    if (!cli_store(c, STORE_WRITE, &p.store, &found, &e))
        return cli_fail(c, &e);
    if (found == STORE_ABSENT)
        return cli_no_state(c);
    if (!put_together(c, &p, &e))
        return cli_fail(c, &e);
    note_if_nothing(c, &p, request);
    if (!request->is_dry && !tell_expired(c, &p, &e))
        return cli_fail(c, &e);
    if (!engine_run(p.engine, request, on_done, &totals, &e) || !loop_run(p.loop, &e))
        return cli_fail(c, &e);
    if (loop_signal(p.loop)) {
        cli_note(c, "interrupted; what was sent is settled by the next run");
        return 128 + loop_signal(p.loop);
    }
    if (!request->is_dry && !request->refresh)
        forget_old(c, &p);
    return totals.n_failed ? CLI_FAILED : CLI_OK;
}

int run_now(struct cli *c, const struct run_request *request)
{
    CLEANUP(remote_closep) struct remote *daemon = NULL;
    struct err e = {0};
    if (!remote_open(c, &daemon, &e))
        return cli_fail(c, &e);
    return daemon ? run_there(c, daemon, request) : run_here(c, request);
}
