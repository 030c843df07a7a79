/* The simulator answers as the servers do: keys, bases, errors, pages, commands and what they do to
 * the world. Expected values are those of the contract (sections 0–5 and 8), not of the code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "unit/arrsim_fixture.h"

/* ---- 2: keys ---- */

static void keys(void **state)
{
    struct fixture *f = *state;
    ANSWER a = ask_with(f->tv, "GET", "/api/v3/tag", "", "wrong");
    assert_int_equal(a.status, 401);
    assert_string_equal(a.text, "");
    ANSWER b = ask_with(f->old_tv, "GET", "/api/v3/tag", "", "wrong");
    assert_int_equal(b.status, 401);
    assert_string_equal(jx_str(b.json, "error"), "Unauthorized");
    ANSWER c = ask(f->tv, "/api/v3/tag?apikey=wrong");
    assert_int_equal(c.status, 401);
    ANSWER d = ask(f->old_tv, "/api/v3/tag?apikey=wrong");
    assert_int_equal(d.status, 200);
    ANSWER e = ask_with(f->tv, "GET", "/ping", "", "");
    assert_int_equal(e.status, 200);
}

/* ---- 3, 4: URL bases ---- */

/* behaviour 3 and 4 */
static void bases(void **state)
{
    struct fixture *f = *state;
    ANSWER html = ask(f->tv, "/sonarr/api/v3/series");
    assert_int_equal(html.status, 200);
    assert_string_equal(html.type, "text/html; charset=utf-8");
    sim_behave(f->tv, "login_at_wrong_base", true);
    ANSWER login = ask(f->tv, "/sonarr/api/v3/series");
    assert_int_equal(login.status, 302);
    assert_memory_equal(login.location, "/login?returnUrl=", 17);
    sim_behave(f->tv, "login_at_wrong_base", false);
    sim_behave(f->tv, "basic_at_wrong_base", true);
    ANSWER basic = ask(f->tv, "/sonarr/api/v3/series");
    assert_int_equal(basic.status, 401);
    assert_string_equal(basic.challenge, "Basic realm=\"Sonarr\"");

    sim_set_base(f->tv, "/sonarr");
    sim_set_base(f->old_tv, "/sonarr");
    ANSWER served = ask(f->tv, "/sonarr/api/v3/series");
    assert_int_equal(served.status, 200);
    ANSWER moved = ask(f->tv, "/api/v3/history/since?date=2026-11-23T00:00:00%2B01:00");
    assert_int_equal(moved.status, 307);
    assert_string_equal(moved.location,
                        "/sonarr/api/v3/history/since?date=2026-11-23T00:00:00%2B01:00");
    ANSWER old = ask_with(f->old_tv, "POST", "/api/v3/command", "{}", SIM_KEY);
    assert_int_equal(old.status, 303);
    assert_string_equal(old.location, "/sonarr/api/v3/command");
    /* What follows it with a GET is told that all is well. */
    ANSWER followed = ask(f->old_tv, "/sonarr/api/v3/command");
    assert_int_equal(followed.status, 200);
    assert_true(json_is_array(followed.json));
    ANSWER keyless = ask_with(f->tv, "GET", "/api/v3/series", "", "");
    assert_int_equal(keyless.status, 401);
}

/* ---- 8, 24: errors ---- */

