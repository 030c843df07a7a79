/* engine/effects.h — what a plan means for searching: which series and movies it makes searchable
 * or excludes, how many candidates a queue or an instance has afterwards, when a queue runs next.
 *
 * Counted over the libraries as they were synced last, one item after another, so that memory grows
 * with what changes and not with the library. About an instance that was never synced nothing is
 * known, and nothing is said. A candidate is what a queue would search sooner or later: what passes
 * everything but the gates that end by themselves (release, grace, cooldown). */
#ifndef SPL_ENGINE_EFFECTS_H
#define SPL_ENGINE_EFFECTS_H

#include "model/event.h"
#include "plan/plan.h"

/* Adds to each change of the plan what it means. `after` is the configuration the plan was made
 * for. `store` may be NULL: nothing is known. */
MUST_CHECK bool effects_take(struct plan *p, const struct config *after, struct store *store,
                             utc_t now, struct err *e);

/* Once it is applied: tells exclusion_effect for what its exclusions exclude and free. `tell`
 * steals the fields. */
void effects_announce(const struct plan *p,
                      void (*tell)(void *ctx, enum event event, json_t *fields), void *ctx);

#endif
