/* engine/sync_parts.h — one library sync under way, shared by its files. */
#ifndef SPL_ENGINE_SYNC_PARTS_H
#define SPL_ENGINE_SYNC_PARTS_H

#include "engine/lane.h"
#include "store/library.h"

struct sync {
    int64_t generation;
    struct arena *arena;
    VEC(struct stored_profile) profiles;
    VEC(struct stored_tag) tags;
    struct title series; /* whose episodes are being read; strings in series_arena */
    struct arena *series_arena;
    int64_t n_titles, n_changed, n_rolling, n_items;
    bool is_rolling; /* the changed ones are read */
    bool is_repair;  /* everything is read again, because the counts differed */
    uint64_t requests_before;
    utc_t began;
    utc_t told;     /* progress, last */
    struct err err; /* of the store, in a callback that cannot fail */
};

/* Begins anew; a sync under way is dropped. Ends the step of the lane. */
void sync_begin(struct lane *l, bool is_repair);
/* The state cannot be kept: ends the step. Steals nothing. */
void sync_failed(struct lane *l, struct err *e);

/* sync_drift.c: the last part. Compares the server's own count of what is wanted with ours; when
 * they differ, says so and begins once more with everything. Ends the step. */
void sync_compare(struct lane *l);

#endif
