/* arrsim/sim_transport.c — calls into the world, as slow and as broken as the world says. */
#include "arrsim/sim_transport.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "arrsim/api.h"
#include "base/str.h"

struct http_call {
    struct sim_transport *transport;
    struct http_call *next, **at;
    struct http_request request;
    struct ex *ex; /* NULL: no such host */
    struct timer *timer;
    struct buf body;
    size_t n_total;
    ms_t began;
    bool is_streaming, is_in_chunk, is_cancelled;
};

struct sim_transport {
    struct transport transport;
    struct loop *loop;
    struct world *world;
    void (*on_request)(void *ctx, struct sim *s);
    void *on_request_ctx;
    struct http_call *calls;
};

/* ---- a call's life ---- */

static void unlink_call(struct http_call *c)
{
    *c->at = c->next;
    if (c->next)
        c->next->at = c->at;
}

static void call_done(struct http_call *c)
{
    c->timer = timer_stop(c->timer);
    c->ex = ex_free(c->ex);
    buf_done(&c->body);
    mem_free(c);
}

static void call_free(struct http_call *c)
{
    unlink_call(c);
    call_done(c);
}

static void later(struct http_call *c, ms_t delay, void (*fn)(void *ctx))
{
    c->timer = loop_after(c->transport->loop, delay, fn, c);
}

static const char *bare_type(struct http_call *c)
{
    const char *type = c->ex && c->ex->type ? c->ex->type : "";
    char *bare = arena_strndup(c->ex->mem, type, strcspn(type, ";"));
    for (char *at = bare; *at; at++)
        *at = (char)tolower((unsigned char)*at);
    return bare;
}

static void describe(struct http_call *c, struct http_reply *r)
{
    const struct ex *x = c->ex;
    int64_t seconds;
    if (!x || r->end == HTTP_REFUSED || r->end == HTTP_TIMEOUT)
        return;
    r->status = x->status;
    r->content_type = bare_type(c);
    r->location = x->location ? x->location : "";
    r->version = x->has_version ? api_version(x->s) : "";
    r->date = is_on(x->s, B_no_date_header) ? 0 : sim_now(x->s) / 1000 * 1000;
    if (x->retry_after && str_int(x->retry_after, &seconds))
        r->retry_after = SECONDS(seconds);
}

static void end(struct http_call *c, enum http_end how, const char *problem)
{
    struct http_reply r = {.end = how,
                           .content_type = "",
                           .location = "",
                           .version = "",
                           .body = c->is_streaming ? "" : c->body.at,
                           .n_body = c->is_streaming ? 0 : c->body.n,
                           .took = loop_mono(c->transport->loop) - c->began,
                           .problem = problem};
    describe(c, &r);
    unlink_call(c); /* on_done may start calls or free the transport */
    c->request.on_done(c->request.ctx, &r);
    call_done(c);
}

/* ---- the body ---- */

/* False: the call is over. */
static bool give(struct http_call *c, const char *bytes, size_t n)
{
    c->n_total += n;
    if (c->request.body_max && c->n_total > c->request.body_max) {
        end(c, HTTP_TOO_LARGE, "the answer is too large");
        return false;
    }
    if (!c->is_streaming) {
        buf_add(&c->body, bytes, n);
        return true;
    }
    c->is_in_chunk = true;
    bool goes_on = c->request.on_chunk(c->request.ctx, bytes, n);
    c->is_in_chunk = false;
    if (c->is_cancelled)
        call_free(c);
    else if (!goes_on)
        end(c, HTTP_STOPPED, "stopped by the reader");
    else
        return true;
    return false;
}

enum { SPACES = 64 * 1024 };

static void more(void *ctx);

static void more_spaces(struct http_call *c, size_t n, ms_t wait)
{
    char spaces[SPACES];
    memset(spaces, ' ', sizeof spaces);
    if (loop_mono(c->transport->loop) - c->began > MINUTES(10))
        end(c, HTTP_TIMEOUT, "the answer did not end within 10 minutes");
    else if (give(c, spaces, n))
        later(c, wait, more);
}

static void more(void *ctx)
{
    struct http_call *c = ctx;
    c->timer = NULL;
    if (c->ex->wire == WIRE_ENDLESS && c->ex->was_head_sent) {
        more_spaces(c, SPACES, 400);
        return;
    }
    if (c->ex->wire == WIRE_DRIP) {
        more_spaces(c, 1, SECONDS(1));
        return;
    }
    CLEANUP(buf_done) struct buf piece;
    buf_init(&piece, 64 * 1024 * 1024);
    bool has_more = api_next(c->ex, &piece), is_cut = c->ex->wire == WIRE_CUT,
         is_torn = c->ex->wire == WIRE_TORN;
    if (!give(c, piece.at, is_cut || is_torn ? piece.n / 2 : piece.n))
        return;
    if (is_cut)
        end(c, HTTP_CUT, "the answer ended early");
    else if ((has_more && !is_torn) || c->ex->wire == WIRE_ENDLESS)
        later(c, 0, more);
    else
        end(c, HTTP_ANSWERED, NULL);
}

