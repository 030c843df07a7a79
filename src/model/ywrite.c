/* model/ywrite.c — which texts may stand without quotes, how the others are quoted, and the
 * layout of a document. */
#include "model/ywrite.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "base/jx.h"
#include "base/mem.h"
#include "base/str.h"

static bool is_word_of_yaml(const char *text)
{
    static const char *const words[] = {"null", "true", "false", "yes", "no",
                                        "on",   "off",  "y",     "n"};
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_case_eq(text, words[i]))
            return true;
    return false;
}

/* 1d12h: the one text that begins with a digit and is no number to anyone. */
static bool is_duration(const char *text)
{
    const char *s = text;
    while (isdigit((unsigned char)*s)) {
        s += strspn(s, "0123456789");
        if (!*s || !strchr("wdhms", *s))
            return false;
        s += str_starts(s, "ms") ? 2 : 1;
    }
    return s != text && !*s;
}

/* Spaces and colons only between other characters: `: ` and ` #` mean something. */
static bool is_inner_ok(const char *s)
{
    for (; *s; s++) {
        bool is_word = isalnum((unsigned char)*s) || strchr("_./@+-*", *s);
        bool is_joint = (*s == ' ' || *s == ':') && (isalnum((unsigned char)s[1]) || s[1] == '/');
        if (!is_word && !is_joint)
            return false;
    }
    return true;
}

static bool is_plain(const char *text)
{
    bool is_start = isalpha((unsigned char)text[0]) || text[0] == '/' || is_duration(text);
    return is_start && !is_word_of_yaml(text) && is_inner_ok(text);
}

/* Line ends, control characters, and what YAML takes for either: written as escapes. */
static bool needs_escapes(const char *text)
{
    for (const unsigned char *s = (const unsigned char *)text; *s; s++) {
        bool is_break = (s[0] == 0xC2 && s[1] < 0xA0) ||
                        (s[0] == 0xE2 && s[1] == 0x80 && (s[2] == 0xA8 || s[2] == 0xA9));
        bool is_mark =
            s[0] == 0xEF && ((s[1] == 0xBB && s[2] == 0xBF) || (s[1] == 0xBF && s[2] >= 0xBE));
        if (*s < ' ' || *s == 0x7F || is_break || is_mark)
            return true;
    }
    return false;
}

static void put_single(struct buf *b, const char *text)
{
    buf_putc(b, '\'');
    for (; *text; text++)
        buf_printf(b, *text == '\'' ? "''" : "%c", *text);
    buf_putc(b, '\'');
}

/* The character at `s`, whose text is UTF-8, and its bytes. */
static uint32_t character(const unsigned char *s, size_t *ret_n)
{
    static const struct {
        unsigned char mask, lead;
        size_t n;
    } forms[] = {{0x80, 0x00, 1}, {0xE0, 0xC0, 2}, {0xF0, 0xE0, 3}, {0xF8, 0xF0, 4}};
    size_t k = 0;
    while (k + 1 < COUNT(forms) && (s[0] & forms[k].mask) != forms[k].lead)
        k++;
    uint32_t c = s[0] & (unsigned char)~forms[k].mask;
    size_t n = 1;
    for (; n < forms[k].n && (s[n] & 0xC0) == 0x80; n++)
        c = c << 6 | (s[n] & 0x3FU);
    *ret_n = n;
    return c;
}

static void put_escaped(struct buf *b, const char *text)
{
    const unsigned char *s = (const unsigned char *)text;
    buf_putc(b, '"');
    while (*s) {
        size_t n;
        uint32_t c = character(s, &n);
        if (c == '"' || c == '\\')
            buf_printf(b, "\\%c", (int)c);
        else if (c == '\n' || c == '\t')
            buf_puts(b, c == '\n' ? "\\n" : "\\t");
        else if (c >= ' ' && c < 0x7F)
            buf_putc(b, (char)c);
        else
            buf_printf(b, c > 0xFFFF ? "\\U%08X" : "\\u%04X", c);
        s += n;
    }
    buf_putc(b, '"');
}

void ywrite_text(struct buf *b, const char *text)
{
    if (is_plain(text))
        buf_puts(b, text);
    else if (needs_escapes(text))
        put_escaped(b, text);
    else
        put_single(b, text);
}

/* ---- documents ---- */

static void put_map(struct buf *b, const json_t *o, int indent, bool is_inline);

/* Numbers, truths and null are the same words in JSON. */
static void put_scalar(struct buf *b, const json_t *j)
{
    CLEANUP(freep) char *text = json_is_string(j) ? NULL : jx_canonical(j);
    if (text)
        buf_puts(b, text);
    else
        ywrite_text(b, json_string_value(j));
}

static bool holds_maps(const json_t *list)
{
    size_t i;
    const json_t *one;
    json_array_foreach(list, i, one)
    {
        if (json_object_size(one))
            return true;
    }
    return false;
}

static void put_flow(struct buf *b, const json_t *list)
{
    size_t i;
    const json_t *one;
    buf_putc(b, '[');
    json_array_foreach(list, i, one)
    {
        buf_puts(b, i ? ", " : "");
        put_scalar(b, one);
    }
    buf_putc(b, ']');
}

static void put_block_list(struct buf *b, const json_t *list, int indent)
{
    size_t i;
    const json_t *one;
    json_array_foreach(list, i, one)
    {
        buf_printf(b, "\n%*s- ", indent, "");
        if (json_object_size(one))
            put_map(b, one, indent + 2, true);
        else
            put_scalar(b, one);
    }
}

/* Behind "key:". */
static void put_value(struct buf *b, const json_t *value, int indent)
{
    if (json_object_size(value)) {
        put_map(b, value, indent + 2, false);
    } else if (json_is_array(value) && holds_maps(value)) {
        put_block_list(b, value, indent + 2);
    } else {
        buf_putc(b, ' ');
        if (json_is_array(value))
            put_flow(b, value);
        else
            put_scalar(b, value);
    }
}

static void put_map(struct buf *b, const json_t *o, int indent, bool is_inline)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)o, key, value)
    {
        if (!is_inline)
            buf_printf(b, "%s%*s", b->n ? "\n" : "", indent, "");
        is_inline = false;
        ywrite_text(b, key);
        buf_putc(b, ':');
        put_value(b, value, indent);
    }
}

void ywrite_document(struct buf *b, const json_t *object)
{
    put_map(b, object, 0, false);
    buf_puts(b, json_object_size(object) ? "\n" : "{}\n");
}
