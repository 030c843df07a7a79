/* What a tenant may do: one test for each row of the reconcile page's section 9, and for the
 * addresses of the web page's section 6. Places and codes are counted by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/address.h"
#include "plan/rights.h"

#include "model_tree.h"

/* A root with Alice, an operator, and two instances, one of which is shared with her. */
static const char root_tree[] =
    "version: 1\n"
    "users:\n"
    "  root: {role: admin}\n"
    "  alice: {role: operator}\n"
    "  bob: {role: operator}\n"
    "  wall: {role: viewer}\n"
    "  gone: {role: operator, disabled: true}\n"
    "instances:\n"
    "  main: {type: sonarr, url: 'http://sonarr:8989', api_key: {secret: k}}\n"
    "  seen: {type: sonarr, url: 'http://sonarr:8989', api_key: {secret: k}}\n"
    "  hidden: {type: sonarr, url: 'http://sonarr:8989', api_key: {secret: k}}\n"
    "shares:\n"
    "  main: {alice: read-write}\n"
    "  seen: {alice: read-only}\n"
    "  hidden: {bob: read-write}\n"
    "schedules: {nightly: {every: 24h}}\n"
    "profiles: {gentle: {schedule: nightly}}\n"
    "queues: {tv: {instances: [main], profile: gentle}}\n";

/* Her own instance, in a file of its own. */
static const char own_box[] =
    "instances:\n"
    "  box: {type: sonarr, url: 'https://box.example', api_key: {secret: box}}\n";

static struct tree root_with(const char *settings)
{
    struct tree t = tree_new();
    add(&t, "root.yaml", root_tree);
    if (settings)
        add(&t, "splintarr.yaml", settings);
    return t;
}

static void judge(struct tree *t, const char *errors)
{
    config_check(t->config, t->diags);
    size_t before = diags_errors(t->diags);
    bool is_fine = rights_check(t->config, t->diags);
    check_findings(t, SEVERITY_ERROR, errors);
    assert_true(is_fine == (diags_errors(t->diags) == before));
}

static void expect(const char *settings, const char *text, const char *errors)
{
    CLEANUP(tree_done) struct tree t = root_with(settings);
    add(&t, "tenants/alice/box.yaml", own_box);
    add(&t, "tenants/alice/a.yaml", text);
    judge(&t, errors);
}

/* ---- what an operator's directory may hold ---- */

static void test_holds_what_is_listed(void **state)
{
    (void)state;
    expect(NULL,
           "queues: {q: {instances: [box], schedule: s, profile: p}}\n"
           "profiles: {p: {strategy: recent}}\n"
           "schedules: {s: {every: 6h}}\n"
           "exclusions: {x: {match: [{genre: reality}]}}\n"
           "notifications:\n"
           "  n: {type: webhook, url: 'https://hook.example/a', headers: {Authorization: {secret: "
           "t}}}\n",
           "");
}

static void test_holds_nothing_else(void **state)
{
    (void)state;
    expect(NULL,
           "settings: {timezone: UTC}\n"
           "users: {eve: {role: admin}}\n"
           "shares: {main: {alice: read-write}}\n",
           "tenants/alice/a.yaml:1:1 E114\ntenants/alice/a.yaml:2:1 E114\n"
           "tenants/alice/a.yaml:3:1 E114\n");
}

/* The reader refuses such files; a kind that came by another way is denied all the same. */
static void test_holds_no_other_kind(void **state)
{
    (void)state;
    CLEANUP(tree_done) struct tree t = root_with(NULL);
    struct err e;
    assert_true(config_add_stored(t.config, KIND_USER, "alice/eve", "{\"role\":\"admin\"}", &e));
    judge(&t, "state:1:1 E402\n");
}

