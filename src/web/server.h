/* web/server.h — HTTP/1.1 on a loop: connections, limits, deadlines. Knows nothing of routes.
 *
 * libmicrohttpd does the protocol, driven by the loop through its epoll descriptor; no thread of
 * its own. What an outsider sends is bounded before it is kept: request line 8 KiB (414), headers
 * 32 KiB (431), no body (400, connection closed) unless `admit` allows one and then no longer one
 * (413), 256 connections, 32 per address. A connection has one deadline: its headers, then body and
 * answer, then the next request's headers must be complete by it. Duplicate Host and Content-Length
 * are refused (400). */
#ifndef SPL_WEB_SERVER_H
#define SPL_WEB_SERVER_H

#include <sys/socket.h>

#include "base/buf.h"
#include "loop/loop.h"

struct MHD_Connection;
struct server;

struct request {
    const char *method, *path; /* path: as sent, nothing decoded, without the query */
    const char *query;         /* as sent, without '?'; "" none */
    const char *body;          /* NUL-terminated; "" none, or not read yet */
    size_t n_body;
    const struct sockaddr *peer;
    struct MHD_Connection *connection;
};
const char *request_header(const struct request *rq, const char *name); /* NULL: absent */

enum { RESPONSE_BYTES = 32 * 1024 * 1024, RESPONSE_HEADERS = 16 };
struct response {
    unsigned status;  /* 200 */
    const char *type; /* static; text/plain */
    struct buf body;
    size_t n_headers;
    struct {
        const char *name; /* static */
        char value[256];
    } headers[RESPONSE_HEADERS];
};
void response_header(struct response *rs, const char *name, const char *value);
/* One line of text, as the whole body. */
void response_text(struct response *rs, unsigned status, const char *fmt, ...) PRINTF(3, 4);

struct server_setup {
    int listen_fd; /* listening; taken when server_new succeeds */
    ms_t header_deadline, idle_deadline, answer_deadline;
    /* Both in the loop's thread, must not block.
     * The headers have come. False: refused with what `rs` says. *ret_body: how long a body may be,
     * told for refused requests too (0: none), for a short one is fetched before it is refused. */
    bool (*admit)(void *ctx, const struct request *rq, size_t *ret_body, struct response *rs);
    /* An admitted request is complete. */
    void (*answer)(void *ctx, const struct request *rq, struct response *rs);
    void *ctx;
};
MUST_CHECK bool server_new(const struct server_setup *setup, struct server **ret, struct err *e);
/* Begins to serve; call it in the thread that runs the loop. */
void server_serve(struct server *s, struct loop *l);
/* Closes every connection. Takes NULL, returns NULL; the loop still lives. */
struct server *server_free(struct server *s);

#endif
