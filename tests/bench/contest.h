/* bench/contest.h — one order in one world: runs on a virtual clock, with the gates, cooldowns and
 * caps that the engine has, and what came of it. */
#ifndef BENCH_CONTEST_H
#define BENCH_CONTEST_H

#include "bench/world.h"
#include "search/search.h"

/* An order of the search room, or a rule that ranks from outside. */
struct contestant {
    const char *name;
    enum order order;
    double (*score)(const struct world_item *x, const struct item_memory *m, utc_t now);
};

struct result {
    int64_t n_queries, n_searches, n_finds;
    double *fresh_hours; /* from broadcast to find; INFINITY when not found; owned */
    size_t n_fresh;      /* those whose release appeared a week before the end or earlier */
};

struct result contest_run(const struct world *w, const struct contestant *c, uint64_t seed);
void result_done(struct result *r);

#endif