static void test_all_means_ones_own(void **state)
{
    (void)state;
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    CLEANUP(tree_done) struct tree t = root_with(NULL);
    struct strlist names;
    add(&t, "tenants/alice/box.yaml", own_box);
    add(&t, "tenants/alice/a.yaml", "exclusions: {x: {instances: all, match: [{genre: drama}]}}\n");
    judge(&t, "");
    const struct exclusion *x = spec_of(&t, KIND_EXCLUSION, "alice/x");
    config_select(t.config, &x->instances, "alice", arena, &names);
    assert_int_equal(names.n, 1);
    assert_string_equal(names.at[0], "alice/box");
}

/* ---- who owns a directory ---- */

static void expect_owner(const char *owner, const char *errors, const char *warnings,
                         bool is_suspended)
{
    CLEANUP(tree_done) struct tree t = root_with(NULL);
    CLEANUP(freep) char *path = mem_printf("tenants/%s/a.yaml", owner);
    CLEANUP(freep) char *name = mem_printf("%s/q", owner);
    add(&t, path,
        "instances:\n  box: {type: sonarr, url: 'https://x.example', api_key: {secret: "
        "b}}\nqueues:\n  q: {instances: [box]}\n");
    judge(&t, errors);
    CLEANUP(buf_done) struct buf shown = {0};
    buf_init(&shown, BUF_TEXT);
    show(&t, SEVERITY_WARNING, &shown);
    assert_true(strstr(shown.at, warnings) && (*warnings || !strstr(shown.at, "W010")));
    rights_enforce(t.config);
    const struct resource *r = config_find(t.config, KIND_QUEUE, name);
    assert_true(((const struct queue *)r->spec)->suspend == is_suspended);
    assert_true(is_suspended == (r->denied_reason && str_eq(r->denied_reason, "NotAllowed")));
}

static void test_owner_is_an_operator(void **state)
{
    (void)state;
    expect_owner("alice", "", "", false);
    expect_owner("root", "", "", false); /* an admin may do what an operator may */
}

static void test_owner_is_a_viewer(void **state)
{
    (void)state;
    expect_owner("wall", "tenants/wall/a.yaml:2:3 E401\n", "", true);
}

static void test_owner_is_gone(void **state)
{
    (void)state;
    expect_owner("carol", "", "tenants/carol/a.yaml:2:3 W010\n", true);
    expect_owner("gone", "", "tenants/gone/a.yaml:2:3 W010\n", true);
}

static void test_owner_has_a_reserved_name(void **state)
{
    (void)state;
    expect_owner("builtin", "tenants/builtin/a.yaml:2:3 E401\n", "", true);
    expect_owner("tenants", "tenants/tenants/a.yaml:2:3 E401\n", "", true);
    expect_owner("Alice B", "tenants/Alice B/a.yaml:2:3 E401\n", "", true);
}

/* ---- references ---- */

static void test_root_instances_need_a_share(void **state)
{
    (void)state;
    expect(NULL, "queues: {q: {instances: [box, /main]}}\n", "");
    expect(NULL, "queues:\n  q: {instances: [box, /hidden]}\n", "tenants/alice/a.yaml:2:24 E403\n");
    expect(NULL, "exclusions:\n  x: {instances: [/hidden], match: [{genre: drama}]}\n",
           "tenants/alice/a.yaml:2:19 E403\n");
    expect(NULL, "queues:\n  q: {instances: [main]}\n", "tenants/alice/a.yaml:2:19 E204\n");
}

static void test_read_only_is_for_seeing(void **state)
{
    (void)state;
    expect(NULL, "queues:\n  q: {instances: [/seen]}\n", "tenants/alice/a.yaml:2:19 E403\n");
    expect(NULL, "exclusions:\n  x: {instances: [/seen], match: [{genre: drama}]}\n",
           "tenants/alice/a.yaml:2:19 E403\n");
    expect(NULL, "notifications: {n: {type: slack, url: {secret: s}, instances: [/seen, /main]}}\n",
           "");
    expect(NULL, "notifications:\n  n: {type: slack, url: {secret: s}, instances: [/hidden]}\n",
           "tenants/alice/a.yaml:2:50 E403\n");
}

