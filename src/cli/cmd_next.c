/* cli/cmd_next.c — when each queue runs next on each of its instances, and why then. */
#include <stdlib.h>

#include "base/jx.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/remote.h"
#include "cli/table.h"
#include "cli/view.h"
#include "engine/due.h"
#include "engine/named.h"
#include "engine/pause.h"
#include "model/value.h"
#include "store/health.h"

struct looking {
    const struct view *view;
    struct zones *zones;
    utc_t now;
    json_t *items;   /* {queue, instance, at, cause, reason} */
    json_t *running; /* what the daemon says: [{queue, instance, at, is_running}] */
};

/* ---- why then ---- */

static void say_cause(struct buf *b, const struct due *due, const struct schedule *s)
{
    char text[VALUE_TEXT], at[UTC_TEXT];
    switch (due->next.cause) {
    case CAUSE_EVERY: buf_printf(b, "every %s", value_print_dur(s->every, text)); break;
    case CAUSE_AIRING:
        buf_printf(b, "every %s: %s airs %s", value_print_dur(s->adaptive->airing, text),
                   due->because, utc_format_local(due->airing, at));
        break;
    case CAUSE_BURST:
        buf_printf(b, "every %s: %s has aired", value_print_dur(s->burst->every, text),
                   due->because);
        break;
    case CAUSE_AT:
    case CAUSE_ASKED:
    case CAUSE_N: buf_puts(b, cause_doc(due->next.cause)); break;
    }
}

static void say_past(struct buf *b, const struct due *due)
{
    char at[UTC_TEXT];
    if (due->last)
        buf_printf(b, "; ran last %s", utc_format_local(due->last, at));
    else
        buf_puts(b, "; has never run");
    if (due->opening != OPENING_OPEN)
        buf_printf(b, "; now %s",
                   due->opening == OPENING_IN_BLACKOUT ? "in a blackout" : "outside its windows");
}

static void say_why(struct buf *b, const struct due *due, const struct resource *queue)
{
    const struct queue *q = queue->spec;
    if (due->is_suspended)
        buf_puts(b, "suspended in the tree");
    else if (!due->next.at)
        buf_puts(b, "its hours leave it no time");
    else {
        say_cause(b, due, q->schedule.spec);
        say_past(b, due);
    }
}

/* ---- pauses ---- */

struct pausing {
    const char *queue, *instance;
    struct pause found; /* the one that ends last */
    bool is_found;
    struct arena *arena;
};

static void take_pause(void *ctx, const struct pause *p)
{
    struct pausing *x = ctx;
    bool is_longer = !x->is_found || (x->found.until && (!p->until || p->until > x->found.until));
    if (!pause_covers(p->address, x->queue, x->instance) || !is_longer)
        return;
    x->found = *p;
    x->found.actor = arena_strdup(x->arena, p->actor);
    x->found.reason = arena_strdup(x->arena, p->reason);
    x->is_found = true;
}

/* A pause puts it off, or takes it away. */
static bool apply_pause(const struct looking *l, const char *queue, const char *instance,
                        struct due *due, struct buf *why, struct err *e)
{
    struct pausing x = {.queue = queue, .instance = instance, .arena = l->view->arena};
    char at[UTC_TEXT];
    if (!pauses_each(l->view->store, l->now, take_pause, &x, e))
        return false;
    if (!x.is_found)
        return true;
    due->next.at = x.found.until && due->next.at ? MAX(due->next.at, x.found.until) : 0;
    buf_printf(why, "; paused %s%s by %s%s%s", x.found.until ? "until " : "until resumed",
               x.found.until ? utc_format_local(x.found.until, at) : "", x.found.actor,
               *x.found.reason ? ": " : "", x.found.reason);
    return true;
}

/* ---- health ---- */

