/* engine/control.c — listening, reading one line, writing many. Knows no operation. */
#include "engine/control.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/jx.h"
#include "base/vec.h"

/* Somebody who connects and says nothing is sent away. */
enum { SILENT_S = 10 };

struct caller {
    struct control *control;
    int fd;
    struct watch *watch;
    struct timer *silent;
    uid_t uid;
    char actor[32];
    struct buf in, out;
    size_t n_sent;
    bool has_asked, is_ending, is_over;
    void (*on_gone)(void *ctx);
    void *gone_ctx;
};

struct control {
    struct loop *loop;
    int fd;
    char *path;
    struct watch *watch;
    void (*on_request)(void *ctx, struct caller *c, const json_t *request);
    void *ctx;
    VEC(struct caller *) callers;
    struct timer *sweep; /* frees those that are over, outside their own callbacks */
};

/* ---- the end of a connection ---- */

static void caller_free(struct caller *c)
{
    timer_stop(c->silent);
    if (c->watch)
        watch_stop(c->watch);
    closep(&c->fd);
    buf_done(&c->in);
    buf_done(&c->out);
    mem_free(c);
}

static void sweep(void *ctx)
{
    struct control *k = ctx;
    size_t n = 0;
    k->sweep = NULL;
    for (size_t i = 0; i < k->callers.n; i++) {
        if (k->callers.at[i]->is_over)
            caller_free(k->callers.at[i]);
        else
            k->callers.at[n++] = k->callers.at[i];
    }
    k->callers.n = n;
}

static void hang_up(struct caller *c)
{
    if (c->is_over)
        return;
    c->is_over = true;
    c->watch = watch_stop(c->watch);
    if (c->on_gone)
        c->on_gone(c->gone_ctx);
    c->on_gone = NULL;
    if (!c->control->sweep)
        c->control->sweep = loop_after(c->control->loop, 0, sweep, c->control);
}

/* ---- writing ---- */

static void send_more(struct caller *c)
{
    while (c->n_sent < c->out.n) {
        ssize_t n = send(c->fd, c->out.at + c->n_sent, c->out.n - c->n_sent, MSG_NOSIGNAL);
        if (n < 0 && errno == EAGAIN)
            break;
        if (n <= 0) {
            hang_up(c);
            return;
        }
        c->n_sent += (size_t)n;
    }
    bool is_done = c->n_sent == c->out.n;
    if (is_done) {
        buf_clear(&c->out);
        c->n_sent = 0;
    }
    if (is_done && c->is_ending)
        hang_up(c);
    else
        watch_change(c->watch, is_done ? EPOLLIN : EPOLLIN | EPOLLOUT);
}

void caller_say(struct caller *c, json_t *line)
{
    CLEANUP(freep) char *text = jx_canonical(line);
    json_decref(line);
    if (c->is_over)
        return;
    buf_puts(&c->out, text);
    buf_putc(&c->out, '\n');
    if (c->out.is_cut)
        hang_up(c); /* it does not read */
    else
        send_more(c);
}

void caller_end(struct caller *c, int code, json_t *last)
{
    json_t *line = last ? last : json_object();
    jx_put(line, "exit", json_integer(code));
    c->on_gone = NULL;
    c->is_ending = true;
    caller_say(c, line);
}

void caller_fail(struct caller *c, const struct err *why)
{
    json_t *line = json_object();
    jx_put(line, "error", jx_string(why->msg));
    caller_end(c, err_exit(why->code), line);
}

void caller_on_gone(struct caller *c, void (*on_gone)(void *ctx), void *ctx)
{
    c->on_gone = on_gone;
    c->gone_ctx = ctx;
}

const char *caller_actor(const struct caller *c)
{
    return c->actor;
}

/* ---- reading ---- */

static void ask(struct caller *c, size_t n)
{
    CLEANUP(jx_decrefp) json_t *request = NULL;
    struct err e = {0};
    c->has_asked = true;
    c->silent = timer_stop(c->silent);
    if (!jx_parse(c->in.at, n, &request, &e) || !json_is_object(request)) {
        err_set(&e, ERR_USAGE, "the control socket takes one JSON object a line");
        caller_fail(c, &e);
    } else {
        c->control->on_request(c->control->ctx, c, request);
    }
    explicit_bzero(c->in.at, c->in.n); /* it may have held a secret */
    buf_clear(&c->in);
}

