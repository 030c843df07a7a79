/* store/searches.h — runs and attempts: committed states, caps counted from them, memory per item,
 * roll-ups. Each state of an attempt is a row before the next step begins:
 * intended → posted → started → ended → judged. */
#ifndef SPL_STORE_SEARCHES_H
#define SPL_STORE_SEARCHES_H

#include "model/rates.h"
#include "model/timetable.h"
#include "store/store.h"

struct run {
    int64_t id;
    const char *queue, *instance, *strategy;
    uint64_t seed;
    utc_t started, ended; /* ended 0: unfinished */
    const char *status;   /* "running", "completed", "gated", "failed", "interrupted" */
    const char *gate;     /* reason code when gated, else "" */
    int considered, selected, searched, grabbed;
    const char *reasons;     /* JSON object: reason code → count */
    const char *near_misses; /* JSON array of {item, title, reason, until} */
    const char *error;
    enum run_cause cause;
};
MUST_CHECK bool run_add(struct store *s, const struct run *r, int64_t *ret_id, struct err *e);
MUST_CHECK bool run_update(struct store *s, const struct run *r, struct err *e);
/* Newest first. queue or instance may be NULL. */
MUST_CHECK bool runs_each(struct store *s, const char *queue, const char *instance, size_t limit,
                          void (*row)(void *ctx, const struct run *r), void *ctx, struct err *e);
/* When the newest runs began that came to their end with no gate in the way; 0: never. What was
 * gated, failed or interrupted is still due. */
struct last_runs {
    utc_t full, airing; /* of everything; of what airs */
};
MUST_CHECK bool runs_last(struct store *s, const char *queue, const char *instance,
                          struct last_runs *ret, struct err *e);
/* Runs left unfinished by a process that is gone become "interrupted". */
MUST_CHECK bool runs_interrupt(struct store *s, utc_t now, struct err *e);

enum attempt_state {
    ATTEMPT_INTENDED,
    ATTEMPT_POSTED,
    ATTEMPT_STARTED,
    ATTEMPT_ENDED,
    ATTEMPT_JUDGED,
    ATTEMPT_STATE_N
};
extern const char *const attempt_state_names[ATTEMPT_STATE_N + 1];

/* One episode that a search of its season is about. */
struct covered {
    int64_t item_id;
    const char *identity;
    int episode;
    bool is_lacking;   /* it has no file */
    bool is_found;     /* when judged: a release of it was grabbed */
    const char *title; /* label for people, where it is known; else NULL */
};

/* A search of one item, or of a whole season: then item_id is 0 and episode WHOLE_SEASON. */
struct attempt {
    int64_t id, run;
    const char *queue, *instance, *strategy;
    enum item_kind kind;
    int64_t item_id, title_id;
    const char *identity; /* portable */
    const char *title;    /* label for people */
    int season, episode;
    enum attempt_state state;
    int64_t command_id;    /* 0 until posted */
    utc_t intended;        /* our clock: caps and cooldowns count from here */
    utc_t server_date;     /* the server's clock at preflight, by its clock of when it was asked to
                              search: what history is compared with */
    utc_t server_searched; /* the item's lastSearchTime at preflight; 0 unknown */
    utc_t server_started;  /* startTime of the server process at the intent; 0 unknown */
    utc_t posted, started, ended, judged; /* posted, judged: ours; started, ended: the server's */
    enum verdict verdict;
    int grabs;
    int cost;                      /* indexer queries */
    utc_t imported, import_failed; /* ours; 0: not, or not known yet */
    utc_t deleted; /* ours: a file of the import was deleted again; 0: not, as far as is known */
    const char *message;
    /* Of a season: whether its episodes follow one by one when it finds nothing, and, when it is
     * added, what it is about. */
    bool falls_back;
    /* Judged `grabbed`, but of what was lacking only some was found: each of those is a find of its
     * own, the season itself and the others were searched in vain. */
    bool is_partial;
    const struct covered *covered;
    size_t n_covered;
    /* When judged `grabbed`: the ids of the downloads, "" where the client gives none. */
    const char *const *downloads;
    size_t n_downloads;
};
/* Takes its texts into the arena; NULL becomes "". */
void attempt_keep(struct attempt *a, struct arena *arena);
/* Inserts the intent. Fault point "attempt.intended" after its commit is the engine's. */
MUST_CHECK bool attempt_add(struct store *s, const struct attempt *a, int64_t *ret_id,
                            struct err *e);
/* Writes state, command id, times of the server and message. Inside a transaction or alone. */
MUST_CHECK bool attempt_update(struct store *s, const struct attempt *a, struct err *e);
/* Judged: the attempt, the item's memory and the roll-ups change in one transaction; with a season
 * its episodes begin to rest, unless it was in vain and they follow now. Idempotent: an attempt
 * already judged stays as it is and *ret_done is false. */
