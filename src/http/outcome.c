/* http/outcome.c — what became of a transfer: its class and one clear clause. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "http/call.h"

/* CURLE_TOO_LARGE, since curl 8.6: it has limits of its own on the headers of an answer. */
enum { CURL_TOO_LARGE = 100 };

static const struct {
    CURLcode code;
    enum http_end end;
} ends[] = {
    {CURLE_OK, HTTP_ANSWERED},
    {CURLE_COULDNT_CONNECT, HTTP_REFUSED},
    {CURLE_SEND_ERROR, HTTP_REFUSED},
    {CURLE_GOT_NOTHING, HTTP_REFUSED},
    {CURLE_COULDNT_RESOLVE_HOST, HTTP_NO_NAME},
    {CURLE_SSL_CONNECT_ERROR, HTTP_TLS},
    {CURLE_PEER_FAILED_VERIFICATION, HTTP_TLS},
    {CURLE_SSL_CACERT_BADFILE, HTTP_TLS},
    {CURLE_SSL_CERTPROBLEM, HTTP_TLS},
    {CURLE_OPERATION_TIMEDOUT, HTTP_TIMEOUT},
    {CURLE_PARTIAL_FILE, HTTP_CUT},
    {CURLE_RECV_ERROR, HTTP_CUT},
    {(CURLcode)CURL_TOO_LARGE, HTTP_TOO_LARGE},
};

static enum http_end end_of(const struct http_call *call, CURLcode code)
{
    if (call->is_forbidden && code == CURLE_COULDNT_CONNECT && call->n_sockets == 0)
        return HTTP_FORBIDDEN; /* a name may have other addresses */
    if (call->is_too_large)
        return HTTP_TOO_LARGE;
    if (call->is_stopped)
        return HTTP_STOPPED;
    if (code == CURLE_RECV_ERROR && !call->has_headers)
        return HTTP_REFUSED; /* reset before an answer */
    for (size_t i = 0; i < COUNT(ends); i++)
        if (ends[i].code == code)
            return ends[i].end;
    return HTTP_BROKEN;
}

/* "localhost:8989", from the URL that curl parsed; never its path or query. */
static void host_of(const struct http_call *call, char *ret, size_t size)
{
    char *host = NULL, *port = NULL;
    CURLU *url = curl_url();
    const char *text = NULL;
    curl_easy_getinfo(call->easy, CURLINFO_EFFECTIVE_URL, &text);
    bool ok = text && !curl_url_set(url, CURLUPART_URL, text, 0) &&
              !curl_url_get(url, CURLUPART_HOST, &host, 0) &&
              !curl_url_get(url, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT);
    snprintf(ret, size, "%s%s%s", ok ? host : "the server", ok ? ":" : "", ok ? port : "");
    curl_free(host);
    curl_free(port);
    curl_url_cleanup(url);
}

/* What a clause is made of. */
struct ending {
    const struct http_call *call;
    const char *host, *detail; /* detail: curl's own words */
    CURLcode code;
    char *ret;
    size_t size;
};

static void say_refused(const struct ending *x)
{
    if (x->code == CURLE_COULDNT_CONNECT)
        snprintf(x->ret, x->size, "nobody listens on %s", x->host);
    else
        snprintf(x->ret, x->size,
                 "%s closed the connection without an answer (TLS? then write 'https://' in 'url')",
                 x->host);
}

static void say_no_name(const struct ending *x)
{
    snprintf(x->ret, x->size, "the name of %s does not resolve", x->host);
}

static void say_tls(const struct ending *x)
{
    if (x->code == CURLE_SSL_CONNECT_ERROR)
        snprintf(x->ret, x->size,
                 "no TLS connection to %s: %s (plain HTTP? then write 'http://' in 'url')", x->host,
                 x->detail);
    else
        snprintf(x->ret, x->size, "no trusted TLS connection to %s: %s", x->host, x->detail);
}

static void say_timeout(const struct ending *x)
{
    snprintf(x->ret, x->size, "%s %s within %lld s", x->host,
             x->call->has_headers ? "did not finish its answer" : "did not answer",
             (long long)((loop_mono(x->call->loop) - x->call->started + 500) / 1000));
}

static void say_too_large(const struct ending *x)
{
    size_t most = x->call->request.body_max;
    bool is_mib = most >= 1024UL * 1024;
    if ((int)x->code == CURL_TOO_LARGE)
        snprintf(x->ret, x->size, "the answer of %s has too many or too large headers", x->host);
    else
        snprintf(x->ret, x->size, "the answer of %s is larger than %zu %s", x->host,
                 most >> (is_mib ? 20 : 10), is_mib ? "MiB" : "KiB");
}

static void say_cut(const struct ending *x)
{
    snprintf(x->ret, x->size, "the answer of %s ended early", x->host);
}

static void say_stopped(const struct ending *x)
{
    snprintf(x->ret, x->size, "the answer of %s was not what it should be", x->host);
}

static void say_forbidden(const struct ending *x)
{
    if (x->call->request.public_only)
        snprintf(x->ret, x->size,
                 "%s is a private address, which tenants may not reach unless an admin sets "
                 "settings.tenants.allow_private",
                 x->host);
    else
        snprintf(x->ret, x->size, "%s is a metadata address, which is never reached", x->host);
}

static void say_broken(const struct ending *x)
{
    if (x->call->is_unsendable)
        snprintf(x->ret, x->size, "the value of a header holds a line break");
    else
        snprintf(x->ret, x->size, "%s does not speak HTTP as it should: %s", x->host, x->detail);
}

static void (*const sayers[])(const struct ending *x) = {
    [HTTP_REFUSED] = say_refused, [HTTP_NO_NAME] = say_no_name,     [HTTP_TLS] = say_tls,
    [HTTP_TIMEOUT] = say_timeout, [HTTP_TOO_LARGE] = say_too_large, [HTTP_CUT] = say_cut,
    [HTTP_STOPPED] = say_stopped, [HTTP_FORBIDDEN] = say_forbidden, [HTTP_BROKEN] = say_broken,
};

static void say(const struct http_call *call, enum http_end end, CURLcode code, char *ret,
                size_t size)
{
    char host[160];
    host_of(call, host, sizeof host);
    ret[0] = '\0';
    if (end != HTTP_ANSWERED)
        sayers[end](&(struct ending){
            .call = call,
            .host = host,
            .detail = call->error[0] ? call->error : curl_easy_strerror(code),
            .code = code,
            .ret = ret,
            .size = size,
        });
}

/* By the server's own clock when it tells the time. */
static ms_t retry_after(const struct http_call *call)
{
    utc_t now = call->date ? call->date : loop_utc(call->loop);
    ms_t until = call->retry_at > now ? call->retry_at - now : 0;
    return call->retry_after ? call->retry_after : MIN(until, DAYS(1));
}

void call_finish(struct http_call *call, CURLcode code)
{
    char problem[400];
    long status = 0;
    enum http_end end = end_of(call, code);
    say(call, end, code, problem, sizeof problem);
    curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &status);
    struct http_reply reply = {
        .end = end,
        .status = (int)status,
        .content_type = call->content_type,
        .location = call->location,
        .version = call->version,
        .date = call->date,
        .retry_after = retry_after(call),
        .body = call->received.at,
        .n_body = call->received.n,
        .took = loop_mono(call->loop) - call->started,
        .problem = problem,
    };
    call->request.on_done(call->request.ctx, &reply);
    call_free(call);
}
