/* cli/cmd_why.c — why an item, a season or a queue is or is not searched: of a queue its own gates
 * on each of its instances and what it last did. */
#include <inttypes.h>
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "cli/happening.h"
#include "cli/listing.h"
#include "cli/question.h"
#include "cli/why_gates.h"
#include "cli/why_item.h"
#include "cli/why_season.h"
#include "engine/season_at.h"
#include "store/searches.h"

enum { RUNS_SHOWN = 5 };

/* ---- a queue ---- */

static void print_run(void *ctx, const struct run *run)
{
    const struct cli *c = ctx;
    char at[UTC_TEXT];
    bool is_stopped = run->gate[0] && !run->considered;
    CLEANUP(jx_decrefp) json_t *reasons = json_loads(run->reasons, 0, NULL);
    cli_out(c, "  %s  @%s  %s", utc_format_local(run->started, at), run->instance,
            run->gate[0] ? run->gate : run->status);
    if (!is_stopped)
        cli_out(c, ": %d considered, %d searched, %d grabbed", run->considered, run->searched,
                run->grabbed);
    if (run->error[0])
        cli_out(c, "; %s", run->error);
    else if (!is_stopped)
        happening_reasons(c, reasons);
    cli_out(c, "\n");
}

static void add_run(void *ctx, const struct run *run)
{
    jx_push(ctx, run_json(run));
}

/* ---- its gates, on each of its instances ---- */

struct gates_of {
    const struct view *view;
    const struct resource *queue;
    const char *instance; /* only there, or NULL */
    json_t *items;        /* answers, for -o json */
};

static json_t *gate_lines_json(const char *instance, const struct queue_gate_line lines[], size_t n)
{
    json_t *o = json_object(), *a = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *line = json_object();
        jx_put(line, "gate", jx_string(reason_name(lines[i].gate.reason)));
        jx_put(line, "closed", json_boolean(lines[i].is_closed));
        jx_put(line, "until", jx_time(lines[i].gate.until));
        jx_put(line, "numbers", jx_string(lines[i].numbers));
        jx_push(a, line);
    }
    jx_put(o, "instance", jx_string(instance));
    jx_put(o, "gates", a);
    return o;
}

static void print_gate_lines(const struct cli *c, const char *queue, const char *instance,
                             const struct queue_gate_line lines[], size_t n)
{
    cli_out(c, "\nqueue/%s@%s\n", queue, instance);
    for (size_t i = 0; i < n; i++)
        cli_out(c, "  %s %-20s %s\n", lines[i].is_closed ? "x" : "-",
                reason_name(lines[i].gate.reason), lines[i].numbers);
}

static bool ask_gates(const struct gates_of *x, const char *instance, struct err *e)
{
    const struct view *v = x->view;
    CLEANUP(queue_why_done) struct queue_why why = {0};
    struct queue_gate_line lines[QUEUE_GATES_MAX];
    size_t n;
    if (!queue_why_open(&why, v, x->queue, instance, e) ||
        !queue_gates_explain(&why.question, lines, &n, e))
        return false;
    jx_push(x->items, gate_lines_json(instance, lines, n));
    if (!cli_is_json(v->cli))
        print_gate_lines(v->cli, x->queue->name, instance, lines, n);
    return true;
}

static bool ask_all_gates(const struct gates_of *x, struct err *e)
{
    const struct queue *q = x->queue->spec;
    struct strlist names;
    config_select(x->view->config, &q->instances, x->queue->owner, x->view->arena, &names);
    for (size_t i = 0; i < names.n; i++)
        if ((!x->instance || str_eq(x->instance, names.at[i])) && !ask_gates(x, names.at[i], e))
            return false;
    return true;
}

static int why_queue_json(const struct view *v, const struct gates_of *x,
                          const struct conditions *conditions)
{
    struct err e = {0};
    CLEANUP(jx_decrefp) json_t *runs = json_array();
    if (!runs_each(v->store, x->queue->name, x->instance, RUNS_SHOWN, add_run, runs, &e))
        return cli_fail(v->cli, &e);
    json_t *o = cli_object();
    jx_put(o, "queue", jx_string(x->queue->name));
    jx_put(o, "conditions", conditions_json(conditions));
    jx_put(o, "instances", json_incref(x->items));
    jx_put(o, "runs", json_incref(runs));
    cli_out_json(v->cli, o);
    return CLI_OK;
}

static int why_queue(const struct view *v, const struct resource *r, const char *instance)
{
    struct err e = {0};
    struct conditions conditions;
    CLEANUP(jx_decrefp) json_t *items = json_array();
    if (!view_conditions(v, r, &conditions, &e))
        return cli_fail(v->cli, &e);
    const struct gates_of x = {.view = v, .queue = r, .instance = instance, .items = items};
    if (!cli_is_json(v->cli))
        cli_out(v->cli, "queue/%s: %s\n", r->name, conditions_word(&conditions));
    if (!ask_all_gates(&x, &e))
        return cli_fail(v->cli, &e);
    if (cli_is_json(v->cli))
        return why_queue_json(v, &x, &conditions);
    cli_out(v->cli, "\nLast runs\n");
    if (!runs_each(v->store, r->name, instance, RUNS_SHOWN, print_run, (void *)(uintptr_t)v->cli,
                   &e))
        return cli_fail(v->cli, &e);
    return CLI_OK;
}

static int run(struct cli *c)
{
    CLEANUP(view_done) struct view v = {0};
    const struct resource *r;
    struct err e = {0};
    int status;
    if (!view_open(c, &v, &status))
        return status;
    if (question_is_item(c->args[0]))
        return why_item(&v, c->args[0]);
    if (is_season_address(c->args[0]))
        return why_season(&v, c->args[0]);
    if (str_starts(c->args[0], "series/"))
        return cli_failf(c, ERR_USAGE,
                         "a series is searched by its episodes and seasons; splintarr describe %s "
                         "lists them",
                         c->args[0]);
    if (!view_find(&v, c->args[0], &r, &e))
        return cli_fail(c, &e);
    if (r->kind != KIND_QUEUE)
        return cli_failf(
            c, ERR_USAGE,
            "why takes an item (episode/sonarr-main/4711), a season (season/sonarr-main/12/2) or a "
            "queue (queue/tv-missing); how %s/%s is:  splintarr describe %s/%s",
            kind_names[r->kind], r->name, kind_names[r->kind], r->name);
    const char *at = strchr(c->args[0], '@');
    return why_queue(&v, r, at ? at + 1 : NULL);
}

const struct command cmd_why = {
    .name = "why",
    .usage = "why ITEM | SEASON | queue/NAME[@INSTANCE]",
    .doc = "each gate of an item, a season or a queue in order with its numbers",
    .help =
        "ITEM is episode/INSTANCE/ID or movie/INSTANCE/ID, as run and get print them: every\n"
        "queue that could search it, and which of its gates is closed. SEASON is\n"
        "season/INSTANCE/SERIES/NUMBER, such as season/sonarr-main/12/2: what a pack of it takes\n"
        "and what it lacks, its own cooldown, its last searches as a whole, and whether its\n"
        "episodes wait for it. A queue tells of its gates on each instance and its last runs.",
    .examples = "  splintarr why episode/sonarr-main/4711\n"
                "  splintarr why season/sonarr-main/12/2\n"
                "  splintarr why queue/tv-missing@sonarr-main",
    .formats = "json",
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
