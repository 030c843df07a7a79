/* loop/loop.c — epoll, signals, and a clock that may be virtual; timers wait in heap.c. */
#include "loop/loop.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/vec.h"
#include "loop/heap.h"

enum { EVENTS_MAX = 64 };

struct watch {
    struct loop *loop;
    int fd;
    bool is_stopped; /* freed when the turn is over: it may be among this turn's events */
    void (*fn)(void *ctx, uint32_t ready);
    void *ctx;
};

struct loop {
    const struct clock *clock;
    struct virtual_clock *virtual; /* NULL on a real clock */
    int epoll;
    utc_t utc;
    ms_t mono;
    struct heap heap;
    VEC(struct watch *) watches;
    bool has_stopped; /* watches to free when the turn is over */
    size_t n_live;    /* watches that keep the loop running */
    struct watch *signal_watch;
    int signal_fd, signal;
    void (*on_hangup)(void *ctx);
    void *hangup_ctx;
    bool is_stopping;
};

static void read_clock(struct loop *l)
{
    l->utc = clock_utc(l->clock);
    l->mono = clock_mono(l->clock);
}

struct loop *loop_new(const struct clock *clock)
{
    struct loop *l = NEW(struct loop);
    l->clock = clock;
    l->epoll = epoll_create1(EPOLL_CLOEXEC);
    assert(l->epoll >= 0);
    l->signal_fd = -1;
    read_clock(l);
    return l;
}

struct loop *loop_new_virtual(struct virtual_clock *clock)
{
    struct loop *l = loop_new(&clock->clock);
    l->virtual = clock;
    return l;
}

struct loop *loop_free(struct loop *l)
{
    if (!l)
        return NULL;
    heap_done(&l->heap);
    for (size_t i = 0; i < l->watches.n; i++)
        mem_free(l->watches.at[i]);
    vec_done(&l->watches);
    closep(&l->signal_fd);
    closep(&l->epoll);
    mem_free(l);
    return NULL;
}

void loop_freep(struct loop **l)
{
    *l = loop_free(*l);
}

utc_t loop_utc(const struct loop *l)
{
    return l->utc;
}

ms_t loop_mono(const struct loop *l)
{
    return l->mono;
}

/* ---- timers ---- */

struct timer *loop_after(struct loop *l, ms_t delay, void (*fn)(void *ctx), void *ctx)
{
    assert(delay >= 0);
    return heap_add(&l->heap, l->mono + delay, fn, ctx, l);
}

ms_t timer_remaining(const struct timer *t)
{
    ms_t left = t->due - t->loop->mono;
    return MAX(left, 0);
}

struct timer *timer_stop(struct timer *t)
{
    if (t)
        heap_remove(&t->loop->heap, t);
    return NULL;
}

/* ---- descriptors ---- */

static void control(const struct watch *w, int op, uint32_t events)
{
    struct epoll_event ev = {.events = events, .data.ptr = (void *)(uintptr_t)w};
    int failed = epoll_ctl(w->loop->epoll, op, w->fd, &ev);
    assert(!failed || op == EPOLL_CTL_DEL); /* a closed descriptor is gone already */
}

struct watch *loop_watch(struct loop *l, int fd, uint32_t events,
                         void (*fn)(void *ctx, uint32_t ready), void *ctx)
{
    struct watch *w = NEW(struct watch);
    *w = (struct watch){.loop = l, .fd = fd, .fn = fn, .ctx = ctx};
    vec_push(&l->watches, w);
    l->n_live++;
    control(w, EPOLL_CTL_ADD, events);
    return w;
}

void watch_change(struct watch *w, uint32_t events)
{
    control(w, EPOLL_CTL_MOD, events);
}

struct watch *watch_stop(struct watch *w)
{
    if (!w)
        return NULL;
    assert(!w->is_stopped);
    control(w, EPOLL_CTL_DEL, 0);
    w->is_stopped = w->loop->has_stopped = true;
    w->loop->n_live--;
    return NULL;
}

static void sweep(struct loop *l)
{
    if (!l->has_stopped)
        return;
    l->has_stopped = false;
    size_t n = 0;
    for (size_t i = 0; i < l->watches.n; i++) {
        struct watch *w = l->watches.at[i];
        if (w->is_stopped)
            mem_free(w);
        else
            l->watches.at[n++] = w;
    }
    l->watches.n = n;
}

/* ---- signals ---- */

