/* search/strategy_missing.c — what has no file. */
#include "search/strategy.h"

static bool considers(const struct query *q UNUSED, const struct item *it)
{
    return !it->has_file;
}

const struct search_strategy strategy_missing = {
    .doc = "Everything without a file.",
    .considers = considers,
};
