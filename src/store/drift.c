/* store/drift.c — what is wanted by a server's own rule, and how its count differed from ours. */
#include "store/library.h"
#include "store/stmt.h"

bool library_wanted(struct store *s, const char *instance, utc_t at, int64_t *ret, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_library_wanted);
    bool is_row = false;
    bind_text(&q, instance);
    bind_int(&q, at);
    if (!stmt_row(&q, &is_row, e))
        return false;
    *ret = col_int(&q, 0);
    return true;
}

bool library_drift(struct store *s, const char *instance, struct library_drift *ret, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_library_drift);
    bool is_row = false;
    *ret = (struct library_drift){0};
    bind_text(&q, instance);
    if (!stmt_row(&q, &is_row, e))
        return false;
    if (is_row)
        *ret = (struct library_drift){.difference = col_int(&q, 0), .repaired = col_int(&q, 1)};
    return true;
}

bool library_drift_put(struct store *s, const char *instance, const struct library_drift *drift,
                       struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_library_drift_put);
    bind_text(&q, instance);
    bind_int(&q, drift->difference);
    bind_int(&q, drift->repaired);
    return stmt_run(&q, e);
}

bool library_reread(struct store *s, const char *instance, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_library_reread);
    bind_text(&q, instance);
    return stmt_run(&q, e);
}
