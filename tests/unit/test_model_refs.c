/* Names that lead to other resources: whose names they are, what is said when they lead nowhere,
 * and what is not said when a file could not be read. Expected values are written by hand from the
 * configuration page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/model_tree.h"

/* A file that does not parse may declare anything: only its own mistake is told, with one hint. */
static void broken_file(void **state UNUSED)
{
    static const char uses[] = "queues:\n"
                               "  a: {instances: gone, schedule: nightly, profile: slow}\n"
                               "  b: {extends: z, instances: {type: radarr}}\n"
                               "exclusions:\n"
                               "  x: {match: [{series_id: 3}], instances: gone}\n"
                               "  y: {match: [{series_id: 3}], instances: {tags: [hd]}}\n"
                               "profiles:\n"
                               "  unused: {batch: 3}\n";
    CLEANUP(tree_done) struct tree t = tree_new();
    add(&t, "broken.yaml", "schedules:\n  nightly: {every: 6h\n");
    add(&t, "other.yaml", "queues: [a\n");
    add(&t, "uses.yaml", uses);
    config_check(t.config, t.diags);
    check_findings(&t, SEVERITY_ERROR, "broken.yaml:2:12 E100\nother.yaml:1:9 E100\n");
    check_findings(&t, SEVERITY_WARNING, "");
    assert_non_null(strstr(diags_at(t.diags, 0)->hints, "references elsewhere are not checked"));
    const char *second = diags_at(t.diags, 1)->hints;
    assert_true(!second || !strstr(second, "references elsewhere"));
}

/* What is declared wrongly is not missed as well; what is not declared is. */
static void broken_resource(void **state UNUSED)
{
    CLEANUP(tree_done) struct tree t = tree_new();
    add(&t, "base.yaml", base_tree);
    add(&t, "t.yaml",
        "schedules: {nightly: 6h}\n"
        "queues:\n"
        "  a: {instances: tv, schedule: nightly}\n"
        "  b: {instances: tv, schedule: weekly}\n");
    add(&t, "tenants/alice/t.yaml",
        "instances: {box: http}\n"
        "queues: {q: {instances: box, schedule: nightly}}\n");
    assert_false(config_check(t.config, t.diags));
    check_findings(&t, SEVERITY_ERROR,
                   "t.yaml:1:22 E102\nt.yaml:4:32 E204\ntenants/alice/t.yaml:1:18 E102\n");
}

/* A section that is no map hides what it declares. */
static void broken_section(void **state UNUSED)
{
    CLEANUP(tree_done) struct tree t = tree_new();
    add(&t, "base.yaml", base_tree);
    add(&t, "t.yaml", "schedules: [nightly]\nqueues: {a: {instances: tv, schedule: nightly}}\n");
    config_check(t.config, t.diags);
    check_findings(&t, SEVERITY_ERROR, "t.yaml:1:12 E102\n");
}

/* The same mistakes are told when every file could be read. */
static void readable_files(void **state UNUSED)
{
    CLEANUP(tree_done) struct tree t = tree_new();
    add(&t, "uses.yaml",
        "queues:\n"
        "  a: {instances: gone, schedule: nightly}\n"
        "profiles:\n"
        "  unused: {batch: 3}\n");
    assert_false(config_check(t.config, t.diags));
    check_findings(&t, SEVERITY_ERROR, "uses.yaml:2:18 E204\nuses.yaml:2:34 E204\n");
    check_findings(&t, SEVERITY_WARNING, "uses.yaml:4:3 W002\n");
}

static void check_hint(const struct tree *t, size_t i, const char *expected)
{
    const char *hint = diags_at(t->diags, i)->hints;
    if (expected)
        assert_string_equal(hint ? hint : "(none)", expected);
    else
        assert_null(hint);
}

/* Alice's typos lead to what is hers, to the root's profiles and schedules, and to instances that
 * are shared with her: never to Bob's, nor to what the root keeps for itself. */
