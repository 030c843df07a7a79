/* engine/patience.c — a mean, its deviation, and a ladder. */
#include "engine/patience.h"

#include <stdlib.h>

#include "base/mem.h"

/* Without experience, and after a first look that came too early; the last one repeats. */
static const ms_t waits[] = {SECONDS(3), SECONDS(5), SECONDS(12), SECONDS(15)};
static const ms_t margin = SECONDS(1); /* of a look after the end, and before the next search */

void patience_learn(struct patience *p, ms_t took)
{
    if (took <= 0)
        return;
    if (p->mean == 0) {
        *p = (struct patience){.mean = took, .deviation = took / 2};
        return;
    }
    p->deviation = (3 * p->deviation + llabs(p->mean - took)) / 4;
    p->mean = (7 * p->mean + took) / 8;
}

ms_t patience_wait(const struct patience *p, ms_t gap, size_t n)
{
    if (n == 0 && p->mean)
        return MAX(MIN(p->mean + p->deviation + margin, gap - margin), waits[0]);
    return waits[MIN(n, COUNT(waits) - 1)];
}
