/* What a reader may do: every statement of state/queries.def either only reads or is refused, and
 * none runs past the deadline. */
#include <string.h>

#include "base/str.h"
#include "store/handle.h"
#include "store/stmt.h"
#include "unit/store_files.h"

/* Whether SQLite itself says that the statement writes nothing (sqlite3_stmt_readonly). */
static bool only_selects(sqlite3 *db, const struct sql_row *row)
{
    sqlite3_stmt *raw = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, row->text, -1, &raw, NULL), SQLITE_OK);
    bool is_select = sqlite3_stmt_readonly(raw) && !(row->flags & IS_PRAGMA);
    sqlite3_finalize(raw);
    return is_select;
}

static int prepare(sqlite3 *db, const char *text)
{
    sqlite3_stmt *raw = NULL;
    int rc = sqlite3_prepare_v2(db, text, -1, &raw, NULL);
    sqlite3_finalize(raw);
    return rc;
}

/* VACUUM is the one statement that meets the authorizer only when it runs. */
static int prepare_and_run(sqlite3 *db, const char *text)
{
    sqlite3_stmt *raw = NULL;
    int rc = sqlite3_prepare_v2(db, text, -1, &raw, NULL);
    rc = rc == SQLITE_OK ? sqlite3_step(raw) : rc;
    sqlite3_finalize(raw);
    return rc;
}

static void only_selects_prepare(void **state)
{
    struct state *t = *state;
    CLEANUP(store_closep) struct store *reader = NULL;
    enum store_found found;
    size_t n_refused = 0;
    OK(t, state_try(t, STORE_READ, &reader, &found));
    for (size_t i = 0; i < SQL_N; i++) {
        if (i == SQL_copy_into)
            continue;
        bool may = only_selects(t->store->db, &sql_rows[i]);
        int rc = prepare(reader->db, sql_rows[i].text);
        if (rc != (may ? SQLITE_OK : SQLITE_AUTH))
            fail_msg("%s: %d", sql_rows[i].name, rc);
        n_refused += !may;
    }
    assert_true(n_refused > 40);
}

static void what_never_reads_is_refused(void **state)
{
    static const char *const texts[] = {
        "ATTACH DATABASE '/tmp/elsewhere' AS x",
        "DETACH DATABASE main",
        "PRAGMA query_only = OFF",
        "PRAGMA writable_schema = ON",
        "PRAGMA table_info(meta)",
        "VACUUM",
        "VACUUM INTO '/tmp/elsewhere'",
        "CREATE TABLE t (a)",
        "CREATE TEMP TABLE t (a)",
        "DROP TABLE meta",
        "ALTER TABLE meta ADD COLUMN x",
        "REINDEX",
        "ANALYZE",
        "SAVEPOINT s",
        "BEGIN",
        "COMMIT",
        "CREATE TEMP VIEW v AS SELECT 1",
        "DELETE FROM meta",
    };
    struct state *t = *state;
    CLEANUP(store_closep) struct store *reader = NULL;
    enum store_found found;
    OK(t, state_try(t, STORE_READ, &reader, &found));
    for (size_t i = 0; i < COUNT(texts); i++)
        if (prepare_and_run(reader->db, texts[i]) == SQLITE_DONE)
            fail_msg("a reader may: %s", texts[i]);
    assert_false(file_exists("/tmp/elsewhere"));
}

static void writing_is_said_plainly(void **state)
{
    struct state *t = *state;
    CLEANUP(store_closep) struct store *reader = NULL;
    enum store_found found;
    OK(t, state_try(t, STORE_READ, &reader, &found));
    assert_false(store_meta_set(reader, "a", "b", &t->e));
    assert_error(&t->e, ERR_DB, "opened for reading");
}

/* A check is pragmas: it lifts the guard, and puts it back. */
static void a_check_leaves_the_guard_on(void **state)
{
    struct state *t = *state;
    CLEANUP(store_closep) struct store *reader = NULL;
    enum store_found found;
    size_t n = 1;
    OK(t, state_try(t, STORE_READ, &reader, &found));
    OK(t, store_check(reader, NULL, NULL, &n, &t->e));
    assert_int_equal(n, 0);
    assert_int_equal(prepare(reader->db, "PRAGMA query_only = OFF"), SQLITE_AUTH);
}

/* ---- the deadline, on a clock that moves with every look ---- */

struct hasty {
    struct clock clock;
    ms_t mono;
};

static ms_t hasty_mono(const struct clock *c)
{
    return ++((struct hasty *)(uintptr_t)c)->mono;
}

static utc_t hasty_utc(const struct clock *c UNUSED)
{
    return NOON;
}

static void fill(struct state *t, int n)
{
    CLEANUP(tx_done) struct tx tx = {0};
    OK(t, tx_begin(t->store, &tx, &t->e));
    for (int i = 0; i < n; i++) {
        CLEANUP(freep) char *name = mem_printf("queue%d", i);
        CLEANUP(stmt_done) struct stmt q = stmt_of(t->store, SQL_queue_ensure);
        bind_text(&q, name);
        OK(t, stmt_run(&q, &t->e));
    }
    OK(t, tx_commit(&tx, &t->e));
}

static bool count_pairs(struct store *s, struct err *e)
{
    static const char text[] = "SELECT count(*) FROM queues a JOIN queues b ON a.id <> b.id";
    sqlite3_stmt *raw = NULL;
    guard_begin(s);
    int rc = sqlite3_prepare_v2(s->db, text, -1, &raw, NULL);
    rc = rc == SQLITE_OK ? sqlite3_step(raw) : rc;
    sqlite3_finalize(raw);
    return rc == SQLITE_ROW || store_fail(s, rc, e);
}

static void a_long_query_ends(void **state)
{
    struct state *t = *state;
    struct hasty hasty = {.clock = {.utc = hasty_utc, .mono = hasty_mono}};
    struct store_setup setup = {
        .dir = t->dir, .mode = STORE_READ, .clock = &hasty.clock, .deadline = 50};
    struct store *reader = NULL;
    enum store_found found;
    int64_t n;
    fill(t, 1000); /* a million pairs: thousands of looks at the clock */
    OK(t, store_open(&setup, &reader, &found, &t->e));
    OK(t, sql_int(reader, SQL_count_tables, &n, &t->e));
    assert_false(count_pairs(reader, &t->e));
    assert_error(&t->e, ERR_DB, "took too long");
    OK(t, sql_int(reader, SQL_count_tables, &n, &t->e)); /* the next has its own time */
    store_close(reader);
    setup.deadline = 0;
    OK(t, store_open(&setup, &reader, &found, &t->e));
    OK(t, count_pairs(reader, &t->e));
    store_close(reader);
}

int main(void)
{
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, store_setup_open, state_teardown)
    const struct CMUnitTest tests[] = {
        TEST(only_selects_prepare),    TEST(what_never_reads_is_refused),
        TEST(writing_is_said_plainly), TEST(a_check_leaves_the_guard_on),
        TEST(a_long_query_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
