/* What new versions tell that the recordings lack, and what is missing or of the wrong type: bodies
 * by the contract with the servers, expected values by hand. */
#include "unit/arr_bodies.h"

static utc_t utc(const char *text)
{
    utc_t t = 0;
    assert_true(utc_parse(text, &t));
    return t;
}

/* A mistake of others: 21:00 at two hours east of Greenwich was taken for 21:00 there. */
static void test_offsets(void **state)
{
    (void)state;
    assert_int_equal(utc("2026-11-20T21:00:00+02:00"), utc("2026-11-20T19:00:00Z"));
    assert_int_equal(utc("2026-11-20T21:00:00.5-05:30"), utc("2026-11-21T02:30:00.5Z"));
}

static void counted(void *ctx, const struct arr_result *r, int64_t n)
{
    (void)n;
    done(ctx, r);
}
static void healthy(void *ctx, const struct arr_result *r, const struct arr_health *h)
{
    done(ctx, r);
    ((struct seen *)ctx)->health = *h;
}
static void on_title(void *ctx, const struct title *t, const struct item *it)
{
    struct seen *s = ctx;
    s->title = *t;
    s->item = it ? *it : s->item;
    snprintf(s->text, sizeof s->text, "%s,%s,%s,%s,%s", t->title, t->sort_title, t->imdb_id,
             t->tags, t->genres);
    s->n_rows++;
}
static void on_item(void *ctx, const struct item *it)
{
    struct seen *s = ctx;
    s->item = *it;
    snprintf(s->text, sizeof s->text, "%s,%s,%s,%s,%s,%s,%s", it->title, it->sort_title,
             it->imdb_id, it->episode_title, it->tags, it->genres, it->quality_profile);
    s->n_rows++;
}
static void on_command(void *ctx, const struct arr_command *c)
{
    struct seen *s = ctx;
    s->commands[s->n_rows++] = *c;
}

/* ---- titles ---- */

static void test_series(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = begin(
        APP_SONARR, "[{\"title\":\"Naruto\",\"sortTitle\":\"naruto\",\"imdbId\":\"tt1\","
                    "\"status\":\"ended\",\"seriesType\":\"anime\",\"tags\":[1,4,7],"
                    "\"genres\":[\"Drama\",\"Crime\"],\"runtime\":25,\"tmdbId\":5,\"id\":3}]");
    arr_titles(f->arr, on_title, done, &s);
    finish(f, &s);
    assert_string_equal(s.text, "Naruto,naruto,tt1, 1 4 7 ,|Drama|Crime|");
    assert_int_equal(s.title.type, SERIES_TYPE_ANIME);
    assert_int_equal(s.title.status, STATUS_ENDED);
    assert_int_equal(s.title.tmdb_id, 5);
}

/* Names for all seasons (-1, or not said) and for the specials count; its own once. */
static void test_names(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = begin(
        APP_SONARR, "[{\"id\":3,\"title\":\"Naruto\",\"alternateTitles\":[{\"title\":\"Naruto\"},"
                    "{\"title\":\"NARUTO\",\"seasonNumber\":-1},{\"title\":\"A\",\"seasonNumber\":"
                    "-1},{\"title\":\"B\",\"seasonNumber\":0},{\"title\":\"C\"},{\"title\":\"D\","
                    "\"seasonNumber\":2},{},7]}]");
    arr_titles(f->arr, on_title, done, &s);
    finish(f, &s);
    assert_int_equal(s.title.n_titles, 4); /* Naruto, A, B, C */
}

