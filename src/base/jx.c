/* base/jx.c — jansson helpers. */
#include "base/jx.h"

#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"

void jx_decrefp(json_t **j)
{
    json_decref(*j);
    *j = NULL;
}

const char *jx_str(const json_t *o, const char *key)
{
    return json_string_value(json_object_get(o, key));
}

int64_t jx_int(const json_t *o, const char *key, int64_t otherwise)
{
    const json_t *v = json_object_get(o, key);
    return json_is_integer(v) ? json_integer_value(v) : otherwise;
}

double jx_real(const json_t *o, const char *key, double otherwise)
{
    const json_t *v = json_object_get(o, key);
    return json_is_number(v) ? json_number_value(v) : otherwise;
}

bool jx_bool(const json_t *o, const char *key, bool otherwise)
{
    const json_t *v = json_object_get(o, key);
    return json_is_boolean(v) ? json_is_true(v) : otherwise;
}

utc_t jx_utc(const json_t *o, const char *key)
{
    const char *text = jx_str(o, key);
    utc_t t;
    return text && utc_parse(text, &t) ? t : 0;
}

static char *dump(const json_t *j, size_t flags)
{
    char *text = json_dumps(j, flags | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
    assert(text);
    return text;
}

char *jx_canonical(const json_t *j)
{
    return dump(j, JSON_COMPACT | JSON_SORT_KEYS);
}

char *jx_pretty(const json_t *j)
{
    return dump(j, JSON_INDENT(2));
}

bool jx_parse(const char *text, size_t n, json_t **ret, struct err *e)
{
    json_error_t why;
    json_t *j = json_loadb(text, n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
    if (!j)
        return err_set(e, ERR_REMOTE, "invalid JSON at line %d, column %d: %s", why.line,
                       why.column, why.text);
    *ret = j;
    return true;
}

/* ---- what an outsider sends ---- */

struct shape {
    int depth, deepest;
    size_t n_values; /* no fewer than there are */
    bool is_quoted;
};

static void shape_see(struct shape *s, char c)
{
    if (c == '"')
        s->is_quoted = !s->is_quoted;
    if (s->is_quoted)
        return;
    s->depth += (c == '[' || c == '{') - (c == ']' || c == '}');
    s->deepest = MAX(s->deepest, s->depth);
    s->n_values += c == '[' || c == '{' || c == ',';
}

static bool fits(const char *text, size_t n, struct err *e)
{
    struct shape s = {.n_values = 1};
    for (size_t i = 0; i < n && s.deepest <= JX_DEPTH && s.n_values <= JX_VALUES; i++) {
        if (s.is_quoted && text[i] == '\\')
            i++;
        else
            shape_see(&s, text[i]);
    }
    if (s.deepest > JX_DEPTH)
        return err_set(e, ERR_REMOTE, "JSON nested more than %d deep", JX_DEPTH);
    return s.n_values <= JX_VALUES ||
           err_set(e, ERR_REMOTE, "JSON of more than %d values", JX_VALUES);
}

bool jx_parse_foreign(const char *text, size_t n, json_t **ret, struct err *e)
{
    CLEANUP(jx_decrefp) json_t *j = NULL;
    if (!fits(text, n, e) || !jx_parse(text, n, &j, e))
        return false;
    if (!json_is_object(j))
        return err_set(e, ERR_REMOTE, "JSON, but no object");
    *ret = TAKE(j);
    return true;
}

/* ---- builders ---- */

/* Bytes that are no UTF-8 become U+FFFD, one by one. */
static json_t *repaired(const char *s)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, BUF_TEXT);
    for (; *s; s++) {
        size_t n = 1;
        while (n <= 4 && strnlen(s, n) == n && !str_is_utf8(s, n))
            n++;
        bool ok = n <= 4 && strnlen(s, n) == n;
        buf_add(&b, ok ? s : "\xEF\xBF\xBD", ok ? n : 3);
        s += ok ? n - 1 : 0;
    }
    return json_string(b.at);
}

json_t *jx_string(const char *s)
{
    if (!s)
        return json_null();
    json_t *j = json_string(s);
    return j ? j : repaired(s);
}

void jx_put(json_t *object, const char *key, json_t *value)
{
    int failed = json_object_set_new(object, key, value);
    assert(!failed);
}

void jx_push(json_t *array, json_t *value)
{
    int failed = json_array_append_new(array, value);
    assert(!failed);
}

json_t *jx_time(utc_t t)
{
    char text[UTC_TEXT];
    return t ? json_string(utc_format(t, text)) : json_null();
}
