/* model/type_struct.c — values that hold fields themselves, and the two that may be a name or a
 * map. */
#include <string.h>

#include "model/decode.h"
#include "model/type_parts.h"

static bool is_map(const struct reading *x, const struct field *f, const struct ynode *n)
{
    return n->type == Y_MAP ||
           reading_refuse(x, DIAG_E102, n, NULL, "%s takes %s", field_key(f), type_words(f));
}

/* "instance.tls": what to ask `explain` about the inside of a field. */
static const char *path_into(const struct reading *x, const struct field *f)
{
    return arena_printf(x->arena, "%s.%s", x->path ? x->path : kind_names[x->kind], field_key(f));
}

static bool read_into(const struct reading *x, const struct field *f, const struct ynode *n,
                      void *ret)
{
    if (!is_map(x, f, n))
        return false;
    struct reading inner = *x;
    inner.path = x->diags ? path_into(x, f) : NULL;
    if (x->diags && !check_map(&inner, f->fields, n, field_key(f), inner.path, false))
        return false;
    struct levels one = {.at = {n}, .n = 1};
    decode_map(&(struct reading){.arena = x->arena,
                                 .kind = x->kind,
                                 .name = x->name,
                                 .owner = x->owner,
                                 .settings = x->settings},
               f->fields, &one, ret);
    return true;
}

static json_t *write_struct(const struct field *f, const void *value)
{
    json_t *o = effective_map(f->fields, value);
    if (json_object_size(o))
        return o;
    json_decref(o);
    return NULL;
}

static json_t *fields_schema(const struct field *f)
{
    return schema_fields(f->fields);
}

const struct type type_STRUCT = {.read = read_into, .write = write_struct, .schema = fields_schema};

static bool read_option(const struct reading *x, const struct field *f, const struct ynode *n,
                        void *ret)
{
    void *value = arena_alloc(x->arena, f->size);
    if (!read_into(x, f, n, value))
        return false;
    *(void **)ret = value;
    return true;
}

static json_t *write_option(const struct field *f, const void *value)
{
    const void *inner = *(const void *const *)value;
    return inner ? effective_map(f->fields, inner) : NULL;
}

const struct type type_OPTION = {
    .read = read_option, .write = write_option, .schema = fields_schema};

static bool read_structs(const struct reading *x, const struct field *f, const struct ynode *n,
                         void *ret)
{
    struct anylist v = {.n = elements(n)};
    v.at = arena_alloc(x->arena, f->size * v.n);
    bool ok = true;
    for (size_t i = 0; i < v.n; i++)
        ok = read_into(x, f, element(n, i), (char *)v.at + i * f->size) && ok;
    if (v.n == 0)
        return reading_refuse(x, DIAG_E107, n, NULL, "%s: an empty list", field_key(f));
    if (ok)
        *(struct anylist *)ret = v;
    return ok;
}

static json_t *write_structs(const struct field *f, const void *value)
{
    const struct anylist *v = value;
    if (!v->n)
        return NULL;
    json_t *a = json_array();
    for (size_t i = 0; i < v->n; i++)
        jx_push(a, effective_map(f->fields, (const char *)v->at + i * f->size));
    return a;
}

static json_t *structs_schema(const struct field *f)
{
    return schema_list_or_one(schema_fields(f->fields));
}

const struct type type_STRUCTS = {
    .read = read_structs, .write = write_structs, .schema = structs_schema};

/* ---- a schedule by name or in place ---- */

static const struct field name_field = {.name = "schedule", .type = FT_NAME, .ref = KIND_SCHEDULE};

static bool read_schedule(const struct reading *x, const struct field *f, const struct ynode *n,
                          void *ret)
{
    struct schedule_ref *v = ret;
    if (n->type == Y_SCALAR)
        return type_NAME.read(x, &name_field, n, &v->name);
    struct schedule *spec = ARENA_NEW(x->arena, struct schedule);
    if (!read_into(x, f, n, spec))
        return false;
    v->spec = spec;
    return true;
}

static json_t *write_schedule(const struct field *f, const void *value)
{
    const struct schedule_ref *v = value;
    if (v->name)
        return jx_string(v->name);
    return v->spec ? effective_map(f->fields, v->spec) : NULL;
}

static json_t *schedule_schema(const struct field *f)
{
    return schema_either(schema_of("string"), schema_fields(f->fields));
}

const struct type type_SCHEDULE = {
    .read = read_schedule, .write = write_schedule, .schema = schedule_schema};

/* ---- which instances ---- */

static bool read_instance_name(const struct reading *x, const struct field *f,
                               const struct ynode *n, const char **ret)
{
    static const struct field instance_name = {
        .name = "instances", .type = FT_NAME, .ref = KIND_INSTANCE};
    (void)f;
    return type_NAME.read(x, &instance_name, n, ret);
}

static bool read_names(const struct reading *x, const struct field *f, const struct ynode *n,
                       struct selector *v)
{
    v->form = SELECT_NAMES;
    v->names.n = elements(n);
    v->names.at = ARENA_ARRAY(x->arena, const char *, v->names.n);
    bool ok = true;
    for (size_t i = 0; i < v->names.n; i++)
        ok = read_instance_name(x, f, element(n, i), &v->names.at[i]) && ok;
    return ok;
}

static const struct field matching_fields[] = {
    {.name = "type",
     .doc = "Only this application.",
     .type = FT_ENUM,
     .names = app_names,
     .n_names = APP_N},
    {.name = "tags",
     .doc = "Only instances with one of these labels.",
     .type = FT_LIST,
     .is_set = true},
    {0},
};

static bool read_matching(const struct reading *x, const struct field *f, const struct ynode *n,
                          struct selector *v)
{
    v->form = SELECT_MATCHING;
    if (x->diags && !check_map(x, matching_fields, n, "a selector", path_into(x, f), false))
        return false;
    const struct ynode *type = ydoc_get(n, "type"), *tags = ydoc_get(n, "tags");
    return (!type || type_ENUM.read(x, &matching_fields[0], type, &v->app)) &&
           (!tags || type_LIST.read(x, &matching_fields[1], tags, &v->tags));
}

static bool read_selector(const struct reading *x, const struct field *f, const struct ynode *n,
                          void *ret)
{
    struct selector v = {.app = -1};
    bool ok = true;
    if (n->type == Y_SCALAR && str_eq(n->text, "all"))
        v.form = SELECT_ALL;
    else if (n->type == Y_MAP)
        ok = read_matching(x, f, n, &v);
    else
        ok = read_names(x, f, n, &v);
    if (ok)
        *(struct selector *)ret = v;
    return ok;
}

static json_t *write_selector(const struct field *f UNUSED, const void *value)
{
    static const struct field sorted = {.name = "instances", .type = FT_LIST, .is_set = true};
    const struct selector *v = value;
    switch (v->form) {
    case SELECT_UNSET: return NULL;
    case SELECT_ALL: return jx_string("all");
    case SELECT_NAMES: return type_LIST.write(&sorted, &v->names);
    case SELECT_MATCHING: break;
    }
    json_t *o = json_object(), *tags = type_LIST.write(&sorted, &v->tags);
    if (v->app >= 0)
        jx_put(o, "type", jx_string(app_names[v->app]));
    if (tags)
        jx_put(o, "tags", tags);
    return o;
}

static json_t *selector_schema(const struct field *f UNUSED)
{
    return schema_either(schema_list_or_one(schema_of("string")), schema_fields(matching_fields));
}

const struct type type_SELECTOR = {
    .read = read_selector, .write = write_selector, .schema = selector_schema};
