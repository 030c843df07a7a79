/* Whole configurations: findings of a broken tree, what is stored, what is inherited, the tables.
 * Expected values are written by hand from the configuration page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/jx.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/config.h"
#include "model/decode.h"
#include "unit/model_tree.h"

static char *content(const char *dir, const char *name)
{
    struct err e = {0};
    CLEANUP(buf_done) struct buf b = {0};
    CLEANUP(freep) char *path = mem_printf("%s/%s", dir, name);
    if (!file_read(path, YDOC_MAX_BYTES, &b, &e))
        fail_msg("%s", e.msg);
    return mem_strdup(b.at);
}

static void load(struct tree *t, const char *dir, const char *const names[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        CLEANUP(freep) char *text = content(dir, names[i]);
        add(t, names[i], text);
    }
}

static void twenty_mistakes(void **state UNUSED)
{
    static const char *const names[] = {"exclusions.yaml", "instances.yaml",
                                        "queues/tv.yaml",  "schedules.yaml",
                                        "splintarr.yaml",  "tenants/alice/all.yaml"};
    CLEANUP(tree_done) struct tree t = tree_new();
    CLEANUP(freep) char *expected = content("tests/golden", "mistakes.expect");
    load(&t, "tests/golden/mistakes", names, COUNT(names));
    assert_false(config_check(t.config, t.diags));
    check_findings(&t, SEVERITY_ERROR, expected);
    assert_int_equal(diags_errors(t.diags), 20);
}

/* ---- what is stored gives the same again ---- */

static void check_same(const struct config *a, const struct config *b)
{
    assert_int_equal(config_n(a), config_n(b));
    for (size_t i = 0; i < config_n(a); i++) {
        const struct resource *x = config_at(a, i), *y = config_at(b, i);
        CLEANUP(jx_decrefp) json_t *from = config_effective(x), *to = config_effective(y);
        assert_string_equal(x->name, y->name);
        assert_string_equal(x->hash, y->hash);
        assert_true(json_equal(x->canonical, y->canonical));
        assert_true(json_equal(from, to));
    }
}

static struct tree stored_again(const struct tree *from)
{
    struct tree t = tree_new();
    struct strlist files;
    config_references(from->config, &files);
    for (size_t i = 0; i < config_n(from->config); i++) {
        const struct resource *r = config_at(from->config, i);
        struct err e = {0};
        CLEANUP(freep) char *json = jx_canonical(r->canonical);
        assert_true(config_add_stored(t.config, r->kind, r->name, json, &e));
    }
    for (size_t i = 0; i < files.n; i++) {
        const char *bytes = config_referenced(from->config, files.at[i]);
        config_add_referenced(t.config, files.at[i], bytes, strlen(bytes));
    }
    assert_true(config_check(t.config, t.diags));
    return t;
}

static void stored_example(void **state UNUSED)
{
    static const char *const names[] = {
        "splintarr.yaml", "instances.yaml",           "schedules.yaml",     "profiles.yaml",
        "queues/tv.yaml", "exclusions.yaml",          "queues/movies.yaml", "notifications.yaml",
        "users.yaml",     "tenants/alice/queues.yaml"};
    CLEANUP(tree_done) struct tree t = tree_new();
    CLEANUP(freep) char *titles = content("examples/full", "lists/abandoned.txt");
    load(&t, "examples/full", names, COUNT(names));
    config_add_referenced(t.config, "lists/abandoned.txt", titles, strlen(titles));
    assert_true(config_check(t.config, t.diags));
    assert_int_equal(config_n(t.config), 27); /* counted in the files */
    CLEANUP(tree_done) struct tree again = stored_again(&t);
    check_same(t.config, again.config);
}

/* ---- small trees ---- */

/* An explicit empty list, and an explicit default, stand over the base; after storing too. */
static void empty_overrides(void **state UNUSED)
{
    CLEANUP(tree_done)
    struct tree t = tree_of("profiles:\n"
                            "  p: {filters: {tags: [hd]}, batch: 50, schedule: {every: 6h}}\n"
                            "queues:\n"
                            "  q: {profile: p, instances: tv, filters: {tags: []}, batch: 10}\n"
                            "notifications:\n"
                            "  n: {type: slack, url: {secret: s}, events: []}\n");
    CLEANUP(tree_done) struct tree again = stored_again(&t);
    const struct queue *q = spec_of(&again, KIND_QUEUE, "q");
    const struct notification *n = spec_of(&again, KIND_NOTIFICATION, "n");
    assert_int_equal(q->filters.tags.n, 0);
    assert_int_equal(q->batch, 10);
    assert_int_equal(q->schedule.spec->every, 6 * 3600 * 1000);
    assert_int_equal(n->events.bits, 0);
    check_same(t.config, again.config);
}

