/* model/diag.c — the list of findings: kept sorted, counted, given out as JSON. The text form is in
 * diag_text.c, the making of snippets in diag_snippet.c. */
#include "model/diag.h"

#include <stdio.h>
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "model/diag_parts.h"
#include "model/lines.h"

static const struct {
    const char *text, *sentence;
    enum severity severity;
} codes[DIAG_N] = {
#define CODE(code, severity, sentence) [DIAG_##code] = {#code, sentence, SEVERITY_##severity},
#include "model/codes.def"
#undef CODE
};

const char *diag_code_text(enum diag_code code)
{
    return codes[code].text;
}

const char *diag_code_sentence(enum diag_code code)
{
    return codes[code].sentence;
}

enum severity diag_severity(enum diag_code code)
{
    return codes[code].severity;
}

/* ---- the list ---- */

struct diag_source {
    struct diag_source *next;
    const char *file;
    struct lines lines;
    bool has_lines; /* split when the first finding asks */
    const char *bytes;
    size_t n;
};

struct diags *diags_new(void)
{
    struct diags *d = NEW(struct diags);
    d->arena = arena_new();
    return d;
}

struct diags *diags_free(struct diags *d)
{
    if (!d)
        return NULL;
    for (struct diag_source *s = d->sources; s; s = s->next)
        lines_done(&s->lines);
    vec_done(&d->kept);
    arena_free(d->arena);
    mem_free(d);
    return NULL;
}

void diags_freep(struct diags **d)
{
    *d = diags_free(*d);
}

void diags_add_source(struct diags *d, const char *file, const char *bytes, size_t n)
{
    struct diag_source *s = ARENA_NEW(d->arena, struct diag_source);
    *s = (struct diag_source){
        .next = d->sources, .file = arena_strdup(d->arena, file), .bytes = bytes, .n = n};
    d->sources = s;
}

/* At most 4 KiB of a line, the column `col` in the middle of what had to be cut. */
static struct diag_line line_cut(struct arena *arena, const char *text, size_t n, int col)
{
    enum { LINE_MAX_BYTES = 4096 };
    size_t from = 0, at = 0, skipped = 0;
    for (int i = 1; i < col && at < n; i++)
        at += lines_char(text + at, n - at);
    if (n > LINE_MAX_BYTES && at > LINE_MAX_BYTES / 2)
        for (; from + LINE_MAX_BYTES / 2 < at; skipped++)
            from += lines_char(text + from, n - from);
    size_t length = MIN(n - from, (size_t)LINE_MAX_BYTES);
    return (struct diag_line){.text = arena_strndup(arena, text + from, length),
                              .n = length,
                              .first_col = 1 + (int)skipped};
}

enum { LINE_BYTES_MAX = 64 * 1024 };
/* The line of a finding; nothing when nobody registered its file, or when it is so long that
 * finding the column a thousand times would be felt. */
static struct diag_line line_copy(struct diags *d, const struct loc *at)
{
    struct diag_source *s = at->file && at->line > 0 ? d->sources : NULL;
    while (s && !str_eq(s->file, at->file))
        s = s->next;
    if (!s)
        return (struct diag_line){.text = NULL};
    if (!s->has_lines)
        lines_init(&s->lines, s->bytes, s->n);
    s->has_lines = true;
    size_t n;
    const char *text = lines_at(&s->lines, at->line, &n);
    return n <= LINE_BYTES_MAX ? line_cut(d->arena, text, n, at->col)
                               : (struct diag_line){.text = NULL};
}

static int loc_compare(const struct loc *a, const struct loc *b)
{
    int by_file = strcmp(a->file ? a->file : "", b->file ? b->file : "");
    if (by_file)
        return by_file;
    return a->line != b->line ? a->line - b->line : a->col - b->col;
}

static bool same_line(const struct diag_kept *a, const struct diag_kept *b)
{
    return a->d.at.line == b->d.at.line && str_eq(a->d.at.file, b->d.at.file);
}

/* The kept findings of the same line as number i: they stand together. */
static void same_line_range(const struct diags *d, size_t i, size_t *ret_from, size_t *ret_to)
{
    size_t from = i, to = i + 1;
    while (from && same_line(d->kept.at[from - 1], d->kept.at[i]))
        from--;
    while (to < d->kept.n && same_line(d->kept.at[to], d->kept.at[i]))
        to++;
    *ret_from = from;
    *ret_to = to;
}

/* Makes the snippets of number i and, when it tells where a secret stands, of its line again. */
static void snippets_make(struct diags *d, size_t i)
{
    enum { HIDDEN_MAX = 64 };
    struct diag_range hidden[HIDDEN_MAX];
    size_t from, to, n_hidden = 0;
    same_line_range(d, i, &from, &to);
    for (size_t k = from; k < to && n_hidden < HIDDEN_MAX; k++)
        if (d->kept.at[k]->d.is_secret)
            hidden[n_hidden++] =
                (struct diag_range){d->kept.at[k]->d.at.col, d->kept.at[k]->d.end_col};
    bool is_all = d->kept.at[i]->d.is_secret;
    for (size_t k = is_all ? from : i; k < (is_all ? to : i + 1); k++) {
        struct diag_kept *kept = d->kept.at[k];
        if (!kept->line.text || kept->d.end_col <= kept->d.at.col)
            continue;
        kept->snippet = diag_snippet_make(d->arena, &kept->line,
                                          (struct diag_range){kept->d.at.col, kept->d.end_col},
                                          hidden, n_hidden);
        kept->d.snippet = kept->snippet.text;
    }
}