static void time_out(void *ctx)
{
    struct http_call *c = ctx;
    c->timer = NULL;
    end(c, HTTP_TIMEOUT, "no answer in time");
}

static void answer(void *ctx)
{
    struct http_call *c = ctx;
    c->timer = NULL;
    if (!c->ex) {
        end(c, HTTP_NO_NAME, "the name does not resolve");
        return;
    }
    api_answer(c->ex);
    c->is_streaming = c->request.on_chunk && c->ex->status == 200 &&
                      strcmp(bare_type(c), "application/json") == 0;
    ms_t timeout = c->request.timeout > 0 ? c->request.timeout : SECONDS(100);
    if (c->ex->wire == WIRE_RESET)
        end(c, HTTP_REFUSED, "connection refused");
    else if (c->ex->wire == WIRE_TARPIT || c->ex->latency > timeout)
        later(c, timeout, time_out);
    else
        later(c, c->ex->latency, more);
}

/* ---- the request ---- */

/* "http://tv.sim:80/path": the server, and where the path begins. */
static struct sim *find_sim(struct world *w, const char *url, const char **ret_target)
{
    const char *host = strstr(url, "://");
    host = host ? host + 3 : url;
    size_t n_host = strcspn(host, ":/?#");
    *ret_target = host + strcspn(host, "/?#");
    for (size_t i = 0; world_sim_at(w, i); i++) {
        const char *name = sim_name(world_sim_at(w, i));
        size_t n = strlen(name);
        if (n_host == n + 4 && strncasecmp(host, name, n) == 0 &&
            strncasecmp(host + n, ".sim", 4) == 0)
            return world_sim_at(w, i);
    }
    return NULL;
}

static void set_header(struct ex *x, const struct http_header *h)
{
    const struct {
        const char *name;
        const char **to;
    } known[] = {{"X-Api-Key", &x->api_key},
                 {"Authorization", &x->authorization},
                 {"Content-Type", &x->content_type},
                 {"Accept", &x->accept},
                 {"User-Agent", &x->user_agent}};
    for (size_t i = 0; i < COUNT(known); i++)
        if (str_case_eq(known[i].name, h->name))
            *known[i].to = arena_strdup(x->mem, h->value);
}

static struct ex *copy_request(struct sim *s, const char *target, const struct http_request *r)
{
    struct ex *x = ex_new(s);
    x->method = arena_strdup(x->mem, r->method);
    if (!ex_set_target(x, *target ? target : "/"))
        x->path = "/";
    if (strcmp(r->method, "POST") == 0)
        x->content_type = "application/json"; /* as the real transport sends it */
    for (size_t i = 0; i < HTTP_HEADERS_MAX && r->headers[i].name; i++)
        set_header(x, &r->headers[i]);
    if (r->body && strcmp(r->method, "POST") == 0) {
        x->body = arena_strdup(x->mem, r->body);
        x->n_body = strlen(r->body);
    }
    return x;
}

static struct http_call *start(struct transport *t, const struct http_request *request)
{
    struct sim_transport *st = (struct sim_transport *)t;
    struct http_call *c = NEW(struct http_call);
    const char *target;
    struct sim *s = find_sim(st->world, request->url, &target);
    if (s && st->on_request)
        st->on_request(st->on_request_ctx, s);
    c->transport = st;
    c->request = *request;
    c->ex = s ? copy_request(s, target, request) : NULL;
    c->began = loop_mono(st->loop);
    buf_init(&c->body, 256u * 1024 * 1024);
    c->next = st->calls;
    c->at = &st->calls;
    if (c->next)
        c->next->at = &c->next;
    st->calls = c;
    later(c, 0, answer);
    return c;
}

static void cancel(struct transport *t, struct http_call *call)
{
    (void)t;
    call->is_cancelled = true;
    if (!call->is_in_chunk)
        call_free(call);
}

struct transport *sim_transport_new(struct loop *loop, struct world *world)
{
    struct sim_transport *st = NEW(struct sim_transport);
    st->transport = (struct transport){.start = start, .cancel = cancel};
    st->loop = loop;
    st->world = world;
    return &st->transport;
}

void sim_transport_watch(struct transport *t, void (*on_request)(void *ctx, struct sim *s),
                         void *ctx)
{
    struct sim_transport *st = (struct sim_transport *)t;
    st->on_request = on_request;
    st->on_request_ctx = ctx;
}

struct transport *sim_transport_free(struct transport *t)
{
    struct sim_transport *st = (struct sim_transport *)t;
    while (st && st->calls)
        call_free(st->calls);
    mem_free(st);
    return NULL;
}
