/* Opening: what is created and with which modes, keys, and who may open (cli page, section 7). */
#include <sys/wait.h>

#include "unit/store_files.h"

/* ---- creation ---- */

static void reading_nothing_creates_nothing(void **state)
{
    struct state *t = *state;
    absent(t, STORE_READ);
    absent(t, STORE_WRITE);
    assert_false(file_exists(t->dir));
}

static void creation_makes_private_files(void **state)
{
    struct state *t = *state;
    enum store_found found;
    mode_t old = umask(0);
    OK(t, state_try(t, STORE_CREATE, &t->store, &found));
    OK(t, store_meta_set(t->store, "a", "b", &t->e));
    umask(old);
    assert_int_equal(found, STORE_CREATED);
    assert_string_equal(store_dir(t->store), t->dir);
    assert_int_equal(store_schema(t->store), embedded_migrations_n);
    assert_int_equal(mode_of(t->dir), 0700);
    assert_int_equal(mode_of(t->db), 0600);
    assert_int_equal(mode_of(t->key), 0600);
    assert_int_equal(size_of(t->key), 32);
    CLEANUP(freep) char *wal = mem_printf("%s-wal", t->db);
    CLEANUP(freep) char *lock = mem_printf("%s/lock", t->dir);
    assert_int_equal(mode_of(wal), 0600);
    assert_int_equal(mode_of(lock), 0600);
    t->store = store_close(t->store);
    OK(t, state_try(t, STORE_CREATE, &t->store, &found));
    assert_int_equal(found, STORE_OPENED);
}

static void values_survive_and_are_not_in_the_bytes(void **state)
{
    struct state *t = *state;
    make(t);
    CLEANUP(buf_done) struct buf bytes = {0};
    OK(t, file_read(t->db, 64 * 1024 * 1024, &bytes, &t->e));
    assert_null(memmem(bytes.at, bytes.n, "remember me", 11));
    assert_null(memmem(bytes.at, bytes.n, "CREATE TABLE", 12));
    state_open(t, STORE_READ);
    CLEANUP(freep) char *value = NULL;
    OK(t, store_meta_get(t->store, "planted", &value, &t->e));
    assert_string_equal(value, "remember me");
}

static void a_key_left_without_a_database_is_used(void **state)
{
    struct state *t = *state;
    CLEANUP(buf_done) struct buf after = {0};
    mkdir(t->dir, 0700);
    overwrite(t->key, 0, "0123456789abcdef0123456789abcdef", 32);
    make(t);
    OK(t, file_read(t->key, 64, &after, &t->e));
    assert_memory_equal(after.at, "0123456789abcdef0123456789abcdef", 32);
    state_open(t, STORE_READ);
}

static void an_empty_file_is_no_database(void **state)
{
    struct state *t = *state;
    mkdir(t->dir, 0700);
    overwrite(t->db, 0, "", 0);
    absent(t, STORE_READ);
    make(t);
    state_open(t, STORE_WRITE);
}

static void another_key_file_may_be_named(void **state)
{
    struct state *t = *state;
    CLEANUP(freep) char *path = mem_printf("%s/elsewhere", t->root);
    struct store_setup setup = {
        .dir = t->dir, .key_file = path, .mode = STORE_CREATE, .clock = &t->clock.clock};
    enum store_found found;
    OK(t, store_open(&setup, &t->store, &found, &t->e));
    assert_true(file_exists(path));
    assert_false(file_exists(t->key));
}

/* ---- keys ---- */

static void a_missing_key_is_never_made_for_a_database(void **state)
{
    struct state *t = *state;
    make(t);
    assert_int_equal(unlink(t->key), 0);
    for (int mode = STORE_READ; mode <= STORE_CREATE; mode++)
        refused(t, (enum store_mode)mode, ERR_IO, "--key-file");
    assert_false(file_exists(t->key));
}

static void a_key_of_the_wrong_size_is_refused(void **state)
{
    struct state *t = *state;
    make(t);
    overwrite(t->key, 32, "x", 1);
    refused(t, STORE_READ, ERR_IO, "more than 32 bytes");
    assert_int_equal(truncate(t->key, 31), 0);
    refused(t, STORE_WRITE, ERR_IO, "less than 32 bytes");
}

static void a_wrong_key_is_told_from_damage(void **state)
{
    struct state *t = *state;
    make(t);
    flip(t->key, 5);
    refused(t, STORE_READ, ERR_DB, "does not open the database");
    refused(t, STORE_WRITE, ERR_DB, "--key-file");
    flip(t->key, 5);
    state_open(t, STORE_WRITE);
}

