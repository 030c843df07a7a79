/* store/secrets.c — stored secrets. Values pass through as bytes: bound straight from the caller's
 * secret, copied straight into his, never formatted. */
#include "store/resources.h"
#include "store/stmt.h"

bool secret_put(struct store *s, const char *name, const struct secret *value, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_secret_put);
    bind_text(&q, name);
    bind_blob(&q, value->value, value->n);
    bind_int(&q, store_now(s));
    return stmt_run(&q, e);
}

bool secret_get(struct store *s, const char *name, struct secret *ret, bool *ret_found,
                struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_secret_get);
    bool is_row = false;
    bind_text(&q, name);
    if (!stmt_row(&q, &is_row, e))
        return false;
    if (is_row) {
        size_t n;
        const char *bytes = col_blob(&q, 0, &n);
        secret_set(ret, bytes, n);
    }
    *ret_found = is_row;
    return true;
}

bool secret_remove(struct store *s, const char *name, bool *ret_found, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_secret_remove);
    bind_text(&q, name);
    if (!stmt_run(&q, e))
        return false;
    *ret_found = stmt_changes(&q) > 0;
    return true;
}

bool secrets_each(struct store *s, void (*row)(void *ctx, const struct stored_secret *x), void *ctx,
                  struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_secrets_each);
    while (stmt_next(&q, e)) {
        struct stored_secret x = {
            .name = col_text(&q, 0), .created = col_int(&q, 1), .changed = col_int(&q, 2)};
        row(ctx, &x);
    }
    return stmt_ended(&q);
}
