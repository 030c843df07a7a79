/* engine/op_pause.c — pause and resume. {address, for_ms?, reason?} → {until?}; {address} →
 * {was_paused}. */
#include "base/jx.h"
#include "engine/ops.h"
#include "engine/pause.h"

bool op_pause(const struct op_context *x, const json_t *request, json_t **ret_reply, struct err *e);
bool op_resume(const struct op_context *x, const json_t *request, json_t **ret_reply,
               struct err *e);

static const char *text(const json_t *request, const char *key)
{
    const char *s = jx_str(request, key);
    return s ? s : "";
}

bool op_pause(const struct op_context *x, const json_t *request, json_t **ret_reply, struct err *e)
{
    ms_t how_long = jx_int(request, "for_ms", 0);
    const struct pause p = {.address = text(request, "address"),
                            .since = x->now,
                            .until = how_long > 0 ? x->now + how_long : 0,
                            .actor = x->actor,
                            .reason = text(request, "reason")};
    if (!pause_begin(x->store, x->config, &p, e))
        return false;
    *ret_reply = json_object();
    jx_put(*ret_reply, "until", jx_time(p.until));
    return true;
}

bool op_resume(const struct op_context *x, const json_t *request, json_t **ret_reply, struct err *e)
{
    bool was_paused;
    if (!pause_end(x->store, x->config, text(request, "address"), x->actor, x->now, &was_paused, e))
        return false;
    *ret_reply = json_object();
    jx_put(*ret_reply, "was_paused", json_boolean(was_paused));
    return true;
}
