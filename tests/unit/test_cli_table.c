/* Text tables: columns as wide as their widest cell plus two, counted in characters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/table.h"

static const char *const headings[] = {"NAME", "STATE", NULL};

static void columns_line_up(void **state UNUSED)
{
    CLEANUP(table_done) struct table t;
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, BUF_TEXT);
    table_init(&t, headings);
    table_cell(&t, "sonarr-main");
    table_cell(&t, "ok");
    table_cell(&t, "é"); /* one character, two bytes */
    table_cell(&t, "");
    assert_int_equal(table_rows(&t), 2);
    table_text(&t, &b);
    assert_string_equal(b.at, "NAME         STATE\n"
                              "sonarr-main  ok\n"
                              "é            -\n");
}

/* A title from a server must not move the cursor. */
static void control_characters_are_shown_as_question_marks(void **state UNUSED)
{
    CLEANUP(table_done) struct table t;
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, BUF_TEXT);
    table_init(&t, headings);
    table_cell(&t, "a\033[2Jb\n");
    table_cellf(&t, "%d", 7);
    table_text(&t, &b);
    assert_string_equal(b.at, "NAME     STATE\n"
                              "a?[2Jb?  7\n");
}

/* What cannot be seen takes no room. */
static void paint_is_not_counted(void **state UNUSED)
{
    CLEANUP(table_done) struct table t;
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, BUF_TEXT);
    table_init(&t, headings);
    table_cell(&t, "tv");
    table_paint(&t, "\033[31m");
    table_cell(&t, "down");
    table_cell(&t, "films");
    table_cell(&t, "ok");
    table_paint(&t, NULL);
    table_text(&t, &b);
    assert_string_equal(b.at, "NAME   STATE\n"
                              "\033[31mtv\033[0m     down\n"
                              "films  ok\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_line_up),
        cmocka_unit_test(control_characters_are_shown_as_question_marks),
        cmocka_unit_test(paint_is_not_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
