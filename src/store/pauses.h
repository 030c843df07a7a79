/* store/pauses.h — who paused what, until when: `splintarr pause`. Beside the spec, never in it. */
#ifndef SPL_STORE_PAUSES_H
#define SPL_STORE_PAUSES_H

#include "store/store.h"

struct pause {
    const char *address; /* "queue/tv-missing", "queue/tv-missing@sonarr-main", "instance/x" */
    utc_t since, until;  /* until 0: until resumed */
    const char *actor, *reason;
};

/* Replaces an earlier pause of the same address. */
MUST_CHECK bool pause_put(struct store *s, const struct pause *p, struct err *e);
MUST_CHECK bool pause_remove(struct store *s, const char *address, bool *ret_found, struct err *e);
/* The actor of a pause that failures in a row began. */
#define PAUSED_BY_FAILURES "failures"

struct pause_now {
    bool is_paused, by_failures;
    utc_t until; /* 0: until resumed */
    char actor[64], reason[160];
};
/* Ended pauses count as none. */
MUST_CHECK bool pause_find(struct store *s, const char *address, utc_t now, struct pause_now *ret,
                           struct err *e);
/* By address; those that have ended are left out. */
MUST_CHECK bool pauses_each(struct store *s, utc_t now,
                            void (*row)(void *ctx, const struct pause *p), void *ctx,
                            struct err *e);
/* A resource has a new name: "queue/a" and its fan-out "queue/a@x"; what counts towards a pause
 * (store/health.h) moves along. */
MUST_CHECK bool pauses_move(struct store *s, const char *from, const char *to, struct err *e);

#endif
