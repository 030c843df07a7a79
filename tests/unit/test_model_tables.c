/* What is made from the tables: differences, the schema, the manual, explanations. Expected values
 * are written by hand from the configuration page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/jx.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/config.h"
#include "model/field.h"

static json_t *parse(const char *text)
{
    json_t *j = NULL;
    struct err e = {0};
    if (!jx_parse(text, strlen(text), &j, &e))
        fail_msg("%s", e.msg);
    return j;
}

static void put_side(const json_t *value, const char *otherwise, struct buf *ret)
{
    CLEANUP(freep) char *text = value ? jx_canonical(value) : NULL;
    buf_puts(ret, text ? text : otherwise ? otherwise : "-");
}

/* "path from to" a line; a default stands without quotes. */
static void check_diff(enum kind kind, const char *from, const char *to, const char *expected)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    CLEANUP(jx_decrefp) json_t *a = from ? parse(from) : NULL;
    CLEANUP(jx_decrefp) json_t *b = to ? parse(to) : NULL;
    CLEANUP(buf_done) struct buf shown = {0};
    struct field_changes all;
    buf_init(&shown, BUF_TEXT);
    config_diff(kind, a, b, arena, &all);
    for (size_t i = 0; i < all.n; i++) {
        buf_printf(&shown, "%s ", all.at[i].path);
        const struct field_change *x = &all.at[i];
        put_side(x->from, x->is_from_inherited ? "inherited" : x->from_default, &shown);
        buf_putc(&shown, ' ');
        put_side(x->to, x->is_to_inherited ? "inherited" : x->to_default, &shown);
        buf_printf(&shown, "%s\n", all.at[i].is_secret ? " secret" : "");
    }
    assert_string_equal(shown.at, expected);
}

static void differences(void **state UNUSED)
{
    check_diff(KIND_INSTANCE, "{\"library\":{\"sync\":\"12h\"}}",
               "{\"limits\":{\"min_gap\":\"1m\"}}",
               "limits.min_gap 15s \"1m\"\nlibrary.sync \"12h\" settings.library.sync\n");
    check_diff(KIND_EXCLUSION, "{\"match\":[{\"title_regex\":\"a\"},{\"genre\":\"g\"}]}",
               "{\"match\":[{\"title_regex\":\"b\"}]}",
               "match[0].title_regex \"a\" \"b\"\nmatch[1].genre \"g\" -\n");
    check_diff(KIND_INSTANCE, "{\"api_key\":{\"secret\":\"a\"}}",
               "{\"api_key\":{\"secret\":\"b\"}}",
               "api_key {\"secret\":\"a\"} {\"secret\":\"b\"} secret\n");
    check_diff(KIND_QUEUE, "{\"schedule\":\"nightly\"}", "{\"schedule\":\"weekly\"}",
               "schedule \"nightly\" \"weekly\"\n");
    check_diff(KIND_QUEUE, "{\"batch\":3}", "{\"batch\":3}", "");
    check_diff(KIND_SHARE, "{\"alice\":\"read-only\"}", "{\"bob\":\"read-write\"}",
               "bob - \"read-write\"\nalice \"read-only\" -\n");
    check_diff(KIND_PROFILE, NULL, "{\"order\":\"title\"}", "order smart \"title\"\n");
    check_diff(KIND_QUEUE, "{\"batch\":3,\"extends\":\"a\",\"protect\":true}",
               "{\"profile\":\"p\"}",
               "protect true false\nprofile inherited \"p\"\nextends \"a\" -\n"
               "batch 3 inherited\n");
}

/* ---- what is written ---- */

static void check_written(const char *text, const char *expected)
{
    CLEANUP(diags_freep) struct diags *diags = diags_new();
    CLEANUP(config_freep) struct config *c = config_new();
    const struct ynode *root =
        ydoc_parse(config_arena(c), "t.yaml", text, strlen(text), config_budget(c), diags);
    config_add_file(c, "t.yaml", root, diags);
    assert_true(config_check(c, diags));
    CLEANUP(jx_decrefp) json_t *paths = config_explicit(config_at(c, config_n(c) - 1));
    CLEANUP(freep) char *shown = jx_canonical(paths);
    assert_string_equal(shown, expected);
}

/* In the order of the alphabet; batch and min_gap stand at their defaults. */
static void written(void **state UNUSED)
{
    check_written("queues: {q: {instances: all, batch: 10, labels: {b: 1, a: 2}, order: ,\n"
                  "  schedule: {every: 6h}, filters: {tags: []}}}\n",
                  "[\"batch\",\"filters.tags\",\"instances\",\"labels.a\",\"labels.b\","
                  "\"schedule.every\"]");
    check_written("instances: {a: {url: 'http://a', type: sonarr, limits: {min_gap: 15s},\n"
                  "  api_key: {secret: k}}}\n",
                  "[\"api_key\",\"limits.min_gap\",\"type\",\"url\"]");
    check_written("exclusions: {x: {match: {genre: g}}}\n", "[\"match\"]");
}

/* ---- the schema ---- */

static const json_t *at(const json_t *schema, const char *key)
{
    const json_t *value = json_object_get(schema, key);
    assert_non_null(value);
    return value;
}

/* Every member is `anyOf: [what it is, null]`. */
static const json_t *member(const json_t *object, const char *key)
{
    const json_t *any = at(at(at(object, "properties"), key), "anyOf");
    return json_array_get(any, 0);
}

