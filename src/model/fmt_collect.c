/* model/fmt_collect.c — walks what is written along the tables of fields and notes what each scalar
 * could be written as. Says nothing, changes nothing. */
#include <stdlib.h>
#include <string.h>

#include "model/config.h"
#include "model/decode.h"
#include "model/fmt.h"
#include "model/lines.h"
#include "model/names.h"
#include "model/type_parts.h"
#include "model/ywrite.h"

struct collecting {
    struct arena *arena;
    struct lines lines;
    const char *bytes;
    struct fmt_edits *edits;
};

typedef void rewriter(struct collecting *c, const struct field *f, const struct ynode *n);

static void collect_map(struct collecting *c, const struct field *fields, const struct ynode *map);

/* ---- where a scalar stands ---- */

static struct fmt_edit whole(struct collecting *c, const struct ynode *n)
{
    size_t at = lines_offset(&c->lines, n->at.line, n->at.col);
    size_t end = lines_offset(&c->lines, n->end_line, n->end_col);
    return (struct fmt_edit){.at = at, .n = end > at ? end - at : 0, .kind = FMT_KEEP};
}

/* The text alone, without quotes, tags and anchors. False when it is not in the file as it reads:
 * escapes, folded lines. */
static bool place_of_text(struct collecting *c, const struct ynode *n, struct fmt_edit *ret)
{
    struct fmt_edit e = whole(c, n);
    size_t length = strlen(n->text), quote = n->is_plain ? 0 : 1;
    if (e.n < length + 2 * quote)
        return false;
    size_t at = e.at + e.n - quote - length;
    bool is_closed = n->is_plain || (strchr("'\"", c->bytes[at + length]) &&
                                     c->bytes[at - 1] == c->bytes[at + length]);
    if (!is_closed || memcmp(c->bytes + at, n->text, length) != 0)
        return false;
    *ret = (struct fmt_edit){.at = at, .n = length, .text = n->text, .kind = FMT_KEEP};
    return true;
}

/* `sun-mon` becomes `mon,sun`, and in a flow list a bare comma would part it in two. */
static const char *as_written(struct collecting *c, const struct ynode *n, const char *text)
{
    if (!n->is_plain || !strchr(text, ','))
        return text;
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, BUF_TEXT);
    ywrite_text(&b, text);
    return arena_strdup(c->arena, b.at);
}

static void want(struct collecting *c, const struct ynode *n, const char *text, enum fmt_kind kind)
{
    struct fmt_edit e;
    if (n->is_reported || !place_of_text(c, n, &e))
        return;
    if (text && !str_eq(text, n->text)) {
        e.text = as_written(c, n, text);
        e.kind = kind;
    }
    vec_push(c->edits, e);
}

/* ---- one function for each way a type is rewritten ---- */

static void keep(struct collecting *c, const struct field *f, const struct ynode *n)
{
    (void)f;
    if (n->type == Y_SCALAR)
        want(c, n, NULL, FMT_KEEP);
    for (size_t i = 0; i < n->n; i++)
        keep(c, f, n->type == Y_MAP ? n->entries[i].value : n->items[i]);
}

/* Canonical JSON of a text in place of the node's; NULL when it is no value of the field. */
static json_t *value_of(struct collecting *c, const struct field *f, const char *text)
{
    union any_value value = {{0}};
    const struct reading silent = {.arena = c->arena};
    if (!type_of(f)->read(&silent, f, plain_node(c->arena, text), &value))
        return NULL;
    return type_of(f)->write(f, &value);
}

/* The one text a value is written as, or that of a list with one element. */
static const char *text_of(const json_t *value)
{
    return json_string_value(json_is_array(value) ? json_array_get(value, 0) : value);
}

static void spell(struct collecting *c, const struct field *f, const struct ynode *n)
{
    for (size_t i = 0; n->type != Y_MAP && i < elements(n); i++) {
        const struct ynode *one = element(n, i);
        bool is_text = one->type == Y_SCALAR && one->tag == YTAG_NONE && !one->is_reported;
        if (!is_text || ydoc_is_null(one)) {
            keep(c, f, one);
            continue;
        }
        CLEANUP(jx_decrefp) json_t *value = value_of(c, f, one->text);
        const char *text = value ? arena_strdup(c->arena, text_of(value)) : NULL;
        CLEANUP(jx_decrefp) json_t *again = text ? value_of(c, f, text) : NULL;
        bool is_same = again && json_equal(value, again);
        want(c, one, is_same ? text : NULL, FMT_SPELL);
    }
}

static void truth(struct collecting *c, const struct field *f, const struct ynode *n)
{
    static const struct {
        const char *word, *means;
    } words[] = {{"yes", "true"}, {"on", "true"},   {"y", "true"},  {"true", "true"},
                 {"no", "false"}, {"off", "false"}, {"n", "false"}, {"false", "false"}};
    for (size_t i = 0; n->type == Y_SCALAR && n->is_plain && i < COUNT(words); i++)
        if (n->tag == YTAG_NONE && str_case_eq(n->text, words[i].word)) {
            want(c, n, words[i].means, FMT_REPAIR);
            return;
        }
    keep(c, f, n);
}

/* Length of "&anchor " in front of a tag. */
static size_t anchor_length(const char *s, size_t n)
{
    size_t k = 0;
    if (n == 0 || s[0] != '&')
        return 0;
    while (k < n && !strchr(" \t\r\n", s[k]))
        k++;
    while (k < n && (s[k] == ' ' || s[k] == '\t'))
        k++;
    return k;
}

