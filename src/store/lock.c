/* store/lock.c — flock on STATE/lock with the holder's process id in it. */
#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/mem.h"

enum { HOLDER = 64 };

/* "4711 (splintarr)"; the file may still be empty when the holder has only just begun. */
static const char *holder(int fd, char ret[static HOLDER])
{
    char text[16] = "", path[40], name[32] = "";
    ssize_t n = pread(fd, text, sizeof text - 1, 0);
    long pid = n > 0 ? strtol(text, NULL, 10) : 0;
    snprintf(path, sizeof path, "/proc/%ld/comm", pid);
    CLEANUP(closep) int comm = open(path, O_RDONLY | O_CLOEXEC);
    if (comm < 0 || (n = read(comm, name, sizeof name - 1)) <= 0)
        n = 0;
    name[n] = '\0';
    name[strcspn(name, "\n")] = '\0';
    if (pid <= 0)
        snprintf(ret, HOLDER, "another process");
    else if (!*name)
        snprintf(ret, HOLDER, "process %ld", pid);
    else
        snprintf(ret, HOLDER, "process %ld (%s)", pid, name);
    return ret;
}

static bool say_who(int fd, const char *path, struct err *e)
{
    char text[16];
    int n = snprintf(text, sizeof text, "%d\n", (int)getpid());
    if (ftruncate(fd, 0) < 0 || pwrite(fd, text, (size_t)n, 0) != n)
        return err_set(e, ERR_IO, "cannot write '%s': %s", path, strerror(errno));
    return true;
}

static bool cannot_write(const char *path, int why, struct err *e)
{
    bool is_denied = why == EACCES || why == EPERM || why == EROFS;
    return err_set(e, ERR_IO, "cannot open '%s': %s%s", path, strerror(why),
                   is_denied
                       ? "; run as the user that owns the state, on a file system that can be "
                         "written, or name another place with --state"
                       : "");
}

bool lock_take(const char *dir, int *ret_fd, struct err *e)
{
    CLEANUP(freep) char *path = mem_printf("%s/lock", dir);
    CLEANUP(closep) int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return cannot_write(path, errno, e);
    if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
        char who[HOLDER];
        if (errno != EWOULDBLOCK)
            return err_set(e, ERR_IO, "cannot lock '%s': %s", path, strerror(errno));
        return err_set(e, ERR_CONFLICT, "the state '%s' is in use by %s; try again when it is done",
                       dir, holder(fd, who));
    }
    if (!say_who(fd, path, e))
        return false;
    *ret_fd = fd;
    fd = -1;
    return true;
}
