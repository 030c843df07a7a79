/* http/call.c — one transfer: what is sent, what is let in, and what became of it in words. */
#include "http/call.h"

#include <ctype.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/str.h"

enum { RECEIVE_BUFFER = 16 * 1024, SLOW_BYTES = 100, SLOW_SECONDS = 20, STREAM_SECONDS = 600 };

/* ---- who may be reached ---- */

/* Link-local, which holds the metadata services of clouds (RFC 3927; RFC 4291 section 2.5.6). */
static bool is_link_local_v4(const uint8_t a[4])
{
    return a[0] == 169 && a[1] == 254;
}

static bool is_forbidden(const struct sockaddr *address)
{
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    if (address->sa_family == AF_INET)
        return is_link_local_v4(
            (const uint8_t *)&((const struct sockaddr_in *)(const void *)address)->sin_addr);
    if (address->sa_family != AF_INET6)
        return true;
    const uint8_t *a = ((const struct sockaddr_in6 *)(const void *)address)->sin6_addr.s6_addr;
    if (memcmp(a, mapped, sizeof mapped) == 0)
        return is_link_local_v4(a + sizeof mapped);
    return a[0] == 0xFE && (a[1] & 0xC0) == 0x80;
}

static curl_socket_t open_socket(void *ctx, curlsocktype purpose UNUSED,
                                 struct curl_sockaddr *address)
{
    struct http_call *call = ctx;
    if (is_forbidden(&address->addr)) {
        call->is_forbidden = true;
        return CURL_SOCKET_BAD;
    }
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
    copy_trimmed(call->content_type, sizeof call->content_type, text,
                 MIN(n, strcspn(text, ";\r\n")));
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
    char seconds[16];
    int64_t value;
    copy_trimmed(seconds, sizeof seconds, text, n);
    call->retry_after = str_int(seconds, &value) && value > 0 ? SECONDS(MIN(value, 86400)) : 0;
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

static size_t on_header(char *line, size_t size, size_t n, void *ctx)
{
    struct http_call *call = ctx;
    size_t n_line = size * n;
    call->has_headers = true;
    for (size_t i = 0; i < COUNT(wanted_headers); i++) {
        size_t n_name = strlen(wanted_headers[i].name);
        if (n_line > n_name && strncasecmp(line, wanted_headers[i].name, n_name) == 0)
            wanted_headers[i].take(call, line + n_name, n_line - n_name);
    }
    return n_line;
}

static bool is_json_list(struct http_call *call)
{
    long status = 0;
    curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &status);
    return status == 200 && str_eq(call->content_type, "application/json");
}

static size_t on_body(char *bytes, size_t size, size_t n, void *ctx)
{
    struct http_call *call = ctx;
    size_t n_bytes = size * n;
    call->n_streamed += n_bytes;
    if (call->n_streamed > call->request.body_max) {
        call->is_too_large = true;
        return CURL_WRITEFUNC_ERROR;
    }
    if (!call->request.on_chunk || !is_json_list(call)) {
        buf_add(&call->received, bytes, n_bytes);
        call->is_too_large = call->received.is_cut;
        return call->is_too_large ? CURL_WRITEFUNC_ERROR : n_bytes;
    }
    call->is_streaming = true;
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
    call->headers = curl_slist_append(call->headers, "Content-Type: application/json");
    call->headers = curl_slist_append(call->headers, "Expect:");
}

static void set_headers(struct http_call *call, const struct http_request *request)
{
    call->headers = curl_slist_append(NULL, "Accept: application/json");
    for (size_t i = 0; i < HTTP_HEADERS_MAX && request->headers[i].name; i++) {
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
    long timeout = request->on_chunk ? STREAM_SECONDS * 1000L : (long)request->timeout;
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, timeout);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)MIN(request->timeout, timeout));
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES);
    curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME,
                     (long)MIN((ms_t)SLOW_SECONDS, request->timeout / 1000 + 1));
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, (long)RECEIVE_BUFFER);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, call);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, request->tls_no_verify ? 0L : 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, request->tls_no_verify ? 0L : 2L);
    if (request->tls_ca_file)
        curl_easy_setopt(easy, CURLOPT_CAINFO, request->tls_ca_file);
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
    buf_init(&call->received, request->body_max);
    curl_easy_setopt(call->easy, CURLOPT_URL, request->url);
    curl_easy_setopt(call->easy, CURLOPT_USERAGENT, user_agent);
    curl_easy_setopt(call->easy, CURLOPT_PRIVATE, call);
    curl_easy_setopt(call->easy, CURLOPT_ERRORBUFFER, call->error);
    curl_easy_setopt(call->easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(call->easy, CURLOPT_HEADERDATA, call);
    curl_easy_setopt(call->easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(call->easy, CURLOPT_WRITEDATA, call);
    set_limits(call, request);
    set_headers(call, request);
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