/* A clone is not a second heir of the same history, nor protected because its model is. */
static void what_is_not_inherited(void **state UNUSED)
{
    CLEANUP(tree_done)
    struct tree t = tree_of("queues:\n"
                            "  a: {instances: tv, renamed_from: old, protect: true, batch: 3}\n"
                            "  b: {extends: a}\n");
    const struct queue *b = spec_of(&t, KIND_QUEUE, "b");
    assert_null(b->renamed_from);
    assert_false(b->protect);
    assert_int_equal(b->batch, 3);
}

/* The end of 2026-12-31 in Tokyo (UTC+9, no summer time) is 14:59:59.999 UTC: 1798729199999 ms. */
static void last_day(void **state UNUSED)
{
    CLEANUP(tree_done) struct tree u = tree_new();
    add(&u, "splintarr.yaml", "version: 1\nsettings: {timezone: Asia/Tokyo}\n");
    add(&u, "x.yaml", "exclusions: {x: {match: [{genre: g}], until: 2026-12-31}}\n");
    assert_true(config_check(u.config, u.diags));
    const struct exclusion *x = spec_of(&u, KIND_EXCLUSION, "x");
    const struct resource *r = config_find(u.config, KIND_EXCLUSION, "x");
    assert_true(x->until == INT64_C(1798729199999));
    assert_string_equal(jx_str(r->canonical, "until"), "2026-12-31");
}

static void tenants(void **state UNUSED)
{
    CLEANUP(tree_done) struct tree t = tree_new();
    add(&t, "tenants/alice/q.yaml",
        "profiles: {p: {batch: 3}}\n"
        "instances:\n"
        "  box: {type: sonarr, url: 'http://box', api_key: {secret: k}}\n"
        "queues: {q: {profile: p, instances: box}}\n"
        "exclusions: {x: {match: [{titles_file: ../bob/list}]}}\n");
    add(&t, "tenants/bob/q.yaml", "queues: {q: {extends: /alice/q}}\n");
    assert_false(config_check(t.config, t.diags));
    check_findings(&t, SEVERITY_ERROR,
                   "tenants/alice/q.yaml:5:40 E117\ntenants/bob/q.yaml:1:29 E105\n");
    for (size_t i = 0; i < diags_n(t.diags); i++)
        assert_int_not_equal(diags_at(t.diags, i)->code, DIAG_W002); /* p is used */
}

/* One mistake is one finding: no rule follows from what could not be read. */
static void no_cascades(void **state UNUSED)
{
    CLEANUP(tree_done) struct tree t = tree_new();
    add(&t, "base.yaml", base_tree);
    add(&t, "t.yaml",
        "schedules: {s: {every: 6}}\n"
        "notifications: {n: {type: slak, url: 'https://x.example/y'}}\n"
        "queues: {q: {instances: [Bad Name]}}\n"
        "users: {u: {role: admin, display_name: !secret x}}\n"
        "exclusions: {x: {match: [text]}}\n");
    assert_false(config_check(t.config, t.diags));
    check_findings(&t, SEVERITY_ERROR,
                   "t.yaml:1:24 E105\nt.yaml:2:27 E106\nt.yaml:3:26 E105\nt.yaml:4:40 E302\n"
                   "t.yaml:5:26 E102\n");
}

static void nowhere_to_run(void **state UNUSED)
{
    CLEANUP(tree_done) struct tree t = tree_new();
    add(&t, "t.yaml", "queues:\n  a: {extends: b}\n  b: {extends: c}\n  c: {batch: 3}\n");
    assert_false(config_check(t.config, t.diags));
    check_findings(&t, SEVERITY_ERROR, "t.yaml:2:3 E107\nt.yaml:3:3 E107\nt.yaml:4:3 E107\n");
}

