/* Findings: order, counts, the exact text of cli page section 5, JSON, and what must never show. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/jx.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/diag.h"
#include "unit/model_diag.h"

/* The four examples of the page, literally. */
static void the_form_of_the_page(void **state UNUSED)
{
    CLEANUP(diags_freep) struct diags *d = diags_new();
    add_source(d, "queues/tv.yaml", "queues:\n  tv:\n    profile: x\n    shedule: nightly\n");
    add_source(d, "instances.yaml",
               "instances:\n  sonarr-main:\n    type: sonarr\n    url: u\n"
               "    api_key: 0123456789abcdef\n");
    const struct loc other = {"legacy/movies.yaml", 2, 3};
    const struct diag findings[] = {
        {.code = DIAG_E101,
         .at = {"queues/tv.yaml", 4, 5},
         .end_col = 12,
         .message = "unknown key 'shedule'",
         .caret = "did you mean 'schedule'?",
         .hints = "keys of a queue: profile instances schedule (splintarr explain queue)"},
        {.code = DIAG_E301,
         .at = {"instances.yaml", 5, 14},
         .end_col = 30,
         .is_secret = true,
         .message = "api_key must not be written in the file",
         .caret = "literal secret (hidden, length not shown)",
         .hints = "store it:  splintarr secret set sonarr-main-key\n"
                  "write:     api_key: {secret: sonarr-main-key}"},
        {.code = DIAG_E204,
         .at = {"queues/tv.yaml", 9, 15},
         .message = "queue/anime refers to schedule 'friday-amine', which does not exist",
         .hints = "did you mean 'friday-anime' (schedules.yaml:5)?"},
        {.code = DIAG_E110,
         .at = {"instances.yaml", 26, 3},
         .message = "instance/radarr-main is declared twice",
         .related = &other,
         .n_related = 1},
    };
    for (size_t i = 0; i < COUNT(findings); i++)
        diags_add(d, &findings[i]);
    check_text(d,
               "error[E301]: api_key must not be written in the file\n"
               "  --> instances.yaml:5:14\n"
               "   |\n"
               " 5 |     api_key: ********\n"
               "   |              ^^^^^^^^ literal secret (hidden, length not shown)\n"
               "   = store it:  splintarr secret set sonarr-main-key\n"
               "   = write:     api_key: {secret: sonarr-main-key}\n"
               "\n"
               "error[E110]: instance/radarr-main is declared twice\n"
               "  --> instances.yaml:26:3\n"
               "  --> legacy/movies.yaml:2:3\n"
               "\n"
               "error[E101]: unknown key 'shedule'\n"
               "  --> queues/tv.yaml:4:5\n"
               "   |\n"
               " 4 |     shedule: nightly\n"
               "   |     ^^^^^^^ did you mean 'schedule'?\n"
               "   = keys of a queue: profile instances schedule (splintarr explain queue)\n"
               "\n"
               "error[E204]: queue/anime refers to schedule 'friday-amine', which does not exist\n"
               "  --> queues/tv.yaml:9:15\n"
               "   = did you mean 'friday-anime' (schedules.yaml:5)?\n");
}

static void the_gutter_grows_with_the_line_number(void **state UNUSED)
{
    CLEANUP(diags_freep) struct diags *d = diags_new();
    add_source(d, "a.yaml", "\n\n\n\n\n\n\n\n\n\n\nab: x\n");
    const struct diag x = {
        .code = DIAG_W004, .at = {"a.yaml", 12, 5}, .end_col = 6, .message = "m", .hints = "h"};
    diags_add(d, &x);
    check_text(d, "warning[W004]: m\n"
                  "   --> a.yaml:12:5\n"
                  "    |\n"
                  " 12 | ab: x\n"
                  "    |     ^\n"
                  "    = h\n");
    assert_int_equal(diags_errors(d), 0);
    assert_int_equal(diags_warnings(d), 1);
}

