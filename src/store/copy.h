/* store/copy.h — a private copy of the state, to play with: under the same key, written without
 * care for what a crash leaves, thrown away at the end. */
#ifndef SPL_STORE_COPY_H
#define SPL_STORE_COPY_H

#include "model/item.h"
#include "store/store.h"

/* Writes `from`, which may be a reader, as splintarr.db into the directory `dir`. */
MUST_CHECK bool store_copy_into(struct store *from, const char *dir, struct err *e);
/* No write of this store waits for the disk any more: all that follows is one transaction, which
 * nobody commits. tx_commit does nothing, and a transaction that fails keeps what it wrote. */
MUST_CHECK bool store_careless(struct store *s, struct err *e);

/* Pauses, health and failures counted: what passes is not what is simulated. */
MUST_CHECK bool passing_forgotten(struct store *s, struct err *e);

/* Movies that are not out at `now` are available on the day of their release, as their server would
 * say then. */
MUST_CHECK bool movies_will_be_available(struct store *s, utc_t now, struct err *e);
/* As if a release of the item had been imported that leaves nothing to wish for. */
MUST_CHECK bool item_satisfied(struct store *s, const char *instance, enum item_kind kind,
                               int64_t id, struct err *e);

#endif
