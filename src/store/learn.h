/* store/learn.h — what a verdict teaches: the rates of its instance and the luck of its title.
 * Inside the transaction that judges. */
#ifndef SPL_STORE_LEARN_H
#define SPL_STORE_LEARN_H

#include "store/searches.h"

/* `before`: the memory that the attempt found. Only `grabbed` and `nothing` of single items whose
 * release is known teach. */
MUST_CHECK bool attempt_learn(struct store *s, const struct attempt *a,
                              const struct item_memory *before, struct err *e);
/* Takes back what it taught under the verdict it has. */
MUST_CHECK bool attempt_unlearn(struct store *s, const struct attempt *a,
                                const struct item_memory *before, struct err *e);

#endif
