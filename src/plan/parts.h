/* plan/parts.h — what a plan is made of, for the files of this room only; others read it through
 * plan.h. All strings live in the plan's arena or in the config it was built from. */
#ifndef SPL_PLAN_PARTS_H
#define SPL_PLAN_PARTS_H

#include "base/vec.h"
#include "plan/applied.h"
#include "plan/pin.h"
#include "plan/plan.h"

struct plan_field {
    const char *path;
    const json_t *from, *to;                 /* NULL: not there */
    const char *from_default, *to_default;   /* what holds instead, or NULL */
    const char *from_print, *to_print;       /* fingerprints; NULL: unknown */
    bool is_from_inherited, is_to_inherited; /* its profile, or what it extends, decides */
    bool is_secret;
    struct loc at; /* of the field; of the resource when it is not written there */
    bool has_place;
};

struct plan_change {
    enum plan_action action;
    enum plan_reason reason;
    enum kind kind;
    const char *name, *old_name;     /* old_name: of a rename */
    const struct resource *resource; /* NULL: a removal */
    const struct applied *applied;   /* NULL: a creation */
    struct plan_field *fields;
    size_t n_fields;
    size_t n_defaults;  /* creations: fields not written */
    size_t n_unchanged; /* updates: fields written and equal */
    json_t *prints;
    struct plan_effect *effects;
    size_t n_effects;
};

struct plan_hold {
    enum plan_guard guard;
    const char *message, *release; /* release: the command, or NULL */
};

/* Equal, but its row may need a new place or prints. */
struct plan_same {
    const struct resource *resource;
    const struct applied *applied;
    json_t *prints;
};

struct plan {
    struct arena *arena;
    const struct config *config; /* what it asks for */
    struct config *settled;      /* that one, when some domains do not proceed; else NULL */
    struct domains domains;      /* those that do not */
    size_t n_wanted;             /* removals, held ones too */
    const struct tree *tree;     /* borrowed as the config is */
    struct applied_state state;  /* or what it is compared with instead */
    bool is_comparison;          /* with something else than the state: nothing to apply */
    const char *base;            /* "revision 41", or the root of the other tree */
    struct plan_options options;
    struct pin pin; /* of a rollback that set this tree aside */
    utc_t now;
    struct prune prune;                     /* of the settings applied before */
    json_t *settings_before, *settings_now; /* effective: what "from the settings" means */
    VEC(struct plan_change) changes;
    VEC(struct plan_same) same;
    VEC(const struct applied *) orphans; /* not in the tree, kept by policy or --no-prune */
    VEC(struct plan_hold) holds;
    VEC(const char *) notes; /* sentences for the end: expired, missing secrets */
};

/* "queue/tv-missing"; the one settings resource is just "settings". */
const char *plan_address(struct arena *arena, enum kind kind, const char *name);
extern const char *const plan_action_names[PLAN_ACTION_N + 1];
extern const char *const plan_reason_names[PLAN_REASON_N + 1];
extern const char *const plan_status_names[PLAN_STATUS_N + 1];
extern const char *const plan_guard_names[GUARD_N + 1];

/* change.c: fills c->fields; resource, applied and prints are set. */
void change_fill(struct plan *p, struct plan_change *c);
/* Where a change, or what did not change, is declared: in the tree, or, for a rollback, where it
 * was last. */
struct loc plan_place(const struct plan *p, const struct resource *r, const struct applied *a);
/* render_text.c: the changes alone, without a head and a sum. */
void plan_changes_text(const struct plan *p, const struct plan_view *view, struct buf *ret);
/* render_json.c: one element of "changes"; caller decrefs. */
json_t *plan_change_json(const struct plan *p, const struct plan_change *c);
/* settle.c: p->config from that of the whole tree, without the domains that do not proceed. */
MUST_CHECK bool plan_settle(struct plan *p, const struct config *whole, struct err *e);
/* guard.c: fills p->holds. */
void plan_guard(struct plan *p);
/* guard.c: adds to p->domains the tenants that a guard holds; true when there are any. */
bool plan_guard_tenants(struct plan *p);
/* build.c, for guards and text. */
size_t plan_removals(const struct plan *p);

#endif
