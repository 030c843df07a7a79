/* engine/expired.h — tells what the end of an exclusion means: one audit row each, and
 * exclusion_effect for what may be searched again.
 *
 * The audit row is the record that it was told: of the revision that declared it, written once, in
 * the transaction that tells of all that ended meanwhile. Whoever looks next, after a sleep, an
 * outage or a kill, finds what is missing. What was over when it was applied, the apply told. */
#ifndef SPL_ENGINE_EXPIRED_H
#define SPL_ENGINE_EXPIRED_H

#include <jansson.h>

#include "model/config.h"
#include "model/event.h"
#include "store/store.h"

struct expired_look {
    struct store *store;         /* a writer */
    const struct config *config; /* the applied one; NULL: it is read */
    utc_t now;
    /* `fields` is borrowed. NULL: nobody listens. */
    void (*on_event)(void *ctx, enum event event, const json_t *fields);
    void *ctx;
};
/* *ret_next: when the next one ends; 0: none does. Also to be called before something is applied
 * over what has ended. */
MUST_CHECK bool expired_tell(const struct expired_look *look, utc_t *ret_next, struct err *e);

#endif
