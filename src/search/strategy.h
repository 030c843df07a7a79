/* search/strategy.h — which items a strategy's sources name. One file and one row each. */
#ifndef SPL_SEARCH_STRATEGY_H
#define SPL_SEARCH_STRATEGY_H

#include "search/search.h"

struct search_strategy {
    const char *doc;
    bool (*considers)(const struct query *q, const struct item *it);
};

#define STRATEGY(constant, name) extern const struct search_strategy strategy_##name;
#include "search/strategies.def"
#undef STRATEGY

const struct search_strategy *strategy_of(enum strategy s);

#endif
