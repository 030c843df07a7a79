/* engine/batch.h — many small library writes in few transactions. The first row opens one; it ends
 * after BATCH_ROWS rows, when the loop turns, or when somebody needs the writer for himself: call
 * batch_commit before any store call that makes its own transaction. */
#ifndef SPL_ENGINE_BATCH_H
#define SPL_ENGINE_BATCH_H

#include "loop/loop.h"
#include "store/store.h"

enum { BATCH_ROWS = 500 };

struct batch {
    struct loop *loop;
    struct store *store;
    struct tx tx;
    bool is_open;
    int n_rows;
    struct timer *timer;
    struct err err; /* of a commit nobody could be told of; the next call reports it */
};

/* Ends whenever somebody else begins a transaction of the store. */
void batch_init(struct batch *b, struct loop *loop, struct store *store);
MUST_CHECK bool batch_row(struct batch *b, struct err *e); /* before writing one row */
MUST_CHECK bool batch_commit(struct batch *b, struct err *e);
void batch_done(struct batch *b); /* rolls back what is open */

#endif
