/* store/open.c — from a directory to an open, keyed, migrated database, and back. */
#include "store/open.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/inspect.h"
#include "store/key.h"
#include "store/lock.h"
#include "store/stmt.h"

enum { BUSY_MS = 10000, BUSY_AGAIN_MS = 1000, BUSY_STEP_MS = 50 };

static const enum sql writer_pragmas[] = {
    SQL_journal_wal,
    SQL_synchronous_full,
    SQL_foreign_keys_on,
    SQL_cache_writer,
};
static const enum sql reader_pragmas[] = {
    SQL_query_only_on,
    SQL_foreign_keys_on,
    SQL_cache_reader,
};

/* ---- closing ---- */

struct store *store_close(struct store *s)
{
    if (!s)
        return NULL;
    for (size_t i = 0; i < SQL_N; i++)
        sqlite3_finalize(s->idle[i]);
    int rc = sqlite3_close(s->db);
    assert(rc == SQLITE_OK); /* no statement outlives its function */
    closep(&s->lock);
    mem_free(s->dir);
    mem_free(s->path);
    mem_free(s);
    return NULL;
}

void store_closep(struct store **s)
{
    *s = store_close(*s);
}

/* ---- opening ---- */

static bool run_all(struct store *s, const enum sql *pragmas, size_t n, struct err *e)
{
    for (size_t i = 0; i < n; i++)
        if (!sql_run(s, pragmas[i], e))
            return false;
    return true;
}

/* A plain SQLite in SQLCipher's place would write everything in the clear without a word. */
static bool assert_cipher(struct store *s, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_cipher_version);
    bool is_row = false;
    if (!stmt_row(&q, &is_row, e))
        return false;
    if (is_row && *col_text(&q, 0) && sqlite3_compileoption_used("HAS_CODEC"))
        return true;
    return err_set(e, ERR_DB,
                   "this program was linked with a SQLite that cannot encrypt; refusing to open "
                   "'%s'",
                   s->path);
}

static bool unlock(struct store *s, const char *key_path, struct err *e)
{
    CLEANUP(key_done) struct key key = {0};
    if (!key_load(key_path, &key, e))
        return false;
    int rc = sqlite3_key(s->db, key.literal, KEY_LITERAL);
    if (rc != SQLITE_OK)
        return err_set(e, ERR_DB, "SQLCipher does not take the key '%s' (code %d)", key_path, rc);
    if (!assert_cipher(s, e))
        return false;
    struct err ignored;
    int64_t n_tables;
    if (sql_int(s, SQL_count_tables, &n_tables, &ignored))
        return true;
    return inspect_unreadable(s, key_path, sqlite3_errcode(s->db), e);
}

/* Who comes after one that waited in vain does not wait as long again: all of them wait in one
 * thread, one behind the other. */
static int wait_for_other(void *store, int n_waited)
{
    struct store *s = store;
    int longest = s->is_held ? BUSY_AGAIN_MS : BUSY_MS;
    if (n_waited * BUSY_STEP_MS < longest)
        return sqlite3_sleep(BUSY_STEP_MS) > 0;
    s->is_held = true;
    return 0;
}

static bool connect_file(struct store *s, bool is_writer, struct err *e)
{
    int access = is_writer ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    int rc = sqlite3_open_v2(s->path, &s->db, access | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc != SQLITE_OK)
        return store_fail(s, rc, e);
    sqlite3_busy_handler(s->db, wait_for_other, s);
    return true;
}

/* The file is made here, not by SQLite, so that it is private whatever the umask. */
static bool create_file(const char *path, struct err *e)
{
    CLEANUP(closep) int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0 || fchmod(fd, 0600) < 0)
        return err_set(e, ERR_IO, "cannot create the database '%s': %s", path, strerror(errno));
    return true;
}

static bool open_writer(struct store *s, const char *key_path, bool is_new,
                        const struct migrations *list, struct err *e)
{
    if (is_new && (!key_ensure(key_path, e) || !create_file(s->path, e)))
        return false;
    return connect_file(s, true, e) && unlock(s, key_path, e) &&
           run_all(s, writer_pragmas, COUNT(writer_pragmas), e) && migrate_check(s, list, e) &&
           migrate_run(s, list, e);
}

static bool open_reader(struct store *s, const char *key_path, const struct migrations *list,
                        struct err *e)
{
    if (!connect_file(s, false, e) || !unlock(s, key_path, e) ||
        !run_all(s, reader_pragmas, COUNT(reader_pragmas), e) || !migrate_check(s, list, e))
        return false;
    guard_set(s, true);
    if (s->schema == 0 || (size_t)s->schema == list->n)
        return true;
    return err_set(e, ERR_DB,
                   "the database '%s' has schema %d, this program needs %zu; start the daemon or "
                   "run `splintarr apply` once to bring it up",
                   s->path, s->schema, list->n);
}

static struct store *store_new(const struct store_setup *setup)
{
    struct store *s = NEW(struct store);
    s->clock = setup->clock;
    s->dir = mem_strdup(setup->dir);
    s->path = mem_printf("%s/splintarr.db", setup->dir);
    s->lock = -1;
    return s;
}

static bool claim(struct store *s, enum store_mode mode, bool *ret_is_there, struct err *e)
{
    if (mode == STORE_CREATE && !file_make_dirs(s->dir, 0700, e))
        return false;
    if (!inspect_file(s->path, ret_is_there, e))
        return false;
    if (mode == STORE_READ || (mode == STORE_WRITE && !*ret_is_there))
        return true;
    /* Asked again under the lock: another process may just have made it. */
    return lock_take(s->dir, &s->lock, e) && inspect_file(s->path, ret_is_there, e);
}

static bool open_file(struct store *s, const struct store_setup *setup, bool is_new,
                      const struct migrations *list, struct err *e)
{
    CLEANUP(freep) char *beside = mem_printf("%s/key", s->dir);
    const char *key_path = setup->key_file ? setup->key_file : beside;
    if (setup->mode != STORE_READ)
        return open_writer(s, key_path, is_new, list, e);
    if (!open_reader(s, key_path, list, e))
        return false;
    guard_deadline(s, setup->deadline);
    return true;
}

bool store_open_as(const struct store_setup *setup, const struct migrations *list,
                   struct store **ret, enum store_found *ret_found, struct err *e)
{
    CLEANUP(store_closep) struct store *s = store_new(setup);
    bool is_there;
    if (!claim(s, setup->mode, &is_there, e))
        return false;
    if ((is_there || setup->mode == STORE_CREATE) && !open_file(s, setup, !is_there, list, e))
        return false;
    /* Schema 0: a creator died, or is not yet, before its first commit. Nothing is there to read.
     */
    bool is_absent = !s->db || s->schema == 0;
    *ret_found = is_absent ? STORE_ABSENT : is_there ? STORE_OPENED : STORE_CREATED;
    *ret = is_absent ? NULL : TAKE(s);
    return true;
}

bool store_open(const struct store_setup *setup, struct store **ret, enum store_found *ret_found,
                struct err *e)
{
    const struct migrations list = {embedded_migrations, embedded_migrations_n};
    return store_open_as(setup, &list, ret, ret_found, e);
}

bool store_open_scratch(const struct clock *clock, struct store **ret, struct err *e)
{
    CLEANUP(store_closep) struct store *s = NEW(struct store);
    s->clock = clock;
    s->path = mem_strdup(":memory:");
    s->lock = -1;
    if (!connect_file(s, true, e))
        return false;
    *ret = TAKE(s);
    return true;
}
