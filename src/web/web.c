/* web/web.c — the thread: its birth and end, and what every request passes before its handler. */
#include "web/web.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/str.h"
#include "web/access.h"
#include "web/handlers.h"
#include "web/listen.h"

/* ---- a request ---- */

static bool is_for_us(const struct web *w, const struct request *rq)
{
    const struct own_names names = {
        .host_name = w->host_name,
        .public_urls = w->setup->public_urls,
        .n_public_urls = w->setup->n_public_urls,
    };
    return host_is_own(request_header(rq, "Host"), &names);
}

static bool admit_scraper(const struct web *w, const struct request *rq, struct response *rs)
{
    if (request_is_local(rq) || request_bears(rq, w->setup->metrics_token))
        return true;
    response_text(rs, 401, "not without the token");
    response_header(rs, "WWW-Authenticate", "Bearer");
    return false;
}

static bool admit_to(struct web *w, const struct route *r, const struct request *rq,
                     size_t *ret_body, struct response *rs)
{
    assert(r);
    *ret_body = r->body;
    switch (r->access) {
    case ACCESS_PUBLIC: return true;
    case ACCESS_METRICS: return admit_scraper(w, rq, rs);
    case ACCESS_HOOK: return web_hook_admit(w, rq, rs);
    }
    return false;
}

static bool admit(void *ctx, const struct request *rq, size_t *ret_body, struct response *rs)
{
    struct web *w = ctx;
    const struct route *r = NULL;
    CLEANUP(buf_done) struct buf allow;
    buf_init(&allow, 128);
    enum routed routed = routes_find(web_routes, web_routes_n, rq->method, rq->path, &r, &allow);
    if ((!r || r->hosts == OWN_HOST) && !is_for_us(w, rq)) {
        response_text(rs, 421,
                      "this name is not known to be Splintarr's; add it with --public-url");
        return false;
    }
    switch (routed) {
    case ROUTED: return admit_to(w, r, rq, ret_body, rs);
    case ROUTED_NO_PATH: response_text(rs, 404, "nothing is here"); break;
    case ROUTED_NO_METHOD:
        response_text(rs, 405, "not with this method");
        response_header(rs, "Allow", allow.at);
        break;
    }
    return false;
}

static void answer(void *ctx, const struct request *rq, struct response *rs)
{
    const struct route *r = NULL;
    CLEANUP(buf_done) struct buf allow;
    buf_init(&allow, 128);
    routes_find(web_routes, web_routes_n, rq->method, rq->path, &r, &allow);
    assert(r);
    r->handle(ctx, rq, rs);
}

/* ---- in the thread ---- */

static void on_status(void *ctx, struct message *m)
{
    struct web *w = ctx;
    status_free(w->status);
    w->status = TAKE(m->body);
}

static void on_stop(void *ctx, uint32_t ready UNUSED)
{
    loop_stop(((struct web *)ctx)->loop);
}

static void *run(void *ctx)
{
    struct web *w = ctx;
    struct err e;
    w->loop = loop_new(&clock_system);
    mailbox_listen(w->box, w->loop, on_status, w);
    loop_watch(w->loop, w->stop_fd, EPOLLIN, on_stop, w);
    server_serve(w->server, w->loop);
    if (!loop_run(w->loop, &e))
        log_error("web_failed", KV("error", e.msg));
    w->server = server_free(w->server);
    mailbox_ignore(w->box);
    w->loop = loop_free(w->loop);
    w->store = store_close(w->store);
    return NULL;
}

/* ---- birth and end, in the engine's thread ---- */

static ms_t or_else(ms_t given, ms_t otherwise)
{
    return given ? given : otherwise;
}

static bool serve(struct web *w, int listen_fd, struct err *e)
{
    const struct web_setup *s = w->setup;
    const struct server_setup setup = {
        .listen_fd = listen_fd,
        .header_deadline = or_else(s->header_deadline, SECONDS(10)),
        .idle_deadline = or_else(s->idle_deadline, SECONDS(30)),
        .answer_deadline = or_else(s->answer_deadline, SECONDS(60)),
        .admit = admit,
        .answer = answer,
        .ctx = w,
    };
    return server_new(&setup, &w->server, e);
}

static bool listen_and_serve(struct web *w, struct err *e)
{
    CLEANUP(closep) int fd = -1;
    if (!routes_check(web_routes, web_routes_n, e) ||
        !listen_on(w->setup->listen, &fd, &w->port, e) || !serve(w, fd, e))
        return false;
    fd = -1;
    return true;
}

/* Signals are for the loop that catches them: a thread inherits what is blocked when it begins. */
static bool begin_thread(struct web *w, struct err *e)
{
    sigset_t all, old;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    int rc = pthread_create(&w->thread, NULL, run, w);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    if (rc)
        return err_set(e, ERR_IO, "cannot start the web's thread: %s", strerror(rc));
    pthread_setname_np(w->thread, "web");
    return true;
}

static struct web *web_new(const struct web_setup *setup)
{
    struct web *w = NEW(struct web);
    w->setup = setup;
    w->stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    w->box = mailbox_new();
    w->flood = flood_new();
    assert(w->stop_fd >= 0);
    if (gethostname(w->host_name, sizeof w->host_name - 1) < 0)
        *w->host_name = '\0';
    return w;
}

static void web_freep(struct web **w)
{
    if (!*w)
        return;
    server_free((*w)->server);
    status_free((*w)->status);
    samples_done(&(*w)->library.samples);
    mailbox_free((*w)->box);
    flood_free((*w)->flood);
    explicit_bzero((*w)->key, sizeof(*w)->key);
    closep(&(*w)->stop_fd);
    mem_free(*w);
}

bool web_start(const struct web_setup *setup, struct web **ret, struct err *e)
{
    CLEANUP(web_freep) struct web *w = web_new(setup);
    if (!rng_bytes(w->key, sizeof w->key, e) || !listen_and_serve(w, e) || !begin_thread(w, e))
        return false;
    *ret = TAKE(w);
    return true;
}

int web_port(const struct web *w)
{
    return w->port;
}

struct web *web_stop(struct web *w)
{
    if (!w)
        return NULL;
    ssize_t n = write(w->stop_fd, &(uint64_t){1}, sizeof(uint64_t));
    assert(n > 0);
    pthread_join(w->thread, NULL);
    web_freep(&w);
    return NULL;
}

void web_stopp(struct web **w)
{
    *w = web_stop(*w);
}

bool web_publish(struct web *w, const struct web_status *is)
{
    struct published *s = status_copy(is, w->key);
    const struct message m = {.body = s, .free = status_free, .n_bytes = s ? status_bytes(s) : 0};
    if (s && mailbox_put(w->box, &m))
        return true;
    status_free(s);
    return false;
}
