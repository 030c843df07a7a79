/* store/store.h — the one database: opening, keys, transactions, checks. The only room that knows
 * SQL.
 *
 * STATE/splintarr.db is SQLCipher under the raw 32-byte key in STATE/key (or --key-file). One
 * writer, many readers: STORE_WRITE and STORE_CREATE take the lock STATE/lock and fail with
 * ERR_CONFLICT naming the holder; STORE_READ takes none, creates nothing (SQLite's own -wal and
 * -shm beside the database apart), and can do nothing but SELECT. All SQL lives in state/. Strings
 * in row structs passed to callbacks are valid during the callback. */
#ifndef SPL_STORE_STORE_H
#define SPL_STORE_STORE_H

#include "base/clock.h"
#include "base/err.h"

struct store;

enum store_mode {
    STORE_READ,
    STORE_WRITE,  /* must exist */
    STORE_CREATE, /* makes state directory (0700), key (0600) and database when there is none */
};
enum store_found {
    STORE_OPENED,
    STORE_CREATED,
    STORE_ABSENT
}; /* ABSENT: READ or WRITE, nothing there */

struct store_setup {
    const char *dir;      /* STATE */
    const char *key_file; /* NULL: STATE/key */
    enum store_mode mode;
    const struct clock *clock; /* must outlive the store */
    ms_t deadline;             /* of each statement of a reader, ERR_DB when it passes; 0: none */
};
/* STORE_ABSENT is no error: *ret is NULL then. A key is never created when a database exists: a
 * missing key is ERR_IO and names --key-file. A plaintext file, a wrong key and damage are told
 * apart. Migrates (writer) or refuses a schema newer or older than the program (reader). */
MUST_CHECK bool store_open(const struct store_setup *setup, struct store **ret,
                           enum store_found *ret_found, struct err *e);
struct store *store_close(struct store *s); /* takes NULL, returns NULL */
void store_closep(struct store **s);
const char *store_dir(const struct store *s);
int store_schema(const struct store *s); /* user_version */

/* `CLEANUP(tx_done) struct tx tx = {0};` then tx_begin … tx_commit; leaving the scope without
 * commit rolls back. BEGIN IMMEDIATE; not nested. Fault points "store.begin", "store.commit",
 * "store.committed". */
struct tx {
    struct store *store;
};
MUST_CHECK bool tx_begin(struct store *s, struct tx *ret, struct err *e);
MUST_CHECK bool tx_commit(struct tx *tx, struct err *e);
void tx_done(struct tx *tx);
/* Who keeps a transaction open while the loop turns (a batch of small writes) is asked to end it
 * before anybody begins one of his own. NULL: nobody does. */
void store_before_tx(struct store *s, bool (*end)(void *ctx, struct err *e), void *ctx);
/* Library batches may use synchronous=NORMAL: call outside transactions. */
MUST_CHECK bool store_relax(struct store *s, bool is_relaxed, struct err *e);

/* cipher_integrity_check, integrity_check, foreign keys, schema against the program's. One call per
 * problem; true with zero problems means clean. */
MUST_CHECK bool store_check(struct store *s, void (*on_problem)(void *ctx, const char *problem),
                            void *ctx, size_t *ret_n, struct err *e);

/* How large the database is on disk, with its write-ahead log. */
MUST_CHECK bool store_bytes(const struct store *s, int64_t *ret, struct err *e);

/* Statements executed so far, for benches. */
uint64_t store_statements(const struct store *s);

/* Small named values (the fingerprint key, flags). NULL value removes. */
MUST_CHECK bool store_meta_get(struct store *s, const char *name,
                               char **ret /* caller frees; NULL: absent */, struct err *e);
MUST_CHECK bool store_meta_set(struct store *s, const char *name, const char *value, struct err *e);

#endif
