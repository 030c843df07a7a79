/* engine/failing.h — a queue that fails on an instance again and again, for reasons of its own, is
 * paused there (pause_after_failures). A server that cannot be reached is no such reason: that is
 * health's. */
#ifndef SPL_ENGINE_FAILING_H
#define SPL_ENGINE_FAILING_H

#include "engine/lane.h"

/* The lane's queue ended a run. `why`: what it failed of, NULL when it did not fail. Pauses it when
 * that was too often, and tells queue_paused. */
MUST_CHECK bool failing_note(struct lane *l, const char *why, struct err *e);

#endif
