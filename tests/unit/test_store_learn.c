/* What verdicts teach: the sums they add to, and that they can be taken back. Figures are worked
 * out by hand from the priors of model/rates.c: an item ten days old is in tier 2, where a first
 * search finds something in 20 % of cases and a day brings .02 releases. */
#include "close.h"
#include "unit/store_attempts.h"

static void add_aired(struct state *t, utc_t aired)
{
    int64_t g = 0;
    const struct item it = {.kind = ITEM_EPISODE,
                            .id = 10,
                            .title_id = 1,
                            .tvdb_id = 1001,
                            .season = 1,
                            .episode = 1,
                            .title = "Show",
                            .episode_title = "",
                            .aired = aired};
    add_item(t);
    OK(t, library_begin(t->store, "tv", &g, &t->e));
    OK(t, item_put(t->store, "tv", g, &it, &t->e));
}

static struct rates rates_in(struct state *t, enum strategy strategy)
{
    struct rates r = {0};
    OK(t, rates_load(t->store, "tv", strategy, &r, &t->e));
    return r;
}

static void assert_rate(const struct rates *r, int round, int tier, struct rate wanted)
{
    assert_close(r->at[round][tier].finds, wanted.finds);
    assert_close(r->at[round][tier].exposure, wanted.exposure);
    assert_close(r->at[round][tier].waited, wanted.waited);
}

static void assert_nothing_learned(struct state *t)
{
    struct rates r = rates_in(t, STRATEGY_MISSING);
    for (int round = 0; round < RATE_ROUNDS; round++)
        for (int tier = 0; tier < RATE_TIERS; tier++)
            assert_rate(&r, round, tier, (struct rate){0});
    assert_close(memory_in(t, "tv").title_finds, 0);
    assert_close(memory_in(t, "tv").title_expected, 0);
}

/* The second search is a day after the first: .02 releases, so .02 / 1.02 finds, in millionths. */
static void searches_add_to_the_rates_and_to_the_luck_of_the_title(void **state)
{
    struct state *t = *state;
    add_aired(t, NOON - DAYS(10));
    judged_at(t, NOON, VERDICT_NOTHING);
    struct rates r = rates_in(t, STRATEGY_MISSING);
    assert_int_equal(r.begun, NOON);
    assert_rate(&r, 0, 2, (struct rate){.exposure = 1});
    assert_close(memory_in(t, "tv").title_expected, .2);
    judged_at(t, NOON + DAYS(1), VERDICT_GRABBED);
    r = rates_in(t, STRATEGY_MISSING);
    assert_int_equal(r.begun, NOON);
    assert_rate(&r, 0, 2, (struct rate){.exposure = 1});
    assert_rate(&r, 1, 2, (struct rate){.finds = 1, .exposure = 1});
    assert_close(memory_in(t, "tv").title_finds, 1);
    assert_close(memory_in(t, "tv").title_expected, .219608);
}

static void another_verdict_takes_it_back(void **state)
{
    struct state *t = *state;
    add_aired(t, NOON - DAYS(10));
    int64_t id = judged_at(t, NOON, VERDICT_NOTHING);
    OK(t, attempt_rejudge(t->store, id, VERDICT_NO_INDEXERS, &t->e));
    assert_nothing_learned(t);
    OK(t, attempt_rejudge(t->store, id, VERDICT_GRABBED, &t->e));
    struct rates r = rates_in(t, STRATEGY_MISSING);
    assert_rate(&r, 0, 2, (struct rate){.finds = 1, .exposure = 1});
    assert_close(memory_in(t, "tv").title_finds, 1);
    assert_close(memory_in(t, "tv").title_expected, .2);
}

static void only_answers_teach(void **state)
{
    struct state *t = *state;
    static const enum verdict mute[] = {VERDICT_NO_INDEXERS, VERDICT_FAILED,  VERDICT_LOST,
                                        VERDICT_UNKNOWN,     VERDICT_FOREIGN, VERDICT_ABANDONED};
    add_aired(t, NOON - DAYS(10));
    for (size_t i = 0; i < COUNT(mute); i++)
        judged_at(t, NOON + HOURS((int64_t)i), mute[i]);
    assert_nothing_learned(t);
}

static void an_unknown_release_teaches_nothing(void **state)
{
    struct state *t = *state;
    add_aired(t, 0);
    judged_at(t, NOON, VERDICT_NOTHING);
    assert_nothing_learned(t);
    add_aired(t, NOON + DAYS(2)); /* not out yet */
    judged_at(t, NOON + DAYS(1), VERDICT_GRABBED);
    assert_nothing_learned(t);
}

static void judge_one(struct state *t, struct attempt a)
{
    bool is_done = false;
    OK(t, attempt_add(t->store, &a, &a.id, &t->e));
    a.judged = a.intended + MINUTES(1);
    a.verdict = VERDICT_NOTHING;
    OK(t, attempt_judge(t->store, &a, &is_done, &t->e));
}

static void a_whole_season_teaches_nothing(void **state)
{
    struct state *t = *state;
    add_aired(t, NOON - DAYS(10));
    struct attempt a = attempt_at(NOON);
    a.episode = -1;
    judge_one(t, a);
    assert_nothing_learned(t);
}

static void upgrades_are_learned_apart(void **state)
{
    struct state *t = *state;
    add_aired(t, NOON - DAYS(10));
    struct attempt a = attempt_at(NOON);
    a.strategy = "cutoff_unmet";
    judge_one(t, a);
    struct rates upgrades = rates_in(t, STRATEGY_CUTOFF_UNMET);
    struct rates missing = rates_in(t, STRATEGY_MISSING);
    assert_rate(&upgrades, 0, 2, (struct rate){.exposure = 1});
    assert_rate(&missing, 0, 2, (struct rate){0});
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, store_setup_open, state_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(searches_add_to_the_rates_and_to_the_luck_of_the_title),
        TEST(another_verdict_takes_it_back),
        TEST(only_answers_teach),
        TEST(an_unknown_release_teaches_nothing),
        TEST(a_whole_season_teaches_nothing),
        TEST(upgrades_are_learned_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
