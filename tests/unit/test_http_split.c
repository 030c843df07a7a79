/* The list splitter and the token bucket. Expected elements are written by hand; the property is
 * that the size of the pieces fed never matters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/jx.h"
#include "base/mem.h"
#include "http/limit.h"
#include "http/split.h"

static bool collect(void *ctx, json_t *element, struct err *e UNUSED)
{
    struct buf *out = ctx;
    CLEANUP(freep) char *text = jx_canonical(element);
    buf_puts(out, text);
    buf_putc(out, ';');
    return true;
}

/* Everything split out of `text` in pieces of n, joined by ';'; the error's text after "!" on
 * failure. */
static void split_all(const char *text, size_t n_text, size_t piece, const char *const keys[],
                      struct buf *out)
{
    struct err e = {0};
    buf_init(out, BUF_TEXT);
    struct split *s = split_new(keys, collect, out);
    bool ok = true;
    for (size_t at = 0; ok && at < n_text; at += piece)
        ok = split_feed(s, text + at, MIN(piece, n_text - at), &e);
    if (!ok || !split_end(s, &e))
        buf_printf(out, "!%s", e.msg);
    split_free(s);
}

static void expect(const char *text, const char *const keys[], const char *expected)
{
    static const size_t pieces[] = {1, 2, 3, 7, 1000, 16384};
    for (size_t i = 0; i < COUNT(pieces); i++) {
        CLEANUP(buf_done) struct buf out;
        split_all(text, strlen(text), pieces[i], keys, &out);
        assert_string_equal(out.at, expected);
    }
}

static const char *const wanted[] = {"id", "t", NULL};

static void elements_come_out_whole(void **state UNUSED)
{
    expect("[]", NULL, "");
    expect(" \n[ 1 , \"a,]b\" , {\"x\":[1,2]} , [] ] \n", NULL, "1;\"a,]b\";{\"x\":[1,2]};[];");
    expect("\xEF\xBB\xBF[true,null,-1.5]", NULL, "true;null;-1.5;");
}

static void only_wanted_members_stay(void **state UNUSED)
{
    expect("[{\"id\":1,\"big\":{\"id\":9,\"t\":\"no\"},\"t\":\"a \\\"quoted}\\\" "
           "\\\\\"},{\"x\":[{},\"]\"]}]",
           wanted, "{\"id\":1,\"t\":\"a \\\"quoted}\\\" \\\\\"};{};");
    expect(
        "[\n  {\n    \"t\": {\"deep\": [1, {\"id\": 2}]},\n    \"x\" : 1 ,\n    \"id\" : 7\n  }\n]",
        wanted, "{\"id\":7,\"t\":{\"deep\":[1,{\"id\":2}]}};");
    expect("[{\"t\":\"\xF0\x9F\x98\x80\\u00e9\",\"i\\u0064\":3,\"idx\":4}]", wanted,
           "{\"t\":\"\xF0\x9F\x98\x80\xC3\xA9\"};");
}

static void broken_lists_are_named(void **state UNUSED)
{
    expect("{\"a\":1}", NULL, "!the answer is no JSON list");
    expect("", NULL, "!the answer is empty");
    expect("[1,2", NULL, "1;!the list ends early, after 1 elements");
    expect("[1,{\"a\":[", NULL, "1;!the list ends early, after 1 elements");
    expect("[1] x", NULL, "1;!something follows the list");
    expect("[1}]", NULL, "!the list ends early, after 0 elements");
    expect("[1,]", NULL, "1;!the list is broken after element 1");
    expect("[{\"a\":1} {\"b\":2}]", NULL, "{\"a\":1};!the list is broken after element 1");
}

static void an_element_has_limits(void **state UNUSED)
{
    CLEANUP(buf_done) struct buf text, out;
    buf_init(&text, 4 * SPLIT_ELEMENT_MAX);
    buf_puts(&text, "[{\"x\":\"");
    for (int i = 0; i < SPLIT_ELEMENT_MAX; i++)
        buf_putc(&text, 'a');
    buf_puts(&text, "\"}]");
    split_all(text.at, text.n, 4096, wanted, &out);
    assert_string_equal(out.at, "!more than 1 MiB in element 1 of the list");

    CLEANUP(buf_done) struct buf deep, out2;
    buf_init(&deep, BUF_TEXT);
    for (int i = 0; i < 70; i++)
        buf_putc(&deep, '[');
    split_all(deep.at, deep.n, 1, NULL, &out2);
    assert_string_equal(out2.at, "!too many nested brackets in element 1 of the list");
}

static bool refuse(void *ctx UNUSED, json_t *element UNUSED, struct err *e)
{
    return err_set(e, ERR_REMOTE, "enough");
}

static void the_receiver_may_stop_it(void **state UNUSED)
{
    struct err e = {0};
    struct split *s = split_new(NULL, refuse, NULL);
    assert_false(split_feed(s, "[1,2]", 5, &e));
    assert_string_equal(e.msg, "enough");
    assert_int_equal(split_count(s), 1);
    split_free(s);
}

static void tokens_come_back_with_time(void **state UNUSED)
{
    struct limit l;
    limit_init(&l, 5, 1000); /* five at once, then one each 200 ms */
    for (int i = 0; i < 5; i++)
        assert_int_equal(limit_take(&l, 1000), 0);
    assert_int_equal(limit_take(&l, 1000), 200);
    assert_int_equal(limit_take(&l, 1000), 400);
    assert_int_equal(limit_take(&l, 1400),
                     200); /* the debt of two is paid back by then, one more is lent */
    assert_int_equal(limit_take(&l, 9000), 0);
    limit_init(&l, 0.5, 0); /* slower than one a second: still one at once */
    assert_int_equal(limit_take(&l, 0), 0);
    assert_int_equal(limit_take(&l, 0), 2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_come_out_whole),  cmocka_unit_test(only_wanted_members_stay),
        cmocka_unit_test(broken_lists_are_named),   cmocka_unit_test(an_element_has_limits),
        cmocka_unit_test(the_receiver_may_stop_it), cmocka_unit_test(tokens_come_back_with_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
