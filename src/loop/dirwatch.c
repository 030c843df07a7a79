/* loop/dirwatch.c — inotify watches on directories. */
#include "loop/dirwatch.h"

#include <errno.h>
#include <inotifytools/inotify.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "base/vec.h"

/* Never MODIFY: it comes while a file is half written. */
static const uint32_t interesting = IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE |
                                    IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ATTRIB;

struct dirwatch {
    int fd;
    struct watch *watch;
    void (*on_change)(void *ctx);
    void *ctx;
    VEC(int) wds;
};

/* One call per turn, however much happened; what exactly is left to the reader of the files. */
static void on_ready(void *ctx, uint32_t ready UNUSED)
{
    struct dirwatch *d = ctx;
    _Alignas(struct inotify_event) char buffer[16384];
    bool has_changed = false;
    while (read(d->fd, buffer, sizeof buffer) > 0)
        has_changed = true;
    if (has_changed)
        d->on_change(d->ctx);
}

struct dirwatch *dirwatch_new(struct loop *l, void (*on_change)(void *ctx), void *ctx,
                              struct err *e)
{
    int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (fd < 0) {
        err_set(e, ERR_IO, "cannot watch directories: %s (fs.inotify.max_user_instances)",
                strerror(errno));
        return NULL;
    }
    struct dirwatch *d = NEW(struct dirwatch);
    *d = (struct dirwatch){.fd = fd, .on_change = on_change, .ctx = ctx};
    d->watch = loop_watch(l, fd, EPOLLIN, on_ready, d);
    return d;
}

struct dirwatch *dirwatch_free(struct dirwatch *d)
{
    if (!d)
        return NULL;
    watch_stop(d->watch);
    closep(&d->fd);
    vec_done(&d->wds);
    mem_free(d);
    return NULL;
}

static bool has_wd(const int *at, size_t n, int wd)
{
    for (size_t i = 0; i < n; i++)
        if (at[i] == wd)
            return true;
    return false;
}

void dirwatch_set(struct dirwatch *d, const char *const *paths, size_t n, size_t *ret_missed)
{
    VEC(int) wds = {0};
    *ret_missed = 0;
    for (size_t i = 0; i < n; i++) {
        /* The same directory again gives the same number. */
        int wd = inotify_add_watch(d->fd, paths[i], interesting | IN_ONLYDIR);
        if (wd < 0)
            ++*ret_missed;
        else if (!has_wd(wds.at, wds.n, wd))
            vec_push(&wds, wd);
    }
    for (size_t i = 0; i < d->wds.n; i++)
        if (!has_wd(wds.at, wds.n, d->wds.at[i]))
            inotify_rm_watch(d->fd, d->wds.at[i]); /* one that ended by itself is gone already */
    vec_done(&d->wds);
    d->wds.at = wds.at;
    d->wds.n = wds.n;
    d->wds.cap = wds.cap;
}
