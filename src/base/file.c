/* base/file.c — reading and atomically writing whole files. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/mem.h"

static bool io_error(struct err *e, const char *doing, const char *path)
{
    return err_set(e, ERR_IO, "cannot %s '%s': %s", doing, path, strerror(errno));
}

/* Sets errno, as what it stands for would. */
static bool is_to_fail(void)
{
    int code = fault_fails("file");
    if (code)
        errno = code;
    return code != 0;
}

static bool read_all(int fd, const char *path, struct buf *b, struct err *e)
{
    char chunk[16 * 1024];
    ssize_t n;
    if (is_to_fail())
        return io_error(e, "read", path);
    while ((n = read(fd, chunk, sizeof chunk)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return io_error(e, "read", path);
        buf_add(b, chunk, (size_t)n);
        if (b->is_cut)
            return err_set(e, ERR_IO, "'%s' is larger than %zu bytes", path, b->max);
    }
    return true;
}

bool file_read_fd(int fd, const char *path, size_t max, struct buf *ret, struct err *e)
{
    struct stat st;
    if (fstat(fd, &st) < 0)
        return io_error(e, "look at", path);
    if (!S_ISREG(st.st_mode))
        return err_set(e, ERR_IO, "'%s' is not a regular file", path);
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, max);
    if (!read_all(fd, path, &b, e))
        return false;
    *ret = TAKE_STRUCT(b);
    return true;
}

bool file_read(const char *path, size_t max, struct buf *ret, struct err *e)
{
    /* O_NONBLOCK: opening a FIFO must not hang. */
    CLEANUP(closep) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return io_error(e, "open", path);
    return file_read_fd(fd, path, max, ret, e);
}

static bool write_all(int fd, const char *bytes, size_t n, const char *path, struct err *e)
{
    if (is_to_fail())
        return io_error(e, "write", path);
    while (n > 0) {
        ssize_t done = write(fd, bytes, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return io_error(e, "write", path);
        bytes += done;
        n -= (size_t)done;
    }
    return true;
}

static bool sync_parent(const char *path, struct err *e)
{
    CLEANUP(freep) char *copy = mem_strdup(path);
    CLEANUP(closep) int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) < 0)
        return io_error(e, "sync the directory of", path);
    return true;
}

static bool write_temporary(const char *tmp, const void *bytes, size_t n, mode_t mode,
                            struct err *e)
{
    CLEANUP(closep) int fd = open(tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode);
    if (fd < 0)
        return io_error(e, "create", tmp);
    if (fchmod(fd, mode) < 0)
        return io_error(e, "set the mode of", tmp);
    fault_point("file.write");
    if (!write_all(fd, bytes, n, tmp, e))
        return false;
    if (fsync(fd) < 0)
        return io_error(e, "sync", tmp);
    return true;
}

bool file_write_atomic(const char *path, const void *bytes, size_t n, mode_t mode, struct err *e)
{
    CLEANUP(freep) char *tmp = mem_printf("%s.tmp", path);
    if (!write_temporary(tmp, bytes, n, mode, e)) {
        unlink(tmp);
        return false;
    }
    fault_point("file.rename");
    if (rename(tmp, path) < 0) {
        unlink(tmp);
        return io_error(e, "replace", path);
    }
    return sync_parent(path, e);
}

bool file_make_dirs(const char *path, mode_t mode, struct err *e)
{
    CLEANUP(freep) char *copy = mem_strdup(path);
    for (char *p = copy + 1; *p; p++) {
        if (*p != '/')
            continue;
        *p = '\0';
        if (mkdir(copy, 0755) < 0 && errno != EEXIST)
            return io_error(e, "make the directory", copy);
        *p = '/';
    }
    if (mkdir(copy, mode) < 0 && errno != EEXIST)
        return io_error(e, "make the directory", copy);
    return true;
}

bool file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

char *file_where(int fd)
{
    char link[40], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n <= 0)
        return NULL;
    path[n] = '\0';
    return mem_strdup(path);
}

bool file_is_below(const char *path, const char *dir)
{
    size_t n = dir ? strlen(dir) : 0;
    if (n == 0 || strncmp(path, dir, n) != 0)
        return false;
    return dir[n - 1] == '/' || path[n] == '/' || path[n] == '\0';
}
