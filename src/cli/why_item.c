/* cli/why_item.c — why an item is or is not searched: every queue that could, each gate with its
 * numbers. */
#include "cli/why_item.h"

#include <stdio.h>

#include "base/jx.h"
#include "cli/question.h"
#include "cli/why_gates.h"

struct asking {
    const struct question *question;
    json_t *queues; /* answers, for -o json */
};

json_t *why_gates_json(const struct gate_line lines[], size_t n)
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

void why_gates_print(const struct cli *c, const struct gate_line lines[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        cli_out(c, "  %s %-20s %s\n", lines[i].is_closed ? "x" : "-", reason_name(lines[i].gate),
                lines[i].numbers);
}

void why_answer_print(const struct cli *c, const struct why *why, const char *how,
                      bool is_queue_closed)
{
    char at[UTC_TEXT];
    if (why->reason == REASON_selected)
        cli_out(c, "  => may be searched%s by the next run, %sranking permitting\n", how,
                is_queue_closed ? "once its queue may, " : "");
    else
        cli_out(c, "  => %s%s%s%s: %s%s%s\n", reason_name(why->reason), why->detail[0] ? " (" : "",
                why->detail, why->detail[0] ? ")" : "", reason_sentence(why->reason),
                why->until ? " Until " : "", why->until ? utc_format_local(why->until, at) : "");
}

/* What the queue makes of the season as a whole. */
static void tell_season(const struct question *x, const struct query *q, json_t *o)
{
    const struct cli *c = x->view->cli;
    struct season s;
    char label[ITEM_TITLE], at[UTC_TEXT];
    if (!q->queue->season_packs || !question_season(x, q, &s))
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
    jx_put(o, "gates", why_gates_json(lines, n));
    jx_put(o, "order", jx_string(order_names[q->queue->order]));
    jx_put(o, "rank", jx_string(rank));
    jx_push(a->queues, o);
    if (!cli_is_json(c)) {
        cli_out(c, "\nqueue/%s@%s\n", r->name, x->instance);
        why_gates_print(c, lines, n);
        cli_out(c, "  = %-20s %s\n", order, rank);
    }
    tell_season(x, q, o);
    bool is_queue_closed = queue_why_tell(x->view, r, x->instance, o);
    if (!cli_is_json(c))
        why_answer_print(c, &why, "", is_queue_closed);
}

int why_item(const struct view *v, const char *address)
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
