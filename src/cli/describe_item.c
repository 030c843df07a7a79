/* cli/describe_item.c — what an item is, its file, its searches, and what each queue makes of it:
 * one JSON object, and the same in words. */
#include "cli/describe_item.h"

#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "cli/question.h"
#include "cli/standing_item.h"
#include "engine/due.h"
#include "search/cooldown.h"
#include "store/searches.h"

enum { SEARCHES_SHOWN = 20 };

struct telling {
    const struct question *question;
    struct zones *zones;
    json_t *queues, *searches;
    struct err err;
};

/* ---- what it is ---- */

static json_t *strings(const char *bars)
{
    json_t *a = json_array();
    CLEANUP(freep) char *copy = mem_strdup(bars);
    char *rest = copy, *word;
    while ((word = strsep(&rest, "|")))
        if (*word)
            jx_push(a, jx_string(word));
    return a;
}

static void put_what(json_t *o, const struct item *it)
{
    char identity[ITEM_IDENTITY];
    jx_put(o, "identity", jx_string(item_identity(it, identity)));
    jx_put(o, "status", jx_string(status_names[it->status]));
    if (it->kind == ITEM_EPISODE)
        jx_put(o, "type", jx_string(series_type_names[it->type]));
    jx_put(o, "monitored", json_boolean(it->is_monitored));
    jx_put(o, "quality_profile", jx_string(it->quality_profile));
    jx_put(o, "upgrades_allowed", json_boolean(it->is_upgrade_allowed));
    jx_put(o, "tags", strings(it->tags));
    jx_put(o, "genres", strings(it->genres));
    jx_put(o, "added", jx_time(it->added));
    jx_put(o, "released", jx_time(item_released(it)));
}

static void put_file(json_t *o, const struct item *it)
{
    bool has_score = it->has_file && it->has_format_score;
    jx_put(o, "has_file", json_boolean(it->has_file));
    jx_put(o, "cutoff_unmet", json_boolean(it->is_cutoff_unmet));
    jx_put(o, "format_score", has_score ? json_integer(it->format_score) : json_null());
    jx_put(o, "cutoff_format_score",
           it->cutoff_format_score > 0 ? json_integer(it->cutoff_format_score) : json_null());
}

static void put_memory(json_t *o, const struct item *it, const struct item_memory *m)
{
    jx_put(o, "searches", json_integer(m->n_searches));
    jx_put(o, "last_searched", jx_time(m->searched));
    jx_put(o, "last_outcome",
           m->last == VERDICT_NONE ? json_null() : jx_string(verdict_names[m->last]));
    jx_put(o, "nothing_in_a_row", json_integer(m->n_nothing));
    jx_put(o, "grabs_since_import", json_integer(m->n_grabs));
    jx_put(o, "searched_by_server", jx_time(item_server_searched(it)));
}

/* ---- its queues ---- */

/* When the queue runs next on the item's instance; 0: not by itself. */
static utc_t next_run(struct telling *t, const struct resource *queue)
{
    const struct question *x = t->question;
    struct due due = {0};
    const struct due_question q = {.store = x->view->store,
                                   .config = x->view->config,
                                   .zones = t->zones,
                                   .queue = queue,
                                   .instance = x->instance,
                                   .now = x->now};
    if (t->err.code != ERR_NONE || !due_next(&q, &due, &t->err))
        return 0;
    return due.next.at ? MAX(due.next.at, x->now) : 0;
}

static void add_queue(void *ctx, const struct resource *r, const struct query *q)
{
    struct telling *t = ctx;
    const struct question *x = t->question;
    struct why why = query_judge(q, &x->item, &x->memory);
    json_t *o = json_object();
    CLEANUP(freep) char *name = mem_printf("%s@%s", r->name, x->instance);
    jx_put(o, "queue", jx_string(name));
    jx_put(o, "reason", jx_string(reason_name(why.reason)));
    jx_put(o, "until", jx_time(why.until));
    jx_put(o, "detail", jx_string(why.detail));
    jx_put(o, "cooldown_until",
           jx_time(cooldown_until(&q->queue->cooldown, &x->item, &x->memory, x->now)));
    jx_put(o, "next_run", jx_time(next_run(t, r)));
    jx_push(t->queues, o);
}

/* ---- its searches ---- */

struct among {
    int64_t item_id;
    bool is_found;
};

