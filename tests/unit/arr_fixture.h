/* arr_fixture.h — a server that answers everything with what a test puts into `reply`, and
 * callbacks that note what they were told. Include after cmocka.h. */
#ifndef TESTS_ARR_FIXTURE_H
#define TESTS_ARR_FIXTURE_H

#include "arr/arr.h"
#include "unit/arr_stub.h"

struct fixture {
    struct virtual_clock clock;
    struct loop *loop;
    struct stub stub;
    struct arr *arr;
    struct http_reply reply;                /* answered to everything, unless `page` is set */
    const char *(*page)(struct fixture *f); /* the body of the next answer */
    int number;                             /* the test's own */
    bool tells_rests;                       /* of the next server to be opened */
    char text[256 * 1024];
};

struct seen {
    int n_done, n_rows;
    struct arr_result r;
    int64_t number;
    char items[64];
    bool flag;
};

static inline void answer(struct stub *s, const struct http_request *r, struct http_reply *ret)
{
    struct fixture *f = (struct fixture *)((char *)s - offsetof(struct fixture, stub));
    (void)r;
    const char *body = f->page ? f->page(f) : NULL;
    *ret = f->reply;
    if (body)
        ret->body = body;
}

static inline int setup(void **state)
{
    struct fixture *f = NEW(struct fixture);
    virtual_clock_init(&f->clock, 1795392000000);
    f->loop = loop_new_virtual(&f->clock);
    stub_init(&f->stub, f->loop);
    f->stub.answer = answer;
    f->reply = (struct http_reply){
        .status = 200, .content_type = "application/json", .location = "", .body = "[]"};
    *state = f;
    return 0;
}

static inline int teardown(void **state)
{
    struct fixture *f = *state;
    arr_free(f->arr);
    loop_free(f->loop);
    mem_free(f);
    return 0;
}

static inline void open_at(struct fixture *f, enum app app, const char *url)
{
    struct secret key = {0};
    secret_set(&key, "0123456789abcdef0123456789abcdef", 32);
    f->arr = arr_free(f->arr);
    f->arr = arr_new(&(struct arr_setup){.instance = "lab",
                                         .app = app,
                                         .url = url,
                                         .key = &key,
                                         .timeout = SECONDS(30),
                                         .max_requests = 50,
                                         .tells_rests = f->tells_rests,
                                         .loop = f->loop,
                                         .transport = &f->stub.transport});
    secret_done(&key);
}

/* ---- callbacks ---- */

static inline void done(void *ctx, const struct arr_result *r)
{
    struct seen *s = ctx;
    s->n_done++;
    s->r = *r;
}
static inline void probed(void *ctx, const struct arr_result *r, const struct arr_status *status)
{
    (void)status;
    done(ctx, r);
}
static inline void counted(void *ctx, const struct arr_result *r, int64_t n)
{
    done(ctx, r);
    ((struct seen *)ctx)->number = n;
}
/* Its items one after another: "3 9 9 ". */
static inline void listed(void *ctx, const struct arr_result *r, const struct arr_downloads *d)
{
    struct seen *s = ctx;
    counted(ctx, r, d->n_active);
    s->items[0] = '\0';
    for (size_t i = 0, at = 0; i < d->n_items && at < sizeof s->items; i++)
        at +=
            (size_t)snprintf(s->items + at, sizeof s->items - at, "%lld ", (long long)d->items[i]);
}
static inline void told(void *ctx, const struct arr_result *r, bool flag)
{
    done(ctx, r);
    ((struct seen *)ctx)->flag = flag;
}
static inline void commanded(void *ctx, const struct arr_result *r, const struct arr_command *c)
{
    done(ctx, r);
    ((struct seen *)ctx)->flag = c != NULL;
}
static inline void on_title(void *ctx, const struct title *t, const struct item *it)
{
    (void)t, (void)it;
    ((struct seen *)ctx)->n_rows++;
}
static inline void on_tag(void *ctx, int64_t id, const char *label)
{
    (void)id, (void)label;
    ((struct seen *)ctx)->n_rows++;
}

static inline void run(struct fixture *f, const struct seen *s)
{
    struct err e = {0};
    assert_true(loop_run(f->loop, &e));
    assert_int_equal(s->n_done, 1);
}

static inline struct seen probe(struct fixture *f, const char *url)
{
    struct seen s = {0};
    open_at(f, APP_SONARR, url);
    arr_probe(f->arr, probed, &s);
    run(f, &s);
    return s;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
