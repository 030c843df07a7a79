/* cli/cmd_why.c — why an item is or is not searched: every queue that could, each gate with its
 * numbers. */
#include <inttypes.h>
#include <stdio.h>

#include "base/jx.h"
#include "base/str.h"
#include "cli/listing.h"
#include "cli/question.h"
#include "engine/queue_gates.h"
#include "model/zones.h"
#include "store/health.h"
#include "store/searches.h"

enum { RUNS_SHOWN = 5 };

struct asking {
    const struct question *question;
    json_t *queues; /* answers, for -o json */
};

static json_t *gates_json(const struct gate_line lines[], size_t n)
{
    json_t *a = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *o = json_object();
        jx_put(o, "gate", jx_string(reason_name(lines[i].gate)));
        jx_put(o, "closed", json_boolean(lines[i].is_closed));
        jx_put(o, "numbers", jx_string(lines[i].numbers));
        jx_push(a, o);
    }
    return a;
}

static void print_answer(const struct cli *c, const struct why *why)
{
    char at[UTC_TEXT];
    if (why->reason == REASON_selected)
        cli_out(c, "  => may be searched by the next run, ranking permitting\n");
    else
        cli_out(c, "  => %s: %s%s%s%s%s\n", reason_name(why->reason), reason_sentence(why->reason),
                why->detail[0] ? " " : "", why->detail, why->until ? " Until " : "",
                why->until ? utc_format_local(why->until, at) : "");
}

/* What the queue makes of the season as a whole. */
static void tell_season(const struct question *x, const struct query *q, json_t *o)
{
    const struct cli *c = x->view->cli;
    struct season s;
    char label[ITEM_TITLE], at[UTC_TEXT];
    if (!question_season(x, q, &s))
        return;
    const char *obstacle = season_obstacle(&s);
    struct why why = query_judge(q, &s.item, &s.memory);
    json_t *pack = json_object();
    jx_put(pack, "title", jx_string(item_label(&s.item, label)));
    jx_put(pack, "missing", json_integer(s.item.size.missing));
    jx_put(pack, "obstacle", obstacle ? jx_string(obstacle) : json_null());
    jx_put(pack, "reason", obstacle ? json_null() : jx_string(reason_name(why.reason)));
    jx_put(pack, "until", jx_time(obstacle ? 0 : why.until));
    jx_put(o, "pack", pack);
    if (cli_is_json(c))
        return;
    cli_out(c, "  = %-20s %d of %d episodes missing: %s%s%s\n", "season pack", s.item.size.missing,
            s.item.size.episodes, obstacle ? obstacle : reason_name(why.reason),
            !obstacle && why.until ? " until " : "",
            !obstacle && why.until ? utc_format_local(why.until, at) : "");
}

static void answer(void *ctx, const struct resource *r, const struct query *q)
{
    const struct asking *a = ctx;
    const struct question *x = a->question;
    const struct cli *c = x->view->cli;
    struct gate_line lines[GATE_LINES_MAX];
    char order[32], rank[RANK_TEXT];
    size_t n = query_explain(q, &x->item, &x->memory, lines);
    struct why why = query_judge(q, &x->item, &x->memory);
    query_explain_rank(q, &x->item, &x->memory, rank);
    snprintf(order, sizeof order, "order %s", order_names[q->queue->order]);
    json_t *o = json_object();
    jx_put(o, "queue", jx_string(r->name));
    jx_put(o, "reason", jx_string(reason_name(why.reason)));
    jx_put(o, "until", jx_time(why.until));
    jx_put(o, "detail", jx_string(why.detail));
    jx_put(o, "gates", gates_json(lines, n));
    jx_put(o, "order", jx_string(order_names[q->queue->order]));
    jx_put(o, "rank", jx_string(rank));
    jx_push(a->queues, o);
    if (cli_is_json(c)) {
        tell_season(x, q, o);
        return;
    }
    cli_out(c, "\nqueue/%s@%s\n", r->name, x->instance);
    for (size_t i = 0; i < n; i++)
        cli_out(c, "  %s %-20s %s\n", lines[i].is_closed ? "x" : "-", reason_name(lines[i].gate),
                lines[i].numbers);
    cli_out(c, "  = %-20s %s\n", order, rank);
    tell_season(x, q, o);
    print_answer(c, &why);
}

