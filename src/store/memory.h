/* store/memory.h — what the searches of an item leave behind: a fold over its judged attempts, and
 * the grabs counted from them. Inside a transaction. */
#ifndef SPL_STORE_MEMORY_H
#define SPL_STORE_MEMORY_H

#include "store/searches.h"

bool verdict_is_search(enum verdict v); /* indexers were asked, or perhaps */
bool verdict_asked_nobody(enum verdict v);

/* One step of the fold; a season of which only some was found was searched in vain as a whole.
 * n_grabs is no part of it. */
void memory_note(struct item_memory *m, const struct attempt *a);
/* Of the attempt's item, with its grabs counted up to that attempt. */
MUST_CHECK bool memory_save(struct store *s, const struct attempt *a, struct item_memory *m,
                            struct err *e);
/* When a verdict is that nobody was asked: what the server noted is no search of the item. */
MUST_CHECK bool memory_uncount(struct store *s, const struct attempt *a, struct err *e);
/* An import: what was searched in vain before it says nothing about the item as it is now. */
MUST_CHECK bool memory_forget_vain(struct store *s, const struct attempt *a, struct err *e);

#endif
