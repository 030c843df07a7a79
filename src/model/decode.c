/* model/decode.c — the walkers over a table of fields. */
#include "model/decode.h"

#include <assert.h>
#include <string.h>

#include "model/type_parts.h"

/* ---- checking what is written ---- */

static const struct field *field_find(const struct field *fields, const char *key)
{
    for (const struct field *f = fields; f->name; f++)
        if (str_eq(field_key(f), key))
            return f;
    return NULL;
}

static void list_keys(const struct field *fields, const char *words, const char *explain,
                      struct buf *ret)
{
    enum { SHOWN = 14 };
    int n = 0;
    buf_printf(ret, "keys of %s:", words);
    for (const struct field *f = fields; f->name && n < SHOWN; f++) {
        bool is_common = f->offset < sizeof(struct common) && str_eq(fields[0].name, "description");
        if (is_common)
            continue;
        buf_printf(ret, " %s", field_key(f));
        n++;
    }
    buf_printf(ret, "%s (splintarr explain %s)", n == SHOWN ? " …" : "", explain);
}

static void refuse_key(const struct reading *x, const struct field *fields, const struct ynode *key,
                       const char *words, const char *explain)
{
    enum { KEYS_MAX = 64 };
    const char *keys[KEYS_MAX];
    size_t n = 0;
    for (const struct field *f = fields; f->name && n < KEYS_MAX; f++)
        keys[n++] = field_key(f);
    const char *near = str_did_you_mean(key->text, keys, n);
    CLEANUP(freep) char *caret = near ? mem_printf("did you mean '%s'?", near) : NULL;
    CLEANUP(freep) char *message = mem_printf("unknown key '%s'", key->text);
    CLEANUP(buf_done) struct buf hints;
    buf_init(&hints, 2000);
    list_keys(fields, words, explain, &hints);
    diags_add(x->diags, &(struct diag){
                            .code = DIAG_E101,
                            .at = key->at,
                            .end_col = key->end_col,
                            .message = message,
                            .caret = caret,
                            .hints = hints.at,
                        });
}

static bool is_known_key(const struct reading *x, const struct field *fields,
                         const struct ynode *key, const char *words, const char *explain)
{
    if (field_find(fields, key->text))
        return true;
    refuse_key(x, fields, key, words, explain);
    return false;
}

static bool check_value(const struct reading *x, const struct field *f, const struct ynode *n)
{
    union any_value scratch = {{0}};
    size_t size = f->type == FT_STRUCT ? f->size : sizeof scratch;
    void *value = f->type == FT_STRUCT ? arena_alloc(x->arena, size) : &scratch;
    return type_of(f)->read(x, f, n, value);
}

bool check_map(const struct reading *x, const struct field *fields, const struct ynode *map,
               const char *words, const char *explain, bool has_bases)
{
    bool ok = true;
    struct ynode key = {.at = x->at ? *x->at : map->at};
    for (size_t i = 0; i < map->n; i++)
        ok = is_known_key(x, fields, map->entries[i].key, words, explain) && ok;
    for (const struct field *f = fields; f->name; f++) {
        const struct ynode *n = ydoc_get(map, field_key(f));
        if (n)
            ok = check_value(x, f, n) && ok;
        else if (f->is_required && !has_bases && !ydoc_is_reported(map, field_key(f)))
            ok = reading_refuse(x, DIAG_E107, map == x->resource ? &key : map, NULL,
                                "%s needs '%s': %s", words, field_key(f), f->doc);
    }
    return ok;
}

/* ---- defaults ---- */

/* Flow collections are parsed, everything else is a plain scalar. */
static const struct ynode *default_node(struct arena *arena, const struct field *f)
{
    if (f->def[0] != '{' && f->def[0] != '[')
        return plain_node(arena, f->def);
    struct diags *diags = diags_new();
    struct ybudget budget = {0};
    const struct ynode *n = ydoc_parse(arena, "default", f->def, strlen(f->def), &budget, diags);
    diags_free(diags);
    assert(n);
    return n;
}

static size_t setting_size(const struct field *f)
{
    return f->type == FT_BOOL ? sizeof(bool) : sizeof(int64_t);
}

/* "health.interval": the same value of the settings. */
static void copy_setting(const struct settings *settings, const struct field *to, void *ret)
{
    const struct field *fields = kind_fields(KIND_SETTINGS);
    const char *path = to->from_settings, *base = (const char *)settings;
    for (;;) {
        size_t n = strcspn(path, ".");
        const struct field *f = fields;
        while (f->name && (strncmp(f->name, path, n) != 0 || f->name[n]))
            f++;
        assert(f->name);
        base += f->offset;
        if (!path[n]) {
            memcpy(ret, base, setting_size(f));
            return;
        }
        fields = f->fields;
        path += n + 1;
    }
}

static void use_default(const struct reading *x, const struct field *f, void *ret)
{
    if (f->from_settings && x->settings)
        copy_setting(x->settings, f, ret);
    else if (f->type == FT_STRUCT)
        decode_map(x, f->fields, &(struct levels){.n = 0}, ret);
    else if (f->def) {
        bool ok = type_of(f)->read(x, f, default_node(x->arena, f), ret);
        assert(ok || f->type == FT_INT);
    } else if (f->type == FT_SELECTOR) {
        ((struct selector *)ret)->app = -1;
    }
}

/* ---- decoding what is meant ---- */

