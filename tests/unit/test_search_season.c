/* Seasons searched whole: when, for how much, and what waits for them. Expected values follow from
 * the engine page (section 3) by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "search/season.h"
#include "unit/search_items.h"
#include "unit/search_tree.h"

enum { EPISODES = 8, MOST = 12 };

struct fixture {
    struct season_packs wish;
    struct queue queue;
    struct query query;
    struct item items[MOST];
    struct item_memory memories[MOST], whole;
    int n;
};

/* Eight weekly episodes of an ended series, the last one ten days ago; the last four are missing.
 */
static int setup(void **state)
{
    struct fixture *f = NEW(struct fixture);
    f->wish = (struct season_packs){.min_missing = 3, .min_ratio = .5, .ended_only = true};
    f->queue = usual_queue();
    f->queue.season_packs = &f->wish;
    f->query = query_of(&f->queue);
    f->n = EPISODES;
    for (int i = 0; i < MOST; i++) {
        f->items[i] = usual_episode();
        f->items[i].id = 100 + i;
        f->items[i].episode = i + 1;
        f->items[i].aired = NOW - DAYS(10) - DAYS(7) * (EPISODES - 1 - i);
        f->items[i].has_file = i < EPISODES / 2;
    }
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    mem_free(*state);
    return 0;
}

static struct season season_of(const struct fixture *f)
{
    struct season s = season_begin(&f->query);
    for (int i = 0; i < f->n; i++)
        season_add(&s, &f->items[i], &f->memories[i]);
    season_remember(&s, &f->whole);
    return s;
}

static bool is_pack(const struct fixture *f)
{
    struct season s = season_of(f);
    return season_is_pack(&s);
}

static struct why judged(const struct fixture *f)
{
    struct season s = season_of(f);
    assert_true(season_is_pack(&s));
    return query_judge(&f->query, &s.item, &s.memory);
}

static void half_a_season_is_a_pack(void **state)
{
    struct fixture *f = *state;
    struct season s = season_of(f);
    char text[ITEM_TITLE], address[ITEM_ADDRESS], identity[ITEM_IDENTITY];
    assert_true(season_is_pack(&s));
    assert_int_equal(query_judge(&f->query, &s.item, &s.memory).reason, REASON_selected);
    assert_string_equal(item_label(&s.item, text), "The Office S03 (pack of 8)");
    assert_string_equal(item_address(&s.item, "tv", address), "season/tv/112/3");
    assert_string_equal(item_identity(&s.item, identity), "tvdb:73244:s03");
    assert_int_equal(s.item.size.missing, 4);
    assert_int_equal(s.item.aired, NOW - DAYS(10));
}

static void too_little_is_missing(void **state)
{
    struct fixture *f = *state;
    f->items[4].has_file = true; /* 3 of 8: 37.5 % */
    assert_false(is_pack(f));
    f->wish.min_ratio = .375;
    assert_true(is_pack(f));
    f->wish.min_missing = 4;
    assert_false(is_pack(f));
}

static void every_episode_must_be_out_and_wanted(void **state)
{
    struct fixture *f = *state;
    struct item whole = f->items[1];
    f->items[1].is_monitored = false; /* though it has a file */
    assert_false(is_pack(f));
    f->items[1] = whole;
    f->items[7].aired = NOW + DAYS(4);
    assert_false(is_pack(f));
    f->items[7].aired = 0;
    assert_false(is_pack(f));
    f->items[7].aired = NOW - DAYS(10);
    assert_true(is_pack(f));
}

static void not_without_the_wish(void **state)
{
    struct fixture *f = *state;
    f->queue.season_packs = NULL;
    assert_false(is_pack(f));
    f->queue.season_packs = &f->wish;
    f->queue.strategy = STRATEGY_CUTOFF_UNMET;
    assert_false(is_pack(f));
}

static void only_of_ended_series(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < f->n; i++)
        f->items[i].status = STATUS_CONTINUING;
    assert_false(is_pack(f));
    f->wish.ended_only = false;
    assert_true(is_pack(f));
}

static void specials_are_no_season(void **state)
{
    struct fixture *f = *state;
    f->queue.specials = true;
    for (int i = 0; i < f->n; i++)
        f->items[i].season = 0;
    assert_false(is_pack(f));
}

