/* cli/udiff.h — a unified diff of two texts with equally many lines. */
#ifndef SPL_CLI_UDIFF_H
#define SPL_CLI_UDIFF_H

#include "base/buf.h"

/* What `diff -u` prints for lines changed in place, `path` on both header lines; nothing when they
 * are equal. `patch -p0` applies it. */
void udiff(const char *path, const struct buf *before, const struct buf *after, struct buf *ret);

#endif
