/* plan/purge.h — ends the retention of a removed resource before its time: its row, its versions,
 * and of an instance the library and history. Older revisions it was part of cannot be gone back to
 * afterwards. */
#ifndef SPL_PLAN_PURGE_H
#define SPL_PLAN_PURGE_H

#include "base/arena.h"
#include "model/config.h"
#include "store/store.h"

struct purge_target {
    enum kind kind;
    const char *name;    /* in the arena */
    const char *address; /* "queue/tv" */
    utc_t archived, retained_until;
};
/* `what`: "queue/tv", or "tv" when only one removed resource is called so. ERR_USAGE when there is
 * none, or several; ERR_REFUSED, with what to do, for a live one. */
MUST_CHECK bool purge_find(struct store *store, const char *what, struct arena *arena,
                           struct purge_target *ret, struct err *e);
/* Finds and purges it, in one transaction with its audit row. `reason` may be NULL. */
MUST_CHECK bool plan_purge(struct store *store, const char *what, const char *actor,
                           const char *reason, utc_t now, struct err *e);

#endif