/* What stands where a name of a secret should be is not quoted; the hints name what to type. */
static void secrets_are_not_quoted(void **state UNUSED)
{
    CLEANUP(tree_done) struct tree t = tree_new();
    add(&t, "tenants/alice/i.yaml",
        "instances:\n"
        "  a: {type: radarr, url: 'http://a', api_key: LITERAL1}\n"
        "  b: {type: radarr, url: 'http://b', api_key: {secret: LITERAL2}}\n");
    assert_false(config_check(t.config, t.diags));
    CLEANUP(buf_done) struct buf text = {0};
    buf_init(&text, BUF_TEXT);
    diags_text(t.diags, false, &text);
    assert_null(strstr(text.at, "LITERAL"));
    assert_non_null(strstr(text.at, "splintarr secret set alice/a-key\n"));
    assert_non_null(strstr(text.at, "api_key: {secret: a-key}\n"));
    assert_non_null(strstr(text.at, "rotate the key in Radarr > Settings > General\n"));
}

/* Carets stand under the part that is wrong, not under what is right in front of it; a password in
 * a URL is hidden. Columns are counted in the texts by hand. */
static void the_wrong_part(void **state UNUSED)
{
    CLEANUP(tree_done) struct tree t = tree_new();
    add(&t, "t.yaml",
        "instances:\n"
        "  a: {type: sonarr, url: 'http://joe:hunter2@host', api_key: {secret: k}}\n"
        "  b: {type: sonarr, url: http://host:99999/x, api_key: {secret: k}}\n"
        "schedules:\n"
        "  s: {every: 6h3d}\n"
        "  t: {every: '6'}\n");
    assert_false(config_check(t.config, t.diags));
    check_findings(&t, SEVERITY_ERROR,
                   "t.yaml:2:34 E105\nt.yaml:3:38 E105\nt.yaml:5:16 E105\nt.yaml:6:14 E105\n");
    CLEANUP(buf_done) struct buf text = {0};
    buf_init(&text, BUF_TEXT);
    diags_text(t.diags, false, &text);
    assert_null(strstr(text.at, "hunter2"));
}

/* Nothing is no element of a list; of a map of texts it is a key that is not there. */
static void empty_elements(void **state UNUSED)
{
    CLEANUP(tree_done) struct tree t = tree_new();
    add(&t, "base.yaml", base_tree);
    add(&t, "t.yaml",
        "queues:\n"
        "  q:\n"
        "    instances: [tv, null]\n"
        "    labels: {a: , b: 'null'}\n"
        "    filters:\n"
        "      tags: [hd, ~]\n"
        "      status:\n"
        "        -\n"
        "        - continuing\n"
        "    schedule: {every: 6h, windows: [daily 01:00-02:00, ]}\n"
        "exclusions:\n"
        "  x: {match: [{genre: g}, ~]}\n");
    assert_false(config_check(t.config, t.diags));
    check_findings(&t, SEVERITY_ERROR,
                   "t.yaml:3:21 E102\nt.yaml:6:18 E102\nt.yaml:8:10 E102\nt.yaml:12:27 E102\n");
    const struct queue *q = spec_of(&t, KIND_QUEUE, "q");
    assert_int_equal(q->labels.n, 1);
    assert_string_equal(q->labels.at[0].key, "b");
    assert_string_equal(q->labels.at[0].value, "null");
}

/* "Deep-merge over this one; lists are replaced": labels are a map. */
static void labels_are_merged(void **state UNUSED)
{
    CLEANUP(tree_done)
    struct tree t = tree_of("profiles:\n"
                            "  p: {labels: {team: tv, cost: low}}\n"
                            "queues:\n"
                            "  a: {instances: tv, profile: p, labels: {cost: high, room: '3'}}\n"
                            "  b: {extends: a, labels: {room: '4'}}\n");
    const struct resource *b = config_find(t.config, KIND_QUEUE, "b");
    CLEANUP(jx_decrefp) json_t *spec = config_effective(b);
    CLEANUP(freep) char *labels = jx_canonical(json_object_get(spec, "labels"));
    assert_string_equal(labels, "{\"cost\":\"high\",\"room\":\"4\",\"team\":\"tv\"}");
}

/* What is inert in a schedule is inert in one written in place. */
static void inert_in_place(void **state UNUSED)
{
    CLEANUP(tree_done)
    struct tree t = tree_of(
        "instances:\n"
        "  i: {type: sonarr, url: 'http://i', api_key: {secret: k}, library: {posters: false}}\n");
    check_findings(&t, SEVERITY_WARNING, "t.yaml:2:70 W090\n");
    assert_non_null(strstr(diags_at(t.diags, 0)->message, "instance.library.posters: accepted"));
}