static void test_root_profiles_are_for_all(void **state)
{
    (void)state;
    expect(NULL, "queues: {q: {instances: [box], profile: gentle, schedule: nightly}}\n", "");
    expect(NULL, "queues: {q: {instances: [box], profile: /gentle, schedule: /nightly}}\n", "");
    expect(NULL, "queues: {q: {instances: [box], profile: builtin/new-releases}}\n", "");
    expect(NULL, "profiles: {p: {extends: /gentle}}\n", "");
}

static void test_root_queues_are_not(void **state)
{
    (void)state;
    expect(NULL, "queues:\n  q: {extends: /tv, instances: [box]}\n",
           "tenants/alice/a.yaml:2:16 E403\n");
}

/* Their names cannot even be written. */
static void test_other_tenants_never(void **state)
{
    (void)state;
    CLEANUP(tree_done) struct tree t = root_with(NULL);
    add(&t, "tenants/bob/b.yaml",
        "profiles: {p: {batch: 3}}\nqueues: {q: {instances: all}}\n"
        "instances: {bx: {type: radarr, url: 'https://b.example', "
        "api_key: {secret: b}}}\n");
    add(&t, "tenants/alice/a.yaml",
        "queues:\n"
        "  a: {instances: [/bob/bx]}\n"
        "  b: {instances: all, profile: /bob/p}\n"
        "  c: {instances: [bx]}\n");
    judge(&t, "tenants/alice/a.yaml:2:23 E105\ntenants/alice/a.yaml:3:36 E105\n"
              "tenants/alice/a.yaml:4:19 E204\n");
}

static void test_a_share_that_ended_stops(void **state)
{
    (void)state;
    CLEANUP(tree_done) struct tree t = root_with(NULL);
    add(&t, "tenants/alice/a.yaml", "queues: {q: {instances: [/seen]}, r: {instances: [/main]}}\n");
    assert_true(config_check(t.config, t.diags));
    rights_enforce(t.config);
    const struct resource *q = config_find(t.config, KIND_QUEUE, "alice/q");
    assert_true(((const struct queue *)q->spec)->suspend);
    assert_string_equal(q->denied_reason, "NotShared");
    assert_false(((const struct queue *)spec_of(&t, KIND_QUEUE, "alice/r"))->suspend);
    assert_false(((const struct queue *)spec_of(&t, KIND_QUEUE, "tv"))->suspend);
}

/* ---- secrets ---- */

static void expect_key(const char *settings, const char *key, const char *errors)
{
    CLEANUP(freep)
    char *text = mem_printf("instances:\n  i:\n    type: sonarr\n    url: https://i.example\n"
                            "    api_key: %s\n",
                            key);
    expect(settings, text, errors);
}

static void test_secrets_are_ones_own(void **state)
{
    (void)state;
    CLEANUP(tree_done) struct tree t = root_with(NULL);
    add(&t, "tenants/alice/box.yaml", own_box);
    judge(&t, "");
    const struct instance *box = spec_of(&t, KIND_INSTANCE, "alice/box");
    assert_string_equal(box->api_key.ref, "alice/box");
}

static void test_environment_is_refused(void **state)
{
    (void)state;
    expect_key(NULL, "{env: HOME}", "tenants/alice/a.yaml:5:14 E302\n");
    expect_key(NULL, "!env HOME", "tenants/alice/a.yaml:5:14 E302\n");
    expect_key(NULL, "{credential: c}", "tenants/alice/a.yaml:5:14 E302\n");
    expect(NULL,
           "notifications:\n  n:\n    type: webhook\n    url: https://h.example\n"
           "    headers: {X-A: plain, Authorization: {env: HOME}}\n",
           "tenants/alice/a.yaml:5:42 E302\n");
    expect(NULL, "notifications:\n  n:\n    type: slack\n    url: {env: HOME}\n",
           "tenants/alice/a.yaml:4:10 E302\n");
}