static int why_item(const struct view *v, const char *address)
{
    struct question x;
    char label[ITEM_TITLE];
    int status;
    if (!question_open(&x, v, address, &status))
        return status;
    struct asking a = {.question = &x, .queues = json_array()};
    if (!cli_is_json(v->cli))
        cli_out(v->cli, "%s\n", item_label(&x.item, label));
    size_t n = question_each(&x, answer, &a);
    json_t *o = cli_object();
    jx_put(o, "title", jx_string(item_label(&x.item, label)));
    jx_put(o, "queues", a.queues);
    if (cli_is_json(v->cli)) {
        cli_out_json(v->cli, o);
        return CLI_OK;
    }
    json_decref(o);
    if (n == 0)
        cli_out(v->cli, "\nNo queue of instance/%s looks for it: %s.\n", x.instance,
                x.item.has_file ? "it has a file, and no queue seeks upgrades"
                                : "no queue seeks what is missing");
    return CLI_OK;
}

/* ---- a queue ---- */

static void print_run(void *ctx, const struct run *run)
{
    const struct cli *c = ctx;
    char at[UTC_TEXT];
    cli_out(c, "  %s  @%s  %s: %d considered, %d searched, %d grabbed; %s\n",
            utc_format_local(run->started, at), run->instance,
            run->gate[0] ? run->gate : run->status, run->considered, run->searched, run->grabbed,
            run->error[0] ? run->error : run->reasons);
}

static void add_run(void *ctx, const struct run *run)
{
    jx_push(ctx, run_json(run));
}

/* ---- its gates, on each of its instances ---- */

struct gates_of {
    const struct view *view;
    const struct resource *queue;
    struct timetable *hours;
    json_t *items; /* answers, for -o json */
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

static void note_open(void *ctx, const struct attempt *a UNUSED)
{
    ++*(int64_t *)ctx;
}

static bool ask_gates(const struct gates_of *x, const char *instance, struct err *e)
{
    const struct view *v = x->view;
    struct health health;
    struct queue_gate_line lines[QUEUE_GATES_MAX];
    size_t n;
    struct gate_question q = {
        .store = v->store,
        .config = v->config,
        .queue = x->queue,
        .instance = instance,
        .hours = x->hours,
        .health = &health,
        .cause = CAUSE_EVERY,
        .now = clock_utc(v->cli->clock),
    };
    if (!health_get(v->store, instance, &health, e) ||
        !attempts_open(v->store, instance, note_open, &q.n_open, e) ||
        !queue_gates_explain(&q, lines, &n, e))
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
        if (!ask_gates(x, names.at[i], e))
            return false;
    return true;
}

static int why_queue_json(const struct view *v, const struct gates_of *x,
                          const struct conditions *conditions)
{
    struct err e = {0};
    CLEANUP(jx_decrefp) json_t *runs = json_array();
    if (!runs_each(v->store, x->queue->name, NULL, RUNS_SHOWN, add_run, runs, &e))
        return cli_fail(v->cli, &e);
    json_t *o = cli_object();
    jx_put(o, "queue", jx_string(x->queue->name));
    jx_put(o, "conditions", conditions_json(conditions));
    jx_put(o, "instances", json_incref(x->items));
    jx_put(o, "runs", json_incref(runs));
    cli_out_json(v->cli, o);
    return CLI_OK;
}

static int why_queue(const struct view *v, const struct resource *r)
{
    struct err e = {0};
    struct conditions conditions;
    CLEANUP(zones_freep) struct zones *zones = zones_new();
    CLEANUP(timetable_freep) struct timetable *hours = NULL;
    CLEANUP(jx_decrefp) json_t *items = json_array();
    const struct queue *q = r->spec;
    if (!view_conditions(v, r, &conditions, &e) ||
        !timetable_new(q->schedule.spec, config_settings(v->config), zones, &hours, &e))
        return cli_fail(v->cli, &e);
    const struct gates_of x = {.view = v, .queue = r, .hours = hours, .items = items};
    if (!cli_is_json(v->cli))
        cli_out(v->cli, "queue/%s: %s\n", r->name, conditions_word(&conditions));
    if (!ask_all_gates(&x, &e))
        return cli_fail(v->cli, &e);
    if (cli_is_json(v->cli))
        return why_queue_json(v, &x, &conditions);
    cli_out(v->cli, "\nLast runs\n");
    if (!runs_each(v->store, r->name, NULL, RUNS_SHOWN, print_run, (void *)(uintptr_t)v->cli, &e))
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
    if (!view_find(&v, c->args[0], &r, &e))
        return cli_fail(c, &e);
    if (r->kind != KIND_QUEUE)
        return cli_failf(
            c, ERR_USAGE,
            "why takes an item (episode/sonarr-main/4711) or a queue (queue/tv-missing)");
    return why_queue(&v, r);
}

const struct command cmd_why = {
    .name = "why",
    .usage = "why ITEM | queue/NAME",
    .doc = "each gate of an item or a queue in order with its numbers, and what a queue last did",
    .formats = "json",
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
