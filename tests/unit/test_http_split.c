/* The list splitter. Expected elements are written by hand, or taken from jansson reading the whole
 * list; the property is that the size of the pieces fed never matters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/jx.h"
#include "base/mem.h"
#include "base/rng.h"
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
           "{\"id\":3,\"t\":\"\xF0\x9F\x98\x80\xC3\xA9\"};");
}

static void broken_lists_are_named(void **state UNUSED)
{
    expect("{\"a\":1}", NULL, "!the answer is no JSON list");
    expect("", NULL, "!the answer is empty");
    expect("[1,2", NULL, "1;!the list ends early, after 1 elements");
    expect("[1,{\"a\":[", NULL, "1;!the list ends early, after 1 elements");
    expect("[1] x", NULL, "1;!something follows the list");
    expect("[1}]", NULL, "!broken JSON in element 1 of the list");
    expect("[1,]", NULL, "1;!the list is broken after element 1");
    expect("[{\"a\":1} {\"b\":2}]", NULL, "{\"a\":1};!the list is broken after element 1");
}

/* Nobody wants `x`: what stands in it is not judged, but brackets and members must be whole. */
static void broken_elements_are_named(void **state UNUSED)
{
    static const char *const texts[] = {
        "[{\"x\":[}]",        "[{\"x\":1]", "[{\"x\" 1}]",
        "[{\"x\" \"id\":1}]", "[{x:1}]",    "[{\"x\":[{]}]}]",
    };
    for (size_t i = 0; i < COUNT(texts); i++)
        expect(texts[i], wanted, "!broken JSON in element 1 of the list");
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

/* ---- limits that are met exactly ---- */

/* A list of one string that is n bytes long with its quotes. */
static void string_of(size_t n, size_t piece, struct buf *out)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BUF_TEXT);
    buf_puts(&text, "[\"");
    for (size_t i = 0; i < n - 2; i++)
        buf_putc(&text, 'a');
    buf_puts(&text, "\"]");
    split_all(text.at, text.n, piece, NULL, out);
}

static void one_mib_is_the_most(void **state UNUSED)
{
    static const size_t pieces[] = {1000, 16384, 1024 * 1024, 4 * 1024 * 1024};
    for (size_t i = 0; i < COUNT(pieces); i++) {
        CLEANUP(buf_done) struct buf fits, over;
        string_of(1048576, pieces[i], &fits);
        assert_int_equal(fits.n, 1048576 + 1); /* and the ';' */
        string_of(1048577, pieces[i], &over);
        assert_string_equal(over.at, "!more than 1 MiB in element 1 of the list");
    }
}

static void sixty_four_brackets_are_the_most(void **state UNUSED)
{
    for (int extra = 0; extra < 2; extra++) {
        CLEANUP(buf_done) struct buf text, out;
        buf_init(&text, BUF_TEXT);
        for (int i = 0; i < 1 + 64 + extra; i++) /* the list's own besides */
            buf_putc(&text, '[');
        for (int i = 0; i < 1 + 64 + extra; i++)
            buf_putc(&text, ']');
        split_all(text.at, text.n, 7, NULL, &out);
        assert_int_equal(out.at[0], extra ? '!' : '[');
    }
}

/* ---- any list: the same elements as jansson's, whatever the pieces ---- */

static json_t *any_string(struct rng *rng)
{
    static const char *const bits[] = {
        "a",
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\n",
        "/",
        " ",
        "\t",
        "\xC3\xA9",
        "\xE2\x82\xAC",
        "\xF0\x9F\x98\x80",
        "id",
    };
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, BUF_TEXT);
    for (uint64_t n = rng_below(rng, 12); n > 0; n--)
        buf_puts(&b, bits[rng_below(rng, COUNT(bits))]);
    return json_string(b.at);
}

static json_t *any_value(struct rng *rng, int depth);

static json_t *any_object(struct rng *rng, int depth)
{
    static const char *const names[] = {"id", "t", "i", "idx", "\"id", "t\\", "{", "\xC3\xA9", ""};
    json_t *o = json_object();
    for (uint64_t n = rng_below(rng, 7); n > 0; n--)
        jx_put(o, names[rng_below(rng, COUNT(names))], any_value(rng, depth - 1));
    return o;
}

static json_t *any_array(struct rng *rng, int depth)
{
    json_t *a = json_array();
    for (uint64_t n = rng_below(rng, 5); n > 0; n--)
        jx_push(a, any_value(rng, depth - 1));
    return a;
}

static json_t *any_value(struct rng *rng, int depth)
{
    switch (rng_below(rng, depth > 0 ? 7 : 4)) {
    case 0: return json_integer((json_int_t)rng_below(rng, 100000) - 50000);
    case 1: return json_real((double)rng_below(rng, 1000) / 8);
    case 2: return rng_below(rng, 2) ? json_null() : json_true();
    case 3: return any_string(rng);
    case 4: return any_array(rng, depth);
    default: return any_object(rng, depth);
    }
}

