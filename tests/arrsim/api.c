/* arrsim/api.c — the way of a request: faults, URL base, key, route; and of its answer, piece by
 * piece. */
#include "arrsim/api.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/str.h"

enum { TARGET_MAX = 8192, PIECE = 32 * 1024, BODY_MAX = 1 << 30 };

struct ex *ex_new(struct sim *s)
{
    struct ex *x = NEW(struct ex);
    x->s = s;
    x->mem = arena_new();
    x->status = 200;
    x->type = "application/json; charset=utf-8";
    x->has_version = true;
    x->method = "GET";
    x->path = x->api_key = x->authorization = x->content_type = x->user_agent = x->body = "";
    x->accept = "*/*";
    buf_init(&x->head, BODY_MAX);
    x->j = (struct jw){.out = &x->head,
                       .is_old = is_old(s),
                       .is_ascii = is_on(s, B_escaped_unicode),
                       .is_west = is_on(s, B_offset_dates),
                       .is_first = true};
    return x;
}

struct ex *ex_free(struct ex *x)
{
    if (!x)
        return NULL;
    arena_free(x->mem);
    buf_done(&x->head);
    vec_done(&x->query);
    vec_done(&x->rows);
    mem_free(x);
    return NULL;
}

/* ---- the request ---- */

static int hex(char c)
{
    return isdigit((unsigned char)c)    ? c - '0'
           : isxdigit((unsigned char)c) ? tolower((unsigned char)c) - 'a' + 10
                                        : -1;
}

static char *decoded(struct ex *x, const char *text, size_t n)
{
    char *ret = arena_strndup(x->mem, text, n), *to = ret;
    for (const char *at = ret; *at; at++) {
        if (*at == '%' && hex(at[1]) >= 0 && hex(at[2]) >= 0) {
            *to++ = (char)(hex(at[1]) * 16 + hex(at[2]));
            at += 2;
        } else {
            *to++ = *at == '+' ? ' ' : *at;
        }
    }
    *to = '\0';
    return ret;
}

bool ex_set_target(struct ex *x, const char *target)
{
    if (strlen(target) > TARGET_MAX)
        return false;
    x->target = arena_strdup(x->mem, target);
    size_t n_path = strcspn(target, "?#");
    x->path = n_path ? decoded(x, target, n_path) : "/";
    const char *at = target + n_path + (target[n_path] == '?');
    while (*at && *at != '#') {
        size_t n = strcspn(at, "&#"), n_key = strcspn(at, "=&#");
        bool has_value = n_key < n;
        vec_push(
            &x->query,
            (struct query){.key = decoded(x, at, n_key),
                           .value = has_value ? decoded(x, at + n_key + 1, n - n_key - 1) : ""});
        at += n + (at[n] == '&');
    }
    return true;
}

bool query_is(struct query *q, const char *key)
{
    bool is_it = str_case_eq(q->key, key);
    q->is_read = q->is_read || is_it;
    return is_it;
}

const char *ex_query(const struct ex *x, const char *key)
{
    for (size_t i = 0; i < x->query.n; i++)
        if (query_is(&x->query.at[i], key))
            return x->query.at[i].value;
    return NULL;
}

/* ---- versions ---- */

const char *api_version(const struct sim *s)
{
    if (is_on(s, B_newer_generation))
        return "9.0.0.1";
    if (s->app == SIM_SONARR)
        return is_old(s) ? "3.0.10.1567" : "4.0.19.2979";
    return is_old(s) ? "3.0.1.4259" : "6.1.0.10360";
}

const char *api_version_header(const struct sim *s)
{
    return s->app == SIM_RADARR && is_old(s) ? "X-ApplicationVersion" : "X-Application-Version";
}

const char *api_server_header(const struct sim *s)
{
    return s->app == SIM_SONARR && is_old(s) ? "Mono-HTTPAPI/1.0" : "Kestrel";
}

/* ---- URL base ---- */

