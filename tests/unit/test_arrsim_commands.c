/* Commands of the simulated servers: what a search finds, what its workers do, packs. Numbers are
 * those of the contract with the servers, section 8. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"
#include "unit/arrsim_fixture.h"

/* ---- 7, 9, 13, 14: commands ---- */

static void a_search_finds_and_imports(void **state)
{
    struct fixture *f = *state;
    sim_fill_wanted(f->tv, 3, 0);
    sim_set_release(f->tv, 1, START - 1);
    sim_set_release(f->tv, 2, START + DAYS(50));
    assert_int_equal(wanted(f->tv), 3);
    json_int_t id = post_id(f->tv, "{\"name\":\"EpisodeSearch\",\"episodeIds\":[1]}");
    assert_int_equal(post_id(f->tv, "{\"name\":\"episodesearch\",\"episodeIds\":[1]}"), id);
    pass(f, SECONDS(1));
    status_is(f->tv, id, "started", "unknown");
    pass(f, SECONDS(20));
    status_is(f->tv, id, "completed", "successful");
    assert_int_not_equal(post_id(f->tv, "{\"name\":\"EpisodeSearch\",\"episodeIds\":[2]}"), id);
    pass(f, SECONDS(20));

    ANSWER grabs = ask(f->tv, "/api/v3/history/since?date=2026-11-22T00:00:00Z&eventType=1");
    assert_int_equal(json_array_size(grabs.json), 1);
    const json_t *row = json_array_get(grabs.json, 0);
    assert_int_equal(jx_int(row, "episodeId", 0), 1);
    assert_string_equal(jx_str(json_object_get(row, "data"), "releaseSource"), "UserInvokedSearch");
    assert_int_equal(jx_utc(sim_item(f->tv, 1) ? row : NULL, "date") % 1000, 0);
    assert_true(sim_item(f->tv, 2)->last_search > START);

    sim_behave(f->tv, "imports_fail", false);
    pass(f, HOURS(1));
    sim_advance(f->tv);
    assert_int_equal(sim_was_searched(f->tv, 2), 1);
    /* Imported, or failed and free again: either way no longer downloading. */
    assert_int_equal(sim_item(f->tv, 1)->download, 0);
    assert_int_equal(wanted(f->tv), 3 - sim_count_imports(f->tv));
}

static void sets_of_ids_are_equal(void **state)
{
    struct fixture *f = *state;
    sim_fill_lab(f->old_tv);
    json_int_t id = post_id(f->old_tv, "{\"name\":\"EpisodeSearch\",\"episodeIds\":[2,3]}");
    assert_int_equal(post_id(f->old_tv, "{\"name\":\"EpisodeSearch\",\"episodeIds\":[3,2]}"), id);
    pass(f, MINUTES(1));
    status_is(f->old_tv, id, "completed", NULL);
    assert_int_equal(sim_most_in_flight(f->old_tv), 1);
    sim_behave(f->old_tv, "duplicate_commands", false);
    json_int_t other = post_id(f->old_tv, "{\"name\":\"EpisodeSearch\",\"episodeIds\":[2]}");
    assert_int_not_equal(post_id(f->old_tv, "{\"name\":\"EpisodeSearch\",\"episodeIds\":[2]}"),
                         other);
}

/* behaviour 6, 13 and 14 */
static void three_workers(void **state)
{
    struct fixture *f = *state;
    char body[80];
    json_int_t ids[5];
    sim_fill_wanted(f->tv, 5, 0);
    sim_behave(f->tv, "never_ending_commands", true);
    for (int i = 0; i < 5; i++) {
        snprintf(body, sizeof body, "{\"name\":\"EpisodeSearch\",\"episodeIds\":[%d]}", i + 1);
        ids[i] = post_id(f->tv, body);
    }
    assert_int_equal(sim_most_in_flight(f->tv), 5);
    pass(f, HOURS(2));
    status_is(f->tv, ids[2], "started", "unknown");
    status_is(f->tv, ids[3], "queued", "unknown");
    char target[64];
    snprintf(target, sizeof target, "/api/v3/command/%d", (int)ids[4]);
    ANSWER cancel = ask_with(f->tv, "DELETE", target, "", SIM_KEY);
    assert_int_equal(cancel.status, 200);
    ANSWER again = ask_with(f->tv, "DELETE", target, "", SIM_KEY);
    assert_int_equal(again.status, 409);
    status_is(f->tv, ids[4], "queued", "unknown");

    /* 6, 13: refused, then starting, then new; started ones orphaned, the cancelled one runs. */
    sim_behave(f->tv, "never_ending_commands", false);
    sim_restart(f->tv, SECONDS(10));
    ANSWER down = ask(f->tv, "/api/v3/tag");
    assert_int_equal(down.wire, WIRE_RESET);
    pass(f, SECONDS(10) + 100);
    ANSWER starting = ask(f->tv, "/api/v3/tag");
    assert_int_equal(starting.status, 503);
    assert_non_null(jx_str(starting.json, "errorMessage"));
    pass(f, SECONDS(60));
    status_is(f->tv, ids[0], "orphaned", "unknown");
    status_is(f->tv, ids[3], "completed", "successful");
    status_is(f->tv, ids[4], "completed", "successful");
    ANSWER status = ask(f->tv, "/api/v3/system/status");
    assert_int_equal(jx_utc(status.json, "startTime"), START + HOURS(2) + SECONDS(10));
}

