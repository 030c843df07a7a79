/* arr/command.c — searches and the commands they become. One command: one item, or one
 * season of one series. */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

#include "arr/answer.h"
#include "arr/ask.h"
#include "arr/read.h"
#include "base/jx.h"
#include "base/str.h"

struct command {
    struct ask q;
    void (*done)(void *ctx, const struct arr_result *r, const struct arr_command *c);
};

static const char *const command_keys[] = {
    "id", "name", "body", "status", "queued", "started", "ended", "message", "exception", NULL,
};

static const struct {
    const char *name;
    enum arr_command_state state;
} states[] = {
    {"queued", ARR_QUEUED},          {"started", ARR_STARTED},
    {"completed", ARR_COMPLETED},    {"failed", ARR_COMMAND_FAILED},
    {"aborted", ARR_COMMAND_FAILED}, {"cancelled", ARR_COMMAND_FAILED},
    {"orphaned", ARR_ORPHANED},
};

/* A state nobody has heard of is under way: what waits for it has its own deadline. */
static enum arr_command_state state_of(const json_t *o)
{
    const char *text = read_str(o, "status");
    for (size_t i = 0; i < COUNT(states); i++)
        if (str_case_eq(states[i].name, text))
            return states[i].state;
    return ARR_STARTED;
}

static int64_t only_id(const struct dialect *d, const json_t *o)
{
    const json_t *ids = json_object_get(json_object_get(o, "body"), d->search_ids);
    bool is_ours = str_case_eq(read_str(o, "name"), d->search) && json_array_size(ids) == 1;
    return is_ours ? json_integer_value(json_array_get(ids, 0)) : 0;
}

static bool is_season_search(const struct dialect *d, const json_t *o)
{
    return d->search_season && str_case_eq(read_str(o, "name"), d->search_season) &&
           json_is_integer(json_object_get(json_object_get(o, "body"), "seasonNumber"));
}

static void read_command(const struct dialect *d, const json_t *o, struct arr_command *ret)
{
    *ret = (struct arr_command){
        .id = jx_int(o, "id", 0),
        .kind = d->kind,
        .item_id = only_id(d, o),
        .state = state_of(o),
        .queued = jx_utc(o, "queued"),
        .started = jx_utc(o, "started"),
        .ended = jx_utc(o, "ended"),
    };
    if (is_season_search(d, o)) {
        const json_t *body = json_object_get(o, "body");
        ret->season_of = jx_int(body, "seriesId", 0);
        ret->season = read_int(body, "seasonNumber");
    }
    const char *exception = read_str(o, "exception");
    bool has_failed = ret->state == ARR_COMMAND_FAILED && *exception;
    answer_redact(read_str(o, "name"), sizeof ret->name, ret->name);
    answer_redact(has_failed ? exception : read_str(o, "message"), sizeof ret->message,
                  ret->message);
}

static bool command_end(struct ask *q, const struct arr_result *r, const json_t *body)
{
    struct arr_result mine = *r;
    struct arr_command c = {0};
    if (r->trouble == ARR_OK) {
        read_command(q->dialect, body, &c);
        if (c.id <= 0)
            ask_bad_body(q, &mine, "something that is no command");
    }
    ((struct command *)q)->done(q->ctx, &mine, mine.trouble == ARR_OK ? &c : NULL);
    return false;
}

static struct command *command_new(struct arr *a,
                                   void (*done)(void *ctx, const struct arr_result *r,
                                                const struct arr_command *c),
                                   void *ctx)
{
    struct command *c = ASK_NEW(a, struct command, ctx);
    c->done = done;
    c->q.on_end = command_end;
    return c;
}

void arr_search(struct arr *a, enum item_kind kind, int64_t id,
                void (*done)(void *ctx, const struct arr_result *r, const struct arr_command *c),
                void *ctx)
{
    struct command *c = command_new(a, done, ctx);
    const struct dialect *d = c->q.dialect;
    assert(kind == d->kind && id > 0);
    json_t *ids = json_array();
    jx_push(ids, json_integer(id));
    CLEANUP(jx_decrefp) json_t *body = json_object();
    jx_put(body, "name", jx_string(d->search));
    jx_put(body, d->search_ids, ids);
    ask_post(&c->q, "command", body);
}

void arr_search_season(struct arr *a, int64_t series_id, int season,
                       void (*done)(void *ctx, const struct arr_result *r,
                                    const struct arr_command *c),
                       void *ctx)
{
    struct command *c = command_new(a, done, ctx);
    const struct dialect *d = c->q.dialect;
    assert(d->search_season && series_id > 0 && season >= 0);
    CLEANUP(jx_decrefp) json_t *body = json_object();
    jx_put(body, "name", jx_string(d->search_season));
    jx_put(body, "seriesId", json_integer(series_id));
    jx_put(body, "seasonNumber", json_integer(season));
    ask_post(&c->q, "command", body);
}

void arr_command_get(struct arr *a, int64_t command_id,
                     void (*done)(void *ctx, const struct arr_result *r,
                                  const struct arr_command *c),
                     void *ctx)
{
    ask_get(&command_new(a, done, ctx)->q, "command/%" PRId64, command_id);
}

/* ---- all of them ---- */

struct commands {
    struct ask q;
    void (*on_command)(void *ctx, const struct arr_command *c);
    void (*done)(void *ctx, const struct arr_result *r);
};

static bool command_in(struct ask *q, json_t *o, struct err *e)
{
    (void)e;
    struct arr_command c;
    read_command(q->dialect, o, &c);
    if (c.id > 0)
        ((struct commands *)q)->on_command(q->ctx, &c);
    return true;
}

static bool commands_end(struct ask *q, const struct arr_result *r, const json_t *body)
{
    (void)body;
    ((struct commands *)q)->done(q->ctx, r);
    return false;
}

void arr_commands(struct arr *a, void (*on_command)(void *ctx, const struct arr_command *c),
                  void (*done)(void *ctx, const struct arr_result *r), void *ctx)
{
    struct commands *c = ASK_NEW(a, struct commands, ctx);
    c->on_command = on_command;
    c->done = done;
    c->q.keys = command_keys;
    c->q.on_element = command_in;
    c->q.on_end = commands_end;
    ask_get(&c->q, "command");
}