static bool is_api(const char *path)
{
    return strcmp(path, "/api") == 0 || str_starts(path, "/api/");
}

/* Anything that is no API path belongs to the UI. */
static void answer_ui(struct ex *x)
{
    if (is_on(x->s, B_login_at_wrong_base)) {
        x->status = 302;
        x->location = arena_printf(x->mem, "%s/login?returnUrl=%s", x->s->base, x->path);
        x->type = NULL;
        x->has_version = false;
    } else if (is_on(x->s, B_basic_at_wrong_base)) {
        x->status = 401;
        x->authenticate =
            x->s->app == SIM_SONARR ? "Basic realm=\"Sonarr\"" : "Basic realm=\"Radarr\"";
        x->type = NULL;
        x->has_version = false;
    } else if (is_on(x->s, B_html_at_wrong_base)) {
        fail_page(x, 200, x->s->app == SIM_SONARR ? "Sonarr" : "Radarr");
    } else {
        fail_no_route(x);
    }
}

static bool has_key(const struct ex *x);

static void redirect_to_base(struct ex *x)
{
    if (is_api(x->path) && !is_old(x->s) && !has_key(x)) {
        x->status = 401;
        x->type = NULL;
        x->has_version = false;
        return;
    }
    x->location = arena_printf(x->mem, "%s%s", x->s->base, x->target);
    x->status = is_old(x->s) ? 303 : 307;
    x->type = NULL;
    x->has_version = false;
}

/* Cuts the base off; false: answered. */
static bool enter_base(struct ex *x)
{
    const char *base = x->s->base;
    size_t n = strlen(base);
    if (n && strncasecmp(x->path, base, n) == 0 && (x->path[n] == '/' || !x->path[n])) {
        x->path = x->path[n] ? x->path + n : "/";
        return true;
    }
    if (!n)
        return true;
    redirect_to_base(x);
    return false;
}

/* ---- the key ---- */

/* The first that is present decides, right or wrong; the old ones look at the header first. */
static bool has_key(const struct ex *x)
{
    const char *query = ex_query(x, "apikey");
    const char *header = *x->api_key ? x->api_key : NULL;
    const char *bearer = str_starts(x->authorization, "Bearer ") ? x->authorization + 7 : NULL;
    const char *first = is_old(x->s) ? header : query, *second = is_old(x->s) ? query : header;
    const char *key = first ? first : second ? second : bearer;
    return key && strcmp(key, x->s->key) == 0;
}

static void refuse_key(struct ex *x)
{
    x->status = 401;
    x->has_version = false;
    if (!is_old(x->s)) {
        x->type = NULL;
        return;
    }
    jw_object(&x->j, NULL);
    jw_str(&x->j, "error", "Unauthorized");
    jw_close(&x->j);
}

/* ---- routes ---- */

static bool fits(struct ex *x, const char *pattern)
{
    const char *open = strchr(pattern, '{');
    if (!open)
        return strcasecmp(pattern, x->path) == 0;
    size_t n = (size_t)(open - pattern);
    if (strncasecmp(pattern, x->path, n) != 0)
        return false;
    const char *id = x->path + n, *slash = strchr(id, '/');
    bool has_name = slash && slash[1] && !strchr(slash + 1, '/');
    if (has_name != (strstr(open, "/{name}") != NULL))
        return false;
    return str_int(has_name ? arena_strndup(x->mem, id, (size_t)(slash - id)) : id, &x->id);
}

static bool exists(const struct sim *s, const struct route *r)
{
    return r->apps & (1 << s->app) && r->profiles & (1 << s->profile);
}

static const struct route *find_route(struct ex *x, bool *ret_path_known)
{
    *ret_path_known = false;
    for (size_t i = 0; i < n_routes; i++) {
        if (!exists(x->s, &routes[i]) || !fits(x, routes[i].path))
            continue;
        *ret_path_known = true;
        if (str_eq(routes[i].method, x->method))
            return &routes[i];
        x->allow = routes[i].method;
    }
    return NULL;
}

