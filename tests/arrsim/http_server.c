/* arrsim/http_server.c — libmicrohttpd in front of api_answer. */
#include "arrsim/http_server.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "arrsim/control.h"
#include "arrsim/encode.h"
#include "base/str.h"

enum { BODY_LIMIT = 1 << 20, PIECE_LIMIT = 8 << 20, BLOCK = 64 * 1024 };

struct world_lock {
    pthread_mutex_t mutex;
};

struct http_server {
    struct sim *sim;
    struct world_lock *lock;
    struct MHD_Daemon *daemon;
    int port;
    atomic_bool is_stopping;
};

/* One request. */
struct conn {
    struct http_server *server;
    char *target;
    struct buf body, piece;
    size_t at;
    struct ex *ex;
    struct encoder encoder;
    ms_t nap; /* before the answer */
    bool was_begun, is_over, is_half_sent;
};

struct world_lock *world_lock_new(void)
{
    struct world_lock *l = NEW(struct world_lock);
    pthread_mutex_init(&l->mutex, NULL);
    return l;
}

struct world_lock *world_lock_free(struct world_lock *l)
{
    if (l)
        pthread_mutex_destroy(&l->mutex);
    mem_free(l);
    return NULL;
}

/* ---- a request's life ---- */

/* The only place where the raw target is to be had. */
static void *on_uri(void *cls, const char *uri, struct MHD_Connection *connection)
{
    (void)connection;
    struct conn *c = NEW(struct conn);
    c->server = cls;
    c->target = mem_strdup(uri);
    buf_init(&c->body, BODY_LIMIT);
    buf_init(&c->piece, PIECE_LIMIT);
    return c;
}

static void on_completed(void *cls, struct MHD_Connection *connection, void **con_cls,
                         enum MHD_RequestTerminationCode toe)
{
    (void)cls, (void)connection, (void)toe;
    struct conn *c = *con_cls;
    if (!c)
        return;
    *con_cls = NULL;
    ex_free(c->ex);
    encoder_done(&c->encoder);
    buf_done(&c->body);
    buf_done(&c->piece);
    mem_free(c->target);
    mem_free(c);
}

static const char *header(struct MHD_Connection *connection, const char *name)
{
    const char *v = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
    return v ? v : "";
}

/* 0: absent, or no date. */
static utc_t date_in(struct MHD_Connection *connection, const char *name)
{
    utc_t at;
    return utc_parse_http(header(connection, name), &at) ? at : 0;
}

/* What is made to break the answer is sent as it is. */
static void choose_encoding(struct conn *c, const char *accept)
{
    const struct ex *x = c->ex;
    bool is_text = x->type && (strstr(x->type, "json") || str_starts(x->type, "text/"));
    bool may = is_text && !is_old(x->s) && is_on(x->s, B_encoded_answers) && x->wire != WIRE_DRIP &&
               x->wire != WIRE_ENDLESS;
    encoder_init(&c->encoder, may ? accept : "");
}

static void answer(struct conn *c, struct MHD_Connection *connection, const char *method)
{
    struct ex *x = c->ex = ex_new(c->server->sim);
    x->method = method;
    if (!ex_set_target(x, c->target)) {
        x->status = 414;
        x->type = NULL;
        return;
    }
    x->api_key = header(connection, "X-Api-Key");
    x->authorization = header(connection, "Authorization");
    x->content_type = header(connection, "Content-Type");
    x->user_agent = header(connection, "User-Agent");
    x->accept = *header(connection, "Accept") ? header(connection, "Accept") : "*/*";
    x->if_modified_since = date_in(connection, "If-Modified-Since");
    x->body = c->body.at;
    x->n_body = c->body.n;
    if (!control_answer(x))
        api_answer(x);
    choose_encoding(c, header(connection, "Accept-Encoding"));
    c->nap = x->wire == WIRE_TARPIT ? MINUTES(30) : c->server->sim->latency;
}

static void nap(struct http_server *h, ms_t wait)
{
    for (; wait > 0 && !h->is_stopping; wait -= 20)
        usleep((useconds_t)MIN(wait, 20) * 1000);
}

/* ---- sending ---- */

static bool refill(struct conn *c)
{
    CLEANUP(buf_done) struct buf plain;
    buf_init(&plain, PIECE_LIMIT);
    buf_clear(&c->piece);
    c->at = 0;
    pthread_mutex_lock(&c->server->lock->mutex);
    while (!c->is_over && plain.n == 0)
        c->is_over = !api_next(c->ex, &plain);
    pthread_mutex_unlock(&c->server->lock->mutex);
    encode(&c->encoder, plain.at, plain.n, c->is_over, &c->piece);
    if (c->ex->wire == WIRE_CUT || c->ex->wire == WIRE_TORN) {
        c->piece.n /= 2;
        c->is_half_sent = true;
    }
    return c->piece.n > 0;
}

static ssize_t send_spaces(struct conn *c, char *to, size_t n, ms_t wait)
{
    nap(c->server, wait);
    if (c->server->is_stopping)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    memset(to, ' ', n);
    return (ssize_t)n;
}

