/* engine/job.h — one run of one queue on one instance: what it holds, how it is counted and told.
 */
#ifndef SPL_ENGINE_JOB_H
#define SPL_ENGINE_JOB_H

#include "engine/airing.h"
#include "engine/attempt.h"
#include "search/season.h"
#include "store/library.h"

/* Searches of one run at once; limits.in_flight says how many are allowed. */
enum { FLIGHTS_MAX = 2 };
struct flight {
    struct lane *lane;
    const struct pick *pick;
    struct task *task; /* NULL: free */
    bool is_intended;
};

struct job {
    const struct queue *spec;
    struct arena *arena;
    struct run run; /* strings borrowed, from the config or the arena */
    struct exclusions *exclusions;
    struct timetable *hours;
    struct airing airing; /* of a run for what airs */
    size_t at_title;
    struct rates rates; /* as they were when it began */
    struct query query;
    int64_t batch;               /* items at most */
    VEC(const char *) elsewhere; /* identities in flight on other instances when it began */
    struct pool *pool;
    struct candidate_cursor cursor;
    struct packs packs; /* seasons that go before their episodes */
    int64_t at_series;  /* while seasons are offered: the last one looked at */
    size_t at_series_meant;
    bool has_offered_seasons;
    size_t at_pick;
    struct flight flights[FLIGHTS_MAX];
    bool is_beginning; /* from the question at the gates to the intent: one attempt at a time */
    bool is_ending;    /* nothing more is begun; it ends with the last flight */
    bool has_broken;
    struct err why;           /* it has broken */
    enum arr_trouble trouble; /* of the answer before */
    int n_skipped[REASON_N];  /* by preflight */
    int n_failed;             /* searches that the server says failed */
    utc_t gate_until;
    utc_t in_vain; /* when the last search was judged to have found nothing; 0: none was */
    json_t *found; /* titles grabbed, for content_found */
};

MUST_CHECK bool job_new(struct lane *l, size_t spare,
                        struct err *e); /* for lane->queues[at_queue] */
void job_begin(struct lane *l);
void job_nudge(struct job *j); /* a command of it may have ended */

/* job_seasons.c: one slice of the seasons that may be searched whole, of the given series or, NULL,
 * of all; sets has_offered_seasons when none is left. */
MUST_CHECK bool job_offer_seasons(struct lane *l, const struct title_ids *titles, struct err *e);

/* Writes the run's row as it stands; dry runs write nothing. */
MUST_CHECK bool job_record(struct lane *l, struct err *e);

/* One attempt began, the n-th of the run; tells item_searching. */
void job_tell_begun(struct lane *l, const struct pick *pick, int n);
void job_count(struct lane *l,
               const struct attempt *row); /* one attempt ended; tells item_searched */
void job_tell_selected(struct lane *l);    /* dry runs: every pick */
void job_tell_start(struct lane *l);
void job_tell_end(struct lane *l);

#endif