static void count(struct ex *x, const char *route)
{
    struct sim *s = x->s;
    s->n_requests++;
    for (size_t i = 0; i < s->requests.n; i++)
        if (str_eq(s->requests.at[i].route, route) && str_eq(s->requests.at[i].method, x->method)) {
            s->requests.at[i].n++;
            return;
        }
    const char *method = str_eq(x->method, "GET")      ? "GET"
                         : str_eq(x->method, "POST")   ? "POST"
                         : str_eq(x->method, "HEAD")   ? "HEAD"
                         : str_eq(x->method, "DELETE") ? "DELETE"
                                                       : "OTHER";
    vec_push(&s->requests, (struct request_count){method, route, 1});
}

/* Real servers answer as if it were not there, without a word. */
static void note_ignored(struct ex *x, const char *route)
{
    for (size_t i = 0; i < x->query.n; i++)
        if (!x->query.at[i].is_read)
            snprintf(x->s->ignored, sizeof x->s->ignored, "%s?%s", route, x->query.at[i].key);
}

static bool accepts_json(const struct ex *x)
{
    return strstr(x->accept, "json") || strstr(x->accept, "*/*") ||
           strstr(x->accept, "application/*");
}

static void answer_api(struct ex *x)
{
    bool path_known;
    const struct route *r = find_route(x, &path_known);
    count(x, r ? r->path : "(unknown)");
    if (!has_key(x)) {
        refuse_key(x);
        return;
    }
    if (r && (accepts_json(x) || r->fn == get_cover)) {
        r->fn(x);
        if (x->status == 200)
            note_ignored(x, r->path);
        return;
    }
    if (!path_known) {
        fail_no_route(x);
        return;
    }
    x->status = r ? 406 : 405;
    x->type = NULL;
}

static void answer_ping(struct ex *x)
{
    count(x, "/ping");
    if (x->s->app == SIM_RADARR && is_old(x->s))
        fail_page(x, 200, "Radarr");
    else
        get_ping(x);
}

static void answer_starting(struct ex *x)
{
    x->status = 503;
    x->has_version = false;
    jw_object(&x->j, NULL);
    jw_str(&x->j, "errorMessage",
           x->s->app == SIM_SONARR ? "Sonarr is starting up, please try again later"
                                   : "Radarr is starting up, please try again later");
    jw_close(&x->j);
}

static void answer(struct ex *x)
{
    if (is_on(x->s, B_proxy_login_page)) {
        fail_page(x, 200, "Sign in");
        return;
    }
    if (!enter_base(x))
        return;
    if (fault_meets(x))
        return;
    if (x->s->now < x->s->starting_until)
        answer_starting(x);
    else if (is_api(x->path))
        answer_api(x);
    else if (strcmp(x->path, "/ping") == 0)
        answer_ping(x);
    else if (str_starts(x->path, "/MediaCover/"))
        answer_cover_of_ui(x);
    else
        answer_ui(x);
}

void api_answer(struct ex *x)
{
    sim_advance(x->s);
    x->latency = x->s->latency ? x->s->latency : 4 + (ms_t)sim_draw(x->s, 21, x->s->n_requests, 36);
    if (x->s->now < x->s->down_until) {
        x->wire = WIRE_RESET;
        x->s->n_requests++;
        return;
    }
    answer(x);
    if (!x->row)
        jw_close_all(&x->j);
}

bool api_next(struct ex *x, struct buf *out)
{
    if (!x->was_head_sent)
        buf_add(out, x->head.at, x->head.n);
    x->was_head_sent = true;
    if (!x->row)
        return false;
    x->j.out = out;
    size_t until = out->n + PIECE;
    while (x->at_row < x->rows.n && out->n < until)
        x->row(x, x->rows.at[x->at_row++]);
    if (x->at_row < x->rows.n)
        return true;
    jw_close_all(&x->j);
    return false;
}
