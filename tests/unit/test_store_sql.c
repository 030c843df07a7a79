/* Every statement of state/queries.def, on a fresh schema: it prepares, and its plan walks no whole
 * table unless its row says so. The plan's words are SQLite's (eqp.html): a step that reads a whole
 * table or index begins with SCAN. */
#include <string.h>

#include "base/str.h"
#include "store/handle.h"
#include "unit/store_state.h"

static void every_statement_prepares(void **state)
{
    struct state *t = *state;
    for (size_t i = 0; i < SQL_N; i++) {
        sqlite3_stmt *raw = NULL;
        int rc = sqlite3_prepare_v2(t->store->db, sql_rows[i].text, -1, &raw, NULL);
        if (rc != SQLITE_OK)
            fail_msg("%s: %s", sql_rows[i].name, sqlite3_errmsg(t->store->db));
        sqlite3_finalize(raw);
    }
}

static size_t count_scans(sqlite3 *db, const struct sql_row *row)
{
    CLEANUP(freep) char *text = mem_printf("EXPLAIN QUERY PLAN %s", row->text);
    sqlite3_stmt *raw = NULL;
    size_t n = 0;
    if (sqlite3_prepare_v2(db, text, -1, &raw, NULL) != SQLITE_OK)
        fail_msg("%s: %s", row->name, sqlite3_errmsg(db));
    while (sqlite3_step(raw) == SQLITE_ROW) {
        const char *detail = (const char *)sqlite3_column_text(raw, 3);
        n += str_starts(detail, "SCAN ") && !str_starts(detail, "SCAN CONSTANT ROW");
    }
    sqlite3_finalize(raw);
    return n;
}

static void no_statement_scans_unless_it_says_so(void **state)
{
    struct state *t = *state;
    for (size_t i = 0; i < SQL_N; i++) {
        const struct sql_row *row = &sql_rows[i];
        if (row->flags & IS_PRAGMA)
            continue;
        size_t n = count_scans(t->store->db, row);
        if (n > 0 && !(row->flags & SCAN_OK))
            fail_msg("%s walks a whole table", row->name);
        if (n == 0 && (row->flags & SCAN_OK))
            fail_msg("%s says SCAN_OK and does not scan", row->name);
    }
}

static void tables_are_strict(void **state)
{
    struct state *t = *state;
    sqlite3_stmt *raw = NULL;
    int n = 0;
    sqlite3_prepare_v2(t->store->db,
                       "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name "
                       "NOT LIKE 'sqlite_%'",
                       -1, &raw, NULL);
    for (; sqlite3_step(raw) == SQLITE_ROW; n++)
        if (!sqlite3_column_int(raw, 1))
            fail_msg("table %s is not STRICT", (const char *)sqlite3_column_text(raw, 0));
    sqlite3_finalize(raw);
    assert_true(n > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_statement_prepares, store_setup_open, state_teardown),
        cmocka_unit_test_setup_teardown(no_statement_scans_unless_it_says_so, store_setup_open,
                                        state_teardown),
        cmocka_unit_test_setup_teardown(tables_are_strict, store_setup_open, state_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
