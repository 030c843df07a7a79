/* arr/arr.c — the server object: one request at a time, politely spaced, each given to the call it
 * belongs to. Knows nothing about what is asked. */
#include "arr/arr.h"

#include <stdarg.h>

#include "arr/answer.h"
#include "arr/ask.h"
#include "base/buf.h"
#include "base/jx.h"
#include "base/log.h"
#include "base/mem.h"
#include "http/limit.h"

enum { BODY_MAX = 64 * 1024 * 1024 };
/* How long, and how often for one request, a server's wish to be left alone is waited for. */
enum { REST_MAX_MINUTES = 10, RESTS_MAX = 3 };
#define LIST_MAX ((size_t)1024 * 1024 * 1024)

struct arr {
    char *instance, *url, *ca_file;
    enum app app;
    struct secret key;
    ms_t timeout;
    bool tls_verify, public_only, tells_rests;
    struct loop *loop;
    struct transport *transport;
    struct limit limit;
    struct ask *first, *last; /* waiting */
    struct timer *timer;      /* until the first may go */
    struct ask *current;      /* under way */
    struct http_call *call;
    void (*on_answer)(void *ctx, const struct arr_answer *answer);
    void *on_answer_ctx;
    uint64_t n_sent;
    ms_t rest_until; /* monotonic: the server asked for quiet until then; 0: it did not */
    utc_t retry_at;  /* the same in words of the calendar, of the answer before */
};

/* ---- one request ---- */

static void kick(struct arr *a);

static struct ask *ask_free(struct ask *q)
{
    if (q->on_free)
        q->on_free(q);
    split_free(q->split);
    arena_free(q->arena);
    mem_free(q);
    return NULL;
}

static bool element_in(void *ctx, json_t *element, struct err *e)
{
    struct ask *q = ctx;
    return q->on_element(q, element, e);
}

static bool chunk_in(void *ctx, const char *bytes, size_t n)
{
    struct arr *a = ctx;
    return split_feed(a->current->split, bytes, n, &a->current->split_err);
}

static void finish_list(struct ask *q, const struct http_reply *reply)
{
    bool is_read = reply->end == HTTP_ANSWERED && !q->split_err.code;
    if (is_read && !split_end(q->split, &q->split_err))
        err_in(&q->split_err, "reading %s", q->path);
    q->split = split_free(q->split);
}

static void push_front(struct ask *q)
{
    struct arr *a = q->arr;
    q->next = a->first;
    a->first = q;
    a->last = a->last ? a->last : q;
    kick(a);
}

/* Whether the request waits to be sent again, because the server asked for a bearable rest. What is
 * behind it waits too. A POST is never repeated: it may have been heard. */
static bool takes_rest(struct arr *a, struct ask *q, const struct http_reply *reply)
{
    bool is_refusal = reply->end == HTTP_ANSWERED && (reply->status == 429 || reply->status == 503);
    ms_t rest = is_refusal ? reply->retry_after : 0;
    a->retry_at = rest ? loop_utc(a->loop) + rest : 0;
    if (!rest || rest > MINUTES(REST_MAX_MINUTES) || a->tells_rests)
        return false;
    log_warning("instance_degraded", KV("instance", a->instance), KV("status", reply->status),
                KV("rest_s", rest / 1000));
    a->rest_until = loop_mono(a->loop) + rest;
    if (q->body || q->n_rests == RESTS_MAX)
        return false;
    q->n_rests++;
    push_front(q);
    return true;
}

static void tell_answer(struct arr *a, const struct http_reply *reply, const struct arr_result *r)
{
    const struct arr_answer answer = {.trouble = r->trouble,
                                      .err = &r->err,
                                      .is_timeout = reply->end == HTTP_TIMEOUT,
                                      .took = reply->took};
    if (a->on_answer)
        a->on_answer(a->on_answer_ctx, &answer);
}

/* The queue is set going before the call hears of its answer: `done` may free the server. */
static void answered(void *ctx, const struct http_reply *reply)
{
    struct arr *a = ctx;
    struct ask *q = TAKE(a->current);
    a->call = NULL;
    if (q->split)
        finish_list(q, reply);
    if (takes_rest(a, q, reply))
        return;
    q->n_rests = 0;
    struct arr_result r;
    CLEANUP(jx_decrefp) json_t *body = NULL;
    answer_read(
        &(struct answer_to){
            .app = q->dialect->name, .url = a->url, .is_list = q->keys, .list_err = &q->split_err},
        reply, &r, &body);
    tell_answer(a, reply, &r);
    kick(a);
    if (!q->on_end(q, &r, body))
        ask_free(q);
}

