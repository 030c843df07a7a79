/* store/inspect.c — plaintext, cut short, wrong key or damaged? */
#include "store/inspect.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/stmt.h"

enum { PAGE_BYTES = 4096, MAGIC_BYTES = 16 };

static bool is_plaintext(const char *header)
{
    return memcmp(header, "SQLite format 3", MAGIC_BYTES) == 0;
}

bool inspect_file(const char *path, bool *ret_is_there, struct err *e)
{
    struct stat st;
    char header[MAGIC_BYTES] = {0};
    CLEANUP(closep) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    *ret_is_there = false;
    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
        return true;
    if (fd < 0 || fstat(fd, &st) < 0)
        return err_set(e, ERR_IO, "cannot open the database '%s': %s", path, strerror(errno));
    if (!S_ISREG(st.st_mode))
        return err_set(e, ERR_IO, "'%s' is not a regular file", path);
    if (st.st_size == 0)
        return true;
    if (read(fd, header, sizeof header) < 0)
        return err_set(e, ERR_IO, "cannot read the database '%s': %s", path, strerror(errno));
    if (is_plaintext(header))
        return err_set(e, ERR_DB,
                       "'%s' is a plaintext SQLite file, not a Splintarr database: those are "
                       "encrypted; move it away",
                       path);
    if (st.st_size % PAGE_BYTES != 0)
        return err_set(
            e, ERR_DB,
            "the database '%s' is damaged: it was cut after %lld bytes, in the middle of "
            "a page; bring back a backup",
            path, (long long)st.st_size);
    *ret_is_there = true;
    return true;
}

/* Pages whose HMAC does not fit; -1 when nobody can tell. */
static int64_t bad_pages(struct store *s)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_cipher_integrity_check);
    struct err e;
    bool is_row = true;
    int64_t n = -1;
    while (is_row) {
        if (!stmt_row(&q, &is_row, &e))
            return -1;
        n++;
    }
    return n;
}

bool inspect_unreadable(struct store *s, const char *key_path, int rc, struct err *e)
{
    struct stat st;
    if ((rc != SQLITE_NOTADB && rc != SQLITE_CORRUPT) || stat(s->path, &st) < 0)
        return store_fail(s, rc, e);
    int64_t n_bad = bad_pages(s), n_pages = st.st_size / PAGE_BYTES;
    if (n_bad >= 0 && n_bad < n_pages)
        return err_set(e, ERR_DB,
                       "the database '%s' is damaged: %lld of its %lld pages do not verify; bring "
                       "back a backup",
                       s->path, (long long)n_bad, (long long)n_pages);
    return err_set(e, ERR_DB,
                   "the key '%s' does not open the database '%s': it belongs to another one; name "
                   "the right key with --key-file",
                   key_path, s->path);
}