/* behaviour 8 and 31 */
static void errors(void **state)
{
    struct fixture *f = *state;
    ANSWER unknown = post(f->tv, "{\"name\":\"NopeSearch\"}");
    assert_int_equal(unknown.status, 500);
    assert_string_equal(jx_str(unknown.json, "message"), "Sequence contains no matching element");
    ANSWER nameless = post(f->tv, "{}");
    assert_int_equal(nameless.status, 400);
    assert_true(json_is_array(nameless.json));
    ANSWER broken = post(f->tv, "{bad");
    assert_int_equal(broken.status, 400);
    assert_non_null(json_object_get(broken.json, "errors"));
    ANSWER wrong_type = post(f->tv, "{\"name\":\"EpisodeSearch\",\"episodeIds\":[\"x\"]}");
    assert_int_equal(wrong_type.status, 500);
    ANSWER no_filter = ask(f->tv, "/api/v3/episode");
    assert_int_equal(no_filter.status, 400);
    assert_string_equal(jx_str(no_filter.json, "content"),
                        "seriesId or episodeIds must be provided");
    ANSWER gone = ask(f->tv, "/api/v3/episodefile?seriesId=99");
    assert_int_equal(gone.status, 404);
    assert_string_equal(jx_str(gone.json, "message"), "Series with ID 99 does not exist");
    ANSWER empty = ask(f->tv, "/api/v3/episode?seriesId=99");
    assert_int_equal(empty.status, 200);
    assert_int_equal(json_array_size(empty.json), 0);
    ANSWER flag = ask(f->tv, "/api/v3/series?includeSeasonImages=1");
    assert_int_equal(flag.status, 400);
    ANSWER no_movies = ask(f->tv, "/api/v3/movie");
    assert_int_equal(no_movies.status, 404);
    ANSWER names = ask(f->tv, "/api/v3/history?eventType=grabbed");
    assert_int_equal(names.status, 400);
}

struct refusal_row {
    const char *method, *target, *key;
    int status;
    const char *text; /* of new servers; NULL: not looked at */
};

/* Contract, section 1.3. */
static void shapes_of_refusal(void **state)
{
    static const struct refusal_row rows[] = {
        {"GET", "/api/v3/nonsense", SIM_KEY, 404, ""},
        {"GET", "/api/v3/nonsense", "", 401, ""},
        {"PUT", "/api/v3/tag", SIM_KEY, 405, ""},
        {"GET", "/api/v3/series/99", SIM_KEY, 404, NULL},
        {"GET", "/api/v3/episode/99", SIM_KEY, 404, NULL},
        {"GET", "/api/v3/command/99", SIM_KEY, 404, NULL},
        {"GET", "/api/v3/queue?includeEpisode=1", SIM_KEY, 400, NULL},
        {"GET", "/api/v3/episode?episodeIds=x", SIM_KEY, 400, NULL},
        {"GET", "/api/v3/history/since", SIM_KEY, 400, NULL},
        {"GET", "/api/v3/history/since?date=yesterday", SIM_KEY, 400, NULL},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ANSWER a = ask_with(f->tv, rows[i].method, rows[i].target, "", rows[i].key);
        bool is_same = !rows[i].text || str_eq(a.text, rows[i].text);
        if (a.status != rows[i].status || !is_same)
            fail_msg("%s %s: %d %s", rows[i].method, rows[i].target, a.status, a.text);
    }
    /* Of RFC 7807, with what is wrong; old servers have one shape for what is not there. */
    ANSWER flag = ask(f->tv, "/api/v3/series?includeSeasonImages=1");
    assert_string_equal(flag.type, "application/problem+json; charset=utf-8");
    assert_non_null(json_object_get(json_object_get(flag.json, "errors"), "includeSeasonImages"));
    ANSWER old = ask(f->old_tv, "/api/v3/nonsense");
    assert_string_equal(jx_str(old.json, "message"), "NotFound");
    ANSWER csv = ask(f->old_tv, "/api/v3/episode?episodeIds=1,1");
    assert_int_equal(csv.status, 500); /* read, and then found to be one row */
}

static void ignores(struct sim *s, const char *target, const char *what)
{
    s->ignored[0] = '\0';
    ANSWER a = ask(s, target);
    if (a.status != 200 || !str_eq(sim_ignored(s), what))
        fail_msg("%s: %d, ignored '%s'", target, a.status, sim_ignored(s));
}

