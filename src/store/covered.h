/* store/covered.h — what a search of a season does to its episodes. Inside a transaction, and
 * nothing for an attempt of one item. */
#ifndef SPL_STORE_COVERED_H
#define SPL_STORE_COVERED_H

#include "store/searches.h"

MUST_CHECK bool covered_add(struct store *s, int64_t attempt, const struct attempt *a,
                            struct err *e);
/* Its verdict holds for the episodes too. */
MUST_CHECK bool covered_judge(struct store *s, const struct attempt *a, struct err *e);
/* As if it had not; what was searched since stays. */
MUST_CHECK bool covered_undo(struct store *s, const struct attempt *a, struct err *e);

#endif
