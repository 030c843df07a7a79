/* One clear sentence for each way in which a state can be unusable: foreign, damaged, of another
 * schema, on a full disk (libraries page, section 1). */
#include <signal.h>
#include <sys/resource.h>

#include "unit/store_files.h"

/* ---- damaged and foreign files ---- */

static void a_plaintext_file_has_its_own_sentence(void **state)
{
    struct state *t = *state;
    make(t);
    overwrite(t->db, 0, "SQLite format 3", 16);
    refused(t, STORE_READ, ERR_DB, "plaintext");
    refused(t, STORE_CREATE, ERR_DB, "plaintext");
}

static void a_flipped_byte_in_the_first_page_is_damage(void **state)
{
    struct state *t = *state;
    make(t);
    flip(t->db, 2000);
    refused(t, STORE_READ, ERR_DB, "1 of its");
}

static void count(void *ctx, const char *problem UNUSED)
{
    (*(size_t *)ctx)++;
}

enum { PAGE = 4096 }; /* SQLCipher 4's default */

/* In a page of a table: damage in one of the schema's shows when the database is opened. */
static off_t inside_runs(struct state *t)
{
    static const char root[] = "SELECT rootpage FROM sqlite_schema WHERE name = 'runs'";
    sqlite3_stmt *q = NULL;
    assert_int_equal(sqlite3_prepare_v2(t->store->db, root, -1, &q, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    off_t page = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return (page - 1) * PAGE + 100;
}

static void check_finds_a_flipped_byte(void **state)
{
    struct state *t = *state;
    size_t n = 99, n_told = 0;
    make(t);
    state_open(t, STORE_READ);
    OK(t, store_check(t->store, count, &n_told, &n, &t->e));
    assert_int_equal(n, 0);
    assert_int_equal(n_told, 0);
    off_t where = inside_runs(t);
    t->store = store_close(t->store);
    flip(t->db, where);
    state_open(t, STORE_READ);
    OK(t, store_check(t->store, count, &n_told, &n, &t->e));
    assert_int_equal(n, 1);
    assert_int_equal(n_told, 1);
}

static void check_finds_a_changed_schema(void **state)
{
    struct state *t = *state;
    size_t n = 0, n_told = 0;
    state_open(t, STORE_CREATE);
    assert_int_equal(sqlite3_exec(t->store->db, "DROP INDEX audit_at", NULL, NULL, NULL),
                     SQLITE_OK);
    OK(t, store_check(t->store, count, &n_told, &n, &t->e));
    assert_int_equal(n, 1);
}

static void a_file_cut_inside_a_page_is_damage(void **state)
{
    struct state *t = *state;
    make(t);
    assert_int_equal(truncate(t->db, size_of(t->db) - 100), 0);
    refused(t, STORE_READ, ERR_DB, "cut");
}

/* Whole pages are missing: whatever is noticed first, it is called damage and leads to db check or
 * a backup. */
static void a_file_cut_between_pages_is_damage(void **state)
{
    struct state *t = *state;
    struct store *s = NULL;
    enum store_found found;
    size_t n = 0, n_told = 0;
    make(t);
    assert_int_equal(truncate(t->db, size_of(t->db) / 8192 * 4096), 0);
    if (!state_try(t, STORE_READ, &s, &found)) {
        assert_error(&t->e, ERR_DB, "damaged");
        return;
    }
    t->store = s;
    if (store_check(t->store, count, &n_told, &n, &t->e))
        assert_true(n > 0);
    else
        assert_error(&t->e, ERR_DB, "damaged");
}

static void a_directory_in_its_place_is_refused(void **state)
{
    struct state *t = *state;
    mkdir(t->dir, 0700);
    mkdir(t->db, 0700);
    refused(t, STORE_READ, ERR_IO, "not a regular file");
}

/* ---- schemas: one migration more than the program has ---- */

static const char next[] = "ALTER TABLE meta ADD COLUMN note TEXT NOT NULL DEFAULT ''";
static const char broken[] = "CREATE TABLE half (a INTEGER) STRICT; INSERT INTO nowhere VALUES (1)";

static bool open_with(struct state *t, const char *text, enum store_mode mode)
{
    const struct store_setup setup = {.dir = t->dir, .mode = mode, .clock = &t->clock.clock};
    struct embedded all[16];
    const size_t n = embedded_migrations_n;
    CLEANUP(freep) char *name = mem_printf("%04zu_next.sql", n + 1);
    assert_in_range(n, 1, COUNT(all) - 1);
    memcpy(all, embedded_migrations, n * sizeof *all);
    all[n] = (struct embedded){name, text, strlen(text)};
    const struct migrations list = {all, n + 1};
    enum store_found found;
    t->store = store_close(t->store);
    return store_open_as(&setup, &list, &t->store, &found, &t->e);
}

static void a_migration_keeps_a_copy_first(void **state)
{
    struct state *t = *state;
    CLEANUP(freep) char *copy = mem_printf("%s.before-%04zu", t->db, embedded_migrations_n + 1);
    make(t);
    assert_false(open_with(t, next, STORE_READ));
    assert_error(&t->e, ERR_DB, "splintarr apply");
    assert_false(file_exists(copy));
    OK(t, open_with(t, next, STORE_WRITE));
    assert_int_equal(store_schema(t->store), embedded_migrations_n + 1);
    assert_int_equal(mode_of(copy), 0600);
    t->store = store_close(t->store);
    assert_int_equal(rename(copy, t->db), 0); /* what the sentence for a newer schema recommends */
    state_open(t, STORE_READ);
    CLEANUP(freep) char *value = NULL;
    OK(t, store_meta_get(t->store, "planted", &value, &t->e));
    assert_string_equal(value, "remember me");
}

static void a_newer_schema_is_refused(void **state)
{
    struct state *t = *state;
    make(t);
    OK(t, open_with(t, next, STORE_WRITE));
    t->store = store_close(t->store);
    refused(t, STORE_READ, ERR_DB, "newer Splintarr");
    refused(t, STORE_WRITE, ERR_DB, ".before-");
}

static void a_migration_is_all_or_nothing(void **state)
{
    struct state *t = *state;
    make(t);
    assert_false(open_with(t, broken, STORE_WRITE));
    assert_error(&t->e, ERR_DB, "_next.sql");
    state_open(t, STORE_WRITE);
    size_t n = 0, n_told = 0;
    OK(t, store_check(t->store, count, &n_told, &n, &t->e)); /* no table `half` */
    assert_int_equal(n, 0);
}

static void a_changed_migration_is_noticed(void **state)
{
    struct state *t = *state;
    make(t);
    OK(t, open_with(t, next, STORE_WRITE));
    assert_false(open_with(t, "SELECT 1", STORE_WRITE));
    assert_error(&t->e, ERR_DB, "different build");
}

static void migrations_are_numbered_without_gaps(void **state UNUSED)
{
    for (size_t i = 0; i < embedded_migrations_n; i++)
        assert_int_equal(strtol(embedded_migrations[i].name, NULL, 10), i + 1);
}

/* ---- disks ---- */

/* One megabyte, in one transaction. */
static bool write_much(struct state *t)
{
    CLEANUP(tx_done) struct tx tx = {0};
    char value[4000];
    memset(value, 'x', sizeof value - 1);
    value[sizeof value - 1] = '\0';
    if (!tx_begin(t->store, &tx, &t->e))
        return false;
    for (int i = 0; i < 256; i++) {
        char name[8];
        snprintf(name, sizeof name, "%d", i);
        if (!store_meta_set(t->store, name, value, &t->e))
            return false;
    }
    return tx_commit(&tx, &t->e);
}

static void assert_usable(struct state *t)
{
    CLEANUP(freep) char *value = NULL, *half = NULL;
    OK(t, store_meta_get(t->store, "planted", &value, &t->e));
    OK(t, store_meta_get(t->store, "0", &half, &t->e));
    assert_string_equal(value, "remember me");
    assert_null(half);
    OK(t, store_meta_set(t->store, "small", "x", &t->e));
}

static void a_full_disk_changes_nothing(void **state)
{
    struct state *t = *state;
    make(t);
    state_open(t, STORE_WRITE);
    sqlite3_exec(t->store->db, "PRAGMA max_page_count = 100", NULL, NULL,
                 NULL); /* SQLITE_FULL, as when the disk is */
    assert_false(write_much(t));
    assert_error(&t->e, ERR_DB, "full disk");
    assert_error(&t->e, ERR_DB, t->db);
    assert_usable(t);
}

static void a_failing_disk_is_named(void **state)
{
    struct state *t = *state;
    struct rlimit old, small = {.rlim_cur = 256 * 1024};
    make(t);
    state_open(t, STORE_WRITE);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small.rlim_max = old.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0); /* write(2) fails with EFBIG */
    bool is_written = write_much(t);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_false(is_written);
    assert_error(&t->e, ERR_DB, "cannot be read or written");
    assert_error(&t->e, ERR_DB, "splintarr db check");
    assert_usable(t);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, state_setup, state_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_plaintext_file_has_its_own_sentence),
        TEST(a_flipped_byte_in_the_first_page_is_damage),
        TEST(check_finds_a_flipped_byte),
        TEST(check_finds_a_changed_schema),
        TEST(a_file_cut_inside_a_page_is_damage),
        TEST(a_file_cut_between_pages_is_damage),
        TEST(a_directory_in_its_place_is_refused),
        TEST(a_migration_keeps_a_copy_first),
        TEST(a_newer_schema_is_refused),
        TEST(a_migration_is_all_or_nothing),
        TEST(a_changed_migration_is_noticed),
        TEST(migrations_are_numbered_without_gaps),
        TEST(a_full_disk_changes_nothing),
        TEST(a_failing_disk_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
