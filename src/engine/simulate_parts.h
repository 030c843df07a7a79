/* engine/simulate_parts.h — what the files of the simulated servers share. */
#ifndef SPL_ENGINE_SIMULATE_PARTS_H
#define SPL_ENGINE_SIMULATE_PARTS_H

#include <jansson.h>

#include "base/vec.h"
#include "engine/simulate_server.h"
#include "model/item.h"

/* One search, under way or over. */
struct searched {
    int64_t command, item; /* item 0: a season */
    int64_t series;
    int season;
    utc_t posted;       /* 0: there was none */
    VEC(int64_t) found; /* items that it found releases for */
};

/* As many are under way at once as limits.in_flight allows; then the oldest is forgotten. */
enum { SEARCHES_KEPT = 2 };
struct served {
    const struct resource *instance;
    struct searched searches[SEARCHES_KEPT];
};

struct simulation {
    struct transport transport; /* first */
    struct simulation_setup setup;
    VEC(struct served) served; /* one per instance */
    int64_t n_commands;
    utc_t began;
};

enum { SEARCH_TAKES_S = 8 };

static inline const struct instance *spec_of(const struct served *v)
{
    return v->instance->spec;
}
static inline bool is_sonarr(const struct served *v)
{
    return spec_of(v)->type == APP_SONARR;
}
static inline utc_t ends_at(const struct searched *x)
{
    return x->posted + SECONDS(SEARCH_TAKES_S);
}
static inline bool is_over(const struct simulation *s, const struct searched *x)
{
    return loop_utc(s->setup.loop) >= ends_at(x);
}

/* What /episode/ID or /movie/ID says of it. */
json_t *simulated_item_json(const struct simulation *s, const struct served *v,
                            const struct item *it);
/* Of one search of the item now: how likely it finds something; and whether it does, drawn by seed,
 * `what` and time passed, so that nothing else moves it. */
MUST_CHECK bool simulated_chance(const struct simulation *s, const struct served *v,
                                 const struct item *it, const struct item_memory *m, double *ret,
                                 struct err *e);
bool simulated_draw(const struct simulation *s, const struct searched *x, int64_t what, double p);

/* simulate_season.c: /series/ID, /episode?seriesId=&seasonNumber=, and a search of a season, which
 * finds all that it lacks, or nothing. */
json_t *simulated_series(struct simulation *s, struct served *v, const char *rest);
json_t *simulated_season(struct simulation *s, struct served *v, const char *rest);
MUST_CHECK bool simulated_season_search(struct simulation *s, const struct served *v,
                                        struct searched *x, struct err *e);

#endif
