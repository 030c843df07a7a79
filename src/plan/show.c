/* plan/show.c — one value, one line. */
#include "plan/show.h"

#include <ctype.h>
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "plan/prints.h"

enum { SHOWN_BYTES = 200 };

static bool is_plain(const char *s)
{
    if (!*s || *s == ' ' || s[strlen(s) - 1] == ' ')
        return false;
    for (const char *p = s; *p; p++) {
        bool is_word = isalnum((unsigned char)*p) || (unsigned char)*p >= 0x80;
        if (!is_word && !strchr(" _./:@%+=~-", *p))
            return false;
    }
    return !strstr(s, ": ");
}

static void put_escaped(const char *s, size_t n, struct buf *ret)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c < 0x20 || c == 0x7f)
            buf_printf(ret, "\\x%02x", c);
        else
            buf_putc(ret, s[i]);
    }
}

/* Cuts between characters, not inside one. */
static size_t cut_length(const char *s)
{
    size_t n = strlen(s);
    if (n <= SHOWN_BYTES)
        return n;
    n = SHOWN_BYTES;
    while (n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80)
        n--;
    return n;
}

static void show_string(const char *s, struct buf *ret)
{
    size_t n = cut_length(s);
    const char *quote = is_plain(s) ? "" : "'";
    buf_puts(ret, quote);
    put_escaped(s, n, ret);
    buf_puts(ret, s[n] ? "…" : "");
    buf_puts(ret, quote);
}

static void show_list(const json_t *list, struct buf *ret)
{
    size_t i;
    json_t *v;
    buf_putc(ret, '[');
    json_array_foreach(list, i, v)
    {
        buf_puts(ret, i > 0 ? ", " : "");
        show_value(v, ret);
    }
    buf_putc(ret, ']');
}

static void show_map(const json_t *map, struct buf *ret)
{
    const char *key, *comma = "";
    json_t *v;
    buf_putc(ret, '{');
    json_object_foreach((json_t *)(uintptr_t)map, key, v)
    {
        buf_puts(ret, comma);
        show_string(key, ret);
        buf_puts(ret, ": ");
        show_value(v, ret);
        comma = ", ";
    }
    buf_putc(ret, '}');
}

void show_value(const json_t *value, struct buf *ret)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT: show_map(value, ret); return;
    case JSON_ARRAY: show_list(value, ret); return;
    case JSON_STRING: show_string(json_string_value(value), ret); return;
    case JSON_INTEGER: buf_printf(ret, "%lld", (long long)json_integer_value(value)); return;
    case JSON_REAL: buf_printf(ret, "%g", json_real_value(value)); return;
    case JSON_TRUE: buf_puts(ret, "true"); return;
    case JSON_FALSE: buf_puts(ret, "false"); return;
    case JSON_NULL: buf_puts(ret, "null"); return;
    }
}

void show_url(const char *url, struct buf *ret)
{
    const char *host = strstr(url, "://");
    host = host ? host + 3 : url;
    size_t n_host = strcspn(host, "/?#");
    const char *at = memrchr(host, '@', n_host);
    put_escaped(url, (size_t)(host - url), ret);
    put_escaped(at ? at + 1 : host, strcspn(at ? at + 1 : host, "?#"), ret);
}

void show_secret(const json_t *value, struct buf *ret)
{
    struct secret_ref ref;
    const char *text = json_string_value(value);
    if (secret_ref_of(value, &ref)) {
        buf_printf(ret, "%s:", secret_source_names[ref.source]);
        put_escaped(ref.ref, cut_length(ref.ref), ret);
    } else if (text && (str_starts(text, "http://") || str_starts(text, "https://")))
        show_url(text, ret);
    else
        buf_puts(ret, "(hidden)");
}

/* ---- changes ---- */

static bool is_same_value(const struct plan_field *f)
{
    return f->from && f->to && json_equal(f->from, f->to);
}

char show_sign(const struct plan_field *f, enum plan_action action)
{
    if (action == PLAN_CREATE)
        return '+';
    if (action == PLAN_REMOVE)
        return '-';
    if (!f->from && !f->from_default && !f->is_from_inherited)
        return '+';
    return !f->to && !f->to_default && !f->is_to_inherited ? '-' : '~';
}

/* A webhook's URL may stand in the tree; it is shown without what could be secret in it. */
static bool is_literal_url(const json_t *value)
{
    return !value || str_starts(json_is_string(value) ? json_string_value(value) : "", "http");
}

static void show_secret_change(const struct plan_field *f, char sign, struct buf *ret)
{
    if (!is_literal_url(f->from) || !is_literal_url(f->to))
        buf_puts(ret, "(secret) ");
    if (is_same_value(f))
        buf_puts(ret, f->from_print ? "changed  " : "now there  ");
    if (sign != '+' && f->from && !is_same_value(f))
        show_secret(f->from, ret);
    if (sign == '~' && !is_same_value(f))
        buf_puts(ret, " -> ");
    if (sign != '-' && f->to)
        show_secret(f->to, ret);
}

static void show_side(const json_t *value, const char *otherwise, const char *mark, struct buf *ret)
{
    if (value)
        show_value(value, ret);
    else
        buf_printf(ret, "%s%s", otherwise ? otherwise : "none", mark);
}

void show_change(const struct plan_field *f, enum plan_action action, struct buf *ret)
{
    char sign = show_sign(f, action);
    if (f->is_secret) {
        show_secret_change(f, sign, ret);
        return;
    }
    if (is_same_value(f)) {
        show_value(f->to, ret);
        buf_puts(ret, "  (content changed)");
        return;
    }
    if (sign != '+')
        show_side(f->from, f->is_from_inherited ? "inherited" : f->from_default, "", ret);
    if (sign == '~')
        buf_puts(ret, " -> ");
    if (sign != '-')
        show_side(f->to, f->to_default, f->is_to_inherited ? " (inherited)" : " (default)", ret);
}

const char *show_day(utc_t t, char ret[static UTC_TEXT])
{
    utc_format_local(t, ret);
    ret[strcspn(ret, " ")] = '\0';
    return ret;
}
