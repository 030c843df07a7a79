/* Whole seasons in the store: which lack enough, what is read of one, and what the verdict of its
 * search does to its episodes. */
#include "unit/store_library.h"

#include "store/grabs.h"

/* Series 1 lacks 3 of 4 episodes, series 2 lacks one of 4, series 3 has one still to air; two weeks
 * of ids apart. */
static void add_library(struct state *t)
{
    struct library_counts counts;
    int64_t g = begin(t, "tv");
    for (int64_t id = 1; id <= 3; id++) {
        struct title x = series(id, "f");
        OK(t, see_title(t->store, "tv", g, &x, &t->e));
        for (int n = 1; n <= 4; n++) {
            struct item it = episode(id * 10 + n, &x, n);
            it.aired = NOON - DAYS(30) + DAYS(7) * (4 - n); /* the first one last */
            it.has_file = id == 2 ? n > 1 : n == 4;
            if (id == 3 && n == 1)
                it.aired = NOON + DAYS(1);
            OK(t, item_put(t->store, "tv", g, &it, &t->e));
        }
        OK(t, title_fetched(t->store, "tv", g, id, NOON, &t->e));
    }
    OK(t, library_end(t->store, "tv", g, NOON, &counts, &t->e));
}

static void write_season(struct buf *b, int64_t title, int season)
{
    buf_printf(b, "%d/%d ", (int)title, season);
}

static void on_season(void *ctx, int64_t title, int season)
{
    write_season(ctx, title, season);
}

static void assert_lacking(struct state *t, int64_t after, int64_t last, int64_t missing,
                           double ratio, utc_t now, const char *expected)
{
    CLEANUP(buf_done) struct buf b;
    const struct lacking wish = {.min_missing = missing, .min_ratio = ratio, .now = now};
    buf_init(&b, 1000);
    OK(t, seasons_lacking(t->store, "tv", after, last, &wish, on_season, &b, &t->e));
    assert_string_equal(b.at, expected);
}

static void seasons_that_lack_enough(void **state)
{
    struct state *t = *state;
    add_library(t);
    assert_lacking(t, 0, INT64_MAX, 3, .5, NOON, "1/1 ");
    assert_lacking(t, 0, INT64_MAX, 3, .75, NOON, "1/1 ");
    assert_lacking(t, 0, INT64_MAX, 3, .76, NOON, "");
    assert_lacking(t, 0, INT64_MAX, 4, .5, NOON, "");
    assert_lacking(t, 0, INT64_MAX, 1, .25, NOON, "1/1 2/1 ");
    assert_lacking(t, 1, INT64_MAX, 1, .25, NOON, "2/1 ");
    assert_lacking(t, 0, 1, 1, .25, NOON, "1/1 ");
    assert_lacking(t, 0, INT64_MAX, 3, .5, NOON + DAYS(1), "1/1 3/1 ");
}

static void one_unmonitored_episode_is_enough(void **state)
{
    struct state *t = *state;
    add_library(t);
    struct title x = series(1, "f");
    struct item it = episode(14, &x, 4);
    it.has_file = true;
    it.is_monitored = false;
    OK(t, item_put(t->store, "tv", 1, &it, &t->e));
    assert_lacking(t, 0, INT64_MAX, 3, .5, NOON, "");
}

static void pages_of_series(void **state)
{
    struct state *t = *state;
    int64_t last = 0;
    add_library(t);
    OK(t, titles_page(t->store, "tv", 0, 2, &last, &t->e));
    assert_int_equal(last, 2);
    OK(t, titles_page(t->store, "tv", 2, 2, &last, &t->e));
    assert_true(last == INT64_MAX);
}

static struct item_memory season_memory(struct state *t, struct buf *b)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct item_memory m;
    OK(t, season_read(t->store, "tv", 1, 1, arena, write_candidate, b, &m, &t->e));
    return m;
}

static void a_season_is_read_in_order_of_airing(void **state)
{
    struct state *t = *state;
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 1000);
    add_library(t);
    assert_int_equal(season_memory(t, &b).searched, 0);
    assert_string_equal(b.at, "14:S1E4 13:S1E3 12:S1E2 11:S1E1 ");
}