static bool apply_health(const struct looking *l, const char *instance, struct due *due,
                         struct buf *why, struct err *e)
{
    struct health h;
    char at[UTC_TEXT];
    if (!health_get(l->view->store, instance, &h, e))
        return false;
    if (!health_holds_runs(h.state))
        return true;
    due->next.at = h.resumes && due->next.at ? MAX(due->next.at, h.resumes) : 0;
    buf_printf(why, "; %s is %s%s%s", instance, health_names[h.state],
               h.resumes ? ", resumes " : "", h.resumes ? utc_format_local(h.resumes, at) : "");
    return true;
}

/* ---- one queue on one instance ---- */

/* A daemon may be at it, or have put it off: a gate or a failure ended its last run. */
static void apply_daemon(const struct looking *l, const char *queue, const char *instance,
                         struct due *due, struct buf *why)
{
    size_t i;
    json_t *o;
    json_array_foreach(l->running, i, o)
    {
        utc_t at = jx_utc(o, "at");
        if (!str_eq(jx_str(o, "queue"), queue) || !str_eq(jx_str(o, "instance"), instance))
            continue;
        if (jx_bool(o, "is_running", false))
            buf_puts(why, "; running now");
        else if (at > MAX(due->next.at, l->now))
            buf_puts(why, "; its last run was stopped early");
        due->next.at = jx_bool(o, "is_running", false) || at > due->next.at ? at : due->next.at;
    }
}

static bool look(const struct looking *l, const struct resource *queue, const char *instance,
                 struct err *e)
{
    CLEANUP(buf_done) struct buf why;
    struct due due;
    const struct due_question question = {.store = l->view->store,
                                          .config = l->view->config,
                                          .zones = l->zones,
                                          .queue = queue,
                                          .instance = instance,
                                          .now = l->now};
    buf_init(&why, BUF_TEXT);
    if (!due_next(&question, &due, e))
        return false;
    say_why(&why, &due, queue);
    if (!apply_pause(l, queue->name, instance, &due, &why, e) ||
        !apply_health(l, instance, &due, &why, e))
        return false;
    apply_daemon(l, queue->name, instance, &due, &why);
    json_t *o = json_object();
    jx_put(o, "queue", jx_string(queue->name));
    jx_put(o, "instance", jx_string(instance));
    jx_put(o, "at", due.next.at ? jx_time(MAX(due.next.at, l->now)) : json_null());
    jx_put(o, "cause", due.next.at ? jx_string(cause_names[due.next.cause]) : json_null());
    jx_put(o, "reason", jx_string(why.at));
    jx_push(l->items, o);
    return true;
}

static bool look_at_queue(const struct looking *l, const struct resource *r, struct err *e)
{
    const struct queue *q = r->spec;
    struct strlist names;
    config_select(l->view->config, &q->instances, r->owner, l->view->arena, &names);
    for (size_t i = 0; i < names.n; i++)
        if (!look(l, r, names.at[i], e))
            return false;
    return true;
}

static bool look_at_all(const struct looking *l, const char *asked, struct err *e)
{
    bool is_found = !asked;
    for (size_t i = 0; i < config_n(l->view->config); i++) {
        const struct resource *r = config_at(l->view->config, i);
        if (r->kind != KIND_QUEUE || (asked && !str_eq(r->name, asked)))
            continue;
        is_found = true;
        if (!look_at_queue(l, r, e))
            return false;
    }
    return is_found || named_not(l->view->config, KIND_QUEUE, asked, e);
}

/* ---- the list ---- */

/* Soonest first; those without a next run at the end. */
static int by_time(const void *a, const void *b)
{
    utc_t x = jx_utc(*(json_t *const *)a, "at"), y = jx_utc(*(json_t *const *)b, "at");
    if (!x || !y)
        return !x - !y;
    return (x > y) - (x < y);
}

static void sort(json_t *items)
{
    size_t n = json_array_size(items);
    VEC(json_t *) all = {0};
    for (size_t i = 0; i < n; i++)
        vec_push(&all, json_incref(json_array_get(items, i)));
    if (all.n)
        qsort(all.at, n, sizeof *all.at, by_time);
    json_array_clear(items);
    for (size_t i = 0; i < n; i++)
        jx_push(items, all.at[i]);
    vec_done(&all);
}

