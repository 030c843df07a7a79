/* store/library.h — the cached libraries: what each server has, by instance. Items that vanish are
 * archived, their searches kept. Instances are named; the store maps names to row ids itself. */
#ifndef SPL_STORE_LIBRARY_H
#define SPL_STORE_LIBRARY_H

#include "model/item.h"
#include "store/store.h"

/* A sync is a generation: put what is seen and say so, then archive what was not. A title or a
 * movie that is as it was is not written again. Batches of one transaction per about 500 rows are
 * the caller's. */
MUST_CHECK bool library_begin(struct store *s, const char *instance, int64_t *ret_generation,
                              struct err *e);
MUST_CHECK bool title_put(struct store *s, const char *instance, const struct title *t,
                          struct err *e);
/* Titles that were put, many at once: that is what remains to be written when nothing changed. */
MUST_CHECK bool titles_seen(struct store *s, const char *instance, int64_t generation,
                            const int64_t ids[], size_t n, struct err *e);
MUST_CHECK bool item_put(struct store *s, const char *instance, int64_t generation,
                         const struct item *it, struct err *e);
/* The next series whose episodes must be read: never read, or changed (by fingerprint) since they
 * were; *ret_found false when none is left. Strings live in `arena`. A killed sync goes on where it
 * was. */
struct arena;
MUST_CHECK bool title_stale(struct store *s, const char *instance, int64_t generation,
                            struct arena *arena, struct title *ret, bool *ret_found, struct err *e);
/* Of the unchanged ones, the series whose episodes were read longest ago, before `before`: some
 * changes show in no fingerprint. */
MUST_CHECK bool title_oldest(struct store *s, const char *instance, int64_t generation,
                             utc_t before, struct arena *arena, struct title *ret, bool *ret_found,
                             struct err *e);
/* Episodes of one series were read completely: the ones not put in this generation are gone. */
MUST_CHECK bool title_fetched(struct store *s, const char *instance, int64_t generation, int64_t id,
                              utc_t at, struct err *e);
/* The server has no such title any more: it and its items are archived. */
MUST_CHECK bool title_gone(struct store *s, const char *instance, int64_t generation, int64_t id,
                           utc_t at, struct err *e);
struct library_counts {
    int64_t titles, items, archived;
};
/* Archives what this generation has not seen and records the sync. */
MUST_CHECK bool library_end(struct store *s, const char *instance, int64_t generation, utc_t at,
                            struct library_counts *ret, struct err *e);
/* How far its server's clock is ahead of ours, for the items read after it; up to 2 s more or less
 * is nothing new. */
MUST_CHECK bool instance_ahead(struct store *s, const char *instance, ms_t ahead, struct err *e);
/* When the last complete sync of an instance ended; 0: never. */
MUST_CHECK bool library_synced(struct store *s, const char *instance, utc_t *ret, struct err *e);
/* When any of them last ended. */
MUST_CHECK bool library_last_synced(struct store *s, utc_t *ret, struct err *e);

/* How many items are wanted at `at` by the rule of the server's own list. */
MUST_CHECK bool library_wanted(struct store *s, const char *instance, utc_t at, int64_t *ret,
                               struct err *e);
/* How the server's count differed from ours when that was told last, and when it last made us read
 * everything again; 0: never. */
struct library_drift {
    int64_t difference; /* the server's minus ours; 0: none */
    utc_t repaired;
};
MUST_CHECK bool library_drift(struct store *s, const char *instance, struct library_drift *ret,
                              struct err *e);
MUST_CHECK bool library_drift_put(struct store *s, const char *instance,
                                  const struct library_drift *drift, struct err *e);
/* The next sync reads every series as if it had changed. */
MUST_CHECK bool library_reread(struct store *s, const char *instance, struct err *e);

/* Movies whose file's score must be read, at most `max`, into `ret`: those new or changed, from the
 * one after `after` on, or, of the unchanged, those read longest ago before `before`. */
MUST_CHECK bool scores_stale(struct store *s, const char *instance, int64_t generation,
                             int64_t after, size_t max, int64_t ret[], size_t *ret_n,
                             struct err *e);
