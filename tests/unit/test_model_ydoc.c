/* YAML files: every duty of config page section 3. Lines and columns are counted by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/ydoc.h"
#include "unit/model_ydoc.h"

static void trees(void **state UNUSED)
{
    check_tree("a: 1\nb:\n  - x\n  - {c: d}\ne: [1, [2]]\n", "{a: 1, b: [x, {c: d}], e: [1, [2]]}");
    check_tree("", "{}");
    check_tree("# only a comment\n", "{}");
    check_tree("---\n", "{}");
    check_tree("--- # x\na: 1\n...\n", "{a: 1}");
    check_tree("%YAML 1.1\n---\na: 1\n", "{a: 1}");
    check_tree("%YAML 1.2\n---\na: 1\n", "{a: 1}");
    check_tree("\xEF\xBB\xBF"
               "a: 1\r\nb: x\r\n",
               "{a: 1, b: x}");
    check_tree("a: |\n  one\n  two\n", "{a: one\ntwo\n}");
    check_tree("a: 'it''s'\nb: \"\\u00e9\"\n", "{a: it's, b: \xC3\xA9}");
    check_tree("{\"a\": [1, true, null, \"x\\/y\"],\n\t\"b\": {}}", /* JSON */
               "{a: [1, true, null, x/y], b: {}}");
    check_tree("a: 1917\nb: No\nc: 24\nd: 007\ne: 2:22\n",
               "{a: 1917, b: No, c: 24, d: 007, e: 2:22}");
    check_tree("hello", "hello");
}

static void places_are_counted_in_characters(void **state UNUSED)
{
    CLEANUP(file_done)
    struct file f = parse("\xEF\xBB\xBF"
                          "\xC3\xA4: \xE6\x97\xA5\n"
                          "b: {c:  'd e', f: !secret g}\n");
    const struct ynode *a = f.root->entries[0].value, *b = ydoc_get(f.root, "b");
    const struct ynode *c = ydoc_get(b, "c"), *g = ydoc_get(b, "f");
    assert_string_equal(a->at.file, "f.yaml");
    assert_int_equal(a->at.line, 1);
    assert_int_equal(a->at.col, 4);
    assert_int_equal(a->end_col, 5);
    assert_int_equal(b->entries[0].key->at.col, 5);
    assert_int_equal(c->at.line, 2);
    assert_int_equal(c->at.col, 9);
    assert_int_equal(c->end_col, 14);
    assert_true(!c->is_plain && !c->is_double_quoted && a->is_plain);
    assert_int_equal(g->tag, YTAG_SECRET);
    assert_string_equal(g->text, "g");

    int end = 0;
    assert_int_equal(ydoc_place(c, 2, &end).col, 12); /* the e behind the quote, d and space */
    assert_int_equal(end, 13);
    assert_int_equal(ydoc_place(g, 0, &end).col, 27); /* behind "!secret " */
    assert_int_equal(end, 28);
}

static void nulls(void **state UNUSED)
{
    CLEANUP(file_done) struct file f = parse("a:\nb: ~\nc: null\nd: ''\ne: 'null'\nf: Null\n");
    static const char *const absent[] = {"a", "b", "c", "f", "zzz"};
    for (size_t i = 0; i < COUNT(absent); i++)
        assert_null(ydoc_get(f.root, absent[i]));
    assert_string_equal(ydoc_get(f.root, "d")->text, "");
    assert_string_equal(ydoc_get(f.root, "e")->text, "null");
}

static void refused_values_are_not_missing(void **state UNUSED)
{
    CLEANUP(file_done) struct file f = parse("a: !vault x\nb: *nothing\nc:\nd: 1\n");
    assert_null(ydoc_get(f.root, "a"));
    assert_true(ydoc_is_reported(f.root, "a"));
    assert_true(ydoc_is_reported(f.root, "b"));
    assert_false(ydoc_is_reported(f.root, "c"));
    assert_false(ydoc_is_reported(f.root, "d"));
    assert_false(ydoc_is_reported(f.root, "zzz"));
}

