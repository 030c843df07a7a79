/* engine/daemon_pauses.c — tells of a pause or resume by hand in the words in which the engine
 * tells of its own, one event for each queue it is about. */
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "engine/daemon_parts.h"

struct told_pause {
    struct daemon *daemon;
    enum event event;
    const json_t *request, *reply;
    const char *actor;
};

static void tell(const struct told_pause *p, const char *queue, const char *instance)
{
    json_t *f = json_object();
    const char *reason = jx_str(p->request, "reason");
    utc_t until = jx_utc(p->reply, "until");
    jx_put(f, "queue", jx_string(queue));
    if (instance)
        jx_put(f, "instance", jx_string(instance));
    jx_put(f, "by", jx_string(p->actor));
    if (reason && *reason)
        jx_put(f, "reason", jx_string(reason));
    if (until)
        jx_put(f, "until", jx_time(until));
    daemon_on_event(p->daemon, p->event, f);
    json_decref(f);
}

static void tell_queues_of(const struct told_pause *p, const char *instance)
{
    const struct config *c = p->daemon->config;
    for (size_t i = 0; i < config_n(c); i++) {
        const struct resource *r = config_at(c, i);
        if (r->kind == KIND_QUEUE && config_runs_on(c, r, instance))
            tell(p, r->name, instance);
    }
}

void daemon_tell_pause(struct daemon *d, enum event event, const char *actor, const json_t *request,
                       const json_t *reply)
{
    const struct told_pause p = {d, event, request, reply, actor};
    CLEANUP(freep) char *address = mem_strdup(jx_str(request, "address"));
    char *name = strchr(address, '/');
    if (!name || !jx_bool(reply, "was_paused", true))
        return;
    *name++ = '\0';
    char *instance = strchr(name, '@');
    if (instance)
        *instance++ = '\0';
    if (str_eq(address, kind_names[KIND_QUEUE]))
        tell(&p, name, instance);
    else
        tell_queues_of(&p, name);
}
