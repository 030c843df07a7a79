/* http/limit.c — a token bucket that lends: a token taken in advance is waited for. */
#include "http/limit.h"

#include "base/macros.h"

void limit_init(struct limit *l, double per_second, ms_t now)
{
    *l = (struct limit){.per_second = per_second, .burst = MAX(per_second, 1.0), .at = now};
    l->tokens = l->burst;
}

ms_t limit_take(struct limit *l, ms_t now)
{
    double earned = (double)(now - l->at) / 1000 * l->per_second;
    l->tokens = MIN(l->tokens + earned, l->burst) - 1;
    l->at = now;
    if (l->tokens >= 0)
        return 0;
    double wait = -l->tokens / l->per_second * 1000;
    ms_t whole = (ms_t)wait;
    return (double)whole < wait ? whole + 1 : whole;
}
