/* engine/sync_parts.h — one library sync under way, shared by its files. */
#ifndef SPL_ENGINE_SYNC_PARTS_H
#define SPL_ENGINE_SYNC_PARTS_H

#include "engine/lane.h"
#include "store/library.h"

/* At most so many requests' worth of what looks unchanged is read again in one sync, the stalest
 * first: what a file is worth can change without a trace in the list of titles. */
enum { ROLLING_MAX = 10 };

struct sync {
    int64_t generation;
    struct arena *arena;
    VEC(struct stored_profile) profiles;
    VEC(struct stored_tag) tags;
    struct title series; /* whose episodes are being read; strings in series_arena */
    struct arena *series_arena;
    int64_t n_titles, n_changed, n_rolling, n_items;
    int64_t seen[BATCH_ROWS]; /* titles that were put; that they were seen is not written yet */
    size_t n_seen;
    bool is_rolling;                   /* the changed ones are read */
    int64_t score_ids[ARR_SCORES_MAX]; /* movies whose scores are being read */
    size_t n_scores;
    struct title_list touched; /* all that is read; the lane's or the errand's */
    size_t at_touched;
    int n_rolling_batches;
    bool is_repair; /* everything is read again, because the counts differed */
    uint64_t requests_before;
    utc_t began;
    utc_t stale_before; /* what was read before is stale, though it looks unchanged */
    utc_t told;         /* progress, last */
    struct err err;     /* of the store, in a callback that cannot fail */
};

/* Begins anew; a sync under way is dropped. Ends the step of the lane. */
void sync_begin(struct lane *l, bool is_repair);
/* The state cannot be kept: ends the step. */
void sync_failed(struct lane *l, struct err *e);

/* sync_scores.c, Radarr: what the custom formats of files are worth, then sync_finish. */
void sync_scores(struct lane *l);

void sync_progress(struct lane *l); /* tells how far it is, now and then */

/* Archives what was not seen, tells, and goes on with sync_compare. */
void sync_finish(struct lane *l);

/* Whether a call and every row written during it went well; if not, the step has ended. */
bool sync_went_well(struct lane *l, const struct arr_result *r);

/* sync_touch.c: reads these titles alone, and tells library_touched. Ends the step. */
void sync_touch(struct lane *l, const struct title_list *titles);
/* What both keep: a title and, of a movie, its item; one episode; what a movie's file is worth.
 * They note the first error. */
void sync_on_title(void *lane, const struct title *t, const struct item *it);
void sync_on_episode(void *lane, const struct item *it);
void sync_on_score(void *lane, int64_t movie_id, int score);
/* A sync under way for the lane, without a generation yet. */
struct sync *sync_new(struct lane *l);

/* sync_drift.c: the last part. Compares the server's own count of what is wanted with ours; when
 * they differ, says so and begins once more with everything. Ends the step. */
void sync_compare(struct lane *l);

#endif