static void receive(struct caller *c)
{
    char chunk[8192];
    ssize_t n = recv(c->fd, chunk, sizeof chunk, 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0) {
        hang_up(c);
        return;
    }
    if (c->has_asked)
        return; /* one request a connection */
    buf_add(&c->in, chunk, (size_t)n);
    explicit_bzero(chunk, sizeof chunk);
    const char *end = memchr(c->in.at, '\n', c->in.n);
    if (end)
        ask(c, (size_t)(end - c->in.at));
    else if (c->in.is_cut)
        hang_up(c);
}

static void on_ready(void *ctx, uint32_t ready)
{
    struct caller *c = ctx;
    if (ready & EPOLLOUT)
        send_more(c);
    if (!c->is_over && ready & (EPOLLIN | EPOLLHUP | EPOLLERR))
        receive(c);
}

/* ---- who calls ---- */

static bool is_admitted(int fd, uid_t *ret_uid)
{
    struct ucred who;
    socklen_t n = sizeof who;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &n) < 0)
        return false;
    *ret_uid = who.uid;
    return who.uid == geteuid() || who.uid == 0;
}

static void never_asked(void *ctx)
{
    struct caller *c = ctx;
    c->silent = NULL;
    hang_up(c);
}

static void admit(struct control *k, int fd, uid_t uid)
{
    struct caller *c = NEW(struct caller);
    *c = (struct caller){.control = k, .fd = fd, .uid = uid};
    snprintf(c->actor, sizeof c->actor, "cli:uid=%u", (unsigned)uid);
    buf_init(&c->in, CONTROL_REQUEST);
    buf_init(&c->out, CONTROL_ANSWER);
    c->watch = loop_watch(k->loop, fd, EPOLLIN, on_ready, c);
    c->silent = loop_after(k->loop, SECONDS(SILENT_S), never_asked, c);
    vec_push(&k->callers, c);
}

static void on_connect(void *ctx, uint32_t ready UNUSED)
{
    struct control *k = ctx;
    CLEANUP(closep) int fd = accept4(k->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    uid_t uid;
    if (fd < 0 || k->callers.n >= CONTROL_CALLERS || !is_admitted(fd, &uid))
        return;
    admit(k, fd, uid);
    fd = -1;
}

/* ---- the socket ---- */

static bool address_of(const char *path, struct sockaddr_un *ret, struct err *e)
{
    *ret = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof ret->sun_path)
        return err_set(e, ERR_USAGE,
                       "the path of the control socket is too long (%zu bytes, the system allows "
                       "%zu): --socket PATH names a shorter one",
                       strlen(path), sizeof ret->sun_path - 1);
    memcpy(ret->sun_path, path, strlen(path) + 1);
    return true;
}

static bool is_answered(const struct sockaddr_un *at)
{
    CLEANUP(closep) int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return fd >= 0 && connect(fd, (const struct sockaddr *)at, sizeof *at) == 0;
}

static bool listen_at(int fd, const struct sockaddr_un *at, struct err *e)
{
    const char *path = at->sun_path;
    if (is_answered(at))
        return err_set(e, ERR_CONFLICT, "another daemon listens on '%s'", path);
    mode_t before = umask(0177);
    bool ok = (unlink(path) == 0 || errno == ENOENT) &&
              bind(fd, (const struct sockaddr *)at, sizeof *at) == 0;
    int why = errno;
    umask(before);
    if (!ok || listen(fd, CONTROL_CALLERS) < 0)
        return err_set(e, ERR_IO, "cannot listen on '%s': %s (--socket PATH names another place)",
                       path, strerror(ok ? errno : why));
    return true;
}

bool control_new(struct loop *l, const char *path,
                 void (*on_request)(void *ctx, struct caller *c, const json_t *request), void *ctx,
                 struct control **ret, struct err *e)
{
    struct sockaddr_un at;
    CLEANUP(closep) int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return err_set(e, ERR_IO, "cannot make a socket: %s", strerror(errno));
    if (!address_of(path, &at, e) || !listen_at(fd, &at, e))
        return false;
    struct control *k = NEW(struct control);
    *k = (struct control){.loop = l, .fd = fd, .on_request = on_request, .ctx = ctx};
    k->path = mem_strdup(path);
    k->watch = loop_watch(l, fd, EPOLLIN, on_connect, k);
    fd = -1;
    *ret = k;
    return true;
}

struct control *control_free(struct control *k)
{
    if (!k)
        return NULL;
    for (size_t i = 0; i < k->callers.n; i++)
        hang_up(k->callers.at[i]);
    for (size_t i = 0; i < k->callers.n; i++)
        caller_free(k->callers.at[i]);
    vec_done(&k->callers);
    timer_stop(k->sweep);
    watch_stop(k->watch);
    closep(&k->fd);
    unlink(k->path);
    mem_free(k->path);
    mem_free(k);
    return NULL;
}
