/* plan/domains.h — failure domains (reconcile page, section 4): the root tree, and each
 * `tenants/<user>/`. An error in one, or a guard that it trips, leaves that one as it was applied;
 * the others proceed, and what refers into it keeps its last good target. */
#ifndef SPL_PLAN_DOMAINS_H
#define SPL_PLAN_DOMAINS_H

#include "model/config.h"

/* One that does not proceed. */
struct domain {
    const char *name; /* the tenant; "" for the root tree */
    bool is_held;     /* by a guard; otherwise its files are rejected */
    const char *guard;
    const char *message; /* why, with the place of the first error */
    const char *release; /* the command that releases a held one, or NULL */
};
struct domains { /* a vec; strings belong to whoever adds */
    struct domain *at;
    size_t n, cap;
};

/* Of a path in the tree: "tenants/alice/x.yaml" lies in "alice", everything else in "". */
const char *domain_of(const char *path, struct arena *arena);
/* Of a resource: "alice/seedbox" lies in "alice". */
const char *domain_of_name(const char *name, struct arena *arena);
/* "tenants/alice/", "the root tree" */
const char *domain_title(const struct domain *d, struct arena *arena);
/* `owner` may be NULL: the root's. */
bool domains_have(const struct domains *d, const char *owner);

/* Adds every domain that an error lies in and that is not there yet. */
void domains_reject(struct domains *d, const struct diags *diags, struct arena *arena);
/* The same of a whole tree, where a wrong root comes alone: what refers into it may only seem
 * wrong, and is judged again with what was applied of it. */
void domains_reject_whole(struct domains *d, const struct diags *diags, struct arena *arena);
/* Adds that of a path. */
void domains_reject_path(struct domains *d, const char *path, const char *message,
                         struct arena *arena);
/* Some domain of this configuration is not there. */
bool domains_leave_any(const struct domains *d, const struct config *config);

#endif