static void nobody_elses_names(void **state UNUSED)
{
    CLEANUP(tree_done) struct tree t = tree_new();
    add(&t, "base.yaml",
        "instances:\n"
        "  shared-box: {type: sonarr, url: 'http://a', api_key: {secret: k}}\n"
        "  hidden-box: {type: sonarr, url: 'http://b', api_key: {secret: k}}\n"
        "users: {alice: {role: operator}, bob: {role: operator}}\n"
        "shares: {shared-box: {alice: read-write}}\n"
        "schedules: {nightly: {every: 6h}}\n"
        "queues: {root-queue: {instances: all}}\n");
    add(&t, "tenants/bob/all.yaml",
        "instances: {bobs-box: {type: sonarr, url: 'http://c', api_key: {secret: k}}}\n"
        "schedules: {bobs-hours: {every: 6h}}\n"
        "queues: {bobs-queue: {instances: bobs-box, schedule: bobs-hours}}\n");
    add(&t, "tenants/alice/all.yaml",
        "instances: {my-box: {type: sonarr, url: 'http://d', api_key: {secret: k}}}\n"
        "queues:\n"
        "  a: {instances: my-bx}\n"
        "  b: {instances: /shared-bx}\n"
        "  c: {instances: /hidden-bx}\n"
        "  d: {instances: bobs-bx}\n"
        "  e: {instances: my-box, schedule: nightli}\n"
        "  f: {instances: my-box, schedule: bobs-hour}\n"
        "  g: {extends: root-queu}\n");
    assert_false(config_check(t.config, t.diags));
    assert_int_equal(diags_errors(t.diags), 7);
    size_t i = 0;
    while (!str_starts(diags_at(t.diags, i)->at.file, "tenants/alice"))
        i++;
    check_hint(&t, i, "did you mean 'my-box' (tenants/alice/all.yaml:1)?");
    check_hint(&t, i + 1, "did you mean '/shared-box' (base.yaml:2)?");
    check_hint(&t, i + 2, NULL);
    check_hint(&t, i + 3, NULL);
    check_hint(&t, i + 4, "did you mean 'nightly' (base.yaml:6)?");
    check_hint(&t, i + 5, NULL);
    check_hint(&t, i + 6, NULL);
}

/* What a root's profile or queue names is the root's, whoever inherits it. */
static void names_are_whose_wrote_them(void **state UNUSED)
{
    CLEANUP(tree_done) struct tree t = tree_new();
    add(&t, "base.yaml",
        "instances: {box: {type: sonarr, url: 'http://a', api_key: {secret: k}}}\n"
        "schedules: {nightly: {every: 6h}}\n"
        "profiles: {gentle: {schedule: nightly}}\n"
        "queues: {all-tv: {instances: box, schedule: nightly}}\n");
    add(&t, "tenants/alice/all.yaml",
        "instances: {box: {type: sonarr, url: 'http://b', api_key: {secret: k}}}\n"
        "schedules: {nightly: {every: 9h}}\n"
        "queues:\n"
        "  a: {instances: box, profile: gentle}\n"
        "  b: {instances: box, schedule: nightly, profile: gentle}\n"
        "  c: {extends: /all-tv}\n");
    assert_true(config_check(t.config, t.diags));
    const struct queue *a = spec_of(&t, KIND_QUEUE, "alice/a"),
                       *b = spec_of(&t, KIND_QUEUE, "alice/b"),
                       *c = spec_of(&t, KIND_QUEUE, "alice/c");
    assert_string_equal(a->schedule.name, "nightly");
    assert_int_equal(a->schedule.spec->every, HOURS(6));
    assert_string_equal(b->schedule.name, "alice/nightly");
    assert_int_equal(b->schedule.spec->every, HOURS(9));
    assert_int_equal(c->schedule.spec->every, HOURS(6));
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct strlist names;
    config_select(t.config, &c->instances, "alice", arena, &names);
    assert_int_equal(names.n, 1);
    assert_string_equal(names.at[0], "box");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(broken_file),        cmocka_unit_test(broken_resource),
        cmocka_unit_test(broken_section),     cmocka_unit_test(readable_files),
        cmocka_unit_test(nobody_elses_names), cmocka_unit_test(names_are_whose_wrote_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
