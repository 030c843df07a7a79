/* Descriptors, signals and endings of the loop: what callbacks may stop, and when turns begin. The
 * expected orders follow from loop.h: descriptors of a turn come before its timers, and what a
 * callback adds waits for the next turn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <signal.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "base/mem.h"
#include "loop/loop.h"

enum { PIPES = 3 };

struct scene;
struct end {
    struct scene *scene;
    int in, out; /* read from `in` what was written to `out` */
    struct watch *watch;
    char name;
};

struct scene {
    struct virtual_clock clock;
    struct loop *loop;
    struct end ends[PIPES];
    char log[32];
    struct timer *timer;
};

static void scene_open(struct scene *s)
{
    *s = (struct scene){0};
    virtual_clock_init(&s->clock, 1000);
    s->loop = loop_new_virtual(&s->clock);
    for (int i = 0; i < PIPES; i++) {
        int fds[2];
        assert_int_equal(pipe(fds), 0);
        s->ends[i] = (struct end){.scene = s, .in = fds[0], .out = fds[1], .name = (char)('a' + i)};
    }
}

static void scene_done(struct scene *s)
{
    s->loop = loop_free(s->loop);
    for (int i = 0; i < PIPES; i++) {
        closep(&s->ends[i].in);
        closep(&s->ends[i].out);
    }
}

static void note(struct scene *s, char c)
{
    size_t n = strlen(s->log);
    assert_true(n + 1 < sizeof s->log);
    s->log[n] = c;
}

static void note_t(void *ctx)
{
    note(ctx, 't');
}

static void make_ready(const struct end *end)
{
    assert_int_equal(write(end->out, "x", 1), 1);
}

static void take_one(const struct end *end)
{
    char byte;
    assert_int_equal(read(end->in, &byte, 1), 1);
    note(end->scene, end->name);
}

static void watch_all(struct scene *s, void (*fn)(void *ctx, uint32_t ready))
{
    for (int i = 0; i < PIPES; i++)
        s->ends[i].watch = loop_watch(s->loop, s->ends[i].in, EPOLLIN, fn, &s->ends[i]);
}

static void run(struct scene *s)
{
    struct err e = {0};
    assert_true(loop_run(s->loop, &e));
}

static void stop_everybody(void *ctx, uint32_t ready UNUSED)
{
    struct end *end = ctx;
    take_one(end);
    for (int i = 0; i < PIPES; i++)
        end->scene->ends[i].watch = watch_stop(end->scene->ends[i].watch);
}

static void one_of_a_batch_stops_all(void **state UNUSED)
{
    CLEANUP(scene_done) struct scene s;
    scene_open(&s);
    watch_all(&s, stop_everybody);
    for (int i = 0; i < PIPES; i++)
        make_ready(&s.ends[i]);
    run(&s); /* ends by itself: nothing is left to wait for */
    assert_int_equal(strlen(s.log), 1);
}

static void take_and_stop(void *ctx, uint32_t ready UNUSED)
{
    struct end *end = ctx;
    take_one(end);
    end->watch = watch_stop(end->watch);
}

/* Closes the others of its batch and watches new pipes, which get the same descriptor numbers. */
static void replace_others(void *ctx, uint32_t ready UNUSED)
{
    struct end *end = ctx;
    struct scene *s = end->scene;
    take_and_stop(end, 0);
    for (int i = 0; i < PIPES; i++) {
        struct end *other = &s->ends[i];
        int fds[2], old = other->in;
        if (other == end)
            continue;
        watch_stop(other->watch);
        closep(&other->in);
        closep(&other->out);
        assert_int_equal(pipe(fds), 0);
        assert_int_equal(fds[0], old);
        other->in = fds[0];
        other->out = fds[1];
        other->name = 'n';
        other->watch = loop_watch(s->loop, other->in, EPOLLIN, take_and_stop, other);
    }
    loop_after(s->loop, 5, note_t, s);
}

static void a_reused_descriptor_hears_nothing_old(void **state UNUSED)
{
    CLEANUP(scene_done) struct scene s;
    scene_open(&s);
    watch_all(&s, replace_others);
    for (int i = 0; i < PIPES; i++)
        make_ready(&s.ends[i]);
    run(&s); /* the new pipes are empty: only the timer fires, and nothing else is to come */
    assert_int_equal(strlen(s.log), 2);
    assert_int_equal(s.log[1], 't');
}

static void wake_the_next(void *ctx, uint32_t ready UNUSED)
{
    struct end *end = ctx;
    struct scene *s = end->scene;
    take_and_stop(end, 0);
    if (end == &s->ends[0]) {
        loop_after(s->loop, 0, note_t, s);
        make_ready(&s->ends[1]);
    }
}

