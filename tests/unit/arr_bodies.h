/* unit/arr_bodies.h — a client of a server that answers given bodies in order, and what its
 * callbacks saw. */
#ifndef UNIT_ARR_BODIES_H
#define UNIT_ARR_BODIES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arr/arr.h"
#include "unit/arr_stub.h"

struct fixture {
    struct virtual_clock clock;
    struct loop *loop;
    struct stub stub;
    struct arr *arr;
    const char *bodies[3]; /* answered in order */
    char urls[3][120];     /* asked in order */
};

struct seen {
    int n_done, n_rows;
    struct arr_result r;
    struct title title;
    struct item item;
    char text[300];
    struct arr_health health;
    struct arr_command commands[4];
};

static void answer(struct stub *s, const struct http_request *r, struct http_reply *ret)
{
    struct fixture *f = (struct fixture *)((char *)s - offsetof(struct fixture, stub));
    int i = s->n_requests - 1;
    assert_in_range(i, 0, 2);
    snprintf(f->urls[i], sizeof f->urls[i], "%s", r->url);
    ret->body = f->bodies[i];
    assert_non_null(ret->body);
}

UNUSED static struct fixture *begin(enum app app, const char *body)
{
    struct fixture *f = NEW(struct fixture);
    virtual_clock_init(&f->clock, 1795392000000); /* 2026-11-23 */
    f->loop = loop_new_virtual(&f->clock);
    stub_init(&f->stub, f->loop);
    f->stub.answer = answer;
    f->bodies[0] = body;
    f->arr = arr_new(&(struct arr_setup){.instance = "lab",
                                         .app = app,
                                         .url = "http://a/b",
                                         .timeout = SECONDS(30),
                                         .max_requests = 50,
                                         .loop = f->loop,
                                         .transport = &f->stub.transport});
    return f;
}

UNUSED static void finish(struct fixture *f, const struct seen *s)
{
    struct err e = {0};
    assert_true(loop_run(f->loop, &e));
    assert_int_equal(s->n_done, 1);
    assert_int_equal(s->r.trouble, ARR_OK);
    arr_free(f->arr);
    loop_free(f->loop);
    mem_free(f);
}

UNUSED static void done(void *ctx, const struct arr_result *r)
{
    struct seen *s = ctx;
    s->n_done++;
    s->r = *r;
}

#endif
