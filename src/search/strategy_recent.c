/* search/strategy_recent.c — what has no file and aired, was released or was added lately. */
#include "search/strategy.h"

static bool is_within(utc_t at, const struct query *q)
{
    return at && at > q->now - q->queue->recent;
}

static bool considers(const struct query *q, const struct item *it)
{
    return !it->has_file && (is_within(item_released(it), q) || is_within(it->added, q));
}

const struct search_strategy strategy_recent = {
    .doc = "Without a file, and aired or added within `recent`.",
    .considers = considers,
};
