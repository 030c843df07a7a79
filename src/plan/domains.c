/* plan/domains.c — which domain something lies in, and which of them do not proceed. */
#include "plan/domains.h"

#include <string.h>

#include "base/str.h"
#include "base/vec.h"
#include "model/value.h"

/* A directory nobody can read is told by its own path: no file of the root has such a name. */
const char *domain_of(const char *path, struct arena *arena)
{
    static const char prefix[] = "tenants/";
    struct value_problem p;
    if (!path || !str_starts(path, prefix))
        return "";
    const char *name = path + sizeof prefix - 1;
    const char *slash = strchr(name, '/');
    if (slash)
        return arena_strndup(arena, name, (size_t)(slash - name));
    return value_name(name, &p) ? name : "";
}

const char *domain_of_name(const char *name, struct arena *arena)
{
    const char *slash = strchr(name, '/');
    return slash ? arena_strndup(arena, name, (size_t)(slash - name)) : "";
}

const char *domain_title(const struct domain *d, struct arena *arena)
{
    return *d->name ? arena_printf(arena, "tenants/%s/", d->name) : "the root tree";
}

bool domains_have(const struct domains *d, const char *owner)
{
    for (size_t i = 0; i < d->n; i++)
        if (str_eq(d->at[i].name, owner ? owner : ""))
            return true;
    return false;
}

void domains_reject_path(struct domains *d, const char *path, const char *message,
                         struct arena *arena)
{
    const char *name = domain_of(path, arena);
    if (!domains_have(d, name))
        vec_push(d, (struct domain){.name = arena_strdup(arena, name),
                                    .message = arena_strdup(arena, message)});
}

static void reject(struct domains *d, const struct diag *x, struct arena *arena)
{
    if (diag_severity(x->code) == SEVERITY_ERROR)
        domains_reject_path(d, x->at.file,
                            arena_printf(arena, "%s:%d: %s", x->at.file, x->at.line, x->message),
                            arena);
}

void domains_reject(struct domains *d, const struct diags *diags, struct arena *arena)
{
    for (size_t i = 0; i < diags_n(diags); i++)
        reject(d, diags_at(diags, i), arena);
}

void domains_reject_whole(struct domains *d, const struct diags *diags, struct arena *arena)
{
    for (size_t i = 0; i < diags_n(diags); i++)
        if (!*domain_of(diags_at(diags, i)->at.file, arena))
            reject(d, diags_at(diags, i), arena);
    if (!domains_have(d, NULL))
        domains_reject(d, diags, arena);
}

bool domains_leave_any(const struct domains *d, const struct config *config)
{
    for (size_t i = 0; i < config_n(config); i++)
        if (!domains_have(d, config_at(config, i)->owner))
            return true;
    return false;
}
