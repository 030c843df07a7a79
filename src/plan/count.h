/* plan/count.h — how much of a resource a plan does not show. */
#ifndef SPL_PLAN_COUNT_H
#define SPL_PLAN_COUNT_H

#include "plan/parts.h"

/* A field that a plan leaves out unless asked for everything. */
struct quiet_field {
    const char *path;
    const json_t *value;
};
struct quiet_fields {
    struct quiet_field *at;
    size_t n;
};

/* Written and equal to what was applied. */
void quiet_unchanged(struct arena *arena, const struct plan_change *c, struct quiet_fields *ret);
/* Not written: effective values that are no field of the change. `ret_spec` owns the values; caller
 * decrefs. */
void quiet_defaults(struct arena *arena, const struct plan_change *c, struct quiet_fields *ret,
                    json_t **ret_spec);

size_t count_unchanged(struct arena *arena, const struct plan_change *c);
size_t count_defaults(struct arena *arena, const struct plan_change *c);

#endif
