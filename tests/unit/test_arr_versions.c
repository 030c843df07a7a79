/* Versions and what follows from them; what a search costs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arr/gates.h"
#include "unit/arr_fixture.h"

static void test_versions_of_probe(void **state)
{
    struct fixture *f = *state;
    f->reply.body = "{\"appName\":\"Sonarr\",\"version\":\"2.0.0.5344\"}";
    struct seen s = probe(f, "http://tv");
    assert_int_equal(s.r.trouble, ARR_WRONG_APP);
    assert_string_equal(s.r.err.msg, "Sonarr 2.0.0.5344 is too old; update it to 3.0.10 or later");
    f->reply.body = "{\"version\":\"4.0.0.1\"}";
    s = probe(f, "http://tv");
    assert_int_equal(s.r.trouble, ARR_WRONG_APP);
    f->reply.body = "[1]";
    s = probe(f, "http://tv");
    assert_int_equal(s.r.trouble, ARR_WRONG_APP);
    f->reply.body = "{\"appName\":\"Sonarr\",\"version\":\"5.0.0.1\"}";
    s = probe(f, "http://tv");
    assert_int_equal(s.r.trouble, ARR_OK);
}

/* ---- versions ---- */

static struct arr_status gated(const char *version, enum app app)
{
    struct arr_status s = {0};
    snprintf(s.version, sizeof s.version, "%s", version);
    gates_set(&s, app);
    return s;
}

static void test_gates(void **state)
{
    (void)state;
    char least[32];
    assert_false(gated("4.0.9.2331", APP_SONARR).has_last_search_time);
    assert_true(gated("4.0.9.2332", APP_SONARR).has_last_search_time);
    assert_true(gated("4.0.10.1", APP_SONARR).has_last_search_time);
    assert_false(gated("5.2.6.9999", APP_RADARR).has_last_search_time);
    assert_true(gated("5.3.0.8410", APP_RADARR).has_last_search_time);
    assert_false(gated("3.0.10.1567", APP_SONARR).has_release_source);
    assert_true(gated("4.0.0.700", APP_SONARR).has_release_source);
    assert_false(gated("4.7.5.7809", APP_RADARR).has_release_source);
    assert_true(gated("5.0.0.1", APP_RADARR).has_release_source);
    assert_true(gated("3.0.10.1567", APP_SONARR).has_wanted);
    assert_false(gated("5.6.0.8845", APP_RADARR).has_wanted);
    assert_true(gated("6.1.0.10000", APP_RADARR).has_wanted);
    assert_false(gated("4.0.0.740", APP_SONARR).has_result);
    assert_true(gated("4.5.1.7282", APP_RADARR).has_result);
    struct arr_status old = gated("3.0.9.1549", APP_SONARR), ok = gated("3.0.10.1", APP_SONARR);
    assert_string_equal(gates_too_old(&old, APP_SONARR, least), "3.0.10");
    assert_null(gates_too_old(&ok, APP_SONARR, least));
    old = gated("3.0.0.4204", APP_RADARR), ok = gated("3.0.1.4259", APP_RADARR);
    assert_string_equal(gates_too_old(&old, APP_RADARR, least), "3.0.1");
    assert_null(gates_too_old(&ok, APP_RADARR, least));
}

/* Sonarr 5 and Radarr 6 are the newest that the contract with the servers describes. */
static void test_newer_generations(void **state)
{
    (void)state;
    struct arr_status s = gated("5.9.9.9999", APP_SONARR);
    assert_int_equal(gates_newest(&s, APP_SONARR), 0);
    s = gated("6.0.0.1", APP_SONARR);
    assert_int_equal(gates_newest(&s, APP_SONARR), 5);
    assert_true(s.has_last_search_time);
    s = gated("6.2.0.1", APP_RADARR);
    assert_int_equal(gates_newest(&s, APP_RADARR), 0);
    s = gated("7.0.0.1", APP_RADARR);
    assert_int_equal(gates_newest(&s, APP_RADARR), 6);
}

static void noted(void *ctx, const struct arr_result *r, const struct arr_status *status)
{
    struct seen *s = ctx;
    done(ctx, r);
    s->flag = str_eq(status->too_new, "Sonarr 6.0.0.1 is newer than this program knows; it is "
                                      "taken for a Sonarr 5");
}

static void test_newer_is_accepted(void **state)
{
    struct fixture *f = *state;
    struct seen s = {0};
    f->reply.body = "{\"appName\":\"Sonarr\",\"version\":\"6.0.0.1\"}";
    open_at(f, APP_SONARR, "http://tv");
    arr_probe(f->arr, noted, &s);
    run(f, &s);
    assert_int_equal(s.r.trouble, ARR_OK);
    assert_true(s.flag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_versions_of_probe),
        cmocka_unit_test(test_gates),
        cmocka_unit_test(test_newer_generations),
        CASE(test_newer_is_accepted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
