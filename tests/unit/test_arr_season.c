/* Seasons as real servers were recorded to tell and search them. Expected values are read off the
 * recordings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/arr_recordings.h"

static const struct title series = {.id = 1, .title = "Lab Show", .is_monitored = true};

static void test_the_episodes_of_a_season(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = SONARR("episode.seasonNumber", NULL);
    arr_season(f->arr, &series, 1, on_item, done, &s);
    finish(f, &s, "http://lab:8989/api/v3/episode?seriesId=1&seasonNumber=1");
    assert_int_equal(s.r.trouble, ARR_OK);
    assert_int_equal(s.n_rows, 3);
    assert_int_equal(s.items[0].id, 2);
    assert_true(s.items[0].has_file && s.items[0].is_monitored);
    assert_int_equal(s.items[1].id, 3);
    assert_true(!s.items[1].has_file && s.items[1].is_monitored);
    assert_int_equal(s.items[1].aired, utc("2015-01-08T20:00:00Z"));
    assert_false(s.items[2].is_monitored);
}

/* An answer with every season, as of servers that do not know the parameter: it holds specials,
 * three episodes of season 1 and three of season 2. */
static void test_other_seasons_are_left_out(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = SONARR("episode.seriesId", NULL);
    arr_season(f->arr, &series, 2, on_item, done, &s);
    finish(f, &s, "http://lab:8989/api/v3/episode?seriesId=1&seasonNumber=2");
    assert_int_equal(s.n_rows, 3);
    for (int i = 0; i < s.n_rows; i++)
        assert_int_equal(s.items[i].season, 2);
}

static void test_no_such_series(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = SONARR("episode.seriesId-missing", NULL);
    arr_season(f->arr, &series, 1, on_item, done, &s);
    finish(f, &s, "http://lab:8989/api/v3/episode?seriesId=1&seasonNumber=1");
    assert_int_equal(s.r.trouble, ARR_OK);
    assert_int_equal(s.n_rows, 0);
}

static void test_search_of_a_season(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = SONARR("command.SeasonSearch.post", NULL);
    struct err e = {0};
    arr_search_season(f->arr, 1, 1, commanded, &s);
    assert_true(loop_run(f->loop, &e));
    assert_string_equal(f->stub.method, "POST");
    assert_string_equal(f->stub.body,
                        "{\"name\":\"SeasonSearch\",\"seasonNumber\":1,\"seriesId\":1}");
    finish(f, &s, "http://lab:8989/api/v3/command");
    assert_int_equal(s.command.id, 19);
    assert_int_equal(s.command.state, ARR_QUEUED);
    assert_int_equal(s.command.season_of, 1);
    assert_int_equal(s.command.season, 1);
    assert_int_equal(s.command.item_id, 0);
}

static void test_its_end(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = SONARR("command.SeasonSearch.final", NULL);
    arr_command_get(f->arr, 19, commanded, &s);
    finish(f, &s, "http://lab:8989/api/v3/command/19");
    assert_int_equal(s.command.state, ARR_COMPLETED);
    assert_int_equal(s.command.season_of, 1);
    assert_int_equal(s.command.ended, utc("2026-11-23T02:54:52.020Z"));
}

/* It names a series too, and searches all of it. */
static void test_other_commands_are_of_no_season(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = SONARR("command.SeriesSearch.final", NULL);
    arr_command_get(f->arr, 20, commanded, &s);
    finish(f, &s, "http://lab:8989/api/v3/command/20");
    assert_int_equal(s.command.state, ARR_COMPLETED);
    assert_int_equal(s.command.season_of, 0);
    assert_int_equal(s.command.item_id, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_episodes_of_a_season),
        cmocka_unit_test(test_other_seasons_are_left_out),
        cmocka_unit_test(test_no_such_series),
        cmocka_unit_test(test_search_of_a_season),
        cmocka_unit_test(test_its_end),
        cmocka_unit_test(test_other_commands_are_of_no_season),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