static void send_first(void *ctx)
{
    struct arr *a = ctx;
    struct ask *q = a->first;
    a->timer = NULL;
    a->first = q->next;
    a->last = a->first ? a->last : NULL;
    a->current = q;
    q->next = NULL;
    q->split_err = (struct err){0};
    q->split = q->keys ? split_new(q->keys, element_in, q) : NULL;
    CLEANUP(freep) char *url = mem_printf("%s/api/v3/%s", a->url, q->path);
    a->n_sent++;
    a->call = a->transport->start(a->transport,
                                  &(struct http_request){
                                      .method = q->body ? "POST" : "GET",
                                      .url = url,
                                      .headers = {{"X-Api-Key", a->key.value ? a->key.value : ""}},
                                      .body = q->body,
                                      .timeout = a->timeout,
                                      .body_max = q->keys ? LIST_MAX : BODY_MAX,
                                      .tls_no_verify = !a->tls_verify,
                                      .tls_ca_file = a->ca_file,
                                      .public_only = a->public_only,
                                      .on_chunk = q->keys ? chunk_in : NULL,
                                      .on_done = answered,
                                      .ctx = a,
                                  });
}

static void kick(struct arr *a)
{
    if (!a->first || a->current || a->timer)
        return;
    ms_t now = loop_mono(a->loop), wait = limit_take(&a->limit, now);
    a->timer = loop_after(a->loop, MAX(wait, a->rest_until - now), send_first, a);
}

/* ---- for the calls ---- */

void *ask_new(struct arr *a, size_t n_bytes, void *ctx)
{
    struct ask *q = mem_zeroed(n_bytes);
    q->arr = a;
    q->dialect = a->app == APP_SONARR ? dialect_sonarr() : dialect_radarr();
    q->arena = arena_new();
    q->ctx = ctx;
    return q;
}

static void push_back(struct ask *q)
{
    struct arr *a = q->arr;
    if (a->last)
        a->last->next = q;
    else
        a->first = q;
    a->last = q;
    kick(a);
}

PRINTF(2, 0)
static char *path_in(struct ask *q, const char *fmt, va_list args)
{
    CLEANUP(buf_done) struct buf b = {0};
    buf_init(&b, 4096);
    buf_vprintf(&b, fmt, args);
    return arena_strdup(q->arena, b.at);
}

void ask_get(struct ask *q, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    q->path = path_in(q, fmt, args);
    va_end(args);
    push_back(q);
}

void ask_get_next(struct ask *q, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    q->path = path_in(q, fmt, args);
    va_end(args);
    push_front(q);
}

void ask_post(struct ask *q, const char *path, const json_t *body)
{
    CLEANUP(freep) char *text = jx_canonical(body);
    q->path = path;
    q->body = arena_strdup(q->arena, text);
    push_back(q);
}

void ask_bad_body(const struct ask *q, struct arr_result *r, const char *what)
{
    answer_bad(r, ARR_SERVER, "%s answered %s; if this stays, read the server's log",
               q->dialect->name, what);
}

utc_t ask_now(const struct ask *q)
{
    return loop_utc(q->arr->loop);
}

/* ---- the object ---- */

struct arr *arr_new(const struct arr_setup *setup)
{
    struct arr *a = NEW(struct arr);
    a->instance = mem_strdup(setup->instance);
    a->url = mem_strdup(setup->url);
    a->ca_file = mem_strdup(setup->tls_ca_file);
    a->app = setup->app;
    if (setup->key && setup->key->value)
        secret_set(&a->key, setup->key->value, setup->key->n);
    a->timeout = setup->timeout;
    a->tls_verify = setup->tls_verify;
    a->public_only = setup->public_only;
    a->tells_rests = setup->tells_rests;
    a->loop = setup->loop;
    a->transport = setup->transport;
    a->on_answer = setup->on_answer;
    a->on_answer_ctx = setup->ctx;
    limit_init(&a->limit, setup->max_requests, loop_mono(a->loop));
    return a;
}

struct arr *arr_free(struct arr *a)
{
    if (!a)
        return NULL;
    timer_stop(a->timer);
    if (a->call)
        a->transport->cancel(a->transport, a->call);
    if (a->current)
        ask_free(a->current);
    for (struct ask *q = a->first, *next; q; q = next) {
        next = q->next;
        ask_free(q);
    }
    secret_done(&a->key);
    mem_free(a->instance);
    mem_free(a->url);
    mem_free(a->ca_file);
    mem_free(a);
    return NULL;
}

utc_t arr_retry_at(const struct arr *a)
{
    return a->retry_at;
}

uint64_t arr_requests(const struct arr *a)
{
    return a->n_sent;
}
