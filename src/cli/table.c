/* cli/table.c — text tables. Widths are counted in characters. */
#include "cli/table.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

enum { COLUMNS_MAX = 16 };

void table_init(struct table *t, const char *const *headings)
{
    *t = (struct table){.headings = headings};
    while (headings[t->n_columns])
        t->n_columns++;
    assert(t->n_columns <= COLUMNS_MAX);
}

void table_done(struct table *t)
{
    table_clear(t);
    vec_done(&t->cells);
    vec_done(&t->paints);
}

void table_cell(struct table *t, const char *text)
{
    char *copy = mem_strdup(text && *text ? text : "-");
    for (char *p = copy; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = '?';
    vec_push(&t->cells, copy);
    vec_push(&t->paints, NULL);
}

void table_paint(struct table *t, const char *escape)
{
    assert(t->paints.n > 0);
    t->paints.at[t->paints.n - 1] = escape;
}

void table_cellf(struct table *t, const char *fmt, ...)
{
    char text[1000];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    table_cell(t, text);
}

size_t table_rows(const struct table *t)
{
    return t->cells.n / t->n_columns;
}

static size_t width_of(const char *s)
{
    return str_columns(s, strlen(s));
}

static size_t column_width(const struct table *t, size_t column)
{
    size_t widest = width_of(t->headings[column]);
    for (size_t i = column; i < t->cells.n; i += t->n_columns)
        widest = MAX(widest, width_of(t->cells.at[i]));
    return widest;
}

/* paints: NULL, or one for each. */
static void put_row(const struct table *t, const char *const *cells, const char *const *paints,
                    const size_t *widths, struct buf *ret)
{
    for (size_t i = 0; i < t->n_columns; i++) {
        bool is_last = i + 1 == t->n_columns;
        size_t pad = is_last ? 0 : widths[i] - width_of(cells[i]) + 2;
        const char *paint = paints && paints[i] ? paints[i] : "";
        buf_printf(ret, "%s%s%s%*s", paint, cells[i], *paint ? "\033[0m" : "", (int)pad, "");
    }
    buf_putc(ret, '\n');
}

void table_text(const struct table *t, struct buf *ret)
{
    size_t widths[COLUMNS_MAX] = {0};
    for (size_t i = 0; i < t->n_columns; i++)
        widths[i] = column_width(t, i);
    put_row(t, t->headings, NULL, widths, ret);
    for (size_t i = 0; i + t->n_columns <= t->cells.n; i += t->n_columns)
        put_row(t, (const char *const *)t->cells.at + i, t->paints.at + i, widths, ret);
}

void table_clear(struct table *t)
{
    for (size_t i = 0; i < t->cells.n; i++)
        mem_free(t->cells.at[i]);
    t->cells.n = t->paints.n = 0;
}
