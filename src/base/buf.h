/* base/buf.h — a growable byte buffer with a maximum it is made with.
 *
 * Invariants: `at` is never NULL and always NUL-terminated after buf_init; what does not fit under
 * `max` is dropped and sets `is_cut`, once and for all. Check is_cut where cutting matters; text
 * for people may be cut. */
#ifndef SPL_BASE_BUF_H
#define SPL_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>

#include "base/macros.h"

struct buf {
    char *at;
    size_t n, cap, max;
    bool is_cut;
};

enum { BUF_TEXT = 16 * 1024 * 1024 }; /* the usual maximum for output meant for people */

void buf_init(struct buf *b, size_t max);
void buf_done(struct buf *b); /* for CLEANUP too; leaves zeroes */
void buf_clear(struct buf *b);

void buf_add(struct buf *b, const void *bytes, size_t n);
void buf_puts(struct buf *b, const char *s);
void buf_putc(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...) PRINTF(2, 3);
void buf_vprintf(struct buf *b, const char *fmt, va_list args) PRINTF(2, 0);

#endif
