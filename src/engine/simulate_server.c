/* engine/simulate_server.c — requests to answers, one row per route. */
#include "engine/simulate_parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/jx.h"
#include "base/log.h"
#include "base/rng.h"
#include "base/str.h"
#include "store/copy.h"
#include "store/library.h"
#include "store/searches.h"

static const ms_t answer_after = 20;

struct http_call {
    struct simulation *simulation;
    struct timer *timer;
    struct http_request request; /* its strings are gone: only the callbacks are used */
    json_t *body;                /* the answer; NULL: 404 */
};

/* ---- answers ---- */

static json_t *tell_status(struct simulation *s UNUSED, struct served *v, const char *rest UNUSED)
{
    json_t *o = json_object();
    jx_put(o, "appName", jx_string(is_sonarr(v) ? "Sonarr" : "Radarr"));
    jx_put(o, "version", jx_string(is_sonarr(v) ? "4.0.15.2941" : "5.19.3.9730"));
    return o;
}

static json_t *tell_nothing(struct simulation *s UNUSED, struct served *v UNUSED,
                            const char *rest UNUSED)
{
    return json_array();
}

static json_t *tell_queue(struct simulation *s UNUSED, struct served *v UNUSED,
                          const char *rest UNUSED)
{
    json_t *o = json_object();
    jx_put(o, "page", json_integer(1));
    jx_put(o, "totalRecords", json_integer(0));
    jx_put(o, "records", json_array());
    return o;
}

/* Of an episode the broadcast's end is what is stored: no runtime is added to it. */
static void put_episode(json_t *o, const struct item *it)
{
    json_t *series = json_object(), *file = json_object();
    jx_put(series, "id", json_integer(it->title_id));
    jx_put(series, "title", jx_string(it->title));
    jx_put(series, "monitored", json_boolean(it->is_monitored));
    jx_put(file, "qualityCutoffNotMet", json_boolean(it->is_cutoff_unmet));
    jx_put(o, "series", series);
    jx_put(o, "seriesId", json_integer(it->title_id));
    jx_put(o, "seasonNumber", json_integer(it->season));
    jx_put(o, "episodeNumber", json_integer(it->episode));
    jx_put(o, "airDateUtc", jx_time(it->aired));
    jx_put(o, "episodeFile", file);
}

static void put_movie(json_t *o, const struct item *it)
{
    json_t *file = json_object();
    jx_put(file, "qualityCutoffNotMet", json_boolean(it->is_cutoff_unmet));
    jx_put(o, "title", jx_string(it->title));
    jx_put(o, "isAvailable", json_boolean(it->is_available));
    jx_put(o, "inCinemas", jx_time(it->in_cinemas));
    jx_put(o, "digitalRelease", jx_time(it->digital));
    jx_put(o, "physicalRelease", jx_time(it->physical));
    if (it->has_file)
        jx_put(o, "movieFile", file);
    else
        json_decref(file);
}

static bool is_about(const struct searched *x, const struct item *it)
{
    return x->item ? x->item == it->id : x->series == it->title_id && x->season == it->season;
}

static utc_t searched_at(const struct simulation *s, const struct served *v, const struct item *it)
{
    utc_t at = it->server_searched;
    for (size_t i = 0; i < SEARCHES_KEPT; i++) {
        const struct searched *x = &v->searches[i];
        if (x->posted && is_about(x, it) && is_over(s, x))
            at = MAX(at, ends_at(x));
    }
    return at;
}

json_t *simulated_item_json(const struct simulation *s, const struct served *v,
                            const struct item *it)
{
    json_t *o = json_object();
    jx_put(o, "id", json_integer(it->id));
    jx_put(o, "monitored", json_boolean(it->is_monitored));
    jx_put(o, "hasFile", json_boolean(it->has_file));
    jx_put(o, "lastSearchTime", jx_time(searched_at(s, v, it)));
    if (is_sonarr(v))
        put_episode(o, it);
    else
        put_movie(o, it);
    return o;
}

static bool find(struct simulation *s, const struct served *v, int64_t id, struct arena *arena,
                 struct item *ret, struct item_memory *ret_memory, bool *ret_found, struct err *e)
{
    enum item_kind kind = is_sonarr(v) ? ITEM_EPISODE : ITEM_MOVIE;
    return item_find(s->setup.store, v->instance->name, kind, id, arena, ret, ret_memory, ret_found,
                     e);
}

static json_t *tell_item(struct simulation *s, struct served *v, const char *rest)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct item it;
    struct item_memory memory;
    struct err e = {0};
    int64_t id;
    bool is_found = false;
    if (!str_int(rest, &id) || !find(s, v, id, arena, &it, &memory, &is_found, &e) || !is_found)
        return NULL;
    return simulated_item_json(s, v, &it);
}

