/* store/stmt.c — preparing, binding, stepping, reading. */
#include "store/stmt.h"

#include "model/names.h"

#include <assert.h>
#include <math.h>

#include "base/fault.h"

struct stmt stmt_of(struct store *s, enum sql sql)
{
    struct stmt q = {.store = s, .sql = sql, .raw = TAKE(s->idle[sql])};
    guard_begin(s);
    if (!q.raw)
        q.rc = sqlite3_prepare_v3(s->db, sql_rows[sql].text, -1, SQLITE_PREPARE_PERSISTENT, &q.raw,
                                  NULL);
    return q;
}

void stmt_done(struct stmt *q)
{
    if (!q->raw)
        return;
    sqlite3_reset(q->raw);
    sqlite3_clear_bindings(q->raw);
    if (q->store->idle[q->sql])
        sqlite3_finalize(q->raw);
    else
        q->store->idle[q->sql] = q->raw;
    q->raw = NULL;
}

static void note(struct stmt *q, int rc)
{
    if (q->rc == SQLITE_OK)
        q->rc = rc;
}

void bind_int(struct stmt *q, int64_t value)
{
    q->n_bound++;
    if (q->raw)
        note(q, sqlite3_bind_int64(q->raw, q->n_bound, value));
}

void bind_millionths(struct stmt *q, double value)
{
    bind_int(q, llround(value * 1e6));
}

void bind_optional(struct stmt *q, const char *text)
{
    q->n_bound++;
    if (q->raw && text)
        note(q, sqlite3_bind_text(q->raw, q->n_bound, text, -1, SQLITE_STATIC));
}

void bind_text(struct stmt *q, const char *text)
{
    bind_optional(q, text ? text : "");
}

void bind_blob(struct stmt *q, const void *bytes, size_t n)
{
    q->n_bound++;
    if (q->raw)
        note(q, sqlite3_bind_blob64(q->raw, q->n_bound, bytes ? bytes : "", n, SQLITE_STATIC));
}

bool stmt_row(struct stmt *q, bool *ret_is_row, struct err *e)
{
    if (q->rc != SQLITE_OK) {
        store_fail(q->store, q->rc, e);
        return err_in(e, "query %s", sql_rows[q->sql].name);
    }
    if (!q->is_running) {
        assert(q->n_bound == sqlite3_bind_parameter_count(q->raw));
        q->is_running = true;
        guard_begin(q->store);
        q->store->n_statements++;
    }
    int rc = fault_fails(sql_rows[q->sql].name);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(q->raw);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        return store_fail(q->store, rc, e);
    *ret_is_row = rc == SQLITE_ROW;
    return true;
}

bool stmt_next(struct stmt *q, struct err *e)
{
    bool is_row = false;
    q->is_ended = stmt_row(q, &is_row, e) && !is_row;
    return is_row;
}

bool stmt_ended(const struct stmt *q)
{
    return q->is_ended;
}

bool stmt_int(struct stmt *q, int64_t *ret, struct err *e)
{
    bool is_row = false;
    if (!stmt_row(q, &is_row, e))
        return false;
    *ret = is_row ? col_int(q, 0) : 0;
    return true;
}

bool stmt_run(struct stmt *q, struct err *e)
{
    while (stmt_next(q, e))
        ;
    return stmt_ended(q);
}

int64_t stmt_changes(const struct stmt *q)
{
    return sqlite3_changes64(q->store->db);
}

int64_t stmt_new_id(const struct stmt *q)
{
    return sqlite3_last_insert_rowid(q->store->db);
}

int64_t col_int(const struct stmt *q, int column)
{
    return sqlite3_column_int64(q->raw, column);
}

double col_millionths(const struct stmt *q, int column)
{
    return (double)col_int(q, column) / 1e6;
}

bool col_is_null(const struct stmt *q, int column)
{
    return sqlite3_column_type(q->raw, column) == SQLITE_NULL;
}

bool col_bool(const struct stmt *q, int column)
{
    return col_int(q, column) != 0;
}

const char *col_text(const struct stmt *q, int column)
{
    const unsigned char *text = sqlite3_column_text(q->raw, column);
    return text ? (const char *)text : "";
}

int col_word(const struct stmt *q, int column, const char *const names[], int n)
{
    const char *text = col_text(q, column);
    int at = *text ? name_find(names, n, text) : 0;
    return MAX(at, 0);
}

const char *col_blob(const struct stmt *q, int column, size_t *ret_n)
{
    const void *bytes = sqlite3_column_blob(q->raw, column);
    *ret_n = (size_t)sqlite3_column_bytes(q->raw, column);
    return bytes ? bytes : "";
}

bool sql_run(struct store *s, enum sql sql, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    return stmt_run(&q, e);
}

bool sql_int(struct store *s, enum sql sql, int64_t *ret, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    return stmt_int(&q, ret, e);
}
