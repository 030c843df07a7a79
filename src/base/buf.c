/* base/buf.c — a bounded growable buffer. */
#include "base/buf.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

void buf_init(struct buf *b, size_t max)
{
    *b = (struct buf){.max = max, .cap = 64};
    b->at = mem_zeroed(b->cap);
}

void buf_done(struct buf *b)
{
    mem_free(b->at);
    *b = (struct buf){0};
}

void buf_clear(struct buf *b)
{
    b->n = 0;
    b->is_cut = false;
    b->at[0] = '\0';
}

static void reserve(struct buf *b, size_t more)
{
    size_t want = b->n + more + 1;
    if (want <= b->cap)
        return;
    while (b->cap < want)
        b->cap *= 2;
    b->at = mem_resized(b->at, b->cap);
}

void buf_add(struct buf *b, const void *bytes, size_t n)
{
    assert(b->at);
    size_t room = b->max - b->n;
    if (n > room || b->is_cut) {
        b->is_cut = true;
        return;
    }
    reserve(b, n);
    memcpy(b->at + b->n, bytes, n);
    b->n += n;
    b->at[b->n] = '\0';
}

void buf_puts(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

void buf_putc(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

void buf_vprintf(struct buf *b, const char *fmt, va_list args)
{
    CLEANUP(freep) char *text = NULL;
    int n = vasprintf(&text, fmt, args);
    assert(n >= 0);
    buf_add(b, text, (size_t)n);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    buf_vprintf(b, fmt, args);
    va_end(args);
}
