/* The world behind http/transport.h on a virtual clock: answers, streams, and every way a call may
 * end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "arrsim/sim_transport.h"

#define START 1795392000000 /* 2026-11-23T00:00:00Z */

struct fixture {
    struct virtual_clock clock;
    struct loop *loop;
    struct world *w;
    struct sim *tv;
    struct transport *t;
};

/* What a call ended with. */
struct seen {
    int n_done, status, n_chunks;
    enum http_end end;
    size_t n_body, n_streamed;
    utc_t date;
    ms_t took;
    bool refuses;
    char type[40], version[40], problem[80];
};

static int setup(void **state)
{
    struct fixture *f = NEW(struct fixture);
    virtual_clock_init(&f->clock, START);
    f->loop = loop_new_virtual(&f->clock);
    f->w = world_new(&f->clock.clock, 5);
    f->tv = world_add(f->w, "tv", SIM_SONARR, SIM_MODERN);
    f->t = sim_transport_new(f->loop, f->w);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    sim_transport_free(f->t);
    loop_free(f->loop);
    world_free(f->w);
    mem_free(f);
    return 0;
}

static void on_done(void *ctx, const struct http_reply *r)
{
    struct seen *s = ctx;
    s->n_done++;
    s->status = r->status;
    s->end = r->end;
    s->n_body = r->n_body;
    s->date = r->date;
    s->took = r->took;
    snprintf(s->type, sizeof s->type, "%s", r->content_type);
    snprintf(s->version, sizeof s->version, "%s", r->version);
    snprintf(s->problem, sizeof s->problem, "%s", r->problem ? r->problem : "");
}

static bool on_chunk(void *ctx, const char *bytes, size_t n)
{
    struct seen *s = ctx;
    (void)bytes;
    s->n_chunks++;
    s->n_streamed += n;
    return !s->refuses;
}

static struct http_request request(struct seen *s, const char *url)
{
    return (struct http_request){.method = "GET",
                                 .url = url,
                                 .headers = {{"X-Api-Key", SIM_KEY}},
                                 .timeout = SECONDS(30),
                                 .body_max = 64 * 1024 * 1024,
                                 .on_done = on_done,
                                 .ctx = s};
}

static void run(struct fixture *f)
{
    struct err e;
    assert_true(loop_run_until(f->loop, clock_utc(&f->clock.clock) + HOURS(1), &e));
}

static struct seen get(struct fixture *f, const char *url)
{
    struct seen s = {0};
    struct http_request r = request(&s, url);
    assert_non_null(f->t->start(f->t, &r));
    assert_int_equal(s.n_done, 0); /* never inside start */
    run(f);
    assert_int_equal(s.n_done, 1);
    return s;
}

static void answers(void **state)
{
    struct fixture *f = *state;
    sim_set_latency(f->tv, 250);
    struct seen s = get(f, "http://tv.sim/api/v3/system/status");
    assert_int_equal(s.end, HTTP_ANSWERED);
    assert_int_equal(s.status, 200);
    assert_int_equal(s.took, 250);
    assert_int_equal(s.date, START);
    assert_string_equal(s.type, "application/json");
    assert_string_equal(s.version, "4.0.19.2979");
    assert_true(s.n_body > 100);
    struct seen nobody = get(f, "http://nobody.sim/");
    assert_int_equal(nobody.end, HTTP_NO_NAME);
}

static void streams_long_lists(void **state)
{
    struct fixture *f = *state;
    struct seen s = {0};
    sim_fill_big(f->tv, 300, 3);
    struct http_request r = request(&s, "http://tv.sim/api/v3/series");
    r.on_chunk = on_chunk;
    f->t->start(f->t, &r);
    run(f);
    assert_int_equal(s.end, HTTP_ANSWERED);
    assert_int_equal(s.n_body, 0);
    assert_true(s.n_chunks > 3 && s.n_streamed > 300 * 1000);

    struct seen stopped = {.refuses = true};
    r.ctx = &stopped;
    f->t->start(f->t, &r);
    run(f);
    assert_int_equal(stopped.end, HTTP_STOPPED);
    assert_int_equal(stopped.n_chunks, 1);
}

