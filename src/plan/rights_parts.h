/* plan/rights_parts.h — the inside of the rights check, for rights*.c only. */
#ifndef SPL_PLAN_RIGHTS_PARTS_H
#define SPL_PLAN_RIGHTS_PARTS_H

#include "model/field.h"
#include "plan/rights.h"

/* One check of one resource of a tenant. */
struct rights {
    const struct config *config;
    const struct resource *resource;
    struct diags *diags;       /* where findings go, or NULL */
    struct config *to_enforce; /* what to suspend instead, or NULL */
    bool is_denied;
};

struct denial {
    enum diag_code code;
    const struct ynode *at; /* NULL: the resource */
    const char *message, *hints;
};
void rights_deny(struct rights *x, const struct denial *d);

/* A value of a field that names something outside of the resource; `path` is where it stands. */
typedef void rights_judge(struct rights *x, const struct field *f, const char *path,
                          const json_t *value);
rights_judge rights_refuse;                                      /* rights.c */
rights_judge rights_reference, rights_selector, rights_schedule; /* rights_refs.c */
rights_judge rights_secret, rights_secret_or_url, rights_secrets, rights_url,
    rights_path; /* rights_reach.c */

#endif
