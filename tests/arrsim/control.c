/* arrsim/control.c — questions and orders from outside. */
#include "arrsim/control.h"

#include <string.h>

#include "base/str.h"

/* ---- questions ---- */

static void put_sim(struct ex *x, struct sim *s)
{
    jw_object(&x->j, NULL);
    jw_str(&x->j, "name", s->name);
    jw_str(&x->j, "app", s->app == SIM_SONARR ? "sonarr" : "radarr");
    jw_str(&x->j, "version", api_version(s));
    jw_str(&x->j, "base", s->base);
    jw_int(&x->j, "titles", (int64_t)s->titles.n);
    jw_int(&x->j, "items", (int64_t)s->items.n);
    jw_int(&x->j, "wanted", (int64_t)sim_count_wanted(s));
    jw_int(&x->j, "commands", (int64_t)s->commands.n);
    jw_int(&x->j, "grabs", sim_count_grabs(s));
    jw_int(&x->j, "imports", sim_count_imports(s));
    jw_int(&x->j, "requests", (int64_t)s->n_requests);
    jw_int(&x->j, "mostInFlight", (int64_t)sim_most_in_flight(s));
    jw_close(&x->j);
}

static void get_state(struct ex *x)
{
    struct world *w = x->s->world;
    jw_object(&x->j, NULL);
    jw_time(&x->j, "now", world_now(w));
    jw_real(&x->j, "speed", w->speed);
    jw_int(&x->j, "searches", (int64_t)w->searches.n);
    jw_array(&x->j, "servers");
    for (size_t i = 0; i < w->sims.n; i++) {
        sim_advance(w->sims.at[i]);
        put_sim(x, w->sims.at[i]);
    }
}

static void row_search(struct ex *x, int row)
{
    const struct sim_search *r = &x->s->world->searches.at[row];
    jw_object(&x->j, NULL);
    jw_str(&x->j, "server", r->sim->name);
    jw_time(&x->j, "at", r->at);
    jw_int(&x->j, "item", r->item);
    jw_int(&x->j, "title", r->title);
    jw_int(&x->j, "season", r->season);
    jw_int(&x->j, "command", r->command);
    jw_str(&x->j, "commandName", r->command_name);
    jw_str(&x->j, "trigger", r->trigger);
    jw_int(&x->j, "reached", r->n_reached);
    jw_int(&x->j, "answered", r->n_answered);
    jw_bool(&x->j, "pack", r->is_pack);
    jw_bool(&x->j, "released", r->is_released);
    jw_bool(&x->j, "monitored", r->is_monitored);
    jw_bool(&x->j, "downloading", r->is_downloading);
    jw_bool(&x->j, "hasFile", r->has_file);
    jw_bool(&x->j, "special", r->is_special);
    jw_bool(&x->j, "byUser", r->by_user);
    jw_bool(&x->j, "found", r->found);
    jw_close(&x->j);
}

static void get_searches(struct ex *x)
{
    for (size_t i = 0; i < x->s->world->sims.n; i++)
        sim_advance(x->s->world->sims.at[i]);
    for (size_t i = 0; i < x->s->world->searches.n; i++)
        vec_push(&x->rows, (int)i);
    ex_list(x, row_search);
}

static void get_requests(struct ex *x)
{
    struct world *w = x->s->world;
    jw_array(&x->j, NULL);
    for (size_t i = 0; i < w->sims.n; i++)
        for (size_t k = 0; k < w->sims.at[i]->requests.n; k++) {
            const struct request_count *c = &w->sims.at[i]->requests.at[k];
            jw_object(&x->j, NULL);
            jw_str(&x->j, "server", w->sims.at[i]->name);
            jw_str(&x->j, "method", c->method);
            jw_str(&x->j, "route", c->route);
            jw_int(&x->j, "n", (int64_t)c->n);
            jw_close(&x->j);
        }
}

/* ---- orders: each returns what is wrong, or NULL ---- */

static const char *set_speed(struct ex *x, struct sim *s)
{
    double times;
    const char *v = ex_query(x, "times");
    if (!v || !str_real(v, &times))
        return "times must be a number";
    world_set_speed(s->world, times);
    return NULL;
}

static bool is_yes(const struct ex *x, const char *key)
{
    const char *v = ex_query(x, key);
    return !v || str_case_eq(v, "true") || str_eq(v, "1") || str_case_eq(v, "on");
}

static const char *set_behaviour(struct ex *x, struct sim *s)
{
    const char *name = ex_query(x, "name");
    return name && sim_behave(s, name, is_yes(x, "on")) ? NULL : "no such behaviour (behave.def)";
}

/* The place of `key`'s value among n names; n when it is none of them. */
static size_t place(const struct ex *x, const char *key, const char *const names[], size_t n)
{
    size_t i = 0;
    const char *v = ex_query(x, key);
    while (i < n && !str_eq(v, names[i]))
        i++;
    return i;
}

