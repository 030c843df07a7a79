/* Probing and reading the library, old and modern: expected values are read off the recordings'
 * library. */
#include "unit/arr_sim.h"

/* ---- who is there ---- */

static void test_probe_modern(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim");
    struct seen s = probe(f);
    assert_fine(&s);
    assert_int_equal(s.status.version_parts[0], 4);
    assert_int_equal(s.status.version_parts[2], 19);
    assert_true(s.status.started > 0 && s.status.started <= START + SECONDS(5));
    assert_true(s.status.has_last_search_time && s.status.has_release_source);
    assert_true(s.status.has_wanted && s.status.has_result);
    assert_int_equal(s.r.server_date / SECONDS(60), START / SECONDS(60));
}

static void test_probe_old_radarr(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_RADARR, SIM_OLD, "http://lab.sim");
    struct seen s = probe(f), wanted = {0};
    assert_fine(&s);
    assert_false(s.status.has_last_search_time || s.status.has_release_source);
    assert_false(s.status.has_wanted || s.status.has_result);
    arr_wanted_count(f->arr, counted, &wanted);
    run(f);
    assert_int_equal(wanted.r.trouble, ARR_GONE);
}

static void test_probe_wrong_app(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim");
    assert_true(sim_behave(f->sim, "wrong_app", true));
    struct seen s = probe(f);
    assert_int_equal(s.r.trouble, ARR_WRONG_APP);
    assert_string_equal(s.r.err.msg, "'url' leads to Lidarr, not to Sonarr; correct "
                                     "'type' or 'url'");
}

/* ---- the library ---- */

static void check_lab_show(struct fixture *f)
{
    struct seen s;
    titles(f, &s);
    assert_fine(&s);
    assert_int_equal(s.n_rows, 1);
    const struct title *t = &s.titles[0];
    assert_string_equal(t->title, "Lab Show");
    assert_string_equal(t->genres, "|Drama|");
    assert_string_equal(t->tags, "");
    assert_int_equal(t->tvdb_id, 70001);
    assert_int_equal(t->year, 2015);
    assert_int_equal(t->runtime, MINUTES(45));
    assert_int_equal(t->status, STATUS_CONTINUING);
    assert_int_equal(t->added, utc("2026-11-22T00:00:00Z"));
    assert_true(t->is_monitored);
    assert_int_equal(strlen(t->fingerprint), 16);
}

static void check_lab_episodes(struct fixture *f)
{
    struct seen s;
    episodes(f, &s);
    assert_fine(&s);
    assert_int_equal(s.n_rows, 7);
    assert_string_equal(episode(&s, 1, 1)->title, "Lab Show");
    assert_string_equal(episode(&s, 1, 1)->episode_title, "One");
    assert_int_equal(episode(&s, 1, 1)->aired, utc("2015-01-01T20:45:00Z"));
    assert_int_equal(episode(&s, 1, 1)->tvdb_id, 70001);
    assert_true(episode(&s, 1, 1)->is_monitored);
    assert_false(episode(&s, 1, 3)->is_monitored);
    assert_int_equal(episode(&s, 2, 1)->aired, 0);
    assert_string_equal(episode(&s, 2, 1)->episode_title, "TBA");
    assert_int_equal(episode(&s, 2, 2)->aired, utc("2027-01-01T20:45:00Z"));
    assert_int_equal(episode(&s, 0, 1)->kind, ITEM_EPISODE);
    /* 1x1, 1x2, 1x3 and 2x3: specials, date-less and future ones do not count. */
    assert_int_equal(episode(&s, 1, 1)->series_aired_episodes, 4);
}

static void test_sonarr_library(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim");
    check_lab_show(f);
    check_lab_episodes(f);
}

static void test_old_sonarr_library(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_OLD, "http://lab.sim");
    check_lab_show(f);
    check_lab_episodes(f);
}

