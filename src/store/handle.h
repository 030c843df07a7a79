/* store/handle.h — the open database, for the files of this room. */
#ifndef SPL_STORE_HANDLE_H
#define SPL_STORE_HANDLE_H

#include <sqlite3.h>

#include "store/sql.h"
#include "store/store.h"

struct store {
    sqlite3 *db;
    sqlite3_stmt *idle[SQL_N]; /* prepared once, lent out while in use */
    uint64_t n_statements;
    const struct clock *clock;
    char *dir, *path;
    int lock; /* of STATE/lock; -1 for readers */
    int schema;
    bool (*end_open)(void *ctx, struct err *e); /* store_before_tx */
    void *end_open_ctx;
    bool is_guarded;
    ms_t deadline, late_at; /* of a statement; 0: none */
    bool is_held;           /* another process was waited for in vain, and may still be at it */
    bool is_careless;       /* in a transaction without end: store_careless */
};

static inline utc_t store_now(const struct store *s)
{
    return clock_utc(s->clock);
}

/* The sentence for a result code of SQLite: the file, what happened, what to do. ERR_DB, and
 * ERR_CONFLICT when another process holds it, whom BUSY_MS were waited for. Returns false. */
bool store_fail(const struct store *s, int rc, struct err *e);

/* Readers: nothing but SELECT is prepared while the guard is on. */
void guard_set(struct store *s, bool is_on);
void guard_deadline(struct store *s, ms_t deadline);
void guard_begin(struct store *s); /* a statement begins */

/* Joins the transaction that is open, or begins one: for functions that write several rows and are
 * called inside a transaction or alone. tx_commit and tx_done of a joined one do nothing. */
MUST_CHECK bool tx_join(struct store *s, struct tx *ret, struct err *e);

#endif
