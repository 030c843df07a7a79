/* engine/patience.h — how long to wait before each look at a search's command.
 *
 * Searches take 2 s on one server and 20 on another, much the same from one to the next. The first
 * look comes when a search is likely over: after the mean of those before, their mean deviation and
 * a second, smoothed as RFC 6298 (section 2) smooths round trips. One deviation, not its four: a
 * look too early costs a request, one too late some seconds that nobody waits for: it comes in time
 * for the next search, which the instance's `min_gap` holds back anyway. */
#ifndef SPL_ENGINE_PATIENCE_H
#define SPL_ENGINE_PATIENCE_H

#include <stddef.h>

#include "base/clock.h"

struct patience {
    ms_t mean, deviation; /* 0: no search was seen yet */
};

/* A search took that long, by the server's clock; what is not positive teaches nothing. */
void patience_learn(struct patience *p, ms_t took);
/* How long to wait before look number `n`, from 0; the first after 3 s at the least, and a second
 * before `gap` at the most. */
ms_t patience_wait(const struct patience *p, ms_t gap, size_t n);

#endif