/* ---- searches ---- */

static json_t *command_json(const struct simulation *s, const struct served *v,
                            const struct searched *x)
{
    bool is_done = is_over(s, x);
    json_t *o = json_object(), *body = json_object(), *ids = json_array();
    jx_push(ids, json_integer(x->item));
    jx_put(body, is_sonarr(v) ? "episodeIds" : "movieIds", ids);
    jx_put(body, "seriesId", json_integer(x->series));
    jx_put(body, "seasonNumber", json_integer(x->season));
    jx_put(o, "id", json_integer(x->command));
    jx_put(o, "name",
           jx_string(!is_sonarr(v) ? "MoviesSearch"
                     : x->item     ? "EpisodeSearch"
                                   : "SeasonSearch"));
    jx_put(o, "body", body);
    jx_put(o, "status", jx_string(is_done ? "completed" : "started"));
    jx_put(o, "queued", jx_time(x->posted));
    jx_put(o, "started", jx_time(x->posted));
    if (is_done)
        jx_put(o, "ended", jx_time(ends_at(x)));
    return o;
}

bool simulated_chance(const struct simulation *s, const struct served *v, const struct item *it,
                      const struct item_memory *m, double *ret, struct err *e)
{
    struct rates rates;
    enum strategy strategy = it->has_file ? STRATEGY_CUTOFF_UNMET : STRATEGY_MISSING;
    if (!rates_load(s->setup.store, v->instance->name, strategy, &rates, e))
        return false;
    *ret = rates_forecast(&rates, it, m, loop_utc(s->setup.loop)).expected;
    return true;
}

bool simulated_draw(const struct simulation *s, const struct searched *x, int64_t what, double p)
{
    struct rng r;
    rng_seed(&r, rng_mix(rng_mix(s->setup.seed, (uint64_t)what), (uint64_t)(x->posted - s->began)));
    return rng_unit(&r) < p;
}

static bool search_item(struct simulation *s, const struct served *v, struct searched *x,
                        struct err *e)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct item it;
    struct item_memory memory;
    bool is_there = false;
    double p = 0;
    if (!find(s, v, x->item, arena, &it, &memory, &is_there, e) ||
        (is_there && !simulated_chance(s, v, &it, &memory, &p, e)))
        return false;
    if (!is_there || !simulated_draw(s, x, x->item, p))
        return true;
    vec_push(&x->found, x->item);
    return item_satisfied(s->setup.store, v->instance->name, it.kind, it.id, e);
}

static struct searched *oldest(struct served *v)
{
    struct searched *x = &v->searches[0];
    for (size_t i = 1; i < SEARCHES_KEPT; i++)
        x = v->searches[i].command < x->command ? &v->searches[i] : x;
    return x;
}

static json_t *post_command(struct simulation *s, struct served *v, const char *body)
{
    CLEANUP(jx_decrefp) json_t *o = NULL;
    struct err e = {0};
    if (!jx_parse(body, strlen(body), &o, &e))
        return NULL;
    const json_t *ids = json_object_get(o, is_sonarr(v) ? "episodeIds" : "movieIds");
    struct searched *x = oldest(v);
    x->command = ++s->n_commands;
    x->item = json_integer_value(json_array_get(ids, 0));
    x->series = jx_int(o, "seriesId", 0);
    x->season = (int)jx_int(o, "seasonNumber", 0);
    x->posted = loop_utc(s->setup.loop);
    x->found.n = 0;
    if (s->setup.finds &&
        !(x->item ? search_item(s, v, x, &e) : simulated_season_search(s, v, x, &e)))
        log_error("internal_error", KV("instance", v->instance->name), KV("error", e.msg));
    return command_json(s, v, x);
}

static json_t *tell_command(struct simulation *s, struct served *v, const char *rest)
{
    int64_t id;
    for (size_t i = 0; str_int(rest, &id) && i < SEARCHES_KEPT; i++)
        if (v->searches[i].command == id)
            return command_json(s, v, &v->searches[i]);
    return NULL;
}

/* A season's episodes come in one release. */
static json_t *grab_json(const struct served *v, const struct searched *x, int64_t item)
{
    char id[32];
    snprintf(id, sizeof id, "sim-%" PRId64, x->command);
    json_t *o = json_object(), *data = json_object();
    jx_put(data, "releaseSource", jx_string("UserInvokedSearch"));
    jx_put(o, "id", json_integer(item));
    jx_put(o, is_sonarr(v) ? "episodeId" : "movieId", json_integer(item));
    jx_put(o, "eventType", jx_string("grabbed"));
    jx_put(o, "date", jx_time(ends_at(x)));
    jx_put(o, "downloadId", jx_string(id));
    jx_put(o, "sourceTitle", jx_string(id));
    jx_put(o, "data", data);
    return o;
}

