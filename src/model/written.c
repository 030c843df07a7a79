/* model/written.c — which fields of a resource are written, whatever their values. */
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"
#include "model/config.h"
#include "model/type_parts.h"

struct paths {
    struct arena *arena;
    VEC(const char *) names;
};

static void collect_keys(struct paths *p, const char *prefix, const struct ynode *map)
{
    for (size_t i = 0; i < map->n; i++)
        if (!ydoc_is_null(map->entries[i].value))
            vec_push(&p->names, arena_printf(p->arena, "%s%s", prefix, map->entries[i].key->text));
}

static void collect(struct paths *p, const struct field *fields, const char *prefix,
                    const struct ynode *map)
{
    for (const struct field *f = fields; f->name; f++) {
        const struct ynode *n = ydoc_get(map, field_key(f));
        if (!n)
            continue;
        const char *path = arena_printf(p->arena, "%s%s", prefix, field_key(f));
        bool has_inside = n->type == Y_MAP && n->n > 0;
        bool is_texts = f->type == FT_TEXTMAP || f->type == FT_SECRETMAP;
        if (has_inside && is_texts)
            collect_keys(p, arena_printf(p->arena, "%s.", path), n);
        else if (has_inside && f->fields && f->type != FT_STRUCTS)
            collect(p, f->fields, arena_printf(p->arena, "%s.", path), n);
        else
            vec_push(&p->names, path);
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

json_t *config_explicit(const struct resource *r)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct paths p = {.arena = arena};
    if (r->kind == KIND_SHARE)
        collect_keys(&p, "", r->node);
    else
        collect(&p, kind_fields(r->kind), "", r->node);
    if (p.names.n)
        qsort(p.names.at, p.names.n, sizeof *p.names.at, by_name);
    json_t *a = json_array();
    for (size_t i = 0; i < p.names.n; i++)
        jx_push(a, jx_string(p.names.at[i]));
    vec_done(&p.names);
    return a;
}
