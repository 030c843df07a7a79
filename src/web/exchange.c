/* web/exchange.c — what is refused before anybody is asked, then the answer, then its headers. */
#include "web/exchange.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

enum { REQUEST_LINE = 8 * 1024, HEADERS = 32 * 1024 };

struct exchange {
    size_t n_uri;
    char *query; /* NULL: none */
    bool is_begun;
    size_t body_max;
    struct buf body;          /* at most body_max */
    struct response *refusal; /* told when the request is complete; NULL: admitted */
};

static const struct security {
    const char *name, *value;
} security[] = {
    {"Content-Security-Policy",
     "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Embedder-Policy", "require-corp"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cache-Control", "no-store"},
};

/* ---- for handlers ---- */

const char *request_header(const struct request *rq, const char *name)
{
    return MHD_lookup_connection_value(rq->connection, MHD_HEADER_KIND, name);
}

void response_header(struct response *rs, const char *name, const char *value)
{
    assert(rs->n_headers < RESPONSE_HEADERS);
    rs->headers[rs->n_headers].name = name;
    snprintf(rs->headers[rs->n_headers].value, sizeof rs->headers[0].value, "%s", value);
    rs->n_headers++;
}

void response_text(struct response *rs, unsigned status, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    rs->status = status;
    buf_clear(&rs->body);
    buf_vprintf(&rs->body, fmt, args);
    buf_putc(&rs->body, '\n');
    va_end(args);
}

static void response_done(struct response *rs)
{
    buf_done(&rs->body);
}

/* ---- what is refused ---- */

struct head {
    size_t n_bytes;
    int n_hosts, n_lengths, n_codings;
    int64_t length;
    bool is_chunked, waits; /* for 100 Continue */
};

static enum MHD_Result add_header(void *cls, enum MHD_ValueKind kind UNUSED, const char *name,
                                  const char *value)
{
    struct head *h = cls;
    value = value ? value : "";
    h->n_bytes += strlen(name) + strlen(value) + strlen(": \r\n");
    h->n_hosts += str_case_eq(name, "Host");
    if (str_case_eq(name, "Content-Length")) {
        h->n_lengths++;
        h->length = str_int(value, &h->length) ? h->length : INT64_MAX;
    }
    if (str_case_eq(name, "Transfer-Encoding")) {
        h->n_codings++;
        h->is_chunked = str_case_eq(value, "chunked");
    }
    h->waits = h->waits || str_case_eq(name, "Expect");
    return MHD_YES;
}

static bool has_body(const struct head *h)
{
    return h->length > 0 || h->n_codings > 0;
}

/* Which of a pair of lengths or hosts counts is where proxies and servers disagree. */
static bool refuse_head(const struct head *h, struct response *rs)
{
    if (h->n_bytes > HEADERS)
        response_text(rs, 431, "the headers are longer than %d bytes", HEADERS);
    else if (h->n_lengths > 1)
        response_text(rs, 400, "more than one Content-Length");
    else if (h->n_hosts > 1)
        response_text(rs, 400, "more than one Host");
    else if (h->n_codings > 1 || (h->n_codings && (h->n_lengths || !h->is_chunked)))
        response_text(rs, 400, "Transfer-Encoding other than 'chunked' alone");
    else
        return false;
    return true;
}

static bool refuse_line(const struct exchange *x, const struct request *rq, const char *version,
                        struct response *rs)
{
    size_t n = strlen(rq->method) + 1 + x->n_uri + 1 + strlen(version);
    if (n <= REQUEST_LINE)
        return false;
    response_text(rs, 414, "the request line is longer than %d bytes", REQUEST_LINE);
    return true;
}

static void refuse_length(const struct exchange *x, struct response *rs)
{
    response_text(rs, 413, "the body is longer than %zu bytes", x->body_max);
}

/* Whether what comes is worth reading only to refuse it: else the sender may see a broken
 * connection where an answer was. */
static bool is_worth_reading(const struct exchange *x, const struct head *h)
{
    return !has_body(h) || (!h->waits && !h->is_chunked && h->length <= (int64_t)x->body_max);
}

/* ---- answering ---- */

static enum MHD_Result send_response(struct MHD_Connection *c, struct response *rs)
{
    size_t n = rs->body.n;
    struct MHD_Response *r =
        MHD_create_response_from_buffer_with_free_callback(n, TAKE(rs->body.at), mem_free);
    assert(r);
    MHD_add_response_header(r, "Content-Type", rs->type);
    for (size_t i = 0; i < COUNT(security); i++)
        MHD_add_response_header(r, security[i].name, security[i].value);
    for (size_t i = 0; i < rs->n_headers; i++)
        MHD_add_response_header(r, rs->headers[i].name, rs->headers[i].value);
    enum MHD_Result result = MHD_queue_response(c, rs->status, r);
    MHD_destroy_response(r);
    return result;
}

static struct peer *peer_of(struct MHD_Connection *c)
{
    return MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

static void response_init(struct response *rs)
{
    *rs = (struct response){.status = 200, .type = "text/plain; charset=utf-8"};
    buf_init(&rs->body, RESPONSE_BYTES);
}

/* False: refused at once, with rs. */
static bool admit(const struct server *s, struct exchange *x, const struct request *rq,
                  const struct head *h, struct response *rs)
{
    bool ok = s->setup.admit(s->setup.ctx, rq, &x->body_max, rs);
    if (has_body(h) && !x->body_max) {
        response_text(rs, 400, "nothing here takes a body");
        return false;
    }
    if (ok && h->length > (int64_t)x->body_max) {
        refuse_length(x, rs);
        return false;
    }
    buf_init(&x->body, x->body_max);
    if (ok || !is_worth_reading(x, h))
        return ok;
    x->refusal = NEW(struct response);
    *x->refusal = TAKE_STRUCT(*rs);
    return true;
}

/* What is answered here is so with the headers, before anything else is read: the connection
 * closes. */
static enum MHD_Result begin(const struct server *s, struct exchange *x, const struct request *rq,
                             const char *version)
{
    CLEANUP(response_done) struct response rs;
    struct head h = {0};
    response_init(&rs);
    MHD_get_connection_values(rq->connection, MHD_HEADER_KIND, add_header, &h);
    if (refuse_line(x, rq, version, &rs) || refuse_head(&h, &rs) || !admit(s, x, rq, &h, &rs))
        return send_response(rq->connection, &rs);
    return MHD_YES;
}

static enum MHD_Result answer(const struct server *s, const struct exchange *x,
                              const struct request *rq)
{
    CLEANUP(response_done) struct response rs;
    if (x->refusal)
        return send_response(rq->connection, x->refusal);
    response_init(&rs);
    if (x->body.is_cut)
        refuse_length(x, &rs);
    else
        s->setup.answer(s->setup.ctx, rq, &rs);
    return send_response(rq->connection, &rs);
}

static void read_body(struct exchange *x, const char *bytes, size_t n)
{
    if (!x->refusal)
        buf_add(&x->body, bytes, n);
}

/* ---- as libmicrohttpd calls back ---- */

/* The request line has come; the only place that sees the target as it was sent. */
void *exchange_begin(void *server UNUSED, const char *uri, struct MHD_Connection *c UNUSED)
{
    struct exchange *x = NEW(struct exchange);
    const char *query = strchr(uri, '?');
    x->n_uri = strlen(uri);
    x->query = mem_strdup(query ? query + 1 : NULL);
    return x;
}

/* First with the headers; then, unless that refused, with each piece of the body and once more when
 * the request is complete. */
enum MHD_Result exchange_step(void *server, struct MHD_Connection *c, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *n_upload, void **exchange)
{
    struct server *s = server;
    struct exchange *x = *exchange;
    const struct request rq = {
        .method = method,
        .path = url,
        .query = x->query ? x->query : "",
        .body = x->body.at ? x->body.at : "",
        .n_body = x->body.n,
        .peer = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr,
        .connection = c,
    };
    size_t n = *n_upload;
    *n_upload = 0;
    if (x->is_begun && !n)
        return answer(s, x, &rq);
    if (x->is_begun) {
        read_body(x, upload, n);
        return MHD_YES;
    }
    x->is_begun = true;
    peer_deadline(peer_of(c), s->setup.answer_deadline);
    return begin(s, x, &rq, version);
}

void exchange_end(void *server, struct MHD_Connection *c, void **exchange,
                  enum MHD_RequestTerminationCode code UNUSED)
{
    struct server *s = server;
    struct exchange *x = TAKE(*exchange);
    if (!x)
        return;
    mem_free(x->query);
    buf_done(&x->body);
    if (x->refusal)
        response_done(x->refusal);
    mem_free(x->refusal);
    mem_free(x);
    peer_deadline(peer_of(c), s->setup.idle_deadline);
}