static void one_excluded_episode_is_enough(void **state)
{
    struct fixture *f = *state;
    struct config *c = tree_of("\"match\":[{\"tvdb_id\":73244,\"season\":3,\"episode\":2}]");
    check(c);
    struct exclusions *x = exclusions_new(c, "sonarr-main", NOW, NULL, NULL);
    f->query.exclusions = x;
    assert_false(is_pack(f));
    for (int i = 0; i < f->n; i++)
        f->items[i].season = 4;
    assert_true(is_pack(f));
    exclusions_free(x);
    config_free(c);
}

static const struct season_line *line_of(const struct season *s, const char *condition,
                                         struct season_line lines[static SEASON_LINES])
{
    size_t n = season_explain(s, lines);
    for (size_t i = 0; i < n; i++)
        if (str_eq(lines[i].condition, condition))
            return &lines[i];
    fail_msg("no condition '%s'", condition);
    return NULL;
}

/* One that has its file, an upgrade perhaps, counts too; of another season none does. */
static void one_downloading_episode_is_enough(void **state)
{
    struct fixture *f = *state;
    struct season_line lines[SEASON_LINES];
    int64_t ids[] = {f->items[0].id - 1, f->items[7].id + 1};
    const struct downloads downloads = {ids, COUNT(ids)};
    f->query.downloading = &downloads;
    struct season s = season_of(f);
    assert_true(season_is_pack(&s));
    ids[0] = f->items[0].id;
    s = season_of(f);
    assert_string_equal(season_obstacle(&s), "an episode is being downloaded");
    assert_string_equal(line_of(&s, "none_downloading", lines)->numbers,
                        "episodes being downloaded: 1");
}

/* What is explained is what is judged: the first that is not met is the obstacle. */
static void conditions_are_told_with_their_numbers(void **state)
{
    struct fixture *f = *state;
    struct season_line lines[SEASON_LINES];
    f->items[4].has_file = true; /* 3 of 8 */
    f->items[6].aired = NOW + DAYS(4);
    f->items[7].is_monitored = false;
    f->memories[7] = (struct item_memory){.n_grabs = 3, .grabbed = NOW - DAYS(1)};
    struct season s = season_of(f);
    assert_string_equal(season_obstacle(&s), "too few episodes are missing");
    assert_string_equal(line_of(&s, "enough_missing", lines)->numbers,
                        "3 of 8 episodes missing, 37.5%; a pack takes 3 and 50%");
    assert_false(line_of(&s, "enough_missing", lines)->is_met);
    assert_non_null(strstr(line_of(&s, "all_out", lines)->numbers, "7 of 8 episodes are out"));
    assert_false(line_of(&s, "all_out", lines)->is_met);
    assert_string_equal(line_of(&s, "all_monitored", lines)->numbers,
                        "7 of 8 episodes are monitored");
    assert_string_equal(line_of(&s, "none_guarded", lines)->numbers,
                        "episodes held by the loop guard: 1");
    assert_true(line_of(&s, "none_excluded", lines)->is_met);
    assert_true(line_of(&s, "series_ended", lines)->is_met);
    f->queue.season_packs = NULL;
    s = season_of(f);
    assert_int_equal(season_explain(&s, lines), 1);
    assert_false(lines[0].is_met);
}

/* Nothing missing, nothing searched. */
static void a_complete_season_was_never_searched(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < f->n; i++)
        f->items[i].has_file = true;
    struct season s = season_of(f);
    assert_false(season_is_pack(&s));
    assert_int_equal(s.item.server_searched, 0);
}

static void grace_is_that_of_the_newest(void **state)
{
    struct fixture *f = *state;
    f->items[7].aired = NOW - HOURS(2);
    struct why why = judged(f);
    assert_int_equal(why.reason, REASON_in_grace);
    assert_int_equal(why.until, NOW + HOURS(4));
}

/* Ten days old: a day's rest, doubled by a search in vain. Its own searches count, not those of the
 * episode that happens to be the first one missing. */