static void sorted_and_stable(void **state UNUSED)
{
    CLEANUP(diags_freep) struct diags *d = diags_new();
    static const struct loc places[] = {
        {"b", 1, 1}, {"a", 10, 1}, {"a", 2, 5}, {"a", 2, 3}, {"a", 2, 3}, {"a", 2, 3}, {"b", 0, 0},
    };
    static const int sorted[] = {3, 4, 5, 2, 1, 6, 0};
    for (size_t i = 0; i < COUNT(places); i++) {
        char message[2] = {(char)('0' + i), '\0'};
        const struct diag x = {.code = DIAG_E100, .at = places[i], .message = message};
        diags_add(d, &x);
    }
    assert_int_equal(diags_n(d), COUNT(places));
    for (size_t i = 0; i < COUNT(sorted); i++)
        assert_int_equal(diags_at(d, i)->message[0], '0' + sorted[i]);
}

static void only_so_many(void **state UNUSED)
{
    CLEANUP(diags_freep) struct diags *d = diags_new();
    for (int i = 0; i < DIAGS_MAX + 5; i++)
        add(d, "a", i + 1, 1, 0);
    assert_int_equal(diags_n(d), DIAGS_MAX);
    assert_int_equal(diags_errors(d), DIAGS_MAX + 5);
    CLEANUP(buf_done) struct buf text = {0};
    text_of(d, false, &text);
    size_t n = 0;
    for (const char *s = text.at; (s = strstr(s, "error[")); s++)
        n++;
    assert_int_equal(n, DIAGS_SHOWN);
    assert_true(str_ends(text.at, "\n… and 955 more, not shown\n"));
}

static size_t n_errors_kept(const struct diags *d)
{
    size_t n = 0;
    for (size_t i = 0; i < diags_n(d); i++)
        n += diag_severity(diags_at(d, i)->code) == SEVERITY_ERROR;
    return n;
}

/* A daemon names the first error of a tree it rejects. */
static void errors_are_kept_before_warnings(void **state UNUSED)
{
    CLEANUP(diags_freep) struct diags *d = diags_new();
    const struct diag warning = {.code = DIAG_W004, .at = {"a", 1, 1}, .message = "m"};
    for (int i = 0; i < DIAGS_MAX + 5; i++)
        diags_add(d, &warning);
    assert_int_equal(diags_n(d), DIAGS_MAX);
    assert_int_equal(n_errors_kept(d), 0);
    add(d, "a", 2, 1, 0);
    add(d, "a", 3, 1, 0);
    assert_int_equal(diags_n(d), DIAGS_MAX);
    assert_int_equal(n_errors_kept(d), 2);
    assert_int_equal(diags_at(d, DIAGS_MAX - 1)->at.line, 3);
    assert_int_equal(diags_at(d, DIAGS_MAX - 2)->at.line, 2);
    assert_int_equal(diags_warnings(d), DIAGS_MAX + 5);
}

/* Columns: a tab is shown as four, 日 and full-width letters take two, a combining accent none. */
static void carets_stand_below_what_they_mean(void **state UNUSED)
{
    static const struct {
        const char *line;
        int col, end_col;
        const char *shown, *carets;
    } rows[] = {
        {"a: b", 4, 5, "a: b", "   ^"},
        {"\ta: b", 5, 6, "    a: b", "       ^"},
        {"\xE6\x97\xA5\xE6\x9C\xAC: x", 5, 6, "\xE6\x97\xA5\xE6\x9C\xAC: x", "      ^"},
        {"\xE6\x97\xA5\xE6\x9C\xAC: x", 1, 3, "\xE6\x97\xA5\xE6\x9C\xAC: x", "^^^^"},
        {"e\xCC\x81: x", 5, 6, "e\xCC\x81: x", "   ^"},
        {"\xC3\xA4\xC3\xB6: x", 5, 6, "\xC3\xA4\xC3\xB6: x", "    ^"},
        {"a: b", 5, 6, "a: b", "    ^"},   /* behind the last character */
        {"a: b", 50, 60, "a: b", "    ^"}, /* a column that does not exist */
        {"a: \033[31mb", 9, 10, "a: \xEF\xBF\xBD[31mb", "        ^"},
        {"a: \xFF y", 6, 7, "a: \xEF\xBF\xBD y", "     ^"},
        {"a: \xE2\x80\xAEx", 5, 6, "a: \xEF\xBF\xBDx", "    ^"}, /* right-to-left override */
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(diags_freep) struct diags *d = diags_new();
        char expected[200];
        add_source(d, "f", rows[i].line);
        add(d, "f", 1, rows[i].col, rows[i].end_col);
        snprintf(expected, sizeof expected,
                 "error[E105]: not good\n  --> f:1:%d\n   |\n 1 | %s\n   | %s\n", rows[i].col,
                 rows[i].shown, rows[i].carets);
        check_text(d, expected);
    }
}

