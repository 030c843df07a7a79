/* model/lines.h — the lines of a file as libyaml counts them: ended by LF, CR, CRLF, NEL, LS or PS,
 * columns in characters, a byte order mark not counted. Borrows the bytes. */
#ifndef SPL_MODEL_LINES_H
#define SPL_MODEL_LINES_H

#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"

struct lines {
    const char *bytes;
    size_t n_bytes;
    VEC(uint32_t) starts; /* byte offset of each line */
};

void lines_init(struct lines *l, const char *bytes, size_t n); /* n < 4 GiB */
void lines_done(struct lines *l);

/* Line `line` (from 1) without its end; "" past the end. Not NUL-terminated: *ret_n bytes. */
const char *lines_at(const struct lines *l, int line, size_t *ret_n);

/* Byte offset of a place; columns past the end of the line give its end. */
size_t lines_offset(const struct lines *l, int line, int col);

/* The place of a byte, both counted from 1. */
void lines_place(const struct lines *l, size_t offset, int *ret_line, int *ret_col);

/* Bytes of the character at `s`, of n left; at least 1, also when it is not UTF-8. */
size_t lines_char(const char *s, size_t n);

#endif
