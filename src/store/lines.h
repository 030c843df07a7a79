/* store/lines.h — the libraries of all instances as lines of JSON, with what was searched of them
 * and learned: for `export library` and `simulate --from`. No secret, no address, no path. */
#ifndef SPL_STORE_LINES_H
#define SPL_STORE_LINES_H

#include "store/store.h"

/* One call per line, without its newline: first of all the instances. */
MUST_CHECK bool library_lines(struct store *s, void (*line)(void *ctx, const char *text), void *ctx,
                              struct err *e);

/* Puts one line into a fresh store; ERR_USAGE when it is none of such a file. */
MUST_CHECK bool library_line_put(struct store *s, const char *text, struct err *e);

#endif