/* behaviour 31 */
static void unknown_parameters_are_ignored(void **state)
{
    struct fixture *f = *state;
    ignores(f->tv, "/api/v3/queue?page=1&pageSize=5&seriesId=77", "/api/v3/queue?seriesId");
    ignores(f->tv, "/api/v3/queue?seriesIds=77&includeUnknownSeriesItems=true", "");
    ignores(f->old_tv, "/api/v3/queue?seriesIds=77", "/api/v3/queue?seriesIds");
    ignores(f->film, "/api/v3/queue/details?movieId=7", "");
    ignores(f->film, "/api/v3/queue/details?episodeIds=7", "/api/v3/queue/details?episodeIds");
    ignores(f->tv, "/api/v3/history/since?date=2026-11-22T00:00:00Z&eventType=1&page=1",
            "/api/v3/history/since?page");
    ignores(f->tv, "/api/v3/tag?sort=label", "/api/v3/tag?sort");
}

static void stale_ids_fail_the_whole_call(void **state)
{
    struct fixture *f = *state;
    sim_fill_lab(f->tv);
    ANSWER good = ask(f->tv, "/api/v3/episode?episodeIds=2&episodeIds=3");
    assert_int_equal(json_array_size(good.json), 2);
    ANSWER bad = ask(f->tv, "/api/v3/episode?episodeIds=2&episodeIds=999");
    assert_int_equal(bad.status, 500);
    assert_string_equal(jx_str(bad.json, "message"),
                        "Expected query to return 2 rows but returned 1");
    sim_fill_lab(f->film);
    ANSWER files = ask(f->film, "/api/v3/moviefile?movieId=1&movieId=2");
    assert_int_equal(files.status, 200);
    ANSWER stale = ask(f->film, "/api/v3/moviefile?movieId=1&movieId=77");
    assert_int_equal(stale.status, 500);
    ANSWER csv = ask(f->tv, "/api/v3/episode?episodeIds=2,3");
    assert_int_equal(csv.status, 400);
}

/* ---- 33: versions ---- */

static void versions(void **state)
{
    struct fixture *f = *state;
    ANSWER api = ask(f->old_tv, "/api");
    assert_int_equal(api.status, 404);
    ANSWER ping = ask(f->old_film, "/ping");
    assert_string_equal(ping.type, "text/html; charset=utf-8");
    ANSWER film = ask(f->old_film, "/api/v3/system/status");
    assert_null(jx_str(film.json, "appName"));
    ANSWER list = ask(f->old_film, "/api/v3/wanted/missing");
    assert_int_equal(list.status, 404);
    ANSWER modern = ask(f->film, "/api/v3/wanted/missing");
    assert_int_equal(modern.status, 200);
}

/* ---- 34 and faults ---- */

static void clock_skew(void **state)
{
    struct fixture *f = *state;
    sim_fill_wanted(f->tv, 1, 0);
    sim_set_skew(f->tv, HOURS(2));
    ANSWER a = post(f->tv, "{\"name\":\"EpisodeSearch\",\"episodeIds\":[1]}");
    assert_int_equal(jx_utc(a.json, "queued"), START + HOURS(2));
    /* Backwards while a search is under way: it still ends in its time. */
    sim_set_skew(f->tv, -HOURS(3));
    pass(f, SECONDS(20));
    ANSWER b = ask(f->tv, "/api/v3/command/1");
    assert_string_equal(jx_str(b.json, "status"), "completed");
    assert_int_equal(jx_utc(b.json, "queued"), START - HOURS(3));
    assert_in_range(jx_utc(b.json, "ended"), START - HOURS(3), START - HOURS(3) + SECONDS(20));
}

static void faults(void **state)
{
    struct fixture *f = *state;
    sim_fault(f->tv, "GET", "/api/v3/series", SIM_FAULT_STATUS, 502, 0, 1);
    ANSWER bad = ask(f->tv, "/api/v3/series");
    assert_int_equal(bad.status, 502);
    assert_string_equal(bad.type, "text/html; charset=utf-8");
    ANSWER good = ask(f->tv, "/api/v3/series");
    assert_int_equal(good.status, 200);
    sim_fault(f->tv, "POST", "/api/v3/command", SIM_FAULT_LOST, 0, 0, 1);
    sim_fill_wanted(f->tv, 1, 0);
    ANSWER lost = post(f->tv, "{\"name\":\"EpisodeSearch\",\"episodeIds\":[1]}");
    assert_int_equal(lost.wire, WIRE_RESET);
    pass(f, MINUTES(1));
    sim_advance(f->tv);
    assert_int_equal(sim_was_searched(f->tv, 1), 1);
    assert_int_equal(sim_requests(f->tv, "POST", "/api/v3/command"), 1);
}

