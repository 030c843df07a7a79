/* engine/condition.h — how a resource is doing, in one vocabulary everywhere (reconcile page,
 * section 1): Synced, Ready, Healthy, Suspended, Stalled, each with a reason code and a sentence.
 */
#ifndef SPL_ENGINE_CONDITION_H
#define SPL_ENGINE_CONDITION_H

#include <jansson.h>

#include "model/config.h"
#include "plan/secrets.h"
#include "store/store.h"

enum condition_type { COND_SYNCED, COND_READY, COND_HEALTHY, COND_SUSPENDED, COND_STALLED, COND_N };
enum condition_status { COND_UNKNOWN, COND_FALSE, COND_TRUE };
extern const char *const condition_names[COND_N + 1]; /* "Synced", … */
extern const char *const condition_statuses[];        /* "Unknown", "False", "True" */

struct condition {
    bool is_given; /* kinds without health have no Healthy */
    enum condition_status status;
    char reason[32];
    char message[300];
    utc_t since; /* 0 unknown */
};
struct conditions {
    struct condition at[COND_N];
};

struct condition_context {
    const struct config *config; /* the applied one */
    struct store *store;
    const struct secrets *secrets;
    utc_t now;
};
/* `applied`: when this spec was applied. `since` is the kept one where the state agrees on status
 * and reason. */
MUST_CHECK bool conditions_of(const struct condition_context *x, const struct resource *r,
                              utc_t applied, struct conditions *ret, struct err *e);
/* Judges every applied resource and keeps it in the state: after each apply, and whenever health,
 * a pause or a secret changed. What did not change writes nothing. */
MUST_CHECK bool conditions_keep(const struct condition_context *x, struct err *e);
/* As last kept: what a daemon judged, who sees credentials and an environment that others do not.
 * *ret_found: there are any. */
MUST_CHECK bool conditions_read(struct store *s, const struct resource *r, struct conditions *ret,
                                bool *ret_found, struct err *e);
/* Fills in the kept `since`; for conditions_of. */
MUST_CHECK bool conditions_since(struct store *s, const struct resource *r, struct conditions *c,
                                 struct err *e);

/* The worst of them in a word or two: "ready", "suspended", "Unauthorized", … */
const char *conditions_word(const struct conditions *c);
bool conditions_need_human(const struct conditions *c); /* Stalled */

/* [{type, status, reason, message, since}], as in cli page section 8; caller decrefs. */
json_t *conditions_json(const struct conditions *c);

#endif
