/* A transport for tests that answers every request with what a function of the test says, in a
 * later turn of the loop. Lists stream in pieces of 7 bytes. */
#ifndef ARR_STUB_H
#define ARR_STUB_H

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "http/transport.h"
#include "loop/loop.h"

struct stub {
    struct transport transport;
    struct loop *loop;
    /* Fills the reply to one request; strings live until the next. */
    void (*answer)(struct stub *s, const struct http_request *r, struct http_reply *ret);
    int n_requests;
    char url[300], body[300], key[80], method[8]; /* of the last request */
};

struct http_call {
    struct stub *stub;
    struct http_request request;
    struct timer *timer;
};

static void stub_stream(struct http_call *c, struct http_reply *reply)
{
    size_t n = reply->n_body;
    for (size_t at = 0; at < n; at += 7)
        if (!c->request.on_chunk(c->request.ctx, reply->body + at, MIN(n - at, 7))) {
            reply->end = HTTP_STOPPED;
            reply->problem = "stopped";
            break;
        }
    reply->body = "";
    reply->n_body = 0;
}

static void stub_answer(void *ctx)
{
    struct http_call *c = ctx;
    struct http_reply reply = {.status = 200,
                               .content_type = "application/json",
                               .location = "",
                               .version = "",
                               .body = ""};
    c->stub->answer(c->stub, &c->request, &reply);
    reply.n_body = strlen(reply.body);
    bool is_list = reply.status == 200 && str_eq(reply.content_type, "application/json");
    if (c->request.on_chunk && is_list && reply.end == HTTP_ANSWERED)
        stub_stream(c, &reply);
    c->request.on_done(c->request.ctx, &reply);
    mem_free(c);
}

static struct http_call *stub_start(struct transport *t, const struct http_request *r)
{
    struct stub *s = (struct stub *)t;
    struct http_call *c = NEW(struct http_call);
    snprintf(s->url, sizeof s->url, "%s", r->url);
    snprintf(s->body, sizeof s->body, "%s", r->body ? r->body : "");
    snprintf(s->key, sizeof s->key, "%s: %s", r->headers[0].name, r->headers[0].value);
    snprintf(s->method, sizeof s->method, "%s", r->method);
    s->n_requests++;
    c->stub = s;
    c->request = *r;
    c->request.url = s->url;
    c->timer = loop_after(s->loop, 0, stub_answer, c);
    return c;
}

static void stub_cancel(struct transport *t, struct http_call *c)
{
    (void)t;
    timer_stop(c->timer);
    mem_free(c);
}

static void stub_init(struct stub *s, struct loop *loop)
{
    *s = (struct stub){.transport = {stub_start, stub_cancel}, .loop = loop};
}

#endif
