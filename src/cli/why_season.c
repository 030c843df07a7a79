/* cli/why_season.c — why a season is or is not searched as a whole: what each queue asks of a pack,
 * its gates, what its episodes do meanwhile, and what became of its last searches. */
#include "cli/why_season.h"

#include <stdio.h>

#include "base/jx.h"
#include "cli/question.h"
#include "cli/why_gates.h"
#include "cli/why_item.h"
#include "store/searches.h"

enum { SEARCHES_SHOWN = 5 };

struct asking {
    const struct question *question;
    json_t *queues, *searches;
};

/* One queue's answer. */
struct judged {
    const struct query *query;
    struct season season;
    const char *obstacle; /* NULL: it is searched as a whole, sooner or later */
    struct why why;       /* of its gates */
    struct season_line conditions[SEASON_LINES];
    struct gate_line gates[GATE_LINES_MAX];
    size_t n_conditions, n_gates;
    char rank[RANK_TEXT];
};

static struct judged judged_of(const struct question *x, const struct query *q)
{
    struct judged j = {.query = q};
    if (!question_season(x, q, &j.season))
        j.season = (struct season){.query = q, .item = x->item, .memory = x->memory};
    j.obstacle = season_obstacle(&j.season);
    j.why = query_judge(q, &j.season.item, &j.season.memory);
    j.n_conditions = season_explain(&j.season, j.conditions);
    j.n_gates = query_explain(q, &j.season.item, &j.season.memory, j.gates);
    query_explain_rank(q, &j.season.item, &j.season.memory, j.rank);
    return j;
}

static bool is_first(const struct judged *j)
{
    return !j->obstacle && season_goes_first(&j->season);
}

/* What its missing episodes do. */
static const char *episodes_do(const struct judged *j)
{
    if (j->obstacle)
        return "are searched one by one";
    if (!is_first(j))
        return "are searched one by one until then: the last pack search did not find them";
    return j->query->queue->season_packs->fallback == FALLBACK_EPISODES
               ? "wait for the pack, and follow one by one when it finds nothing"
               : "wait for the pack, and rest with it when it finds nothing";
}

/* ---- JSON ---- */

static json_t *conditions_json_of(const struct judged *j)
{
    json_t *a = json_array();
    for (size_t i = 0; i < j->n_conditions; i++) {
        const struct season_line *l = &j->conditions[i];
        json_t *o = json_object();
        jx_put(o, "condition", jx_string(l->condition));
        jx_put(o, "met", json_boolean(l->is_met));
        jx_put(o, "numbers", jx_string(l->numbers));
        jx_push(a, o);
    }
    return a;
}

static json_t *judged_json(const struct judged *j, const char *queue)
{
    const struct item *it = &j->season.item;
    json_t *o = json_object();
    jx_put(o, "queue", jx_string(queue));
    jx_put(o, "conditions", conditions_json_of(j));
    jx_put(o, "obstacle", j->obstacle ? jx_string(j->obstacle) : json_null());
    jx_put(o, "reason", j->obstacle ? json_null() : jx_string(reason_name(j->why.reason)));
    jx_put(o, "until", jx_time(j->obstacle ? 0 : j->why.until));
    jx_put(o, "detail", jx_string(j->obstacle ? "" : j->why.detail));
    jx_put(o, "gates", why_gates_json(j->gates, j->obstacle ? 0 : j->n_gates));
    jx_put(o, "rank", j->obstacle ? json_null() : jx_string(j->rank));
    jx_put(o, "indexer_queries", json_integer(item_search_cost(it)));
    jx_put(o, "episodes_wait", json_boolean(is_first(j)));
    return o;
}

static void add_search(void *ctx, const struct attempt *a)
{
    struct asking *x = ctx;
    bool is_judged = a->state == ATTEMPT_JUDGED;
    json_t *o = json_object();
    jx_put(o, "attempt", json_integer(a->id));
    jx_put(o, "at", jx_time(a->intended));
    jx_put(o, "queue", jx_string(a->queue));
    jx_put(o, "outcome",
           jx_string(is_judged ? verdict_names[a->verdict] : attempt_state_names[a->state]));
    jx_put(o, "partial", json_boolean(a->is_partial));
    jx_put(o, "grabs", json_integer(a->grabs));
    jx_put(o, "message", a->message[0] ? jx_string(a->message) : json_null());
    jx_push(x->searches, o);
}

