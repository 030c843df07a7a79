/* search/strategy_custom.c — the sources the queue lists; none listed means what is missing. */
#include "search/strategy.h"

static const enum strategy strategy_of_source[SOURCE_N] = {
    [SOURCE_MISSING] = STRATEGY_MISSING,
    [SOURCE_CUTOFF_UNMET] = STRATEGY_CUTOFF_UNMET,
    [SOURCE_RECENT] = STRATEGY_RECENT,
};

static bool considers(const struct query *q, const struct item *it)
{
    uint64_t sources = q->queue->filters.sources.bits;
    if (!sources)
        return strategy_missing.considers(q, it);
    for (int s = 0; s < SOURCE_N; s++)
        if ((sources >> s & 1) && strategy_of(strategy_of_source[s])->considers(q, it))
            return true;
    return false;
}

const struct search_strategy strategy_custom = {
    .doc = "Whatever `filters.sources` lists.",
    .considers = considers,
};
