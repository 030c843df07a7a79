/* plan/rights_refs.c — what a tenant may refer to: his own by name, profiles and schedules of the
 * root, instances that the root shares with him. */
#include "plan/rights_parts.h"

#include <string.h>

#include "base/str.h"
#include "base/vec.h"

/* What each kind needs of a shared instance; of the kinds that are not here none may name one. */
static const struct {
    enum kind kind;
    enum grant least;
} needs[] = {
    {KIND_QUEUE, GRANT_READ_WRITE},
    {KIND_EXCLUSION, GRANT_READ_WRITE},
    {KIND_NOTIFICATION, GRANT_READ_ONLY},
};

static bool has_grant(const struct rights *x, const char *instance, enum grant least)
{
    const struct resource *r = config_find(x->config, KIND_SHARE, instance);
    const struct share *share = r ? r->spec : NULL;
    for (size_t i = 0; share && i < share->n; i++)
        if (str_eq(share->at[i].user, x->resource->owner) && share->at[i].grant >= least)
            return true;
    return false;
}

static bool may_use_instance(const struct rights *x, const char *instance)
{
    for (size_t i = 0; i < COUNT(needs); i++)
        if (needs[i].kind == x->resource->kind)
            return has_grant(x, instance, needs[i].least);
    return false;
}

static bool may_refer(const struct rights *x, const struct resource *target)
{
    if (target->is_builtin || str_eq(target->owner, x->resource->owner))
        return true;
    if (target->owner) /* another tenant's: never */
        return false;
    if (target->kind == KIND_INSTANCE)
        return may_use_instance(x, target->name);
    return target->kind == KIND_PROFILE || target->kind == KIND_SCHEDULE;
}

static void deny(struct rights *x, const struct resource *target, const struct ynode *at)
{
    const struct resource *r = x->resource;
    bool is_shareable = target->kind == KIND_INSTANCE && !target->owner;
    const char *grant = r->kind == KIND_NOTIFICATION ? "read-only" : "read-write";
    const char *how = is_shareable && r->kind != KIND_NOTIFICATION ? " read-write" : "";
    CLEANUP(freep)
    char *message =
        mem_printf("%s/%s refers to %s/%s, which is not shared%s with %s", kind_names[r->kind],
                   r->name, kind_names[target->kind], target->name, how, r->owner);
    CLEANUP(freep)
    char *hints =
        is_shareable
            ? mem_printf("in the root tree:  shares: {%s: {%s: %s}}", target->name, r->owner, grant)
            : mem_printf("write it here: of the root's, only profiles and schedules are "
                         "for all");
    rights_deny(x, &(struct denial){DIAG_E403, at, message, hints});
}

static void judge_name(struct rights *x, enum kind kind, const char *name, const struct ynode *at)
{
    const struct resource *target = config_resolve(x->config, kind, x->resource->owner, name);
    if (target && !may_refer(x, target))
        deny(x, target, at); /* one that is not there was told before */
}

void rights_reference(struct rights *x, const struct field *f, const char *path,
                      const json_t *value)
{
    enum kind kind = f->ref == KIND_SELF ? x->resource->kind : (enum kind)f->ref;
    bool is_reference = f->ref != 0; /* `renamed_from` is only a name */
    if (is_reference && json_is_string(value))
        judge_name(x, kind, json_string_value(value), config_node(x->resource, path));
}

/* One written in place names nothing. */
void rights_schedule(struct rights *x, const struct field *f UNUSED, const char *path,
                     const json_t *value)
{
    if (json_is_string(value))
        judge_name(x, KIND_SCHEDULE, json_string_value(value), config_node(x->resource, path));
}

/* The canonical list is sorted; the written one is not. */
static const struct ynode *find_element(const struct ynode *list, const char *text)
{
    for (size_t i = 0; list && list->type == Y_LIST && i < list->n; i++)
        if (list->items[i]->type == Y_SCALAR && str_eq(list->items[i]->text, text))
            return list->items[i];
    return list;
}

/* `all` and {type, tags} mean one's own, which is always fine. */
void rights_selector(struct rights *x, const struct field *f UNUSED, const char *path,
                     const json_t *value)
{
    const struct ynode *written = config_node(x->resource, path);
    for (size_t i = 0; i < json_array_size(value); i++) {
        const char *name = json_string_value(json_array_get(value, i));
        judge_name(x, KIND_INSTANCE, name, find_element(written, name));
    }
}