static void inner_levels(const struct levels *levels, const char *key, struct levels *ret)
{
    *ret = (struct levels){.n = 0};
    for (size_t i = 0; i < levels->n; i++) {
        const struct ynode *n = ydoc_get(levels->at[i], key);
        if (n && n->type == Y_MAP)
            ret->at[ret->n++] = n;
    }
}

static void decode_inner(const struct reading *x, const struct field *f,
                         const struct levels *levels, void *ret)
{
    struct levels inner;
    inner_levels(levels, field_key(f), &inner);
    if (f->type == FT_STRUCT) {
        decode_map(x, f->fields, &inner, ret);
        return;
    }
    if (inner.n == 0)
        return; /* an option that nobody wrote */
    *(void **)ret = arena_alloc(x->arena, f->size);
    decode_map(x, f->fields, &inner, *(void **)ret);
}

static bool has_key(const struct textmap *v, const char *key)
{
    for (size_t i = 0; i < v->n; i++)
        if (str_eq(v->at[i].key, key))
            return true;
    return false;
}

/* Maps are merged key by key; the most specific level that has a key wins. */
static void decode_texts(const struct reading *x, const struct field *f,
                         const struct levels *levels, struct textmap *ret)
{
    struct levels inner;
    inner_levels(levels, field_key(f), &inner);
    size_t n = 0;
    for (size_t i = 0; i < inner.n; i++)
        n += inner.at[i]->n;
    ret->at = ARENA_ARRAY(x->arena, struct textpair, n);
    for (size_t i = 0; i < inner.n; i++) {
        struct textmap one = {.n = 0};
        if (!type_TEXTMAP.read(x, f, inner.at[i], &one))
            continue;
        for (size_t k = 0; k < one.n; k++)
            if (!has_key(ret, one.at[k].key))
                ret->at[ret->n++] = one.at[k];
    }
}

static const struct ynode *most_specific(const struct levels *levels, const struct field *f)
{
    for (size_t i = 0; i < (f->is_own ? MIN(levels->n, (size_t)1) : levels->n); i++) {
        const struct ynode *n = ydoc_get(levels->at[i], field_key(f));
        if (n)
            return n;
    }
    return NULL;
}

void decode_map(const struct reading *x, const struct field *fields, const struct levels *levels,
                void *ret)
{
    for (const struct field *f = fields; f->name; f++) {
        void *value = (char *)ret + f->offset;
        if (f->type == FT_STRUCT || f->type == FT_OPTION) {
            decode_inner(x, f, levels, value);
            continue;
        }
        if (f->type == FT_TEXTMAP) {
            decode_texts(x, f, levels, value);
            continue;
        }
        const struct ynode *n = most_specific(levels, f);
        if (!n || !type_of(f)->read(x, f, n, value))
            use_default(x, f, value);
    }
}

/* ---- writing ---- */

json_t *default_json(const struct field *f)
{
    if (!f->def || f->from_settings)
        return NULL;
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    union any_value scratch = {{0}};
    struct reading x = {.arena = arena};
    return type_of(f)->read(&x, f, default_node(arena, f), &scratch)
               ? type_of(f)->write(f, &scratch)
               : NULL;
}

static bool is_default(const struct field *f, const json_t *value)
{
    CLEANUP(jx_decrefp) json_t *def = default_json(f);
    bool is_empty = json_is_array(value) && json_array_size(value) == 0 && !f->is_required;
    return def ? json_equal(def, value) : is_empty;
}

static json_t *canonical_list(const struct reading *x, const struct field *f, const struct ynode *n)
{
    json_t *a = json_array();
    for (size_t i = 0; i < elements(n); i++)
        jx_push(a, canonical_map(x, f->fields, element(n, i), false));
    return a;
}

static json_t *canonical_value(const struct reading *x, const struct field *f,
                               const struct ynode *n, bool keeps)
{
    bool is_inline = f->type == FT_SCHEDULE && n->type == Y_MAP;
    if (f->type == FT_STRUCT || f->type == FT_OPTION || is_inline)
        return canonical_map(x, f->fields, n, keeps);
    if (f->type == FT_STRUCTS)
        return canonical_list(x, f, n);
    union any_value scratch = {{0}};
    if (!type_of(f)->read(x, f, n, &scratch))
        return NULL;
    json_t *kept = type_of(f)->keep ? type_of(f)->keep(n) : NULL;
    json_t *value = kept ? kept : type_of(f)->write(f, &scratch);
    /* an empty list stands over what a base or the default says */
    return !value && n->type == Y_LIST ? json_array() : value;
}

json_t *canonical_map(const struct reading *x, const struct field *fields, const struct ynode *map,
                      bool keeps_defaults)
{
    json_t *o = json_object();
    for (const struct field *f = fields; f->name; f++) {
        const struct ynode *n = ydoc_get(map, field_key(f));
        CLEANUP(jx_decrefp) json_t *value = n ? canonical_value(x, f, n, keeps_defaults) : NULL;
        bool is_empty = value && f->type == FT_STRUCT && json_object_size(value) == 0;
        if (value && !is_empty && (keeps_defaults || !is_default(f, value)))
            jx_put(o, field_key(f), TAKE(value));
    }
    return o;
}

json_t *effective_map(const struct field *fields, const void *value)
{
    json_t *o = json_object();
    for (const struct field *f = fields; f->name; f++) {
        json_t *v = type_of(f)->write(f, (const char *)value + f->offset);
        if (v)
            jx_put(o, field_key(f), v);
    }
    return o;
}
