/* engine/ops.h — the operations of people on the state: one function each, whoever runs it.
 *
 * A command builds a request (a JSON object); the daemon runs it when there is one, else the
 * command does, under the state's lock. Both end in the same function, so both behave the same. */
#ifndef SPL_ENGINE_OPS_H
#define SPL_ENGINE_OPS_H

#include <jansson.h>

#include "model/config.h"
#include "model/event.h"
#include "plan/secrets.h"
#include "store/store.h"

struct op_context {
    struct store *store;
    const struct config *config; /* the applied one */
    const struct secrets *secrets;
    const char *actor; /* "cli:uid=1000" */
    utc_t now;
};

struct op {
    const char *name;
    bool may_create; /* the state, when there is none yet */
    /* What a daemon does afterwards. */
    bool reschedules, adopts, rereads;
    enum event tells; /* of a pause or its end; EVENT_N: nothing */
    /* Fills *ret_reply (an object; caller decrefs) for the command to speak about. */
    bool (*run)(const struct op_context *x, const json_t *request, json_t **ret_reply,
                struct err *e);
};
const struct op *op_find(const char *name); /* NULL when there is none */

#endif