/* What parsing everything and picking the wanted members then gives. */
static void pick_all(const json_t *list, const char *const keys[], struct buf *out)
{
    size_t i;
    json_t *element;
    struct err e = {0};
    buf_init(out, BUF_TEXT);
    json_array_foreach(list, i, element)
    {
        CLEANUP(jx_decrefp) json_t *picked = keys && json_is_object(element) ? json_object() : NULL;
        for (size_t k = 0; picked && keys[k]; k++)
            if (json_object_get(element, keys[k]))
                json_object_set(picked, keys[k], json_object_get(element, keys[k]));
        assert_true(collect(out, picked ? picked : element, &e));
    }
}

static void any_list_is_split_as_it_parses(void **state UNUSED)
{
    static const size_t shapes[] = {JSON_COMPACT, JSON_INDENT(2), JSON_ENSURE_ASCII,
                                    JSON_INDENT(7) | JSON_ENSURE_ASCII | JSON_ESCAPE_SLASH};
    struct rng rng;
    rng_seed(&rng, 2026);
    for (int round = 0; round < 400; round++) {
        CLEANUP(jx_decrefp) json_t *list = any_array(&rng, 6);
        CLEANUP(freep) char *text = json_dumps(list, shapes[round % 4]);
        const char *const *keys = round % 3 ? wanted : NULL;
        CLEANUP(buf_done) struct buf expected;
        pick_all(list, keys, &expected);
        expect(text, keys, expected.at);
    }
}

/* ---- what is not wanted is looked at too ---- */

static void unwanted_members_have_a_shape(void **state UNUSED)
{
    static const char *const broken[] = {
        "[{\"a\":1 \"id\":2}]",
        "[{\"a\":1 2}]",
        "[{\"a\":\"x\" \"y\"}]",
        "[{\"a\":[1]2}]",
        "[{\"a\":{} {}}]",
        "[{\"a\":,\"id\":2}]",
        "[{\"a\":}]",
        "[{\"a\"}]",
        "[{\"a\" 1}]",
        "[{\"a\":nul}]",
        "[{\"a\":01}]",
        "[{\"a\":1.}]",
        "[{\"a\":1e}]",
        "[{\"a\":-}]",
        "[{\"a\":+1}]",
        "[{\"a\":tru e}]",
        "[{\"id\":1,}]",
        "[{,\"id\":1}]",
        "[{\"a\":1,,\"id\":2}]",
        "[{\"a\"::1}]",
        "[{\"a\":'x'}]",
        "[{a:1}]",
    };
    for (size_t i = 0; i < COUNT(broken); i++)
        expect(broken[i], wanted, "!broken JSON in element 1 of the list");
    expect(
        "[{\"a\":-0.5e+3 , \"b\":true,\"c\":null,\"d\" : false , \"e\":0,\"id\":2 , \"f\":[ 1 ] }]",
        wanted, "{\"id\":2};");
    expect("[{ },{\"a\":1}]", wanted, "{};{};");
}

/* \u0069 is i, \u0064 d, \u0074 t. */
static void escaped_keys_are_known(void **state UNUSED)
{
    expect("[{\"\\u0069d\":1,\"\\u0074\":2,\"x\\u0069d\":3,\"i\\\"d\":4}]", wanted,
           "{\"id\":1,\"t\":2};");
    expect("[{\"\\u0069\\u0064\":1}]", wanted, "{\"id\":1};");
    expect("[{\"\\uD800\":1,\"id\":2}]", wanted, "{\"id\":2};"); /* half a pair: not wanted */
}

static bool ignore(void *ctx UNUSED, json_t *element UNUSED, struct err *e UNUSED)
{
    return true;
}

static void five_million_elements_are_the_most(void **state UNUSED)
{
    enum { PIECE = 100 * 1000 };
    CLEANUP(buf_done) struct buf piece;
    struct err e = {0};
    buf_init(&piece, 2 * PIECE + 1);
    for (int i = 0; i < PIECE; i++)
        buf_puts(&piece, "1,");
    struct split *s = split_new(NULL, ignore, NULL);
    assert_true(split_feed(s, "[", 1, &e));
    for (int i = 0; i < SPLIT_ELEMENTS_MAX / PIECE; i++)
        assert_true(split_feed(s, piece.at, piece.n, &e));
    assert_int_equal(split_count(s), 5000000);
    assert_false(split_feed(s, "1", 1, &e));
    assert_string_equal(e.msg, "the list has more than 5000000 elements");
    split_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_come_out_whole),
        cmocka_unit_test(only_wanted_members_stay),
        cmocka_unit_test(broken_lists_are_named),
        cmocka_unit_test(broken_elements_are_named),
        cmocka_unit_test(an_element_has_limits),
        cmocka_unit_test(the_receiver_may_stop_it),
        cmocka_unit_test(one_mib_is_the_most),
        cmocka_unit_test(sixty_four_brackets_are_the_most),
        cmocka_unit_test(any_list_is_split_as_it_parses),
        cmocka_unit_test(unwanted_members_have_a_shape),
        cmocka_unit_test(escaped_keys_are_known),
        cmocka_unit_test(five_million_elements_are_the_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
