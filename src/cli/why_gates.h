/* cli/why_gates.h — the gates of a queue on one instance, asked from outside a run. */
#ifndef SPL_CLI_WHY_GATES_H
#define SPL_CLI_WHY_GATES_H

#include "cli/view.h"
#include "engine/queue_gates.h"
#include "model/zones.h"

/* What the question needs; lives as long as it is asked. */
struct queue_why {
    struct zones *zones;
    struct timetable *hours;
    struct health health;
    struct gate_question question;
};
MUST_CHECK bool queue_why_open(struct queue_why *x, const struct view *v,
                               const struct resource *queue, const char *instance, struct err *e);
void queue_why_done(struct queue_why *x); /* for CLEANUP */

/* Tells why the queue starts no run now, whatever may be searched: the first of its gates that is
 * closed, as a line or as "queue_gate" of `o`. False: none is. */
bool queue_why_tell(const struct view *v, const struct resource *queue, const char *instance,
                    json_t *o);

#endif
