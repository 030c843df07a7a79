/* cli/udiff.c — hunks of lines that changed at their places: no line comes or goes. */
#include "cli/udiff.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "base/vec.h"

enum { CONTEXT = 3 };

struct line {
    const char *at;
    size_t n; /* its newline too; the last one may have none */
};
struct lines {
    VEC(struct line) row;
};
struct two {
    struct lines before, after;
};

static void split(const struct buf *b, struct lines *ret)
{
    for (size_t at = 0; at < b->n;) {
        const char *end = memchr(b->at + at, '\n', b->n - at);
        size_t n = end ? (size_t)(end - b->at) + 1 - at : b->n - at;
        vec_push(&ret->row, (struct line){b->at + at, n});
        at += n;
    }
}

static void two_done(struct two *t)
{
    vec_done(&t->before.row);
    vec_done(&t->after.row);
}

static bool is_changed(const struct two *t, size_t i)
{
    const struct line *a = &t->before.row.at[i], *b = &t->after.row.at[i];
    return a->n != b->n || memcmp(a->at, b->at, a->n) != 0;
}

static void put_line(struct buf *ret, char sign, const struct line *l)
{
    buf_putc(ret, sign);
    buf_add(ret, l->at, l->n);
    if (l->at[l->n - 1] != '\n')
        buf_puts(ret, "\n\\ No newline at end of file\n");
}

/* The first line behind the changes that belong together: contexts that meet are one hunk. */
static size_t hunk_end(const struct two *t, size_t i)
{
    size_t last = i;
    for (size_t k = i; k < t->before.row.n && k <= last + (size_t)2 * CONTEXT + 1; k++)
        if (is_changed(t, k))
            last = k;
    return MIN(last + CONTEXT + 1, t->before.row.n);
}

/* A run of changed lines: the old ones, then the new ones. */
static size_t put_run(const struct two *t, size_t i, size_t end, struct buf *ret)
{
    size_t to = i;
    while (to < end && is_changed(t, to))
        to++;
    for (size_t k = i; k < to; k++)
        put_line(ret, '-', &t->before.row.at[k]);
    for (size_t k = i; k < to; k++)
        put_line(ret, '+', &t->after.row.at[k]);
    return to;
}

static void put_range(struct buf *ret, const char *signs, size_t from, size_t n)
{
    buf_printf(ret, "%s%zu", signs, from + 1);
    if (n != 1)
        buf_printf(ret, ",%zu", n);
}

static void put_hunk(const struct two *t, size_t from, size_t end, struct buf *ret)
{
    put_range(ret, "@@ -", from, end - from);
    put_range(ret, " +", from, end - from);
    buf_puts(ret, " @@\n");
    for (size_t i = from; i < end;)
        if (is_changed(t, i))
            i = put_run(t, i, end, ret);
        else
            put_line(ret, ' ', &t->before.row.at[i++]);
}

void udiff(const char *path, const struct buf *before, const struct buf *after, struct buf *ret)
{
    CLEANUP(two_done) struct two t = {0};
    split(before, &t.before);
    split(after, &t.after);
    assert(t.before.row.n == t.after.row.n);
    bool has_header = false;
    for (size_t i = 0; i < t.before.row.n; i++) {
        if (!is_changed(&t, i))
            continue;
        if (!has_header)
            buf_printf(ret, "--- %s\n+++ %s\n", path, path);
        has_header = true;
        size_t end = hunk_end(&t, i);
        put_hunk(&t, i > CONTEXT ? i - CONTEXT : 0, end, ret);
        i = end - 1;
    }
}
