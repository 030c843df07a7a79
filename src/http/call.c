/* http/call.c — one transfer: what is sent, what is let in, and what became of it in words. */
#include "http/call.h"

#include <ctype.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/address.h"
#include "base/str.h"

enum { RECEIVE_BUFFER = 16 * 1024, HEADERS_MAX = 256 * 1024, OTHER_MAX = 1024 * 1024 };
enum { SLOW_BYTES = 100, SLOW_SECONDS = 20, STREAM_SECONDS = 600 };

/* ---- who may be reached ---- */

/* Judged when the name is resolved, so that what it resolves to later is judged too. The services
 * that hand out credentials are nobody's business. */
static bool is_forbidden(const struct http_call *call, const struct sockaddr *address)
{
    const struct sockaddr_in *v4 = (const void *)address;
    const struct sockaddr_in6 *v6 = (const void *)address;
    enum reach reach = REACH_METADATA;
    if (address->sa_family == AF_INET)
        reach = address_reach_v4((const uint8_t *)&v4->sin_addr);
    if (address->sa_family == AF_INET6)
        reach = address_reach_v6(v6->sin6_addr.s6_addr);
    return reach == REACH_METADATA || (call->request.public_only && reach != REACH_PUBLIC);
}

static curl_socket_t open_socket(void *ctx, curlsocktype purpose UNUSED,
                                 struct curl_sockaddr *address)
{
    struct http_call *call = ctx;
    if (is_forbidden(call, &address->addr)) {
        call->is_forbidden = true;
        return CURL_SOCKET_BAD;
    }
    call->n_sockets++;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* ---- what arrives ---- */

static void copy_trimmed(char *ret, size_t size, const char *text, size_t n)
{
    while (n && isspace((unsigned char)*text))
        text++, n--;
    while (n && isspace((unsigned char)text[n - 1]))
        n--;
    snprintf(ret, size, "%.*s", (int)MIN(n, size - 1), text);
}

static void take_content_type(struct http_call *call, const char *text, size_t n)
{
    const char *parameters = memchr(text, ';', n);
    copy_trimmed(call->content_type, sizeof call->content_type, text,
                 parameters ? (size_t)(parameters - text) : n);
    for (char *p = call->content_type; *p; p++)
        *p = (char)tolower((unsigned char)*p);
}

static void take_location(struct http_call *call, const char *text, size_t n)
{
    copy_trimmed(call->location, sizeof call->location, text, n);
}

static void take_version(struct http_call *call, const char *text, size_t n)
{
    copy_trimmed(call->version, sizeof call->version, text, n);
}

static void take_date(struct http_call *call, const char *text, size_t n)
{
    char date[64];
    copy_trimmed(date, sizeof date, text, n);
    if (!utc_parse_http(date, &call->date))
        call->date = 0;
}

static void take_retry_after(struct http_call *call, const char *text, size_t n)
{
    char after[64];
    int64_t value;
    copy_trimmed(after, sizeof after, text, n);
    call->retry_after = str_int(after, &value) && value > 0 ? SECONDS(MIN(value, 86400)) : 0;
    if (!utc_parse_http(after, &call->retry_at))
        call->retry_at = 0;
}

static const struct {
    const char *name;
    void (*take)(struct http_call *call, const char *text, size_t n);
} wanted_headers[] = {
    {"content-type:", take_content_type},
    {"location:", take_location},
    {"x-application-version:", take_version},
    {"x-applicationversion:", take_version},
    {"date:", take_date},
    {"retry-after:", take_retry_after},
};

static bool is_json_list(struct http_call *call)
{
    long status = 0;
    curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &status);
    return call->request.on_chunk && status == 200 &&
           str_eq(call->content_type, "application/json");
}

/* A slow server may think as long as `timeout` lets it; only what has begun must go on. */
static void headers_end(struct http_call *call)
{
    curl_easy_setopt(call->easy, CURLOPT_LOW_SPEED_TIME, (long)SLOW_SECONDS);
    if (is_json_list(call))
        curl_easy_setopt(call->easy, CURLOPT_TIMEOUT_MS, STREAM_SECONDS * 1000L);
}

static size_t too_large(struct http_call *call, size_t limit)
{
    call->is_too_large = true;
    call->request.body_max = limit;
    return CURL_WRITEFUNC_ERROR;
}

