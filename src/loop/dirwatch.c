/* loop/dirwatch.c — inotify watches on directories. */
#include "loop/dirwatch.h"

#include <errno.h>
#include <inotifytools/inotify.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "base/str.h"
#include "base/vec.h"

/* Never MODIFY: it comes while a file is half written. */
static const uint32_t interesting = IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE |
                                    IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ATTRIB;

struct wanted {
    int wd;
    char *name; /* NULL: any */
};
struct wanted_list {
    struct wanted *at;
    size_t n, cap;
};

struct dirwatch {
    int fd;
    struct watch *watch;
    void (*on_change)(void *ctx);
    void *ctx;
    struct wanted_list wanted;
};

static void wanted_done(struct wanted_list *w)
{
    for (size_t i = 0; i < w->n; i++)
        mem_free(w->at[i].name);
    vec_done(w);
}

/* ---- what happens ---- */

/* What happens to a directory itself has no name. */
static bool is_wanted(const struct dirwatch *d, const struct inotify_event *ev)
{
    for (size_t i = 0; i < d->wanted.n; i++) {
        const struct wanted *w = &d->wanted.at[i];
        if (w->wd == ev->wd && (!w->name || ev->len == 0 || str_eq(w->name, ev->name)))
            return true;
    }
    return (ev->mask & IN_Q_OVERFLOW) != 0;
}

static bool is_any_wanted(const struct dirwatch *d, const char *events, size_t n)
{
    const struct inotify_event *ev;
    for (size_t at = 0; at < n; at += sizeof *ev + ev->len) {
        ev = (const struct inotify_event *)(const void *)(events + at);
        if (is_wanted(d, ev))
            return true;
    }
    return false;
}

/* One call per turn, however much happened; what exactly is left to the reader of the files. */
static void on_ready(void *ctx, uint32_t ready UNUSED)
{
    struct dirwatch *d = ctx;
    _Alignas(struct inotify_event) char events[16384];
    bool has_changed = false;
    ssize_t n;
    while ((n = read(d->fd, events, sizeof events)) > 0)
        has_changed |= is_any_wanted(d, events, (size_t)n);
    if (has_changed)
        d->on_change(d->ctx);
}

/* ---- its life ---- */

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
    wanted_done(&d->wanted);
    mem_free(d);
    return NULL;
}

static bool has_wd(const struct wanted_list *w, int wd)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->at[i].wd == wd)
            return true;
    return false;
}

/* A directory that is no longer wanted may stand there with several names. */
static void unwatch(struct dirwatch *d, const struct wanted_list *next)
{
    for (size_t i = 0; i < d->wanted.n; i++)
        if (!has_wd(next, d->wanted.at[i].wd))
            inotify_rm_watch(d->fd, d->wanted.at[i].wd); /* one that ended is gone already */
}

void dirwatch_set(struct dirwatch *d, const struct dirwatch_place *places, size_t n,
                  size_t *ret_missed)
{
    struct wanted_list next = {0};
    *ret_missed = 0;
    for (size_t i = 0; i < n; i++) {
        /* The same directory again gives the same number. */
        int wd = inotify_add_watch(d->fd, places[i].path, interesting | IN_ONLYDIR);
        const char *name = places[i].name;
        if (wd < 0)
            ++*ret_missed;
        else
            vec_push(&next, (struct wanted){.wd = wd, .name = name ? mem_strdup(name) : NULL});
    }
    unwatch(d, &next);
    wanted_done(&d->wanted);
    d->wanted = next;
}