static void it_rests_by_itself(void **state)
{
    struct fixture *f = *state;
    f->whole = (struct item_memory){
        .searched = NOW - HOURS(30), .last = VERDICT_NOTHING, .n_searches = 1, .n_nothing = 1};
    struct why why = judged(f);
    assert_int_equal(why.reason, REASON_cooling_down);
    assert_int_equal(why.until, NOW + HOURS(18));
    f->items[4].has_file = true; /* found meanwhile: another is the first one missing */
    f->wish.min_ratio = .3;
    assert_int_equal(judged(f).reason, REASON_cooling_down);
    f->whole.searched = NOW - HOURS(49);
    assert_int_equal(judged(f).reason, REASON_selected);
}

static void a_search_of_all_it_lacks_is_one_of_it(void **state)
{
    struct fixture *f = *state;
    for (int i = 4; i < 7; i++)
        f->items[i].server_searched = NOW - HOURS(1);
    assert_int_equal(judged(f).reason, REASON_selected); /* the eighth was not */
    f->memories[7].searched = NOW - HOURS(3);
    struct why why = judged(f);
    assert_int_equal(why.reason, REASON_cooling_down);
    assert_int_equal(why.until, NOW + HOURS(21));
}

static void a_search_under_way_holds_it(void **state)
{
    struct fixture *f = *state;
    f->memories[6].is_open = true;
    assert_int_equal(judged(f).reason, REASON_in_flight);
}

static void what_a_search_costs(void **state)
{
    struct fixture *f = *state;
    struct season s = season_of(f);
    assert_int_equal(item_search_cost(&s.item), 1);
    s.item.type = SERIES_TYPE_ANIME;
    assert_int_equal(item_search_cost(&s.item), 9);
    f->items[1].aired = f->items[0].aired + MINUTES(30); /* two on one day */
    s = season_of(f);
    s.item.type = SERIES_TYPE_DAILY;
    assert_int_equal(item_search_cost(&s.item), 7);
}

/* ---- its episodes ---- */

static enum reason reason_of(struct fixture *f, int i)
{
    struct season s = season_of(f);
    struct packs packs = {0};
    struct season other = s;
    for (other.item.season = 9; other.item.season > 4; other.item.season--)
        packs_add(&packs, &other);
    if (season_is_pack(&s) && season_goes_first(&s))
        packs_add(&packs, &s);
    f->query.packs = &packs;
    enum reason reason = query_judge(&f->query, &f->items[i], &f->memories[i]).reason;
    f->query.packs = NULL;
    packs_done(&packs);
    return reason;
}

static void episodes_wait_for_the_pack(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(reason_of(f, 5), REASON_covered_by_pack);
    f->items[5].season = 4; /* another season */
    assert_int_equal(query_judge(&f->query, &f->items[5], &f->memories[5]).reason, REASON_selected);
}

/* In vain: one by one, until the pack's turn comes again. */
static void episodes_follow_a_search_in_vain(void **state)
{
    struct fixture *f = *state;
    f->whole = (struct item_memory){
        .searched = NOW - HOURS(30), .last = VERDICT_NOTHING, .n_searches = 1, .n_nothing = 1};
    assert_int_equal(reason_of(f, 5), REASON_selected);
    f->wish.fallback = FALLBACK_NONE;
    assert_int_equal(reason_of(f, 5), REASON_covered_by_pack);
    f->wish.fallback = FALLBACK_EPISODES;
    f->whole.searched = NOW - HOURS(49);
    assert_int_equal(reason_of(f, 5), REASON_covered_by_pack);
}

/* Nobody was asked: the pack is tried again first. */
static void episodes_do_not_follow_a_failure(void **state)
{
    struct fixture *f = *state;
    f->whole = (struct item_memory){
        .last = VERDICT_NO_INDEXERS, .n_soft_failures = 1, .soft_failed = NOW - MINUTES(5)};
    assert_int_equal(judged(f).reason, REASON_cooling_down);
    assert_int_equal(reason_of(f, 5), REASON_covered_by_pack);
}