/* Characters that YAML takes for line ends or refuses, as JSON keeps them; and more than a file may
 * have. U+0085, U+2028, U+2029, U+FEFF, U+009F. */
static void stored_characters(void **state UNUSED)
{
    static const char odd[] = "a\xC2\x85"
                              "b\xE2\x80\xA8"
                              "c\xE2\x80\xA9"
                              "d\xEF\xBB\xBF"
                              "e\xC2\x9F"
                              "f";
    struct err e = {0};
    CLEANUP(tree_done) struct tree t = tree_new();
    CLEANUP(jx_decrefp) json_t *spec = json_object();
    jx_put(spec, "description", jx_string(odd));
    CLEANUP(freep) char *json = jx_canonical(spec);
    assert_true(config_add_stored(t.config, KIND_PROFILE, "p", json, &e));
    CLEANUP(buf_done) struct buf big;
    buf_init(&big, 3 * YDOC_MAX_BYTES);
    buf_puts(&big, "{\"description\":\"");
    for (int i = 0; i < 2 * YDOC_MAX_BYTES; i++)
        buf_putc(&big, 'x');
    buf_puts(&big, "\"}");
    assert_true(config_add_stored(t.config, KIND_PROFILE, "q", big.at, &e));
    assert_true(config_check(t.config, t.diags));
    const struct profile *p = spec_of(&t, KIND_PROFILE, "p"), *q = spec_of(&t, KIND_PROFILE, "q");
    assert_string_equal(p->description, odd);
    assert_int_equal(strlen(q->description), 2 * YDOC_MAX_BYTES);
    assert_false(config_add_stored(t.config, KIND_PROFILE, "r", "[]", &e));
    assert_false(config_add_stored(t.config, KIND_PROFILE, "r", "{\"batch\":", &e));
}

/* ---- the tables ---- */

static void check_table(const struct field *fields)
{
    for (const struct field *f = fields; f->name; f++) {
        assert_true(f->doc && f->doc[0]);
        for (const struct field *g = fields; g < f; g++)
            assert_string_not_equal(field_key(f), field_key(g));
        CLEANUP(jx_decrefp) json_t *def = default_json(f);
        bool is_unset = f->type == FT_INT && str_eq(f->def, "-1");
        assert_true(!f->def || f->from_settings || is_unset || def);
        if (f->fields)
            check_table(f->fields);
    }
}

static void tables(void **state UNUSED)
{
    for (int k = 0; k < KIND_N; k++)
        check_table(kind_fields((enum kind)k));
}

/* The advice at an unknown key names the map it stands in. */
static void where_to_ask(void **state UNUSED)
{
    CLEANUP(tree_done) struct tree t = tree_new();
    add(&t, "base.yaml", base_tree);
    add(&t, "t.yaml",
        "instances:\n"
        "  a: {type: sonarr, url: 'http://a', api_key: {secret: k}, tls: {verfy: true}}\n"
        "exclusions:\n"
        "  x: {instances: {tag: x}, match: [{genre: g}]}\n");
    assert_false(config_check(t.config, t.diags));
    check_findings(&t, SEVERITY_ERROR, "t.yaml:2:66 E101\nt.yaml:4:19 E101\n");
    assert_non_null(strstr(diags_at(t.diags, 0)->hints, "(splintarr explain instance.tls)"));
    assert_non_null(strstr(diags_at(t.diags, 1)->hints, "(splintarr explain exclusion.instances)"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(twenty_mistakes),
        cmocka_unit_test(stored_example),
        cmocka_unit_test(empty_overrides),
        cmocka_unit_test(what_is_not_inherited),
        cmocka_unit_test(last_day),
        cmocka_unit_test(tenants),
        cmocka_unit_test(no_cascades),
        cmocka_unit_test(nowhere_to_run),
        cmocka_unit_test(secrets_are_not_quoted),
        cmocka_unit_test(the_wrong_part),
        cmocka_unit_test(empty_elements),
        cmocka_unit_test(labels_are_merged),
        cmocka_unit_test(inert_in_place),
        cmocka_unit_test(stored_characters),
        cmocka_unit_test(tables),
        cmocka_unit_test(where_to_ask),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