/* ---- searches of it ---- */

static const struct covered both[] = {{11, "tvdb:1001/1/1", 1, true, false, NULL},
                                      {12, "tvdb:1001/1/2", 2, true, false, NULL}};

static struct attempt intent(bool falls_back)
{
    return (struct attempt){.queue = "q",
                            .instance = "tv",
                            .strategy = "missing",
                            .kind = ITEM_EPISODE,
                            .title_id = 1,
                            .identity = "tvdb:1001:s01",
                            .title = "Show S01 (pack of 4)",
                            .season = 1,
                            .episode = WHOLE_SEASON,
                            .intended = NOON,
                            .server_date = NOON,
                            .message = "",
                            .cost = 1,
                            .falls_back = falls_back,
                            .covered = both,
                            .n_covered = COUNT(both)};
}

static int64_t searched(struct state *t, bool falls_back, enum verdict verdict)
{
    static const char *const downloads[] = {"PACK"};
    bool is_done = false;
    struct attempt a = intent(falls_back);
    OK(t, attempt_add(t->store, &a, &a.id, &t->e));
    a.ended = NOON + SECONDS(30);
    a.judged = NOON + SECONDS(40);
    a.verdict = verdict;
    a.grabs = verdict == VERDICT_GRABBED;
    a.downloads = downloads;
    a.n_downloads = 1;
    OK(t, attempt_judge(t->store, &a, &is_done, &t->e));
    assert_true(is_done);
    return a.id;
}

static struct item_memory memory_of_episode(struct state *t, int64_t id)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct item it;
    struct item_memory m = {0};
    bool is_found = false;
    OK(t, item_find(t->store, "tv", ITEM_EPISODE, id, arena, &it, &m, &is_found, &t->e));
    assert_true(is_found);
    return m;
}

static void an_open_search_is_one_of_all(void **state)
{
    struct state *t = *state;
    CLEANUP(buf_done) struct buf b;
    struct attempt a = intent(true);
    buf_init(&b, 1000);
    add_library(t);
    OK(t, attempt_add(t->store, &a, &a.id, &t->e));
    assert_true(season_memory(t, &b).is_open);
    assert_string_equal(b.at, "14:S1E4! 13:S1E3! 12:S1E2! 11:S1E1! ");
    assert_false(memory_of_episode(t, 21).is_open);
}

static void a_find_lets_the_episodes_rest(void **state)
{
    struct state *t = *state;
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 1000);
    add_library(t);
    searched(t, true, VERDICT_GRABBED);
    struct item_memory whole = season_memory(t, &b);
    assert_int_equal(whole.searched, NOON);
    assert_int_equal(whole.last, VERDICT_GRABBED);
    assert_int_equal(whole.n_grabs, 1);
    assert_int_equal(memory_of_episode(t, 11).searched, NOON);
    assert_int_equal(memory_of_episode(t, 12).searched, NOON);
    assert_int_equal(memory_of_episode(t, 12).n_searches, 0);
    assert_int_equal(memory_of_episode(t, 13).searched, 0); /* not covered */
}

/* They may follow at once; what the server noted at the end of the pack is not theirs. */
static void in_vain_they_follow(void **state)
{
    struct state *t = *state;
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 1000);
    add_library(t);
    searched(t, true, VERDICT_NOTHING);
    assert_int_equal(season_memory(t, &b).n_nothing, 1);
    assert_int_equal(memory_of_episode(t, 11).searched, 0);
    assert_int_equal(memory_of_episode(t, 11).uncounted, NOON + SECONDS(30));
    assert_int_equal(memory_of_episode(t, 13).uncounted, 0);
}

static void in_vain_without_fallback_they_rest(void **state)
{
    struct state *t = *state;
    add_library(t);
    searched(t, false, VERDICT_NOTHING);
    assert_int_equal(memory_of_episode(t, 11).searched, NOON);
    assert_int_equal(memory_of_episode(t, 11).uncounted, 0);
}

