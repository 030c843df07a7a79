/* engine/scheduler.h — when each queue runs on each of its instances. Knows `every`; a run missed
 * while nothing was running happens once, at the next chance. One timer, to the earliest of them:
 * an idle daemon sleeps. */
#ifndef SPL_ENGINE_SCHEDULER_H
#define SPL_ENGINE_SCHEDULER_H

#include "engine/engine.h"

struct scheduler;

/* All borrowed; the engine must outlive the scheduler's last run (free the engine first). */
struct scheduler *scheduler_new(struct engine *engine, struct loop *loop, struct store *store);
struct scheduler *scheduler_free(struct scheduler *s); /* takes NULL, returns NULL */

/* What runs from now on. Queues whose interval is unchanged keep their next time, unless their last
 * run failed; new ones go by their last run, or run at once. */
MUST_CHECK bool scheduler_adopt(struct scheduler *s, const struct config *config, struct err *e);
/* A pause began or ended. */
MUST_CHECK bool scheduler_look(struct scheduler *s, struct err *e);
/* To be told every event of the engine: a run that a gate stopped goes on when the gate opens. */
void scheduler_heard(struct scheduler *s, enum event event, const json_t *fields);

struct next_run {
    const char *queue, *instance;
    utc_t at; /* 0: not by itself (paused) */
    bool is_running;
};
size_t scheduler_n(const struct scheduler *s);
struct next_run scheduler_at(const struct scheduler *s, size_t i);

#endif