static struct diag_kept *kept_copy(struct diags *d, const struct diag *finding)
{
    struct diag_kept *kept = ARENA_NEW(d->arena, struct diag_kept);
    kept->d = *finding;
    kept->d.at.file = arena_strdup(d->arena, finding->at.file);
    kept->d.message = arena_strdup(d->arena, finding->message);
    kept->d.caret = arena_strdup(d->arena, finding->caret);
    kept->d.hints = arena_strdup(d->arena, finding->hints);
    kept->d.snippet = NULL;
    struct loc *related = ARENA_ARRAY(d->arena, struct loc, finding->n_related);
    for (size_t i = 0; i < finding->n_related; i++) {
        related[i] = finding->related[i];
        related[i].file = arena_strdup(d->arena, finding->related[i].file);
    }
    kept->d.related = related;
    kept->line = line_copy(d, &kept->d.at);
    return kept;
}

static bool is_error(const struct diag *d)
{
    return diag_severity(d->code) == SEVERITY_ERROR;
}

/* The last warning goes for an error: where there are errors, at least one is kept. */
static bool make_room(struct diags *d, const struct diag *finding)
{
    size_t i = d->kept.n;
    if (i < DIAGS_MAX)
        return true;
    while (i && is_error(&d->kept.at[i - 1]->d))
        i--;
    if (!i || !is_error(finding))
        return false;
    d->kept.n--;
    memmove(&d->kept.at[i - 1], &d->kept.at[i], (d->kept.n - (i - 1)) * sizeof *d->kept.at);
    return true;
}

void diags_add(struct diags *d, const struct diag *finding)
{
    if (is_error(finding))
        d->n_errors++;
    else
        d->n_warnings++;
    if (!make_room(d, finding))
        return;
    struct diag_kept *kept = kept_copy(d, finding);
    vec_push(&d->kept, kept);
    size_t i = d->kept.n - 1;
    for (; i && loc_compare(&d->kept.at[i - 1]->d.at, &kept->d.at) > 0; i--)
        d->kept.at[i] = d->kept.at[i - 1];
    d->kept.at[i] = kept;
    snippets_make(d, i);
}

void diags_hint(struct diags *d, const char *file, const char *hint)
{
    for (size_t i = 0; i < d->kept.n; i++) {
        struct diag *x = &d->kept.at[i]->d;
        if (!is_error(x) || !str_eq(x->at.file, file))
            continue;
        x->hints = x->hints ? arena_printf(d->arena, "%s\n%s", x->hints, hint)
                            : arena_strdup(d->arena, hint);
        return;
    }
}

size_t diags_errors(const struct diags *d)
{
    return d->n_errors;
}

size_t diags_warnings(const struct diags *d)
{
    return d->n_warnings;
}

size_t diags_n(const struct diags *d)
{
    return d->kept.n;
}

const struct diag *diags_at(const struct diags *d, size_t i)
{
    return &d->kept.at[i]->d;
}

/* ---- JSON ---- */

static void put_place(json_t *o, const struct loc *at)
{
    jx_put(o, "file", jx_string(at->file));
    jx_put(o, "line", at->line ? json_integer(at->line) : json_null());
    jx_put(o, "column", at->col ? json_integer(at->col) : json_null());
}

/* What stands behind the carets comes first. */
static json_t *hint_json(const struct diag *d)
{
    CLEANUP(buf_done) struct buf text = {0};
    buf_init(&text, BUF_TEXT);
    buf_printf(&text, "%s%s%s", d->caret ? d->caret : "", d->caret && d->hints ? "\n" : "",
               d->hints ? d->hints : "");
    return text.n ? jx_string(text.at) : json_null();
}

static json_t *diag_json(const struct diag *d)
{
    json_t *o = json_object(), *related = json_array();
    jx_put(o, "severity",
           json_string(diag_severity(d->code) == SEVERITY_ERROR ? "error" : "warning"));
    jx_put(o, "code", json_string(diag_code_text(d->code)));
    jx_put(o, "message", jx_string(d->message));
    put_place(o, &d->at);
    jx_put(o, "end_column", d->end_col ? json_integer(d->end_col) : json_null());
    jx_put(o, "snippet", jx_string(d->snippet));
    jx_put(o, "hint", hint_json(d));
    for (size_t i = 0; i < d->n_related; i++) {
        json_t *place = json_object();
        put_place(place, &d->related[i]);
        jx_push(related, place);
    }
    jx_put(o, "related", related);
    return o;
}

json_t *diags_json(const struct diags *d)
{
    json_t *array = json_array();
    for (size_t i = 0; i < d->kept.n; i++)
        jx_push(array, diag_json(&d->kept.at[i]->d));
    return array;
}
