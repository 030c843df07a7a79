/* engine/engine.h — the single place where things happen, in order. Engine thread only.
 *
 * One lane per instance works through its steps (the table in lane.c) — connect, settle, imports,
 * sync, each queue, and what those found changed — one thing after another; lanes run side by side
 * on the loop, so a hostile server delays only itself.
 * What happens is told as events of the catalogue (model/event.def). */
#ifndef SPL_ENGINE_ENGINE_H
#define SPL_ENGINE_ENGINE_H

#include <jansson.h>

#include "http/transport.h"
#include "loop/loop.h"
#include "model/answers.h"
#include "model/config.h"
#include "model/event.h"
#include "model/health.h"
#include "model/timetable.h"
#include "plan/secrets.h"
#include "store/store.h"

struct engine;

/* Everything is borrowed and must outlive the engine (the configuration: see engine_adopt). */
struct engine_setup {
    struct loop *loop;
    struct store *store;
    struct transport *transport;
    const struct secrets *secrets;
    const struct config *config; /* the applied one */
    uint64_t seed;               /* of every pick; stored with each run */
    /* Behind the transport there are no servers (engine/simulate_server.h): no keys are needed,
     * libraries stay as they are. */
    bool is_simulated;
    /* `fields` is borrowed: an object with the event's own fields, instance and queue. */
    void (*on_event)(void *ctx, enum event event, const json_t *fields);
    void *ctx;
};

struct engine *engine_new(const struct engine_setup *setup);
struct engine *
engine_free(struct engine *e); /* takes NULL, returns NULL; unfinished work is left to settling */

struct run_request {
    const char *queue; /* "tv-missing", "tv-missing@sonarr-main", or NULL for all */
    /* Instead of queues: the libraries of these instances are brought up to date, whatever their
     * age; none named: of all that are not suspended. Read during the call. */
    const struct strlist *refresh;
    /* With `refresh` of one instance: only these titles of its library are read again, by the
     * server's ids. Read during the call; n 0: all of it. */
    struct title_list {
        const int64_t *at;
        size_t n;
    } titles;
    bool is_probe;   /* with `refresh`: they are only asked how they are (instance_probed) */
    bool is_routine; /* a probe that tells only of changes, reads /health only when it is due, and
                        settles what earlier runs left open; a refresh of libraries that are older
                        than library.sync, and no others */
    bool is_dry;     /* say what would be searched, search nothing */
    bool no_wait;    /* end each instance's lane after its first search was posted */
    utc_t at;        /* dry runs: as if it were then; 0: now */
    enum run_cause cause;
    int64_t limit; /* items at most: what a gate left of an earlier run; 0: the batch */
    /* Besides the engine's own: the events of this request alone. May be NULL. */
    void (*on_event)(void *ctx, enum event event, const json_t *fields);
    void *event_ctx;
};
struct run_totals {
    /* Of one queue on one instance, or of one library; gated ones did not fail. */
    size_t n_runs, n_failed;
    size_t n_searched, n_grabbed;
};
/* Runs the queue(s) once; `done` comes from the loop when the last lane has ended (at once when
 * there is nothing to run). Any number of requests may be under way; those that meet on one
 * instance take turns there, but for a probe that is no routine. False when nothing can start: no
 * such queue or instance (ERR_USAGE), or one to refresh is suspended (ERR_REFUSED). */
MUST_CHECK bool engine_run(struct engine *e, const struct run_request *request,
                           void (*done)(void *ctx, const struct run_totals *totals), void *ctx,
                           struct err *err);
bool engine_is_idle(const struct engine *e);

/* How an instance is, as far as is known; valid until the next turn of the loop. Asking for its
 * name alone costs a read of the state the first time. */
const struct health *engine_health(struct engine *e, const char *instance);
const struct answers *engine_answers(struct engine *e, const char *instance);
/* Until when it asked to be left alone, an hour at most; 0: it did not. */
utc_t engine_rests(struct engine *e, const char *instance);
/* What was last said of it by /health is not to be relied on: the next probe asks again, and so
 * does a run under way before its next search. */
void engine_distrust_health(struct engine *e, const char *instance);
/* Searches under way there may have ended: they are looked at in a moment, not when their next look
 * is due. */
void engine_nudge(struct engine *e, const char *instance);
/* Ends its recovery when that is over by now; told as an event. */
void engine_look_at_health(struct engine *e, const char *instance);

/* Requests from now on use `config`; those under way end with the one they began with, which must
 * live until engine_uses says no. */
void engine_adopt(struct engine *e, const struct config *config);
bool engine_uses(const struct engine *e, const struct config *config);

#endif
