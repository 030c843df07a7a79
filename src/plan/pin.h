/* plan/pin.h — after a rollback the state holds an old revision on purpose, though the tree says
 * otherwise. The pin remembers which, and the digest of the tree that was set aside: as long as the
 * tree has that digest, nothing applies it by itself. It ends when the tree changes, or when a
 * person applies. One pin at most; kept in the state. */
#ifndef SPL_PLAN_PIN_H
#define SPL_PLAN_PIN_H

#include "store/store.h"

struct pin {
    int64_t revision; /* what was rolled back to; 0: nothing is pinned */
    utc_t since;
    char digest[72]; /* of the tree that is set aside */
    char actor[64];
};

/* The pin as it is kept, whatever the tree is now. */
MUST_CHECK bool pin_get(struct store *store, struct pin *ret, struct err *e);
/* Both may be called inside a transaction. plan_apply calls them: a rollback sets the pin, any
 * other application ends it. */
MUST_CHECK bool pin_set(struct store *store, const struct pin *pin, struct err *e);
MUST_CHECK bool pin_end(struct store *store, struct err *e);

/* Whether a tree of this digest is set aside by a rollback and must wait for a change or a person.
 * *ret is the pin then, and empty otherwise. `store` may be NULL: nothing is pinned. */
MUST_CHECK bool plan_pinned(struct store *store, const char *digest, struct pin *ret,
                            bool *ret_is_pinned, struct err *e);

#endif
