/* cli/simulate_report.c — instances, queues, and a line for everything that is not as it should be.
 */
#include "cli/simulate_report.h"

#include <inttypes.h>

#include "base/jx.h"
#include "cli/table.h"

/* Why a queue never began: a code as of a gate, and in words. */
static const char *const hours_codes[] = {[OPENING_OPEN] = NULL,
                                          [OPENING_OUTSIDE_WINDOW] = "outside_window",
                                          [OPENING_IN_BLACKOUT] = "in_blackout"};
static const char *const hours_words[] = {[OPENING_OPEN] = "",
                                          [OPENING_OUTSIDE_WINDOW] = "outside its windows; ",
                                          [OPENING_IN_BLACKOUT] = "in a blackout; "};

static json_t *queue_json(const struct simulated_queue *q)
{
    json_t *o = json_object(), *named = json_array();
    for (size_t i = 0; i < q->named.n; i++)
        jx_push(named, jx_string(q->named.at[i]));
    jx_put(o, "queue", jx_string(q->queue));
    jx_put(o, "instance", jx_string(q->instance));
    jx_put(o, "suspended", json_boolean(q->is_suspended));
    jx_put(o, "library_known", json_boolean(!q->is_unread));
    jx_put(o, "runs", json_integer(q->runs));
    jx_put(o, "gated", json_integer(q->gated));
    const char *gate = *q->gate ? q->gate : hours_codes[q->hours];
    jx_put(o, "gate", gate ? jx_string(gate) : json_null());
    jx_put(o, "next", jx_time(q->next));
    jx_put(o, "searches", json_integer(q->searches));
    jx_put(o, "found", json_integer(q->found));
    jx_put(o, "eligible", json_integer(q->eligible));
    jx_put(o, "never_searched", json_integer(q->never));
    jx_put(o, "for_example", named);
    return o;
}

static json_t *instance_json(const struct simulated_instance *i)
{
    json_t *o = json_object(), *days = json_array();
    for (size_t k = 0; k < i->by_day.n; k++)
        jx_push(days, json_integer(i->by_day.at[k]));
    jx_put(o, "instance", jx_string(i->name));
    jx_put(o, "searches", json_integer(i->searches));
    jx_put(o, "found", json_integer(i->found));
    jx_put(o, "indexer_queries", json_integer(i->queries));
    jx_put(o, "most_in_an_hour", json_integer(i->most_hour));
    jx_put(o, "searches_per_hour", json_integer(i->cap_hour));
    jx_put(o, "most_in_a_day", json_integer(i->most_day));
    jx_put(o, "searches_per_day", json_integer(i->cap_day));
    jx_put(o, "searches_by_day", days);
    return o;
}

static void print_json(const struct cli *c, const struct wish *w, const struct simulated *s)
{
    json_t *o = cli_object(), *queues = json_array(), *instances = json_array();
    for (size_t i = 0; i < s->instances.n; i++)
        jx_push(instances, instance_json(&s->instances.at[i]));
    for (size_t i = 0; i < s->queues.n; i++)
        jx_push(queues, queue_json(&s->queues.at[i]));
    jx_put(o, "from", jx_time(s->from));
    jx_put(o, "until", jx_time(s->until));
    jx_put(o, "days", json_integer(w->days));
    jx_put(o, "seed", json_integer(w->seed));
    jx_put(o, "finds", jx_string(w->finds ? "rates" : "none"));
    jx_put(o, "reached_all", json_boolean(simulated_reached_all(s)));
    jx_put(o, "instances", instances);
    jx_put(o, "queues", queues);
    cli_out_json(c, o);
}

static void print_instances(const struct cli *c, const struct wish *w, const struct simulated *s)
{
    static const char *const headings[] = {
        "INSTANCE",     "SEARCHES",        "PER DAY", "MOST IN 1 H",
        "MOST IN 24 H", "INDEXER QUERIES", "FOUND",   NULL};
    CLEANUP(table_done) struct table t;
    table_init(&t, headings);
    for (size_t k = 0; k < s->instances.n; k++) {
        const struct simulated_instance *i = &s->instances.at[k];
        table_cell(&t, i->name);
        table_cellf(&t, "%" PRId64, i->searches);
        table_cellf(&t, "%.1f", (double)i->searches / (double)w->days);
        table_cellf(&t, "%" PRId64 " of %" PRId64, i->most_hour, i->cap_hour);
        table_cellf(&t, "%" PRId64 " of %" PRId64, i->most_day, i->cap_day);
        table_cellf(&t, "%" PRId64, i->queries);
        table_cellf(&t, "%" PRId64, i->found);
    }
    cli_out_table(c, &t);
}