/* Nothing but an id, and everything of the wrong type: absent, never NULL. */
static void test_poor_titles(void **state)
{
    static const char *const bodies[] = {
        "[{\"id\":3}]",
        "[{\"id\":3,\"title\":7,\"tags\":\"x\",\"genres\":[1,null,\"\"],\"runtime\":-4,\"year\":"
        "99999999999,\"monitored\":\"yes\",\"statistics\":null,\"seasons\":{},\"added\":5}]",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(bodies); i++) {
        struct seen s = {0};
        struct fixture *f = begin(i ? APP_RADARR : APP_SONARR, bodies[i]);
        arr_titles(f->arr, on_title, done, &s);
        finish(f, &s);
        assert_int_equal(s.n_rows, 1);
        assert_string_equal(s.text, ",,,,");
        assert_int_equal(s.title.runtime, 0);
        assert_int_equal(s.title.year, 0);
        assert_int_equal(s.title.added, 0);
        assert_false(s.title.is_monitored);
    }
}

static void test_no_id_is_no_title(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = begin(APP_SONARR, "[{\"title\":\"x\"},7,null]");
    arr_titles(f->arr, on_title, done, &s);
    finish(f, &s);
    assert_int_equal(s.n_rows, 0);
}

static void test_movie(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f =
        begin(APP_RADARR, "[{\"title\":\"Dune\",\"year\":2021,\"status\":\"inCinemas\","
                          "\"digitalRelease\":\"2021-10-22T00:00:00Z\",\"hasFile\":true,"
                          "\"movieFile\":{\"qualityCutoffNotMet\":true},\"isAvailable\":true,"
                          "\"lastSearchTime\":\"2026-01-02T03:04:05Z\",\"monitored\":true,"
                          "\"added\":\"2020-01-01T00:00:00Z\",\"id\":12}]");
    arr_titles(f->arr, on_title, done, &s);
    finish(f, &s);
    assert_int_equal(s.title.status, STATUS_IN_CINEMAS);
    assert_int_equal(s.item.id, 12);
    assert_int_equal(s.item.title_id, 12);
    assert_int_equal(s.item.digital, utc("2021-10-22T00:00:00Z"));
    assert_int_equal(s.item.server_searched, utc("2026-01-02T03:04:05Z"));
    assert_int_equal(s.item.added, utc("2020-01-01T00:00:00Z"));
    assert_true(s.item.has_file && s.item.is_cutoff_unmet && s.item.is_available);
    assert_int_equal(s.item.aired, 0);
}

/* ---- episodes ---- */

static const struct title series = {.id = 3,
                                    .imdb_id = "",
                                    .title = "Show",
                                    .sort_title = "show",
                                    .tags = " 4 ",
                                    .genres = "|Drama|",
                                    .runtime = MINUTES(45),
                                    .n_titles = 3,
                                    .is_monitored = true};

static void test_own_runtime(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f =
        begin(APP_SONARR, "[{\"id\":9,\"seasonNumber\":1,\"episodeNumber\":1,\"monitored\":true,"
                          "\"airDateUtc\":\"2026-01-01T20:00:00Z\",\"runtime\":90,"
                          "\"lastSearchTime\":\"2026-02-02T00:00:00Z\"}]");
    arr_episodes(f->arr, &series, on_item, done, &s);
    finish(f, &s);
    assert_int_equal(s.item.aired, utc("2026-01-01T21:30:00Z"));
    assert_int_equal(s.item.server_searched, utc("2026-02-02T00:00:00Z"));
    assert_string_equal(s.text, "Show,show,,, 4 ,|Drama|,");
    assert_int_equal(s.item.n_titles, 3); /* the series' */
}

/* One call stays together: the files of a series are asked for before what waits already. */
static void test_files_come_next(void **state)
{
    (void)state;
    struct seen s = {0}, other = {0};
    struct fixture *f = begin(APP_SONARR, "[{\"id\":9,\"episodeFileId\":5}]");
    f->bodies[1] = "[{\"id\":5,\"qualityCutoffNotMet\":true,\"customFormatScore\":-30}]";
    f->bodies[2] = "{\"totalRecords\":1}";
    arr_episodes(f->arr, &series, on_item, done, &s);
    arr_wanted_count(f->arr, counted, &other);
    struct err e = {0};
    assert_true(loop_run(f->loop, &e));
    assert_string_equal(f->urls[0], "http://a/b/api/v3/episode?seriesId=3");
    assert_string_equal(f->urls[1], "http://a/b/api/v3/episodefile?seriesId=3");
    assert_true(str_starts(f->urls[2], "http://a/b/api/v3/wanted/missing?"));
    assert_true(s.item.is_cutoff_unmet && s.item.has_file && s.item.has_format_score);
    assert_int_equal(s.item.format_score, -30);
    assert_int_equal(other.n_done, 1);
    finish(f, &s);
}

