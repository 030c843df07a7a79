/* arrsim/api_command.c — commands over HTTP. */
#include "arrsim/api.h"

#include <string.h>

#include "base/jx.h"
#include "base/str.h"

static void put_properties(struct ex *x, const struct command *c)
{
    if (c->has_ids) {
        jw_array(&x->j, c->type->ids);
        for (size_t i = 0; i < c->ids.n; i++)
            jw_int(&x->j, NULL, c->ids.at[i]);
        jw_close(&x->j);
    }
    if (c->type->has_series && c->series)
        jw_int(&x->j, "seriesId", c->series);
    if (c->type->has_season)
        jw_int(&x->j, "seasonNumber", c->season);
    if (c->type->has_monitored)
        jw_bool(&x->j, "monitored", true);
}

static const char *agent(const struct ex *x)
{
    /* Recorded on old Sonarr only; later versions never fill it in. */
    return x->s->app == SIM_SONARR && is_old(x->s) ? "client/1.0" : NULL;
}

static void put_body(struct ex *x, const struct command *c)
{
    bool is_api = c->type->kind != CMD_OTHER;
    jw_object(&x->j, "body");
    put_properties(x, c);
    jw_bool(&x->j, "sendUpdatesToClient", is_api);
    jw_bool(&x->j, "updateScheduledTask", true);
    if (is_old(x->s))
        jw_str(&x->j, "completionMessage", "Completed");
    jw_bool(&x->j, "requiresDiskAccess", false);
    jw_bool(&x->j, "isExclusive", false);
    if (x->s->app == SIM_RADARR)
        jw_bool(&x->j, "isTypeExclusive", false);
    if (!is_old(x->s))
        jw_bool(&x->j, "isLongRunning", false);
    jw_str(&x->j, "name", c->type->name);
    jw_str(&x->j, "trigger", c->trigger);
    jw_bool(&x->j, "suppressMessages", false);
    if (is_api)
        jw_opt(&x->j, "clientUserAgent", agent(x));
    jw_close(&x->j);
}

static const char *result_of(const struct ex *x, const struct command *c)
{
    bool is_good = c->state == ST_COMPLETED && command_remembers(x->s, c);
    return is_good ? "successful" : "unknown";
}

/* The database knows a duration even of what never ran; memory only of what ended. */
static void put_times(struct ex *x, const struct command *c)
{
    bool is_from_db = c->is_cancelled || c->state == ST_ORPHANED;
    jw_time(&x->j, "queued", c->queued);
    jw_time(&x->j, "started", c->started);
    jw_time(&x->j, "ended", c->ended);
    if (is_from_db)
        jw_str(&x->j, "duration", "00:00:00");
    else if (c->ended)
        jw_span(&x->j, "duration", MAX(c->ended - c->started, 0));
    if (c->exception[0])
        jw_str(&x->j, "exception",
               arena_printf(x->mem, "%s\n  at NzbDrone.Core.Messaging.Commands.CommandExecutor",
                            c->exception));
}

/* A command says nothing in its very first moment, nor once memory has lost it. */
static bool has_message(const struct ex *x, const struct command *c)
{
    bool is_new = c->state == ST_STARTED && c->started == x->s->now;
    return c->message[0] && !is_new && command_remembers(x->s, c);
}

static void put_command(struct ex *x, const struct command *c)
{
    static const char *const states[] = {"queued", "started", "completed", "failed", "orphaned"};
    static const char *const priorities[] = {"low", "normal", "high"};
    jw_object(&x->j, NULL);
    jw_str(&x->j, "name", c->type->name);
    jw_str(&x->j, "commandName", c->type->title);
    if (has_message(x, c))
        jw_str(&x->j, "message", c->message);
    put_body(x, c);
    jw_str(&x->j, "priority", priorities[c->priority]);
    jw_str(&x->j, "status", states[c->state]);
    if (!is_old(x->s))
        jw_str(&x->j, "result", result_of(x, c));
    put_times(x, c);
    jw_str(&x->j, "trigger", c->trigger);
    if (c->type->kind != CMD_OTHER)
        jw_opt(&x->j, "clientUserAgent", agent(x));
    jw_time(&x->j, "stateChangeTime", c->started);
    jw_bool(&x->j, "sendUpdatesToClient", c->type->kind != CMD_OTHER);
    jw_bool(&x->j, "updateScheduledTask", true);
    jw_int(&x->j, "id", c->id);
    jw_close(&x->j);
}

/* ---- reading ---- */

static void row_command(struct ex *x, int row)
{
    put_command(x, &x->s->commands.at[row]);
}

