/* plan/past.h — going back: an older revision as a configuration that can be planned and applied
 * like a tree, with the same guards, as a new revision.
 *
 *   rollback_make → plan_text → plan_apply      (plan_apply pins it: plan/pin.h) */
#ifndef SPL_PLAN_PAST_H
#define SPL_PLAN_PAST_H

#include "plan/applied.h"
#include "plan/plan.h"

/* An older revision. `tree` stands in for its files: their digest then, and "revision 40" for a
 * root. */
struct past {
    struct applied_state state;
    struct config *config;
    struct tree tree;
    struct arena *arena;
};
void past_done(struct past *p);
/* `rev` 0: the one before the newest. ERR_USAGE: no such revision; ERR_REFUSED: not all of it is
 * kept any more. */
MUST_CHECK bool past_load(struct store *store, int64_t rev, struct past *ret, struct err *e);

struct rollback {
    struct past past;
    struct plan *plan;
};
void rollback_done(struct rollback *r); /* for CLEANUP */
/* `rev` as above. `pinned_digest` is that of the tree now, which is set aside; it must outlive the
 * plan. Of `options` only those about removals are looked at. */
MUST_CHECK bool rollback_make(struct store *store, const struct secrets *secrets, int64_t rev,
                              const char *pinned_digest, const struct plan_options *options,
                              utc_t now, struct rollback *ret, struct err *e);

#endif