static void who_asked_nobody_leaves_them_alone(void **state)
{
    struct state *t = *state;
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 1000);
    add_library(t);
    searched(t, false, VERDICT_NO_INDEXERS);
    assert_int_equal(season_memory(t, &b).n_soft_failures, 1);
    assert_int_equal(memory_of_episode(t, 11).searched, 0);
}

/* Undone with the verdict, but not where a search came between. */
static void judged_again_the_rest_is_undone(void **state)
{
    struct state *t = *state;
    add_library(t);
    int64_t id = searched(t, false, VERDICT_NOTHING);
    struct attempt later = intent(false);
    bool is_done = false;
    later.identity = both[1].identity;
    later.item_id = both[1].item_id;
    later.episode = 2;
    later.n_covered = 0;
    later.intended = NOON + MINUTES(5);
    OK(t, attempt_add(t->store, &later, &later.id, &t->e));
    later.verdict = VERDICT_UNKNOWN;
    later.judged = NOON + MINUTES(6);
    OK(t, attempt_judge(t->store, &later, &is_done, &t->e));
    OK(t, attempt_rejudge(t->store, id, VERDICT_NO_INDEXERS, &t->e));
    assert_int_equal(memory_of_episode(t, 11).searched, 0);
    assert_int_equal(memory_of_episode(t, 12).searched, NOON + MINUTES(5));
}

static void any_episode_tells_the_end_of_the_download(void **state)
{
    struct state *t = *state;
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct grab_end end = {.kind = ITEM_EPISODE,
                           .item_id = 13,
                           .download = "PACK",
                           .became = GRAB_IMPORTED,
                           .at = NOON};
    struct attempt a = {0};
    bool is_found = true;
    add_library(t);
    int64_t id = searched(t, true, VERDICT_GRABBED);
    OK(t, grab_ended(t->store, "tv", &end, arena, &a, &is_found, &t->e));
    assert_false(is_found); /* not one of those it was about */
    end.item_id = 12;
    OK(t, grab_ended(t->store, "tv", &end, arena, &a, &is_found, &t->e));
    assert_true(is_found);
    assert_int_equal(a.id, id);
    assert_int_equal(a.episode, WHOLE_SEASON);
}

/* ---- some of it was found ---- */

enum { WEEK_H = 24 * 7 };

/* Found: episode 1 of two that were lacking. */
static int64_t found_in_part(struct state *t, bool falls_back, utc_t when, const char *download)
{
    const struct covered found[] = {{11, "tvdb:1001/1/1", 1, true, true, NULL},
                                    {12, "tvdb:1001/1/2", 2, true, false, NULL}};
    const char *downloads[] = {download};
    bool is_done = false;
    struct attempt a = intent(falls_back);
    a.covered = found;
    a.intended = when;
    OK(t, attempt_add(t->store, &a, &a.id, &t->e));
    a.ended = when + SECONDS(30);
    a.judged = when + SECONDS(40);
    a.verdict = VERDICT_GRABBED;
    a.is_partial = true;
    a.grabs = 1;
    a.downloads = downloads;
    a.n_downloads = 1;
    OK(t, attempt_judge(t->store, &a, &is_done, &t->e));
    return a.id;
}

static void a_find_in_part_is_one_of_the_episode(void **state)
{
    struct state *t = *state;
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 1000);
    add_library(t);
    found_in_part(t, true, NOON, "ONE");
    struct item_memory whole = season_memory(t, &b), first = memory_of_episode(t, 11),
                       second = memory_of_episode(t, 12);
    assert_int_equal(whole.last, VERDICT_NOTHING);
    assert_int_equal(whole.n_nothing, 1);
    assert_int_equal(whole.n_grabs, 0);
    assert_int_equal(whole.n_searches, 1);
    assert_int_equal(first.last, VERDICT_GRABBED);
    assert_int_equal(first.n_grabs, 1);
    assert_int_equal(first.searched, NOON);
    assert_int_equal(first.grabbed, NOON);
    assert_int_equal(first.uncounted, 0);
    assert_int_equal(second.searched, 0);
    assert_int_equal(second.n_grabs, 0);
    assert_int_equal(second.uncounted, NOON + SECONDS(30));
}