/* The server's own housekeeping, as far as anyone can notice it. */
static void add_refresh(struct sim *s)
{
    if (!is_on(s, B_foreign_commands) || s->now < s->last_refresh + SECONDS(90))
        return;
    struct command c = {.type = command_type_of(s->app, "RefreshMonitoredDownloads"),
                        .priority = 2,
                        .trigger = "scheduled"};
    command_post(s, &c);
    command_done(&c);
    s->last_refresh = s->now;
}

void get_commands(struct ex *x)
{
    struct sim *s = x->s;
    add_refresh(s);
    ex_list(x, row_command);
    for (int want_started = 1; want_started >= 0; want_started--)
        for (size_t i = s->commands.n; i-- > 0;) {
            const struct command *c = &s->commands.at[i];
            if (c->ended && s->now > c->ended + HOURS(1))
                break; /* long forgotten, and so are all before it */
            if (!c->is_cancelled && command_remembers(s, c) &&
                (c->state == ST_STARTED) == want_started)
                vec_push(&x->rows, (int)i);
        }
}

void get_command(struct ex *x)
{
    const struct command *c = command_find(x->s, (int)x->id);
    if (c)
        put_command(x, c);
    else
        fail_not_found(x);
}

void delete_command(struct ex *x)
{
    if (x->id <= 0) {
        fail_bad_request(x, arena_printf(x->mem, "%lld is not a valid ID", (long long)x->id));
        return;
    }
    if (!command_cancel(x->s, (int)x->id)) {
        fail_message(x, 409, "Unable to cancel task",
                     "NzbDrone.Core.Exceptions.NzbDroneClientException: Unable to cancel task");
        return;
    }
    if (is_old(x->s))
        jw_object(&x->j, NULL);
    else
        x->type = NULL;
}

/* ---- posting ---- */

/* Property names are matched without case. */
static json_t *property(const json_t *o, const char *name)
{
    const char *key;
    json_t *value;
    json_t *all = json_incref((json_t *)(uintptr_t)o), *found = NULL;
    json_object_foreach(all, key, value)
    {
        if (str_case_eq(key, name))
            found = value;
    }
    json_decref(all);
    return json_is_null(found) ? NULL : found;
}

static bool read_int(const json_t *o, const char *name, int *ret)
{
    const json_t *v = property(o, name);
    if (v && !json_is_integer(v))
        return false;
    *ret = v ? (int)json_integer_value(v) : 0;
    return true;
}

static bool read_ids(const json_t *o, struct command *c)
{
    const json_t *list = c->type->ids ? property(o, c->type->ids) : NULL, *v;
    size_t i;
    if (!list)
        return true;
    c->has_ids = json_is_array(list);
    json_array_foreach(list, i, v)
    {
        if (!json_is_integer(v))
            return false;
        vec_push(&c->ids, (int)json_integer_value(v));
    }
    return c->has_ids;
}

static void answer_posted(struct ex *x, const json_t *body, const char *name)
{
    struct command c = {
        .type = command_type_of(x->s->app, name), .priority = 1, .trigger = "manual"};
    if (!c.type) {
        fail_message(x, 500, "Sequence contains no matching element",
                     "System.InvalidOperationException: Sequence contains no matching element\n"
                     "  at System.Linq.Enumerable.Single[TSource] ()");
        return;
    }
    if (read_ids(body, &c) && read_int(body, "seriesId", &c.series) &&
        read_int(body, "seasonNumber", &c.season)) {
        x->status = 201;
        int id = command_post(x->s, &c)->id;
        sim_advance(x->s);
        put_command(x, &x->s->commands.at[id - 1]);
        if (!is_old(x->s))
            x->location = arena_printf(x->mem, "%s/api/v3/command/%d", x->s->base, id);
    } else {
        fail_message(x, 500, "The JSON value could not be converted to System.Int32.",
                     "System.Text.Json.JsonException: The JSON value could not be converted");
    }
    command_done(&c);
}

void post_command(struct ex *x)
{
    struct err e;
    CLEANUP(jx_decrefp) json_t *body = NULL;
    bool is_json = str_starts(x->content_type, "application/json");
    if (!is_json && !is_old(x->s)) {
        x->status = 415;
        x->type = NULL;
        return;
    }
    if (!x->n_body || !jx_parse(x->body, x->n_body, &body, &e) || !json_is_object(body)) {
        fail_json(x);
        return;
    }
    const char *name = json_string_value(property(body, "name"));
    if (!name || !*name)
        fail_no_name(x);
    else
        answer_posted(x, body, name);
}
