/* A sealed text opens with its passphrase and its label, and with nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/seal.h"

static struct secret secret_of(const char *text)
{
    struct secret s = {0};
    secret_set(&s, text, strlen(text));
    return s;
}

static void seal(struct buf *ret)
{
    CLEANUP(secret_done) struct secret pass = secret_of("correct horse");
    struct err e;
    assert_true(seal_text(&pass, "a: planted\0value\n", 17, "secrets", ret, &e));
}

static void it_opens_again(void **state UNUSED)
{
    CLEANUP(buf_done) struct buf text = {0};
    CLEANUP(secret_done) struct secret pass = secret_of("correct horse"), back = {0};
    struct err e = {0};
    seal(&text);
    assert_null(strstr(text.at, "planted"));
    assert_true(seal_open(&pass, text.at, "secrets", &back, &e));
    assert_int_equal(back.n, 17);
    assert_memory_equal(back.value, "a: planted\0value\n", 17);
}

static void comments_around_it_do_no_harm(void **state UNUSED)
{
    CLEANUP(buf_done) struct buf text = {0}, commented;
    CLEANUP(secret_done) struct secret pass = secret_of("correct horse"), back = {0};
    struct err e = {0};
    seal(&text);
    buf_init(&commented, 100000);
    buf_puts(&commented, "version: 1\n# ");
    for (const char *c = text.at; *c; c++) {
        buf_putc(&commented, *c);
        if (*c == '\n')
            buf_puts(&commented, "# ");
    }
    assert_true(seal_open(&pass, commented.at, "secrets", &back, &e));
    assert_int_equal(back.n, 17);
}

static void anything_else_is_refused(void **state UNUSED)
{
    CLEANUP(buf_done) struct buf text = {0};
    CLEANUP(secret_done)
    struct secret pass = secret_of("correct horse"), wrong = secret_of("c"), back = {0};
    struct err e = {0};
    seal(&text);
    assert_false(seal_open(&wrong, text.at, "secrets", &back, &e));
    assert_non_null(strstr(e.msg, "wrong"));
    assert_false(seal_open(&pass, text.at, "database key", &back, &e));
    assert_false(seal_open(&pass, "no block", "secrets", &back, &e));
    char *line = strchr(strchr(text.at, '\n') + 1, '\n') + 1;
    line[20] = line[20] == 'A' ? 'B' : 'A';
    assert_false(seal_open(&pass, text.at, "secrets", &back, &e));
    char *memory = strstr(text.at, "memory=");
    memcpy(memory, "memory=9999999", 14);
    assert_false(seal_open(&pass, text.at, "secrets", &back, &e));
    assert_null(back.value);
}

/* The same label inside: a block whose frame was renamed does not open as another kind. */
static void a_renamed_frame_is_refused(void **state UNUSED)
{
    CLEANUP(buf_done) struct buf text = {0};
    CLEANUP(secret_done) struct secret pass = secret_of("correct horse"), back = {0};
    struct err e = {0};
    seal(&text);
    for (char *at = text.at; (at = strstr(at, "secrets")); at += 7)
        memcpy(at, "sekrets", 7);
    assert_false(seal_open(&pass, text.at, "sekrets", &back, &e));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_opens_again),
        cmocka_unit_test(comments_around_it_do_no_harm),
        cmocka_unit_test(anything_else_is_refused),
        cmocka_unit_test(a_renamed_frame_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
