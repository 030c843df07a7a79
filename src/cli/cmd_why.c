/* cli/cmd_why.c — why an item is or is not searched: every queue that could, each gate with its
 * numbers. */
#include <inttypes.h>
#include <stdio.h>

#include "base/jx.h"
#include "base/str.h"
#include "cli/question.h"
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
    if (cli_is_json(c))
        return;
    cli_out(c, "\nqueue/%s@%s\n", r->name, x->instance);
    for (size_t i = 0; i < n; i++)
        cli_out(c, "  %s %-20s %s\n", lines[i].is_closed ? "x" : "-", reason_name(lines[i].gate),
                lines[i].numbers);
    cli_out(c, "  = %-20s %s\n", order, rank);
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
    json_t *o = json_object(), *reasons = json_loads(run->reasons, 0, NULL);
    jx_put(o, "run", json_integer(run->id));
    jx_put(o, "instance", jx_string(run->instance));
    jx_put(o, "started", jx_time(run->started));
    jx_put(o, "status", jx_string(run->status));
    jx_put(o, "gate", run->gate[0] ? jx_string(run->gate) : json_null());
    jx_put(o, "considered", json_integer(run->considered));
    jx_put(o, "searched", json_integer(run->searched));
    jx_put(o, "grabbed", json_integer(run->grabbed));
    jx_put(o, "reasons", reasons ? reasons : json_object());
    jx_push(ctx, o);
}

static int why_queue_json(const struct view *v, const struct resource *r,
                          const struct conditions *conditions)
{
    struct err e = {0};
    json_t *o = cli_object(), *runs = json_array();
    jx_put(o, "queue", jx_string(r->name));
    jx_put(o, "conditions", conditions_json(conditions));
    jx_put(o, "runs", runs);
    bool ok = runs_each(v->store, r->name, NULL, RUNS_SHOWN, add_run, runs, &e);
    if (ok)
        cli_out_json(v->cli, o);
    else
        json_decref(o);
    return ok ? CLI_OK : cli_fail(v->cli, &e);
}

static int why_queue(const struct view *v, const struct resource *r)
{
    struct err e = {0};
    struct conditions conditions;
    if (!view_conditions(v, r, &conditions, &e))
        return cli_fail(v->cli, &e);
    if (cli_is_json(v->cli))
        return why_queue_json(v, r, &conditions);
    cli_out(v->cli, "queue/%s: %s\n\nLast runs\n", r->name, conditions_word(&conditions));
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
    .doc = "each gate of an item in order with its numbers, or what a queue last did",
    .formats = "json",
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
