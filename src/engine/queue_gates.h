/* engine/queue_gates.h — may a queue search on an instance now, as far as the state knows? The
 * gates of search/reasons.def in their order; those that ask the server are engine/gates.h's. */
#ifndef SPL_ENGINE_QUEUE_GATES_H
#define SPL_ENGINE_QUEUE_GATES_H

#include "engine/engine.h"
#include "search/search.h"

struct gate {
    enum reason reason; /* REASON_selected: open */
    utc_t until;        /* when it opens by itself; 0 unknown */
};

struct gate_question {
    struct store *store;
    const struct config *config;
    const struct resource *queue;
    const char *instance;
    const struct timetable *hours; /* of the queue's schedule */
    const struct health *health;
    enum run_cause cause; /* who asks does not wait for the end of a recovery */
    int64_t n_open;       /* searches of earlier runs that may still be running there */
    utc_t now;
};

/* The first that is closed. */
MUST_CHECK bool queue_gates_ask(const struct gate_question *q, struct gate *ret, struct err *e);

/* All of them with their numbers, for `why`: those that ask the server say what they will ask. */
struct queue_gate_line {
    struct gate gate;
    bool is_closed;
    char numbers[200];
};
enum { QUEUE_GATES_MAX = 16 };
MUST_CHECK bool queue_gates_explain(const struct gate_question *q,
                                    struct queue_gate_line ret[static QUEUE_GATES_MAX],
                                    size_t *ret_n, struct err *e);

/* How long min_gap still asks to wait; 0: not at all. */
MUST_CHECK bool queue_gap(const struct gate_question *q, ms_t *ret, struct err *e);

#endif
