/* model/type_text.c — texts: free ones, paths, zones, patterns, names, URLs, words of a list. */
#include <string.h>

#include "base/re.h"
#include "model/type_parts.h"

static bool keep_text(const struct reading *x, const struct field *f, const struct ynode *n,
                      void *ret)
{
    if (!is_scalar(x, f, n))
        return false;
    *(const char **)ret = n->text;
    return true;
}

static bool has_control(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' && *text != '\n')
            return true;
    return false;
}

static bool is_clean(const struct reading *x, const struct field *f, const struct ynode *n)
{
    if (!has_control(n->text))
        return true;
    return reading_refuse(
        x, DIAG_E105, n,
        n->is_double_quoted ? "in double quotes \\b is a backspace: use single quotes" : NULL,
        "%s: holds a control character", field_key(f));
}

static json_t *write_text(const struct field *f UNUSED, const void *value)
{
    const char *text = *(const char *const *)value;
    return text ? jx_string(text) : NULL;
}

static bool fits_pattern(const struct reading *x, const struct field *f, const struct ynode *n)
{
    if (!f->pattern)
        return true;
    CLEANUP(re_freep) struct re *re = NULL;
    struct err e = {0};
    if (re_new(f->pattern, &re, NULL, &e) && re_match(re, n->text) == RE_MATCH)
        return true;
    return reading_refuse(x, DIAG_E105, n, f->example, "%s: '%s' does not look like one",
                          field_key(f), n->text);
}

static bool read_text(const struct reading *x, const struct field *f, const struct ynode *n,
                      void *ret)
{
    return is_scalar(x, f, n) && is_clean(x, f, n) && fits_pattern(x, f, n) &&
           keep_text(x, f, n, ret);
}

static json_t *text_schema(const struct field *f)
{
    json_t *o = schema_text();
    if (f->pattern)
        jx_put(o, "pattern", jx_string(f->pattern));
    return o;
}

const struct type type_TEXT = {.read = read_text, .write = write_text, .schema = text_schema};

static bool read_path(const struct reading *x, const struct field *f, const struct ynode *n,
                      void *ret)
{
    if (!is_scalar(x, f, n) || !is_clean(x, f, n))
        return false;
    if (!n->text[0])
        return reading_refuse(x, DIAG_E105, n, NULL, "%s: an empty path", field_key(f));
    return keep_text(x, f, n, ret);
}

static json_t *string_schema(const struct field *f UNUSED)
{
    return schema_of("string");
}

const struct type type_PATH = {.read = read_path, .write = write_text, .schema = string_schema};

static bool read_zone(const struct reading *x, const struct field *f, const struct ynode *n,
                      void *ret)
{
    struct value_problem p = {0};
    if (!is_scalar(x, f, n))
        return false;
    return value_zone(n->text, &p) ? keep_text(x, f, n, ret) : refuse_value(x, f, n, &p);
}

const struct type type_ZONE = {.read = read_zone, .write = write_text, .schema = string_schema};

/* ---- patterns ---- */

static bool read_regex(const struct reading *x, const struct field *f, const struct ynode *n,
                       void *ret)
{
    CLEANUP(re_freep) struct re *re = NULL;
    struct err e = {0};
    size_t offset = 0;
    if (!is_scalar(x, f, n) || !is_clean(x, f, n))
        return false;
    if (!re_new(n->text, &re, &offset, &e))
        return reading_refuse(x, DIAG_E116, n, "write regular expressions in single quotes",
                              "%s: %s at column %zu of the pattern", field_key(f), e.msg,
                              str_columns(n->text, offset) + 1);
    return keep_text(x, f, n, ret);
}

const struct type type_REGEX = {.read = read_regex, .write = write_text, .schema = string_schema};

static bool read_glob(const struct reading *x, const struct field *f, const struct ynode *n,
                      void *ret)
{
    CLEANUP(re_freep) struct re *re = NULL;
    struct err e = {0};
    if (!is_scalar(x, f, n) || !is_clean(x, f, n))
        return false;
    if (!re_glob(n->text, &re, &e))
        return reading_refuse(x, DIAG_E116, n, NULL, "%s: %s", field_key(f), e.msg);
    return keep_text(x, f, n, ret);
}

