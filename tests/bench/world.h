/* bench/world.h — a made-up library and the truth about it: when a release of each item appears.
 * What is drawn is not what `smart` assumes: delays are log-normal, chances differ by title and by
 * item, some titles never get a release. Worlds and seeds were fixed before the ranking was tuned.
 */
#ifndef BENCH_WORLD_H
#define BENCH_WORLD_H

#include "model/item.h"

static const utc_t WORLD_START = 1795435200000; /* 2026-11-23T12:00:00Z */
enum { WORLD_DAYS = 60 };

/* One kind of world. Chances are those of an average title. */
struct world_kind {
    const char *name;
    int n_fresh, n_old, n_specials; /* items that air during the world; that aired before */
    double prompt, late; /* fresh: a release within hours; if not, within days or weeks */
    double waiting;      /* old: a release is there from the start */
    double daily[3];     /* else: chance of one each day; younger than 30 days, 365 days, older */
    double dead;         /* share of titles that never get one */
    double spread;       /* sigma of the log-normal that sets titles apart */
    bool has_outages;
};
extern const struct world_kind world_kinds[];
extern const int n_world_kinds;

struct world_item {
    struct item item;
    utc_t appears;     /* when a search finds it; 0: never */
    bool is_fresh;     /* aired after the start */
    bool is_on_second; /* only the second of the two indexers has it */
    char sort_title[16];
};

struct world {
    const struct world_kind *kind;
    struct world_item *at;
    size_t n;
};

struct world world_new(const struct world_kind *kind, uint64_t seed);
void world_done(struct world *w);

/* Nobody can be asked; only the first indexer answers. */
bool world_is_down(const struct world *w, utc_t now);
bool world_is_half_down(const struct world *w, utc_t now);

#endif