static void cannot_cancel(struct sim *s, const char *target)
{
    ANSWER a = ask_with(s, "DELETE", target, "", SIM_KEY);
    if (a.status != 409 || !str_eq(jx_str(a.json, "message"), "Unable to cancel task"))
        fail_msg("%s: %d %s", target, a.status, a.text);
}

static void is_no_id(struct sim *s, const char *target)
{
    ANSWER a = ask_with(s, "DELETE", target, "", SIM_KEY);
    if (a.status != 400 || !jx_str(a.json, "message") || !jx_str(a.json, "content"))
        fail_msg("%s: %d %s", target, a.status, a.text);
}

static bool lists(struct sim *s, json_int_t id)
{
    ANSWER list = ask(s, "/api/v3/command");
    for (size_t i = 0; i < json_array_size(list.json); i++)
        if (jx_int(json_array_get(list.json, i), "id", 0) == id)
            return true;
    return false;
}

static void only_what_is_queued_is_cancelled(struct fixture *f, struct sim *s, const char *done)
{
    char started[64], queued[64];
    sim_fill_wanted(s, 4, 0);
    sim_behave(s, "never_ending_commands", true);
    for (int item = 1; item <= 3; item++)
        search_for(s, item, started);
    json_int_t last = search_for(s, 4, queued);
    pass(f, MINUTES(1));
    cannot_cancel(s, started);
    assert_true(lists(s, last));
    ANSWER a = ask_with(s, "DELETE", queued, "", SIM_KEY);
    assert_int_equal(a.status, 200);
    assert_string_equal(a.text, done);
    cannot_cancel(s, queued);
    cannot_cancel(s, "/api/v3/command/999");
    is_no_id(s, "/api/v3/command/0");
    is_no_id(s, "/api/v3/command/-4");
    /* It is gone from the list and never runs; asked for by its id it is queued for ever. */
    assert_false(lists(s, last));
    pass(f, HOURS(2));
    status_is(s, last, "queued", s == f->old_tv ? NULL : "unknown");
    assert_int_equal(sim_was_searched(s, 4), 0);
}

/* behaviour 16 */
static void cancelling(void **state)
{
    struct fixture *f = *state;
    only_what_is_queued_is_cancelled(f, f->tv, "");
    only_what_is_queued_is_cancelled(f, f->old_tv, "{}");
}

/* behaviour 11 */
static void bad_ids_fail_late(void **state)
{
    struct fixture *f = *state;
    sim_fill_wanted(f->tv, 2, 0);
    sim_set_release(f->tv, 1, START - 1);
    json_int_t id = post_id(f->tv, "{\"name\":\"EpisodeSearch\",\"episodeIds\":[1,999,2]}");
    pass(f, MINUTES(2));
    status_is(f->tv, id, "failed", "unknown");
    assert_int_equal(sim_was_searched(f->tv, 1), 1);
    assert_int_equal(sim_was_searched(f->tv, 2), 0);
    assert_int_equal(sim_count_grabs(f->tv), 1);
}

static void message_is(struct sim *s, json_int_t id, const char *message)
{
    char target[64];
    snprintf(target, sizeof target, "/api/v3/command/%d", (int)id);
    ANSWER a = ask(s, target);
    if (!str_eq(jx_str(a.json, "message"), message))
        fail_msg("%s", a.text);
}