static void lines_end_as_in_yaml(void **state UNUSED)
{
    CLEANUP(diags_freep) struct diags *d = diags_new();
    add_source(d, "f",
               "\xEF\xBB\xBFone\r\ntwo\rthree\xC2\x85"
               "four\xE2\x80\xA8"
               "five\nlast");
    for (int line = 1; line <= 7; line++)
        add(d, "f", line, 1, 2);
    static const char *const lines[] = {"one", "two", "three", "four", "five", "last", ""};
    for (size_t i = 0; i < COUNT(lines); i++) {
        const char *snippet = diags_at(d, i)->snippet;
        assert_string_equal(snippet ? snippet : "", lines[i]);
    }
}

static void long_lines_are_cut_around_the_caret(void **state UNUSED)
{
    enum { LENGTH = 20000, COL = 10000 };
    CLEANUP(diags_freep) struct diags *d = diags_new();
    char *line = mem_zeroed(LENGTH + 1);
    for (size_t i = 0; i < LENGTH; i++)
        line[i] = "a, "[i % 3];
    line[COL - 1] = 'X';
    add_source(d, "f", line);
    add(d, "f", 1, COL, COL + 1);
    CLEANUP(buf_done) struct buf text = {0};
    text_of(d, false, &text);
    assert_true(text.n < 500);
    const char *shown = strstr(text.at, " 1 | ") + 5, *x = strchr(shown, 'X');
    const char *caret_line = strstr(shown, "   | ") + 5, *caret = strchr(caret_line, '^');
    assert_true(x && caret);
    assert_int_equal(str_columns(shown, (size_t)(x - shown)), caret - caret_line);
    assert_true(str_starts(shown, "…"));
    mem_free(line);
}

/* A piece of a very long line may begin inside a secret whose key is cut off. */
static void nothing_of_a_cut_value_is_shown(void **state UNUSED)
{
    enum { LENGTH = 12000 };
    CLEANUP(diags_freep) struct diags *d = diags_new();
    char *line = mem_zeroed(LENGTH + 100);
    memset(line, '/', LENGTH);
    memcpy(line, "{token: ", 8);
    memcpy(line + LENGTH, ", shedule: x}", 14);
    add_source(d, "f", line);
    add(d, "f", 1, LENGTH + 3, LENGTH + 10);
    assert_string_equal(diags_at(d, 0)->snippet, "…********, shedule: x}");
    mem_free(line);
}

/* ---- secrets ---- */

static void check_hidden(const char *line, const char *secret, const char *shown)
{
    CLEANUP(diags_freep) struct diags *d = diags_new();
    add_source(d, "f", line);
    add(d, "f", 1, 1, 2);
    CLEANUP(buf_done) struct buf text = {0};
    text_of(d, false, &text);
    CLEANUP(jx_decrefp) json_t *json = diags_json(d);
    CLEANUP(freep) char *json_text = jx_canonical(json);
    if (strstr(text.at, secret) || strstr(json_text, secret))
        fail_msg("shown: %s", text.at);
    assert_string_equal(diags_at(d, 0)->snippet, shown);
}

