/* scenario/stage.h — what a scenario plays on: the whole program on a virtual clock, simulated
 * servers behind the transport, a state directory of its own.
 *
 * The program can be started, killed and started again; the servers live on. */
#ifndef SCENARIO_STAGE_H
#define SCENARIO_STAGE_H

#include "arrsim/sim_transport.h"
#include "arrsim/world.h"
#include "base/vec.h"
#include "engine/expiry.h"
#include "engine/hooks.h"
#include "engine/librarian.h"
#include "engine/monitor.h"
#include "engine/scheduler.h"
#include "plan/plan.h"

struct seen_event {
    enum event event;
    json_t *fields;
};

struct stage {
    char dir[64]; /* temporary; tree/, state/ and key live below */
    struct virtual_clock clock;
    struct loop *loop;
    struct world *world;
    struct transport *transport;
    VEC(struct seen_event) events;
    uint64_t seed;

    /* the program, while it runs */
    struct store *store;
    struct config *config;
    struct secrets *secrets;
    struct engine *engine;
    struct scheduler *scheduler; /* NULL: nothing runs by itself */
    struct monitor *monitor;     /* beside it */
    struct librarian *librarian; /* the same */
    struct expiry *expiry;       /* the same */
    struct hooks *hooks;
    struct timer *tick;           /* lets the servers live on, for their webhooks */
    VEC(struct config *) retired; /* replaced while the scheduler ran */
    bool has_webhooks;            /* servers tell it things by themselves, while it is a daemon */
    bool is_daemon;               /* starts the scheduler again after a kill */
    bool is_run_over;
    struct run_totals totals;
};

/* 2026-11-23 12:00 UTC, and servers as `fake` lines add them. */
MUST_CHECK bool stage_set(struct stage *s, uint64_t seed, struct err *e);
void stage_strike(struct stage *s); /* removes everything, the directory too */

MUST_CHECK bool stage_write_file(struct stage *s, const char *path, const char *text,
                                 struct err *e);

MUST_CHECK bool stage_open(struct stage *s,
                           struct err *e); /* the state, making it when there is none */

/* Like `splintarr apply --yes`; *ret_status of the plan; a held one is not applied. */
MUST_CHECK bool stage_apply(struct stage *s, const struct plan_options *options,
                            enum plan_status *ret_status, struct err *e);
/* Like `splintarr diff`. */
MUST_CHECK bool stage_diff(struct stage *s, enum plan_status *ret_status, struct err *e);
/* Like `splintarr run`. */
MUST_CHECK bool stage_run(struct stage *s, const char *queue, bool is_dry, struct err *e);
/* From now on queues run by themselves while time advances, after a kill too. */
MUST_CHECK bool stage_start(struct stage *s, struct err *e);
/* Like `splintarr pause --for`; 0: until resumed. */
MUST_CHECK bool stage_pause(struct stage *s, const char *address, ms_t how_long, struct err *e);
MUST_CHECK bool stage_resume(struct stage *s, const char *address, struct err *e);
/* The program is gone, as by SIGKILL: what it had not committed is lost. The servers go on. */
void stage_kill(struct stage *s);
/* The same in the middle of anything: the loop and the transport are new too. */
void stage_crash(struct stage *s);
MUST_CHECK bool stage_advance(struct stage *s, ms_t by, struct err *e);
/* `splintarr db check`: the number of problems. */
MUST_CHECK bool stage_check(struct stage *s, size_t *ret_problems, struct err *e);

/* With all of these "field=value". */
size_t stage_count_events(const struct stage *s, enum event event, const char *const wanted[],
                          size_t n_wanted);

/* What must hold in every scenario whatever happens: the first broken promise as a sentence, or
 * NULL. Nothing unreleased, unmonitored, downloading or already there was ever searched by us;
 * nothing twice inside `cooldown`. */
const char *stage_broken_promise(const struct stage *s, ms_t cooldown, char ret[static 300]);

#endif
