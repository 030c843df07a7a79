/* engine/pause.h — what a runtime pause covers, and making one. */
#ifndef SPL_ENGINE_PAUSE_H
#define SPL_ENGINE_PAUSE_H

#include "model/config.h"
#include "store/pauses.h"

/* The pause of the queue on that instance: of "instance/X", "queue/Q" or "queue/Q@X". */
MUST_CHECK bool queue_pause(struct store *s, const char *queue, const char *instance, utc_t now,
                            struct pause_now *ret, struct err *e);

/* Whether it is one of these. */
bool pause_covers(const char *address, const char *queue, const char *instance);

/* Pauses an instance or a queue (on one instance: queue/Q@X) with its audit row. ERR_USAGE when the
 * applied configuration has nothing of that address. */
MUST_CHECK bool pause_begin(struct store *s, const struct config *config, const struct pause *p,
                            struct err *e);
/* *ret_found: it was paused. */
MUST_CHECK bool pause_end(struct store *s, const struct config *config, const char *address,
                          const char *actor, utc_t now, bool *ret_found, struct err *e);

#endif