static void values_that_sound_secret_are_hidden(void **state UNUSED)
{
    check_hidden("api_key: hunter2 # x", "hunter2", "api_key: ******** # x");
    check_hidden("  apikey:   hunter2", "hunter2", "  apikey:   ********");
    check_hidden("api_kee: hunter2", "hunter2", "api_kee: ********");
    check_hidden("pasword: 'hunter2 and more'", "hunter2", "pasword: ********");
    check_hidden("password: \"hun\\\"ter2\"", "ter2", "password: ********");
    check_hidden("{type: x, token: hunter2, url: y}", "hunter2",
                 "{type: x, token: ********, url: y}");
    check_hidden("{\"api_key\": \"hunter2\"}", "hunter2", "{\"api_key\": ********}");
    check_hidden("X-Auth: hunter2", "hunter2", "X-Auth: ********");
    check_hidden("url: https://discord.com/api/webhooks/12/abcDEF0123456789ghiJKL-x", "abcDEF",
                 "url: https://discord.com/api/webhooks/12/********");
    check_hidden("foo: 0123456789abcdef0123456789abcdef", "89abcdef", "foo: ********");
    check_hidden("password: \"hunter2", "hunter2", "password: ********"); /* never closed */
}

static void references_are_shown(void **state UNUSED)
{
    static const char *const lines[] = {
        "api_key: {secret: sonarr-main-key}",
        "api_key: !secret sonarr-main-key",
        "api_key: {file: /run/secrets/sonarr_main_key}",
        "api_key: *shared",
        "shedule: nightly",
        "url: https://sonarr-4k.home.example",
        "name: a-rather-long-name-without-any-digits",
    };
    for (size_t i = 0; i < COUNT(lines); i++)
        check_hidden(lines[i], "*****", lines[i]);
}

/* A secret known by one finding is hidden in every other of its line, whichever came first. */
static void all_findings_of_a_line_hide_its_secret(void **state UNUSED)
{
    for (int order = 0; order < 2; order++) {
        CLEANUP(diags_freep) struct diags *d = diags_new();
        add_source(d, "f", "{type: sonnar, url: hunter2, x: y}");
        struct diag secret = {.code = DIAG_E301,
                              .at = {"f", 1, 21},
                              .end_col = 28,
                              .message = "m",
                              .is_secret = true};
        if (order)
            diags_add(d, &secret);
        add(d, "f", 1, 8, 14);
        add(d, "f", 1, 33, 34);
        if (!order)
            diags_add(d, &secret);
        CLEANUP(buf_done) struct buf text = {0};
        text_of(d, false, &text);
        assert_null(strstr(text.at, "hunter2"));
        /* carets behind the hidden value move with it: y is at 33, the mask one wider */
        assert_non_null(strstr(text.at, " 1 | {type: sonnar, url: ********, x: y}\n"
                                        "   |                                  ^\n"));
    }
}

static void json_of_a_finding(void **state UNUSED)
{
    CLEANUP(diags_freep) struct diags *d = diags_new();
    add_source(d, "f.yaml", "shedule: nightly\n");
    const struct loc other = {"g.yaml", 2, 3};
    const struct diag x = {.code = DIAG_E101,
                           .at = {"f.yaml", 1, 1},
                           .end_col = 8,
                           .message = "unknown key 'shedule'",
                           .caret = "did you mean 'schedule'?",
                           .hints = "keys: a b",
                           .related = &other,
                           .n_related = 1};
    const struct diag bare = {.code = DIAG_W001, .at = {"z.yaml", 0, 0}, .message = "m"};
    diags_add(d, &x);
    diags_add(d, &bare);
    CLEANUP(jx_decrefp) json_t *json = diags_json(d);
    CLEANUP(freep) char *text = jx_canonical(json);
    assert_string_equal(
        text, "[{\"code\":\"E101\",\"column\":1,\"end_column\":8,\"file\":\"f.yaml\","
              "\"hint\":\"did you mean 'schedule'?\\nkeys: a b\",\"line\":1,"
              "\"message\":\"unknown key 'shedule'\","
              "\"related\":[{\"column\":3,\"file\":\"g.yaml\",\"line\":2}],"
              "\"severity\":\"error\",\"snippet\":\"shedule: nightly\"},"
              "{\"code\":\"W001\",\"column\":null,\"end_column\":null,\"file\":\"z.yaml\","
              "\"hint\":null,\"line\":null,\"message\":\"m\",\"related\":[],"
              "\"severity\":\"warning\",\"snippet\":null}]");
}