/* ---- processes ---- */

/* Runs in a child with the writer's lock until the parent closes the pipe. */
static pid_t hold_lock(struct state *t, int *ret_fd)
{
    int ready[2], stop[2];
    char c;
    assert_int_equal(pipe(ready), 0);
    assert_int_equal(pipe(stop), 0);
    pid_t child = fork();
    if (child == 0) {
        enum store_found found;
        close(stop[1]);
        bool ok = state_try(t, STORE_WRITE, &t->store, &found) &&
                  store_meta_set(t->store, "child", "here", &t->e);
        ok = write(ready[1], ok ? "y" : "n", 1) == 1 && read(stop[0], &c, 1) == 0 && ok;
        _exit(ok ? 0 : 1);
    }
    assert_int_equal(read(ready[0], &c, 1), 1);
    assert_int_equal(c, 'y');
    close(ready[0]);
    close(ready[1]);
    close(stop[0]);
    *ret_fd = stop[1];
    return child;
}

static void a_second_writer_hears_who_holds_the_lock(void **state)
{
    struct state *t = *state;
    int stop, status;
    char pid[32];
    make(t);
    pid_t child = hold_lock(t, &stop);
    snprintf(pid, sizeof pid, "process %d (", (int)child);
    refused(t, STORE_WRITE, ERR_CONFLICT, pid);
    refused(t, STORE_CREATE, ERR_CONFLICT, pid);
    state_open(t, STORE_READ); /* a reader beside a writer sees what it committed */
    CLEANUP(freep) char *value = NULL;
    OK(t, store_meta_get(t->store, "child", &value, &t->e));
    assert_string_equal(value, "here");
    close(stop);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    state_open(t, STORE_WRITE); /* died without letting go: the kernel did */
}

static void a_reader_cannot_write(void **state)
{
    struct state *t = *state;
    make(t);
    state_open(t, STORE_READ);
    assert_false(store_meta_set(t->store, "a", "b", &t->e));
    assert_error(&t->e, ERR_DB, "opened for reading");
    struct tx tx = {0};
    assert_false(tx_begin(t->store, &tx, &t->e) && store_meta_set(t->store, "a", "b", &t->e));
    tx_done(&tx);
}

static void leaving_without_commit_rolls_back(void **state)
{
    struct state *t = *state;
    CLEANUP(freep) char *value = NULL, *kept = NULL;
    state_open(t, STORE_CREATE);
    {
        CLEANUP(tx_done) struct tx tx = {0};
        OK(t, tx_begin(t->store, &tx, &t->e));
        OK(t, store_meta_set(t->store, "gone", "x", &t->e));
    }
    {
        CLEANUP(tx_done) struct tx tx = {0};
        OK(t, tx_begin(t->store, &tx, &t->e));
        OK(t, store_meta_set(t->store, "kept", "x", &t->e));
        OK(t, tx_commit(&tx, &t->e));
    }
    OK(t, store_meta_get(t->store, "gone", &value, &t->e));
    OK(t, store_meta_get(t->store, "kept", &kept, &t->e));
    assert_null(value);
    assert_string_equal(kept, "x");
    OK(t, store_meta_set(t->store, "kept", NULL, &t->e));
    OK(t, store_meta_get(t->store, "kept", &value, &t->e));
    assert_null(value);
}

static void statements_are_counted(void **state)
{
    struct state *t = *state;
    CLEANUP(freep) char *value = NULL;
    state_open(t, STORE_CREATE);
    uint64_t before = store_statements(t->store);
    OK(t, store_meta_get(t->store, "a", &value, &t->e));
    OK(t, store_relax(t->store, true, &t->e));
    assert_int_equal(store_statements(t->store) - before, 2);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, state_setup, state_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reading_nothing_creates_nothing),
        TEST(creation_makes_private_files),
        TEST(values_survive_and_are_not_in_the_bytes),
        TEST(a_key_left_without_a_database_is_used),
        TEST(an_empty_file_is_no_database),
        TEST(another_key_file_may_be_named),
        TEST(a_missing_key_is_never_made_for_a_database),
        TEST(a_key_of_the_wrong_size_is_refused),
        TEST(a_wrong_key_is_told_from_damage),
        TEST(a_second_writer_hears_who_holds_the_lock),
        TEST(a_reader_cannot_write),
        TEST(leaving_without_commit_rolls_back),
        TEST(statements_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