static bool add_searches(struct asking *a, struct err *e)
{
    const struct question *x = a->question;
    char identity[ITEM_IDENTITY];
    const struct attempt_filter filter = {.instance = x->instance,
                                          .identity = item_identity(&x->item, identity),
                                          .limit = SEARCHES_SHOWN};
    return attempts_each(x->view->store, &filter, add_search, a, e);
}

static json_t *told(const struct asking *a)
{
    const struct question *x = a->question;
    const struct item_memory *m = &x->memory;
    char label[ITEM_TITLE], address[ITEM_ADDRESS];
    json_t *o = cli_object();
    jx_put(o, "address", jx_string(item_address(&x->item, x->instance, address)));
    jx_put(o, "title", jx_string(item_label(&x->item, label)));
    jx_put(o, "episodes", json_integer(x->item.size.episodes));
    jx_put(o, "missing", json_integer(x->item.size.missing));
    jx_put(o, "searches", json_integer(m->n_searches));
    jx_put(o, "nothing_in_a_row", json_integer(m->n_nothing));
    jx_put(o, "grabs_since_import", json_integer(m->n_grabs));
    jx_put(o, "queues", json_incref(a->queues));
    jx_put(o, "attempts", json_incref(a->searches));
    return o;
}

/* ---- in words ---- */

static void say_answer(const struct cli *c, const struct judged *j, bool is_queue_closed)
{
    if (j->obstacle)
        cli_out(c, "  => no pack: %s\n", j->obstacle);
    else
        why_answer_print(c, &j->why, " as a whole", is_queue_closed);
}

static void say_judged(const struct cli *c, const struct judged *j)
{
    for (size_t i = 0; i < j->n_conditions; i++)
        cli_out(c, "  %s %-20s %s\n", j->conditions[i].is_met ? "-" : "x",
                j->conditions[i].condition, j->conditions[i].numbers);
    if (!j->obstacle) {
        why_gates_print(c, j->gates, j->n_gates);
        cli_out(c, "  = order %-14s %s\n", order_names[j->query->queue->order], j->rank);
        cli_out(c, "  = %-20s %d\n", "indexer queries", item_search_cost(&j->season.item));
    }
    cli_out(c, "  = %-20s the missing ones %s\n", "episodes", episodes_do(j));
}

static void say_searches(const struct cli *c, const struct asking *a)
{
    const struct item_memory *m = &a->question->memory;
    char at[UTC_TEXT];
    size_t i;
    json_t *o;
    cli_out(c,
            "\nSearched as a whole: %d times that count, %d nothing in a row, %d grabs since the "
            "last import\n",
            m->n_searches, m->n_nothing, m->n_grabs);
    json_array_foreach(a->searches, i, o)
    {
        const char *message = jx_str(o, "message");
        cli_out(c, "  %s  %-11s queue/%s%s%s\n", utc_format_local(jx_utc(o, "at"), at),
                jx_str(o, "outcome"), jx_str(o, "queue"), message ? ": " : "",
                message ? message : "");
    }
}

static void answer(void *ctx, const struct resource *r, const struct query *q)
{
    struct asking *a = ctx;
    const struct cli *c = a->question->view->cli;
    const struct judged j = judged_of(a->question, q);
    json_t *o = judged_json(&j, r->name);
    jx_push(a->queues, o);
    if (!cli_is_json(c)) {
        cli_out(c, "\nqueue/%s@%s\n", r->name, a->question->instance);
        say_judged(c, &j);
    }
    bool is_queue_closed = queue_why_tell(a->question->view, r, a->question->instance, o);
    if (!cli_is_json(c))
        say_answer(c, &j, is_queue_closed);
}

int why_season(const struct view *v, const char *address)
{
    struct question x;
    struct err e = {0};
    char label[ITEM_TITLE];
    int status;
    if (!question_open_season(&x, v, address, &status))
        return status;
    CLEANUP(jx_decrefp) json_t *queues = json_array(), *searches = json_array();
    struct asking a = {.question = &x, .queues = queues, .searches = searches};
    bool is_text = !cli_is_json(v->cli);
    if (is_text)
        cli_out(v->cli, "%s\n", item_label(&x.item, label));
    size_t n = question_each(&x, answer, &a);
    if (!add_searches(&a, &e))
        return cli_fail(v->cli, &e);
    if (is_text && n == 0)
        cli_out(v->cli, "\nNo queue of instance/%s seeks what is missing.\n", x.instance);
    if (is_text)
        say_searches(v->cli, &a);
    else
        cli_out_json(v->cli, told(&a));
    return CLI_OK;
}
