/* model/diff.c — two canonical specs compared field by field, in the order of the tables. */
#include <string.h>

#include "base/vec.h"
#include "model/config.h"
#include "model/type_parts.h"

struct diffing {
    struct arena *arena;
    VEC(struct field_change) changes;
    bool from_inherits, to_inherits;
};

/* The default in words: "6h", "[a, b]"; NULL when there is none. */
static const char *default_text(struct arena *arena, const struct field *f)
{
    if (f->from_settings)
        return arena_printf(arena, "settings.%s", f->from_settings);
    return f->def;
}

static void add(struct diffing *d, const struct field *f, const char *path, const json_t *from,
                const json_t *to)
{
    if (!from && !to)
        return;
    if (from && to && json_equal(from, to))
        return;
    const char *def = default_text(d->arena, f);
    bool is_own = f->is_own || f->ref == KIND_SELF; /* nothing hands it down */
    bool from_inherited = !from && d->from_inherits && !is_own;
    bool to_inherited = !to && d->to_inherits && !is_own;
    vec_push(&d->changes, (struct field_change){
                              .path = path,
                              .from = from,
                              .to = to,
                              .from_default = from || from_inherited ? NULL : def,
                              .to_default = to || to_inherited ? NULL : def,
                              .is_from_inherited = from_inherited,
                              .is_to_inherited = to_inherited,
                              .is_secret = type_of(f)->is_secret,
                          });
}

static void compare_maps(struct diffing *d, const struct field *fields, const char *prefix,
                         const json_t *from, const json_t *to);

static void compare_lists(struct diffing *d, const struct field *f, const char *path,
                          const json_t *from, const json_t *to)
{
    size_t n = MAX(json_array_size(from), json_array_size(to));
    for (size_t i = 0; i < n; i++)
        compare_maps(d, f->fields, arena_printf(d->arena, "%s[%zu].", path, i),
                     json_array_get(from, i), json_array_get(to, i));
}

/* Header by header: each is a secret of its own. */
static void compare_secretmaps(struct diffing *d, const struct field *f, const char *path,
                               const json_t *from, const json_t *to)
{
    static const struct field header = {.name = "header", .type = FT_SECRET_OR_URL};
    const char *key;
    json_t *value;
    (void)f;
    json_object_foreach((json_t *)(uintptr_t)to, key, value) add(
        d, &header, arena_printf(d->arena, "%s.%s", path, key), json_object_get(from, key), value);
    json_object_foreach((json_t *)(uintptr_t)from, key, value) if (!json_object_get(to, key))
        add(d, &header, arena_printf(d->arena, "%s.%s", path, key), value, NULL);
}

/* Switched on or off: its members have no defaults on the side where it is off, and all of them at
 * their defaults is a change all the same. */
static void compare_option(struct diffing *d, const struct field *f, const char *path,
                           const json_t *from, const json_t *to)
{
    size_t before = d->changes.n;
    compare_maps(d, f->fields, arena_printf(d->arena, "%s.", path), from, to);
    if (from && to)
        return;
    for (size_t i = before; i < d->changes.n; i++)
        d->changes.at[i].from_default = d->changes.at[i].to_default = NULL;
    if (d->changes.n == before)
        add(d, f, path, from, to);
}

static void compare(struct diffing *d, const struct field *f, const char *path, const json_t *from,
                    const json_t *to)
{
    bool are_maps = (!from || json_is_object(from)) && (!to || json_is_object(to));
    if (are_maps && f->type == FT_OPTION)
        compare_option(d, f, path, from, to);
    else if (are_maps && (f->type == FT_STRUCT || f->type == FT_SCHEDULE))
        compare_maps(d, f->fields, arena_printf(d->arena, "%s.", path), from, to);
    else if (f->type == FT_STRUCTS)
        compare_lists(d, f, path, from, to);
    else if (f->type == FT_SECRETMAP)
        compare_secretmaps(d, f, path, from, to);
    else
        add(d, f, path, from, to);
}

static void compare_maps(struct diffing *d, const struct field *fields, const char *prefix,
                         const json_t *from, const json_t *to)
{
    for (const struct field *f = fields; f->name; f++) {
        const json_t *a = json_object_get(from, field_key(f)),
                     *b = json_object_get(to, field_key(f));
        if (a || b)
            compare(d, f, arena_printf(d->arena, "%s%s", prefix, field_key(f)), a, b);
    }
}

/* A share is a map of users: each is a line of its own. */
static void compare_grants(struct diffing *d, const json_t *from, const json_t *to)
{
    static const struct field grant = {.name = "grant", .type = FT_TEXT};
    const char *user;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)to, user, value)
        add(d, &grant, arena_strdup(d->arena, user), json_object_get(from, user), value);
    json_object_foreach((json_t *)(uintptr_t)from, user, value) if (!json_object_get(to, user))
        add(d, &grant, arena_strdup(d->arena, user), value, NULL);
}

/* What a queue or a profile does not say, others say for it. */
static bool inherits(enum kind kind, const json_t *spec)
{
    return (kind == KIND_QUEUE || kind == KIND_PROFILE) &&
           (json_object_get(spec, "extends") || json_object_get(spec, "profile"));
}

void config_diff(enum kind kind, const json_t *from, const json_t *to, struct arena *arena,
                 struct field_changes *ret)
{
    struct diffing d = {
        .arena = arena, .from_inherits = inherits(kind, from), .to_inherits = inherits(kind, to)};
    if (kind == KIND_SHARE)
        compare_grants(&d, from, to);
    else
        compare_maps(&d, kind_fields(kind), "", from, to);
    ret->n = d.changes.n;
    ret->at = ARENA_ARRAY(arena, struct field_change, MAX(ret->n, (size_t)1));
    if (ret->n)
        memcpy(ret->at, d.changes.at, ret->n * sizeof *ret->at);
    vec_done(&d.changes);
}
