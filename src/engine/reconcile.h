/* engine/reconcile.h — the loop that keeps the state and the tree the same (reconcile page,
 * section 1): reads the tree when it changed, plans, guards, applies, and says how it stands.
 *
 * Whatever is wrong with the tree, what was applied last keeps running. A rejected or held tree is
 * told once, and waits for another digest or a person; only the database's own failures are tried
 * again. The state of affairs is kept in the store (engine/standing) for everybody who reads. */
#ifndef SPL_ENGINE_RECONCILE_H
#define SPL_ENGINE_RECONCILE_H

#include <jansson.h>

#include "engine/source.h"
#include "engine/standing.h"
#include "model/event.h"
#include "plan/plan.h"

struct reconcile;

struct reconcile_setup {
    struct loop *loop;
    const struct clock *clock; /* for how long things take: within a turn the loop's stands still */
    struct worker *worker;
    struct store *store;
    struct secrets *secrets;
    const char *root;
    void (*on_event)(void *ctx, enum event event, const json_t *fields);
    void (*on_applied)(void *ctx); /* a revision was committed: adopt it */
    void *ctx;
};

struct reconcile *reconcile_new(const struct reconcile_setup *setup);
void reconcile_stop(struct reconcile *r); /* nothing is applied any more: before the worker ends */
/* Takes NULL, returns NULL. The worker has ended. */
struct reconcile *reconcile_free(struct reconcile *r);

/* `config`: what runs now, or NULL before the first apply; its settings say how patient to be.
 * Again after every adoption. */
void reconcile_pace(struct reconcile *r, const struct config *config);
void reconcile_start(struct reconcile *r);
void reconcile_look(struct reconcile *r); /* reads anew: SIGHUP, a secret that was set */

/* A person read, planned and applied (splintarr apply): tells it and calls on_applied. */
void reconcile_applied(struct reconcile *r, const struct reading *reading, const struct plan *plan,
                       const struct plan_applied *done, ms_t took);

struct source_standing reconcile_standing(const struct reconcile *r);
ms_t reconcile_took(const struct reconcile *r); /* planning and applying, the last time */

#endif
