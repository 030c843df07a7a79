/* engine/op_rollback.c — back to an older revision: {rev, digest, revision, allow_prune?, reason} →
 * {revision, added, changed, removed}. `digest` is the tree's, which is set aside; `revision` the
 * one that was looked at. */
#include "base/jx.h"
#include "engine/expired.h"
#include "engine/ops.h"
#include "plan/past.h"

bool op_rollback(const struct op_context *x, const json_t *request, json_t **ret_reply,
                 struct err *e);

static bool apply(const struct op_context *x, const json_t *request, const struct plan *p,
                  struct plan_applied *ret, struct err *e)
{
    const char *reason = jx_str(request, "reason");
    const struct expired_look ended = {.store = x->store, .config = x->config, .now = x->now};
    utc_t next;
    if (plan_base_revision(p) != jx_int(request, "revision", -1))
        return err_set(e, ERR_CONFLICT, "someone applied revision %lld meanwhile; look again",
                       (long long)plan_base_revision(p));
    return expired_tell(&ended, &next, e) &&
           plan_apply(p, x->store, x->actor, reason ? reason : "", ret, e);
}

bool op_rollback(const struct op_context *x, const json_t *request, json_t **ret_reply,
                 struct err *e)
{
    CLEANUP(rollback_done) struct rollback back = {0};
    const struct plan_options options = {
        .allow_prune = json_object_get(request, "allow_prune") != NULL,
        .allowed_removals = jx_int(request, "allow_prune", 0),
    };
    const char *digest = jx_str(request, "digest");
    struct plan_applied done;
    if (!rollback_make(x->store, x->secrets, jx_int(request, "rev", 0), digest ? digest : "",
                       &options, x->now, &back, e) ||
        !apply(x, request, back.plan, &done, e))
        return false;
    *ret_reply = json_object();
    jx_put(*ret_reply, "revision", json_integer(done.revision));
    jx_put(*ret_reply, "added", json_integer((json_int_t)done.added));
    jx_put(*ret_reply, "changed", json_integer((json_int_t)done.changed));
    jx_put(*ret_reply, "removed", json_integer((json_int_t)done.removed));
    return true;
}