/* Quality 4 is below the cutoff of the simulated profiles, 3 is not (tests/arrsim/fill.c). */
static void test_files(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim");
    struct seen none;
    episodes(f, &none);
    assert_int_equal(sim_requests(f->sim, "GET", "/api/v3/episodefile"), 0);
    int low = (int)episode(&none, 1, 1)->id, good = (int)episode(&none, 1, 2)->id;
    sim_add_file(f->sim, low, 1, 0);
    sim_add_file(f->sim, good, 3, 0);
    bool is_low = sim_is_below_cutoff(f->sim, sim_item(f->sim, low));
    struct seen s;
    episodes(f, &s);
    assert_int_equal(sim_requests(f->sim, "GET", "/api/v3/episodefile"), 1);
    assert_true(episode(&s, 1, 1)->has_file && episode(&s, 1, 2)->has_file);
    assert_false(episode(&s, 1, 3)->has_file);
    assert_int_equal(episode(&s, 1, 1)->is_cutoff_unmet, is_low);
    assert_false(episode(&s, 1, 2)->is_cutoff_unmet);
}

static void test_fingerprint(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim");
    struct seen a, b;
    titles(f, &a);
    titles(f, &b);
    assert_string_equal(a.titles[0].fingerprint, b.titles[0].fingerprint);
    sim_title(f->sim, 1)->seasons.at[1].is_monitored ^= true;
    struct seen c;
    titles(f, &c);
    assert_string_not_equal(a.titles[0].fingerprint, c.titles[0].fingerprint);
    sim_add_file(f->sim, 2, 3, 0);
    struct seen d;
    titles(f, &d);
    assert_string_not_equal(c.titles[0].fingerprint, d.titles[0].fingerprint);
}

static void check_lab_movies(struct fixture *f)
{
    struct seen s;
    titles(f, &s);
    assert_fine(&s);
    assert_int_equal(s.n_rows, 3);
    const struct item *movie = &s.items[0];
    assert_string_equal(movie->title, "Lab Movie");
    assert_string_equal(movie->imdb_id, "tt0000001");
    assert_int_equal(movie->kind, ITEM_MOVIE);
    assert_int_equal(movie->tmdb_id, 80001);
    assert_int_equal(movie->season, -1);
    assert_int_equal(movie->in_cinemas, utc("2015-01-01T00:00:00Z"));
    assert_int_equal(movie->physical, utc("2015-06-01T00:00:00Z"));
    assert_int_equal(movie->digital, 0);
    assert_true(movie->is_available && movie->is_monitored);
    assert_int_equal(s.titles[0].status, STATUS_RELEASED);
    assert_int_equal(s.titles[1].status, STATUS_ANNOUNCED);
    assert_false(s.items[2].is_monitored);
}

static void test_radarr_library(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_RADARR, SIM_MODERN, "http://lab.sim");
    check_lab_movies(f);
}

static void test_old_radarr_library(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_RADARR, SIM_OLD, "http://lab.sim");
    check_lab_movies(f);
}

static void test_item(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_SONARR, SIM_MODERN, "http://lab.sim");
    struct seen s;
    item(f, ITEM_EPISODE, 2, &s);
    assert_fine(&s);
    assert_string_equal(s.items[0].title, "Lab Show");
    assert_string_equal(s.items[0].episode_title, "One");
    assert_int_equal(s.items[0].title_id, 1);
    assert_int_equal(s.items[0].aired, utc("2015-01-01T20:45:00Z"));
    assert_true(s.r.server_date > 0);
    item(f, ITEM_EPISODE, 999, &s);
    assert_int_equal(s.r.trouble, ARR_GONE);
    assert_int_equal(s.n_rows, 0);
}

static void test_movie(void **state)
{
    struct fixture *f = *state;
    open_server(f, APP_RADARR, SIM_OLD, "http://lab.sim");
    struct seen s;
    item(f, ITEM_MOVIE, 1, &s);
    assert_fine(&s);
    assert_string_equal(s.items[0].title, "Lab Movie");
    item(f, ITEM_MOVIE, 999, &s);
    assert_int_equal(s.r.trouble, ARR_GONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_probe_modern),
        CASE(test_probe_old_radarr),
        CASE(test_probe_wrong_app),
        CASE(test_sonarr_library),
        CASE(test_old_sonarr_library),
        CASE(test_files),
        CASE(test_fingerprint),
        CASE(test_radarr_library),
        CASE(test_old_radarr_library),
        CASE(test_item),
        CASE(test_movie),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
