/* What real servers answered (tests/recordings), read by the client. Expected values are read off
 * the recordings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/arr_recordings.h"

/* ---- who is there ---- */

static void test_status(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = SONARR("system.status", NULL);
    arr_probe(f->arr, probed, &s);
    finish(f, &s, "http://lab:8989/api/v3/system/status");
    assert_int_equal(s.r.trouble, ARR_OK);
    assert_string_equal(s.status.version, "3.0.10.1567");
    assert_int_equal(s.status.version_parts[3], 1567);
    assert_int_equal(s.status.started, utc("2026-11-23T02:59:44.844Z"));
    assert_true(s.status.has_wanted);
    assert_false(s.status.has_result || s.status.has_last_search_time);
}

static void test_nameless_radarr(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = RADARR("system.status", NULL);
    arr_probe(f->arr, probed, &s);
    finish(f, &s, "http://lab:8989/api/v3/system/status");
    assert_int_equal(s.r.trouble, ARR_OK);
    assert_string_equal(s.status.version, "3.0.1.4259");
    assert_int_equal(s.r.server_date, utc("2026-11-23T02:57:00Z"));
}

static void test_sonarr_declared_radarr(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = begin("sonarr-3.0.10", APP_RADARR, "system.status", NULL);
    arr_probe(f->arr, probed, &s);
    finish(f, &s, "http://lab:8989/api/v3/system/status");
    assert_int_equal(s.r.trouble, ARR_WRONG_APP);
    assert_string_equal(s.r.err.msg, "'url' leads to Sonarr, not to Radarr; correct "
                                     "'type' or 'url'");
}

static void test_radarr_declared_sonarr(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = begin("radarr-3.0.1", APP_SONARR, "system.status", NULL);
    arr_probe(f->arr, probed, &s);
    finish(f, &s, "http://lab:8989/api/v3/system/status");
    assert_int_equal(s.r.trouble, ARR_WRONG_APP);
}

/* ---- the library ---- */

static void test_series(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = SONARR("series", NULL);
    arr_titles(f->arr, on_title, done, &s);
    finish(f, &s, "http://lab:8989/api/v3/series");
    assert_int_equal(s.n_rows, 1);
    assert_string_equal(s.text[0], "Lab Show|lab show||Drama|");
    assert_int_equal(s.title.tvdb_id, 70001);
    assert_int_equal(s.title.runtime, MINUTES(45));
    assert_int_equal(s.title.status, STATUS_CONTINUING);
    assert_int_equal(s.title.type, SERIES_TYPE_STANDARD);
    assert_int_equal(s.title.quality_profile_id, 1);
}

static void test_episodes(void **state)
{
    (void)state;
    struct seen s = {0};
    struct title series = {.id = 1,
                           .imdb_id = "",
                           .title = "Lab Show",
                           .sort_title = "",
                           .tags = "",
                           .genres = "",
                           .runtime = MINUTES(45),
                           .is_monitored = true};
    struct fixture *f = SONARR("episode.seriesId", "episodefile");
    arr_episodes(f->arr, &series, on_item, done, &s);
    finish(f, &s, "http://lab:8989/api/v3/episodefile?seriesId=1");
    assert_int_equal(s.r.trouble, ARR_OK);
    assert_int_equal(s.n_rows, 7);
    /* In the recording's order: 2x1, 1x1, 1x2, 1x3, 0x1, 2x3, 2x2. */
    assert_int_equal(s.items[0].aired, 0);
    assert_int_equal(s.items[1].id, 2);
    assert_int_equal(s.items[1].season * 100 + s.items[1].episode, 101);
    assert_int_equal(s.items[1].aired, utc("2015-01-01T20:45:00Z"));
    assert_true(s.items[1].has_file && s.items[1].is_cutoff_unmet && s.items[1].is_monitored);
    assert_false(s.items[2].has_file || s.items[2].is_cutoff_unmet);
    assert_false(s.items[3].is_monitored);
    assert_true(s.items[4].is_cutoff_unmet);
    assert_string_equal(s.text[5], "Lab Show|"); /* no title */
    assert_int_equal(s.items[6].series_aired_episodes, 4);
}