static void test_files_only_below_the_secret_dir(void **state)
{
    static const char dir[] = "settings: {tenants: {secret_dir: /run/tenants/}}\n";
    (void)state;
    expect_key(NULL, "{file: /run/tenants/a}", "tenants/alice/a.yaml:5:14 E302\n");
    expect_key(dir, "{file: /run/tenants/a}", "");
    expect_key(dir, "{file: /run/tenants}", "tenants/alice/a.yaml:5:14 E302\n");
    expect_key(dir, "{file: /run/tenants-2/a}", "tenants/alice/a.yaml:5:14 E302\n");
    expect_key(dir, "{file: /run/tenants/../root}", "tenants/alice/a.yaml:5:14 E302\n");
    expect_key(dir, "{file: /run/tenants/x/..}", "tenants/alice/a.yaml:5:14 E302\n");
    expect_key(dir, "{file: /run/tenants/a..b}", "");
}

static void test_tls_is_not_loosened(void **state)
{
    (void)state;
    expect(NULL,
           "instances:\n  i:\n    type: sonarr\n    url: https://i.example\n    api_key: {secret: "
           "k}\n    tls: {verify: false, ca_file: /etc/passwd}\n",
           "tenants/alice/a.yaml:6:19 E402\ntenants/alice/a.yaml:6:35 E402\n");
    expect(NULL,
           "instances:\n  i:\n    type: sonarr\n    url: https://i.example\n    api_key: {secret: "
           "k}\n    tls: {verify: true}\n",
           "");
}

static void test_lists_stay_in_the_directory(void **state)
{
    (void)state;
    expect(NULL, "exclusions:\n  x: {match: [{titles_file: ../bob/list.txt}]}\n",
           "tenants/alice/a.yaml:2:29 E117\n");
}

/* ---- addresses ---- */

static void expect_url(const char *settings, const char *url, bool is_fine)
{
    CLEANUP(freep)
    char *text = mem_printf("instances:\n  i:\n    type: sonarr\n    url: '%s'\n"
                            "    api_key: {secret: k}\n",
                            url);
    expect(settings, text, is_fine ? "" : "tenants/alice/a.yaml:4:10 E404\n");
}

static void test_addresses_are_public(void **state)
{
    static const char *const refused[] = {
        "http://localhost:8989",    "http://LOCALHOST./x", "http://a.localhost",
        "http://127.0.0.1",         "http://127.1:8989",   "http://2130706433",
        "http://0x7f000001",        "http://0177.0.0.1",   "http://0.0.0.0",
        "http://10.1.2.3/tv",       "http://192.168.1.5",  "http://172.31.255.255",
        "http://100.64.0.1",        "http://169.254.1.2",  "http://169.254.169.254",
        "http://[::1]:8989",        "http://[fe80::1]",    "http://[fd12::1]",
        "http://[::ffff:10.0.0.1]",
    };
    static const char *const fine[] = {"http://sonarr:8989",   "https://192.0.2.1",
                                       "http://172.32.0.1",    "http://11.0.0.1",
                                       "http://[2001:db8::1]", "http://localhost.example"};
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++)
        expect_url(NULL, refused[i], false);
    for (size_t i = 0; i < COUNT(fine); i++)
        expect_url(NULL, fine[i], true);
    expect(NULL, "notifications:\n  n: {type: webhook, url: 'http://127.0.0.1/x?a=b'}\n",
           "tenants/alice/a.yaml:2:27 E404\n");
}

static void test_an_admin_allows_private_ones(void **state)
{
    static const char settings[] = "settings: {tenants: {allow_private: true}}\n";
    (void)state;
    expect_url(settings, "http://192.168.1.5", true);
    expect_url(settings, "http://localhost:8989", true);
    expect_url(settings, "http://169.254.169.254", false);
    expect_url(settings, "http://[fd00:ec2::254]", false);
}