static size_t on_header(char *line, size_t size, size_t n, void *ctx)
{
    struct http_call *call = ctx;
    size_t n_line = size * n;
    call->has_headers = true;
    call->n_headers += n_line;
    if (call->n_headers > HEADERS_MAX)
        return too_large(call, HEADERS_MAX);
    if (n_line <= 2)
        headers_end(call);
    for (size_t i = 0; i < COUNT(wanted_headers); i++) {
        size_t n_name = strlen(wanted_headers[i].name);
        if (n_line > n_name && strncasecmp(line, wanted_headers[i].name, n_name) == 0)
            wanted_headers[i].take(call, line + n_name, n_line - n_name);
    }
    return n_line;
}

static size_t on_body(char *bytes, size_t size, size_t n, void *ctx)
{
    struct http_call *call = ctx;
    size_t n_bytes = size * n;
    call->n_streamed += n_bytes;
    if (call->n_streamed > call->request.body_max)
        return too_large(call, call->request.body_max);
    if (!is_json_list(call)) {
        buf_add(&call->received, bytes, n_bytes);
        return call->received.is_cut ? too_large(call, call->received.max) : n_bytes;
    }
    call->is_stopped = !call->request.on_chunk(call->request.ctx, bytes, n_bytes);
    return call->is_stopped ? CURL_WRITEFUNC_ERROR : n_bytes;
}

/* ---- what is sent ---- */

static void set_post(struct http_call *call)
{
    /* Always with a length: a POST without one kills Sonarr 3 on Mono. */
    curl_easy_setopt(call->easy, CURLOPT_POST, 1L);
    curl_easy_setopt(call->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)strlen(call->body));
    curl_easy_setopt(call->easy, CURLOPT_POSTFIELDS, call->body);
    /* curl repeats what it sent on a kept connection that turns out dead: a search would run twice.
     */
    curl_easy_setopt(call->easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(call->easy, CURLOPT_FORBID_REUSE, 1L);
    call->headers = curl_slist_append(call->headers, "Content-Type: application/json");
    call->headers = curl_slist_append(call->headers, "Expect:");
}

static void set_headers(struct http_call *call, const struct http_request *request)
{
    call->headers = curl_slist_append(NULL, "Accept: application/json");
    for (size_t i = 0; i < HTTP_HEADERS_MAX && request->headers[i].name; i++) {
        call->is_unsendable |= strpbrk(request->headers[i].value, "\r\n") != NULL;
        CLEANUP(freep)
        char *line = mem_printf("%s: %s", request->headers[i].name, request->headers[i].value);
        call->headers = curl_slist_append(call->headers, line);
        explicit_bzero(line, strlen(line));
    }
    if (str_eq(request->method, "POST"))
        set_post(call);
    curl_easy_setopt(call->easy, CURLOPT_HTTPHEADER, call->headers);
}

static void set_limits(struct http_call *call, const struct http_request *request)
{
    CURL *easy = call->easy;
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)request->timeout);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)request->timeout);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES);
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, (long)RECEIVE_BUFFER);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, call);
    /* A connection that is kept was opened, perhaps, for somebody who may reach more. */
    if (request->public_only)
        curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, request->tls_no_verify ? 0L : 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, request->tls_no_verify ? 0L : 2L);
    if (request->tls_ca_file) { /* that authority, not the system's besides */
        curl_easy_setopt(easy, CURLOPT_CAINFO, request->tls_ca_file);
        curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
    }
}

struct http_call *call_new(const struct http_request *request, const char *user_agent,
                           struct loop *loop)
{
    struct http_call *call = NEW(struct http_call);
    call->easy = curl_easy_init();
    call->loop = loop;
    call->request = *request;
    call->body = mem_strdup(request->body ? request->body : "");
    call->started = loop_mono(loop);
    buf_init(&call->received,
             request->on_chunk ? MIN(request->body_max, OTHER_MAX) : request->body_max);
    curl_easy_setopt(call->easy, CURLOPT_USERAGENT, user_agent);
    curl_easy_setopt(call->easy, CURLOPT_PRIVATE, call);
    curl_easy_setopt(call->easy, CURLOPT_ERRORBUFFER, call->error);
    curl_easy_setopt(call->easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(call->easy, CURLOPT_HEADERDATA, call);
    curl_easy_setopt(call->easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(call->easy, CURLOPT_WRITEDATA, call);
    set_limits(call, request);
    set_headers(call, request);
    if (!call->is_unsendable) /* without a URL the call ends at once */
        curl_easy_setopt(call->easy, CURLOPT_URL, request->url);
    return call;
}

void call_free(struct http_call *call)
{
    curl_easy_cleanup(call->easy);
    curl_slist_free_all(call->headers);
    buf_done(&call->received);
    mem_free(call->body);
    mem_free(call);
}