static void broken_in_every_way(void **state)
{
    struct fixture *f = *state;
    static const struct {
        enum sim_fault fault;
        enum http_end end;
    } ways[] = {{SIM_FAULT_CUT, HTTP_CUT},        {SIM_FAULT_ENDLESS, HTTP_TOO_LARGE},
                {SIM_FAULT_TARPIT, HTTP_TIMEOUT}, {SIM_FAULT_RESET, HTTP_REFUSED},
                {SIM_FAULT_LOST, HTTP_REFUSED},   {SIM_FAULT_HTML, HTTP_ANSWERED},
                {SIM_FAULT_DRIP, HTTP_TIMEOUT},   {SIM_FAULT_TORN, HTTP_ANSWERED},
                {SIM_FAULT_LOOP, HTTP_ANSWERED}};
    for (size_t i = 0; i < COUNT(ways); i++) {
        sim_fault(f->tv, "GET", "/api/v3/tag", ways[i].fault, 0, 0, 1);
        struct seen s = get(f, "http://tv.sim/api/v3/tag");
        assert_int_equal(s.end, ways[i].end);
        assert_true(s.end == HTTP_ANSWERED || s.problem[0]);
    }
    struct seen fine = get(f, "http://tv.sim/api/v3/tag");
    assert_int_equal(fine.status, 200);
}

static void bodies_are_bounded(void **state)
{
    struct fixture *f = *state;
    struct seen s = {0};
    struct http_request r = request(&s, "http://tv.sim/api/v3/qualityprofile");
    r.body_max = 100;
    f->t->start(f->t, &r);
    run(f);
    assert_int_equal(s.end, HTTP_TOO_LARGE);
}

static void a_cancelled_call_says_nothing(void **state)
{
    struct fixture *f = *state;
    struct seen s = {0}, other = {0};
    struct http_request r = request(&s, "http://tv.sim/api/v3/tag");
    struct http_request r2 = request(&other, "http://tv.sim/api/v3/tag");
    struct http_call *c = f->t->start(f->t, &r);
    f->t->start(f->t, &r2);
    f->t->cancel(f->t, c);
    run(f);
    assert_int_equal(s.n_done, 0);
    assert_int_equal(other.n_done, 1);
    /* What is still under way ends silently with the transport. */
    f->t->start(f->t, &r);
}

static void posts_reach_the_world(void **state)
{
    struct fixture *f = *state;
    struct seen s = {0};
    sim_fill_wanted(f->tv, 1, 0);
    struct http_request r = request(&s, "http://tv.sim/api/v3/command");
    r.method = "POST";
    r.body = "{\"name\":\"EpisodeSearch\",\"episodeIds\":[1]}";
    r.headers[1] = (struct http_header){"Content-Type", "application/json"};
    f->t->start(f->t, &r);
    run(f);
    assert_int_equal(s.status, 201);
    sim_advance(f->tv);
    assert_int_equal(sim_was_searched(f->tv, 1), 1);
    assert_int_equal(sim_requests(f->tv, "POST", "/api/v3/command"), 1);
}

static void nobody_listens_while_it_restarts(void **state)
{
    struct fixture *f = *state;
    sim_restart(f->tv, MINUTES(90));
    struct seen s = get(f, "http://tv.sim/ping");
    assert_int_equal(s.end, HTTP_REFUSED);
    get(f, "http://tv.sim/ping");
    struct seen back = get(f, "http://tv.sim/ping");
    assert_int_equal(back.status, 200);
}

int main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(answers),
        TEST(streams_long_lists),
        TEST(broken_in_every_way),
        TEST(bodies_are_bounded),
        TEST(a_cancelled_call_says_nothing),
        TEST(posts_reach_the_world),
        TEST(nobody_listens_while_it_restarts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
