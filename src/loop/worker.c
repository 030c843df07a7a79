/* loop/worker.c — a ring of jobs: done, ended, running, waiting, in that order, between counters
 * that only grow. The thread moves `n_ended`, the loop the others. */
#include "loop/worker.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/mem.h"

struct job {
    void (*run)(void *job);
    void (*done)(void *job, bool has_run);
    void *job;
};

struct worker {
    struct loop *loop; /* borrowed */
    pthread_t thread;
    pthread_mutex_t lock; /* of the ring, its counters and is_stopping */
    pthread_cond_t posted;
    struct job ring[WORKER_JOBS];
    uint64_t n_posted, n_ended, n_done;
    bool is_stopping;
    int wake;            /* eventfd: a job ended */
    struct watch *watch; /* while jobs are under way */
};

static struct job *slot(struct worker *w, uint64_t n)
{
    return &w->ring[n % WORKER_JOBS];
}

/* ---- in the worker's thread ---- */

static bool next_job(struct worker *w, struct job *ret)
{
    pthread_mutex_lock(&w->lock);
    while (!w->is_stopping && w->n_ended == w->n_posted)
        pthread_cond_wait(&w->posted, &w->lock);
    bool go_on = !w->is_stopping;
    if (go_on)
        *ret = *slot(w, w->n_ended);
    pthread_mutex_unlock(&w->lock);
    return go_on;
}

static void *work(void *ctx)
{
    struct worker *w = ctx;
    struct job job;
    while (next_job(w, &job)) {
        job.run(job.job);
        pthread_mutex_lock(&w->lock);
        w->n_ended++;
        pthread_mutex_unlock(&w->lock);
        ssize_t n = write(w->wake, &(uint64_t){1}, sizeof(uint64_t));
        assert(n > 0 || errno == EAGAIN);
    }
    return NULL;
}

/* ---- in the loop's thread ---- */

static bool next_ended(struct worker *w, struct job *ret)
{
    pthread_mutex_lock(&w->lock);
    bool is_there = w->n_done < w->n_ended;
    if (is_there)
        *ret = *slot(w, w->n_done++);
    pthread_mutex_unlock(&w->lock);
    return is_there;
}

static void on_ended(void *ctx, uint32_t ready UNUSED)
{
    struct worker *w = ctx;
    uint64_t n_wakes;
    if (read(w->wake, &n_wakes, sizeof n_wakes) < 0)
        assert(errno == EAGAIN);
    struct job job;
    while (next_ended(w, &job))
        job.done(job.job, true);
    if (worker_jobs(w) == 0)
        w->watch = watch_stop(w->watch);
}

bool worker_post(struct worker *w, void (*run)(void *job), void (*done)(void *job, bool has_run),
                 void *job)
{
    if (w->is_stopping || worker_jobs(w) == WORKER_JOBS)
        return false;
    pthread_mutex_lock(&w->lock);
    *slot(w, w->n_posted++) = (struct job){.run = run, .done = done, .job = job};
    pthread_cond_signal(&w->posted);
    pthread_mutex_unlock(&w->lock);
    if (!w->watch)
        w->watch = loop_watch(w->loop, w->wake, EPOLLIN, on_ended, w);
    return true;
}

/* Both counters belong to this thread. */
size_t worker_jobs(const struct worker *w)
{
    return (size_t)(w->n_posted - w->n_done);
}

/* ---- birth and end ---- */

/* Signals are for the loop that catches them: a thread inherits what is blocked when it begins. */
static int begin_thread(struct worker *w)
{
    sigset_t all, old;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    int rc = pthread_create(&w->thread, NULL, work, w);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    return rc;
}

static void destroy(struct worker *w)
{
    watch_stop(w->watch);
    closep(&w->wake);
    pthread_cond_destroy(&w->posted);
    pthread_mutex_destroy(&w->lock);
    mem_free(w);
}

bool worker_new(struct loop *l, const char *name, struct worker **ret, struct err *e)
{
    struct worker *w = NEW(struct worker);
    w->loop = l;
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->posted, NULL);
    w->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    assert(w->wake >= 0);
    int rc = begin_thread(w);
    if (rc) {
        destroy(w);
        return err_set(e, ERR_IO, "cannot start the thread '%s': %s", name, strerror(rc));
    }
    pthread_setname_np(w->thread, name);
    *ret = w;
    return true;
}

static void stop_thread(struct worker *w)
{
    pthread_mutex_lock(&w->lock);
    w->is_stopping = true;
    pthread_cond_signal(&w->posted);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
}

struct worker *worker_free(struct worker *w)
{
    if (!w)
        return NULL;
    stop_thread(w);
    while (w->n_done < w->n_posted) {
        bool has_run = w->n_done < w->n_ended;
        struct job job = *slot(w, w->n_done++);
        job.done(job.job, has_run);
    }
    destroy(w);
    return NULL;
}

void worker_freep(struct worker **w)
{
    *w = worker_free(*w);
}
