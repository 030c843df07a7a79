/* engine/ops.c — the table of operations. */
#include "engine/ops.h"

#include "base/str.h"

#define OP(name, ...)                                                                              \
    bool op_##name(const struct op_context *x, const json_t *request, json_t **ret_reply,          \
                   struct err *e);
#include "engine/ops.def"
#undef OP

static const struct op ops[] = {
#define OP(n, ...) {#n, __VA_ARGS__, op_##n},
#include "engine/ops.def"
#undef OP
};

const struct op *op_find(const char *name)
{
    for (size_t i = 0; i < COUNT(ops); i++)
        if (str_eq(ops[i].name, name))
            return &ops[i];
    return NULL;
}