/* ---- 21–23: odd contents; counted by hand from fill_edges.c ---- */

/* Missing: a special, one of an unmonitored season, one just over, an untitled one, two of the same
 * number, seven odd names, 2000 of one. With no shape they still count. */
static void edges_of_sonarr(void **state)
{
    struct fixture *f = *state;
    sim_fill_edges(f->tv);
    assert_int_equal(wanted(f->tv), 1 + 1 + 1 + 1 + 2 + 7 + 2000);
    ANSWER list = ask(f->tv, "/api/v3/series");
    size_t i, n_shapeless = 0, n_bare = 0;
    json_t *v;
    json_array_foreach(list.json, i, v)
    {
        n_shapeless += !json_object_get(v, "seasons");
        n_bare += !json_object_get(v, "statistics");
    }
    assert_int_equal(n_shapeless, 1);
    assert_int_equal(n_bare, 1);
}

/* Year 0 is not in the list; the undated, unreleased and announced ones are, available or not. */
static void edges_of_radarr(void **state)
{
    struct fixture *f = *state;
    sim_fill_edges(f->film);
    ANSWER list = ask(f->film, "/api/v3/wanted/missing?pageSize=100");
    const json_t *records = json_object_get(list.json, "records");
    size_t i, n_available = 0;
    json_t *v;
    json_array_foreach((json_t *)(uintptr_t)records, i, v) n_available +=
        jx_bool(v, "isAvailable", false);
    assert_int_equal(json_array_size(records), 6 + 7);
    /* Six odd names, the one deleted upstream, the one long ago in cinemas, the announced one. */
    assert_int_equal(n_available, 9);
    sim_behave(f->film, "escaped_unicode", true);
    ANSWER again = ask(f->film, "/api/v3/movie/3");
    assert_string_equal(jx_str(again.json, "title"), "𝕄𝕒𝕥𝕙 🦊 Fox");
}

static void the_seed_decides(void **state)
{
    struct fixture *f = *state;
    int64_t at[2];
    for (int i = 0; i < 2; i++) {
        CLEANUP(world_freep) struct world *w = world_new(&f->clock.clock, 99);
        struct sim *s = world_add(w, "a", SIM_SONARR, SIM_MODERN);
        sim_fill_wanted(s, 10, 0);
        at[i] = sim_release_at(s, 4);
    }
    assert_int_equal(at[0], at[1]);
}

/* Of fresh items (rate 1.5 a day, a factor with mean 1 that is exponential) the share with a
 * release within one day is 1 − 1/(1 + 1.5) = 0.6, times the 90 % that are not dead: 0.54. Of 2000,
 * four standard deviations are 90. */
static void releases_appear_at_their_rate(void **state)
{
    struct fixture *f = *state;
    sim_fill_wanted(f->film, 2000, 0);
    int n = 0;
    for (int id = 1; id <= 2000; id++) {
        sim_title(f->film, id)->digital = START;
        utc_t at = sim_release_at(f->film, id);
        n += at && at < START + DAYS(1);
    }
    assert_in_range(n, 1080 - 90, 1080 + 90);
}

static void every_behaviour_has_a_name(void **state)
{
    struct fixture *f = *state;
    assert_true(world_behave(f->w, "queue_rewinds", false));
    assert_false(world_behave(f->w, "no_such_thing", true));
}

int main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(keys),
        TEST(bases),
        TEST(errors),
        TEST(unknown_parameters_are_ignored),
        TEST(stale_ids_fail_the_whole_call),
        TEST(versions),
        TEST(shapes_of_refusal),
        TEST(clock_skew),
        TEST(faults),
        TEST(edges_of_sonarr),
        TEST(edges_of_radarr),
        TEST(the_seed_decides),
        TEST(releases_appear_at_their_rate),
        TEST(every_behaviour_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