static void on_covered(void *ctx, const struct covered *c)
{
    struct among *x = ctx;
    x->is_found |= c->is_found && c->item_id == x->item_id;
}

/* Of a search of its season that found some of it: whether the item is among them. */
static const char *outcome_of(struct telling *t, const struct attempt *a)
{
    struct among x = {.item_id = t->question->item.id};
    if (a->state != ATTEMPT_JUDGED)
        return attempt_state_names[a->state];
    if (a->is_partial && t->err.code == ERR_NONE &&
        !covered_each(t->question->view->store, a->id, on_covered, &x, &t->err))
        return "";
    return verdict_names[a->is_partial && !x.is_found ? VERDICT_NOTHING : a->verdict];
}

static void add_search(void *ctx, const struct attempt *a)
{
    struct telling *t = ctx;
    json_t *o = json_object();
    jx_put(o, "attempt", json_integer(a->id));
    jx_put(o, "at", jx_time(a->intended));
    jx_put(o, "queue", jx_string(a->queue));
    jx_put(o, "outcome", jx_string(outcome_of(t, a)));
    jx_put(o, "grabs", json_integer(a->grabs));
    jx_put(o, "pack", json_boolean(a->kind == ITEM_EPISODE && a->episode == WHOLE_SEASON));
    jx_put(o, "message", a->message[0] ? jx_string(a->message) : json_null());
    jx_push(t->searches, o);
}

static bool add_searches_of(struct telling *t, const char *identity, struct err *e)
{
    const struct question *x = t->question;
    struct attempt_filter filter = {
        .instance = x->instance, .identity = identity, .limit = SEARCHES_SHOWN};
    return attempts_each(x->view->store, &filter, add_search, t, e);
}

/* Of the item, then those of its season as a whole. */
static bool add_searches(struct telling *t, struct err *e)
{
    const struct item *it = &t->question->item;
    char identity[ITEM_IDENTITY], season[ITEM_IDENTITY];
    return add_searches_of(t, item_identity(it, identity), e) &&
           (it->kind != ITEM_EPISODE || add_searches_of(t, item_season_identity(it, season), e));
}

static json_t *tell(struct telling *t, struct err *e)
{
    const struct question *x = t->question;
    char label[ITEM_TITLE], address[ITEM_ADDRESS];
    json_t *o = cli_object();
    t->queues = json_array();
    t->searches = json_array();
    jx_put(o, "address", jx_string(item_address(&x->item, x->instance, address)));
    jx_put(o, "title", jx_string(item_label(&x->item, label)));
    jx_put(o, "state", jx_string(item_standing(&x->item, x->now)));
    put_what(o, &x->item);
    put_file(o, &x->item);
    put_memory(o, &x->item, &x->memory);
    jx_put(o, "queues", t->queues);
    jx_put(o, "attempts", t->searches);
    question_each(x, add_queue, t);
    if (t->err.code == ERR_NONE && add_searches(t, e) && t->err.code == ERR_NONE)
        return o;
    if (t->err.code != ERR_NONE)
        *e = t->err;
    json_decref(o);
    return NULL;
}

/* ---- in words ---- */

static void line(const struct cli *c, const char *key, const char *text)
{
    if (text && *text)
        cli_out(c, "  %-16s %s\n", key, text);
}

static void line_time(const struct cli *c, const char *key, utc_t at, const char *otherwise)
{
    char text[UTC_TEXT];
    line(c, key, at ? utc_format_local(at, text) : otherwise);
}

/* "|a|b|" as "a, b". */
static void line_words(const struct cli *c, const char *key, const char *bars)
{
    CLEANUP(freep) char *copy = mem_strdup(bars);
    CLEANUP(buf_done) struct buf b;
    char *rest = copy, *word;
    buf_init(&b, BUF_TEXT);
    while ((word = strsep(&rest, "|")))
        if (*word)
            buf_printf(&b, "%s%s", b.n ? ", " : "", word);
    line(c, key, b.at);
}