static void without_fallback_the_others_rest(void **state)
{
    struct state *t = *state;
    add_library(t);
    found_in_part(t, false, NOON, "ONE");
    assert_int_equal(memory_of_episode(t, 11).last, VERDICT_GRABBED);
    assert_int_equal(memory_of_episode(t, 12).searched, NOON);
    assert_int_equal(memory_of_episode(t, 12).uncounted, 0);
}

/* Three of the same episode in a week; its import ends that, one of another does not. */
static void finds_in_part_are_counted_until_the_import(void **state)
{
    struct state *t = *state;
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 1000);
    struct grab_end end = {.kind = ITEM_EPISODE,
                           .item_id = 11,
                           .download = "THREE",
                           .became = GRAB_IMPORTED,
                           .at = NOON + DAYS(3)};
    struct attempt a = {0};
    bool is_found = false;
    add_library(t);
    found_in_part(t, true, NOON - HOURS(WEEK_H), "LONG AGO");
    found_in_part(t, true, NOON, "ONE");
    found_in_part(t, true, NOON + DAYS(1), "TWO");
    assert_int_equal(memory_of_episode(t, 11).n_grabs, 2);
    int64_t id = found_in_part(t, true, NOON + DAYS(2), "THREE");
    assert_int_equal(memory_of_episode(t, 11).n_grabs, 3);
    OK(t, grab_ended(t->store, "tv", &end, arena, &a, &is_found, &t->e));
    assert_true(is_found);
    assert_int_equal(a.id, id);
    assert_int_equal(a.episode, 1);
    assert_int_equal(a.item_id, 11);
    assert_string_equal(a.identity, "tvdb:1001/1/1");
    assert_int_equal(memory_of_episode(t, 11).n_grabs, 0);
    assert_int_equal(season_memory(t, &b).n_nothing, 4); /* as a whole it was not found */
}

/* However many releases a season came in, it was grabbed once. */
static void a_whole_season_in_pieces_is_one_grab(void **state)
{
    struct state *t = *state;
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 1000);
    add_library(t);
    struct attempt a = intent(true);
    bool is_done = false;
    OK(t, attempt_add(t->store, &a, &a.id, &t->e));
    a.judged = NOON;
    a.verdict = VERDICT_GRABBED;
    a.grabs = 4;
    OK(t, attempt_judge(t->store, &a, &is_done, &t->e));
    assert_int_equal(season_memory(t, &b).n_grabs, 1);
}

static void write_covered(void *ctx, const struct covered *c)
{
    buf_printf(ctx, "%d %s;", (int)c->item_id, c->identity);
}

static void what_it_is_about_survives(void **state)
{
    struct state *t = *state;
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, 1000);
    struct attempt a = intent(true);
    add_library(t);
    OK(t, attempt_add(t->store, &a, &a.id, &t->e));
    OK(t, covered_each(t->store, a.id, write_covered, &b, &t->e));
    assert_string_equal(b.at, "11 tvdb:1001/1/1;12 tvdb:1001/1/2;");
}

int main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, store_setup_open, state_teardown)
    const struct CMUnitTest tests[] = {
        TEST(seasons_that_lack_enough),
        TEST(one_unmonitored_episode_is_enough),
        TEST(pages_of_series),
        TEST(a_season_is_read_in_order_of_airing),
        TEST(an_open_search_is_one_of_all),
        TEST(a_find_lets_the_episodes_rest),
        TEST(in_vain_they_follow),
        TEST(in_vain_without_fallback_they_rest),
        TEST(a_find_in_part_is_one_of_the_episode),
        TEST(without_fallback_the_others_rest),
        TEST(finds_in_part_are_counted_until_the_import),
        TEST(a_whole_season_in_pieces_is_one_grab),
        TEST(who_asked_nobody_leaves_them_alone),
        TEST(judged_again_the_rest_is_undone),
        TEST(any_episode_tells_the_end_of_the_download),
        TEST(what_it_is_about_survives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
