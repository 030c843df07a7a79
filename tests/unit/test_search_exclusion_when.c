/* When and where an exclusion holds: expiry, suspension, instances, files of titles, and the gate.
 * Expected values follow the config page, sections 5 and 6. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unit/search_items.h"
#include "unit/search_tree.h"

static utc_t first_applied(const void *ctx, const char *name)
{
    assert_string_equal(name, "x");
    return *(const utc_t *)ctx;
}

/* Whether 'x' holds at `now`, first applied at `since` (0: the store does not know). */
static bool holds(const char *body, const char *instance, utc_t now, utc_t since, utc_t *ret_until)
{
    const struct item it = usual_episode();
    struct config *c = tree_of(body);
    check(c);
    struct exclusions *x = exclusions_new(c, instance, now, first_applied, &since);
    const char *name = exclusions_match(x, NULL, &it, ret_until);
    bool is_x = name && strcmp(name, "x") == 0;
    exclusions_free(x);
    config_free(c);
    return is_x;
}

/* ---- expiry ---- */

static void without_expiry_it_holds_for_ever(void **state UNUSED)
{
    utc_t until = -1;
    assert_true(holds("\"match\":[{\"tag\":\"kids\"}]", "sonarr-main", NOW, 0, &until));
    assert_int_equal(until, 0);
}

static void until_an_instant(void **state UNUSED)
{
    static const char body[] =
        "\"match\":[{\"tag\":\"kids\"}],\"until\":\"2026-11-23T12:00:00Z\""; /* NOW */
    utc_t until = 0;
    assert_true(holds(body, "sonarr-main", NOW - 1, 0, &until));
    assert_int_equal(until, NOW);
    assert_false(holds(body, "sonarr-main", NOW, 0, &until));
}

/* "expires at the end of that day". */
static void until_the_end_of_a_day(void **state UNUSED)
{
    static const char body[] = "\"match\":[{\"tag\":\"kids\"}],\"until\":\"2026-11-23\"";
    utc_t until = 0;
    struct config *c = tree_of(body);
    add(c, KIND_SETTINGS, "settings", "{\"timezone\":\"UTC\"}");
    check(c);
    const utc_t end = NOW + HOURS(12); /* midnight */
    const struct item it = usual_episode();
    struct exclusions *before = exclusions_new(c, "sonarr-main", end - 1000, NULL, NULL);
    struct exclusions *after = exclusions_new(c, "sonarr-main", end, NULL, NULL);
    assert_non_null(exclusions_match(before, NULL, &it, &until));
    assert_true(until > end - 1000 && until <= end);
    assert_null(exclusions_match(after, NULL, &it, &until));
    exclusions_free(before);
    exclusions_free(after);
    config_free(c);
}

/* Counted from the first time it was applied, or from now when that is not known. */
static void for_a_time(void **state UNUSED)
{
    static const char body[] = "\"match\":[{\"tag\":\"kids\"}],\"for\":\"30d\"";
    utc_t until = 0;
    assert_true(holds(body, "sonarr-main", NOW, NOW - DAYS(30) + 1, &until));
    assert_int_equal(until, NOW + 1);
    assert_false(holds(body, "sonarr-main", NOW, NOW - DAYS(30), &until));
    assert_true(holds(body, "sonarr-main", NOW, 0, &until));
    assert_int_equal(until, NOW + DAYS(30));
}

static void a_suspended_one_does_not_hold(void **state UNUSED)
{
    utc_t until = 0;
    assert_false(
        holds("\"match\":[{\"tag\":\"kids\"}],\"suspend\":true", "sonarr-main", NOW, 0, &until));
}

/* ---- instances ---- */