static void say_what(const struct cli *c, const struct item *it, const json_t *o)
{
    bool is_episode = it->kind == ITEM_EPISODE;
    CLEANUP(freep)
    char *series = it->year ? mem_printf("%s (%d)", it->title, it->year) : mem_strdup(it->title);
    CLEANUP(freep)
    char *kind = mem_printf("%s%s%s%s", is_episode ? series : "", is_episode ? ", " : "",
                            is_episode ? series_type_names[it->type] : "", is_episode ? ", " : "");
    CLEANUP(freep) char *what = mem_printf("%s%s", kind, status_names[it->status]);
    CLEANUP(freep)
    char *profile = mem_printf("%s, upgrades %s", it->quality_profile,
                               it->is_upgrade_allowed ? "allowed" : "forbidden");
    line(c, "address", jx_str(o, "address"));
    line(c, "identity", jx_str(o, "identity"));
    line(c, is_episode ? "series" : "status", what);
    line(c, "quality profile", *it->quality_profile ? profile : "unknown");
    line_words(c, "tags", it->tags);
    line_words(c, "genres", it->genres);
    line(c, "monitored", it->is_monitored ? "yes" : "no");
    line_time(c, is_episode ? "broadcast ended" : "released", item_released(it),
              "no date is known");
    line_time(c, "added", it->added, "");
}

static void say_file(const struct cli *c, const struct item *it, const json_t *o)
{
    CLEANUP(freep)
    char *formats = it->has_format_score && it->cutoff_format_score > 0
                        ? mem_printf(", custom formats worth %d of %d", it->format_score,
                                     it->cutoff_format_score)
                        : mem_strdup("");
    CLEANUP(freep)
    char *file = it->has_file ? mem_printf("quality %s the cutoff%s",
                                           it->is_cutoff_unmet ? "below" : "meets", formats)
                              : mem_strdup("none");
    line(c, "file", file);
    line(c, "state", jx_str(o, "state"));
}

static void say_searches(const struct cli *c, const struct question *x, const json_t *searches)
{
    const struct item_memory *m = &x->memory;
    char at[UTC_TEXT];
    size_t i;
    json_t *o;
    cli_out(c, "\nSearches: %d that count, %d nothing in a row, %d grabs since the last import\n",
            m->n_searches, m->n_nothing, m->n_grabs);
    json_array_foreach((json_t *)(uintptr_t)searches, i, o)
    {
        const char *message = jx_str(o, "message");
        cli_out(c, "  %s  %-11s queue/%s%s%s%s\n", utc_format_local(jx_utc(o, "at"), at),
                jx_str(o, "outcome"), jx_str(o, "queue"),
                json_is_true(json_object_get(o, "pack")) ? ", its whole season" : "",
                message ? ": " : "", message ? message : "");
    }
    if (item_last_search(&x->item, m) > m->searched && !cooldown_is_ours(&x->item, m))
        cli_out(c, "  %s  by someone else, says the server\n",
                utc_format_local(item_server_searched(&x->item), at));
}

static void say_queue(const struct cli *c, const json_t *o)
{
    char until[UTC_TEXT], run[UTC_TEXT];
    utc_t ends = jx_utc(o, "until"), next = jx_utc(o, "next_run");
    const char *reason = jx_str(o, "reason"), *detail = jx_str(o, "detail");
    bool is_free = str_eq(reason, reason_name(REASON_selected));
    cli_out(c, "  queue/%s  %s%s%s%s%s; %s%s\n", jx_str(o, "queue"),
            is_free ? "may be searched" : reason, detail && *detail ? " " : "",
            detail ? detail : "", ends ? " until " : "", ends ? utc_format_local(ends, until) : "",
            next ? "runs next " : "does not run by itself",
            next ? utc_format_local(next, run) : "");
}

static void say(const struct cli *c, const struct question *x, const json_t *o)
{
    size_t i;
    json_t *queue, *queues = json_object_get(o, "queues");
    cli_out(c, "%s\n", jx_str(o, "title"));
    say_what(c, &x->item, o);
    say_file(c, &x->item, o);
    say_searches(c, x, json_object_get(o, "attempts"));
    cli_out(c, "\nNext\n");
    json_array_foreach(queues, i, queue) say_queue(c, queue);
    if (json_array_size(queues) == 0)
        cli_out(c, "  no queue of instance/%s looks for it\n", x->instance);
}

int describe_item(const struct view *v, const char *address)
{
    struct question x;
    struct err e = {0};
    int status;
    if (!question_open(&x, v, address, &status))
        return status;
    struct telling t = {.question = &x, .zones = zones_new()};
    json_t *o = tell(&t, &e);
    zones_free(t.zones);
    if (!o)
        return cli_fail(v->cli, &e);
    if (cli_is_json(v->cli)) {
        cli_out_json(v->cli, o);
        return CLI_OK;
    }
    say(v->cli, &x, o);
    json_decref(o);
    return CLI_OK;
}
