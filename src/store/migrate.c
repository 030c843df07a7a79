/* store/migrate.c — numbered migrations, one transaction each. */
#include "store/migrate.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/str.h"
#include "store/stmt.h"

static char *checksum(const struct embedded *m, char ret[static SHA256_HEX])
{
    uint8_t sum[SHA256_BYTES];
    hash_sha256(m->at, m->n, sum);
    return hash_hex(sum, sizeof sum, ret);
}

/* ---- checking ---- */

static bool check_applied(struct store *s, const struct migrations *list, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_migrations_applied);
    char expected[SHA256_HEX];
    bool is_row = true;
    for (int64_t n = 1; n <= s->schema; n++) {
        if (!stmt_row(&q, &is_row, e))
            return false;
        int64_t number = is_row ? col_int(&q, 0) : 0;
        if (number != n || !str_eq(col_text(&q, 1), checksum(&list->at[n - 1], expected)))
            return err_set(e, ERR_DB,
                           "the database '%s' was made by a different build of Splintarr: its "
                           "migration %04lld is not '%s'; use that build, or bring back a backup",
                           s->path, (long long)n, list->at[n - 1].name);
    }
    return true;
}

bool migrate_check(struct store *s, const struct migrations *list, struct err *e)
{
    int64_t schema = 0;
    if (!sql_int(s, SQL_user_version, &schema, e))
        return false;
    if (schema < 0 || schema > (int64_t)list->n)
        return err_set(e, ERR_DB,
                       "the database '%s' has schema %lld, made by a newer Splintarr; this one "
                       "knows schemas up to %zu: upgrade it, or bring back '%s.before-%04zu'",
                       s->path, (long long)schema, list->n, s->path, list->n + 1);
    s->schema = (int)schema;
    return check_applied(s, list, e);
}

/* ---- applying ---- */

static bool run_text(struct store *s, const char *text, struct err *e)
{
    int rc = sqlite3_exec(s->db, text, NULL, NULL, NULL);
    return rc == SQLITE_OK || store_fail(s, rc, e);
}

static bool set_version(struct store *s, int version, struct err *e)
{
    CLEANUP(freep) char *text = mem_printf("PRAGMA user_version = %d", version); /* unbindable */
    return run_text(s, text, e);
}

static bool record(struct store *s, const struct embedded *m, int number, struct err *e)
{
    char sum[SHA256_HEX];
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_migration_add);
    bind_int(&q, number);
    bind_text(&q, m->name);
    bind_text(&q, checksum(m, sum));
    bind_int(&q, store_now(s));
    return stmt_run(&q, e);
}

static bool apply(struct store *s, const struct embedded *m, int number, struct err *e)
{
    assert(strtol(m->name, NULL, 10) == number);
    CLEANUP(tx_done) struct tx tx = {0};
    if (!tx_begin(s, &tx, e) || !run_text(s, m->at, e) || !record(s, m, number, e) ||
        !set_version(s, number, e) || !tx_commit(&tx, e))
        return err_in(e, "migration %s", m->name);
    s->schema = number;
    return true;
}

/* ---- the copy ---- */

static bool make_empty(const char *path, struct err *e)
{
    unlink(path); /* half a copy, from a start that died before it migrated */
    CLEANUP(closep) int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    return fd >= 0 || err_set(e, ERR_IO, "cannot create '%s': %s", path, strerror(errno));
}

static bool sync_file(const char *path, struct err *e)
{
    CLEANUP(closep) int fd = open(path, O_RDONLY | O_CLOEXEC);
    return (fd >= 0 && fsync(fd) == 0) ||
           err_set(e, ERR_IO, "cannot sync '%s': %s", path, strerror(errno));
}

static bool keep_copy(struct store *s, struct err *e)
{
    CLEANUP(freep) char *path = mem_printf("%s.before-%04d", s->path, s->schema + 1);
    if (!make_empty(path, e))
        return false;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_copy_into);
    bind_text(&q, path);
    if (!stmt_run(&q, e))
        return err_in(e, "keeping a copy in '%s' before migrating", path);
    return sync_file(path, e);
}

bool migrate_run(struct store *s, const struct migrations *list, struct err *e)
{
    if (s->schema > 0 && (size_t)s->schema < list->n && !keep_copy(s, e))
        return false;
    for (size_t i = (size_t)s->schema; i < list->n; i++)
        if (!apply(s, &list->at[i], (int)i + 1, e))
            return false;
    return true;
}

bool migrate_scratch(struct store *scratch, const struct migrations *list, struct err *e)
{
    for (size_t i = 0; i < list->n; i++)
        if (!run_text(scratch, list->at[i].at, e))
            return false;
    return true;
}