static void on_signal(void *ctx, uint32_t ready UNUSED)
{
    struct loop *l = ctx;
    struct signalfd_siginfo info;
    if (read(l->signal_fd, &info, sizeof info) != (ssize_t)sizeof info)
        return;
    if (info.ssi_signo == SIGHUP) {
        l->on_hangup(l->hangup_ctx);
        return;
    }
    l->signal = (int)info.ssi_signo;
    l->is_stopping = true;
}

bool loop_catch_signals(struct loop *l, struct err *e)
{
    assert(l->signal_fd < 0);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    if (sigprocmask(SIG_BLOCK, &set, NULL) < 0)
        return err_set(e, ERR_IO, "cannot block signals: %s", strerror(errno));
    l->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (l->signal_fd < 0)
        return err_set(e, ERR_IO, "cannot catch signals: %s", strerror(errno));
    l->signal_watch = loop_watch(l, l->signal_fd, EPOLLIN, on_signal, l);
    l->n_live--; /* waiting for a signal alone is no reason to run */
    return true;
}

bool loop_catch_hangup(struct loop *l, void (*fn)(void *ctx), void *ctx, struct err *e)
{
    assert(l->signal_fd >= 0);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    l->on_hangup = fn;
    l->hangup_ctx = ctx;
    if (sigprocmask(SIG_BLOCK, &set, NULL) < 0 || signalfd(l->signal_fd, &set, 0) < 0)
        return err_set(e, ERR_IO, "cannot catch SIGHUP: %s", strerror(errno));
    return true;
}

int loop_signal(const struct loop *l)
{
    return l->signal;
}

/* ---- turns ---- */

static bool poll_descriptors(struct loop *l, int timeout, int *ret_n, struct err *e)
{
    struct epoll_event events[EVENTS_MAX];
    int n = epoll_wait(l->epoll, events, EVENTS_MAX, timeout);
    read_clock(l);
    if (n < 0 && errno != EINTR)
        return err_set(e, ERR_IO, "cannot wait for events: %s", strerror(errno));
    for (int i = 0; i < n; i++) {
        struct watch *w = events[i].data.ptr;
        if (!w->is_stopped)
            w->fn(w->ctx, events[i].events);
    }
    *ret_n = MAX(n, 0);
    return true;
}

/* Fires what was there when the turn began, not what its callbacks add. */
static void fire_due(struct loop *l, uint64_t newest)
{
    struct timer *t;
    while (!l->is_stopping && (t = heap_due(&l->heap, l->mono, newest))) {
        void (*fn)(void *) = t->fn;
        void *ctx = t->ctx;
        heap_remove(&l->heap, t);
        fn(ctx);
    }
}

static int real_timeout(const struct loop *l)
{
    const struct timer *next = heap_first(&l->heap);
    if (!next)
        return -1;
    ms_t wait = next->due - clock_mono(l->clock);
    return (int)MIN(MAX(wait, 0), (ms_t)INT32_MAX);
}

/* Virtual time moves to the next timer, at most to `until`, when nothing else is ready. */
static bool jump(struct loop *l, utc_t until)
{
    const struct timer *next = heap_first(&l->heap);
    if (!next)
        return false;
    ms_t by = MAX(next->due - l->mono, 0);
    if (l->utc + by > until)
        return false;
    virtual_clock_advance(l->virtual, by);
    read_clock(l);
    return true;
}

static bool turn(struct loop *l, utc_t until, bool *ret_idle, struct err *e)
{
    int n;
    uint64_t newest = heap_newest(&l->heap);
    *ret_idle = false;
    if (!poll_descriptors(l, l->virtual ? 0 : real_timeout(l), &n, e))
        return false;
    if (l->virtual && n == 0 && !heap_due(&l->heap, l->mono, UINT64_MAX))
        *ret_idle = !jump(l, until);
    fire_due(l, newest);
    sweep(l);
    return true;
}

static bool run(struct loop *l, utc_t until, struct err *e)
{
    bool is_idle = false;
    l->is_stopping = false;
    read_clock(l);
    while (!l->is_stopping && !is_idle && (heap_first(&l->heap) || l->n_live > 0))
        if (!turn(l, until, &is_idle, e))
            return false;
    return true;
}

bool loop_run(struct loop *l, struct err *e)
{
    return run(l, INT64_MAX, e);
}

bool loop_run_until(struct loop *l, utc_t until, struct err *e)
{
    assert(l->virtual);
    if (!run(l, until, e))
        return false;
    if (!l->is_stopping && until > l->utc)
        virtual_clock_advance(l->virtual, until - l->utc);
    read_clock(l);
    return true;
}

void loop_stop(struct loop *l)
{
    l->is_stopping = true;
}
