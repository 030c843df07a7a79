/* cli/cmd_run.c — run queues once, now, and print each outcome as it is judged. */
#include <signal.h>

#include "base/jx.h"
#include "base/rng.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/remote.h"
#include "engine/engine.h"
#include "engine/retention.h"
#include "http/client.h"
#include "plan/plan.h"

/* ---- what happens, in words ---- */

static void print_start(const struct cli *c, const json_t *f)
{
    cli_out(c, "%s  %s: searching %lld\n", jx_str(f, "instance"), jx_str(f, "queue"),
            (long long)jx_int(f, "selected", 0));
}

static void print_selected(const struct cli *c, const json_t *f)
{
    cli_out(c, "%s  %3lld. %s  (%s)\n", jx_str(f, "instance"), (long long)jx_int(f, "rank", 0),
            jx_str(f, "title"), jx_str(f, "item"));
}

static void print_searched(const struct cli *c, const json_t *f)
{
    const char *message = jx_str(f, "message");
    cli_out(c, "%s  ", jx_str(f, "instance"));
    if (json_object_get(f, "total"))
        cli_out(c, "%lld/%lld  ", (long long)jx_int(f, "index", 0),
                (long long)jx_int(f, "total", 0));
    else
        cli_out(c, "from before  ");
    cli_out(c, "%-11s  %s%s%s\n", jx_str(f, "outcome"), jx_str(f, "title"), message ? ": " : "",
            message ? message : "");
}

/* "; not searched: 34 cooling_down, 2 excluded" */
static void print_reasons(const struct cli *c, const json_t *reasons)
{
    const char *reason;
    json_t *n;
    bool is_first = true;
    json_object_foreach((json_t *)(uintptr_t)reasons, reason, n)
    {
        cli_out(c, "%s%lld %s", is_first ? "; not searched: " : ", ",
                (long long)json_integer_value(n), reason);
        is_first = false;
    }
}

static void print_completed(const struct cli *c, const json_t *f)
{
    cli_out(c, "%s  %s: %lld considered, %lld searched, %lld grabbed", jx_str(f, "instance"),
            jx_str(f, "queue"), (long long)jx_int(f, "considered", 0),
            (long long)jx_int(f, "searched", 0), (long long)jx_int(f, "grabbed", 0));
    print_reasons(c, json_object_get(f, "reasons"));
    const char *gate = jx_str(f, "gate");
    utc_t until = jx_utc(f, "until");
    char at[UTC_TEXT];
    if (gate)
        cli_out(c, "; stopped by %s%s%s", gate, until ? " until " : "",
                until ? utc_format_local(until, at) : "");
    cli_out(c, "\n");
}

static void print_failed(const struct cli *c, const json_t *f)
{
    char at[UTC_TEXT];
    utc_t until = jx_utc(f, "until");
    cli_out(c, "%s  %s: failed: %s%s%s\n", jx_str(f, "instance"), jx_str(f, "queue"),
            jx_str(f, "error"), until ? "; not before " : "",
            until ? utc_format_local(until, at) : "");
}

static void print_expensive(const struct cli *c, const json_t *f)
{
    cli_out(c,
            "%s  %s: exclusion/%s: its pattern costs too much on some title and does not match "
            "there; write a simpler one (splintarr why ITEM tells)\n",
            jx_str(f, "instance"), jx_str(f, "queue"), jx_str(f, "exclusion"));
}

static void print_too_new(const struct cli *c, const json_t *f)
{
    cli_out(c, "%s  %s\n", jx_str(f, "instance"), jx_str(f, "message"));
}

static void print_synced(const struct cli *c, const json_t *f)
{
    bool is_sonarr = json_object_get(f, "series") != NULL;
    cli_out(c, "%s  library: %lld %s", jx_str(f, "instance"),
            (long long)jx_int(f, is_sonarr ? "series" : "movies", 0),
            is_sonarr ? "series" : "movies");
    if (is_sonarr)
        cli_out(c, ", %lld episodes", (long long)jx_int(f, "episodes", 0));
    cli_out(c, " in %lld requests\n", (long long)jx_int(f, "requests", 0));
}

static void print_syncing(const struct cli *c, const json_t *f)
{
    cli_note(c, "%s: reading the library, %lld of %lld series", jx_str(f, "instance"),
             (long long)jx_int(f, "changed", 0), (long long)jx_int(f, "series", 0));
}