static void it_holds_where_it_says(void **state UNUSED)
{
    static const struct {
        const char *instances; /* "" leaves the default, all */
        bool on_main, on_4k, on_radarr;
    } cases[] = {
        {"", true, true, true},
        {",\"instances\":\"all\"", true, true, true},
        {",\"instances\":[\"sonarr-4k\"]", false, true, false},
        {",\"instances\":[\"sonarr-4k\",\"radarr-main\"]", false, true, true},
        {",\"instances\":{\"type\":\"sonarr\"}", true, true, false},
        {",\"instances\":{\"tags\":[\"hd\"]}", true, false, true},
        {",\"instances\":{\"type\":\"sonarr\",\"tags\":[\"hd\"]}", true, false, false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        char body[JSON_MAX];
        utc_t until = 0;
        snprintf(body, sizeof body, "\"match\":[{\"tag\":\"kids\"}]%s", cases[i].instances);
        assert_int_equal(holds(body, "sonarr-main", NOW, 0, &until), cases[i].on_main);
        assert_int_equal(holds(body, "sonarr-4k", NOW, 0, &until), cases[i].on_4k);
        assert_int_equal(holds(body, "radarr-main", NOW, 0, &until), cases[i].on_radarr);
    }
}

/* ---- files of titles ---- */

static bool listed(const char *file, const char *title)
{
    utc_t until = 0;
    struct item it = usual_episode();
    it.title = title;
    struct config *c = tree_of("\"match\":[{\"titles_file\":\"lists/x.txt\"}]");
    config_add_referenced(c, "lists/x.txt", file, strlen(file));
    check(c);
    struct exclusions *x = exclusions_new(c, "sonarr-main", NOW, NULL, NULL);
    bool matches = exclusions_match(x, NULL, &it, &until) != NULL;
    exclusions_free(x);
    config_free(c);
    return matches;
}

static void a_file_lists_exact_titles(void **state UNUSED)
{
    static const char file[] = "\xEF\xBB\xBFLost\r\n"
                               "# Dark\r\n"
                               "\r\n"
                               "  # Fargo\n"
                               "  The Wire \t\n"
                               "Pok\xC3\xA9mon\n"
                               "Se7en # not a comment\n"
                               "Last";
    static const struct {
        const char *title;
        bool is_listed;
    } cases[] = {
        {"LOST", true},           {"Dark", false},      {"# Dark", false},
        {"Fargo", false},         {"", false},          {"the wire", true},
        {"POK\xC3\x89MON", true}, {"Se7en", false},     {"Se7en # not a comment", true},
        {"last", true},           {"Lost Girl", false}, {"\xEF\xBB\xBFLost", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        if (listed(file, cases[i].title) != cases[i].is_listed)
            fail_msg("'%s'", cases[i].title);
    assert_false(listed("", "Lost"));
    assert_false(listed("\xEF\xBB\xBF", ""));
}

/* Far more than the first size of the table, all of them found, nothing else. */
static void a_long_file_loses_nothing(void **state UNUSED)
{
    enum { N = 2000, LINE = 16 };
    static char file[N * LINE + 1];
    for (int i = 0; i < N; i++)
        snprintf(file + strlen(file), LINE, "Show %d\n", i);
    struct config *c = tree_of("\"match\":[{\"titles_file\":\"lists/x.txt\"}]");
    config_add_referenced(c, "lists/x.txt", file, strlen(file));
    check(c);
    struct exclusions *x = exclusions_new(c, "sonarr-main", NOW, NULL, NULL);
    struct item it = usual_episode();
    for (int i = 0; i < 2 * N; i++) {
        char title[LINE];
        utc_t until = 0;
        snprintf(title, sizeof title, "SHOW %d", i);
        it.title = title;
        assert_int_equal(exclusions_match(x, NULL, &it, &until) != NULL, i < N);
    }
    exclusions_free(x);
    config_free(c);
}

/* A tenant excludes on a shared instance: for its own queues, not for the root's or another's. */
static void a_tenant_excludes_for_its_own_queues_only(void **state UNUSED)
{
    utc_t until = 0;
    struct item it = usual_episode();
    struct config *c = tree_new();
    add(c, KIND_USER, "alice", "{\"role\":\"operator\"}");
    add(c, KIND_SHARE, "sonarr-main", "{\"alice\":\"read-write\"}");
    add(c, KIND_EXCLUSION, "alice/x",
        "{\"instances\":[\"/sonarr-main\"],\"match\":[{\"tvdb_id\":73244}]}");
    check(c);
    struct exclusions *x = exclusions_new(c, "sonarr-main", NOW, NULL, NULL);
    assert_string_equal(exclusions_match(x, "alice", &it, &until), "alice/x");
    assert_null(exclusions_match(x, NULL, &it, &until));
    assert_null(exclusions_match(x, "bob", &it, &until));
    exclusions_free(x);
    config_free(c);
}

/* ---- the gate ---- */

/* Behind the filters and before the specials, with its name and its end. */
static void the_gate_names_the_exclusion(void **state UNUSED)
{
    struct config *c = tree_of("\"match\":[{\"tag\":\"kids\"}],\"until\":\"2026-12-24T00:00:00Z\"");
    check(c);
    struct exclusions *x = exclusions_new(c, "sonarr-main", NOW, NULL, NULL);
    struct queue queue = usual_queue();
    struct query query = query_of(&queue);
    struct item it = usual_episode();
    it.season = 0;
    query.exclusions = x;
    struct why why = query_judge(&query, &it, &(struct item_memory){0});
    assert_int_equal(why.reason, REASON_excluded);
    assert_string_equal(why.detail, "x");
    assert_int_equal(why.until, NOW + DAYS(30) + HOURS(12));
    queue.filters.years = (struct years){2010, 2020};
    assert_int_equal(query_judge(&query, &it, &(struct item_memory){0}).reason, REASON_filtered);
    exclusions_free(x);
    config_free(c);
}

/* The first by name gives the name; the others hold all the same. */
static void the_first_that_matches_is_named(void **state UNUSED)
{
    utc_t until = 0;
    struct item it = usual_episode();
    struct config *c = tree_new();
    add(c, KIND_EXCLUSION, "b-office", "{\"match\":[{\"title\":\"The Office\"}]}");
    add(c, KIND_EXCLUSION, "a-kids", "{\"match\":[{\"tag\":\"kids\"}]}");
    check(c);
    struct exclusions *x = exclusions_new(c, "sonarr-main", NOW, NULL, NULL);
    assert_string_equal(exclusions_match(x, NULL, &it, &until), "a-kids");
    it.tags = "";
    assert_string_equal(exclusions_match(x, NULL, &it, &until), "b-office");
    it.title = "Other";
    assert_null(exclusions_match(x, NULL, &it, &until));
    exclusions_free(x);
    config_free(c);
}

/* Of those that match the one that ends last keeps the item: a tenant's for himself only. */
static void the_last_to_end_is_named(void **state UNUSED)
{
    struct item it = usual_episode();
    utc_t until = -1;
    struct config *c = tree_new();
    add(c, KIND_USER, "anna", "{\"role\":\"operator\"}");
    add(c, KIND_SHARE, "sonarr-main", "{\"anna\":\"read-write\"}");
    add(c, KIND_EXCLUSION, "a-short", "{\"match\":[{\"tag\":\"kids\"}],\"for\":\"1h\"}");
    add(c, KIND_EXCLUSION, "b-long", "{\"match\":[{\"tag\":\"kids\"}],\"for\":\"3h\"}");
    add(c, KIND_EXCLUSION, "c-between", "{\"match\":[{\"tag\":\"kids\"}],\"for\":\"2h\"}");
    add(c, KIND_EXCLUSION, "d-elsewhere", "{\"match\":[{\"tag\":\"none\"}]}");
    add(c, KIND_EXCLUSION, "anna/mine",
        "{\"match\":[{\"tag\":\"kids\"}],\"instances\":[\"/sonarr-main\"]}");
    check(c);
    struct exclusions *x = exclusions_new(c, "sonarr-main", NOW, NULL, NULL);
    assert_string_equal(exclusions_last(x, NULL, &it, &until), "b-long");
    assert_int_equal(until, NOW + HOURS(3));
    assert_string_equal(exclusions_last(x, "anna", &it, &until), "anna/mine");
    assert_int_equal(until, 0);
    it.tags = "";
    assert_null(exclusions_last(x, NULL, &it, &until));
    exclusions_free(x);
    config_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_expiry_it_holds_for_ever),
        cmocka_unit_test(until_an_instant),
        cmocka_unit_test(until_the_end_of_a_day),
        cmocka_unit_test(for_a_time),
        cmocka_unit_test(a_suspended_one_does_not_hold),
        cmocka_unit_test(it_holds_where_it_says),
        cmocka_unit_test(a_file_lists_exact_titles),
        cmocka_unit_test(a_long_file_loses_nothing),
        cmocka_unit_test(a_tenant_excludes_for_its_own_queues_only),
        cmocka_unit_test(the_gate_names_the_exclusion),
        cmocka_unit_test(the_first_that_matches_is_named),
        cmocka_unit_test(the_last_to_end_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
