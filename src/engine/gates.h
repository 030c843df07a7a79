/* engine/gates.h — may a queue search on its instance now? The first gate that closes, in the order
 * of search/reasons.def, and until when. */
#ifndef SPL_ENGINE_GATES_H
#define SPL_ENGINE_GATES_H

#include "engine/lane.h"

struct gate {
    enum reason reason; /* REASON_selected: open */
    utc_t until;        /* when it opens by itself; 0 unknown */
};

/* Those that ask nobody: suspended, paused, the hours of its schedule, a search still running
 * (in_flight), the caps. For the lane's job. */
MUST_CHECK bool gates_local(struct lane *l, const struct queue *q, struct gate *ret, struct err *e);

/* Those that ask the server (at most once in FACT_KEEPS): indexers, download queue. */
void gates_remote(struct lane *l,
                  void (*done)(void *ctx, const struct gate *g, const struct arr_result *r),
                  void *ctx);

/* How long min_gap still asks to wait; 0: not at all. */
MUST_CHECK bool gate_gap(struct lane *l, ms_t *ret, struct err *e);

#endif