const struct type type_GLOB = {.read = read_glob, .write = write_text, .schema = text_schema};

/* ---- names and URLs ---- */

/* "nightly", "/sonarr-main" from a tenant, "builtin/new-releases". */
static bool read_name(const struct reading *x, const struct field *f, const struct ynode *n,
                      void *ret)
{
    struct value_problem p = {0};
    if (!is_scalar(x, f, n))
        return false;
    const char *bare = n->text[0] == '/' ? n->text + 1 : n->text;
    const char *slash = strchr(bare, '/');
    if (slash && str_starts(bare, "builtin/"))
        bare = slash + 1;
    if (value_name(bare, &p))
        return keep_text(x, f, n, ret);
    p.at += (size_t)(bare - n->text);
    return refuse_value(x, f, n, &p);
}

const struct type type_NAME = {.read = read_name, .write = write_text, .schema = string_schema};

static bool read_url(const struct reading *x, const struct field *f, const struct ynode *n,
                     void *ret)
{
    struct value_problem p = {0};
    char url[VALUE_URL];
    if (!is_scalar(x, f, n))
        return false;
    if (!value_url(n->text, URL_BASE, url, &p))
        return refuse_value(x, f, n, &p);
    *(const char **)ret = arena_strdup(x->arena, url);
    return true;
}

static json_t *url_schema(const struct field *f UNUSED)
{
    json_t *o = schema_of("string");
    jx_put(o, "pattern", jx_string("^https?://"));
    return o;
}

const struct type type_URL = {.read = read_url, .write = write_text, .schema = url_schema};

/* ---- words ---- */

static bool refuse_word(const struct reading *x, const struct field *f, const struct ynode *n)
{
    CLEANUP(buf_done) struct buf words;
    buf_init(&words, 2000);
    const char *near = str_did_you_mean(n->text, f->names, (size_t)f->n_names);
    if (near)
        buf_printf(&words, "did you mean '%s'?\n", near);
    buf_puts(&words, "one of:");
    for (int i = 0; i < f->n_names; i++)
        buf_printf(&words, " %s", f->names[i]);
    return reading_refuse(x, DIAG_E106, n, words.at, "%s: '%s' is not one of the words",
                          field_key(f), n->text);
}

static bool read_enum(const struct reading *x, const struct field *f, const struct ynode *n,
                      void *ret)
{
    if (!is_scalar(x, f, n))
        return false;
    int v = name_find(f->names, f->n_names, n->text);
    if (v < 0)
        return refuse_word(x, f, n);
    *(int *)ret = v;
    return true;
}

static json_t *write_enum(const struct field *f, const void *value)
{
    return jx_string(f->names[*(const int *)value]);
}

const struct type type_ENUM = {.read = read_enum, .write = write_enum, .schema = schema_words};

static bool read_enums(const struct reading *x, const struct field *f, const struct ynode *n,
                       void *ret)
{
    struct enumlist v = {0};
    if (n->type == Y_SCALAR && str_eq(n->text, "all")) {
        *(struct enumlist *)ret =
            (struct enumlist){.bits = (UINT64_C(1) << f->n_names) - 1, .is_all = true};
        return true;
    }
    for (size_t i = 0; i < elements(n); i++) {
        int word = 0;
        if (!read_enum(x, f, element(n, i), &word))
            return false;
        v.bits |= UINT64_C(1) << word;
    }
    *(struct enumlist *)ret = v;
    return true;
}

static json_t *write_enums(const struct field *f, const void *value)
{
    const struct enumlist *v = value;
    if (v->is_all)
        return jx_string("all");
    if (!v->bits)
        return NULL;
    json_t *a = json_array();
    for (int i = 0; i < f->n_names; i++)
        if (v->bits >> i & 1)
            jx_push(a, jx_string(f->names[i]));
    return a;
}

static json_t *enums_schema(const struct field *f)
{
    json_t *all = json_object();
    jx_put(all, "const", jx_string("all"));
    return schema_either(all, schema_list_or_one(schema_words(f)));
}

const struct type type_ENUMS = {.read = read_enums, .write = write_enums, .schema = enums_schema};
