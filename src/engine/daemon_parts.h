/* engine/daemon_parts.h — what the daemon's own files share. */
#ifndef SPL_ENGINE_DAEMON_PARTS_H
#define SPL_ENGINE_DAEMON_PARTS_H

#include "base/vec.h"
#include "engine/control.h"
#include "engine/daemon.h"
#include "engine/expiry.h"
#include "engine/hooks.h"
#include "engine/librarian.h"
#include "engine/monitor.h"
#include "engine/upkeep.h"

struct daemon {
    struct daemon_setup setup;
    struct worker *worker;
    struct engine *engine;
    struct scheduler *scheduler;
    struct monitor *monitor;
    struct librarian *librarian;
    struct reconcile *reconcile;
    struct hooks *hooks;
    struct control *control;
    struct upkeep *upkeep;
    struct expiry *expiry;
    struct config *config; /* what runs */
    int64_t revision;
    VEC(struct config *) retired;   /* replaced, perhaps still used by searches under way */
    VEC(struct caller *) listeners; /* of events -f */
    VEC(struct run_call *) runs;    /* asked for over the socket */
    VEC(struct heard) heard;        /* webhooks */
    utc_t started;                  /* with n_events: the id of an event */
    uint64_t n_events;
};

/* daemon.c */
MUST_CHECK bool daemon_adopt(struct daemon *d, struct err *e); /* what the state says now */
void daemon_adopt_now(void *ctx); /* the same for callers that cannot fail: it is logged */
void daemon_on_event(void *ctx, enum event event, const json_t *fields);

/* daemon_calls.c: requests over the control socket. */
void daemon_on_request(void *ctx, struct caller *c, const json_t *request);
void daemon_forget_calls(struct daemon *d);

/* daemon_hooks.c */
void daemon_forget_heard(struct daemon *d);

/* daemon_pauses.c: after an operation that pauses or resumes. */
void daemon_tell_pause(struct daemon *d, enum event event, const char *actor, const json_t *request,
                       const json_t *reply);

/* daemon_apply.c */
void daemon_apply(struct daemon *d, struct caller *c, const json_t *request);

#endif