/* behaviour 11: two are grabbed; of episodes the last one is counted, of movies both. */
static void messages_count_the_last(void **state)
{
    struct fixture *f = *state;
    struct sim *all[] = {f->tv, f->film, f->old_tv};
    for (size_t i = 0; i < COUNT(all); i++) {
        sim_fill_wanted(all[i], 2, 0);
        sim_set_release(all[i], 1, START - 1);
        sim_set_release(all[i], 2, START - 1);
    }
    json_int_t tv = post_id(f->tv, "{\"name\":\"EpisodeSearch\",\"episodeIds\":[1,2]}");
    json_int_t film = post_id(f->film, "{\"name\":\"MoviesSearch\",\"movieIds\":[1,2]}");
    json_int_t old = post_id(f->old_tv, "{\"name\":\"EpisodeSearch\",\"episodeIds\":[1,2]}");
    pass(f, MINUTES(1));
    message_is(f->tv, tv, "Episode search completed. 1 reports downloaded.");
    message_is(f->film, film, "Completed search for 2 movies. 2 reports downloaded.");
    message_is(f->old_tv, old, "Completed"); /* behaviour 10 */
    assert_int_equal(sim_count_grabs(f->tv), 2);
    /* Ended is not told: five minutes later neither message nor result are left. */
    pass(f, MINUTES(6));
    status_is(f->tv, tv, "completed", "unknown");
    ANSWER late = ask(f->tv, "/api/v3/command/1");
    assert_null(jx_str(late.json, "message"));
}

/* behaviour 11 and 32: new Radarr looks for all of them first, the old one stops midway; an id
 * twice is as bad as one that is gone. */
static void bad_movies_fail_early_or_late(void **state)
{
    struct fixture *f = *state;
    sim_fill_wanted(f->film, 3, 0);
    sim_fill_wanted(f->old_film, 3, 0);
    json_int_t gone = post_id(f->film, "{\"name\":\"MoviesSearch\",\"movieIds\":[1,77]}");
    json_int_t twice = post_id(f->film, "{\"name\":\"MoviesSearch\",\"movieIds\":[2,2]}");
    json_int_t old = post_id(f->old_film, "{\"name\":\"MoviesSearch\",\"movieIds\":[1,77,3]}");
    pass(f, MINUTES(2));
    status_is(f->film, gone, "failed", "unknown");
    status_is(f->film, twice, "failed", "unknown");
    status_is(f->old_film, old, "failed", NULL);
    assert_int_equal(sim_was_searched(f->film, 1) + sim_was_searched(f->film, 2), 0);
    assert_int_equal(sim_was_searched(f->old_film, 1), 1);
    assert_int_equal(sim_was_searched(f->old_film, 3), 0);
}

/* behaviour 14: of two that wait for a worker the important one goes first, though it came last. */
static void the_important_overtake(void **state)
{
    struct fixture *f = *state;
    sim_fill_wanted(f->tv, 4, 0);
    sim_behave(f->tv, "never_ending_commands", true);
    char target[64];
    for (int item = 1; item <= 3; item++)
        search_for(f->tv, item, target);
    pass(f, SECONDS(10));
    json_int_t waiting = search_for(f->tv, 4, target);
    pass(f, SECONDS(10));
    ANSWER now = ask(f->tv, "/api/v3/command/1");
    assert_int_equal(now.status, 200);
    struct command high = {.type = command_type_of(SIM_SONARR, "RefreshMonitoredDownloads"),
                           .priority = 2,
                           .trigger = "scheduled"};
    int overtaker = command_post(f->tv, &high)->id;
    command_done(&high);
    /* One of the three ends: a worker is free. */
    f->tv->commands.at[0].step_end = f->tv->now + SECONDS(1);
    pass(f, SECONDS(2));
    status_is(f->tv, overtaker, "completed", "successful");
    ANSWER a = ask(f->tv, target);
    assert_true(jx_utc(a.json, "started") == 0 ||
                jx_utc(a.json, "started") >= f->tv->commands.at[overtaker - 1].ended / 1000 * 1000);
    assert_int_equal(jx_int(a.json, "id", 0), waiting);
}

