/* engine/op_purge.c — the end of a removed resource: {address, reason?} → {purged}. */
#include "base/jx.h"
#include "engine/ops.h"
#include "plan/purge.h"

bool op_purge(const struct op_context *x, const json_t *request, json_t **ret_reply, struct err *e);

bool op_purge(const struct op_context *x, const json_t *request, json_t **ret_reply, struct err *e)
{
    const char *address = jx_str(request, "address");
    if (!plan_purge(x->store, address ? address : "", x->actor, jx_str(request, "reason"), x->now,
                    e))
        return false;
    *ret_reply = json_object();
    jx_put(*ret_reply, "purged", jx_string(address));
    return true;
}