static ssize_t on_read(void *cls, uint64_t pos, char *to, size_t max)
{
    (void)pos;
    struct conn *c = cls;
    if (c->ex->wire == WIRE_DRIP)
        return send_spaces(c, to, 1, SECONDS(1));
    if (c->at == c->piece.n) {
        if (c->is_half_sent)
            return c->ex->wire == WIRE_TORN ? MHD_CONTENT_READER_END_OF_STREAM
                                            : MHD_CONTENT_READER_END_WITH_ERROR;
        if (c->is_over && c->ex->wire == WIRE_ENDLESS)
            return send_spaces(c, to, max, 10);
        if (c->is_over || !refill(c))
            return MHD_CONTENT_READER_END_OF_STREAM;
    }
    size_t n = MIN(max, c->piece.n - c->at);
    memcpy(to, c->piece.at + c->at, n);
    c->at += n;
    return (ssize_t)n;
}

static void add(struct MHD_Response *r, const char *name, const char *value)
{
    if (value && MHD_add_response_header(r, name, value) != MHD_YES)
        fprintf(stderr, "arrsim: cannot add the header %s\n", name);
}

static void add_time(struct MHD_Response *r, const char *name, utc_t at)
{
    char text[64];
    struct tm parts;
    time_t t = (time_t)(at / 1000);
    gmtime_r(&t, &parts);
    strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    add(r, name, text);
}

/* By the simulated clock: the world may run faster than ours. */
static void add_date(struct MHD_Response *r, const struct sim *s)
{
    if (!is_on(s, B_no_date_header))
        add_time(r, "Date", sim_now(s));
}

static void add_caching(struct MHD_Response *r, const struct ex *x)
{
    bool old = is_old(x->s);
    if (x->is_cover) {
        add(r, "Cache-Control", "max-age=31536000, public");
        add_time(r, "Last-Modified", x->modified);
        return;
    }
    add(r, "Cache-Control",
        old ? "no-cache, no-store, must-revalidate, max-age=0" : "no-cache, no-store");
    add(r, "Pragma", "no-cache");
    add(r, "Expires", old ? "0" : "-1");
}

static void add_headers(struct MHD_Response *r, const struct ex *x)
{
    if (x->has_version)
        add(r, api_version_header(x->s), api_version(x->s));
    add(r, "Content-Type", x->type);
    add(r, "Location", x->location);
    add(r, "Allow", x->allow && x->status == 405 ? x->allow : NULL);
    add(r, "WWW-Authenticate", x->authenticate);
    add(r, "Retry-After", x->retry_after);
    add_caching(r, x);
    add(r, "Access-Control-Allow-Origin", "*");
    add(r, "Server", api_server_header(x->s));
    add_date(r, x->s);
}

static enum MHD_Result send_answer(struct conn *c, struct MHD_Connection *connection)
{
    struct MHD_Response *r =
        c->ex->type ? MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, on_read, c, NULL)
                    : MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    pthread_mutex_lock(&c->server->lock->mutex);
    add_headers(r, c->ex);
    add(r, "Content-Encoding", c->encoder.name);
    add(r, "Vary", c->encoder.name ? "Accept-Encoding" : NULL);
    pthread_mutex_unlock(&c->server->lock->mutex);
    enum MHD_Result ret = MHD_queue_response(connection, (unsigned)c->ex->status, r);
    MHD_destroy_response(r);
    return ret;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *upload_data,
                                  size_t *upload_data_size, void **con_cls)
{
    (void)url, (void)version;
    struct http_server *h = cls;
    struct conn *c = *con_cls;
    if (!c->was_begun) {
        c->was_begun = true;
        return MHD_YES;
    }
    if (*upload_data_size) {
        buf_add(&c->body, upload_data, *upload_data_size);
        *upload_data_size = 0;
        return MHD_YES;
    }
    pthread_mutex_lock(&h->lock->mutex);
    answer(c, connection, method);
    pthread_mutex_unlock(&h->lock->mutex);
    nap(h, c->nap);
    bool closes = c->ex->wire == WIRE_TARPIT || c->ex->wire == WIRE_RESET;
    return closes ? MHD_NO : send_answer(c, connection);
}

/* ---- the server ---- */

bool http_server_new(struct sim *s, struct world_lock *lock, int port, struct http_server **ret,
                     struct err *e)
{
    struct http_server *h = NEW(struct http_server);
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    h->sim = s;
    h->lock = lock;
    h->daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION |
                                     MHD_USE_POLL | MHD_USE_SUPPRESS_DATE_NO_CLOCK,
                                 (uint16_t)port, NULL, NULL, on_request, h, MHD_OPTION_SOCK_ADDR,
                                 (struct sockaddr *)&at, MHD_OPTION_URI_LOG_CALLBACK, on_uri, h,
                                 MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL,
                                 MHD_OPTION_CONNECTION_TIMEOUT, 130u, MHD_OPTION_END);
    if (!h->daemon) {
        mem_free(h);
        return err_set(e, ERR_IO, "cannot listen on 127.0.0.1:%d", port);
    }
    h->port = MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    *ret = h;
    return true;
}

struct http_server *http_server_free(struct http_server *h)
{
    if (!h)
        return NULL;
    h->is_stopping = true;
    MHD_stop_daemon(h->daemon);
    mem_free(h);
    return NULL;
}

int http_server_port(const struct http_server *h)
{
    return h->port;
}
