/* http/limit.h — a token bucket: how long a polite client waits before its next request. */
#ifndef SPL_HTTP_LIMIT_H
#define SPL_HTTP_LIMIT_H

#include "base/clock.h"

struct limit {
    double per_second, tokens, burst;
    ms_t at;
};

void limit_init(struct limit *l, double per_second,
                ms_t now);                  /* burst: one second's worth, at least 1 */
ms_t limit_take(struct limit *l, ms_t now); /* takes one token; wait so long before using it */

#endif
