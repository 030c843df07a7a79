/* loop/worker.h — one thread that does what would block a loop, one job after the other.
 *
 * The worker belongs to the thread of its loop: only that thread posts, and there `done` is called.
 * A job's memory is the poster's before worker_post and from `done` on; in between it is the
 * worker's alone. The loop keeps running while jobs are under way. Signals are blocked there. */
#ifndef SPL_LOOP_WORKER_H
#define SPL_LOOP_WORKER_H

#include "loop/loop.h"

enum { WORKER_JOBS = 256 };

struct worker;

/* `name` is what ps and debuggers show, at most 15 characters. */
MUST_CHECK bool worker_new(struct loop *l, const char *name, struct worker **ret, struct err *e);

/* `run` in the worker's thread, then `done` on the loop, never inside this call. False: WORKER_JOBS
 * are under way already, or the worker is being freed; nothing was taken. */
MUST_CHECK bool worker_post(struct worker *w, void (*run)(void *job),
                            void (*done)(void *job, bool has_run), void *job);
size_t worker_jobs(const struct worker *w); /* posted and not yet done */

/* Waits for the job that runs. Then every job that is not yet done is, with has_run false for those
 * that never began. Takes NULL, returns NULL; the loop still lives, and is not inside `done`. */
struct worker *worker_free(struct worker *w);
void worker_freep(struct worker **w);

#endif