static void expect_reach(const char *host, enum reach expected)
{
    enum reach reach;
    assert_true(address_reach_host(host, &reach));
    if (reach != expected)
        fail_msg("%s: %s, not %s", host, reach_names[reach], reach_names[expected]);
}

/* RFC 4291, 6052, 3056 and 4380: an IPv4 address inside an IPv6 one. */
static void test_embedded_addresses_are_unwrapped(void **state)
{
    (void)state;
    expect_reach("::ffff:169.254.169.254", REACH_METADATA);
    expect_reach("::127.0.0.1", REACH_LOOPBACK);
    expect_reach("64:ff9b::a9fe:a9fe", REACH_METADATA);
    expect_reach("2002:7f00:1::", REACH_LOOPBACK);                /* 6to4 of 127.0.0.1 */
    expect_reach("2001:0:808:808:0:0:80ff:fffe", REACH_LOOPBACK); /* Teredo: ~127.0.0.1 */
    expect_reach("2001:0:a9fe:a9fe:0:0:f7f7:f7f7", REACH_METADATA);
    expect_reach("2606:4700::1111", REACH_PUBLIC);
    expect_reach("168.63.129.16", REACH_METADATA);
    expect_reach("169.254.170.2", REACH_METADATA);
}

/* ---- quotas ---- */

static void test_quotas(void **state)
{
    static const char settings[] = "settings: {tenants: {max_instances: 1, max_queues: 2}}\n";
    (void)state;
    expect(settings, "queues:\n  a: {instances: all}\n  b: {instances: all}\n", "");
    expect(settings,
           "queues:\n  a: {instances: all}\n  b: {instances: all}\n  c: {instances: all}\n",
           "tenants/alice/a.yaml:4:3 E405\n");
    expect(settings,
           "instances:\n  a: {type: sonarr, url: 'https://a.example', api_key: {secret: k}}\n",
           "tenants/alice/box.yaml:2:3 E405\n");
}

/* ---- the root ---- */

static void test_the_root_is_not_judged(void **state)
{
    (void)state;
    CLEANUP(tree_done) struct tree t = root_with("settings: {tenants: {max_instances: 0}}\n");
    add(&t, "x.yaml",
        "instances:\n  i: {type: sonarr, url: 'http://127.0.0.1', api_key: {env: K}, tls: {verify: "
        "false}}\n");
    judge(&t, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_holds_what_is_listed),
        cmocka_unit_test(test_holds_nothing_else),
        cmocka_unit_test(test_holds_no_other_kind),
        cmocka_unit_test(test_all_means_ones_own),
        cmocka_unit_test(test_owner_is_an_operator),
        cmocka_unit_test(test_owner_is_a_viewer),
        cmocka_unit_test(test_owner_is_gone),
        cmocka_unit_test(test_owner_has_a_reserved_name),
        cmocka_unit_test(test_root_instances_need_a_share),
        cmocka_unit_test(test_read_only_is_for_seeing),
        cmocka_unit_test(test_root_profiles_are_for_all),
        cmocka_unit_test(test_root_queues_are_not),
        cmocka_unit_test(test_other_tenants_never),
        cmocka_unit_test(test_a_share_that_ended_stops),
        cmocka_unit_test(test_secrets_are_ones_own),
        cmocka_unit_test(test_environment_is_refused),
        cmocka_unit_test(test_files_only_below_the_secret_dir),
        cmocka_unit_test(test_tls_is_not_loosened),
        cmocka_unit_test(test_lists_stay_in_the_directory),
        cmocka_unit_test(test_addresses_are_public),
        cmocka_unit_test(test_an_admin_allows_private_ones),
        cmocka_unit_test(test_embedded_addresses_are_unwrapped),
        cmocka_unit_test(test_quotas),
        cmocka_unit_test(test_the_root_is_not_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
