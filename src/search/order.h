/* search/order.h — which of two items comes first. One row for each order; ties break by id. */
#ifndef SPL_SEARCH_ORDER_H
#define SPL_SEARCH_ORDER_H

#include "search/search.h"

/* What an order ranks by: the higher score goes first; equal scores by title where `is_by_title`.
 */
double order_score(const struct query *q, const struct item *it, const struct item_memory *m,
                   uint64_t seed);

/* Negative: a before b. */
int order_compare(const struct query *q, const struct pick *a, const struct pick *b);

#endif
