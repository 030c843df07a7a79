/* arr/answer.c — from HTTP to trouble and sentence, by table. */
#include "arr/answer.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/jx.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/value.h"

enum { LINE = 200 };

void answer_bad(struct arr_result *r, enum arr_trouble trouble, const char *fmt, ...)
{
    char text[sizeof r->err.msg];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    r->trouble = trouble;
    err_set(&r->err, ERR_REMOTE, "%s", text);
}

/* ---- no answer ---- */

static const struct end {
    enum arr_trouble trouble;
    const char *remedy;
} ends[] = {
    [HTTP_REFUSED] = {ARR_UNREACHABLE, "check that it runs and that 'url' names its host and port"},
    [HTTP_NO_NAME] = {ARR_UNREACHABLE, "check the host in 'url'"},
    [HTTP_TLS] = {ARR_TLS, "check the certificate, or name its authority with 'tls: {ca_file: …}'"},
    [HTTP_TIMEOUT] = {ARR_UNREACHABLE, "if it is only slow, raise 'timeout'"},
    [HTTP_TOO_LARGE] = {ARR_SERVER, "check that 'url' leads to the application itself"},
    [HTTP_CUT] = {ARR_SERVER, "it is asked again later; if this stays, read its log"},
    [HTTP_STOPPED] = {ARR_SERVER, "if this stays, read the server's log"},
    [HTTP_FORBIDDEN] = {ARR_UNREACHABLE, "change 'url'"},
    [HTTP_BROKEN] = {ARR_SERVER, "check the port and 'http' or 'https' in 'url'"},
};

static void no_answer(const struct answer_to *to, const struct http_reply *reply,
                      struct arr_result *ret)
{
    const struct end *end = &ends[reply->end];
    bool is_list = reply->end == HTTP_STOPPED && to->list_err->code;
    const char *problem = is_list ? to->list_err->msg : reply->problem;
    char line[LINE];
    answer_redact(problem ? problem : "no answer", sizeof line, line);
    answer_bad(ret, end->trouble, "%s; %s", line, end->remedy);
}

/* ---- an error with a body ---- */

/* RFC 7807 of a rejected request: {"errors": {"pageSize": ["The value …"]}}. */
static const char *first_of_errors(const json_t *body)
{
    void *at = json_object_iter(json_object_get(body, "errors"));
    return at ? json_string_value(json_array_get(json_object_iter_value(at), 0)) : NULL;
}

static const char *line_of(const json_t *body)
{
    static const char *const members[] = {"message", "errorMessage", "title", "error"};
    if (json_is_array(body))
        body = json_array_get(body, 0);
    const char *line = first_of_errors(body);
    for (size_t i = 0; i < COUNT(members) && !line; i++)
        line = jx_str(body, members[i]);
    return line;
}

/* What the server says about its error, "" when nothing: one line, redacted. */
static const char *said(const struct http_reply *reply, char ret[static LINE])
{
    CLEANUP(jx_decrefp) json_t *body = NULL;
    struct err unused;
    bool is_json = jx_parse(reply->body, reply->n_body, &body, &unused);
    const char *line = is_json ? line_of(body) : NULL;
    answer_redact(line ? line : "", LINE, ret);
    return ret;
}

static void error_status(const struct answer_to *to, const struct http_reply *reply,
                         enum arr_trouble trouble, const char *remedy, struct arr_result *ret)
{
    char line[LINE];
    said(reply, line);
    answer_bad(ret, trouble, "%s answered %d%s%s%s; %s", to->app, reply->status, *line ? " (" : "",
               line, *line ? ")" : "", remedy);
}

/* ---- somebody else answered ---- */

/* "http://host:8989" of a URL with or without a path. */
static int n_origin(const char *url)
{
    const char *host = strstr(url, "://");
    host = host ? host + 3 : url;
    return (int)(host - url + (ptrdiff_t)strcspn(host, "/?#"));
}

static const char *path_of(const char *location)
{
    return *location == '/' ? location : location + n_origin(location);
}

/* The URL base is what a redirect puts before the path that was asked for; the path of `url` itself
 * is then wrong. Other hosts are not believed. */
static bool tell_base(const struct answer_to *to, const char *location, struct arr_result *ret)
{
    const char *path = path_of(location), *api = strstr(path, "/api/v3");
    int origin = n_origin(to->url);
    size_t n_own = strlen(to->url + origin), n_base = api ? (size_t)(api - path) : 0;
    bool is_here = *location == '/' || strncmp(location, to->url, (size_t)origin) == 0;
    if (n_base > n_own && memcmp(api - n_own, to->url + origin, n_own) == 0)
        n_base -= n_own;
    if (!is_here || n_base == 0 || n_base > 100 || n_base > strcspn(path, "?#"))
        return false;
    answer_bad(ret, ARR_NOT_AN_API,
               "%s has the URL base '%.*s', which 'url' lacks; write url: %.*s%.*s", to->app,
               (int)n_base, path, origin, to->url, (int)n_base, path);
    return true;
}

