/* By what a title and a profile are known to have changed, and the scores of movies' files. */
#include "unit/arr_bodies.h"

static void keep_print(void *ctx, const struct title *t, const struct item *item UNUSED)
{
    struct seen *s = ctx;
    s->n_rows++;
    s->title = *t;
}

static void print_of(const char *season, const char *rest, char ret[static 17])
{
    struct seen s = {0};
    CLEANUP(freep)
    char *body = mem_printf("[{\"id\":3,\"seasons\":[{\"seasonNumber\":1%s}]%s}]", season, rest);
    struct fixture *f = begin(APP_SONARR, body);
    arr_titles(f->arr, keep_print, done, &s);
    finish(f, &s);
    assert_int_equal(s.n_rows, 1);
    memcpy(ret, s.title.fingerprint, 17);
}

/* Whatever says that an episode may have changed; not what a poster or a text looks like. */
static void test_what_a_fingerprint_covers(void **state)
{
    static const char *const covered[] = {
        ",\"statistics\":{\"episodeFileCount\":2}",
        ",\"tags\":[1]",
        ",\"qualityProfileId\":2",
        ",\"path\":\"/tv\"",
        ",\"status\":\"ended\"",
        ",\"monitored\":true",
        ",\"runtime\":45",
        ",\"nextAiring\":\"2026-11-24T20:00:00Z\"",
        ",\"seriesType\":\"anime\"",
    };
    (void)state;
    char plain[17], now[17];
    print_of("", "", plain);
    for (size_t i = 0; i < COUNT(covered); i++) {
        print_of("", covered[i], now);
        assert_string_not_equal(plain, now);
    }
    print_of(",\"monitored\":true", "", now);
    assert_string_not_equal(plain, now);
    print_of("", ",\"overview\":\"new\",\"images\":[{}],\"ratings\":{\"votes\":9}", now);
    assert_string_equal(plain, now);
}

static void on_score(void *ctx, int64_t movie_id, int score)
{
    struct seen *s = ctx;
    size_t n = strlen(s->text);
    s->n_rows++;
    snprintf(s->text + n, sizeof s->text - n, "%d:%d ", (int)movie_id, score);
}

static void test_scores_of_movies(void **state)
{
    (void)state;
    struct seen s = {0};
    struct fixture *f = begin(
        APP_RADARR, "[{\"movieId\":7,\"customFormatScore\":-30,\"id\":1},{\"movieId\":8,\"id\":2},"
                    "{\"movieId\":9,\"customFormatScore\":0,\"id\":3}]");
    arr_movie_scores(f->arr, (const int64_t[]){7, 8, 9}, 3, on_score, done, &s);
    finish(f, &s);
    assert_string_equal(s.text, "7:-30 9:0 "); /* old servers tell none */
}

static void on_profile(void *ctx, const struct arr_profile *p)
{
    struct seen *s = ctx;
    assert_int_equal(p->cutoff_score, 5);
    memcpy(s->text, p->fingerprint, sizeof p->fingerprint);
    s->n_rows++;
}

static void profile_print(const char *rest, char ret[static 17])
{
    struct seen s = {0};
    CLEANUP(freep) char *body = mem_printf("[{\"id\":1,\"cutoffFormatScore\":5%s}]", rest);
    struct fixture *f = begin(APP_RADARR, body);
    arr_profiles(f->arr, on_profile, done, &s);
    finish(f, &s);
    assert_int_equal(s.n_rows, 1);
    memcpy(ret, s.text, 17);
}

/* Whatever decides what a file is worth to its profile. */
static void test_what_a_profile_is_known_by(void **state)
{
    static const char *const covered[] = {
        ",\"cutoff\":7",
        ",\"upgradeAllowed\":true",
        ",\"items\":[{\"quality\":{\"id\":7},\"allowed\":true}]",
        ",\"formatItems\":[{\"format\":1,\"score\":50}]",
    };
    (void)state;
    char plain[17], now[17];
    profile_print("", plain);
    for (size_t i = 0; i < COUNT(covered); i++) {
        profile_print(covered[i], now);
        assert_string_not_equal(plain, now);
    }
    profile_print(",\"language\":{\"id\":1}", now);
    assert_string_equal(plain, now);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_a_fingerprint_covers),
        cmocka_unit_test(test_what_a_profile_is_known_by),
        cmocka_unit_test(test_scores_of_movies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