static void print(const struct cli *c, const struct looking *l)
{
    static const char *const plain[] = {"NEXT", "QUEUE", "INSTANCE", NULL};
    static const char *const with_why[] = {"NEXT", "QUEUE", "INSTANCE", "WHY", NULL};
    CLEANUP(table_done) struct table t;
    size_t i;
    json_t *o;
    table_init(&t, cli_has(c, "why") ? with_why : plain);
    json_array_foreach(l->items, i, o)
    {
        char at[UTC_TEXT];
        utc_t next = jx_utc(o, "at");
        table_cell(&t, !next ? NULL : next <= l->now ? "now" : utc_format_local(next, at));
        table_cell(&t, jx_str(o, "queue"));
        table_cell(&t, jx_str(o, "instance"));
        if (cli_has(c, "why"))
            table_cell(&t, jx_str(o, "reason"));
    }
    cli_out_table(c, &t);
}

/* ---- the command ---- */

static void looking_done(struct looking *l)
{
    zones_free(l->zones);
    json_decref(l->items);
    json_decref(l->running);
}

/* Nothing runs by itself without a daemon: that is said once, on the side. */
static bool ask_daemon(const struct cli *c, struct looking *l, struct err *e)
{
    CLEANUP(remote_closep) struct remote *daemon = NULL;
    CLEANUP(jx_decrefp) json_t *status = NULL;
    int exit = CLI_OK;
    if (cli_has(c, "at"))
        return true;
    if (!remote_open(c, &daemon, e))
        return false;
    if (!daemon)
        cli_note(c, "no daemon runs: nothing runs by itself (splintarr daemon)");
    else if (!remote_ask(daemon, "status", json_object(), NULL, NULL, &status, &exit, e))
        return false;
    l->running = json_incref(json_object_get(status, "next"));
    return true;
}

static int run(struct cli *c)
{
    CLEANUP(view_done) struct view v = {0};
    CLEANUP(looking_done) struct looking l = {.view = &v, .now = clock_utc(c->clock)};
    struct err e = {0};
    int exit;
    if (cli_flag(c, "at") && !utc_parse(cli_flag(c, "at"), &l.now))
        return cli_failf(c, ERR_USAGE, "--at takes a time such as 2026-11-23T21:00:00Z, not '%s'",
                         cli_flag(c, "at"));
    if (!view_open(c, &v, &exit))
        return exit;
    l.zones = zones_new();
    l.items = json_array();
    if (!ask_daemon(c, &l, &e) || !look_at_all(&l, c->n_args ? c->args[0] : NULL, &e))
        return cli_fail(c, &e);
    sort(l.items);
    if (!cli_is_json(c)) {
        print(c, &l);
        return CLI_OK;
    }
    json_t *o = cli_object();
    jx_put(o, "items", json_incref(l.items));
    cli_out_json(c, o);
    return CLI_OK;
}

static const struct flag flags[] = {
    {.name = "why", .type = FLAG_BOOL, .doc = "the reason beside each"},
    {.name = "at", .type = FLAG_VALUE, .value = "TIME", .doc = "as if it were then"},
    {0},
};

const struct command cmd_next = {
    .name = "next",
    .usage = "next [QUEUE] [--why]",
    .doc = "when each queue runs next, and why then",
    .help = "Goes by the applied schedules, past runs, pauses and what airs. Gates that only the\n"
            "server can tell (health, downloads, indexers) and caps may still hold a run back:\n"
            "splintarr events says so when it happens. What a run would search now and how many\n"
            "indexer queries that costs: splintarr run QUEUE --dry-run.",
    .examples =
        "  splintarr next --why\n"
        "  splintarr next tv-missing --at 2026-12-24T20:00:00Z  as if it were Christmas Eve",
    .formats = "json",
    .flags = flags,
    .max_args = 1,
    .run = run,
};
