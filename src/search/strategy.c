/* search/strategy.c — the table made of strategies.def. */
#include "search/strategy.h"

static const struct search_strategy *const strategies[STRATEGY_N] = {
#define STRATEGY(constant, name) [STRATEGY_##constant] = &strategy_##name,
#include "search/strategies.def"
#undef STRATEGY
};

const struct search_strategy *strategy_of(enum strategy s)
{
    return strategies[s];
}

bool query_considers(const struct query *q, const struct item *it)
{
    return strategy_of((enum strategy)q->queue->strategy)->considers(q, it);
}
