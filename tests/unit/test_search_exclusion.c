/* Exclusions over a small tree: every form of a match, and when and where one holds. Expected
 * values follow the config page, sections 5 and 6. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unit/search_items.h"
#include "unit/search_tree.h"

/* Takes the tree. */
static bool excluded_in(struct config *c, const char *instance, const struct item *it)
{
    utc_t until = 0;
    check(c);
    struct exclusions *x = exclusions_new(c, instance, NOW, NULL, NULL);
    bool matches = exclusions_match(x, NULL, it, &until) != NULL;
    exclusions_free(x);
    config_free(c);
    return matches;
}

static bool excluded(const char *match, const struct item *it)
{
    char body[JSON_MAX];
    const char *instance = it->kind == ITEM_MOVIE ? "radarr-main" : "sonarr-main";
    snprintf(body, sizeof body, "\"instances\":[\"%s\"],\"match\":[%s]", instance, match);
    return excluded_in(tree_of(body), instance, it);
}

struct matching {
    const char *match;
    bool episode, movie; /* whether the usual one is excluded */
};

static void assert_matching(const struct matching *cases, size_t n)
{
    const struct item episode = usual_episode(), movie = usual_movie();
    for (size_t i = 0; i < n; i++) {
        if (excluded(cases[i].match, &episode) != cases[i].episode)
            fail_msg("the episode: %s", cases[i].match);
        if (excluded(cases[i].match, &movie) != cases[i].movie)
            fail_msg("the movie: %s", cases[i].match);
    }
}

/* The episode: series 112, tvdb 73244, tmdb 2316, S03E07 of "The Office". The movie: id 12, tmdb
 * 603, "The Matrix". TMDB numbers series and movies apart; the match means movies. */
static void every_form_matches(void **state UNUSED)
{
    static const struct matching cases[] = {
        {"{\"series_id\":112}", true, false},
        {"{\"series_id\":12}", false, false},
        {"{\"movie_id\":12}", false, true},
        {"{\"movie_id\":4711}", false, false},
        {"{\"tvdb_id\":73244}", true, false},
        {"{\"tvdb_id\":73245}", false, false},
        {"{\"tmdb_id\":603}", false, true},
        {"{\"tmdb_id\":2316}", false, false},
        {"{\"imdb_id\":\"tt0386676\"}", true, false},
        {"{\"imdb_id\":\"tt0133093\"}", false, true},
        {"{\"title\":\"The Office\"}", true, false},
        {"{\"title\":\"tHE mATRIX\"}", false, true},
        {"{\"title\":\"The\"}", false, false},
        {"{\"title_glob\":\"the*\"}", true, true},
        {"{\"title_glob\":\"The Offic?\"}", true, false},
        {"{\"title_glob\":\"the [m-p]atrix\"}", false, true},
        {"{\"title_glob\":\"office\"}", false, false},
        {"{\"title_regex\":\"office\"}", true, false},
        {"{\"title_regex\":\"^office\"}", false, false},
        {"{\"title_regex\":\"^THE (off|mat)\"}", true, true},
        {"{\"genre\":\"drama\"}", true, false},
        {"{\"genre\":\"ACTION\"}", false, true},
        {"{\"genre\":\"Dram\"}", false, false},
        {"{\"genre\":\"rama\"}", false, false},
        {"{\"tag\":\"Kids\"}", true, false},
        {"{\"tag\":\"anime\"}", true, false},
        {"{\"quality_profile\":\"hd-1080P\"}", true, true},
        {"{\"quality_profile\":\"HD\"}", false, false},
    };
    assert_matching(cases, COUNT(cases));
}

static void seasons_and_episodes_narrow(void **state UNUSED)
{
    static const struct matching cases[] = {
        {"{\"tvdb_id\":73244,\"season\":3}", true, false},
        {"{\"tvdb_id\":73244,\"season\":0}", false, false},
        {"{\"tvdb_id\":73244,\"season\":4}", false, false},
        {"{\"tvdb_id\":73244,\"season\":3,\"episode\":7}", true, false},
        {"{\"tvdb_id\":73244,\"season\":3,\"episode\":0}", false, false},
        {"{\"series_id\":112,\"season\":3,\"episode\":7}", true, false},
        {"{\"imdb_id\":\"tt0133093\",\"season\":3}", false, false},
    };
    assert_matching(cases, COUNT(cases));
    struct item special = usual_episode();
    special.season = 0;
    assert_true(excluded("{\"tvdb_id\":73244,\"season\":0}", &special));
    assert_false(excluded("{\"tvdb_id\":73244,\"season\":3}", &special));
}

static void keys_all_hold_and_items_are_alternatives(void **state UNUSED)
{
    static const struct matching cases[] = {
        {"{\"quality_profile\":\"HD-1080p\",\"tag\":\"kids\"}", true, false},
        {"{\"quality_profile\":\"HD-1080p\",\"tag\":\"no-upgrade\"}", false, false},
        {"{\"title\":\"The Office\",\"title_regex\":\"matrix\"}", false, false},
        {"{\"title\":\"The Office\",\"title_glob\":\"The*\",\"genre\":\"comedy\"}", true, false},
        {"{\"title\":\"Other\"},{\"title\":\"The Matrix\"}", false, true},
        {"{\"tag\":\"kids\"},{\"genre\":\"action\"}", true, true},
        {"{\"tag\":\"a\",\"genre\":\"drama\"},{\"tag\":\"kids\",\"genre\":\"b\"}", false, false},
    };
    assert_matching(cases, COUNT(cases));
}