static void print_queues(const struct cli *c, const struct simulated *s)
{
    static const char *const headings[] = {"QUEUE",    "RUNS",  "SEARCHES", "FOUND",
                                           "ELIGIBLE", "NEVER", NULL};
    CLEANUP(table_done) struct table t;
    table_init(&t, headings);
    for (size_t i = 0; i < s->queues.n; i++) {
        const struct simulated_queue *q = &s->queues.at[i];
        table_cellf(&t, "%s@%s", q->queue, q->instance);
        table_cellf(&t, "%" PRId64, q->runs);
        table_cellf(&t, "%" PRId64, q->searches);
        table_cellf(&t, "%" PRId64, q->found);
        table_cellf(&t, "%" PRId64, q->eligible);
        table_cellf(&t, "%" PRId64, q->never);
    }
    cli_out_table(c, &t);
}

static void say_idle(const struct cli *c, const struct simulated_queue *q)
{
    char next[UTC_TEXT];
    if (q->gated)
        cli_out(c, "queue/%s@%s never ran to its end: %s\n", q->queue, q->instance, q->gate);
    else if (q->next)
        cli_out(c, "queue/%s@%s does not run in that time: %sits next run is %s\n", q->queue,
                q->instance, hours_words[q->hours], utc_format_local(q->next, next));
    else
        cli_out(c, "queue/%s@%s never runs: its schedule leaves it no time\n", q->queue,
                q->instance);
}

static void say_queue(const struct cli *c, const struct wish *w, const struct simulated_queue *q)
{
    if (q->is_suspended) {
        cli_out(c, "queue/%s@%s is suspended in the tree: it does not run\n", q->queue,
                q->instance);
        return;
    }
    if (q->is_unread)
        cli_out(c, "queue/%s@%s: nothing is known of that library (splintarr refresh %s)\n",
                q->queue, q->instance, q->instance);
    if (q->runs == 0)
        say_idle(c, q);
    if (q->never == 0)
        return;
    cli_out(c,
            "queue/%s@%s: %" PRId64 " of %" PRId64 " items never got a turn in %" PRId64
            " day%s, such as %s\n",
            q->queue, q->instance, q->never, q->eligible, w->days, w->days == 1 ? "" : "s",
            q->named.at[0]);
    if (q->searches)
        cli_out(c,
                "  at this pace a round takes %.0f days: a larger batch, or a shorter interval\n",
                (double)q->eligible * (double)w->days / (double)q->searches);
}

static void print_text(const struct cli *c, const struct wish *w, const struct simulated *s)
{
    char from[UTC_TEXT], until[UTC_TEXT];
    cli_out(
        c, "%" PRId64 " day%s, %s to %s; %s; --seed %" PRId64 "\n\n", w->days,
        w->days == 1 ? "" : "s", utc_format_local(s->from, from), utc_format_local(s->until, until),
        w->finds ? "finds drawn from the rates learned so far" : "nothing is ever found", w->seed);
    print_instances(c, w, s);
    cli_out(c, "\n");
    print_queues(c, s);
    cli_out(c, "\n");
    for (size_t i = 0; i < s->queues.n; i++)
        say_queue(c, w, &s->queues.at[i]);
    if (s->queues.n == 0)
        cli_out(c, "No queue runs on any instance: nothing was simulated.\n");
    else if (simulated_reached_all(s))
        cli_out(c, "Every queue ran, and everything that could be searched was.\n");
}

void simulate_report(const struct cli *c, const struct wish *w, const struct simulated *s)
{
    if (cli_is_json(c))
        print_json(c, w, s);
    else
        print_text(c, w, s);
}
