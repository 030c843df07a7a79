/* engine/lane.h — one server's work: its steps in order, and what they share. Inside the engine
 * only.
 *
 * Every step begins something asynchronous and ends with lane_next or lane_fail, exactly once. */
#ifndef SPL_ENGINE_LANE_H
#define SPL_ENGINE_LANE_H

#include "arr/arr.h"
#include "base/vec.h"
#include "engine/batch.h"
#include "engine/engine.h"
#include "engine/vitals.h"
#include "search/search.h"

/* A fact asked of the server, and when (our clock): asked again when older than FACT_KEEPS. */
enum { FACT_KEEPS_S = 60 };
struct fact {
    utc_t asked; /* 0: never */
    bool is_true;
};

struct gate;

struct health_waiter {
    void (*told)(void *ctx, const struct arr_result *r);
    void *ctx;
};

struct lane {
    struct engine *engine;
    struct errand *errand;
    const struct resource *instance;
    const struct instance *spec;
    struct secret key;
    struct arr *arr;
    struct arr_status status;
    struct vitals *vitals;               /* the engine's */
    enum arr_trouble trouble;            /* of the probe */
    enum arr_trouble last_trouble;       /* of the last answer of all */
    ms_t asked, took;                    /* its beginning by the monotonic clock, its length */
    VEC(const struct resource *) queues; /* to run, in order of their names */
    size_t at_queue;
    size_t step;
    struct fact indexers_down, downloads_full;
    VEC(int64_t) download_ids; /* asked with the latter */
    struct downloads downloading;
    VEC(struct health_waiter) on_health; /* while /health is asked: who wants to know */
    void (*on_gate)(void *ctx, const struct gate *g, const struct arr_result *r);
    void *on_gate_ctx;
    struct timer *timer;   /* the one wait a lane may be in */
    struct settle *settle; /* while settling */
    ms_t ahead;            /* the server's clock of ours, by the probe; 0 where it tells none */
    utc_t history_until;   /* imports: the newest row that was read, by the server's clock */
    struct err history_err;
    struct sync *sync;    /* while syncing */
    VEC(int64_t) changed; /* titles that its searches found other than the library has them */
    struct job *job;      /* while running a queue */
    int64_t n_open;       /* searches of earlier runs that may still be running there */
    bool has_begun, is_over;
};

/* One request under way: its lanes, and the configuration it began with and ends with. */
struct errand {
    struct engine *engine;
    struct run_request request; /* its queue's name is the errand's own */
    char *asked;
    const struct config *config;
    bool is_refresh;     /* no queue runs: only the libraries are read */
    VEC(int64_t) titles; /* of a refresh: only these */
    bool is_probe;       /* not even those: only /system/status and /health */
    bool is_routine;     /* nobody asked for it: a probe then tells nothing of itself */
    VEC(struct lane *) lanes;
    size_t n_open;
    struct run_totals totals;
    void (*done)(void *ctx, const struct run_totals *totals);
    void *done_ctx;
};

struct engine {
    struct engine_setup setup;
    struct batch batch;
    struct zones *zones;
    VEC(struct vitals *) vitals;
    VEC(struct errand *) errands; /* oldest first */
    bool has_looked_back;         /* runs that an earlier process left are marked as interrupted */
};

/* The errand's lane for an instance of its configuration, made when there is none (engine.c). */
struct lane *lane_for(struct errand *x, const char *instance);
/* refresh.c: lanes for the libraries to be read; false when one cannot be. */
MUST_CHECK bool refresh_lanes(struct errand *x, const struct strlist *names, struct err *e);
void refresh_failed(struct lane *l, const struct err *why);
/* probe.c: after connecting, and when that failed; both tell instance_probed. */
void lane_probe(struct lane *l);
void probe_failed(struct lane *l, const struct err *why);
/* It failed for want of its key, which its instance's condition and its queues say. */
bool lane_lacks_key(const struct lane *l, const struct err *why);
/* Where nothing else tells of a failure: what is wrong with a server its health says, what is wrong
 * here nobody does. */
void lane_log_own(const struct lane *l, const struct err *why);

void lane_begin(struct lane *l);        /* with the first step, in the next turn */
void engine_lane_ended(struct lane *l); /* engine.c: the server is free again; may free the lane */
void lane_next(struct lane *l);         /* begins the next step in the next turn */
void lane_end(struct lane *l);          /* no further step */
void lane_fail(struct lane *l,
               const struct err *why); /* every queue left ends with search_failed */
void lane_free(struct lane *l);

/* The steps, one file each. */
void lane_connect(struct lane *l); /* lane.c */
void lane_settle(struct lane *l);  /* settle.c */
void lane_imports(struct lane *l); /* imports.c */
void lane_sync(struct lane *l);    /* sync.c */
void lane_run(struct lane *l);     /* job.c */
void lane_reread(struct lane *l);  /* sync_touch.c: what its runs found changed */
void settle_free(struct settle *s);
void sync_free(struct sync *s);
void job_free(struct job *j);

utc_t lane_now(const struct lane *l); /* our clock, or the request's --at */
/* What the server's clock says as ours would have; never later than now. */
utc_t lane_ours(const struct lane *l, utc_t server);

/* Tells an event; instance is added. Steals `fields`. */
void lane_tell(struct lane *l, enum event event, json_t *fields);

void lane_note_changed(struct lane *l, int64_t title);

/* How a server is that answers so, and the reason of its Healthy condition; of ARR_OK "". */
enum health_state lane_health_state(enum arr_trouble trouble);
const char *lane_health_reason(enum arr_trouble trouble);
/* What /health says of indexers tells of searches that ended, by the server's clock, in the ten
 * minutes before. */
bool lane_is_recent(const struct lane *l, utc_t ended);
/* Asks /health unless it was asked within FACT_KEEPS; sets indexers_down; a fresh "down" re-judges
 * the `nothing` verdicts of the last ten minutes. `done` may come inside this call. */
void lane_ask_health(struct lane *l, void (*done)(void *ctx, const struct arr_result *r),
                     void *ctx);
void lane_distrust_health(struct lane *l); /* the next to ask asks the server */

#endif
