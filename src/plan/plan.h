/* plan/plan.h — what must change, as a value: built from a tree and the applied state, rendered,
 * applied.
 *
 *   tree_load → config (or diagnostics) → plan_build → plan_text / plan_json → plan_apply
 *
 * A plan holds no secret value: secrets are (source, reference, fingerprint). */
#ifndef SPL_PLAN_PLAN_H
#define SPL_PLAN_PLAN_H

#include "model/config.h"
#include "plan/secrets.h"
#include "plan/tree.h"
#include "store/resources.h"

enum plan_action { PLAN_CREATE, PLAN_UPDATE, PLAN_REMOVE, PLAN_RENAME, PLAN_REVIVE, PLAN_ACTION_N };
enum plan_reason {
    PLAN_CREATED,
    PLAN_SPEC_CHANGED,
    PLAN_SECRET_ROTATED,
    PLAN_NOT_IN_SOURCE,
    PLAN_RENAMED,
    PLAN_DRIFT,
    PLAN_EXPIRED,
    PLAN_REASON_N
};
enum plan_status { PLAN_IN_SYNC, PLAN_READY, PLAN_HELD, PLAN_STATUS_N };
enum plan_guard {
    GUARD_MARKER,
    GUARD_EMPTY,
    GUARD_RATIO,
    GUARD_PROTECT,
    GUARD_LAST_ADMIN,
    GUARD_CONFIRM,
    GUARD_TENANT,
    GUARD_N
};

struct plan;
struct applied_rows;

struct plan_options {
    bool allow_prune;
    int64_t allowed_removals; /* must equal the plan's */
    bool no_prune;
    /* A rollback: the configuration is that of this older revision, and the tree of this digest is
     * set aside once it is applied (plan/pin.h). 0: an ordinary plan, which ends a pin. */
    int64_t rollback_to;
    const char *pinned_digest;
    const struct applied_rows *past; /* of that revision, with today's names (plan/past.h) */
    /* Only to be looked at, never held: compares with an older revision, or with another tree,
     * instead of the state. */
    int64_t against;
    const struct config *from;
    const struct tree *from_tree;
};

/* `config` and `tree` must outlive the plan. Guards use the previously applied settings. `store`
 * may be NULL: an empty state. */
MUST_CHECK bool plan_build(const struct config *config, const struct tree *tree,
                           struct store *store, const struct secrets *secrets,
                           const struct plan_options *options, utc_t now, struct plan **ret,
                           struct err *e);
struct plan *plan_free(struct plan *p);
void plan_freep(struct plan **p);

enum plan_status plan_status(const struct plan *p);
size_t plan_count(const struct plan *p, enum plan_action a);
size_t plan_unchanged(const struct plan *p);
int64_t plan_base_revision(const struct plan *p); /* 0: nothing applied yet */
/* The rollback that set this tree aside (plan/pin.h), or NULL. Applying the plan ends it, also when
 * nothing else changes. */
struct pin;
const struct pin *plan_pin(const struct plan *p);
/* The sentence of the first guard that holds it; NULL when none. */
const char *plan_held(const struct plan *p);
const char *plan_release(const struct plan *p); /* the command that releases it, or NULL */
/* ERR_REFUSED when --allow-prune names another number than the plan removes, held or not: it was
 * another plan that was looked at. */
MUST_CHECK bool plan_check_allowed(const struct plan *p, struct err *e);
/* Held by nothing but `prune.policy: confirm`: a person at a terminal may release it. */
bool plan_awaits_confirm(const struct plan *p);
/* What stays as it was applied: rejected, or held by a guard of its own; the rest proceeds. */
const struct domains *plan_domains(const struct plan *p);
const char *
plan_not_applied(const struct plan *p); /* all of them in a line; NULL: there are none */
/* What it asks for, of all domains. Lives as long as the plan. */
const struct config *plan_config(const struct plan *p);
/* The name of the i-th removed resource, or NULL. */
const char *plan_removed(const struct plan *p, size_t i);

/* ---- its changes, and what they mean for searching (engine/effects.h counts that) ---- */

struct plan_look {
    enum plan_action action;
    enum kind kind;
    const char *name, *old_name; /* old_name: of a rename, else NULL */
};
size_t plan_n(const struct plan *p);
struct plan_look plan_at(const struct plan *p, size_t i);
struct plan_effect {
    const char *kind;      /* "items_searchable", "items_excluded", "candidates", "next_run" */
    const char *unit, *of; /* "series"; the queue it is about, when the change is not; or NULL */
    const char *text;      /* "37 series become searchable again" */
    utc_t from, to;        /* of a moment that moves; 0 otherwise */
    int64_t count, before; /* -1 when there is no such thing */
};
/* The k-th effect of the i-th change; NULL: it has no more. */
const struct plan_effect *plan_effect_at(const struct plan *p, size_t i, size_t k);
void plan_add_effect(struct plan *p, size_t i, const struct plan_effect *effect); /* copies */
/* It compares with something else than the state: it has no effects. */
bool plan_is_comparison(const struct plan *p);

struct plan_view {
    bool is_full; /* --full: unchanged and default fields too */
    bool has_color;
    const char *only; /* --only ADDRESS, display only */
};
void plan_text(const struct plan *p, const struct plan_view *view, struct buf *ret);
void plan_markdown(const struct plan *p, const struct plan_view *view, struct buf *ret);
/* The same for a tree that has no plan. */
void plan_invalid_markdown(const struct tree *tree, const struct diags *diags, struct buf *ret);
json_t *plan_json(const struct plan *p, const struct diags *diags); /* caller decrefs */
/* Its "source" alone, for a tree that has no plan; caller decrefs. */
json_t *plan_source_json(const struct tree *tree);

struct plan_applied {
    int64_t revision;
    size_t added, changed, removed;
};
/* One transaction: resources, versions, revision, audit. ERR_REFUSED when held, ERR_CONFLICT when
 * the state moved since the plan was built. */
MUST_CHECK bool plan_apply(const struct plan *p, struct store *store, const char *actor,
                           const char *reason, struct plan_applied *ret, struct err *e);

/* The applied configuration, from the state: what runs. Fails when the state is damaged. */
MUST_CHECK bool plan_applied_config(struct store *store, struct config **ret, struct err *e);

#endif
