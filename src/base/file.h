/* base/file.h — whole files, written so that a crash leaves the old or the new one, never half. */
#ifndef SPL_BASE_FILE_H
#define SPL_BASE_FILE_H

#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"

/* Reads all of a regular file of at most `max` bytes into `ret` (which the caller buf_done's). */
MUST_CHECK bool file_read(const char *path, size_t max, struct buf *ret, struct err *e);
/* The same from an open descriptor, which stays open; `path` is only for the messages. */
MUST_CHECK bool file_read_fd(int fd, const char *path, size_t max, struct buf *ret, struct err *e);

/* Temporary file beside it, fsync, rename, fsync of the directory. Fault points "file.write",
 * "file.rename". */
MUST_CHECK bool file_write_atomic(const char *path, const void *bytes, size_t n, mode_t mode,
                                  struct err *e);

/* mkdir -p; the last component gets `mode`. */
MUST_CHECK bool file_make_dirs(const char *path, mode_t mode, struct err *e);

bool file_exists(const char *path);

/* Where an open file truly is, links resolved: what was opened, not what a name led to a moment
 * ago. Caller frees; NULL without /proc. */
char *file_where(int fd);
/* `path` is `dir` or lies below it; both absolute and resolved. A NULL `dir` holds nothing. */
bool file_is_below(const char *path, const char *dir);

#endif
