/* cli/listing_health.c — health of instances: now, the last 24 hours, and since when it was how. */
#include "cli/listing_health.h"

#include <inttypes.h>

#include "base/jx.h"
#include "base/str.h"
#include "cli/table.h"
#include "engine/named.h"
#include "model/value.h"
#include "store/health.h"

struct vital_signs {
    struct health health;
    struct answers_sum day;
};

static bool read_signs(const struct view *v, const char *instance, struct vital_signs *ret,
                       struct err *e)
{
    struct answers answers;
    if (!health_get(v->store, instance, &ret->health, e) ||
        !answers_load(v->store, instance, &answers, e))
        return false;
    ret->day = answers_day(&answers, clock_utc(v->cli->clock));
    return true;
}

/* NULL: plain, as where nobody looks. */
static const char *paint_of(const struct view *v, enum health_state state)
{
    static const char *const escapes[HEALTH_COLOURS] = {
        [HEALTH_GREY] = NULL,
        [HEALTH_GREEN] = "\033[32m",
        [HEALTH_YELLOW] = "\033[33m",
        [HEALTH_RED] = "\033[31m",
    };
    return v->cli->has_color ? escapes[health_colour(state)] : NULL;
}

/* ---- one instance ---- */

static json_t *day_json(const struct answers_sum *day)
{
    json_t *o = json_object();
    jx_put(o, "requests", json_integer(day->n));
    jx_put(o, "average_ms", json_real(day->average));
    jx_put(o, "median_ms", json_real(day->median));
    jx_put(o, "p95_ms", json_real(day->p95));
    jx_put(o, "error_rate", json_real(day->error_rate));
    jx_put(o, "timeout_rate", json_real(day->timeout_rate));
    return o;
}

json_t *health_json(const struct view *v, const char *instance, struct err *e)
{
    struct vital_signs x;
    if (!read_signs(v, instance, &x, e))
        return NULL;
    const struct health *h = &x.health;
    json_t *o = json_object();
    jx_put(o, "instance", jx_string(instance));
    jx_put(o, "state", jx_string(health_names[h->state]));
    jx_put(o, "colour", jx_string(health_colour_names[health_colour(h->state)]));
    jx_put(o, "reason", *h->reason ? jx_string(h->reason) : json_null());
    jx_put(o, "message", *h->message ? jx_string(h->message) : json_null());
    jx_put(o, "since", jx_time(h->since));
    jx_put(o, "asked", jx_time(h->asked));
    jx_put(o, "took_ms", json_integer(h->took));
    jx_put(o, "version", *h->version ? jx_string(h->version) : json_null());
    jx_put(o, "failures", json_integer(h->failures));
    jx_put(o, "resumes", jx_time(h->resumes));
    jx_put(o, "last_24h", day_json(&x.day));
    return o;
}

static void print_day(const struct cli *c, const struct answers_sum *day)
{
    if (day->n)
        cli_out(c,
                "  last 24 h  %" PRId64 " requests: %.0f ms on average, 95 %% within %.0f ms, "
                "%.1f %% failed (%.1f %% timeouts)\n",
                day->n, day->average, day->p95, 100 * day->error_rate, 100 * day->timeout_rate);
}

/* How long it took is known of the last answer, which may be older than the last question. */
static void print_asked(const struct cli *c, const struct health *h)
{
    char at[UTC_TEXT];
    bool is_answered = !h->failures && h->state != HEALTH_MISCONFIGURED;
    if (!h->asked)
        return;
    cli_out(c, "  asked      %s", utc_format_local(h->asked, at));
    if (is_answered)
        cli_out(c, ", took %" PRId64 " ms", h->took);
    cli_out(c, "\n");
}

bool health_print(const struct view *v, const char *instance, struct err *e)
{
    struct vital_signs x;
    char at[UTC_TEXT];
    const struct cli *c = v->cli;
    if (!read_signs(v, instance, &x, e))
        return false;
    const struct health *h = &x.health;
    const char *paint = paint_of(v, h->state);
    cli_out(c, "\nHealth\n  %s%-10s%s %s%s%s\n", paint ? paint : "", health_names[h->state],
            paint ? "\033[0m" : "", *h->message ? h->message : health_words[h->state],
            h->since ? ", since " : "", h->since ? utc_format_local(h->since, at) : "");
    if (h->resumes)
        cli_out(c, "  resumes    %s\n", utc_format_local(h->resumes, at));
    print_asked(c, h);
    if (h->failures)
        cli_out(c, "  failures   %d in a row\n", h->failures);
    print_day(c, &x.day);
    return true;
}

/* ---- how they are ---- */

static const char *const now_headings[] = {"INSTANCE", "STATE",  "SINCE",   "ASKED",
                                           "P95",      "FAILED", "MESSAGE", NULL};