static void tags(void **state UNUSED)
{
    CLEANUP(file_done)
    struct file f = parse("a: !secret x\nb: !file /x\nc: !env X\nd: !env_var X\n");
    static const enum ytag known[] = {YTAG_SECRET, YTAG_FILE, YTAG_ENV, YTAG_ENV};
    for (size_t i = 0; i < COUNT(known); i++)
        assert_int_equal(f.root->entries[i].value->tag, known[i]);
}

/* ---- what is refused ---- */

struct refusal {
    const char *text;
    enum diag_code code;
    int line, col;
    int related_line, related_col; /* 0: no other place */
    const char *message, *hint;    /* parts; NULL: not looked at */
    bool has_tree;                 /* the rest of the file is still good */
};

static void check_finding(const struct refusal *r, const struct diag *d)
{
    struct loc other = d->n_related ? d->related[0] : (struct loc){NULL, 0, 0};
    if (d->code != r->code || d->at.line != r->line || d->at.col != r->col ||
        other.line != r->related_line || other.col != r->related_col)
        fail_msg("%s\nis %s at %d:%d and %d:%d: %s", r->text, diag_code_text(d->code), d->at.line,
                 d->at.col, other.line, other.col, d->message);
    if (r->message && !strstr(d->message, r->message))
        fail_msg("%s\nsays: %s", r->text, d->message);
    if (r->hint && (!d->hints || !strstr(d->hints, r->hint)))
        fail_msg("%s\nhints: %s", r->text, d->hints ? d->hints : "nothing");
}

static void check_refusals(const struct refusal rows[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        CLEANUP(file_done) struct file f = parse(rows[i].text);
        if (diags_n(f.diags) != 1)
            fail_msg("%s\nhas %zu findings", rows[i].text, diags_n(f.diags));
        check_finding(&rows[i], diags_at(f.diags, 0));
        assert_int_equal(f.root != NULL, rows[i].has_tree);
    }
}

static void values_that_need_quotes(void **state UNUSED)
{
    static const struct refusal rows[] = {
        {"title: Star Wars: Andor\n", DIAG_E100, 1, 17, 0, 0, "containing ': ' must be quoted",
         "'Star Wars: Andor'", false},
        {"a:\n  - b: Star Wars: Andor\n", DIAG_E100, 2, 17, 0, 0, "containing ': '", NULL, false},
        {"a: @b\n", DIAG_E100, 1, 4, 0, 0, "cannot begin with '@'", "quote the value", false},
        {"a: `b\n", DIAG_E100, 1, 4, 0, 0, "cannot begin with '`'", "quote the value", false},
        {"a: %b\n", DIAG_E100, 1, 4, 0, 0, "cannot begin with '%'", "quote the value", false},
        {"a: *.mkv\n", DIAG_E100, 1, 4, 1, 5, "cannot begin with '*'", "quote the value", false},
        {"a: *foo\nb: 1\n", DIAG_E112, 1, 4, 0, 0, "no anchor &foo", "quote the value", true},
        {"a: &.x\n", DIAG_E100, 1, 4, 1, 5, "cannot begin with '&'", "quote the value", false},
        {"a: !Foo\nb: 1\n", DIAG_E113, 1, 4, 0, 0, "the tag !Foo", "quote the value", true},
        {"a: ! x\n", DIAG_E113, 1, 4, 0, 0, "the tag !", "quote the value", true},
        {"a: [REC] 2\nb: 1\n", DIAG_E100, 1, 4, 1, 10, "begins with '[' must be quoted",
         "quote the value", false},
        {"a: \"b\" c\nd: 1\n", DIAG_E100, 1, 4, 1, 8, "goes on after its closing", NULL, false},
    };
    check_refusals(rows, COUNT(rows));
}

static void errors_in_two_parts(void **state UNUSED)
{
    static const struct refusal rows[] = {
        {"a: \"b\nc: d\n", DIAG_E100, 1, 4, 3, 1, "quote is opened here and never closed", NULL,
         false},
        {"a: 'b\nc: d\n", DIAG_E100, 1, 4, 3, 1, "quote is opened here and never closed", NULL,
         false},
        {"a: [b, c\nd: e\n", DIAG_E100, 1, 4, 2, 2, "list is opened here", "close it with ']'",
         false},
        {"a: {b: c\nd: e\n", DIAG_E100, 1, 4, 2, 2, "map is opened here", "close it with '}'",
         false},
        {"a:\n    b: 1\n  c: 2\n", DIAG_E100, 1, 1, 3, 3, "do not line up", "indentation", false},
        {"a:\n  - b\n  c: 2\n", DIAG_E100, 2, 3, 3, 3, "do not line up", "indentation", false},
        {"a: b\nfoo\nc: d\n", DIAG_E100, 2, 1, 3, 1, "neither 'key: value'", NULL, false},
    };
    check_refusals(rows, COUNT(rows));
}

