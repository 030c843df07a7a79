/* Values behind references: the four sources of the config page, section 4, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/stat.h>

#include "base/clock.h"
#include "plan/secrets.h"
#include "store/resources.h"
#include "tempdir.h"

struct place {
    char *dir, *root, *state;
    struct store *store;
    struct virtual_clock clock;
};

static int set_up(void **state)
{
    struct place *p = NEW(struct place);
    struct err e;
    enum store_found found;
    p->dir = tempdir_make();
    p->root = mem_printf("%s/tree", p->dir);
    p->state = mem_printf("%s/state", p->dir);
    tempdir_put(p->root, "splintarr.yaml", "version: 1\n");
    virtual_clock_init(&p->clock, 1800000000000);
    const struct store_setup setup = {
        .dir = p->state, .mode = STORE_CREATE, .clock = &p->clock.clock};
    if (!store_open(&setup, &p->store, &found, &e))
        fail_msg("%s", e.msg);
    *state = p;
    return 0;
}

static int tear_down(void **state)
{
    struct place *p = *state;
    store_close(p->store);
    tempdir_remove(p->dir);
    mem_free(p->root);
    mem_free(p->state);
    mem_free(p);
    return 0;
}

static void secrets_freep(struct secrets **s)
{
    *s = secrets_free(*s);
}

static struct secrets *look_up(const struct place *p, struct store *store, const char *const *dirs)
{
    const struct secrets_setup setup = {
        .store = store, .root = p->root, .state_dir = p->state, .dirs = dirs};
    return secrets_new(&setup);
}

static void expect_found(const struct secrets *s, enum secret_source source, const char *ref,
                         const char *value)
{
    CLEANUP(secret_done) struct secret got = {0};
    struct err e = {0};
    const struct secret_ref r = {source, ref};
    if (secrets_resolve(s, &r, &got, &e) != SECRET_FOUND)
        fail_msg("%s", e.msg);
    assert_string_equal(got.value, value);
}

static void expect_missing(const struct secrets *s, enum secret_source source, const char *ref,
                           const char *part)
{
    CLEANUP(secret_done) struct secret got = {0};
    struct err e = {0};
    const struct secret_ref r = {source, ref};
    assert_int_equal(secrets_resolve(s, &r, &got, &e), SECRET_MISSING);
    assert_null(got.value);
    if (!strstr(e.msg, part))
        fail_msg("'%s' does not say '%s'", e.msg, part);
}

static void store_value(struct place *p, const char *name, const char *value)
{
    CLEANUP(secret_done) struct secret s = {0};
    struct err e;
    secret_set(&s, value, strlen(value));
    if (!secret_put(p->store, name, &s, &e))
        fail_msg("%s", e.msg);
}

static void stored_ones(void **state)
{
    struct place *p = *state;
    CLEANUP(secrets_freep) struct secrets *s = look_up(p, p->store, NULL);
    store_value(p, "sonarr-main-key", "value-1");
    expect_found(s, SECRET_STORED, "sonarr-main-key", "value-1");
    expect_missing(s, SECRET_STORED, "other", "splintarr secret set other");
    CLEANUP(secrets_freep) struct secrets *without = look_up(p, NULL, NULL);
    expect_missing(without, SECRET_STORED, "sonarr-main-key", "splintarr secret set");
}

static void files_lose_one_newline(void **state)
{
    struct place *p = *state;
    CLEANUP(secrets_freep) struct secrets *s = look_up(p, NULL, NULL);
    CLEANUP(freep) char *unix_file = mem_printf("%s/unix", p->dir);
    CLEANUP(freep) char *dos_file = mem_printf("%s/dos", p->dir);
    CLEANUP(freep) char *two = mem_printf("%s/two", p->dir);
    CLEANUP(freep) char *empty = mem_printf("%s/empty", p->dir);
    tempdir_put(p->dir, "unix", "value\n");
    tempdir_put(p->dir, "dos", "value\r\n");
    tempdir_put(p->dir, "two", "value\n\n");
    tempdir_put(p->dir, "empty", "\n");
    expect_found(s, SECRET_FILE, unix_file, "value");
    expect_found(s, SECRET_FILE, dos_file, "value");
    expect_found(s, SECRET_FILE, two, "value\n");
    expect_missing(s, SECRET_FILE, empty, "is empty");
}

static void files_that_others_may_read_are_known(void **state)
{
    struct place *p = *state;
    CLEANUP(freep) char *file = mem_printf("%s/key", p->dir);
    const struct secret_ref ref = {SECRET_FILE, file}, env = {SECRET_ENV, file};
    tempdir_put(p->dir, "key", "value"); /* 0644 */
    assert_true(secrets_is_exposed(&ref));
    assert_false(secrets_is_exposed(&env));
    assert_int_equal(chmod(file, 0640), 0);
    assert_true(secrets_is_exposed(&ref));
    assert_int_equal(chmod(file, 0600), 0);
    assert_false(secrets_is_exposed(&ref));
}

