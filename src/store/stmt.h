/* store/stmt.h — one statement while it runs: bind in order, step, read columns.
 *
 *     CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_meta_get);
 *     bind_text(&q, name);
 *     if (!stmt_row(&q, &is_found, e))
 *         return false;
 *     value = col_text(&q, 0);
 *
 * What is bound is borrowed until stmt_done; column texts live until the next step. Errors of
 * preparing and binding are kept and reported by the first step. A statement that is already
 * running (a callback that asks the same question again) gets a second copy. */
#ifndef SPL_STORE_STMT_H
#define SPL_STORE_STMT_H

#include "store/handle.h"

struct stmt {
    struct store *store;
    sqlite3_stmt *raw;
    enum sql sql;
    int rc;
    int n_bound;
    bool is_running;
    bool is_ended; /* the last row was read */
};

struct stmt stmt_of(struct store *s, enum sql sql);
void stmt_done(struct stmt *q);

void bind_int(struct stmt *q, int64_t value);
void bind_millionths(struct stmt *q, double value);   /* as a whole number of them */
void bind_text(struct stmt *q, const char *text);     /* NULL is stored as "" */
void bind_optional(struct stmt *q, const char *text); /* NULL is SQL's NULL */
void bind_blob(struct stmt *q, const void *bytes, size_t n);

/* The next row, or *ret_is_row false after the last. */
MUST_CHECK bool stmt_row(struct stmt *q, bool *ret_is_row, struct err *e);
/* Each row after the other; what ended them, the last row (true) or an error in *e, is told by
 * stmt_ended:
 *
 *     while (stmt_next(&q, e))
 *         row(ctx, col_text(&q, 0));
 *     return stmt_ended(&q);
 */
bool stmt_next(struct stmt *q, struct err *e);
MUST_CHECK bool stmt_ended(const struct stmt *q);
/* The first column of the first row; 0 when there is none. */
MUST_CHECK bool stmt_int(struct stmt *q, int64_t *ret, struct err *e);
/* Runs to the end; rows are dropped. */
MUST_CHECK bool stmt_run(struct stmt *q, struct err *e);
int64_t stmt_changes(const struct stmt *q); /* rows changed by the one just run */
int64_t stmt_new_id(const struct stmt *q);  /* rowid of the insert just run */

/* Columns count from 0. */
int64_t col_int(const struct stmt *q, int column);
double col_millionths(const struct stmt *q, int column);
bool col_is_null(const struct stmt *q, int column);
bool col_bool(const struct stmt *q, int column);
const char *col_text(const struct stmt *q, int column); /* never NULL */
/* The place of a stored word among `names`; 0 when it is empty or of a later version. */
int col_word(const struct stmt *q, int column, const char *const names[], int n);
const char *col_blob(const struct stmt *q, int column, size_t *ret_n);

/* Statements without parameters. */
MUST_CHECK bool sql_run(struct store *s, enum sql sql, struct err *e);
/* The first column of the only row. */
MUST_CHECK bool sql_int(struct store *s, enum sql sql, int64_t *ret, struct err *e);

#endif