static json_t *tell_history(struct simulation *s, struct served *v, const char *rest UNUSED)
{
    json_t *rows = json_array();
    for (size_t k = 0; k < SEARCHES_KEPT; k++) {
        const struct searched *x = &v->searches[k];
        for (size_t i = 0; i < x->found.n && is_over(s, x); i++)
            jx_push(rows, grab_json(v, x, x->found.at[i]));
    }
    return rows;
}

static const struct {
    const char *path; /* what an address begins with; the rest goes along */
    json_t *(*tell)(struct simulation *s, struct served *v, const char *rest);
} routes[] = {
    {"system/status", tell_status},  {"health", tell_nothing},
    {"queue/details", tell_nothing}, {"queue?", tell_queue},
    {"episode/", tell_item},         {"episode?seriesId=", simulated_season},
    {"series/", simulated_series},   {"movie/", tell_item},
    {"command/", tell_command},      {"command", tell_nothing},
    {"history/since", tell_history},
};

static json_t *answer(struct simulation *s, struct served *v, const struct http_request *rq,
                      const char *path)
{
    if (rq->body)
        return post_command(s, v, rq->body);
    for (size_t i = 0; i < COUNT(routes); i++)
        if (str_starts(path, routes[i].path))
            return routes[i].tell(s, v, path + strlen(routes[i].path));
    return NULL;
}

/* ---- the transport ---- */

static void call_free(struct http_call *c)
{
    timer_stop(c->timer);
    json_decref(c->body);
    mem_free(c);
}

static void reply(void *ctx)
{
    struct http_call *c = ctx;
    struct simulation *s = c->simulation;
    CLEANUP(freep) char *text = c->body ? jx_canonical(c->body) : NULL;
    size_t n = text ? strlen(text) : 0;
    const struct http_request rq = c->request;
    utc_t now = loop_utc(s->setup.loop);
    c->timer = NULL;
    bool is_streamed = rq.on_chunk && text && rq.on_chunk(rq.ctx, text, n);
    const struct http_reply done = {
        .end = HTTP_ANSWERED,
        .status = text ? 200 : 404,
        .content_type = "application/json",
        .location = "",
        .version = "",
        .date = now - now % SECONDS(1),
        .body = text && !is_streamed ? text : "",
        .n_body = is_streamed ? 0 : n,
        .took = answer_after,
    };
    call_free(c);
    rq.on_done(rq.ctx, &done);
}

/* By the address: no two instances share one. */
static struct served *served_of(struct simulation *s, const char *url, const char **ret_path)
{
    static const char api[] = "/api/v3/";
    for (size_t i = 0; i < s->served.n; i++) {
        const char *base = spec_of(&s->served.at[i])->url;
        size_t n = strlen(base);
        if (strncmp(url, base, n) == 0 && str_starts(url + n, api)) {
            *ret_path = url + n + strlen(api);
            return &s->served.at[i];
        }
    }
    return NULL;
}

static struct http_call *start(struct transport *t, const struct http_request *rq)
{
    struct simulation *s = (struct simulation *)t;
    struct http_call *c = NEW(struct http_call);
    const char *path = "";
    struct served *v = served_of(s, rq->url, &path);
    *c = (struct http_call){.simulation = s, .request = *rq};
    c->body = v ? answer(s, v, rq, path) : NULL;
    c->timer = loop_after(s->setup.loop, answer_after, reply, c);
    return c;
}

static void cancel(struct transport *t UNUSED, struct http_call *c)
{
    call_free(c);
}

struct transport *simulation_new(const struct simulation_setup *setup)
{
    struct simulation *s = NEW(struct simulation);
    *s = (struct simulation){.transport = {.start = start, .cancel = cancel}, .setup = *setup};
    s->began = loop_utc(setup->loop);
    for (size_t i = 0; i < config_n(setup->config); i++) {
        const struct resource *r = config_at(setup->config, i);
        if (r->kind == KIND_INSTANCE)
            vec_push(&s->served, (struct served){.instance = r});
    }
    return &s->transport;
}

struct transport *simulation_free(struct transport *t)
{
    struct simulation *s = (struct simulation *)t;
    if (!s)
        return NULL;
    for (size_t i = 0; i < s->served.n; i++)
        for (size_t k = 0; k < SEARCHES_KEPT; k++)
            vec_done(&s->served.at[i].searches[k].found);
    vec_done(&s->served);
    mem_free(s);
    return NULL;
}