static const json_t *kind_in(const json_t *schema, const char *plural)
{
    const json_t *names = at(member(schema, plural), "patternProperties");
    void *first = json_object_iter((json_t *)(uintptr_t)names);
    return json_array_get(at(json_object_iter_value(first), "anyOf"), 0);
}

/* All keys of the table, no others, and nothing else allowed. */
static void check_object(const json_t *object, const struct field *fields)
{
    size_t n = 0;
    for (const struct field *f = fields; f->name; f++, n++) {
        const json_t *one = member(object, field_key(f));
        if (f->type == FT_STRUCT || f->type == FT_OPTION)
            check_object(one, f->fields);
    }
    assert_int_equal(json_object_size(at(object, "properties")), n);
    assert_true(json_is_false(at(object, "additionalProperties")));
}

static void schema_has_all_fields(void **state UNUSED)
{
    CLEANUP(jx_decrefp) json_t *schema = schema_json();
    assert_string_equal(jx_str(schema, "$schema"), "http://json-schema.org/draft-07/schema#");
    assert_true(json_is_false(at(schema, "additionalProperties")));
    assert_non_null(json_object_get(at(schema, "patternProperties"), "^x-"));
    check_object(member(schema, "settings"), kind_fields(KIND_SETTINGS));
    for (int k = 0; k < KIND_N; k++)
        if (k != KIND_SETTINGS && k != KIND_SHARE)
            check_object(kind_in(schema, kind_plurals[k]), kind_fields((enum kind)k));
}

static void schema_of_some_fields(void **state UNUSED)
{
    CLEANUP(jx_decrefp) json_t *schema = schema_json();
    const json_t *limits = member(kind_in(schema, "instances"), "limits");
    const json_t *hour = member(limits, "searches_per_hour");
    assert_int_equal(jx_int(hour, "minimum", -1), 1);
    assert_int_equal(jx_int(hour, "maximum", -1), 1000);
    const json_t *batch = at(at(kind_in(schema, "queues"), "properties"), "batch");
    assert_int_equal(jx_int(batch, "default", -1), 10);
    const json_t *key = member(kind_in(schema, "instances"), "api_key");
    assert_string_equal(jx_str(key, "type"), "object"); /* never a literal */
    assert_int_equal(json_object_size(at(key, "properties")), 4);
    CLEANUP(jx_decrefp) json_t *required = parse("[\"type\",\"url\",\"api_key\"]");
    assert_true(json_equal(at(kind_in(schema, "instances"), "required"), required));
}

/* ---- words ---- */

static void check_explains(const char *what, const char *expected)
{
    CLEANUP(buf_done) struct buf text = {0};
    struct err e = {0};
    buf_init(&text, BUF_TEXT);
    if (!explain_text(what, &text, &e))
        fail_msg("%s", e.msg);
    if (!strstr(text.at, expected))
        fail_msg("%s: '%s' is not in\n%s", what, expected, text.at);
}

static void check_refuses(const char *what, const char *expected)
{
    CLEANUP(buf_done) struct buf text = {0};
    struct err e = {0};
    buf_init(&text, BUF_TEXT);
    assert_false(explain_text(what, &text, &e));
    if (!strstr(e.msg, expected))
        fail_msg("%s: '%s' is not in '%s'", what, expected, e.msg);
}

static void explanations(void **state UNUSED)
{
    check_explains("queue", "batch");
    check_explains("queues", "instances");
    check_explains("queue.batch", "1 to 500");
    check_explains("queue.batch", "Default  `10`");
    check_explains("queue.filters.years", "1990-2020");
    check_explains("instance.limits.min_gap", "0s to 1h");
    check_explains("queue.schedule.every", "1m to 365d");
    check_explains("instance.library.sync", "`settings.library.sync`");
    check_refuses("queu", "did you mean 'queue'?");
    check_refuses("queue.shedule", "did you mean 'schedule'?");
    check_refuses("queue.filters.yeers", "did you mean 'years'?");
    check_refuses("queue.batch.more", "no field 'more' in queue.batch: it takes a whole number");
    check_refuses("instance.tls.verfy", "no field 'verfy' in instance.tls; did you mean 'verify'?");
    check_refuses("settings.health.zzz", "there are: interval down_after resume_backoff");
    check_refuses("queue.labels.team", "in queue.labels: it takes a map of texts");
    check_explains("share", "INSTANCE: {USER: GRANT}");
    check_explains("share", "`read-only` `read-write`");
    check_refuses("share.alice", "a share has no fields");
}

static void check_in_manual(const char *text, const struct field *fields)
{
    for (const struct field *f = fields; f->name; f++) {
        if (!strstr(text, f->doc))
            fail_msg("'%s' of %s is not in the manual", f->doc, f->name);
        if (f->fields)
            check_in_manual(text, f->fields);
    }
}

static void manual_has_everything(void **state UNUSED)
{
    CLEANUP(buf_done) struct buf text = {0};
    buf_init(&text, BUF_TEXT);
    manual_text(&text);
    for (int k = 0; k < KIND_N; k++)
        check_in_manual(text.at, kind_fields((enum kind)k));
    for (int i = 0; i < DIAG_N; i++)
        assert_non_null(strstr(text.at, diag_code_sentence((enum diag_code)i)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(differences),           cmocka_unit_test(written),
        cmocka_unit_test(schema_has_all_fields), cmocka_unit_test(schema_of_some_fields),
        cmocka_unit_test(explanations),          cmocka_unit_test(manual_has_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
