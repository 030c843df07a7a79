/* A queue's filters, one table: which of the usual episode (2005, ended, HD-1080p, kids and anime,
 * Comedy and Drama, standard, monitored) passes. Config page, section 6: nothing given means
 * everything, one of a list suffices, labels compare case-insensitively. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "search/filter.h"
#include "unit/search_items.h"

#define WORDS(...)                                                                                 \
    {                                                                                              \
        .at = (const char *[]){__VA_ARGS__},                                                       \
        .n = sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)                                \
    }

static void each_filter_refuses_alone(void **state UNUSED)
{
    const struct {
        struct filters f;
        const char *refused_by; /* NULL: passes */
    } cases[] = {
        {{.monitored = TRI_UNSET}, NULL},
        {{.years = {2005, 2005}}, NULL},
        {{.years = {1990, 2004}}, "years"},
        {{.years = {2006, 2020}}, "years"},
        {{.status = {.bits = 1 << STATUS_ENDED}}, NULL},
        {{.status = {.bits = 1 << STATUS_UPCOMING | 1 << STATUS_ENDED}}, NULL},
        {{.status = {.bits = 1 << STATUS_CONTINUING}}, "status"},
        {{.quality_profiles = WORDS("SD", "hd-1080P")}, NULL},
        {{.quality_profiles = WORDS("SD", "HD")}, "quality_profiles"},
        {{.tags = WORDS("other", "Anime")}, NULL},
        {{.tags = WORDS("kids")}, NULL},
        {{.tags = WORDS("ani", "nime", "kid")}, "tags"},
        {{.genres = WORDS("DRAMA")}, NULL},
        {{.genres = WORDS("Crime")}, "genres"},
        {{.genres = WORDS("Comedy|Drama")}, "genres"},
        {{.series_type = {.bits = 1 << SERIES_TYPE_STANDARD}}, NULL},
        {{.series_type = {.bits = 1 << SERIES_TYPE_ANIME}}, "series_type"},
        {{.monitored = TRI_TRUE}, NULL},
        {{.monitored = TRI_FALSE}, "monitored"},
        {{.tags = WORDS("kids"), .genres = WORDS("Crime")}, "genres"},
    };
    const struct item it = usual_episode();
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *name = filter_refuses(&cases[i].f, &it);
        if (!cases[i].refused_by)
            assert_null(name);
        else
            assert_string_equal(name ? name : "none", cases[i].refused_by);
    }
}

/* What is unknown passes no filter that asks for it. */
static void unknown_facts_do_not_pass(void **state UNUSED)
{
    struct item it = usual_movie();
    it.year = 0;
    it.genres = it.quality_profile = "";
    assert_string_equal(filter_refuses(&(struct filters){.years = {1990, 2020}}, &it), "years");
    assert_string_equal(filter_refuses(&(struct filters){.genres = WORDS("Action")}, &it),
                        "genres");
    assert_string_equal(filter_refuses(&(struct filters){.tags = WORDS("kids")}, &it), "tags");
    assert_string_equal(
        filter_refuses(&(struct filters){.series_type = {.bits = 1 << SERIES_TYPE_STANDARD}}, &it),
        "series_type"); /* a movie is of no type */
}

static void lists_are_folded_in_every_script(void **state UNUSED)
{
    assert_true(bar_list_has("|Kom\xC3\xB6"
                             "die|Krimi|",
                             "KOM\xC3\x96"
                             "DIE"));
    assert_true(bar_list_has("|a|b|", "B"));
    assert_false(bar_list_has("|a|b|", "c"));
    assert_false(bar_list_has("|a|b|", ""));
    assert_false(bar_list_has("", "a"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_filter_refuses_alone),
        cmocka_unit_test(unknown_facts_do_not_pass),
        cmocka_unit_test(lists_are_folded_in_every_script),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
