/* Timers, descriptors and the virtual clock of the loop. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "loop/loop.h"

static const utc_t start = 1000000;

struct scene {
    struct virtual_clock clock;
    struct loop *loop;
    char log[64];
    struct timer *victim;
    struct watch *watch;
    int fds[2];
};

static void scene_open(struct scene *s)
{
    *s = (struct scene){.fds = {-1, -1}};
    virtual_clock_init(&s->clock, start);
    s->loop = loop_new_virtual(&s->clock);
}

static void scene_done(struct scene *s)
{
    loop_free(s->loop);
    closep(&s->fds[0]);
    closep(&s->fds[1]);
}

static void note(struct scene *s, char c)
{
    size_t n = strlen(s->log);
    assert_true(n + 1 < sizeof s->log);
    s->log[n] = c;
}

static void note_a(void *ctx)
{
    note(ctx, 'a');
}
static void note_b(void *ctx)
{
    note(ctx, 'b');
}
static void note_c(void *ctx)
{
    note(ctx, 'c');
}

static void run(struct scene *s)
{
    struct err e = {0};
    assert_true(loop_run(s->loop, &e));
}

static void fires_by_time_then_by_making(void **state UNUSED)
{
    CLEANUP(scene_done) struct scene s;
    scene_open(&s);
    loop_after(s.loop, SECONDS(5), note_c, &s);
    loop_after(s.loop, SECONDS(2), note_a, &s);
    loop_after(s.loop, SECONDS(2), note_b, &s);
    run(&s);
    assert_string_equal(s.log, "abc");
    assert_int_equal(loop_utc(s.loop), start + 5000);
    assert_int_equal(loop_mono(s.loop), 5000);
}

static void many_fire_sorted(void **state UNUSED)
{
    CLEANUP(scene_done) struct scene s;
    scene_open(&s);
    struct timer *stopped[100];
    for (int i = 0; i < 100;
         i++) /* 37 and 100 have no common factor: every delay once, out of order */
        stopped[i] = loop_after(s.loop, (i * 37) % 100, i % 2 ? note_a : note_b, &s);
    for (int i = 0; i < 100; i++)
        if ((i * 37) % 100 >= 10)
            timer_stop(stopped[i]);
    run(&s);
    /* Delays 0…9 stay: i*37 mod 100 = 0 1 2 … gives i = 0 73 46 19 92 65 38 11 84 57, odd ones are
     * a. */
    assert_string_equal(s.log, "bababababa");
}

static void again(void *ctx)
{
    struct scene *s = ctx;
    note(s, 'x');
    if (strlen(s->log) < 3)
        loop_after(s->loop, 0, again, s);
}

static void zero_delay_is_the_next_turn(void **state UNUSED)
{
    CLEANUP(scene_done) struct scene s;
    scene_open(&s);
    loop_after(s.loop, 0, again, &s);
    loop_after(s.loop, 0, note_a, &s);
    run(&s);
    assert_string_equal(s.log, "xax");
}

static void stop_victim(void *ctx)
{
    struct scene *s = ctx;
    note(s, 's');
    s->victim = timer_stop(s->victim);
}

static void a_timer_may_stop_another_due_now(void **state UNUSED)
{
    CLEANUP(scene_done) struct scene s;
    scene_open(&s);
    loop_after(s.loop, 10, stop_victim, &s);
    s.victim = loop_after(s.loop, 10, note_a, &s);
    run(&s);
    assert_string_equal(s.log, "s");
    assert_null(s.victim);
}

static void readable(void *ctx, uint32_t ready)
{
    struct scene *s = ctx;
    char byte;
    assert_true(ready & EPOLLIN);
    assert_int_equal(read(s->fds[0], &byte, 1), 1);
    note(s, byte);
    s->watch = watch_stop(s->watch);
}

static void descriptors_come_before_a_jump_in_time(void **state UNUSED)
{
    CLEANUP(scene_done) struct scene s;
    scene_open(&s);
    assert_int_equal(pipe(s.fds), 0);
    assert_int_equal(write(s.fds[1], "r", 1), 1);
    s.watch = loop_watch(s.loop, s.fds[0], EPOLLIN, readable, &s);
    loop_after(s.loop, HOURS(1), note_a, &s);
    run(&s);
    assert_string_equal(s.log, "ra");
}

static void until_leaves_the_clock_there(void **state UNUSED)
{
    CLEANUP(scene_done) struct scene s;
    struct err e = {0};
    scene_open(&s);
    loop_after(s.loop, MINUTES(1), note_a, &s);
    struct timer *late = loop_after(s.loop, MINUTES(3), note_b, &s);
    assert_true(loop_run_until(s.loop, start + MINUTES(2), &e));
    assert_string_equal(s.log, "a");
    assert_int_equal(loop_utc(s.loop), start + 120000);
    assert_int_equal(timer_remaining(late), 60000);
    assert_true(loop_run_until(s.loop, start + MINUTES(3), &e));
    assert_string_equal(s.log, "ab");
}

static void stop_loop(void *ctx)
{
    loop_stop(((struct scene *)ctx)->loop);
}

static void a_stopped_loop_keeps_its_timers(void **state UNUSED)
{
    CLEANUP(scene_done) struct scene s;
    scene_open(&s);
    loop_after(s.loop, 5, stop_loop, &s);
    loop_after(s.loop, 5, note_a, &s);
    run(&s);
    assert_string_equal(s.log, "");
    run(&s);
    assert_string_equal(s.log, "a");
}

static void a_real_clock_waits(void **state UNUSED)
{
    struct scene s = {.fds = {-1, -1}};
    struct err e = {0};
    s.loop = loop_new(&clock_system);
    ms_t before = clock_mono(&clock_system);
    loop_after(s.loop, 30, note_a, &s);
    assert_true(loop_run(s.loop, &e));
    assert_true(clock_mono(&clock_system) - before >= 30);
    assert_string_equal(s.log, "a");
    scene_done(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fires_by_time_then_by_making),
        cmocka_unit_test(many_fire_sorted),
        cmocka_unit_test(zero_delay_is_the_next_turn),
        cmocka_unit_test(a_timer_may_stop_another_due_now),
        cmocka_unit_test(descriptors_come_before_a_jump_in_time),
        cmocka_unit_test(until_leaves_the_clock_there),
        cmocka_unit_test(a_stopped_loop_keeps_its_timers),
        cmocka_unit_test(a_real_clock_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