static void redirected(const struct answer_to *to, const struct http_reply *reply,
                       struct arr_result *ret)
{
    char line[LINE];
    const char *path = path_of(reply->location);
    size_t n_path = strcspn(path, "?#");
    bool is_login = n_path >= 6 && memcmp(path + n_path - 6, "/login", 6) == 0;
    if (tell_base(to, reply->location, ret))
        return;
    answer_redact(reply->location, sizeof line, line);
    if (is_login)
        answer_bad(ret, ARR_NOT_AN_API,
                   "a login page answered instead of %s's API; 'url' lacks its URL base or has a "
                   "wrong one (Settings > General), or a proxy in front asks for a login: let "
                   "/api through there",
                   to->app);
    else
        answer_bad(ret, ARR_NOT_AN_API,
                   "a redirect to '%s' instead of %s's API; write the address it leads to, with "
                   "the URL base, as 'url'",
                   line, to->app);
}

static void not_json(const struct answer_to *to, const struct http_reply *reply,
                     struct arr_result *ret)
{
    char type[60];
    answer_redact(*reply->content_type ? reply->content_type : "nothing", sizeof type, type);
    answer_bad(ret, ARR_NOT_AN_API,
               "'%s' answers %d with %s where %s's API should be; check that 'url' ends in the URL "
               "base of Settings > General, and that it leads to %s itself",
               to->url, reply->status, type, to->app, to->app);
}

/* ---- a status ---- */

static bool is_json(const struct http_reply *reply)
{
    return str_eq(reply->content_type, "application/json");
}

static void unauthorized(const struct answer_to *to, const struct http_reply *reply,
                         struct arr_result *ret)
{
    (void)reply;
    answer_bad(ret, ARR_UNAUTHORIZED,
               "%s refuses the API key; compare 'api_key' with Settings > General > Security there",
               to->app);
}

static void gone(const struct answer_to *to, const struct http_reply *reply, struct arr_result *ret)
{
    if (str_starts(reply->content_type, "text/html"))
        not_json(to, reply, ret);
    else
        error_status(to, reply, ARR_GONE, "it no longer exists, or this version has no such list",
                     ret);
}

/* "; it asks to be left alone for 1h", or "". */
static const char *rest(const struct http_reply *reply, char ret[static LINE])
{
    char text[VALUE_TEXT];
    ms_t whole = reply->retry_after / SECONDS(1) * SECONDS(1);
    ret[0] = '\0';
    if (whole)
        snprintf(ret, LINE, "; it asks to be left alone for %s", value_print_dur(whole, text));
    return ret;
}

static void unreachable(const struct answer_to *to, const struct http_reply *reply,
                        struct arr_result *ret)
{
    char line[LINE], remedy[2 * LINE];
    snprintf(remedy, sizeof remedy,
             "it is starting, or the proxy in front cannot reach it; it is asked again later%s",
             rest(reply, line));
    error_status(to, reply, ARR_UNREACHABLE, remedy, ret);
}

static void too_many(const struct answer_to *to, const struct http_reply *reply,
                     struct arr_result *ret)
{
    char line[LINE], remedy[2 * LINE];
    snprintf(remedy, sizeof remedy, "a proxy in front limits requests; lower 'max_requests'%s",
             rest(reply, line));
    error_status(to, reply, ARR_SERVER, remedy, ret);
}

static const struct {
    int from, to;
    void (*tell)(const struct answer_to *to, const struct http_reply *reply,
                 struct arr_result *ret);
} statuses[] = {
    {300, 399, redirected}, {401, 401, unauthorized}, {404, 404, gone},
    {429, 429, too_many},   {502, 504, unreachable},
};

static void bad_status(const struct answer_to *to, const struct http_reply *reply,
                       struct arr_result *ret)
{
    for (size_t i = 0; i < COUNT(statuses); i++)
        if (reply->status >= statuses[i].from && reply->status <= statuses[i].to) {
            statuses[i].tell(to, reply, ret);
            return;
        }
    error_status(to, reply, ARR_SERVER, "if this stays, read the server's log", ret);
}

/* ---- all is well, perhaps ---- */

static void parse(const struct answer_to *to, const struct http_reply *reply,
                  struct arr_result *ret, json_t **ret_body)
{
    struct err why = {0};
    if (to->is_list ? !to->list_err->code : jx_parse(reply->body, reply->n_body, ret_body, &why))
        return;
    char line[LINE];
    answer_redact(to->is_list ? to->list_err->msg : why.msg, sizeof line, line);
    answer_bad(ret, ARR_SERVER,
               "the answer cannot be read: %s; if this stays, read "
               "the server's log",
               line);
}

void answer_read(const struct answer_to *to, const struct http_reply *reply, struct arr_result *ret,
                 json_t **ret_body)
{
    *ret = (struct arr_result){.trouble = ARR_OK, .server_date = reply->date};
    *ret_body = NULL;
    if (reply->end != HTTP_ANSWERED)
        no_answer(to, reply, ret);
    else if (reply->status < 200 || reply->status > 299)
        bad_status(to, reply, ret);
    else if (!is_json(reply))
        not_json(to, reply, ret);
    else
        parse(to, reply, ret, ret_body);
}