/* behaviour 24 */
static void seasons_take_their_time(void **state)
{
    struct fixture *f = *state;
    sim_fill_edges(f->tv);
    int daily = 13, big = sim_item(f->tv, 21)->title; /* as in fill_edges.c: 20 episodes a season */
    char target[64], body[100];
    json_int_t id = search_for(f->tv, daily, target);
    pass(f, MINUTES(1));
    status_is(f->tv, id, "failed", "unknown");
    ANSWER a = ask(f->tv, target);
    assert_non_null(strstr(jx_str(a.json, "exception"), "Air date is missing"));
    snprintf(body, sizeof body, "{\"name\":\"SeasonSearch\",\"seriesId\":%d,\"seasonNumber\":1}",
             big);
    /* One query: at most 15 s. An anime's: one, and 2 s for each of 20 besides. */
    json_int_t plain = post_id(f->tv, body);
    pass(f, SECONDS(16));
    status_is(f->tv, plain, "completed", "successful");
    sim_title(f->tv, big)->type = SIM_ANIME;
    json_int_t slow = post_id(f->tv, body);
    pass(f, SECONDS(41));
    status_is(f->tv, slow, "started", "unknown");
    pass(f, SECONDS(16));
    status_is(f->tv, slow, "completed", "successful");
}

/* behaviour 13 and 12: what a restart leaves of a command that had ended is that it ended. */
static void a_restart_forgets(void **state)
{
    struct fixture *f = *state;
    sim_fill_wanted(f->tv, 1, 0);
    json_int_t id = post_id(f->tv, "{\"name\":\"EpisodeSearch\",\"episodeIds\":[1]}");
    pass(f, SECONDS(30));
    status_is(f->tv, id, "completed", "successful");
    assert_true(lists(f->tv, id));
    sim_restart(f->tv, SECONDS(5));
    pass(f, SECONDS(10));
    status_is(f->tv, id, "completed", "unknown");
    assert_false(lists(f->tv, id));
}

static void commands_are_forgotten(void **state)
{
    struct fixture *f = *state;
    sim_fill_wanted(f->tv, 1, 0);
    json_int_t id = post_id(f->tv, "{\"name\":\"EpisodeSearch\",\"episodeIds\":[1]}");
    pass(f, MINUTES(11));
    status_is(f->tv, id, "completed", "unknown");
    pass(f, HOURS(25));
    ANSWER gone = ask(f->tv, "/api/v3/command/1");
    assert_int_equal(gone.status, 404);
}

/* ---- 26: packs ---- */

/* behaviour 26 */
static void a_pack_is_many_rows_of_one_download(void **state)
{
    struct fixture *f = *state;
    sim_fill_wanted(f->tv, 3, 0);
    sim_grab(f->tv, (const int[]){1, 2, 3}, 3);
    /* In history at once, in the queue 5 to 90 s later. */
    pass(f, SECONDS(4));
    ANSWER early = ask(f->tv, "/api/v3/queue");
    assert_int_equal(jx_int(early.json, "totalRecords", -1), 0);
    ANSWER known = ask(f->tv, "/api/v3/history?eventType=1");
    assert_int_equal(jx_int(known.json, "totalRecords", -1), 3);
    pass(f, SECONDS(91));
    ANSWER queue = ask(f->tv, "/api/v3/queue/details?seriesId=1");
    assert_int_equal(json_array_size(queue.json), 3);
    const char *first = jx_str(json_array_get(queue.json, 0), "downloadId");
    assert_string_equal(first, jx_str(json_array_get(queue.json, 2), "downloadId"));
    int64_t one = jx_int(json_array_get(queue.json, 0), "id", 0),
            two = jx_int(json_array_get(queue.json, 1), "id", 0);
    assert_true(one > 0 && one <= INT32_MAX && two != one && two != one + 1); /* hashes */
    ANSWER history = ask(f->tv, "/api/v3/history?eventType=1");
    assert_int_equal(jx_int(history.json, "totalRecords", 0), 3);
    ANSWER ignored = ask(f->tv, "/api/v3/queue?seriesId=77");
    assert_int_equal(jx_int(ignored.json, "totalRecords", 0), 3);
}

int main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_search_finds_and_imports),
        TEST(sets_of_ids_are_equal),
        TEST(three_workers),
        TEST(cancelling),
        TEST(bad_ids_fail_late),
        TEST(commands_are_forgotten),
        TEST(messages_count_the_last),
        TEST(bad_movies_fail_early_or_late),
        TEST(the_important_overtake),
        TEST(seasons_take_their_time),
        TEST(a_restart_forgets),
        TEST(a_pack_is_many_rows_of_one_download),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
