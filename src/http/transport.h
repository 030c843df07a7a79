/* http/transport.h — asking a server, whoever it really is.
 *
 * One interface, two kinds of implementation: libcurl's multi interface on the loop
 * (http/client.h), and the simulator in tests. Asynchronous: start returns at once, exactly one of
 * `done` or a cancel ends a call. `done` is always called from the loop, never inside start.
 *
 * on_chunk may neither start nor cancel a call, nor free the transport: it says false and waits for
 * done. on_done may start and cancel other calls, but not free the transport: it is still at work
 * when done returns; free it from a later turn (loop_after). */
#ifndef SPL_HTTP_TRANSPORT_H
#define SPL_HTTP_TRANSPORT_H

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"

struct http_header {
    const char *name, *value;
};
enum { HTTP_HEADERS_MAX = 8 };

/* How a call ended, for retry and for the sentence a user reads. */
enum http_end {
    HTTP_ANSWERED,  /* with any status */
    HTTP_REFUSED,   /* nobody listens, host down, reset before an answer */
    HTTP_NO_NAME,   /* the name does not resolve */
    HTTP_TLS,       /* the certificate or handshake failed */
    HTTP_TIMEOUT,   /* longer than request.timeout, or begun and below 100 bytes/s for 20 s */
    HTTP_TOO_LARGE, /* body over body_max */
    HTTP_CUT,       /* the body ended early */
    HTTP_STOPPED,   /* on_chunk refused */
    HTTP_FORBIDDEN, /* the address may not be reached (metadata; with public_only all that is
                       private) */
    HTTP_BROKEN,    /* not HTTP, or anything else: the message says */
};

struct http_reply {
    enum http_end end;
    int status;               /* 0 unless an answer began */
    const char *content_type; /* lower case, without parameters; "" when absent */
    const char *location;     /* redirects are never followed; "" when absent */
    const char *version;      /* X-Application-Version or X-ApplicationVersion; "" */
    utc_t date;               /* the server's Date header; 0 when absent */
    ms_t retry_after;         /* 0 when absent */
    const char *body;         /* NUL-terminated; "" when it went to on_chunk */
    size_t n_body;
    ms_t took;
    const char *problem; /* one clear clause when end is not HTTP_ANSWERED; never the URL's query */
};

struct http_request {
    const char *method; /* "GET" or "POST" */
    const char *url;
    struct http_header headers[HTTP_HEADERS_MAX]; /* ends at the first NULL name */
    const char *body; /* POST: JSON; sent with its length, even if empty */
    ms_t timeout;     /* of the whole call; when a body streams: until it begins, then 10 min */
    size_t body_max;  /* bytes after decompression; 1 MiB for what does not stream as it should */
    bool tls_no_verify;
    bool public_only; /* on behalf of a tenant: no address of this machine or a private network */
    const char *tls_ca_file; /* NULL: the system's */
    /* When set, a 200 JSON body streams here as it arrives; false stops the call (HTTP_STOPPED). */
    bool (*on_chunk)(void *ctx, const char *bytes, size_t n);
    void (*on_done)(void *ctx, const struct http_reply *reply); /* reply is valid during the call */
    void *ctx;
};

struct http_call; /* owned by the transport; gone when on_done was called or after cancel */

struct transport {
    struct http_call *(*start)(struct transport *t,
                               const struct http_request *request); /* copies */
    void (*cancel)(struct transport *t,
                   struct http_call *call); /* on_done is not called any more */
};

#endif
