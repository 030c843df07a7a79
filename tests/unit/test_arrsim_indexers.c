/* Indexers of the simulated servers: none that can be asked, and how long they rest after failures
 * (contract sections 5.5 and 6). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/str.h"
#include "unit/arrsim_fixture.h"

/* behaviour 9 */
static void without_indexers_it_still_says_completed(void **state)
{
    struct fixture *f = *state;
    sim_fill_wanted(f->tv, 1, 0);
    sim_set_release(f->tv, 1, START - 1);
    sim_set_indexers(f->tv, SIM_INDEXER_BLOCKED);
    json_int_t id = post_id(f->tv, "{\"name\":\"EpisodeSearch\",\"episodeIds\":[1]}");
    pass(f, SECONDS(1));
    status_is(f->tv, id, "completed", "successful");
    assert_int_equal(sim_item(f->tv, 1)->last_search, 0);
    ANSWER health = ask(f->tv, "/api/v3/health");
    assert_string_equal(jx_str(json_array_get(health.json, 0), "source"), "IndexerStatusCheck");
    assert_string_equal(jx_str(json_array_get(health.json, 0), "type"), "error");
    /* Indexers that fail are asked, so lastSearchTime moves; then they back off. */
    sim_set_indexers(f->tv, SIM_INDEXER_ERROR);
    post_id(f->tv, "{\"name\":\"EpisodeSearch\",\"episodeIds\":[1]}");
    pass(f, SECONDS(20));
    sim_advance(f->tv);
    assert_true(sim_item(f->tv, 1)->last_search > 0);
    assert_int_equal(sim_count_grabs(f->tv), 0);
    ANSWER soon = ask(f->tv, "/api/v3/health");
    assert_int_equal(json_array_size(soon.json), 3);
    sim_set_indexers(f->tv, SIM_INDEXER_UP);
    ANSWER fine = ask(f->tv, "/api/v3/health");
    assert_int_equal(json_array_size(fine.json), 0);
}

/* ---- 27: the ladder ---- */

/* How long all indexers rest after one more failure, to the minute; 0: they do not. */
static int rests_for(struct fixture *f, char target[64])
{
    search_for(f->tv, 1, target);
    pass(f, SECONDS(20));
    for (int minutes = 0; minutes <= 24 * 60 + 1; minutes++) {
        ANSWER a = ask(f->tv, "/api/v3/health");
        if (json_array_size(a.json) == 0)
            return minutes;
        pass(f, MINUTES(1));
    }
    return -1;
}

/* behaviour 27: 1, 5, 15, 30 minutes, 1, 3, 6, 12, 24 hours and no more; each success one level
 * down. Asked every minute, 20 s after: the last partial minute is not seen. */
static void indexers_rest_longer_each_time(void **state)
{
    static const int ladder[] = {1, 5, 15, 30, 60, 180, 360, 720, 1440, 1440};
    struct fixture *f = *state;
    char target[64];
    sim_fill_wanted(f->tv, 2, 0);
    sim_set_indexers(f->tv, SIM_INDEXER_ERROR);
    for (size_t i = 0; i < COUNT(ladder); i++)
        assert_int_equal(rests_for(f, target), ladder[i]);
    /* Nobody failed less than 6 hours ago: the other entry, and an error still. */
    search_for(f->tv, 1, target);
    pass(f, SECONDS(20));
    ANSWER a = ask(f->tv, "/api/v3/health");
    assert_string_equal(jx_str(json_array_get(a.json, 0), "source"), "IndexerLongTermStatusCheck");
    assert_string_equal(jx_str(json_array_get(a.json, 0), "type"), "error");
}

/* In its first quarter of an hour no rest is longer than five minutes. */
static void a_new_server_is_patient(void **state)
{
    struct fixture *f = *state;
    char target[64];
    sim_fill_wanted(f->tv, 1, 0);
    sim_set_indexers(f->tv, SIM_INDEXER_ERROR);
    sim_restart(f->tv, SECONDS(1));
    pass(f, SECONDS(5));
    assert_int_equal(rests_for(f, target), 1);
    assert_int_equal(rests_for(f, target), 5);
    assert_int_equal(rests_for(f, target), 5); /* began at 7 minutes; 15 else */
}

int main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(without_indexers_it_still_says_completed),
        TEST(indexers_rest_longer_each_time),
        TEST(a_new_server_is_patient),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
