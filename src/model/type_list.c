/* model/type_list.c — lists of texts, windows and moments; maps of texts. */
#include <stdlib.h>
#include <string.h>

#include "model/type_parts.h"

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool read_list(const struct reading *x, const struct field *f, const struct ynode *n,
                      void *ret)
{
    struct strlist v = {.n = elements(n)};
    v.at = ARENA_ARRAY(x->arena, const char *, v.n);
    for (size_t i = 0; i < v.n; i++) {
        if (!is_scalar(x, f, element(n, i)))
            return false;
        v.at[i] = element(n, i)->text;
    }
    if (f->is_set)
        qsort(v.at, v.n, sizeof *v.at, compare_texts);
    *(struct strlist *)ret = v;
    return true;
}

static json_t *write_list(const struct field *f UNUSED, const void *value)
{
    const struct strlist *v = value;
    if (!v->n)
        return NULL;
    json_t *a = json_array();
    for (size_t i = 0; i < v->n; i++)
        if (i == 0 || !str_eq(v->at[i - 1], v->at[i]))
            jx_push(a, jx_string(v->at[i]));
    return a;
}

static json_t *list_schema(const struct field *f UNUSED)
{
    return schema_list_or_one(schema_text());
}

const struct type type_LIST = {.read = read_list, .write = write_list, .schema = list_schema};

/* ---- windows and moments ---- */

static json_t *string_list_schema(const struct field *f UNUSED)
{
    return schema_list_or_one(schema_of("string"));
}

static bool read_windows(const struct reading *x, const struct field *f, const struct ynode *n,
                         void *ret)
{
    struct windows v = {.n = elements(n)};
    v.at = ARENA_ARRAY(x->arena, struct window, v.n);
    for (size_t i = 0; i < v.n; i++) {
        const struct ynode *one = element(n, i);
        struct value_problem p = {0};
        if (!is_scalar(x, f, one))
            return false;
        if (!value_window(one->text, &v.at[i], &p))
            return refuse_value(x, f, one, &p);
    }
    *(struct windows *)ret = v;
    return true;
}

static json_t *sorted_texts(char (*texts)[VALUE_TEXT], size_t n)
{
    json_t *a = json_array();
    qsort(texts, n, sizeof *texts, (int (*)(const void *, const void *))strcmp);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || !str_eq(texts[i - 1], texts[i]))
            jx_push(a, jx_string(texts[i]));
    return a;
}

static json_t *write_windows(const struct field *f UNUSED, const void *value)
{
    const struct windows *v = value;
    if (!v->n)
        return NULL;
    char(*texts)[VALUE_TEXT] = mem_zeroed(v->n * sizeof *texts);
    for (size_t i = 0; i < v->n; i++)
        value_print_window(&v->at[i], texts[i]);
    json_t *a = sorted_texts(texts, v->n);
    mem_free(texts);
    return a;
}

const struct type type_WINDOWS = {
    .read = read_windows, .write = write_windows, .schema = string_list_schema};

static bool read_moments(const struct reading *x, const struct field *f, const struct ynode *n,
                         void *ret)
{
    struct moments v = {.n = elements(n)};
    v.at = ARENA_ARRAY(x->arena, struct moment, v.n);
    for (size_t i = 0; i < v.n; i++) {
        const struct ynode *one = element(n, i);
        struct value_problem p = {0};
        if (!is_scalar(x, f, one))
            return false;
        if (!value_moment(one->text, &v.at[i], &p))
            return refuse_value(x, f, one, &p);
    }
    *(struct moments *)ret = v;
    return true;
}

static json_t *write_moments(const struct field *f UNUSED, const void *value)
{
    const struct moments *v = value;
    if (!v->n)
        return NULL;
    char(*texts)[VALUE_TEXT] = mem_zeroed(v->n * sizeof *texts);
    for (size_t i = 0; i < v->n; i++)
        value_print_moment(&v->at[i], texts[i]);
    json_t *a = sorted_texts(texts, v->n);
    mem_free(texts);
    return a;
}

const struct type type_MOMENTS = {
    .read = read_moments, .write = write_moments, .schema = string_list_schema};

/* ---- maps of texts ---- */

static bool is_map(const struct reading *x, const struct field *f, const struct ynode *n)
{
    return n->type == Y_MAP ||
           reading_refuse(x, DIAG_E102, n, NULL, "%s takes %s", field_key(f), type_words(f));
}

static bool read_textmap(const struct reading *x, const struct field *f, const struct ynode *n,
                         void *ret)
{
    if (!is_map(x, f, n))
        return false;
    struct textmap v = {.n = 0};
    v.at = ARENA_ARRAY(x->arena, struct textpair, n->n);
    for (size_t i = 0; i < n->n; i++) {
        const struct ynode *value = n->entries[i].value;
        if (ydoc_is_null(value))
            continue;
        if (!is_scalar(x, f, value))
            return false;
        v.at[v.n++] = (struct textpair){n->entries[i].key->text, value->text};
    }
    *(struct textmap *)ret = v;
    return true;
}

static json_t *write_textmap(const struct field *f UNUSED, const void *value)
{
    const struct textmap *v = value;
    if (!v->n)
        return NULL;
    json_t *o = json_object();
    for (size_t i = 0; i < v->n; i++)
        jx_put(o, v->at[i].key, jx_string(v->at[i].value));
    return o;
}

static json_t *textmap_schema(const struct field *f UNUSED)
{
    json_t *o = schema_of("object");
    jx_put(o, "additionalProperties", schema_text());
    return o;
}

const struct type type_TEXTMAP = {
    .read = read_textmap, .write = write_textmap, .schema = textmap_schema};

/* Header values may be literals unless the header's name says that it holds a secret. */
static bool is_secret_header(const char *name)
{
    static const char *const parts[] = {"authorization", "cookie", "key",
                                        "token",         "secret", "auth"};
    for (size_t i = 0; i < COUNT(parts); i++)
        if (strcasestr(name, parts[i]))
            return true;
    return false;
}

static bool read_secretmap(const struct reading *x, const struct field *f, const struct ynode *n,
                           void *ret)
{
    if (!is_map(x, f, n))
        return false;
    struct secretmap v = {.n = 0};
    v.at = ARENA_ARRAY(x->arena, struct secretpair, n->n);
    bool ok = true;
    for (size_t i = 0; i < n->n; i++) {
        const char *key = n->entries[i].key->text;
        const struct ynode *value = n->entries[i].value;
        if (ydoc_is_null(value))
            continue;
        v.at[v.n].key = key;
        ok = read_secret(x, f, key, value, !is_secret_header(key), &v.at[v.n++].value) && ok;
    }
    *(struct secretmap *)ret = v;
    return ok;
}

static json_t *write_secretmap(const struct field *f UNUSED, const void *value)
{
    const struct secretmap *v = value;
    if (!v->n)
        return NULL;
    json_t *o = json_object();
    for (size_t i = 0; i < v->n; i++)
        jx_put(o, v->at[i].key, write_secret(&v->at[i].value.secret, v->at[i].value.text));
    return o;
}

static json_t *secretmap_schema(const struct field *f UNUSED)
{
    json_t *o = schema_of("object");
    jx_put(o, "additionalProperties", schema_either(schema_of("string"), schema_secret()));
    return o;
}

const struct type type_SECRETMAP = {
    .read = read_secretmap, .write = write_secretmap, .schema = secretmap_schema};
