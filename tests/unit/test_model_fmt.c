/* The canonical spelling: exactly these bytes change; and YAML written reads as the same text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "model/fmt.h"
#include "model/ywrite.h"
#include "unit/model_tree.h"

static enum fmt_outcome format(const char *text, struct fmt_result *ret)
{
    CLEANUP(diags_freep) struct diags *diags = diags_new();
    return fmt_file("splintarr.yaml", text, strlen(text), diags, ret);
}

static void becomes(const char *before, const char *after)
{
    CLEANUP(fmt_result_done) struct fmt_result once = {0};
    CLEANUP(fmt_result_done) struct fmt_result twice = {0};
    assert_int_equal(format(before, &once), FMT_CHANGED);
    assert_string_equal(once.text.at, after);
    assert_int_equal(format(after, &twice), FMT_SAME);
}

static void stays(const char *text)
{
    CLEANUP(fmt_result_done) struct fmt_result r = {0};
    assert_int_equal(format(text, &r), FMT_SAME);
}

static void values_are_spelled(void **state)
{
    (void)state;
    becomes("schedules:\n  a: {every: 24h}\n", "schedules:\n  a: {every: 1d}\n");
    becomes("schedules:\n  a:\n    every: 2w # c\n", "schedules:\n  a:\n    every: 14d # c\n");
    becomes("schedules: {a: {every: \"90m\"}}", "schedules: {a: {every: \"1h30m\"}}");
    becomes("schedules:\n  a:\n    windows: FRI 18:00-22:00\n    every: 1h\n",
            "schedules:\n  a:\n    windows: fri 18:00-22:00\n    every: 1h\n");
    becomes("schedules: {a: {at: [Mon-Fri 03:00, 'Sat 04:00']}}",
            "schedules: {a: {at: [mon-fri 03:00, 'sat 04:00']}}");
    becomes("queues: {q: {cooldown: 168h, schedule: {every: 24h}}}",
            "queues: {q: {cooldown: 7d, schedule: {every: 1d}}}");
    becomes("instances: {i: {max_requests: 120/m}}", "instances: {i: {max_requests: 2/s}}");
}

/* A comma in a flow list would make two elements of one. */
static void a_comma_is_quoted(void **state)
{
    (void)state;
    becomes("schedules: {a: {windows: [sun-mon 10:00-11:00]}}",
            "schedules: {a: {windows: ['mon,sun 10:00-11:00']}}");
}

static void truths_are_repaired(void **state)
{
    (void)state;
    becomes("queues: {q: {suspend: yes, protect: Off}}",
            "queues: {q: {suspend: true, protect: false}}");
    becomes("queues: {q: {suspend: TRUE}}", "queues: {q: {suspend: true}}");
    stays("queues: {q: {suspend: 'yes'}}");
    stays("queues: {q: {suspend: maybe}}");
    stays("exclusions: {x: {match: {title: No}, reason: yes}}");
}

static void tags_become_maps(void **state)
{
    (void)state;
    becomes("instances:\n  i:\n    api_key: !secret k   # c\n",
            "instances:\n  i:\n    api_key: {secret: k}   # c\n");
    becomes("instances: {i: {api_key: !env_var A_B}}", "instances: {i: {api_key: {env: A_B}}}");
    becomes("instances: {i: {api_key: &k !file /run/x, webhook: {token: *k}}}",
            "instances: {i: {api_key: &k {file: /run/x}, webhook: {token: *k}}}");
    becomes("notifications: {n: {headers: {Authorization: !secret '1'}}}",
            "notifications: {n: {headers: {Authorization: {secret: '1'}}}}");
}

/* What two fields read differently belongs to neither. */
static void anchors_of_two_types_stay(void **state)
{
    (void)state;
    stays("x-a: &a 24h\nschedules: {s: {every: *a}}\n"
          "exclusions: {x: {match: {title: *a}}}\n");
    becomes("x-a: &a 24h\nschedules: {s: {every: *a}, t: {every: *a}}\n",
            "x-a: &a 1d\nschedules: {s: {every: *a}, t: {every: *a}}\n");
}

static void everything_else_stays(void **state)
{
    (void)state;
    stays("");
    stays("schedules: {a: {every: 6}}");  /* wrong: no unit */
    stays("schedules: {a: {evry: 24h}}"); /* no such key */
    stays("schedules:\n  a:\n    every: |-\n      24h\n");
    stays("queues: {q: {description: 24h, labels: {a: 24h}}}");
    becomes("\xEF\xBB\xBF# \xC3\xA4\r\nschedules: {a: {description: '\xC3\xA4', every: 24h}}\r\n",
            "\xEF\xBB\xBF# \xC3\xA4\r\nschedules: {a: {description: '\xC3\xA4', every: 1d}}\r\n");
}

static void no_yaml_is_left_alone(void **state)
{
    (void)state;
    CLEANUP(fmt_result_done) struct fmt_result r = {0};
    assert_int_equal(format("queues: {q: {suspend: yes}", &r), FMT_BROKEN);
    assert_int_equal(format("queues: {q: {suspend: yes, suspend: no}}", &r), FMT_BROKEN);
}