static void test_unmonitored_series(void **state)
{
    (void)state;
    struct seen s = {0};
    struct title series = {
        .id = 1, .imdb_id = "", .title = "", .sort_title = "", .tags = "", .genres = ""};
    struct fixture *f = SONARR("episode.seriesId", "episodefile");
    arr_episodes(f->arr, &series, on_item, done, &s);
    finish(f, &s, "http://lab:8989/api/v3/episodefile?seriesId=1");
    for (int i = 0; i < 7; i++)
        assert_false(s.items[i].is_monitored);
}

static void test_episode(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = SONARR("episode.2", NULL);
    arr_item(f->arr, ITEM_EPISODE, 2, item_told, &s);
    finish(f, &s, "http://lab:8989/api/v3/episode/2");
    assert_string_equal(s.text[0], "Lab Show|One");
    assert_true(s.items[0].is_cutoff_unmet && s.items[0].has_file && s.items[0].is_monitored);
    assert_int_equal(s.items[0].aired, utc("2015-01-01T20:45:00Z"));
    assert_int_equal(s.items[0].tvdb_id, 70001); /* the series', not the episode's 2 */
    assert_int_equal(s.items[0].title_id, 1);
}

static void test_gone(void **state)
{
    (void)state;
    struct seen s = {0}, m = {0};
    struct fixture *f = SONARR("episode.404", NULL);
    arr_item(f->arr, ITEM_EPISODE, 99, item_told, &s);
    finish(f, &s, "http://lab:8989/api/v3/episode/99");
    assert_int_equal(s.r.trouble, ARR_GONE);
    f = RADARR("wanted.missing.404", NULL);
    arr_wanted_count(f->arr, counted, &m);
    finish(f, &m, "http://lab:8989/api/v3/wanted/missing?page=1&pageSize=1&monitored=true");
    assert_int_equal(m.r.trouble, ARR_GONE);
}

static void test_movies(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = RADARR("movie.list", NULL);
    arr_titles(f->arr, on_title, done, &s);
    finish(f, &s, "http://lab:8989/api/v3/movie");
    assert_int_equal(s.n_rows, 3);
    assert_string_equal(s.text[0], "Lab Movie|lab movie|tt0000001");
    assert_int_equal(s.items[0].tmdb_id, 80001);
    assert_int_equal(s.items[0].physical, utc("2015-06-01T00:00:00Z"));
    assert_true(s.items[0].is_available && !s.items[0].has_file);
    assert_false(s.items[2].is_monitored);
}

/* ---- commands, history, health ---- */

static void test_search(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = SONARR("command.EpisodeSearch.grabbed.post", NULL);
    struct err e = {0};
    arr_search(f->arr, ITEM_EPISODE, 2, commanded, &s);
    assert_true(loop_run(f->loop, &e));
    assert_string_equal(f->stub.method, "POST");
    assert_string_equal(f->stub.body, "{\"episodeIds\":[2],\"name\":\"EpisodeSearch\"}");
    finish(f, &s, "http://lab:8989/api/v3/command");
    assert_int_equal(s.command.id, 5);
    assert_int_equal(s.command.item_id, 2);
    assert_int_equal(s.command.state, ARR_STARTED);
}

static void test_two_ids_failed(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = SONARR("command.EpisodeSearch.bad-id.final", NULL);
    arr_command_get(f->arr, 8, commanded, &s);
    finish(f, &s, "http://lab:8989/api/v3/command/8");
    assert_int_equal(s.command.state, ARR_COMMAND_FAILED);
    assert_int_equal(s.command.item_id, 0);
    assert_string_equal(
        s.command.message,
        "NzbDrone.Core.Datastore.ModelNotFoundException: Episode with ID 999 does not exist");
}