/* ---- health and commands ---- */

static struct arr_health health(const char *body)
{
    struct seen s = {0};
    struct fixture *f = begin(APP_RADARR, body);
    arr_health(f->arr, healthy, &s);
    finish(f, &s);
    return s.health;
}

static void test_health(void **state)
{
    (void)state;
    struct arr_health some =
        health("[{\"source\":\"IndexerStatusCheck\",\"type\":\"warning\"},{\"source\":"
               "\"IndexerRssCheck\",\"type\":\"error\"},{\"source\":\"UpdateCheck\",\"type\":"
               "\"notice\"}]");
    assert_false(some.are_indexers_down);
    assert_int_equal(some.n_warnings, 1);
    assert_int_equal(some.n_errors, 1);
    assert_true(
        health("[{\"source\":\"IndexerStatusCheck\",\"type\":\"error\"}]").are_indexers_down);
    assert_true(health("[{\"source\":\"IndexerLongTermStatusCheck\",\"type\":\"error\"}]")
                    .are_indexers_down);
    assert_false(health("[{\"source\":\"IndexerLongTermStatusCheck\",\"type\":\"warning\"}]")
                     .are_indexers_down);
    assert_true(
        health("[{\"source\":\"IndexerSearchCheck\",\"type\":\"warning\"}]").are_indexers_down);
    assert_true(health("[{\"source\":\"IndexerSearchCheck\",\"type\":\"warning\",\"wikiUrl\":"
                       "\"https://wiki.servarr.com/sonarr/system"
                       "#no-indexers-available-with-automatic-search-enabled\"}]")
                    .are_indexers_down);
    assert_false(health("[{\"source\":\"IndexerSearchCheck\",\"type\":\"warning\",\"wikiUrl\":"
                        "\"https://wiki.servarr.com/sonarr/system"
                        "#no-indexers-available-with-interactive-search-enabled\"}]")
                     .are_indexers_down);
}

static void test_commands(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f =
        begin(APP_SONARR, "[{\"id\":1,\"name\":\"episodesearch\",\"status\":\"queued\",\"body\":"
                          "{\"episodeIds\":[7]}},{\"id\":2,\"name\":\"SeasonSearch\",\"status\":"
                          "\"cancelled\",\"body\":{\"episodeIds\":[7]}},{\"id\":3,\"name\":"
                          "\"EpisodeSearch\",\"status\":\"started\",\"message\":\"a\\nb\",\"body\":"
                          "{\"episodeIds\":[7,8]}},{\"status\":\"queued\"}]");
    arr_commands(f->arr, on_command, done, &s);
    finish(f, &s);
    assert_int_equal(s.n_rows, 3);
    assert_int_equal(s.commands[0].item_id, 7);
    assert_int_equal(s.commands[0].state, ARR_QUEUED);
    assert_int_equal(s.commands[1].item_id, 0);
    assert_int_equal(s.commands[1].state, ARR_COMMAND_FAILED);
    assert_string_equal(s.commands[1].name, "SeasonSearch");
    assert_int_equal(s.commands[2].item_id, 0);
    assert_string_equal(s.commands[2].message, "a");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_offsets),
        cmocka_unit_test(test_series),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_poor_titles),
        cmocka_unit_test(test_no_id_is_no_title),
        cmocka_unit_test(test_movie),
        cmocka_unit_test(test_own_runtime),
        cmocka_unit_test(test_files_come_next),
        cmocka_unit_test(test_health),
        cmocka_unit_test(test_commands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