/* While the season is due it is what finds them; while it rests they need not rest with it. */
static void what_is_asked_for_waits_for_no_rest(void **state)
{
    struct fixture *f = *state;
    f->memories[5].retried = NOW - MINUTES(1);
    assert_int_equal(reason_of(f, 5), REASON_covered_by_pack);
    f->wish.fallback = FALLBACK_NONE;
    f->whole = (struct item_memory){
        .searched = NOW - HOURS(30), .last = VERDICT_NOTHING, .n_searches = 1, .n_nothing = 1};
    assert_int_equal(reason_of(f, 5), REASON_selected);
    assert_int_equal(reason_of(f, 6), REASON_covered_by_pack);
}

static void a_burst_waits_for_no_rest(void **state)
{
    struct fixture *f = *state;
    struct burst burst = {.every = MINUTES(15), .for_ = DAYS(11)};
    struct schedule schedule = {.burst = &burst};
    f->queue.schedule.spec = &schedule;
    assert_int_equal(reason_of(f, 7), REASON_covered_by_pack);
    f->whole = (struct item_memory){.searched = NOW - HOURS(1), .last = VERDICT_GRABBED};
    assert_int_equal(reason_of(f, 7), REASON_selected);
    assert_int_equal(reason_of(f, 6), REASON_covered_by_pack);
}

/* The server noted the pack with each of them; that is no search of the episode. */
static void a_uncounted_leaves_no_cooldown(void **state)
{
    struct fixture *f = *state;
    f->items[5].server_searched = NOW - HOURS(1);
    assert_int_equal(reason_of(f, 0), REASON_has_file);
    f->queue.season_packs = NULL;
    assert_int_equal(reason_of(f, 5), REASON_cooling_down);
    f->memories[5].uncounted = NOW - HOURS(1);
    assert_int_equal(reason_of(f, 5), REASON_selected);
    f->items[5].server_searched = NOW - MINUTES(30); /* somebody's, later */
    assert_int_equal(reason_of(f, 5), REASON_cooling_down);
}

/* One slot for the pack; every item offered ends with one reason. */
static void a_pool_takes_the_pack_for_one(void **state)
{
    struct fixture *f = *state;
    struct season s = season_of(f);
    struct packs packs = {0};
    packs_add(&packs, &s);
    f->query.packs = &packs;
    struct pool *p = pool_new(&f->query, 1);
    pool_offer(p, &s.item, &s.memory);
    for (int i = 0; i < f->n; i++)
        pool_offer(p, &f->items[i], &f->memories[i]);
    pool_finish(p);
    assert_int_equal(pool_n(p), 1);
    assert_true(item_is_season(&pool_pick(p, 0)->item));
    assert_int_equal(pool_considered(p), 5);
    assert_int_equal(pool_count(p, REASON_covered_by_pack), 4);
    pool_free(p);
    packs_done(&packs);
}

/* Two seasons of one series are two things. */
static void seasons_are_told_apart(void **state)
{
    struct fixture *f = *state;
    struct season a = season_of(f), b = a;
    b.item.season++;
    struct pool *p = pool_new(&f->query, 1);
    pool_offer(p, &a.item, &a.memory);
    pool_offer(p, &b.item, &b.memory);
    pool_finish(p);
    assert_int_equal(pool_n(p), 2);
    pool_free(p);
}

int main(void)
{
#define TEST(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(half_a_season_is_a_pack),
        TEST(too_little_is_missing),
        TEST(every_episode_must_be_out_and_wanted),
        TEST(not_without_the_wish),
        TEST(only_of_ended_series),
        TEST(specials_are_no_season),
        TEST(one_excluded_episode_is_enough),
        TEST(one_downloading_episode_is_enough),
        TEST(conditions_are_told_with_their_numbers),
        TEST(a_complete_season_was_never_searched),
        TEST(grace_is_that_of_the_newest),
        TEST(it_rests_by_itself),
        TEST(a_search_of_all_it_lacks_is_one_of_it),
        TEST(a_search_under_way_holds_it),
        TEST(what_a_search_costs),
        TEST(episodes_wait_for_the_pack),
        TEST(episodes_follow_a_search_in_vain),
        TEST(episodes_do_not_follow_a_failure),
        TEST(what_is_asked_for_waits_for_no_rest),
        TEST(a_burst_waits_for_no_rest),
        TEST(a_uncounted_leaves_no_cooldown),
        TEST(a_pool_takes_the_pack_for_one),
        TEST(seasons_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
