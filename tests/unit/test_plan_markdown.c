/* Plans as comments on pull requests. What must be escaped, and how, is CommonMark 0.31: sections
 * 2.4 (backslash escapes), 4.5 (fenced code blocks), 6.1 (code spans); 65,536 is GitHub's limit of
 * a comment. */
#include "plan/markdown.h"
#include "plan_bench.h"

typedef void writer(const char *text, struct buf *ret);

static void expect(writer *write, const char *text, const char *expected)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, BUF_TEXT);
    write(text, &b);
    assert_string_equal(b.at, expected);
}

static void words_stay_words(void **state UNUSED)
{
    expect(markdown_text, "queue/tv-missing: 3 of 9 (33 %)", "queue/tv-missing: 3 of 9 (33 %)");
    expect(markdown_text, "<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;");
    expect(markdown_text, "a & b", "a &amp; b");
    expect(markdown_text, "[x](y) ![z] *b* _i_ `c`",
           "\\[x\\](y) \\!\\[z\\] \\*b\\* \\_i\\_ \\`c\\`");
    expect(markdown_text, "one\ntwo", "one two");
}

static void nobody_is_mentioned(void **state UNUSED)
{
    expect(markdown_text, "ask @alice about #12", "ask @&#8203;alice about #&#8203;12");
    expect(markdown_text, "http://x", "http:&#8203;//x");
}

static void code_cannot_be_left(void **state UNUSED)
{
    expect(markdown_code, "splintarr apply", "`splintarr apply`");
    expect(markdown_code, "a`b", "`` a`b ``");
    expect(markdown_code, "``", "``` `` ```");
}

static void a_block_cannot_be_left(void **state UNUSED)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, BUF_TEXT);
    markdown_block("diff", "+ a\n```\n<script>\n", 1000, &b);
    assert_string_equal(b.at, "````diff\n+ a\n```\n<script>\n````\n");
}

static void a_long_block_is_cut_at_a_line(void **state UNUSED)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, BUF_TEXT);
    markdown_block("diff", "one\ntwo\nthree\nfour\n", 10, &b);
    assert_string_equal(b.at, "```diff\none\ntwo\n... and 2 more lines\n```\n");
}

/* ---- whole comments ---- */

static void comment(struct bench *b, struct buf *ret)
{
    buf_init(ret, BUF_TEXT);
    plan_markdown(b->plan, &(const struct plan_view){0}, ret);
}

static void expect_comment(struct bench *b, const char *part)
{
    CLEANUP(buf_done) struct buf text;
    comment(b, &text);
    if (!strstr(text.at, part))
        fail_msg("no '%s' in:\n%s", part, text.at);
}

static void signs_come_first_on_their_line(void **state)
{
    struct bench *b = *state;
    put(b, "q.yaml", "queues:\n  q:\n    instances: all\n    batch: 10\n");
    settle(b);
    put(b, "q.yaml", "queues:\n  q:\n    instances: all\n    batch: 20\n");
    make_plan(b, NULL);
    expect_comment(b, "### Splintarr plan: changes\n\n");
    expect_comment(b, ", state: `revision 1`\n\n```diff\n! queue/q ");
    expect_comment(b, "\n!     batch     10 -> 20 ");
    expect_comment(b, "\n```\n\nPlan: 0 to add, 1 to change, 0 to remove, 0 unchanged.\n");
}

static void what_holds_comes_first(void **state)
{
    struct bench *b = *state;
    put_queues(b, 9);
    settle(b);
    put_queues(b, 5);
    make_plan(b, NULL);
    expect_comment(b, "### Splintarr plan: held\n\n");
    expect_comment(b, "> [!CAUTION]\n> **Held**, nothing of it is applied: 4 of 10 resources would "
                      "be removed (40 % &gt; 30 %).\n> To go ahead: `splintarr apply "
                      "--allow-prune=4`\n\n```diff\n");
}

static void nothing_to_do_is_said(void **state)
{
    struct bench *b = *state;
    put_queues(b, 1);
    settle(b);
    make_plan(b, NULL);
    expect_comment(b, "### Splintarr plan: no changes\n\n");
    expect_comment(b, "\nNo changes. 2 resources match revision 1.\n");
}

/* Whatever a proposed file contains stays inside its fence. */
static void a_value_cannot_leave_the_block(void **state)
{
    struct bench *b = *state;
    put(b, "q.yaml",
        "queues:\n  q:\n    instances: all\n"
        "    description: \"```\\n<script>alert(1)</script> @alice\"\n");
    make_plan(b, NULL);
    CLEANUP(buf_done) struct buf text;
    comment(b, &text);
    const char *open = strstr(text.at, "\n````diff\n"), *bad = strstr(text.at, "<script>");
    const char *close = open ? strstr(open + 2, "\n````\n") : NULL;
    assert_non_null(close);
    assert_true(bad && bad > open && bad < close);
}

static void a_comment_is_bounded(void **state)
{
    struct bench *b = *state;
    put_queues(b, 500);
    make_plan(b, NULL);
    CLEANUP(buf_done) struct buf text;
    comment(b, &text);
    assert_true(text.n < 65536);
    expect_comment(b, " more lines\n```\n\nPlan: 501 to add,");
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_stay_words),
        cmocka_unit_test(nobody_is_mentioned),
        cmocka_unit_test(code_cannot_be_left),
        cmocka_unit_test(a_block_cannot_be_left),
        cmocka_unit_test(a_long_block_is_cut_at_a_line),
        T(signs_come_first_on_their_line),
        T(what_holds_comes_first),
        T(nothing_to_do_is_said),
        T(a_value_cannot_leave_the_block),
        T(a_comment_is_bounded),
    };
#undef T
    return cmocka_run_group_tests(tests, NULL, NULL);
}
