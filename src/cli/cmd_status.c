/* cli/cmd_status.c — one screen: what is applied, how it is doing, what needs a human. */
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "base/jx.h"
#include "cli/origin.h"
#include "cli/standing.h"
#include "cli/view.h"
#include "plan/pin.h"
#include "store/library.h"
#include "store/pauses.h"
#include "store/searches.h"

enum { LOOK_EVERY_MS = 2000 };
static const char clear_screen[] = "\033[H\033[2J"; /* ECMA-48: home, erase the page */

/* ---- what was searched in the last 24 hours ---- */

struct recent {
    int64_t searched, grabbed, open;
};

static void count_attempt(void *ctx, const struct attempt *a)
{
    struct recent *x = ctx;
    x->searched++;
    x->grabbed += a->verdict == VERDICT_GRABBED;
    x->open += a->state != ATTEMPT_JUDGED;
}

static bool recent_searches(const struct view *v, struct recent *ret, struct err *e)
{
    struct attempt_filter filter = {.since = clock_utc(v->cli->clock) - HOURS(24),
                                    .limit = SIZE_MAX};
    *ret = (struct recent){0};
    return attempts_each(v->store, &filter, count_attempt, ret, e);
}

/* ---- resources that are not simply ready ---- */

struct report {
    char *root; /* what a daemon watches; NULL: none runs */
    struct source_standing source;
    size_t n_ready, n_suspended, n_waiting, n_stalled;
    json_t *stalled, *waiting; /* [{address, reason, message}] */
    json_t *pauses;            /* [{address, until, by, reason}] */
};

/* By itself, or until somebody acts: the worst thing to be said of it. */
static void add_resource(json_t *list, const struct resource *r, const struct condition *why)
{
    CLEANUP(freep) char *address = mem_printf("%s/%s", kind_names[r->kind], r->name);
    json_t *o = json_object();
    jx_put(o, "address", jx_string(address));
    jx_put(o, "reason", jx_string(why->reason));
    jx_put(o, "message", jx_string(why->message));
    jx_push(list, o);
}

static bool look_at(const struct view *v, const struct resource *r, struct report *x, struct err *e)
{
    struct conditions c;
    if (!view_conditions(v, r, &c, e))
        return false;
    bool is_unhealthy = c.at[COND_HEALTHY].is_given && c.at[COND_HEALTHY].status == COND_FALSE;
    if (conditions_need_human(&c)) {
        add_resource(x->stalled, r, &c.at[COND_STALLED]);
        x->n_stalled++;
    } else if (c.at[COND_SUSPENDED].status == COND_TRUE) {
        x->n_suspended++;
    } else if (is_unhealthy || c.at[COND_READY].status != COND_TRUE) {
        add_resource(x->waiting, r, &c.at[is_unhealthy ? COND_HEALTHY : COND_READY]);
        x->n_waiting++;
    } else {
        x->n_ready++;
    }
    return true;
}

static void add_pause(void *ctx, const struct pause *p)
{
    json_t *o = json_object();
    jx_put(o, "address", jx_string(p->address));
    jx_put(o, "until", jx_time(p->until));
    jx_put(o, "by", jx_string(p->actor));
    jx_put(o, "reason", jx_string(p->reason));
    jx_push(ctx, o);
}

static bool look_at_all(const struct view *v, struct report *x, struct err *e)
{
    for (size_t i = 0; i < config_n(v->config); i++)
        if (!look_at(v, config_at(v->config, i), x, e))
            return false;
    return pauses_each(v->store, clock_utc(v->cli->clock), add_pause, x->pauses, e);
}

/* ---- the screen ---- */

static void library_line(void *ctx, const struct library_summary *l)
{
    const struct cli *c = ctx;
    char at[UTC_TEXT];
    cli_out(c,
            "Library   %s: %" PRId64 " titles, %" PRId64 " missing, %" PRId64
            " below cutoff, synced %s\n",
            l->instance, l->titles, l->missing, l->cutoff_unmet,
            l->synced ? utc_format_local(l->synced, at) : "never");
}

static bool pin_line(const struct view *v, struct err *e)
{
    struct pin pin;
    char at[UTC_TEXT];
    if (!pin_get(v->store, &pin, e))
        return false;
    if (pin.revision > 0)
        cli_out(v->cli,
                "Pinned    to revision %" PRId64 " since %s by %s; ends when the tree changes, "
                "or:  splintarr apply\n",
                pin.revision, utc_format_local(pin.since, at), pin.actor);
    return true;
}

static void state_lines(const struct view *v)
{
    char at[UTC_TEXT];
    if (v->revision.rev == 0) {
        cli_out(v->cli, "State     nothing applied yet:  splintarr apply\n");
        return;
    }
    cli_out(v->cli, "State     revision %" PRId64 ", applied %s by %s\n", v->revision.rev,
            utc_format_local(v->revision.applied, at), v->revision.actor);
    origin_line(v->cli, "          from ", &v->revision);
}

static void print_resources(const struct cli *c, const char *heading, const json_t *list)
{
    size_t i;
    json_t *o;
    json_array_foreach((json_t *)(uintptr_t)list, i, o)
    {
        cli_out(c, "%s%s%s  %s  %s: %s\n", i ? "" : "\n", i ? "" : heading, i ? "" : "\n",
                jx_str(o, "address"), jx_str(o, "reason"), jx_str(o, "message"));
    }
}

