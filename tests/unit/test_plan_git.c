/* Deltas written by hand after gitformat-pack(5): two sizes, then 1xxxxxxx copies (offset and size
 * bytes present by flag) and 0xxxxxxx literal bytes. Whole repositories: tests/e2e/test_git.sh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "plan/git_objects.h"

static bool apply(const char *base, const char *delta, size_t n, struct buf *ret)
{
    CLEANUP(buf_done) struct buf b, d;
    struct err e = {0};
    buf_init(&b, 1024);
    buf_init(&d, 1024);
    buf_puts(&b, base);
    buf_add(&d, delta, n);
    return git_delta_apply(&b, &d, ret, &e);
}
#define APPLY(base, delta, ret) apply((base), (delta), sizeof(delta) - 1, (ret))

static void copies_and_inserts(void **state UNUSED)
{
    CLEANUP(buf_done) struct buf r = {0};
    /* base 11, result 12: copy 6 from 0, insert "git", copy 3 from 8 */
    assert_true(APPLY("hello world", "\x0b\x0c\x90\x06\x03git\x91\x08\x03", &r));
    assert_string_equal(r.at, "hello gitrld");
}

static void what_does_not_fit_is_refused(void **state UNUSED)
{
    static const struct {
        const char *delta;
        size_t n;
    } rows[] = {
        {"\x04\x03\x90\x03", 4},     /* another base */
        {"\x03\x04\x90\x03", 4},     /* a shorter result than promised */
        {"\x03\x03\x90\x04", 4},     /* past the end of the base */
        {"\x03\x01\x91\x03\x01", 5}, /* from its end on */
        {"\x03\x03\x05xy", 5},       /* literal bytes that are not there */
        {"\x03\x03\x00", 3},         /* reserved */
        {"\x03\x03\x90", 3},         /* the size is missing */
        {"\x83", 1},
        {"", 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(buf_done) struct buf r = {0};
        assert_false(apply("abc", rows[i].delta, rows[i].n, &r));
    }
}

static void a_file_is_named_as_git_names_it(void **state UNUSED)
{
    /* printf 'hello\n' | git hash-object --stdin */
    uint8_t id[SHA1_BYTES];
    char hex[SHA1_HEX];
    hash_git_blob("hello\n", 6, id);
    assert_string_equal(hash_hex(id, sizeof id, hex), "ce013625030ba8dba906f756967f9e9ca394464a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_and_inserts),
        cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(a_file_is_named_as_git_names_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