static void test_movie_command(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = RADARR("command.MoviesSearch.grabbed.final", NULL);
    arr_command_get(f->arr, 17, commanded, &s);
    finish(f, &s, "http://lab:8989/api/v3/command/17");
    assert_int_equal(s.command.item_id, 1);
    assert_int_equal(s.command.kind, ITEM_MOVIE);
    assert_int_equal(s.command.state, ARR_COMPLETED);
    assert_string_equal(s.command.message, "Completed");
    assert_int_equal(s.command.ended, utc("2026-11-23T02:57:18.888Z"));
}

static void test_orphan(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = SONARR("command.after-restart.56", NULL);
    arr_command_get(f->arr, 56, commanded, &s);
    finish(f, &s, "http://lab:8989/api/v3/command/56");
    assert_int_equal(s.command.id, 56);
    assert_int_equal(s.command.state, ARR_ORPHANED);
}

static void test_rejected_command(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = SONARR("command.noname.post", NULL);
    arr_search(f->arr, ITEM_EPISODE, 2, commanded, &s);
    finish(f, &s, "http://lab:8989/api/v3/command");
    assert_int_equal(s.r.trouble, ARR_SERVER);
    assert_string_equal(s.r.err.msg, "Sonarr answered 400 ('Name' must not be "
                                     "empty.); if this stays, read the server's log");
}

static void test_history(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = SONARR("history.since", NULL);
    arr_history_since(f->arr, utc("2026-11-23T02:54:28Z"), false, on_history, done, &s);
    finish(f, &s, "http://lab:8989/api/v3/history/since?date=2026-11-23T02:54:28Z");
    assert_int_equal(s.n_rows, 20);
    assert_string_equal(s.text[0], "2|1|0||Lab.Show.S01E01.1080p.WEB-DL.DDP5.1.H.264-LAB|");
    assert_int_equal(s.number, utc("2026-11-23T02:54:30.890Z"));
}

static void test_grabs_only(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = RADARR("history.since", NULL);
    arr_history_since(f->arr, utc("2026-11-23T02:54:28.900Z"), true, on_history, done, &s);
    finish(f, &s, "http://lab:8989/api/v3/history/since?date=2026-11-23T02:54:28Z&eventType=1");
    assert_int_equal(s.r.trouble, ARR_OK);
}

static void test_health(void **state)
{
    (void)state;
    struct seen s = {0}, well = {0};
    struct fixture *f = SONARR("health.after-check", NULL);
    arr_health(f->arr, healthy, &s);
    finish(f, &s, "http://lab:8989/api/v3/health");
    assert_true(s.health.are_indexers_down);
    assert_int_equal(s.health.n_errors, 1);
    assert_int_equal(s.health.n_warnings, 2);
    f = RADARR("health", NULL);
    arr_health(f->arr, healthy, &well);
    finish(f, &well, "http://lab:8989/api/v3/health");
    assert_false(well.health.are_indexers_down);
}

static void test_wanted(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = SONARR("wanted.missing", NULL);
    arr_wanted_count(f->arr, counted, &s);
    finish(f, &s,
           "http://lab:8989/api/v3/wanted/missing?page=1&pageSize=1&monitored=true"
           "&sortKey=airDateUtc");
    assert_int_equal(s.number, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_status),
        cmocka_unit_test(test_nameless_radarr),
        cmocka_unit_test(test_sonarr_declared_radarr),
        cmocka_unit_test(test_radarr_declared_sonarr),
        cmocka_unit_test(test_series),
        cmocka_unit_test(test_episodes),
        cmocka_unit_test(test_unmonitored_series),
        cmocka_unit_test(test_episode),
        cmocka_unit_test(test_gone),
        cmocka_unit_test(test_movies),
        cmocka_unit_test(test_search),
        cmocka_unit_test(test_two_ids_failed),
        cmocka_unit_test(test_movie_command),
        cmocka_unit_test(test_orphan),
        cmocka_unit_test(test_rejected_command),
        cmocka_unit_test(test_history),
        cmocka_unit_test(test_grabs_only),
        cmocka_unit_test(test_health),
        cmocka_unit_test(test_wanted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
