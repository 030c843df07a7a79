/* http/call.h — one transfer of the real transport: its curl handle, limits and reply. Used by
 * client.c. */
#ifndef SPL_HTTP_CALL_H
#define SPL_HTTP_CALL_H

#include <curl/curl.h>

#include "base/vec.h"
#include "http/transport.h"
#include "loop/loop.h"

struct http_call {
    CURL *easy;
    struct curl_slist *headers;
    struct loop *loop;
    struct http_request request; /* callbacks and limits; strings are curl's or below */
    char *body;
    char error[CURL_ERROR_SIZE];
    struct buf received;
    size_t n_streamed, n_headers, n_sockets;
    bool is_too_large, is_stopped, is_forbidden, has_headers;
    bool is_unsendable; /* a header value holds a line break */
    char content_type[64], location[512], version[48];
    utc_t date;
    utc_t retry_at; /* of a Retry-After that is a date */
    ms_t retry_after, started;
};

struct http_call *call_new(const struct http_request *request, const char *user_agent,
                           struct loop *loop);
void call_free(struct http_call *call);
/* Makes the reply, calls on_done, frees. */
void call_finish(struct http_call *call, CURLcode code);

#endif
