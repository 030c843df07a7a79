/* engine/simulate_season.c — seasons of the stored library as a server tells them. */
#include <stdio.h>

#include "base/arena.h"
#include "base/jx.h"
#include "base/str.h"
#include "engine/simulate_parts.h"
#include "store/copy.h"
#include "store/library.h"

static void take_title(void *ctx, const struct item *it, const struct item_memory *m UNUSED)
{
    json_t *o = ctx;
    jx_put(o, "id", json_integer(it->title_id));
    jx_put(o, "title", jx_string(it->title));
    jx_put(o, "status", jx_string(status_names[it->status]));
    if (it->is_monitored || !json_object_get(o, "monitored"))
        jx_put(o, "monitored", json_boolean(it->is_monitored));
}

/* Of its episodes: a series is monitored when one of them is. */
json_t *simulated_series(struct simulation *s, struct served *v, const char *rest)
{
    CLEANUP(jx_decrefp) json_t *o = json_object();
    struct err e = {0};
    int64_t id;
    bool ok = str_int(rest, &id) &&
              candidates_of_title(s->setup.store, v->instance->name, id, take_title, o, &e);
    return ok && json_object_size(o) ? TAKE(o) : NULL;
}

/* ---- its episodes ---- */

struct listing {
    const struct simulation *simulation;
    const struct served *served;
    json_t *rows;
};

static void add_row(void *ctx, const struct item *it, const struct item_memory *m UNUSED)
{
    const struct listing *l = ctx;
    jx_push(l->rows, simulated_item_json(l->simulation, l->served, it));
}

json_t *simulated_season(struct simulation *s, struct served *v, const char *rest)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct listing l = {.simulation = s, .served = v, .rows = json_array()};
    struct item_memory whole;
    struct err e = {0};
    long long series;
    int season;
    if (sscanf(rest, "%lld&seasonNumber=%d", &series, &season) == 2 &&
        season_read(s->setup.store, v->instance->name, series, season, arena, add_row, &l, &whole,
                    &e))
        return l.rows;
    json_decref(l.rows);
    return NULL;
}

/* ---- a search ---- */

struct lacked {
    const struct simulation *simulation;
    const struct served *served;
    VEC(int64_t) ids;
    double chance; /* of the likeliest */
    struct err err;
};

static void lacked_done(struct lacked *x)
{
    vec_done(&x->ids);
}

static void add_lacked(void *ctx, const struct item *it, const struct item_memory *m)
{
    struct lacked *x = ctx;
    double p = 0;
    if (it->has_file || x->err.code)
        return;
    if (simulated_chance(x->simulation, x->served, it, m, &p, &x->err))
        x->chance = MAX(x->chance, p);
    vec_push(&x->ids, it->id);
}

static bool take_all(struct simulation *s, const struct served *v, const struct lacked *lacked,
                     struct searched *x, struct err *e)
{
    for (size_t i = 0; i < lacked->ids.n; i++) {
        vec_push(&x->found, lacked->ids.at[i]);
        if (!item_satisfied(s->setup.store, v->instance->name, ITEM_EPISODE, lacked->ids.at[i], e))
            return false;
    }
    return true;
}

bool simulated_season_search(struct simulation *s, const struct served *v, struct searched *x,
                             struct err *e)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    CLEANUP(lacked_done) struct lacked lacked = {.simulation = s, .served = v};
    struct item_memory whole;
    if (!season_read(s->setup.store, v->instance->name, x->series, x->season, arena, add_lacked,
                     &lacked, &whole, e))
        return false;
    if (lacked.err.code)
        *e = lacked.err;
    if (lacked.err.code || !simulated_draw(s, x, x->series, lacked.chance))
        return !lacked.err.code;
    return take_all(s, v, &lacked, x, e);
}