static void cell_time(struct table *t, utc_t at)
{
    char text[UTC_TEXT];
    table_cell(t, at ? utc_format_local(at, text) : "");
}

static bool now_row(const struct view *v, const char *instance, struct table *t, struct err *e)
{
    struct vital_signs x;
    if (!read_signs(v, instance, &x, e))
        return false;
    table_cell(t, instance);
    table_cell(t, health_names[x.health.state]);
    table_paint(t, paint_of(v, x.health.state));
    cell_time(t, x.health.since);
    cell_time(t, x.health.asked);
    table_cellf(t, x.day.n ? "%.0f ms" : "", x.day.p95);
    table_cellf(t, x.day.n ? "%.1f %%" : "", 100 * x.day.error_rate);
    table_cell(t, x.health.message);
    return true;
}

static bool add_now(const struct view *v, const char *only, struct table *t, json_t *items,
                    struct err *e)
{
    for (size_t i = 0; i < config_n(v->config); i++) {
        const struct resource *r = config_at(v->config, i);
        if (r->kind != KIND_INSTANCE || (only && !str_eq(only, r->name)))
            continue;
        json_t *o = health_json(v, r->name, e);
        if (!o || !now_row(v, r->name, t, e)) {
            json_decref(o);
            return false;
        }
        jx_push(items, o);
    }
    return true;
}

/* ---- how they were ---- */

static const char *const then_headings[] = {"INSTANCE", "SINCE", "UNTIL", "STATE", "MESSAGE", NULL};

struct timeline {
    const struct view *view;
    struct table *table;
    json_t *items;
    size_t limit;
    bool is_more;
};

static void then_row(void *ctx, const struct health_change *change)
{
    struct timeline *t = ctx;
    t->is_more = json_array_size(t->items) == t->limit;
    if (t->is_more)
        return;
    table_cell(t->table, change->instance);
    cell_time(t->table, change->at);
    cell_time(t->table, change->until);
    table_cell(t->table, change->state);
    int state = name_find(health_names, HEALTH_N, change->state);
    table_paint(t->table, state < 0 ? NULL : paint_of(t->view, (enum health_state)state));
    table_cell(t->table, change->message);
    json_t *o = json_object();
    jx_put(o, "instance", jx_string(change->instance));
    jx_put(o, "state", jx_string(change->state));
    jx_put(o, "reason", *change->reason ? jx_string(change->reason) : json_null());
    jx_put(o, "message", *change->message ? jx_string(change->message) : json_null());
    jx_put(o, "since", jx_time(change->at));
    jx_put(o, "until", jx_time(change->until));
    jx_push(t->items, o);
}

/* ---- the command ---- */

struct request {
    const char *instance; /* NULL: all */
    bool is_timeline;
    utc_t since;
    int64_t limit;
};

static bool read_request(const struct view *v, struct request *ret, struct err *e)
{
    const struct cli *c = v->cli;
    const char *since = cli_flag(c, "since"), *limit = cli_flag(c, "limit");
    struct value_problem why;
    ms_t ago = 0;
    *ret = (struct request){.limit = 50};
    ret->instance = c->n_args > 1 ? c->args[1] : cli_flag(c, "instance");
    if (ret->instance && !config_find(v->config, KIND_INSTANCE, ret->instance))
        return named_not(v->config, KIND_INSTANCE, ret->instance, e);
    if (since && !value_dur(since, &ago, &why))
        return err_set(e, ERR_USAGE, "--since takes a duration such as 30d, not '%.40s'", since);
    if (limit && (!str_int(limit, &ret->limit) || ret->limit < 1))
        return err_set(e, ERR_USAGE, "--limit takes a number from 1, not '%s'", limit);
    ret->is_timeline = since != NULL;
    ret->since = clock_utc(c->clock) - ago;
    return true;
}

static bool fill(const struct view *v, const struct request *q, struct timeline *t, struct err *e)
{
    table_init(t->table, q->is_timeline ? then_headings : now_headings);
    if (!q->is_timeline)
        return add_now(v, q->instance, t->table, t->items, e);
    return health_changes_each(v->store, q->instance, q->since, t->limit + 1, then_row, t, e);
}

int listing_health(const struct view *v)
{
    CLEANUP(table_done) struct table t = {0};
    CLEANUP(jx_decrefp) json_t *items = json_array();
    struct request q;
    struct err e = {0};
    if (!read_request(v, &q, &e))
        return cli_fail(v->cli, &e);
    struct timeline all = {.view = v, .table = &t, .items = items, .limit = (size_t)q.limit};
    if (!fill(v, &q, &all, &e))
        return cli_fail(v->cli, &e);
    cli_out_list(v->cli, items, &t);
    if (all.is_more)
        cli_note(v->cli, "the newest %zu; --limit N shows more", all.limit);
    return CLI_OK;
}