static void other_syntax(void **state UNUSED)
{
    static const struct refusal rows[] = {
        {"a: 1\n  b: 2\n", DIAG_E100, 2, 4, 0, 0, "a key cannot stand here", NULL, false},
        {"a:\n\tb: 2\n", DIAG_E100, 2, 1, 0, 0, "a tab", "indent with spaces", false},
        {"a: \"\\d\"\n", DIAG_E100, 1, 5, 1, 4, "an escape", "single quotes", false},
        {"a: - b\n", DIAG_E100, 1, 4, 0, 0, "a list cannot begin here", NULL, false},
        {"<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n", DIAG_E111, 1, 1, 0, 0, NULL,
         "choose one side", false},
        {"a: 1\n=======\nb: 2\n", DIAG_E111, 2, 1, 0, 0, "merge conflict", NULL, false},
        {"a: 1\n>>>>>>> theirs\n", DIAG_E111, 2, 1, 0, 0, NULL, NULL, false},
        {"a: 1\n---\nb: 2\n", DIAG_E113, 2, 1, 0, 0, "second document", NULL, true},
        {"? a\n: b\n", DIAG_E113, 1, 3, 0, 0, "'? '", NULL, false},
        {"[a]: b\n", DIAG_E113, 1, 1, 0, 0, "as a key", NULL, false},
        {"{{a: 1}: b}\n", DIAG_E113, 1, 2, 0, 0, "as a key", NULL, false},
        {"a: &x k\n*x : b\n", DIAG_E113, 2, 1, 0, 0, "as a key", NULL, false},
        {": b\n", DIAG_E100, 1, 1, 0, 0, "an empty key", NULL, false},
        {"{: b}\n", DIAG_E100, 1, 2, 0, 0, "missing here", NULL, false},
        {"%YAML 1.3\n---\na: 1\n", DIAG_E113, 1, 1, 0, 0, "%YAML", NULL, false},
        {"a: !!int 3\n", DIAG_E113, 1, 4, 0, 0, "!!int", "leave the tag out", true},
        {"a: !ENV X\n", DIAG_E113, 1, 4, 0, 0, NULL, "did you mean !env?", true},
        {"a: !secret {b: c}\n", DIAG_E113, 1, 4, 0, 0, "single value", NULL, true},
        {"a: \"^Foo\\b\"\n", DIAG_E105, 1, 4, 0, 0, "control character (0x08)", "single quotes",
         true},
        {"a: \"x\\0y\"\n", DIAG_E105, 1, 4, 0, 0, "control character (0x00)", NULL, true},
        {"a: 1\nb: 2\na: 3\n", DIAG_E103, 3, 1, 1, 1, "'a' is given twice", NULL, true},
        {"x: {b: 1, 'b': 2}\n", DIAG_E103, 1, 11, 1, 5, "'b' is given twice", NULL, true},
        {"a: &x 1\nb: &x 2\n", DIAG_E112, 2, 4, 1, 4, "same anchor twice", NULL, true},
        {"a: &x [1, *x]\n", DIAG_E112, 1, 11, 1, 4, "refers to what it is in", NULL, true},
        {"a: {<<: 1}\n", DIAG_E112, 1, 9, 0, 0, "<< takes a map", NULL, true},
        {"a: {<<: [{b: 1}, 2]}\n", DIAG_E112, 1, 18, 0, 0, "<< takes a map", NULL, true},
        {"a: Always Sunny #1\n", DIAG_W004, 1, 17, 0, 0, NULL, "quote the value", true},
        {"- Sunny #1\n", DIAG_W004, 1, 9, 0, 0, NULL, NULL, true},
        {"a: \xFF\n", DIAG_E100, 1, 4, 0, 0, "not UTF-8", NULL, false},
        {"a: \xED\xA0\x80\n", DIAG_E100, 1, 4, 0, 0, "not UTF-8", NULL, false},
        {"a: b\nc: \x07\n", DIAG_E100, 2, 4, 0, 0, "control character (0x07)", NULL, false},
        {"a: b\nc: \xC2\x81\n", DIAG_E100, 2, 4, 0, 0, "control characters", NULL, false},
    };
    check_refusals(rows, COUNT(rows));
}