static const struct {
    enum event event;
    void (*print)(const struct cli *c, const json_t *fields);
} printers[] = {
    {EVENT_search_started, print_start},     {EVENT_item_selected, print_selected},
    {EVENT_item_searched, print_searched},   {EVENT_search_completed, print_completed},
    {EVENT_search_failed, print_failed},     {EVENT_library_synced, print_synced},
    {EVENT_library_syncing, print_syncing},  {EVENT_exclusion_too_expensive, print_expensive},
    {EVENT_instance_too_new, print_too_new},
};

static void print_text(const struct cli *c, enum event event, const json_t *fields)
{
    for (size_t i = 0; i < COUNT(printers); i++)
        if (printers[i].event == event)
            printers[i].print(c, fields);
}

static void print_json(const struct cli *c, enum event event, const json_t *fields)
{
    json_t *line = json_object();
    jx_put(line, "event", jx_string(event_names[event]));
    jx_put(line, "at", jx_time(clock_utc(c->clock)));
    json_object_update(line, (json_t *)(uintptr_t)fields);
    cli_out_json_line(c, line);
}

static void on_event(void *ctx, enum event event, const json_t *fields)
{
    const struct cli *c = ctx;
    if (cli_is_json(c))
        print_json(c, event, fields);
    else
        print_text(c, event, fields);
}

/* ---- running ---- */

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

static int run_there(const struct cli *c, struct remote *daemon, const struct run_request *r)
{
    CLEANUP(jx_decrefp) json_t *last = NULL;
    struct err e = {0};
    int status;
    json_t *request = json_object();
    jx_put(request, "queue", jx_string(r->queue));
    jx_put(request, "dry_run", json_boolean(r->is_dry));
    jx_put(request, "no_wait", json_boolean(r->no_wait));
    jx_put(request, "as_of", jx_time(r->at));
    return remote_ask(daemon, "run", request, on_line, (void *)(uintptr_t)c, &last, &status, &e)
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
    if (!engine_run(p.engine, request, on_done, &totals, &e) || !loop_run(p.loop, &e))
        return cli_fail(c, &e);
    if (loop_signal(p.loop)) {
        cli_note(c, "interrupted; what was sent is settled by the next run");
        return 128 + loop_signal(p.loop);
    }
    if (!request->is_dry)
        forget_old(c, &p);
    return totals.n_failed ? CLI_FAILED : CLI_OK;
}

static int run(struct cli *c)
{
    struct run_request request = {
        .queue = c->n_args ? c->args[0] : NULL,
        .is_dry = cli_has(c, "dry-run"),
        .no_wait = cli_has(c, "no-wait"),
    };
    const char *at = cli_flag(c, "at");
    if (!request.queue == !cli_has(c, "all"))
        return cli_failf(c, ERR_USAGE, "name one queue, or say --all: splintarr run tv-missing");
    if (at && !request.is_dry)
        return cli_failf(c, ERR_USAGE,
                         "--at goes with --dry-run: only a dry run can be at another time");
    if (at && !utc_parse(at, &request.at))
        return cli_failf(c, ERR_USAGE, "--at takes a time such as 2026-11-23T21:00:00Z, not '%s'",
                         at);
    CLEANUP(remote_closep) struct remote *daemon = NULL;
    struct err e = {0};
    if (!remote_open(c, &daemon, &e))
        return cli_fail(c, &e);
    return daemon ? run_there(c, daemon, &request) : run_here(c, &request);
}

static const struct flag flags[] = {
    {.name = "all", .type = FLAG_BOOL, .doc = "every queue on every instance"},
    {.name = "dry-run",
     .type = FLAG_BOOL,
     .doc = "say what would be searched and why not more; search nothing"},
    {.name = "no-wait",
     .type = FLAG_BOOL,
     .doc = "end an instance's turn once its first search is posted"},
    {.name = "at",
     .type = FLAG_VALUE,
     .value = "TIME",
     .doc = "with --dry-run: as if it were then"},
    {0},
};

const struct command cmd_run = {
    .name = "run",
    .usage = "run QUEUE[@INSTANCE] | --all [--dry-run]",
    .doc = "search once, now, and print each outcome as it is judged",
    .help = "Settles what an earlier run left open, brings the library up to date when it is older "
            "than\n"
            "library.sync, asks every gate, and searches up to `batch` items of the queue, one at "
            "a time.\n"
            "\n"
            "Exit 0: it ran, even if a gate stopped it or nothing was found. Exit 4: a queue "
            "failed or its\n"
            "instance was unreachable. -o json prints one event a line.",
    .formats = "json",
    .flags = flags,
    .max_args = 1,
    .run = run,
};
