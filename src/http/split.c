/* http/split.c — a scanner that knows depth and strings, and copies out only the wanted members. */
#include "http/split.h"

#include <string.h>

#include "base/buf.h"
#include "base/jx.h"
#include "base/mem.h"
#include "base/str.h"
#include "http/json_word.h"

enum where { BEFORE_ARRAY, BEFORE_ELEMENT, IN_ELEMENT, AFTER_ELEMENT, AFTER_ARRAY };
enum { KEY_MAX = 256 };

/* Inside an object element at depth 1: where its members are. A value in brackets or quotes is read
 * elsewhere; what follows it is AFTER_VALUE. */
enum member {
    BEFORE_FIRST_KEY,
    BEFORE_KEY,
    IN_KEY,
    BEFORE_COLON,
    BEFORE_VALUE,
    IN_WORD, /* a number, true, false, null */
    AFTER_VALUE
};

struct split {
    const char *const *keys;
    bool (*on_element)(void *ctx, json_t *element, struct err *e);
    void *ctx;
    size_t n_elements, n_bom;
    enum where where;
    struct buf element; /* what is kept of the element so far */
    size_t n_raw;       /* its bytes on the wire */
    int depth;          /* brackets open inside the array */
    uint64_t braces;    /* one bit for each of them: { or [ */
    bool in_string, is_escaped;
    bool is_broken;    /* brackets that do not match, or something other than a member */
    bool is_projected; /* an object, and keys are given */
    enum member member;
    bool is_copying;   /* the bytes being read are kept */
    char key[KEY_MAX]; /* as written, escapes and all; later the bare word of its value */
    size_t n_key;
    bool is_wanted, has_members;
};

struct split *split_new(const char *const keys[],
                        bool (*on_element)(void *ctx, json_t *element, struct err *e), void *ctx)
{
    struct split *s = NEW(struct split);
    s->keys = keys;
    s->on_element = on_element;
    s->ctx = ctx;
    buf_init(&s->element, SPLIT_ELEMENT_MAX + 16);
    return s;
}

struct split *split_free(struct split *s)
{
    if (!s)
        return NULL;
    buf_done(&s->element);
    mem_free(s);
    return NULL;
}