static void comments_are_no_titles(void **state UNUSED)
{
    check_tree("a: b # comment\nc: 'd' #x\ne: #x\nf: g#h\n# i\n", "{a: b, c: d, e: , f: g#h}");
}

static void bytes_that_are_no_text(void **state UNUSED)
{
    static const struct {
        const char *bytes;
        size_t n;
        const char *message;
    } rows[] = {
        {"a: \0b\n", 6, "NUL"},
        {"\xFF\xFE"
         "a\0:\0",
         6, "UTF-16"},
        {"\xFE\xFF\0a", 4, "UTF-16"},
        {"a\0:\0 \0b\0", 8, "NUL"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(file_done) struct file f = parse_bytes(rows[i].bytes, rows[i].n);
        assert_null(f.root);
        assert_int_equal(diags_n(f.diags), 1);
        assert_int_equal(diags_at(f.diags, 0)->code, DIAG_E100);
        assert_non_null(strstr(diags_at(f.diags, 0)->message, rows[i].message));
    }
}

static void of_equal_keys_the_first_counts(void **state UNUSED)
{
    CLEANUP(file_done) struct file f = parse("a: 1\nb: 2\na: 3\na: 4\n");
    assert_int_equal(diags_n(f.diags), 2);
    assert_int_equal(f.root->n, 2);
    assert_string_equal(ydoc_get(f.root, "a")->text, "1");
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(diags_at(f.diags, i)->at.line, 3 + (int)i);
        assert_int_equal(diags_at(f.diags, i)->related[0].line, 1);
    }
}

/* ---- aliases and merging ---- */

static void merging(void **state UNUSED)
{
    check_tree("x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}\n", "{x: {a: 1, b: 2}, y: {b: 3, a: 1}}");
    check_tree("x: &x {a: 1, b: 2}\nz: &z {b: 4, c: 5}\ny: {<<: [*x, *z]}\n",
               "{x: {a: 1, b: 2}, z: {b: 4, c: 5}, y: {a: 1, b: 2, c: 5}}");
    check_tree("x: &x {a: 1}\ny: &y {<<: *x, b: 2}\nz: {<<: *y}\n",
               "{x: {a: 1}, y: {b: 2, a: 1}, z: {b: 2, a: 1}}");
    check_tree("y: {'<<': 3}\n", "{y: {<<: 3}}"); /* quoted, an ordinary key */
    check_tree("y: {<<: {a: 1}, b: 2}\n", "{y: {b: 2, a: 1}}");
    check_tree("x: &x [1, 2]\ny: *x\n", "{x: [1, 2], y: [1, 2]}");

    CLEANUP(file_done) struct file f = parse("x: &x\n  a: 1\n  b: 2\ny:\n  <<: *x\n  b: 3\n");
    const struct ynode *y = ydoc_get(f.root, "y"), *a = ydoc_get(y, "a");
    assert_string_equal(a->merged_from, "f.yaml:2");
    assert_int_equal(a->at.line, 2);
    assert_null(ydoc_get(y, "b")->merged_from);
    assert_null(ydoc_get(ydoc_get(f.root, "x"), "a")->merged_from);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trees),
        cmocka_unit_test(places_are_counted_in_characters),
        cmocka_unit_test(nulls),
        cmocka_unit_test(refused_values_are_not_missing),
        cmocka_unit_test(tags),
        cmocka_unit_test(values_that_need_quotes),
        cmocka_unit_test(errors_in_two_parts),
        cmocka_unit_test(other_syntax),
        cmocka_unit_test(comments_are_no_titles),
        cmocka_unit_test(bytes_that_are_no_text),
        cmocka_unit_test(of_equal_keys_the_first_counts),
        cmocka_unit_test(merging),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
