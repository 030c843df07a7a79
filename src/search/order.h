/* search/order.h — which of two items comes first. One row for each order; ties break by id. */
#ifndef SPL_SEARCH_ORDER_H
#define SPL_SEARCH_ORDER_H

#include "search/search.h"

/* What an order ranks by: the higher score goes first; equal scores by title where `is_by_title`.
 */
double order_score(const struct query *q, const struct item *it, const struct item_memory *m,
                   uint64_t seed);

/* When a search of it was last tried by anyone, whatever came of it; 0: never. */
utc_t order_last_tried(const struct item *it, const struct item_memory *m);

/* Some orders give every so many-th pick to the item that rested longest, whatever its score. */
enum { TURN_EVERY = 5 };
bool order_has_turns(const struct query *q);

/* Negative: a before b; by who rested longest, the higher score of two that rested alike. */
int order_compare_rest(const struct query *q, const struct pick *a, const struct pick *b);

/* Negative: a before b. */
int order_compare(const struct query *q, const struct pick *a, const struct pick *b);

#endif
