/* Any bytes as the answer of a server to every question we ask: nothing crashes, every question is
 * answered exactly once, and what comes out has no NULL strings. The first two bytes choose
 * application, question and status. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "arr/arr.h"
#include "base/mem.h"

/* A transport that answers with the input. */
struct echo {
    struct transport transport;
    struct loop *loop;
    char *body;
    size_t n;
    int status;
    bool is_probe;
};
struct http_call {
    struct echo *echo;
    struct http_request request;
    struct timer *timer;
};

static const char probe_sonarr[] = "{\"appName\":\"Sonarr\",\"version\":\"4.0.19.2979\"}";
static const char probe_radarr[] = "{\"appName\":\"Radarr\",\"version\":\"6.1.0.10360\"}";

static void answer(void *ctx)
{
    struct http_call *c = ctx;
    struct echo *echo = c->echo;
    bool streams = c->request.on_chunk && echo->status == 200;
    bool goes_on = !streams || c->request.on_chunk(c->request.ctx, echo->body, echo->n);
    struct http_reply reply = {.end = goes_on ? HTTP_ANSWERED : HTTP_STOPPED,
                               .status = echo->status,
                               .content_type = "application/json",
                               .location = "",
                               .version = "",
                               .problem = "stopped",
                               .date = 1000,
                               .body = streams ? "" : echo->body,
                               .n_body = streams ? 0 : echo->n};
    struct http_request request = c->request;
    mem_free(c);
    request.on_done(request.ctx, &reply);
}

static struct http_call *start(struct transport *t, const struct http_request *request)
{
    struct http_call *c = NEW(struct http_call);
    c->echo = (struct echo *)(void *)t;
    c->request = *request;
    c->timer = loop_after(c->echo->loop, 0, answer, c);
    return c;
}

static void cancel(struct transport *t, struct http_call *call)
{
    (void)t;
    timer_stop(call->timer);
    mem_free(call);
}

/* ---- questions ---- */

static int n_answers;

static void answered(void *ctx UNUSED, const struct arr_result *r)
{
    n_answers++;
    assert(r->trouble == ARR_OK || r->err.msg[0]);
}
static void probed(void *ctx, const struct arr_result *r, const struct arr_status *s)
{
    assert(s);
    answered(ctx, r);
}
static void see_item(const struct item *it)
{
    assert(it->title && it->tags && it->genres && it->imdb_id && it->episode_title &&
           it->sort_title);
    char label[ITEM_TITLE], identity[ITEM_IDENTITY];
    item_label(it, label);
    item_identity(it, identity);
}
static void on_title(void *ctx UNUSED, const struct title *t, const struct item *it)
{
    assert(t->title && t->tags && t->genres);
    if (it)
        see_item(it);
}
static void on_item(void *ctx UNUSED, const struct item *it)
{
    see_item(it);
}
static void got_item(void *ctx, const struct arr_result *r, const struct item *it)
{
    if (r->trouble == ARR_OK)
        see_item(it);
    answered(ctx, r);
}
static void on_profile(void *ctx UNUSED, const struct arr_profile *p)
{
    assert(p->name);
}
static void on_tag(void *ctx UNUSED, int64_t id UNUSED, const char *label)
{
    assert(label);
}
static void on_history(void *ctx UNUSED, const struct arr_history *h)
{
    assert(h->download_id && h->source_title && h->release_source);
}
static void on_command(void *ctx UNUSED, const struct arr_command *c)
{
    assert(memchr(c->message, '\0', sizeof c->message));
}
static void got_command(void *ctx, const struct arr_result *r, const struct arr_command *c)
{
    assert(r->trouble != ARR_OK || c);
    answered(ctx, r);
}
static void got_flag(void *ctx, const struct arr_result *r, bool flag UNUSED)
{
    answered(ctx, r);
}
static void got_number(void *ctx, const struct arr_result *r, int64_t n UNUSED)
{
    answered(ctx, r);
}
static void got_downloads(void *ctx, const struct arr_result *r, const struct arr_downloads *d)
{
    for (size_t i = 1; i < d->n_items; i++)
        assert(d->items[i - 1] <= d->items[i]);
    answered(ctx, r);
}
static void got_health(void *ctx, const struct arr_result *r, const struct arr_health *h)
{
    assert(h);
    answered(ctx, r);
}

static void ask(struct arr *a, int question, enum app app)
{
    static const struct title series = {
        .id = 1, .imdb_id = "", .title = "S", .sort_title = "s", .tags = "", .genres = ""};
    enum item_kind kind = app == APP_SONARR ? ITEM_EPISODE : ITEM_MOVIE;
    const struct item item = {
        .kind = kind, .id = 1, .imdb_id = "", .title = "", .tags = "", .genres = ""};
    switch (question % 11) {
    case 0: arr_titles(a, on_title, answered, NULL); break;
    case 1: arr_item(a, kind, 1, got_item, NULL); break;
    case 2: arr_profiles(a, on_profile, answered, NULL); break;
    case 3: arr_tags(a, on_tag, answered, NULL); break;
    case 4: arr_commands(a, on_command, answered, NULL); break;
    case 5: arr_command_get(a, 1, got_command, NULL); break;
    case 6: arr_history_since(a, 1000, true, on_history, answered, NULL); break;
    case 7: arr_downloads(a, got_downloads, NULL); break;
    case 8: arr_is_downloading(a, &item, got_flag, NULL); break;
    case 9: arr_health(a, got_health, NULL); break;
    case 10:
        if (app == APP_SONARR)
            arr_episodes(a, &series, on_item, answered, NULL);
        else
            arr_wanted_count(a, got_number, NULL);
        break;
    }
}

static void set_body(struct echo *echo, const char *body, size_t n, int status)
{
    mem_free(echo->body);
    echo->body = mem_zeroed(n + 1);
    memcpy(echo->body, body, n);
    echo->n = n;
    echo->status = status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int statuses[] = {200, 200, 200, 201, 400, 404, 500, 503};
    if (size < 2)
        return 0;
    enum app app = data[0] & 1 ? APP_RADARR : APP_SONARR;
    struct virtual_clock clock;
    struct err e;
    virtual_clock_init(&clock, 1000000);
    struct echo echo = {.transport = {.start = start, .cancel = cancel},
                        .loop = loop_new_virtual(&clock)};
    CLEANUP(secret_done) struct secret key = {0};
    secret_set(&key, "k", 1);
    struct arr *a = arr_new(&(struct arr_setup){.instance = "x",
                                                .app = app,
                                                .url = "http://x",
                                                .key = &key,
                                                .timeout = 1000,
                                                .max_requests = 50,
                                                .tls_verify = true,
                                                .loop = echo.loop,
                                                .transport = &echo.transport});
    const char *probe = app == APP_SONARR ? probe_sonarr : probe_radarr;
    set_body(&echo, probe, strlen(probe), 200);
    n_answers = 0;
    arr_probe(a, probed, NULL);
    bool ok = loop_run(echo.loop, &e);
    assert(ok && n_answers == 1);
    set_body(&echo, (const char *)data + 2, size - 2, statuses[data[1] % COUNT(statuses)]);
    ask(a, data[0] >> 1, app);
    ok = loop_run(echo.loop, &e);
    assert(ok && n_answers == 2);
    arr_free(a);
    loop_free(echo.loop);
    mem_free(echo.body);
    return 0;
}
