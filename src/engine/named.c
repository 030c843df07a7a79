/* engine/named.c — did-you-mean over the names of one kind. */
#include "engine/named.h"

#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"

const char *named_near(const struct config *c, enum kind kind, const char *name)
{
    VEC(const char *) names = {0};
    for (size_t i = 0; i < config_n(c); i++)
        if (config_at(c, i)->kind == kind)
            vec_push(&names, config_at(c, i)->name);
    const char *near = str_did_you_mean(name, names.at, names.n);
    vec_done(&names);
    return near;
}

bool named_not(const struct config *c, enum kind kind, const char *name, struct err *e)
{
    const char *near = named_near(c, kind, name);
    if (near)
        return err_set(e, ERR_USAGE, "no %s '%s' is applied; did you mean '%s'?", kind_names[kind],
                       name, near);
    return err_set(e, ERR_USAGE, "no %s '%s' is applied (splintarr get %s)", kind_names[kind], name,
                   kind_plurals[kind]);
}

/* ---- a queue, or one instance of it ---- */

static bool not_there(const struct config *c, const struct resource *queue, const char *instance,
                      struct err *e)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    const struct queue *q = queue->spec;
    struct strlist there;
    config_select(c, &q->instances, queue->owner, arena, &there);
    const char *near = str_did_you_mean(instance, there.at, there.n);
    if (near)
        return err_set(e, ERR_USAGE, "queue/%s does not run on '%s'; did you mean '%s'?",
                       queue->name, instance, near);
    return err_set(e, ERR_USAGE, "queue/%s does not run on '%s' (splintarr get queues)",
                   queue->name, instance);
}

bool named_queue(const struct config *c, const char *text, const struct resource **ret,
                 const char **ret_instance, struct err *e)
{
    const char *at = strchr(text, '@');
    CLEANUP(freep) char *name = mem_printf("%.*s", (int)strcspn(text, "@"), text);
    *ret = config_find(c, KIND_QUEUE, name);
    *ret_instance = at ? at + 1 : NULL;
    if (!*ret)
        return named_not(c, KIND_QUEUE, name, e);
    return !at || config_runs_on(c, *ret, at + 1) || not_there(c, *ret, at + 1, e);
}
