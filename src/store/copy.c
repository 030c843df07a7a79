/* store/copy.c — the state as one new file, by SQLite itself. */
#include "store/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "base/mem.h"
#include "store/stmt.h"

static bool make_private(const char *path, struct err *e)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool ok = fd >= 0;
    closep(&fd);
    return ok || err_set(e, ERR_IO, "cannot create '%s': %s", path, strerror(errno));
}

static bool copy(struct store *from, const char *dir, const char *path, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(from, SQL_copy_into);
    bind_text(&q, path);
    if (stmt_run(&q, e))
        return true;
    if (sqlite3_errcode(from->db) == SQLITE_FULL)
        return err_set(e, ERR_IO, "there is no room for a copy of the state in '%s' (TMPDIR)", dir);
    return err_in(e, "copying the state to '%s'", path);
}

/* A reader may write nothing; the copy is not what it reads. */
bool store_copy_into(struct store *from, const char *dir, struct err *e)
{
    CLEANUP(freep) char *path = mem_printf("%s/splintarr.db", dir);
    bool is_guarded = from->is_guarded;
    if (!make_private(path, e))
        return false;
    guard_set(from, false);
    bool ok = sql_run(from, SQL_query_only_off, e) && copy(from, dir, path, e);
    if (is_guarded)
        ok = sql_run(from, SQL_query_only_on, ok ? e : &(struct err){0}) && ok;
    guard_set(from, is_guarded);
    return ok;
}

bool store_careless(struct store *s, struct err *e)
{
    s->is_careless = sql_run(s, SQL_journal_memory, e) && sql_run(s, SQL_synchronous_off, e) &&
                     sql_run(s, SQL_cache_copy, e) && sql_run(s, SQL_begin, e);
    return s->is_careless;
}

bool passing_forgotten(struct store *s, struct err *e)
{
    return sql_run(s, SQL_pauses_clear, e) && sql_run(s, SQL_health_clear, e) &&
           sql_run(s, SQL_failures_clear, e);
}

bool movies_will_be_available(struct store *s, utc_t now, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_movies_will_be_available);
    bind_int(&q, now);
    return stmt_run(&q, e);
}

bool item_satisfied(struct store *s, const char *instance, enum item_kind kind, int64_t id,
                    struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_item_satisfied);
    bind_text(&q, instance);
    bind_text(&q, item_kind_names[kind]);
    bind_int(&q, id);
    return stmt_run(&q, e);
}
