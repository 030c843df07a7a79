/* Limits of files and trees: what is hostile is refused at once, and limits are exact (config page,
 * section 3). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "base/clock.h"
#include "unit/model_ydoc.h"

/* ---- limits ---- */

static void check_limit(const char *text, size_t n, const char *message)
{
    CLEANUP(file_done) struct file f = parse_bytes(text, n);
    assert_null(f.root);
    assert_int_equal(diags_n(f.diags), 1);
    assert_int_equal(diags_at(f.diags, 0)->code, DIAG_E108);
    assert_non_null(strstr(diags_at(f.diags, 0)->message, message));
}

/* `before`, then n times `part`, then n times `after`. */
static void check_repeated(const char *before, const char *part, size_t n, const char *after,
                           const char *message)
{
    CLEANUP(buf_done) struct buf text = {0};
    buf_init(&text, BUF_TEXT);
    buf_puts(&text, before);
    for (size_t i = 0; i < n; i++)
        buf_puts(&text, part);
    for (size_t i = 0; i < n; i++)
        buf_puts(&text, after);
    if (message) {
        check_limit(text.at, text.n, message);
        return;
    }
    CLEANUP(file_done) struct file f = parse_bytes(text.at, text.n);
    assert_non_null(f.root);
    assert_int_equal(diags_n(f.diags), 0);
}

/* CPU time of this process: a busy machine makes nothing slower here. */
static ms_t now(void)
{
    return (ms_t)clock() * 1000 / CLOCKS_PER_SEC;
}

/* Elsewhere a second would do; here hostile files must not be felt. Sanitizers are slower. */
static void hostile_files_are_refused_at_once(void **state UNUSED)
{
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
    enum { AT_ONCE = 1000 };
#else
    enum { AT_ONCE = 50 };
#endif
    ms_t start = now();
    check_repeated("", "[", 100000, "", "nested deeper");
    assert_true(now() - start < AT_ONCE);
    start = now();
    check_repeated("", "{a: ", 100000, "", "nested deeper");
    assert_true(now() - start < AT_ONCE);
    start = now();
    check_repeated("", "- ", 100000, "", "nested deeper");
    assert_true(now() - start < AT_ONCE);

    CLEANUP(buf_done) struct buf bomb = {0}; /* nine levels of nine: 9^9 values */
    buf_init(&bomb, BUF_TEXT);
    buf_puts(&bomb, "a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (char c = 'b'; c <= 'i'; c++)
        buf_printf(&bomb, "%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c]\n", c, c, c - 1,
                   c - 1, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1);
    start = now();
    check_limit(bomb.at, bomb.n, "more than 200000 values");
    assert_true(now() - start < AT_ONCE);
}

static void limits_are_exact(void **state UNUSED)
{
    check_repeated("", "[", YDOC_MAX_DEPTH, "]", NULL);
    check_repeated("", "[", YDOC_MAX_DEPTH + 1, "]", "deeper than 64");
    /* "a: [x,x…" is a map, a key, a list and its elements; it ends without a ']', so the one that
     * fits is a syntax error, and the one that does not never gets there */
    check_repeated("a: [x", ",x", YDOC_MAX_NODES - 3, "", "more than 200000");
}

static void depth_counts_through_aliases(void **state UNUSED)
{
    CLEANUP(buf_done) struct buf text = {0};
    buf_init(&text, BUF_TEXT);
    buf_puts(&text, "a0: &a0 [1]\n");
    for (int i = 1; i < 100; i++)
        buf_printf(&text, "a%d: &a%d [*a%d]\n", i, i, i - 1);
    check_limit(text.at, text.n, "nested deeper");
}

static void budgets_are_of_the_whole_tree(void **state UNUSED)
{
    CLEANUP(file_done) struct file f = {.arena = arena_new(), .diags = diags_new()};
    f.budget.n_nodes = YDOC_MAX_NODES - 3;
    assert_non_null(ydoc_parse(f.arena, "a", "x: y\n", 5, &f.budget, f.diags));
    assert_null(ydoc_parse(f.arena, "b", "x: y\n", 5, &f.budget, f.diags));
    assert_int_equal(diags_at(f.diags, 0)->code, DIAG_E108);
    f.budget = (struct ybudget){.n_files = YDOC_MAX_FILES};
    assert_null(ydoc_parse(f.arena, "c", "x: y\n", 5, &f.budget, f.diags));
    assert_int_equal(diags_at(f.diags, 1)->code, DIAG_E108);

    char *large = mem_zeroed(YDOC_MAX_BYTES + 2);
    memset(large, '\n', YDOC_MAX_BYTES + 1);
    check_limit(large, YDOC_MAX_BYTES + 1, "1024 KiB");
    CLEANUP(file_done) struct file fits = parse_bytes(large, YDOC_MAX_BYTES);
    assert_non_null(fits.root);
    mem_free(large);
}

/* 16 MiB of text may be repeated: 64 times a text of 256 KiB, not once more; over all files. */
static void long_texts_are_not_repeated_for_ever(void **state UNUSED)
{
    enum { TEXT = 256 * 1024, TIMES = YDOC_MAX_ALIASED / TEXT };
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, YDOC_MAX_BYTES);
    buf_puts(&text, "a: &a [");
    for (int i = 0; i < TEXT; i++)
        buf_putc(&text, 'x');
    buf_puts(&text, "]\nb:\n");
    for (int i = 0; i < TIMES / 2; i++)
        buf_puts(&text, "  - *a\n");
    CLEANUP(file_done) struct file f = parse(text.at);
    assert_non_null(f.root);
    assert_non_null(ydoc_parse(f.arena, "g.yaml", text.at, text.n, &f.budget, f.diags));
    assert_null(ydoc_parse(f.arena, "h.yaml", text.at, text.n, &f.budget, f.diags));
    assert_int_equal(diags_n(f.diags), 1);
    assert_string_equal(diags_at(f.diags, 0)->message, "aliases repeat more than 16 MiB of text");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_files_are_refused_at_once),
        cmocka_unit_test(limits_are_exact),
        cmocka_unit_test(long_texts_are_not_repeated_for_ever),
        cmocka_unit_test(depth_counts_through_aliases),
        cmocka_unit_test(budgets_are_of_the_whole_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
