/* Identities, labels and release dates: expected values are the examples of model/item.h and the
 * rules of the engine page, section 2. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "model/item.h"

static const struct item episode = {.kind = ITEM_EPISODE,
                                    .id = 4711,
                                    .tvdb_id = 73244,
                                    .season = 3,
                                    .episode = 7,
                                    .title = "Severance",
                                    .episode_title = "Chikhai Bardo"};
static const struct item movie = {.kind = ITEM_MOVIE,
                                  .id = 12,
                                  .tmdb_id = 603,
                                  .season = -1,
                                  .episode = -1,
                                  .title = "Dune",
                                  .episode_title = "",
                                  .year = 2021};

static void identities_are_portable(void **state UNUSED)
{
    char text[ITEM_IDENTITY];
    struct item unknown = episode, other = movie;
    unknown.tvdb_id = other.tmdb_id = 0;
    assert_string_equal(item_identity(&episode, text), "tvdb:73244/3/7");
    assert_string_equal(item_identity(&movie, text), "tmdb:603");
    assert_string_equal(item_identity(&unknown, text), "id:4711");
    assert_string_equal(item_identity(&other, text), "id:12");
}

static void labels_are_for_people(void **state UNUSED)
{
    char text[ITEM_TITLE];
    struct item it = movie, untitled = episode;
    untitled.episode_title = "";
    untitled.season = 2;
    assert_string_equal(item_label(&episode, text), "Severance S03E07 Chikhai Bardo");
    assert_string_equal(item_label(&untitled, text), "Severance S02E07");
    assert_string_equal(item_label(&it, text), "Dune (2021)");
    it.year = 0;
    assert_string_equal(item_label(&it, text), "Dune");
}

/* 149 two-byte characters and the byte that ITEM_TITLE - 1 = 299 leaves are cut to 298 bytes. */
static void a_cut_keeps_characters_whole(void **state UNUSED)
{
    char text[ITEM_TITLE], title[401] = "";
    struct item it = movie;
    for (size_t i = 0; i < 400; i += 2)
        memcpy(title + i, "\xc3\xa9", 2);
    it.title = title;
    assert_int_equal(strlen(item_label(&it, text)), 298);
    assert_true(str_is_utf8(text, 298));
}

static void addresses_name_the_instance(void **state UNUSED)
{
    char text[ITEM_ADDRESS];
    assert_string_equal(item_address(&episode, "sonarr-main", text), "episode/sonarr-main/4711");
    assert_string_equal(item_address(&movie, "radarr-main", text), "movie/radarr-main/12");
}

static void releases(void **state UNUSED)
{
    const struct {
        utc_t cinemas, digital, physical, expected;
    } rows[] = {
        {0, 0, 0, 0},          {1000, 0, 0, 1000 + DAYS(90)},
        {1000, 7000, 0, 7000}, {1000, 7000, 6000, 6000},
        {0, 0, 6000, 6000},
    };
    struct item it = movie, ep = episode;
    for (size_t i = 0; i < COUNT(rows); i++) {
        it.in_cinemas = rows[i].cinemas;
        it.digital = rows[i].digital;
        it.physical = rows[i].physical;
        assert_int_equal(item_released(&it), rows[i].expected);
    }
    assert_int_equal(item_released(&ep), 0);
    ep.aired = 5;
    assert_int_equal(item_released(&ep), 5);
}

static void a_special_costs_a_query_for_each_title(void **state UNUSED)
{
    assert_int_equal(item_search_cost(&(struct item){.kind = ITEM_MOVIE, .season = -1}), 1);
    assert_int_equal(item_search_cost(&(struct item){.season = 2, .n_titles = 3}), 1);
    assert_int_equal(item_search_cost(&(struct item){.season = 0, .n_titles = 3}), 4);
    assert_int_equal(item_search_cost(&(struct item){.season = 0}), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(identities_are_portable),
        cmocka_unit_test(labels_are_for_people),
        cmocka_unit_test(a_cut_keeps_characters_whole),
        cmocka_unit_test(addresses_name_the_instance),
        cmocka_unit_test(releases),
        cmocka_unit_test(a_special_costs_a_query_for_each_title),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