/* `!secret x` as `{secret: x}`. An anchor behind the tag is too rare to be moved. */
static void untag(struct collecting *c, const struct ynode *n)
{
    static const char *const keys[] = {
        [YTAG_SECRET] = "secret", [YTAG_FILE] = "file", [YTAG_ENV] = "env"};
    struct fmt_edit e = whole(c, n);
    size_t skip = anchor_length(c->bytes + e.at, e.n);
    e.at += skip;
    e.n -= skip;
    bool is_tag = e.n > 0 && c->bytes[e.at] == '!' && n->text[0];
    if (!is_tag || memchr(c->bytes + e.at, '&', e.n) || n->end_line != n->at.line)
        return;
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, YDOC_MAX_BYTES);
    buf_printf(&b, "{%s: ", keys[n->tag]);
    ywrite_text(&b, n->text);
    buf_putc(&b, '}');
    e.text = arena_strdup(c->arena, b.at);
    e.kind = FMT_SPELL;
    vec_push(c->edits, e);
}

static void secret(struct collecting *c, const struct field *f, const struct ynode *n)
{
    if (n->type == Y_MAP) {
        keep(c, f, n);
        return;
    }
    if (n->type == Y_SCALAR && n->tag != YTAG_NONE) {
        untag(c, n);
        return;
    }
    struct fmt_edit e = whole(c, n);
    e.text = "********";
    e.kind = FMT_HIDE;
    vec_push(c->edits, e);
}

static void secrets(struct collecting *c, const struct field *f, const struct ynode *n)
{
    if (n->type != Y_MAP)
        keep(c, f, n);
    for (size_t i = 0; n->type == Y_MAP && i < n->n; i++)
        secret(c, f, n->entries[i].value);
}

static void inside(struct collecting *c, const struct field *f, const struct ynode *n)
{
    for (size_t i = 0; i < elements(n); i++)
        if (element(n, i)->type == Y_MAP)
            collect_map(c, f->fields, element(n, i));
        else
            keep(c, f, element(n, i));
}

/* Types that are not here stay as they are written. */
static rewriter *const rewriters[FT_N] = {
    [FT_BOOL] = truth,
    [FT_TRI] = truth,
    [FT_DUR] = spell,
    [FT_RATE] = spell,
    [FT_PERCENT] = spell,
    [FT_SIZE] = spell,
    [FT_WINDOWS] = spell,
    [FT_MOMENTS] = spell,
    [FT_YEARS] = spell,
    [FT_COOLDOWN] = spell,
    [FT_AMOUNT] = spell,
    [FT_SECRET] = secret,
    [FT_SECRET_OR_URL] = secret,
    [FT_SECRET_OR_HASH] = secret,
    [FT_SECRETMAP] = secrets,
    [FT_SCHEDULE] = inside,
    [FT_STRUCT] = inside,
    [FT_OPTION] = inside,
    [FT_STRUCTS] = inside,
};

static void collect_map(struct collecting *c, const struct field *fields, const struct ynode *map)
{
    for (const struct field *f = fields; f->name; f++) {
        const struct ynode *n = ydoc_get(map, field_key(f));
        if (n)
            (rewriters[f->type] ? rewriters[f->type] : keep)(c, f, n);
    }
}

static void collect_kind(struct collecting *c, enum kind kind, const struct ynode *map)
{
    if (kind == KIND_SETTINGS)
        collect_map(c, kind_fields(kind), map);
    for (size_t i = 0; kind != KIND_SETTINGS && i < map->n; i++)
        if (map->entries[i].value->type == Y_MAP)
            collect_map(c, kind_fields(kind), map->entries[i].value);
}

/* ---- one edit for each place ---- */

static int by_place(const void *a, const void *b)
{
    const struct fmt_edit *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return x->n != y->n ? (x->n < y->n ? -1 : 1) : 0;
}

/* Two fields, one place (an alias): what they do not agree about stays. */
static struct fmt_edit agreed(const struct fmt_edit *a, const struct fmt_edit *b)
{
    if (a->kind == FMT_HIDE || b->kind == FMT_HIDE)
        return a->kind == FMT_HIDE ? *a : *b;
    bool is_same = a->n == b->n && a->kind == b->kind && str_eq(a->text, b->text);
    return is_same ? *a : (struct fmt_edit){.at = a->at, .n = a->n, .kind = FMT_KEEP};
}

static void settle(struct fmt_edits *v)
{
    size_t n = 0;
    if (v->n)
        qsort(v->at, v->n, sizeof *v->at, by_place);
    for (size_t i = 0; i < v->n; i++) {
        bool is_over = n > 0 && v->at[i].at < v->at[n - 1].at + v->at[n - 1].n;
        if (is_over)
            v->at[n - 1] = agreed(&v->at[n - 1], &v->at[i]);
        else
            v->at[n++] = v->at[i];
    }
    v->n = n;
}

void fmt_edits_done(struct fmt_edits *v)
{
    vec_done(v);
}

void fmt_collect(struct arena *arena, const struct ynode *root, const char *bytes, size_t n,
                 struct fmt_edits *ret)
{
    struct collecting c = {.arena = arena, .bytes = bytes, .edits = ret};
    lines_init(&c.lines, bytes, n);
    for (size_t i = 0; root->type == Y_MAP && i < root->n; i++) {
        int kind = name_find(kind_plurals, KIND_N, root->entries[i].key->text);
        if (kind >= 0 && root->entries[i].value->type == Y_MAP)
            collect_kind(&c, (enum kind)kind, root->entries[i].value);
    }
    lines_done(&c.lines);
    settle(ret);
}