MUST_CHECK bool scores_oldest(struct store *s, const char *instance, int64_t generation,
                              utc_t before, size_t max, int64_t ret[], size_t *ret_n,
                              struct err *e);
MUST_CHECK bool score_put(struct store *s, const char *instance, int64_t movie_id, int score,
                          struct err *e);

/* Quality profiles and tags of a server, replaced as a whole inside a transaction. */
struct stored_profile {
    int64_t id;
    const char *name;
    bool is_upgrade_allowed;
    int64_t cutoff_score;    /* of custom formats; 0: none */
    const char *fingerprint; /* "": never compared */
};
/* Titles of a profile that changed are stale. */
MUST_CHECK bool profiles_replace(struct store *s, const char *instance,
                                 const struct stored_profile *p, size_t n, struct err *e);
struct stored_tag {
    int64_t id;
    const char *label;
};
MUST_CHECK bool tags_replace(struct store *s, const char *instance, const struct stored_tag *t,
                             size_t n, struct err *e);

/* Streams every live item of an instance with its memory, profile name and tag labels filled in.
 * `with_file`: only items that have one; `without`: only those that lack one; both may be set.
 * Steps in slices: call again with the cursor until *ret_more is false. A cursor starts as {0}. */
struct candidate_cursor {
    int64_t after;
    int pass; /* those without a file come first */
};
MUST_CHECK bool candidates_slice(struct store *s, const char *instance, bool without,
                                 bool with_file, size_t max_rows, struct candidate_cursor *cursor,
                                 void (*row)(void *ctx, const struct item *it,
                                             const struct item_memory *m),
                                 void *ctx, bool *ret_more, struct err *e);

/* The same of one title, all at once. */
MUST_CHECK bool candidates_of_title(struct store *s, const char *instance, int64_t title,
                                    void (*row)(void *ctx, const struct item *it,
                                                const struct item_memory *m),
                                    void *ctx, struct err *e);
/* Monitored ones that are released in [from, to], soonest first: what airs soon, what just has. */
MUST_CHECK bool candidates_released(struct store *s, const char *instance, utc_t from, utc_t to,
                                    void (*row)(void *ctx, const struct item *it,
                                                const struct item_memory *m),
                                    void *ctx, struct err *e);

/* The last of the next `n` series after `after`; INT64_MAX when fewer are left. */
MUST_CHECK bool titles_page(struct store *s, const char *instance, int64_t after, int64_t n,
                            int64_t *ret_last, struct err *e);
/* Seasons but 0 of series in (after, last] by their order that, at `now`, are out and monitored
 * throughout and lack enough to be searched whole. */
struct lacking {
    int64_t min_missing;
    double min_ratio;
    utc_t now;
};
MUST_CHECK bool seasons_lacking(struct store *s, const char *instance, int64_t after, int64_t last,
                                const struct lacking *wish,
                                void (*row)(void *ctx, int64_t title, int season), void *ctx,
                                struct err *e);
/* Every live episode of a season in order of airing, and what is remembered of the season as a
 * whole; strings live in `arena`, but for the episodes' titles. */
MUST_CHECK bool
season_read(struct store *s, const char *instance, int64_t title, int season, struct arena *arena,
            void (*row)(void *ctx, const struct item *it, const struct item_memory *m), void *ctx,
            struct item_memory *ret, struct err *e);

/* One item by the server's id; strings live in `arena`. *ret_found false when unknown or archived.
 */
struct arena;
MUST_CHECK bool item_find(struct store *s, const char *instance, enum item_kind kind, int64_t id,
                          struct arena *arena, struct item *ret, struct item_memory *ret_memory,
                          bool *ret_found, struct err *e);

/* Totals for `status` and `get library`, by name; removed instances are left out. Missing:
 * monitored and aired (episodes) or available (movies), without a file. Cutoff unmet: monitored,
 * with one. */
struct library_summary {
    const char *instance;
    utc_t synced;
    int64_t titles, items, with_file, missing, cutoff_unmet;
    int64_t drift; /* how many more the server counts as wanted, as far as that was told */
};
MUST_CHECK bool library_each(struct store *s,
                             void (*row)(void *ctx, const struct library_summary *l), void *ctx,
                             struct err *e);

#endif