static void what_a_descriptor_adds_waits_a_turn(void **state UNUSED)
{
    CLEANUP(scene_done) struct scene s;
    scene_open(&s);
    for (int i = 0; i < 2; i++)
        s.ends[i].watch = loop_watch(s.loop, s.ends[i].in, EPOLLIN, wake_the_next, &s.ends[i]);
    make_ready(&s.ends[0]);
    run(&s); /* turn 1: a. Turn 2: b, which became ready in turn 1, and then the timer. */
    assert_string_equal(s.log, "abt");
}

static void stop_the_timer(void *ctx, uint32_t ready UNUSED)
{
    struct end *end = ctx;
    take_and_stop(end, 0);
    end->scene->timer = timer_stop(end->scene->timer);
}

static void a_descriptor_may_stop_a_due_timer(void **state UNUSED)
{
    CLEANUP(scene_done) struct scene s;
    scene_open(&s);
    s.timer = loop_after(s.loop, 0, note_t, &s);
    s.ends[0].watch = loop_watch(s.loop, s.ends[0].in, EPOLLIN, stop_the_timer, &s.ends[0]);
    make_ready(&s.ends[0]);
    run(&s);
    assert_string_equal(s.log, "a");
}

static void take_until_two(void *ctx, uint32_t ready UNUSED)
{
    struct end *end = ctx;
    take_one(end);
    if (strlen(end->scene->log) == 2)
        end->watch = watch_stop(end->watch);
}

static void readiness_lasts_until_it_is_read(void **state UNUSED)
{
    CLEANUP(scene_done) struct scene s;
    scene_open(&s);
    s.ends[0].watch = loop_watch(s.loop, s.ends[0].in, EPOLLIN, take_until_two, &s.ends[0]);
    make_ready(&s.ends[0]);
    make_ready(&s.ends[0]);
    run(&s);
    assert_string_equal(s.log, "aa");
}

static void writable(void *ctx, uint32_t ready)
{
    struct end *end = ctx;
    assert_int_equal(ready, EPOLLOUT);
    note(end->scene, 'w');
    end->watch = watch_stop(end->watch);
}

static void events_can_be_changed(void **state UNUSED)
{
    CLEANUP(scene_done) struct scene s;
    scene_open(&s);
    s.ends[0].watch = loop_watch(s.loop, s.ends[0].out, 0, writable, &s.ends[0]);
    loop_after(s.loop, 1, note_t, &s);
    run(&s); /* asked for nothing: only the timer fires */
    assert_string_equal(s.log, "t");
    watch_change(s.ends[0].watch, EPOLLOUT);
    run(&s);
    assert_string_equal(s.log, "tw");
}

static void a_freed_loop_is_silent(void **state UNUSED)
{
    CLEANUP(scene_done) struct scene s;
    scene_open(&s);
    watch_all(&s, stop_everybody);
    make_ready(&s.ends[0]);
    loop_after(s.loop, 0, note_t, &s);
    s.loop = loop_free(s.loop);
    assert_string_equal(s.log, "");
    assert_null(loop_free(NULL));
    assert_null(timer_stop(NULL));
    assert_null(watch_stop(NULL));
}

/* ---- real time and signals ---- */

static void stay_a_while(void *ctx)
{
    struct scene *s = ctx;
    ms_t before = loop_mono(s->loop);
    usleep(5000);
    assert_int_equal(loop_mono(s->loop), before);
    note(s, 's');
}

static void time_stands_still_in_a_turn(void **state UNUSED)
{
    struct scene s = {0};
    s.loop = loop_new(&clock_system);
    loop_after(s.loop, 0, stay_a_while, &s);
    loop_after(s.loop, 0, stay_a_while, &s);
    run(&s);
    assert_string_equal(s.log, "ss");
    loop_free(s.loop);
}

static void send_term(void *ctx)
{
    note(ctx, 'k');
    raise(SIGTERM);
}

static void signals_end_the_loop(void **state UNUSED)
{
    struct scene s = {0};
    struct err e = {0};
    s.loop = loop_new(&clock_system);
    assert_true(loop_catch_signals(s.loop, &e));
    run(&s); /* waiting for a signal alone is no reason to run */
    assert_int_equal(loop_signal(s.loop), 0);
    loop_after(s.loop, 0, send_term, &s);
    loop_after(s.loop, HOURS(1), note_t, &s);
    run(&s);
    assert_int_equal(loop_signal(s.loop), SIGTERM);
    assert_string_equal(s.log, "k");
    loop_free(s.loop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_of_a_batch_stops_all),
        cmocka_unit_test(a_reused_descriptor_hears_nothing_old),
        cmocka_unit_test(what_a_descriptor_adds_waits_a_turn),
        cmocka_unit_test(a_descriptor_may_stop_a_due_timer),
        cmocka_unit_test(readiness_lasts_until_it_is_read),
        cmocka_unit_test(events_can_be_changed),
        cmocka_unit_test(a_freed_loop_is_silent),
        cmocka_unit_test(time_stands_still_in_a_turn),
        cmocka_unit_test(signals_end_the_loop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