MUST_CHECK bool attempt_judge(struct store *s, const struct attempt *a, bool *ret_done,
                              struct err *e);
/* A `nothing` turned out to be `no_indexers` within 10 minutes: verdict, memory and roll-ups move.
 */
MUST_CHECK bool attempt_rejudge(struct store *s, int64_t id, enum verdict verdict, struct err *e);
/* Somebody asks for an item again: neither its cooldown nor the loop guard hold it any more. Inside
 * a transaction. */
MUST_CHECK bool memory_retry(struct store *s, const char *instance, const char *identity, utc_t at,
                             struct err *e);
/* Searches that reached nobody hold their items no longer. */
MUST_CHECK bool memory_indexers_back(struct store *s, const char *instance, struct err *e);
/* The memory of an item; all zero: never searched. */
MUST_CHECK bool memory_of(struct store *s, const char *instance, const char *identity,
                          struct item_memory *ret, struct err *e);
/* A grab was imported: the attempt, the loop guard of its item, and the roll-ups. */
MUST_CHECK bool attempt_imported(struct store *s, int64_t id, utc_t at, struct err *e);

/* What an attempt of a season is about, by item. */
MUST_CHECK bool covered_each(struct store *s, int64_t attempt,
                             void (*row)(void *ctx, const struct covered *c), void *ctx,
                             struct err *e);
/* A partial find as that of one of its episodes. */
struct attempt attempt_of_one(const struct attempt *a, const struct covered *c);
/* An attempt as an item, for its address. */
struct item attempt_item(const struct attempt *a);

/* Unjudged ones of an instance, oldest first: settled before anything new is searched. */
MUST_CHECK bool attempts_open(struct store *s, const char *instance,
                              void (*row)(void *ctx, const struct attempt *a), void *ctx,
                              struct err *e);
/* Newest first; any filter may be NULL or 0. */
struct attempt_filter {
    const char *instance, *queue, *identity;
    enum verdict verdict; /* VERDICT_NONE: any */
    utc_t since;          /* intended then or later */
    int64_t run;
    size_t limit;
};
MUST_CHECK bool attempts_each(struct store *s, const struct attempt_filter *f,
                              void (*row)(void *ctx, const struct attempt *a), void *ctx,
                              struct err *e);

/* Caps roll: attempts that count (every one but `lost`, `no_indexers` undone ones included) whose
 * intent lies in (now - window, now], or up to a day ahead: the clock was put back. *ret_free_at:
 * the instant the next search may begin under this cap (now or earlier: at once). */
MUST_CHECK bool cap_free_at(struct store *s, const char *instance, ms_t window, int64_t cap,
                            utc_t now, utc_t *ret_free_at, int64_t *ret_used, struct err *e);
/* The same of all queues of a tenant together, whatever instance they search. */
MUST_CHECK bool tenant_cap_free_at(struct store *s, const char *tenant, ms_t window, int64_t cap,
                                   utc_t now, utc_t *ret_free_at, int64_t *ret_used, struct err *e);
/* When the last search of an instance was intended; 0: never. For min_gap. */
MUST_CHECK bool last_search(struct store *s, const char *instance, utc_t *ret, struct err *e);
/* Whether an attempt on any other instance with this identity is not judged yet. */
MUST_CHECK bool is_searching_elsewhere(struct store *s, const char *instance, const char *identity,
                                       bool *ret, struct err *e);

/* The portable identities that are being searched on any other instance. */
MUST_CHECK bool searching_elsewhere_each(struct store *s, const char *instance,
                                         void (*row)(void *ctx, const char *identity), void *ctx,
                                         struct err *e);

/* How often searches of this strategy found something on this instance: what is missing and
 * upgrades are told apart. Learned in the transaction that judges; all zero: nothing yet. */
MUST_CHECK bool rates_load(struct store *s, const char *instance, enum strategy strategy,
                           struct rates *ret, struct err *e);

/* Roll-ups by day of the intent, instance, queue and strategy, kept in the transaction that judges.
 * searches = grabbed + nothing + other (unknown, foreign, abandoned); failed: those that asked
 * nobody (failed, lost, no_indexers), their indexer queries not counted; imported: of the grabbed
 * ones, those whose find was imported. */
struct rollup {
    const char *day, *instance, *queue, *strategy; /* "2026-11-23" UTC */
    int64_t searches, grabbed, nothing, failed, other, grabs, indexer_queries, imported;
};
MUST_CHECK bool rollups_each(struct store *s, utc_t since,
                             void (*row)(void *ctx, const struct rollup *r), void *ctx,
                             struct err *e);
/* Over all days, by instance, queue and strategy; day is "". */
MUST_CHECK bool rollups_total(struct store *s, void (*row)(void *ctx, const struct rollup *r),
                              void *ctx, struct err *e);

#endif
