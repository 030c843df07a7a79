/* store/covered.h — what a search of a season does to its episodes. Inside a transaction, and
 * nothing for an attempt of one item. */
#ifndef SPL_STORE_COVERED_H
#define SPL_STORE_COVERED_H

#include "store/searches.h"

MUST_CHECK bool covered_add(struct store *s, int64_t attempt, const struct attempt *a,
                            struct err *e);
/* What was found of it, as the one who judges tells. */
MUST_CHECK bool covered_find(struct store *s, const struct attempt *a, struct err *e);
/* Its verdict holds for the episodes too; what was found of a part is a find of each. */
MUST_CHECK bool covered_judge(struct store *s, const struct attempt *a, struct err *e);
/* Of a partial find, one episode was imported. */
MUST_CHECK bool covered_imported(struct store *s, const struct attempt *a, int64_t item, utc_t at,
                                 struct err *e);
/* As if it had not; what was searched since stays. */
MUST_CHECK bool covered_undo(struct store *s, const struct attempt *a, struct err *e);

#endif
