/* plan/count.c — the fields behind "(9 unchanged)" and "5 fields at their defaults". */
#include "plan/count.h"

#include <string.h>

#include "base/jx.h"
#include "base/str.h"

static bool is_shown(const struct plan_change *c, const char *path)
{
    for (size_t i = 0; i < c->n_fields; i++) {
        const char *shown = c->fields[i].path;
        size_t n = strlen(shown);
        if (strncmp(path, shown, n) == 0 && (!path[n] || path[n] == '.' || path[n] == '['))
            return true;
    }
    return false;
}

void quiet_unchanged(struct arena *arena, const struct plan_change *c, struct quiet_fields *ret)
{
    struct field_changes all;
    config_diff(c->kind, NULL, c->resource->canonical, arena, &all);
    *ret = (struct quiet_fields){.at = ARENA_ARRAY(arena, struct quiet_field, all.n + 1)};
    for (size_t i = 0; i < all.n; i++)
        if (!is_shown(c, all.at[i].path))
            ret->at[ret->n++] = (struct quiet_field){all.at[i].path, all.at[i].to};
}

static bool is_leaf(const json_t *value)
{
    bool has_objects = json_is_array(value) && json_is_object(json_array_get(value, 0));
    return !json_is_object(value) && !has_objects;
}

static size_t count_leaves(const json_t *value)
{
    if (is_leaf(value))
        return 1;
    size_t n = 0, i;
    const char *key;
    json_t *child;
    if (json_is_array(value))
        json_array_foreach(value, i, child) n += count_leaves(child);
    else
        json_object_foreach((json_t *)(uintptr_t)value, key, child) n += count_leaves(child);
    return n;
}

static void collect(struct arena *arena, const struct plan_change *c, const char *path,
                    const json_t *value, struct quiet_fields *ret)
{
    if (json_is_null(value) || (*path && is_shown(c, path)))
        return;
    if (is_leaf(value)) {
        ret->at[ret->n++] = (struct quiet_field){path, value};
        return;
    }
    size_t i;
    const char *key;
    json_t *child;
    if (json_is_array(value))
        json_array_foreach(value, i, child)
            collect(arena, c, arena_printf(arena, "%s[%zu]", path, i), child, ret);
    else
        json_object_foreach((json_t *)(uintptr_t)value, key, child) collect(
            arena, c, arena_printf(arena, "%s%s%s", path, *path ? "." : "", key), child, ret);
}

void quiet_defaults(struct arena *arena, const struct plan_change *c, struct quiet_fields *ret,
                    json_t **ret_spec)
{
    *ret_spec = config_effective(c->resource);
    *ret = (struct quiet_fields){
        .at = ARENA_ARRAY(arena, struct quiet_field, count_leaves(*ret_spec) + 1)};
    collect(arena, c, "", *ret_spec, ret);
}

size_t count_unchanged(struct arena *arena, const struct plan_change *c)
{
    struct quiet_fields fields;
    quiet_unchanged(arena, c, &fields);
    return fields.n;
}

size_t count_defaults(struct arena *arena, const struct plan_change *c)
{
    CLEANUP(jx_decrefp) json_t *spec = NULL;
    struct quiet_fields fields;
    quiet_defaults(arena, c, &fields, &spec);
    return fields.n;
}
