/* store/names.h — instances and queues are rows, so that a rename is one changed name. */
#ifndef SPL_STORE_NAMES_H
#define SPL_STORE_NAMES_H

#include "store/store.h"

/* Makes the row unless it is there. */
MUST_CHECK bool instance_ensure(struct store *s, const char *name, struct err *e);
MUST_CHECK bool queue_ensure(struct store *s, const char *name, struct err *e);

/* With everything that hangs on it: library, memory, history. */
MUST_CHECK bool instance_forget(struct store *s, const char *name, struct err *e);

/* What the rename of a resource means for its rows here; other kinds have none. A removed one that
 * still had the new name is forgotten. */
MUST_CHECK bool names_move(struct store *s, const char *kind, const char *from, const char *to,
                           struct err *e);

#endif
