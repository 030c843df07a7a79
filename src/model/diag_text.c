/* model/diag_text.c — findings as text for people: place, line, carets, reason, fix. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "model/diag_parts.h"
#include "model/lines.h"

struct paint { /* escape sequences, or "" */
    const char *error, *warning, *frame, *strong, *off;
};
static const struct paint colors = {"\033[1;31m", "\033[1;33m", "\033[34m", "\033[1m", "\033[0m"};
static const struct paint plain = {"", "", "", "", ""};

/* User text reaches the terminal only without what steers it. */
static void put_clean(struct buf *b, const char *text, size_t n)
{
    for (size_t at = 0; at < n;) {
        size_t length = lines_char(text + at, n - at);
        unsigned char c = (unsigned char)text[at];
        bool is_c1 = length == 2 && c == 0xC2 && (unsigned char)text[at + 1] < 0xA0;
        bool is_bad = c < ' ' || c == 0x7F || is_c1 || (length == 1 && c >= 0x80);
        if (is_bad)
            buf_puts(b, c == '\t' || c == '\n' ? " " : "\xEF\xBF\xBD");
        else
            buf_add(b, text + at, length);
        at += length;
    }
}

static void put_place(struct buf *b, const struct paint *p, int gutter, const struct loc *at)
{
    buf_printf(b, "%*s%s-->%s ", gutter + 1, "", p->frame, p->off);
    const char *file = at->file ? at->file : "";
    put_clean(b, file, strlen(file));
    if (at->line)
        buf_printf(b, ":%d", at->line);
    if (at->line && at->col)
        buf_printf(b, ":%d", at->col);
    buf_putc(b, '\n');
}

static void put_snippet(struct buf *b, const struct paint *p, const char *color, int gutter,
                        const struct diag_kept *kept)
{
    const struct diag_snippet *s = &kept->snippet;
    buf_printf(b, "%*s%s|%s\n", gutter + 2, "", p->frame, p->off);
    buf_printf(b, " %s%d |%s %s\n", p->frame, kept->d.at.line, p->off, s->text);
    buf_printf(b, "%*s%s|%s %*s%s", gutter + 2, "", p->frame, p->off, s->caret, "", color);
    for (int i = 0; i < s->n_carets; i++)
        buf_putc(b, '^');
    if (kept->d.caret) {
        buf_putc(b, ' ');
        put_clean(b, kept->d.caret, strlen(kept->d.caret));
    }
    buf_printf(b, "%s\n", p->off);
}

static void put_hint(struct buf *b, const struct paint *p, int gutter, const char *hint, size_t n)
{
    buf_printf(b, "%*s%s=%s ", gutter + 2, "", p->frame, p->off);
    put_clean(b, hint, n);
    buf_putc(b, '\n');
}

/* Each line of the hints; without a snippet, what would stand behind the carets too. */
static void put_hints(struct buf *b, const struct paint *p, int gutter, const struct diag_kept *k)
{
    if (k->d.caret && !k->snippet.text)
        put_hint(b, p, gutter, k->d.caret, strlen(k->d.caret));
    for (const char *s = k->d.hints; s && *s;) {
        size_t n = strcspn(s, "\n");
        put_hint(b, p, gutter, s, n);
        s += n + (s[n] == '\n');
    }
}

static void put_finding(struct buf *b, const struct paint *p, const struct diag_kept *kept)
{
    bool is_error = diag_severity(kept->d.code) == SEVERITY_ERROR;
    const char *color = is_error ? p->error : p->warning;
    int gutter = kept->snippet.text ? snprintf(NULL, 0, "%d", kept->d.at.line) : 1;
    buf_printf(b, "%s%s[%s]%s%s: ", color, is_error ? "error" : "warning",
               diag_code_text(kept->d.code), p->off, p->strong);
    put_clean(b, kept->d.message, strlen(kept->d.message));
    buf_printf(b, "%s\n", p->off);
    if (kept->d.at.file)
        put_place(b, p, gutter, &kept->d.at);
    for (size_t i = 0; i < kept->d.n_related; i++)
        put_place(b, p, gutter, &kept->d.related[i]);
    if (kept->snippet.text)
        put_snippet(b, p, color, gutter, kept);
    put_hints(b, p, gutter, kept);
}

/* ---- what has no effect yet: one line for a field, however often it is written ---- */

static bool is_inert(const struct diag_kept *kept)
{
    return kept->d.code == DIAG_W090;
}

/* Findings that say the same as number i; 0 when an earlier one spoke for it. */
static size_t count_same(const struct diags *d, size_t i)
{
    size_t n = 0;
    for (size_t k = 0; k < d->kept.n; k++) {
        const struct diag_kept *x = d->kept.at[k];
        if (!is_inert(x) || !str_eq(x->d.message, d->kept.at[i]->d.message))
            continue;
        if (k < i)
            return 0;
        n++;
    }
    return n;
}

static void put_inert(struct buf *b, const struct paint *p, const struct diag_kept *kept, size_t n)
{
    buf_printf(b, "%swarning[%s]%s: ", p->warning, diag_code_text(kept->d.code), p->off);
    put_clean(b, kept->d.message, strlen(kept->d.message));
    buf_puts(b, " (");
    if (n > 1)
        buf_printf(b, "%zu places, first ", n);
    put_clean(b, kept->d.at.file, strlen(kept->d.at.file));
    buf_printf(b, ":%d)\n", kept->d.at.line);
}

/* Returns how many findings they are. */
static size_t put_inerts(const struct diags *d, const struct paint *p, struct buf *ret)
{
    size_t n_all = 0;
    for (size_t i = 0; i < d->kept.n; i++) {
        size_t n = is_inert(d->kept.at[i]) ? count_same(d, i) : 0;
        if (n && !n_all && ret->n)
            buf_putc(ret, '\n');
        if (n)
            put_inert(ret, p, d->kept.at[i], n);
        n_all += n;
    }
    return n_all;
}

void diags_text(const struct diags *d, bool color, struct buf *ret)
{
    const struct paint *p = color ? &colors : &plain;
    size_t n_shown = 0;
    for (size_t i = 0; i < d->kept.n && n_shown < DIAGS_SHOWN; i++) {
        if (is_inert(d->kept.at[i]))
            continue;
        if (n_shown++)
            buf_putc(ret, '\n');
        put_finding(ret, p, d->kept.at[i]);
    }
    n_shown += put_inerts(d, p, ret);
    size_t n = d->n_errors + d->n_warnings;
    if (n > n_shown)
        buf_printf(ret, "\n… and %zu more, not shown\n", n - n_shown);
}