static void colors_only_when_asked(void **state UNUSED)
{
    CLEANUP(diags_freep) struct diags *d = diags_new();
    add_source(d, "f", "a: b\n");
    add(d, "f", 1, 4, 5);
    CLEANUP(buf_done) struct buf plain = {0}, colored = {0};
    text_of(d, false, &plain);
    text_of(d, true, &colored);
    assert_null(strchr(plain.at, '\033'));
    assert_non_null(strstr(colored.at, "\033[1;31merror[E105]\033[0m"));
}

static void messages_cannot_steer_the_terminal(void **state UNUSED)
{
    CLEANUP(diags_freep) struct diags *d = diags_new();
    const struct diag x = {.code = DIAG_E101,
                           .at = {"f\033[2J", 1, 1},
                           .message = "key '\033]0;x\a'",
                           .hints = "a\nb\rc"};
    diags_add(d, &x);
    CLEANUP(buf_done) struct buf text = {0};
    text_of(d, false, &text);
    assert_null(strpbrk(text.at, "\033\a\r"));
}

/* One line for each field that has no effect yet, behind everything else; JSON keeps all. */
static void inert_fields_are_grouped(void **state UNUSED)
{
    CLEANUP(diags_freep) struct diags *d = diags_new();
    static const struct {
        const char *file, *message;
        int line;
    } rows[] = {{"a.yaml", "queue.x: accepted", 3},
                {"a.yaml", "queue.y: accepted", 4},
                {"b.yaml", "queue.x: accepted", 1},
                {"b.yaml", "queue.x: accepted", 9}};
    for (size_t i = 0; i < COUNT(rows); i++)
        diags_add(d, &(struct diag){.code = DIAG_W090,
                                    .at = {.file = rows[i].file, .line = rows[i].line, .col = 1},
                                    .message = rows[i].message});
    diags_add(d, &(struct diag){.code = DIAG_E204,
                                .at = {.file = "c.yaml", .line = 1, .col = 1},
                                .message = "nothing there"});
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BUF_TEXT);
    diags_text(d, false, &text);
    assert_string_equal(text.at, "error[E204]: nothing there\n"
                                 "  --> c.yaml:1:1\n"
                                 "\n"
                                 "warning[W090]: queue.x: accepted (3 places, first a.yaml:3)\n"
                                 "warning[W090]: queue.y: accepted (a.yaml:4)\n");
    CLEANUP(jx_decrefp) json_t *all = diags_json(d);
    assert_int_equal(json_array_size(all), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inert_fields_are_grouped),
        cmocka_unit_test(the_form_of_the_page),
        cmocka_unit_test(the_gutter_grows_with_the_line_number),
        cmocka_unit_test(sorted_and_stable),
        cmocka_unit_test(only_so_many),
        cmocka_unit_test(errors_are_kept_before_warnings),
        cmocka_unit_test(carets_stand_below_what_they_mean),
        cmocka_unit_test(lines_end_as_in_yaml),
        cmocka_unit_test(long_lines_are_cut_around_the_caret),
        cmocka_unit_test(nothing_of_a_cut_value_is_shown),
        cmocka_unit_test(values_that_sound_secret_are_hidden),
        cmocka_unit_test(references_are_shown),
        cmocka_unit_test(all_findings_of_a_line_hide_its_secret),
        cmocka_unit_test(json_of_a_finding),
        cmocka_unit_test(colors_only_when_asked),
        cmocka_unit_test(messages_cannot_steer_the_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
