/* engine/failing.c — counting, and the pause. */
#include "engine/failing.h"

#include <inttypes.h>

#include "base/jx.h"
#include "engine/pause.h"
#include "store/health.h"

static const struct resource *queue_of(const struct lane *l)
{
    return l->queues.at[l->at_queue];
}

static bool tell_paused(struct lane *l, const char *reason)
{
    json_t *f = json_object();
    jx_put(f, "queue", jx_string(queue_of(l)->name));
    jx_put(f, "by", jx_string(PAUSED_BY_FAILURES));
    jx_put(f, "reason", jx_string(reason));
    lane_tell(l, EVENT_queue_paused, f);
    return true;
}

static bool pause(struct lane *l, const char *address, int64_t n, const char *why, struct err *e)
{
    struct store *s = l->engine->setup.store;
    CLEANUP(freep)
    char *reason =
        mem_printf("%" PRId64 " run%s in a row failed, the last of: %s", n, n == 1 ? "" : "s", why);
    const struct pause p = {.address = address,
                            .since = loop_utc(l->engine->setup.loop),
                            .actor = PAUSED_BY_FAILURES,
                            .reason = reason};
    return failures_put(s, address, 0, e) && pause_begin(s, l->errand->config, &p, e) &&
           tell_paused(l, reason);
}

bool failing_note(struct lane *l, const char *why, struct err *e)
{
    struct store *s = l->engine->setup.store;
    int64_t most = ((const struct queue *)queue_of(l)->spec)->pause_after_failures, n;
    CLEANUP(freep)
    char *address = mem_printf("queue/%s@%s", queue_of(l)->name, l->instance->name);
    if (!batch_commit(&l->engine->batch, e) || !failures_get(s, address, &n, e))
        return false;
    if (!why)
        return n == 0 || failures_put(s, address, 0, e);
    if (most && n + 1 >= most)
        return pause(l, address, n + 1, why, e);
    return failures_put(s, address, n + 1, e);
}
