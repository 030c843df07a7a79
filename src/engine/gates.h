/* engine/gates.h — the gates of a queue for the job of a lane: first what the state knows
 * (engine/queue_gates.h), then what must be asked of the server. */
#ifndef SPL_ENGINE_GATES_H
#define SPL_ENGINE_GATES_H

#include "engine/lane.h"
#include "engine/queue_gates.h"

/* Those that ask nobody. */
MUST_CHECK bool gates_local(struct lane *l, struct gate *ret, struct err *e);

/* Those that ask the server (at most once in FACT_KEEPS): indexers, download queue. */
void gates_remote(struct lane *l,
                  void (*done)(void *ctx, const struct gate *g, const struct arr_result *r),
                  void *ctx);

/* How long min_gap still asks to wait; 0: not at all. */
MUST_CHECK bool gate_gap(struct lane *l, ms_t *ret, struct err *e);

#endif