static void print_pauses(const struct cli *c, const json_t *list)
{
    size_t i;
    json_t *o;
    char at[UTC_TEXT];
    json_array_foreach((json_t *)(uintptr_t)list, i, o)
    {
        utc_t until = jx_utc(o, "until");
        const char *reason = jx_str(o, "reason");
        cli_out(c, "%s  %s  until %s, by %s%s%s\n", i ? "" : "\nPaused\n", jx_str(o, "address"),
                until ? utc_format_local(until, at) : "resumed", jx_str(o, "by"),
                reason && *reason ? ": " : "", reason ? reason : "");
    }
}

static bool print_screen(const struct view *v, const struct report *x, const struct recent *recent,
                         struct err *e)
{
    const struct cli *c = v->cli;
    standing_line(c, x->root, &x->source);
    state_lines(v);
    if (!pin_line(v, e))
        return false;
    cli_out(c, "Resources %zu: %zu ready, %zu suspended, %zu waiting, %zu need a human\n",
            config_n(v->config), x->n_ready, x->n_suspended, x->n_waiting, x->n_stalled);
    if (!library_each(v->store, library_line, (void *)(uintptr_t)c, e))
        return false;
    cli_out(c,
            "Searches  %" PRId64 " in the last 24 hours, %" PRId64 " grabbed, %" PRId64
            " not judged yet\n",
            recent->searched, recent->grabbed, recent->open);
    print_resources(c, "Needs a human", x->stalled);
    print_resources(c, "Waits", x->waiting);
    print_pauses(c, x->pauses);
    return true;
}

static json_t *pin_json(const struct pin *pin)
{
    if (pin->revision == 0)
        return json_null();
    json_t *o = json_object();
    jx_put(o, "revision", json_integer(pin->revision));
    jx_put(o, "since", jx_time(pin->since));
    jx_put(o, "actor", jx_string(pin->actor));
    return o;
}

static bool print_json(const struct view *v, const struct report *x, const struct recent *recent,
                       struct err *e)
{
    struct pin pin;
    if (!pin_get(v->store, &pin, e))
        return false;
    json_t *o = cli_object(), *resources = json_object(), *searches = json_object();
    jx_put(resources, "total", json_integer((json_int_t)config_n(v->config)));
    jx_put(resources, "ready", json_integer((json_int_t)x->n_ready));
    jx_put(resources, "suspended", json_integer((json_int_t)x->n_suspended));
    jx_put(resources, "waiting", json_integer((json_int_t)x->n_waiting));
    jx_put(resources, "stalled", json_integer((json_int_t)x->n_stalled));
    jx_put(searches, "last_24h", json_integer(recent->searched));
    jx_put(searches, "grabbed", json_integer(recent->grabbed));
    jx_put(searches, "open", json_integer(recent->open));
    jx_put(o, "revision", json_integer(v->revision.rev));
    jx_put(o, "applied_at", jx_time(v->revision.applied));
    jx_put(o, "digest", jx_string(v->revision.digest));
    jx_put(o, "git", v->revision.rev > 0 ? origin_json(&v->revision) : json_null());
    jx_put(o, "source", standing_json(x->root, &x->source));
    jx_put(o, "pin", pin_json(&pin));
    jx_put(o, "resources", resources);
    jx_put(o, "searches", searches);
    jx_put(o, "stalled", json_incref(x->stalled));
    jx_put(o, "waiting", json_incref(x->waiting));
    jx_put(o, "pauses", json_incref(x->pauses));
    cli_out_json(v->cli, o);
    return true;
}

static void report_done(struct report *x)
{
    mem_free(x->root);
    json_decref(x->stalled);
    json_decref(x->waiting);
    json_decref(x->pauses);
}

/* One look; the exit code as --check sees it. */
static int look(const struct cli *c)
{
    CLEANUP(view_done) struct view v = {0};
    CLEANUP(report_done)
    struct report x = {.stalled = json_array(), .waiting = json_array(), .pauses = json_array()};
    struct recent recent;
    struct err e = {0};
    int status;
    if (!view_open(c, &v, &status))
        return status;
    if (!standing_now(c, v.store, &x.root, &x.source, &e) || !look_at_all(&v, &x, &e) ||
        !recent_searches(&v, &recent, &e))
        return cli_fail(c, &e);
    if (!(cli_is_json(c) ? print_json : print_screen)(&v, &x, &recent, &e))
        return cli_fail(c, &e);
    bool is_ready =
        v.revision.rev && !x.n_stalled && !x.n_waiting && !standing_needs_human(&x.source);
    return cli_has(c, "check") && !is_ready ? CLI_NEGATIVE : CLI_OK;
}

/* Until interrupted, or until there is nothing to look at any more. */
static int watch(const struct cli *c)
{
    while (true) {
        cli_out(c, "%s", clear_screen);
        int status = look(c);
        if (status != CLI_OK && status != CLI_NEGATIVE)
            return status;
        fflush(stdout);
        poll(NULL, 0, LOOK_EVERY_MS);
    }
}

static int run(struct cli *c)
{
    if (!cli_has(c, "watch"))
        return look(c);
    if (!isatty(STDOUT_FILENO) || cli_is_json(c))
        return cli_failf(c, ERR_USAGE,
                         "--watch is for a terminal; scripts follow: splintarr events");
    return watch(c);
}

static const struct flag flags[] = {
    {.name = "watch",
     .letter = 'w',
     .type = FLAG_BOOL,
     .doc = "again every two seconds, until interrupted"},
    {.name = "check",
     .type = FLAG_BOOL,
     .doc = "exit 1 unless something is applied, and ready or suspended"},
    {0},
};

const struct command cmd_status = {
    .name = "status",
    .usage = "status [-w] [--check]",
    .doc = "one screen: what is applied, how it is doing, what needs a human",
    .examples = "  splintarr status -w\n"
                "  splintarr status --check  for scripts: exit 1 when something needs a look",
    .formats = "json",
    .flags = flags,
    .run = run,
};
