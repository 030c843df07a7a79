/* store/check.c — `splintarr db check`: every page's HMAC first, because SQLite itself reports a
 * page that does not verify as "out of memory". */
#include "base/buf.h"
#include "base/str.h"
#include "store/open.h"
#include "store/stmt.h"

struct finding {
    struct store *store;
    void (*on_problem)(void *ctx, const char *problem);
    void *ctx;
    size_t n;
};

static void found(struct finding *f, const char *problem)
{
    f->n++;
    f->on_problem(f->ctx, problem);
}

/* Every row of a checking pragma is a problem, apart from "ok". */
static bool each_row(struct finding *f, enum sql sql, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(f->store, sql);
    while (stmt_next(&q, e)) {
        const char *text = col_text(&q, 0);
        if (!str_eq(text, "ok"))
            found(f, text);
    }
    return stmt_ended(&q);
}

static void add_schema_row(struct stmt *q, struct buf *ret)
{
    for (int i = 0; i < 3; i++)
        buf_printf(ret, "%s\n", col_text(q, i));
}

static bool schema_text(struct store *s, struct buf *ret, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_schema);
    while (stmt_next(&q, e))
        add_schema_row(&q, ret);
    return stmt_ended(&q);
}

static bool compare_schema(struct finding *f, struct err *e)
{
    const struct migrations list = {embedded_migrations, embedded_migrations_n};
    CLEANUP(store_closep) struct store *scratch = NULL;
    CLEANUP(buf_done) struct buf ours, expected;
    buf_init(&ours, BUF_TEXT);
    buf_init(&expected, BUF_TEXT);
    if (!store_open_scratch(f->store->clock, &scratch, e) || !migrate_scratch(scratch, &list, e) ||
        !schema_text(scratch, &expected, e) || !schema_text(f->store, &ours, e))
        return false;
    if (!str_eq(ours.at, expected.at))
        found(f, "the tables are not those this program makes: somebody changed them");
    return true;
}

static bool check_all(struct finding *f, struct err *e)
{
    if (!each_row(f, SQL_cipher_integrity_check, e))
        return false;
    return f->n > 0 || (each_row(f, SQL_integrity_check, e) &&
                        each_row(f, SQL_foreign_key_check, e) && compare_schema(f, e));
}

static bool check_with_cache(struct finding *f, struct err *e)
{
    struct store *s = f->store;
    struct err ignored;
    if (!sql_run(s, SQL_cache_check, e))
        return false;
    bool ok = check_all(f, e);
    bool is_restored =
        sql_run(s, s->lock < 0 ? SQL_cache_reader : SQL_cache_writer, ok ? e : &ignored);
    return ok && is_restored;
}

/* The checks are pragmas, which a guarded reader may not run. */
bool store_check(struct store *s, void (*on_problem)(void *ctx, const char *problem), void *ctx,
                 size_t *ret_n, struct err *e)
{
    struct finding f = {.store = s, .on_problem = on_problem, .ctx = ctx};
    bool was_guarded = s->is_guarded;
    guard_set(s, false);
    bool ok = check_with_cache(&f, e);
    guard_set(s, was_guarded);
    *ret_n = f.n;
    return ok;
}