static void files_in_wrong_places_are_refused(void **state)
{
    struct place *p = *state;
    CLEANUP(secrets_freep) struct secrets *s = look_up(p, NULL, NULL);
    CLEANUP(freep) char *inside = mem_printf("%s/key", p->root);
    CLEANUP(freep) char *hidden = mem_printf("%s/innocent", p->dir);
    CLEANUP(freep) char *key = mem_printf("%s/key", p->state);
    tempdir_put(p->root, "key", "value");
    tempdir_link("tree/key", p->dir, "innocent"); /* what counts is where it leads */
    expect_missing(s, SECRET_FILE, inside, "inside the configuration");
    expect_missing(s, SECRET_FILE, hidden, "inside the configuration");
    expect_missing(s, SECRET_FILE, key, "inside the state directory");
    expect_missing(s, SECRET_FILE, "/proc/self/environ", "it is in /proc");
    expect_missing(s, SECRET_FILE, "/sys/kernel/mm/transparent_hugepage/enabled", "/sys");
    expect_missing(s, SECRET_FILE, "/dev/null", "it is in /dev");
    expect_missing(s, SECRET_FILE, "relative", "absolute path");
    expect_missing(s, SECRET_FILE, p->dir, "not a regular file");
}

static void files_have_a_limit(void **state)
{
    struct place *p = *state;
    CLEANUP(secrets_freep) struct secrets *s = look_up(p, NULL, NULL);
    CLEANUP(freep) char *file = mem_printf("%s/big", p->dir);
    CLEANUP(freep) char *text = mem_zeroed(64 * 1024 + 2);
    memset(text, 'x', 64 * 1024 + 1);
    tempdir_put(p->dir, "big", text);
    expect_missing(s, SECRET_FILE, file, "larger than 65536");
    text[64 * 1024] = '\0';
    tempdir_put(p->dir, "big", text);
    expect_found(s, SECRET_FILE, file, text);
}

static void given_directories_limit_files(void **state)
{
    struct place *p = *state;
    CLEANUP(freep) char *allowed = mem_printf("%s/allowed", p->dir);
    CLEANUP(freep) char *good = mem_printf("%s/allowed/x", p->dir);
    CLEANUP(freep) char *bad = mem_printf("%s/allowed-not/x", p->dir);
    const char *const dirs[] = {allowed, NULL};
    CLEANUP(secrets_freep) struct secrets *s = look_up(p, NULL, dirs);
    tempdir_put(p->dir, "allowed/x", "value");
    tempdir_put(p->dir, "allowed-not/x", "value");
    expect_found(s, SECRET_FILE, good, "value");
    expect_missing(s, SECRET_FILE, bad, "--secret-dir");
}

static void credentials_and_environment(void **state)
{
    struct place *p = *state;
    CLEANUP(secrets_freep) struct secrets *s = look_up(p, NULL, NULL);
    unsetenv("CREDENTIALS_DIRECTORY");
    expect_missing(s, SECRET_CREDENTIAL, "sonarr", "LoadCredential=sonarr:FILE");
    CLEANUP(freep) char *dir = mem_printf("%s/credentials", p->dir);
    setenv("CREDENTIALS_DIRECTORY", dir, 1);
    tempdir_put(p->dir, "credentials/sonarr", "from systemd\n");
    tempdir_put(p->dir, "elsewhere", "x");
    expect_found(s, SECRET_CREDENTIAL, "sonarr", "from systemd");
    expect_missing(s, SECRET_CREDENTIAL, "../elsewhere", "no name of a credential");
    unsetenv("CREDENTIALS_DIRECTORY");

    setenv("SPL_TEST_KEY", "from the environment", 1);
    expect_found(s, SECRET_ENV, "SPL_TEST_KEY", "from the environment");
    unsetenv("SPL_TEST_KEY");
    expect_missing(s, SECRET_ENV, "SPL_TEST_KEY", "SPL_TEST_KEY is not set here");
}

/* The key is random per database and made by a writer; a value has one print, another another. */
static void fingerprints_show_rotation(void **state)
{
    struct place *p = *state;
    const struct secret_ref ref = {SECRET_STORED, "key"};
    char none[FINGERPRINT], first[FINGERPRINT], again[FINGERPRINT], other[FINGERPRINT];
    CLEANUP(secrets_freep) struct secrets *s = look_up(p, p->store, NULL);
    secrets_fingerprint(s, &ref, none);
    assert_string_equal(none, "");
    store_value(p, "key", "value-1");
    secrets_fingerprint(s, &ref, first);
    CLEANUP(secrets_freep) struct secrets *later = look_up(p, p->store, NULL);
    secrets_fingerprint(later, &ref, again);
    store_value(p, "key", "value-2");
    secrets_fingerprint(s, &ref, other);
    assert_int_equal(strlen(first), 11); /* "k1:" and 4 bytes in hex */
    assert_string_equal(first, again);
    assert_string_not_equal(first, other);
}

static void without_a_state_there_are_no_fingerprints(void **state)
{
    struct place *p = *state;
    char print[FINGERPRINT];
    const struct secret_ref ref = {SECRET_ENV, "SPL_TEST_KEY"};
    setenv("SPL_TEST_KEY", "from the environment", 1);
    CLEANUP(secrets_freep) struct secrets *s = look_up(p, NULL, NULL);
    secrets_fingerprint(s, &ref, print);
    assert_string_equal(print, "");
    unsetenv("SPL_TEST_KEY");
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(stored_ones),
        T(files_lose_one_newline),
        T(files_that_others_may_read_are_known),
        T(files_in_wrong_places_are_refused),
        T(files_have_a_limit),
        T(given_directories_limit_files),
        T(credentials_and_environment),
        T(fingerprints_show_rotation),
        T(without_a_state_there_are_no_fingerprints),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
