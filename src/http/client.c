/* http/client.c — libcurl's multi interface on the loop. Sockets and the timer drive curl; finished
 * transfers are handed on in a later turn, never inside a curl callback. call.c is one transfer. */
#include "http/client.h"

#include <sys/epoll.h>

#include "http/call.h"

struct client {
    struct transport transport;
    struct loop *loop;
    CURLM *multi;
    struct timer *timer;  /* curl's own timeout */
    struct timer *finish; /* finished transfers wait to be handed on */
    char *user_agent;
    VEC(struct http_call *) calls;
};

static struct client *client_of(struct transport *t)
{
    return (struct client *)(void *)t;
}

/* ---- finished transfers ---- */

static void forget(struct client *c, struct http_call *call)
{
    for (size_t i = 0; i < c->calls.n; i++) {
        if (c->calls.at[i] != call)
            continue;
        c->calls.at[i] = c->calls.at[--c->calls.n];
        break;
    }
    curl_multi_remove_handle(c->multi, call->easy);
}

static void hand_on(void *ctx)
{
    struct client *c = ctx;
    c->finish = NULL;
    CURLMsg *msg;
    int left;
    while ((msg = curl_multi_info_read(c->multi, &left))) {
        struct http_call *call = NULL;
        CURLcode code = msg->data.result;
        curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, (char **)&call);
        forget(c, call);
        call_finish(call, code); /* may start or cancel others; frees call */
    }
}

static void look_for_finished(struct client *c)
{
    if (!c->finish)
        c->finish = loop_after(c->loop, 0, hand_on, c);
}

/* ---- curl asks, the loop answers ---- */

static void act(struct client *c, curl_socket_t fd, int what)
{
    int running;
    curl_multi_socket_action(c->multi, fd, what, &running);
    look_for_finished(c);
}

struct socket_watch {
    struct client *client;
    struct watch *watch;
    curl_socket_t fd;
};

static void socket_ready(void *ctx, uint32_t ready)
{
    struct socket_watch *w = ctx;
    int what = (ready & (EPOLLIN | EPOLLHUP) ? CURL_CSELECT_IN : 0) |
               (ready & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
               (ready & EPOLLERR ? CURL_CSELECT_ERR : 0);
    act(w->client, w->fd, what);
}

static int on_socket(CURL *easy UNUSED, curl_socket_t fd, int what, void *ctx, void *socket_ctx)
{
    struct client *c = ctx;
    struct socket_watch *w = socket_ctx;
    if (what == CURL_POLL_REMOVE) {
        if (w)
            watch_stop(w->watch);
        mem_free(w);
        curl_multi_assign(c->multi, fd, NULL);
        return 0;
    }
    uint32_t events = (what & CURL_POLL_IN ? EPOLLIN : 0u) | (what & CURL_POLL_OUT ? EPOLLOUT : 0u);
    if (w) {
        watch_change(w->watch, events);
        return 0;
    }
    w = NEW(struct socket_watch);
    *w = (struct socket_watch){.client = c, .fd = fd};
    w->watch = loop_watch(c->loop, fd, events, socket_ready, w);
    curl_multi_assign(c->multi, fd, w);
    return 0;
}

static void timed_out(void *ctx)
{
    struct client *c = ctx;
    c->timer = NULL;
    act(c, CURL_SOCKET_TIMEOUT, 0);
}

static int on_timer(CURLM *multi UNUSED, long timeout_ms, void *ctx)
{
    struct client *c = ctx;
    c->timer = timer_stop(c->timer);
    if (timeout_ms >= 0)
        c->timer = loop_after(c->loop, timeout_ms, timed_out, c);
    return 0;
}

/* ---- the transport ---- */

static struct http_call *start(struct transport *t, const struct http_request *request)
{
    struct client *c = client_of(t);
    struct http_call *call = call_new(request, c->user_agent, c->loop);
    vec_push(&c->calls, call);
    curl_multi_add_handle(c->multi, call->easy);
    return call;
}

static void cancel(struct transport *t, struct http_call *call)
{
    forget(client_of(t), call);
    call_free(call);
}

bool http_client_new(struct loop *loop, const char *user_agent, struct transport **ret,
                     struct err *e)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return err_set(e, ERR_IO, "cannot start libcurl");
    struct client *c = NEW(struct client);
    c->transport = (struct transport){.start = start, .cancel = cancel};
    c->loop = loop;
    c->user_agent = mem_strdup(user_agent);
    c->multi = curl_multi_init();
    curl_multi_setopt(c->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(c->multi, CURLMOPT_SOCKETDATA, c);
    curl_multi_setopt(c->multi, CURLMOPT_TIMERFUNCTION, on_timer);
    curl_multi_setopt(c->multi, CURLMOPT_TIMERDATA, c);
    *ret = &c->transport;
    return true;
}

struct transport *http_client_free(struct transport *t)
{
    if (!t)
        return NULL;
    struct client *c = client_of(t);
    while (c->calls.n)
        cancel(t, c->calls.at[0]);
    vec_done(&c->calls);
    curl_multi_cleanup(c->multi);
    timer_stop(c->timer);
    timer_stop(c->finish);
    mem_free(c->user_agent);
    mem_free(c);
    return NULL;
}
