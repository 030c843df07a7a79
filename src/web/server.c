/* web/server.c — libmicrohttpd's epoll descriptor and timeouts in our loop.
 *
 * Its set is edge-triggered inside: after every MHD_run its timeout must be asked for and obeyed,
 * or requests hang. */
#include <errno.h>
#include <string.h>
#include <sys/epoll.h>

#include "base/mem.h"
#include "web/exchange.h"

enum { CONNECTIONS = 256, PER_ADDRESS = 32 };
/* Of one connection: the request line and headers at their limits, and libmicrohttpd's own. */
enum { CONNECTION_MEMORY = 64 * 1024 };

/* ---- deadlines: libmicrohttpd's timeout begins anew with every byte, ours does not ---- */

static void on_deadline(void *ctx)
{
    struct peer *p = ctx;
    p->deadline = NULL;
    shutdown(p->fd, SHUT_RDWR); /* libmicrohttpd notices and closes */
}

void peer_deadline(struct peer *p, ms_t wait)
{
    timer_stop(p->deadline);
    p->deadline = loop_after(p->server->loop, wait, on_deadline, p);
}

static void peer_begin(struct server *s, struct MHD_Connection *c, void **ret)
{
    struct peer *p = NEW(struct peer);
    p->server = s;
    p->fd = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    peer_deadline(p, s->setup.header_deadline);
    *ret = p;
}

static void peer_end(void **peer)
{
    struct peer *p = TAKE(*peer);
    timer_stop(p->deadline);
    p->server->has_ended = true;
    mem_free(p);
}

static void on_connection(void *cls, struct MHD_Connection *c, void **peer,
                          enum MHD_ConnectionNotificationCode code)
{
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        peer_begin(cls, c, peer);
    else if (*peer)
        peer_end(peer);
}

/* ---- turns ---- */

static void run(struct server *s);

static void on_timer(void *ctx)
{
    struct server *s = ctx;
    s->timer = NULL;
    run(s);
}

static void on_ready(void *ctx, uint32_t ready UNUSED)
{
    run(ctx);
}

/* A full server stops listening, and listens again only in the run after one that ended a
 * connection: nothing else would wake it. */
static ms_t next_run(const struct server *s)
{
    MHD_UNSIGNED_LONG_LONG wait;
    if (s->has_ended)
        return 0;
    return MHD_get_timeout(s->daemon, &wait) == MHD_YES ? (ms_t)MIN(wait, 3600000ULL) : -1;
}

static void run(struct server *s)
{
    s->has_ended = false;
    MHD_run(s->daemon);
    s->timer = timer_stop(s->timer);
    ms_t wait = next_run(s);
    if (wait >= 0)
        s->timer = loop_after(s->loop, wait, on_timer, s);
}

void server_serve(struct server *s, struct loop *l)
{
    s->loop = l;
    int fd = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    s->watch = loop_watch(l, fd, EPOLLIN, on_ready, s);
    run(s);
}

/* ---- birth and end ---- */

/* Paths are compared as they were sent: nothing is decoded that could become another path. */
static size_t keep_raw(void *cls UNUSED, struct MHD_Connection *c UNUSED, char *text)
{
    return strlen(text);
}

static struct MHD_Daemon *start_daemon(struct server *s)
{
    return MHD_start_daemon(
        MHD_USE_EPOLL, 0, NULL, NULL, exchange_step, s, MHD_OPTION_LISTEN_SOCKET,
        s->setup.listen_fd, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)PER_ADDRESS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY, MHD_OPTION_STRICT_FOR_CLIENT,
        1, MHD_OPTION_URI_LOG_CALLBACK, exchange_begin, s, MHD_OPTION_NOTIFY_COMPLETED,
        exchange_end, s, MHD_OPTION_NOTIFY_CONNECTION, on_connection, s,
        MHD_OPTION_UNESCAPE_CALLBACK, keep_raw, NULL, MHD_OPTION_END);
}

bool server_new(const struct server_setup *setup, struct server **ret, struct err *e)
{
    struct server *s = NEW(struct server);
    s->setup = *setup;
    s->daemon = start_daemon(s);
    if (!s->daemon) {
        mem_free(s);
        return err_set(e, ERR_IO, "cannot start the HTTP server: %s", strerror(errno));
    }
    *ret = s;
    return true;
}

struct server *server_free(struct server *s)
{
    if (!s)
        return NULL;
    watch_stop(s->watch);
    timer_stop(s->timer);
    MHD_stop_daemon(s->daemon);
    mem_free(s);
    return NULL;
}
