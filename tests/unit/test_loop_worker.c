/* Jobs on a worker's thread: order, where they run, bounds, and a clean end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <pthread.h>
#include <semaphore.h>

#include "base/mem.h"
#include "loop/worker.h"

struct scene {
    struct loop *loop;
    struct worker *worker;
    pthread_t owner;
    char ran[512], done[512];
    sem_t begun, go_on;
};

struct task {
    struct scene *scene;
    char letter;
    bool has_run, is_done;
};

static void scene_open(struct scene *s)
{
    *s = (struct scene){.loop = loop_new(&clock_system), .owner = pthread_self()};
    sem_init(&s->begun, 0, 0);
    sem_init(&s->go_on, 0, 0);
    struct err e = {0};
    assert_true(worker_new(s->loop, "jobs", &s->worker, &e));
}

static void scene_done(struct scene *s)
{
    worker_free(s->worker);
    loop_free(s->loop);
    sem_destroy(&s->begun);
    sem_destroy(&s->go_on);
}

static void run_task(void *job)
{
    struct task *t = job;
    if (!pthread_equal(pthread_self(), t->scene->owner))
        t->scene->ran[strlen(t->scene->ran)] = t->letter;
}

static void task_done(void *job, bool has_run)
{
    struct task *t = job;
    assert_true(pthread_equal(pthread_self(), t->scene->owner));
    t->has_run = has_run;
    t->is_done = true;
    t->scene->done[strlen(t->scene->done)] = t->letter;
}

static void run_loop(struct scene *s)
{
    struct err e = {0};
    assert_true(loop_run(s->loop, &e));
}

/* The loop runs while jobs are under way, and ends with the last: twice, for a worker goes on. */
static void runs_one_after_the_other(void **state UNUSED)
{
    CLEANUP(scene_done) struct scene s;
    scene_open(&s);
    struct task tasks[3] = {{&s, 'a'}, {&s, 'b'}, {&s, 'c'}};
    for (int i = 0; i < 3; i++)
        assert_true(worker_post(s.worker, run_task, task_done, &tasks[i]));
    assert_string_equal(s.done, "");
    run_loop(&s);
    assert_string_equal(s.ran, "abc");
    assert_string_equal(s.done, "abc");
    assert_int_equal(worker_jobs(s.worker), 0);
    assert_true(tasks[2].has_run);
    assert_true(worker_post(s.worker, run_task, task_done, &tasks[0]));
    run_loop(&s);
    assert_string_equal(s.done, "abca");
}

static void post_again(void *job, bool has_run)
{
    struct task *t = job;
    task_done(t, has_run);
    if (strlen(t->scene->done) < 5)
        assert_true(worker_post(t->scene->worker, run_task, post_again, t));
}

static void done_may_post(void **state UNUSED)
{
    CLEANUP(scene_done) struct scene s;
    scene_open(&s);
    struct task task = {&s, 'x'};
    assert_true(worker_post(s.worker, run_task, post_again, &task));
    run_loop(&s);
    assert_string_equal(s.ran, "xxxxx");
    assert_string_equal(s.done, "xxxxx");
}

static void wait_for_leave(void *job)
{
    struct task *t = job;
    sem_post(&t->scene->begun);
    sem_wait(&t->scene->go_on);
    run_task(job);
}

static void queue_is_bounded(void **state UNUSED)
{
    CLEANUP(scene_done) struct scene s;
    scene_open(&s);
    struct task task = {&s, '.'};
    assert_true(worker_post(s.worker, wait_for_leave, task_done, &task));
    for (int i = 1; i < 256; i++)
        assert_true(worker_post(s.worker, run_task, task_done, &task));
    assert_false(worker_post(s.worker, run_task, task_done, &task));
    sem_post(&s.go_on);
    run_loop(&s);
    assert_int_equal(strlen(s.ran), 256);
    assert_int_equal(strlen(s.done), 256);
}

static void run_never(void *job UNUSED)
{
    fail_msg("a job began after the stop");
}

static void refuse_another(void *job, bool has_run)
{
    struct task *t = job;
    task_done(t, has_run);
    assert_false(worker_post(t->scene->worker, run_never, task_done, t));
}

/* Nothing is posted from the `done` that the end itself calls. */
static void stop_takes_no_more(void **state UNUSED)
{
    struct scene s;
    scene_open(&s);
    struct task task = {&s, 'a'};
    assert_true(worker_post(s.worker, run_task, refuse_another, &task));
    s.worker = worker_free(s.worker);
    assert_string_equal(s.done, "a");
    scene_done(&s);
}

static void *let_go(void *ctx)
{
    struct scene *s = ctx;
    sem_post(&s->go_on);
    return NULL;
}

/* The running job is waited for; the one behind it begins or does not, and both are handed back. */
static void stop_waits_for_the_running_job(void **state UNUSED)
{
    struct scene s;
    scene_open(&s);
    struct task running = {&s, 'r'}, waiting = {&s, 'w'};
    assert_true(worker_post(s.worker, wait_for_leave, task_done, &running));
    sem_wait(&s.begun);
    assert_true(worker_post(s.worker, run_task, task_done, &waiting));
    pthread_t other;
    assert_int_equal(pthread_create(&other, NULL, let_go, &s), 0);
    s.worker = worker_free(s.worker);
    pthread_join(other, NULL);
    assert_true(running.is_done && running.has_run);
    assert_true(waiting.is_done);
    assert_true(waiting.has_run == (strchr(s.ran, 'w') != NULL));
    assert_string_equal(s.done, "rw");
    scene_done(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_one_after_the_other),
        cmocka_unit_test(done_may_post),
        cmocka_unit_test(queue_is_bounded),
        cmocka_unit_test(stop_takes_no_more),
        cmocka_unit_test(stop_waits_for_the_running_job),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