/* What is unknown of an item matches nothing. */
static void unknown_facts_do_not_match(void **state UNUSED)
{
    struct item it = usual_episode();
    it.tvdb_id = it.tmdb_id = 0;
    it.imdb_id = it.tags = it.genres = it.quality_profile = "";
    assert_false(excluded("{\"tvdb_id\":73244}", &it));
    assert_false(excluded("{\"imdb_id\":\"tt0386676\"}", &it));
    assert_false(excluded("{\"tag\":\"kids\"}", &it));
    assert_false(excluded("{\"genre\":\"drama\"}", &it));
    assert_false(excluded("{\"quality_profile\":\"HD-1080p\"}", &it));
}

/* ---- folding, globs ---- */

/* A title is text, not a pattern. */
static void titles_fold_in_every_script(void **state UNUSED)
{
    static const struct {
        const char *match, *title;
        bool matches;
    } cases[] = {
        {"{\"title\":\"POKÉMON\"}", "Pokémon", true},
        {"{\"title\":\"pokémon\"}", "POKÉMON", true},
        {"{\"title\":\"pokemon\"}", "Pokémon", false},
        {"{\"title\":\"Pokémon\"}", "Pokémon: The Movie", false},
        {"{\"title\":\"Жизнь\"}", "ЖИЗНЬ", true},
        {"{\"title\":\"Ä (2010) [x]*?\"}", "ä (2010) [X]*?", true},
        {"{\"title\":\"Ä.b\"}", "ä-b", false},
        {"{\"title\":\"進撃の巨人\"}", "進撃の巨人", true},
        {"{\"title\":\"進撃の巨人\"}", "進撃", false},
        {"{\"title\":\"é \\\\E\"}", "é \\e", true},
        {"{\"title_glob\":\"pok?mon\"}", "POKÉMON", true},
        {"{\"title_glob\":\"жИ*\"}", "Жизнь", true},
        {"{\"title_regex\":\"^pokÉ\"}", "Pokémon", true},
        {"{\"title_glob\":\"Face*\"}", "Face/Off", true},
        {"{\"title_glob\":\"Face?Off\"}", "Face/Off", true},
        {"{\"title_glob\":\"[ab]x\"}", "Bx", true},
        {"{\"title_glob\":\"[!ab]x\"}", "Bx", false},
        {"{\"title_glob\":\"a.c\"}", "abc", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct item it = usual_episode();
        it.title = cases[i].title;
        if (excluded(cases[i].match, &it) != cases[i].matches)
            fail_msg("%s against '%s'", cases[i].match, cases[i].title);
    }
}

static void labels_fold_in_every_script(void **state UNUSED)
{
    struct item it = usual_episode();
    it.genres = "|Comédie|";
    it.tags = "|für-oma|";
    it.quality_profile = "Höchste";
    assert_true(excluded("{\"genre\":\"COMÉDIE\"}", &it));
    assert_true(excluded("{\"tag\":\"FÜR-OMA\"}", &it));
    assert_true(excluded("{\"quality_profile\":\"HÖCHSTE\"}", &it));
    assert_false(excluded("{\"genre\":\"COMÉDI\"}", &it));
}

/* ---- regexes that cost too much ---- */

/* (a+)+$ against a…ab tries 2^n ways: far over the 100,000 steps of base/re.h. */
static void a_regex_too_expensive_does_not_match_and_is_named(void **state UNUSED)
{
    utc_t until = 0;
    struct item it = usual_episode();
    struct config *c = tree_of("\"match\":[{\"title_regex\":\"^(a+)+$\"},{\"title\":\"Office\"}]");
    check(c);
    struct exclusions *x = exclusions_new(c, "sonarr-main", NOW, NULL, NULL);
    assert_null(exclusions_match(x, NULL, &it, &until));
    assert_null(exclusions_too_expensive(x, 0));
    it.title = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab";
    assert_null(exclusions_match(x, NULL, &it, &until));
    assert_string_equal(exclusions_too_expensive(x, 0), "x");
    assert_null(exclusions_too_expensive(x, 1));
    it.title = "office"; /* the other alternative still holds */
    assert_string_equal(exclusions_match(x, NULL, &it, &until), "x");
    assert_string_equal(exclusions_too_expensive(x, 0), "x");
    assert_null(exclusions_too_expensive(x, 1));
    exclusions_free(x);
    config_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_matches),
        cmocka_unit_test(seasons_and_episodes_narrow),
        cmocka_unit_test(keys_all_hold_and_items_are_alternatives),
        cmocka_unit_test(unknown_facts_do_not_match),
        cmocka_unit_test(titles_fold_in_every_script),
        cmocka_unit_test(labels_fold_in_every_script),
        cmocka_unit_test(a_regex_too_expensive_does_not_match_and_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
