/* store/tx.c — transactions, and how much each commit waits for the disk. */
#include <assert.h>

#include "base/fault.h"
#include "store/stmt.h"

void store_before_tx(struct store *s, bool (*end)(void *ctx, struct err *e), void *ctx)
{
    s->end_open = end;
    s->end_open_ctx = ctx;
}

bool tx_begin(struct store *s, struct tx *ret, struct err *e)
{
    if (s->is_careless)
        return true;
    if (!sqlite3_get_autocommit(s->db) && s->end_open && !s->end_open(s->end_open_ctx, e))
        return false;
    assert(sqlite3_get_autocommit(s->db));
    fault_point("store.begin");
    if (!sql_run(s, SQL_begin, e))
        return false;
    s->is_held = false;
    ret->store = s;
    return true;
}

bool tx_join(struct store *s, struct tx *ret, struct err *e)
{
    return !sqlite3_get_autocommit(s->db) || tx_begin(s, ret, e);
}

bool tx_commit(struct tx *tx, struct err *e)
{
    if (!tx->store)
        return true;
    fault_point("store.commit");
    if (!sql_run(tx->store, SQL_commit, e))
        return false;
    tx->store = NULL;
    fault_point("store.committed");
    return true;
}

/* SQLite rolls back by itself after some errors (a full disk): then there is nothing left to do. */
void tx_done(struct tx *tx)
{
    struct err ignored;
    if (tx->store && !sqlite3_get_autocommit(tx->store->db) &&
        !sql_run(tx->store, SQL_rollback, &ignored))
        assert(sqlite3_get_autocommit(tx->store->db));
    tx->store = NULL;
}

bool store_relax(struct store *s, bool is_relaxed, struct err *e)
{
    assert(sqlite3_get_autocommit(s->db));
    return sql_run(s, is_relaxed ? SQL_synchronous_normal : SQL_synchronous_full, e);
}
