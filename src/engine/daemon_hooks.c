/* engine/daemon_hooks.c — webhooks as the web lets them in: read, told to the engine, counted. */
#include "base/log.h"
#include "base/str.h"
#include "engine/daemon_parts.h"

static void count(struct daemon *d, const char *instance, const struct arr_hook *news)
{
    for (size_t i = 0; i < d->heard.n; i++) {
        struct heard *x = &d->heard.at[i];
        if (x->event == news->event && x->is_foreign == news->is_foreign &&
            str_eq(x->instance, instance)) {
            x->n++;
            return;
        }
    }
    vec_push(&d->heard, (struct heard){.instance = mem_strdup(instance),
                                       .event = news->event,
                                       .is_foreign = news->is_foreign,
                                       .n = 1});
}

static bool hear(struct daemon *d, const char *instance, const char *body, size_t n_bytes,
                 struct err *e)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    const struct resource *r = config_find(d->config, KIND_INSTANCE, instance);
    struct arr_hook news = {0};
    if (!r)
        return err_set(e, ERR_USAGE, "no instance '%s' is applied", instance);
    enum app app = (enum app)((const struct instance *)r->spec)->type;
    if (!arr_hook_decode(app, body, n_bytes, arena, &news, e))
        return false;
    count(d, instance, &news);
    return hooks_heard(d->hooks, instance, &news, e);
}

void daemon_heard(struct daemon *d, const char *instance, const char *body, size_t n_bytes)
{
    struct err e = {0};
    if (!hear(d, instance, body, n_bytes, &e))
        log_warning("hook_ignored", KV("instance", instance), KV("error", e.msg));
}

size_t daemon_heard_n(const struct daemon *d)
{
    return d->heard.n;
}

const struct heard *daemon_heard_at(const struct daemon *d, size_t i)
{
    return &d->heard.at[i];
}

void daemon_forget_heard(struct daemon *d)
{
    for (size_t i = 0; i < d->heard.n; i++)
        mem_free(d->heard.at[i].instance);
    vec_done(&d->heard);
}
