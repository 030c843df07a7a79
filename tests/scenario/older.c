/* scenario/older.c — the state as a program of before would have left it: the same rows under an
 * older schema. What that had no place for is lost. */
#include <stdio.h>

#include "base/buf.h"
#include "base/str.h"
#include "scenario/steps.h"
#include "store/handle.h"
#include "store/open.h"

/* One table, from the state of now to the older one. */
struct copying {
    struct store *now, *older;
    const char *table;
};

static void finalizep(sqlite3_stmt **q)
{
    sqlite3_finalize(*q);
}

static bool prepare(struct store *s, const char *text, sqlite3_stmt **ret, struct err *e)
{
    int rc = sqlite3_prepare_v2(s->db, text, -1, ret, NULL);
    return rc == SQLITE_OK || store_fail(s, rc, e);
}

static bool run(struct store *s, const char *text, struct err *e)
{
    int rc = sqlite3_exec(s->db, text, NULL, NULL, NULL);
    return rc == SQLITE_OK || store_fail(s, rc, e);
}

static const char *word(sqlite3_stmt *q, int column)
{
    return (const char *)sqlite3_column_text(q, column);
}

/* ---- one table ---- */

static bool has_column(struct store *s, const char *table, const char *column, bool *ret,
                       struct err *e)
{
    CLEANUP(finalizep) sqlite3_stmt *q = NULL;
    if (!prepare(s, "SELECT 1 FROM pragma_table_info(?1) WHERE name = ?2", &q, e))
        return false;
    sqlite3_bind_text(q, 1, table, -1, SQLITE_STATIC);
    sqlite3_bind_text(q, 2, column, -1, SQLITE_STATIC);
    *ret = sqlite3_step(q) == SQLITE_ROW;
    return true;
}

/* "SELECT a, b, 0 FROM t" and "INSERT INTO t VALUES (?,?,?)": what is no longer kept was nothing.
 */
static bool write_statements(const struct copying *c, struct buf *ret_from, struct buf *ret_to,
                             struct err *e)
{
    CLEANUP(finalizep) sqlite3_stmt *q = NULL;
    const char *comma = "";
    if (!prepare(c->older, "SELECT name, type FROM pragma_table_info(?1) ORDER BY cid", &q, e))
        return false;
    sqlite3_bind_text(q, 1, c->table, -1, SQLITE_STATIC);
    buf_puts(ret_from, "SELECT ");
    buf_printf(ret_to, "INSERT INTO %s VALUES (", c->table);
    for (; sqlite3_step(q) == SQLITE_ROW; comma = ", ") {
        bool is_kept = false;
        if (!has_column(c->now, c->table, word(q, 0), &is_kept, e))
            return false;
        const char *nothing = str_eq(word(q, 1), "INTEGER") ? "0" : "''";
        buf_printf(ret_from, "%s%s", comma, is_kept ? word(q, 0) : nothing);
        buf_printf(ret_to, "%s?", comma);
    }
    buf_printf(ret_from, " FROM %s", c->table);
    buf_puts(ret_to, ")");
    return true;
}

static bool copy_rows(const struct copying *c, sqlite3_stmt *from, sqlite3_stmt *to, struct err *e)
{
    int rc;
    while ((rc = sqlite3_step(from)) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(from); i++)
            sqlite3_bind_value(to, i + 1, sqlite3_column_value(from, i));
        if (sqlite3_step(to) != SQLITE_DONE)
            return store_fail(c->older, sqlite3_reset(to), e);
        sqlite3_reset(to);
    }
    return rc == SQLITE_DONE || store_fail(c->now, rc, e);
}

static bool copy_table(const struct copying *c, struct err *e)
{
    CLEANUP(buf_done) struct buf from_text, to_text;
    CLEANUP(finalizep) sqlite3_stmt *from = NULL;
    CLEANUP(finalizep) sqlite3_stmt *to = NULL;
    buf_init(&from_text, BUF_TEXT);
    buf_init(&to_text, BUF_TEXT);
    return write_statements(c, &from_text, &to_text, e) &&
           prepare(c->now, from_text.at, &from, e) && prepare(c->older, to_text.at, &to, e) &&
           copy_rows(c, from, to, e);
}

/* ---- all of them ---- */

static bool copy_all(struct store *now, struct store *older, struct err *e)
{
    CLEANUP(finalizep) sqlite3_stmt *q = NULL;
    if (!run(older, "PRAGMA foreign_keys = OFF; BEGIN", e) ||
        !prepare(older,
                 "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'migrations' "
                 "AND name NOT GLOB 'sqlite_*'",
                 &q, e))
        return false;
    while (sqlite3_step(q) == SQLITE_ROW)
        if (!copy_table(&(struct copying){now, older, word(q, 0)}, e))
            return false;
    sqlite3_reset(q);
    return run(older, "COMMIT", e);
}

static bool make_older(const struct stage *s, const char *dir, const struct migrations *list,
                       struct err *e)
{
    CLEANUP(store_closep) struct store *older = NULL;
    CLEANUP(freep) char *key = mem_printf("%s/state/key", s->dir);
    const struct store_setup setup = {
        .dir = dir, .mode = STORE_CREATE, .clock = &s->clock.clock, .key_file = key};
    enum store_found found;
    return store_open_as(&setup, list, &older, &found, e) && copy_all(s->store, older, e);
}

bool step_older(struct play *p, const struct step *s, struct err *e)
{
    struct stage *stage = &p->stage;
    int64_t n;
    if (s->n != 2 || !str_int(s->words[1], &n) || n < 1 || n > (int64_t)embedded_migrations_n)
        return err_set(e, ERR_CONFIG, "older SCHEMA");
    const struct migrations list = {embedded_migrations, (size_t)n};
    CLEANUP(freep) char *dir = mem_printf("%s/older", stage->dir);
    CLEANUP(freep) char *from = mem_printf("%s/splintarr.db", dir);
    CLEANUP(freep) char *to = mem_printf("%s/state/splintarr.db", stage->dir);
    if (!stage_open(stage, e) || !make_older(stage, dir, &list, e))
        return false;
    stage_kill(stage);
    return rename(from, to) == 0 || err_set(e, ERR_IO, "cannot move '%s'", from);
}