size_t split_count(const struct split *s)
{
    return s->n_elements;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static bool bad(const struct split *s, struct err *e, const char *what)
{
    return err_set(e, ERR_REMOTE, "%s in element %zu of the list", what, s->n_elements + 1);
}

/* ---- one element ---- */

static void element_begin(struct split *s, char first)
{
    buf_clear(&s->element);
    s->n_raw = 0;
    s->depth = 0;
    s->in_string = s->is_escaped = s->has_members = s->is_broken = false;
    s->is_projected = s->keys && first == '{';
    s->member = BEFORE_FIRST_KEY;
    s->is_copying = !s->is_projected;
    if (s->is_projected)
        buf_putc(&s->element, '{');
    s->where = IN_ELEMENT;
}

static bool element_end(struct split *s, struct err *e)
{
    if (s->is_projected)
        buf_putc(&s->element, '}');
    CLEANUP(jx_decrefp) json_t *j = NULL;
    struct err why = {0};
    if (s->element.is_cut || !jx_parse(s->element.at, s->element.n, &j, &why))
        return bad(s, e, s->element.is_cut ? "more than 1 MiB" : why.msg);
    s->n_elements++;
    s->where = AFTER_ELEMENT;
    return s->on_element(s->ctx, j, e);
}

static bool is_among(const char *const keys[], const char *key, size_t n)
{
    for (size_t i = 0; keys[i]; i++)
        if (strlen(keys[i]) == n && memcmp(keys[i], key, n) == 0)
            return true;
    return false;
}

/* "\u0069d" is id. */
static bool is_key_wanted(const struct split *s)
{
    if (!memchr(s->key, '\\', s->n_key))
        return is_among(s->keys, s->key, s->n_key);
    CLEANUP(freep) char *quoted = mem_printf("\"%.*s\"", (int)s->n_key, s->key);
    CLEANUP(jx_decrefp) json_t *key = json_loads(quoted, JSON_DECODE_ANY, NULL);
    return key && is_among(s->keys, json_string_value(key), json_string_length(key));
}

static void value_begin(struct split *s)
{
    s->member = BEFORE_VALUE;
    s->is_copying = s->is_wanted;
    if (!s->is_wanted)
        return;
    buf_puts(&s->element, s->has_members ? ",\"" : "\"");
    buf_add(&s->element, s->key, s->n_key);
    buf_puts(&s->element, "\":");
    s->has_members = true;
}

static void word_byte(struct split *s, char c)
{
    if (s->n_key < KEY_MAX)
        s->key[s->n_key++] = c;
    else
        s->is_broken = true;
}

/* The end of a bare word; nothing after a value that ended itself. */
static void value_end(struct split *s)
{
    if (s->member == IN_WORD && !is_json_word(s->key, s->n_key))
        s->is_broken = true;
    s->member = AFTER_VALUE;
}

static void value_byte(struct split *s, char c)
{
    if (c == '"' || c == '{' || c == '[') {
        s->member = AFTER_VALUE;
        return;
    }
    s->member = IN_WORD;
    s->n_key = 0;
    word_byte(s, c);
}

static void ended_value_byte(struct split *s, char c)
{
    bool was_word = s->member == IN_WORD;
    if (was_word && c != ',' && c != '}' && !is_space(c)) {
        word_byte(s, c);
        return;
    }
    value_end(s);
    if (c == ',') {
        s->member = BEFORE_KEY;
        s->is_copying = false;
    } else if (c != '}' && !is_space(c)) {
        s->is_broken = true;
    }
}

/* Between the members of a projected object. */
static void member_byte(struct split *s, char c)
{
    bool is_before_key = s->member == BEFORE_FIRST_KEY || s->member == BEFORE_KEY;
    bool is_empty = s->member == BEFORE_FIRST_KEY && c == '}';
    if (s->member == IN_WORD || s->member == AFTER_VALUE) {
        ended_value_byte(s, c);
    } else if (is_space(c) || is_empty) {
        return;
    } else if (is_before_key && c == '"') {
        s->member = IN_KEY;
        s->n_key = 0;
    } else if (s->member == BEFORE_COLON && c == ':') {
        value_begin(s);
    } else if (s->member == BEFORE_VALUE && c != ',' && c != '}' && c != ']' && c != ':') {
        value_byte(s, c);
    } else {
        s->is_broken = true;
    }
}

static void key_bytes(struct split *s, const char *bytes, size_t n)
{
    size_t room = KEY_MAX - s->n_key;
    memcpy(s->key + s->n_key, bytes, MIN(n, room));
    s->n_key += MIN(n, room);
}

/* Inside a string up to and with its closing quote, or to the end of the chunk. */
static const char *string_bytes(struct split *s, const char *p, const char *end)
{
    const char *begin = p;
    for (; p < end; p++) {
        if (s->is_escaped) {
            s->is_escaped = false;
        } else if (*p == '\\') {
            s->is_escaped = true;
        } else if (*p == '"') {
            s->in_string = false;
            break;
        }
    }
    bool is_key = s->is_projected && s->depth == 1 && s->member == IN_KEY;
    if (is_key)
        key_bytes(s, begin, (size_t)(p - begin));
    if (!s->in_string && is_key) {
        s->member = BEFORE_COLON;
        s->is_wanted = is_key_wanted(s);
    }
    return s->in_string ? p : p + 1;
}

/* A structural byte or one of a bare word. True when it ended the element: brackets are closed, or
 * a scalar met what comes after it (then the byte belongs to the list). */
static bool plain_byte(struct split *s, char c, bool *ret_is_ours)
{
    bool is_brace = c == '{' || c == '}';
    *ret_is_ours = true;
    if (c == '{' || c == '[')
        s->braces = s->braces << 1 | is_brace, s->depth++;
    else if (s->depth == 0 && (c == ',' || c == ']' || is_space(c)))
        return *ret_is_ours = false, true;
    else if (c == '}' || c == ']') {
        s->is_broken |= (s->braces & 1) != is_brace;
        s->braces >>= 1;
        return --s->depth <= 0;
    } else if (c == '"')
        s->in_string = true;
    return false;
}

static void keep(struct split *s, const char *from, const char *to)
{
    if (s->is_copying && to > from)
        buf_add(&s->element, from, (size_t)(to - from));
}

/* One byte outside strings; true when the element ended. *run is where what is kept begins. */
static bool bare_byte(struct split *s, const char **at, const char **run)
{
    char c = **at;
    bool was_copying = s->is_copying, at_top = s->is_projected && s->depth == 1, is_ours;
    bool is_last = at_top && c == '}';
    if (at_top && (c == ',' || is_last))
        keep(s, *run, *at);
    bool is_over = plain_byte(s, c, &is_ours);
    if (at_top)
        member_byte(s, c);
    *at += is_ours;
    if (is_last)
        s->is_copying = false;
    if (s->is_copying != was_copying)
        *run = *at;
    return is_over;
}

/* Consumes from *p what belongs to the element; true with *ret_over when it ended. */
static bool element_bytes(struct split *s, const char **p, const char *end, bool *ret_over,
                          struct err *e)
{
    const char *run = *p, *at = *p;
    *ret_over = false;
    while (at < end && !*ret_over) {
        if (s->in_string)
            at = string_bytes(s, at, end);
        else
            *ret_over = bare_byte(s, &at, &run);
        if (s->is_broken)
            return bad(s, e, "broken JSON");
        if (s->depth > SPLIT_DEPTH_MAX)
            return bad(s, e, "too many nested brackets");
    }
    keep(s, run, at);
    s->n_raw += (size_t)(at - *p);
    *p = at;
    return s->n_raw <= SPLIT_ELEMENT_MAX || bad(s, e, "more than 1 MiB");
}

/* ---- the list ---- */

static bool before_array(struct split *s, char c, struct err *e)
{
    static const char bom[] = "\xEF\xBB\xBF";
    if (s->n_bom < 3 && c == bom[s->n_bom])
        return s->n_bom++, true;
    if (is_space(c))
        return true;
    s->where = BEFORE_ELEMENT;
    return c == '[' || err_set(e, ERR_REMOTE, "the answer is no JSON list");
}

static bool after_element(struct split *s, char c, struct err *e)
{
    if (is_space(c))
        return true;
    s->where = c == ',' ? BEFORE_ELEMENT : AFTER_ARRAY;
    return c == ',' || c == ']' ||
           err_set(e, ERR_REMOTE, "the list is broken after element %zu", s->n_elements);
}

static bool after_array(char c, struct err *e)
{
    return is_space(c) || err_set(e, ERR_REMOTE, "something follows the list");
}

/* One byte that belongs to the list itself; *ret_used false when it begins an element. */
static bool list_byte(struct split *s, char c, bool *ret_used, struct err *e)
{
    *ret_used = true;
    switch (s->where) {
    case BEFORE_ARRAY: return before_array(s, c, e);
    case AFTER_ELEMENT: return after_element(s, c, e);
    case AFTER_ARRAY: return after_array(c, e);
    case IN_ELEMENT: return true;
    case BEFORE_ELEMENT: break;
    }
    if (is_space(c))
        return true;
    if (s->n_elements == SPLIT_ELEMENTS_MAX)
        return err_set(e, ERR_REMOTE, "the list has more than %d elements", SPLIT_ELEMENTS_MAX);
    if (c == ']') {
        s->where = AFTER_ARRAY;
        return s->n_elements == 0 ||
               err_set(e, ERR_REMOTE, "the list is broken after element %zu", s->n_elements);
    }
    *ret_used = false;
    element_begin(s, c);
    return true;
}

bool split_feed(struct split *s, const char *bytes, size_t n, struct err *e)
{
    const char *p = bytes, *end = bytes + n;
    while (p < end) {
        bool is_over = false, is_used = true;
        if (s->where != IN_ELEMENT) {
            if (!list_byte(s, *p, &is_used, e))
                return false;
            p += is_used;
            continue;
        }
        if (!element_bytes(s, &p, end, &is_over, e) || (is_over && !element_end(s, e)))
            return false;
    }
    return true;
}

bool split_end(struct split *s, struct err *e)
{
    if (s->where == AFTER_ARRAY)
        return true;
    if (s->where == BEFORE_ARRAY)
        return err_set(e, ERR_REMOTE, "the answer is empty");
    return err_set(e, ERR_REMOTE, "the list ends early, after %zu elements", s->n_elements);
}