static const char *set_fault(struct ex *x, struct sim *s)
{
    static const char *const kinds[] = {"status",   "html", "cut",  "endless", "tarpit", "reset",
                                        "starting", "lost", "drip", "torn",    "loop",   "moved"};
    size_t kind = place(x, "kind", kinds, COUNT(kinds));
    const char *method = ex_query(x, "method"), *path = ex_query(x, "path");
    if (kind == COUNT(kinds))
        return "kind must be status, html, cut, endless, tarpit, reset, starting, lost, drip, "
               "torn, loop or moved";
    sim_fault(s, method ? method : "*", path ? path : "/", (enum sim_fault)kind,
              (int)ex_number(x, "status", 503), SECONDS(ex_number(x, "retry_after", 0)),
              (int)ex_number(x, "times", 1));
    return NULL;
}

static const char *restart(struct ex *x, struct sim *s)
{
    sim_restart(s, SECONDS(ex_number(x, "down", 3)));
    return NULL;
}

static const char *set_indexers(struct ex *x, struct sim *s)
{
    static const char *const states[] = {"up", "error", "blocked", "off"};
    size_t state = place(x, "state", states, COUNT(states));
    if (state == COUNT(states))
        return "state must be up, error, blocked or off";
    sim_set_indexers(s, (enum sim_indexer_state)state);
    return NULL;
}

static const char *set_skew(struct ex *x, struct sim *s)
{
    sim_set_skew(s, SECONDS(ex_number(x, "seconds", 0)));
    return NULL;
}

static const char *set_latency(struct ex *x, struct sim *s)
{
    sim_set_latency(s, ex_number(x, "ms", 0));
    return NULL;
}

static const char *set_release(struct ex *x, struct sim *s)
{
    utc_t at = s->now;
    const char *v = ex_query(x, "at");
    if (v && !utc_parse(v, &at))
        return "at must be a date";
    sim_set_release(s, (int)ex_number(x, "item", 0), at);
    return NULL;
}

static const char *user_search(struct ex *x, struct sim *s)
{
    int item = (int)ex_number(x, "item", 0);
    sim_user_search(s, &item, 1);
    return NULL;
}

static const char *grab(struct ex *x, struct sim *s)
{
    int item = (int)ex_number(x, "item", 0);
    if (!sim_item(s, item))
        return "no such item";
    sim_grab(s, &item, 1);
    return NULL;
}

static const char *set_monitored(struct ex *x, struct sim *s)
{
    struct sim_item *it = sim_item(s, (int)ex_number(x, "item", 0));
    if (!it)
        return "no such item";
    it->is_monitored = is_yes(x, "on");
    if (s->app == SIM_RADARR)
        s->titles.at[it->title - 1].is_monitored = it->is_monitored;
    return NULL;
}

static const char *remove_title(struct ex *x, struct sim *s)
{
    sim_remove_title(s, (int)ex_number(x, "title", 0));
    return NULL;
}

static const struct {
    const char *method, *path;
    void (*get)(struct ex *x);
    const char *(*order)(struct ex *x, struct sim *s);
} controls[] = {
    {"GET", "state", .get = get_state},
    {"GET", "searches", .get = get_searches},
    {"GET", "requests", .get = get_requests},
    {"POST", "speed", .order = set_speed},
    {"POST", "behave", .order = set_behaviour},
    {"POST", "fault", .order = set_fault},
    {"POST", "restart", .order = restart},
    {"POST", "indexers", .order = set_indexers},
    {"POST", "skew", .order = set_skew},
    {"POST", "latency", .order = set_latency},
    {"POST", "release", .order = set_release},
    {"POST", "user_search", .order = user_search},
    {"POST", "grab", .order = grab},
    {"POST", "monitor", .order = set_monitored},
    {"POST", "remove", .order = remove_title},
};

static void obey(struct ex *x, const char *(*order)(struct ex *x, struct sim *s))
{
    const char *name = ex_query(x, "sim");
    struct sim *s = name ? world_sim(x->s->world, name) : x->s;
    const char *wrong = "no such server";
    if (s) {
        sim_advance(s);
        wrong = order(x, s);
    }
    x->status = wrong ? 400 : 200;
    jw_object(&x->j, NULL);
    if (wrong)
        jw_str(&x->j, "error", wrong);
    else
        jw_bool(&x->j, "ok", true);
}

bool control_answer(struct ex *x)
{
    if (!str_starts(x->path, "/_sim/"))
        return false;
    const char *path = x->path + strlen("/_sim/");
    x->status = 404;
    for (size_t i = 0; i < COUNT(controls); i++) {
        if (!str_eq(controls[i].path, path) || !str_eq(controls[i].method, x->method))
            continue;
        x->status = 200;
        if (controls[i].get)
            controls[i].get(x);
        else
            obey(x, controls[i].order);
    }
    if (!x->row)
        jw_close_all(&x->j);
    return true;
}
