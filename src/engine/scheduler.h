/* engine/scheduler.h — each queue runs on each of its instances when it is due (engine/due); those
 * of one instance take turns. A run that a gate or a failure ended goes on when the gate opens, or
 * after a while. One timer, to the earliest of them, and a look at the wall clock every minute: it
 * may be set, and does not stand still while the machine sleeps, as timers do. */
#ifndef SPL_ENGINE_SCHEDULER_H
#define SPL_ENGINE_SCHEDULER_H

#include "engine/engine.h"

struct scheduler;

/* All borrowed; the engine must outlive the scheduler's last run (free the engine first). */
struct scheduler *scheduler_new(struct engine *engine, struct loop *loop, struct store *store);
struct scheduler *scheduler_free(struct scheduler *s); /* takes NULL, returns NULL */

/* What runs from now on; it must live until the next is adopted. What failed before is tried anew.
 */
MUST_CHECK bool scheduler_adopt(struct scheduler *s, const struct config *config, struct err *e);
/* A pause began or ended. */
MUST_CHECK bool scheduler_look(struct scheduler *s, struct err *e);
/* To be told every event of the engine: a run that a gate stopped goes on when the gate opens. */
void scheduler_heard(struct scheduler *s, enum event event, const json_t *fields);

struct next_run {
    const char *queue, *instance;
    utc_t at; /* 0: not by itself (paused, suspended, or never) */
    enum run_cause cause;
    bool is_running;
};
size_t scheduler_n(const struct scheduler *s);
struct next_run scheduler_at(const struct scheduler *s, size_t i);

#endif
