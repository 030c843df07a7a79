/* plan/saved.h — a plan kept in a file between `diff --out` and `apply --plan`, so that exactly
 * what was looked at is applied.
 *
 * The file (0600) holds digests and fingerprints, no value: where the tree was, its digest, the
 * revision it was compared with, and one digest per change. Applying it plans again and compares;
 * whatever differs makes it stale. */
#ifndef SPL_PLAN_SAVED_H
#define SPL_PLAN_SAVED_H

#include "plan/plan.h"

/* Replaces a saved plan at `path`, nothing else. `made_by` is the program's version. */
MUST_CHECK bool plan_save(const struct plan *p, const char *path, const char *made_by,
                          struct err *e);

struct saved;
/* ERR_USAGE when the file is something else. */
MUST_CHECK bool saved_load(const char *path, struct saved **ret, struct err *e);
void saved_freep(struct saved **s);
const char *saved_root(const struct saved *s); /* absolute */
/* The plan it was made with kept what is no longer declared. */
bool saved_no_prune(const struct saved *s);
/* ERR_CONFLICT "saved plan is stale: …" unless `now` is that very plan. */
MUST_CHECK bool saved_check(const struct saved *s, const struct plan *now, struct err *e);

#endif