static void literal_secrets_are_not_shown(void **state)
{
    (void)state;
    CLEANUP(fmt_result_done) struct fmt_result r = {0};
    assert_int_equal(format("instances: {i: {api_key: hunter2, timeout: 90s}}", &r), FMT_CHANGED);
    assert_string_equal(r.text.at, "instances: {i: {api_key: hunter2, timeout: 1m30s}}");
    assert_string_equal(r.shown_before.at, "instances: {i: {api_key: ********, timeout: 90s}}");
    assert_string_equal(r.shown_after.at, "instances: {i: {api_key: ********, timeout: 1m30s}}");
}

/* ---- texts written as YAML ---- */

static void written(const char *text, const char *expected)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, BUF_TEXT);
    ywrite_text(&b, text);
    assert_string_equal(b.at, expected);
}

static void texts_are_quoted_when_needed(void **state)
{
    (void)state;
    written("tv-missing", "tv-missing");
    written("1d12h", "1d12h");
    written("weekdays 18:00-22:00", "weekdays 18:00-22:00");
    written("http://sonarr:8989", "http://sonarr:8989");
    written("", "''");
    written("No", "'No'");
    written("1917", "'1917'");
    written("1e5", "'1e5'");
    written("- x", "'- x'");
    written("Always Sunny #1", "'Always Sunny #1'");
    written("it's", "'it''s'");
    written("a\nb", "\"a\\nb\"");
    written("a\xC2\x85", "\"a\\u0085\"");
}

/* As the one value of a map, in a flow and in a block place. */
static void reads_back(const char *frame, const char *text)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    CLEANUP(diags_freep) struct diags *diags = diags_new();
    CLEANUP(buf_done) struct buf value, file;
    buf_init(&value, BUF_TEXT);
    buf_init(&file, BUF_TEXT);
    ywrite_text(&value, text);
    const char *hole = strchr(frame, '$');
    buf_printf(&file, "%.*s%s%s", (int)(hole - frame), frame, value.at, hole + 1);
    struct ybudget budget = {0};
    const struct ynode *root = ydoc_parse(arena, "t", file.at, file.n, &budget, diags);
    assert_non_null(root);
    assert_int_equal(diags_n(diags), 0);
    assert_non_null(ydoc_get(root, "k"));
    assert_string_equal(ydoc_get(root, "k")->text, text);
}

static void texts_read_back(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "No",
        "1917",
        "- x",
        "#",
        "a #b",
        "a: b",
        "a:",
        ":a",
        "*a",
        "&a",
        "!a",
        "[a",
        "{a",
        "a, b",
        "@a",
        "%a",
        "`a",
        "|",
        ">",
        "?",
        "? a",
        "-",
        "---",
        "...",
        "~",
        "null",
        "'",
        "\"",
        "\\",
        "\\n",
        " a",
        "a ",
        "\ta",
        "a\nb\n",
        "\n",
        "\xC3\xA4\xE2\x82\xAC",
        "\xF0\x9F\x8E\xAC",
        "\xE2\x80\xA8",
        "\xEF\xBB\xBFx",
        "=",
        "<<",
        "^(Big|Love)\\b",
        "a  b",
        "0x1F",
        "1:30",
        "007",
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        reads_back("k: $\n", texts[i]);
        reads_back("{k: $}\n", texts[i]);
        reads_back("{k: $, j: 1}", texts[i]);
    }
}

static void documents_are_laid_out(void **state)
{
    (void)state;
    static const char json[] =
        "{\"version\": 1, \"settings\": {}, \"queues\": {\"no\": {\"suspend\": "
        "true, \"reason\": \"No\", \"days\": [\"mon\", \"a, b\"], \"match\": "
        "[{\"title\": \"1917\", \"in\": {\"a\": 2}}, {\"genre\": \"x\"}]}}}";
    static const char expected[] = "version: 1\n"
                                   "settings: {}\n"
                                   "queues:\n"
                                   "  'no':\n"
                                   "    suspend: true\n"
                                   "    reason: 'No'\n"
                                   "    days: [mon, 'a, b']\n"
                                   "    match:\n"
                                   "      - title: '1917'\n"
                                   "        in:\n"
                                   "          a: 2\n"
                                   "      - genre: x\n";
    struct err e;
    CLEANUP(jx_decrefp) json_t *j = NULL;
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, BUF_TEXT);
    assert_true(jx_parse(json, strlen(json), &j, &e));
    ywrite_document(&b, j);
    assert_string_equal(b.at, expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_spelled),
        cmocka_unit_test(a_comma_is_quoted),
        cmocka_unit_test(truths_are_repaired),
        cmocka_unit_test(tags_become_maps),
        cmocka_unit_test(anchors_of_two_types_stay),
        cmocka_unit_test(everything_else_stays),
        cmocka_unit_test(no_yaml_is_left_alone),
        cmocka_unit_test(literal_secrets_are_not_shown),
        cmocka_unit_test(texts_are_quoted_when_needed),
        cmocka_unit_test(texts_read_back),
        cmocka_unit_test(documents_are_laid_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
