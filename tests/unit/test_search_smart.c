/* `order: smart`: the terms of its score, its ranking, and the turns it gives to what rested
 * longest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "close.h"
#include "search/order.h"
#include "search/smart.h"
#include "unit/search_items.h"

enum { MOST = 60 };

struct shelf {
    struct queue queue;
    struct query query;
    struct item at[MOST];
    struct item_memory memory[MOST];
    size_t n;
};

static void fill(struct shelf *s, size_t n, int batch)
{
    *s = (struct shelf){.queue = usual_queue(), .n = n};
    s->queue.batch = batch;
    s->query = query_of(&s->queue);
    for (size_t i = 0; i < n; i++) {
        s->at[i] = usual_episode();
        s->at[i].id = (int64_t)i + 1;
        s->at[i].episode = (int)i + 1;
    }
}

static struct pool *pool_over(const struct shelf *s, uint64_t seed)
{
    struct pool *p = pool_new(&s->query, seed);
    for (size_t i = 0; i < s->n; i++)
        pool_offer(p, &s->at[i], &s->memory[i]);
    pool_finish(p);
    return p;
}

/* Ten days old: 20 % by the prior; a title that was expected to give one find and gave none has
 * half the luck, one that gave two has 3 / 2 of it. */
static void the_luck_of_a_title_scales_its_chance(void **state UNUSED)
{
    struct shelf s;
    fill(&s, 3, 3);
    s.memory[1].title_expected = 1;
    s.memory[2].title_expected = 1;
    s.memory[2].title_finds = 2;
    static const double chances[] = {.2, .1, .3};
    for (size_t i = 0; i < 3; i++)
        assert_close(smart_of(&s.query, &s.at[i], &s.memory[i]).chance, chances[i]);
    /* Searched once: 5 days before, .22 releases expected, half of them: .11 / 1.11. */
    s.memory[1].n_searches = 1;
    s.memory[1].searched = NOW - DAYS(5);
    assert_close(smart_of(&s.query, &s.at[1], &s.memory[1]).chance, .11 / 1.11);
}

static void a_special_is_worth_less_by_what_it_costs(void **state UNUSED)
{
    struct shelf s;
    fill(&s, 1, 1);
    s.at[0].season = 0;
    s.at[0].n_titles = 3;
    struct smart terms = smart_of(&s.query, &s.at[0], &s.memory[0]);
    assert_int_equal(terms.cost, 4);
    assert_close(terms.score, .2 / 4);
}

static void what_aired_today_is_worth_more(void **state UNUSED)
{
    struct shelf s;
    fill(&s, 1, 1);
    s.at[0].aired = NOW - HOURS(8);
    assert_close(smart_of(&s.query, &s.at[0], &s.memory[0]).score, 1.5 * .4);
}

static void learned_rates_are_used(void **state UNUSED)
{
    struct rates rates = {0};
    struct shelf s;
    fill(&s, 1, 1);
    s.query.rates = &rates;
    for (int i = 0; i < 10; i++)
        rates_note(&rates, &s.at[0], &s.memory[0], NOW, i > 0, 1);
    assert_close(smart_of(&s.query, &s.at[0], &s.memory[0]).score, .55);
}

/* All rested alike, so the turns go by score too: fresh before a week before a month before a year;
 * equal ones by id. */
static void the_likelier_find_comes_first(void **state UNUSED)
{
    static const int ages[] = {400, 40, 12, 3, 12, 1000};
    static const int64_t ids[] = {4, 3, 5, 2, 1, 6};
    struct shelf s;
    fill(&s, COUNT(ages), COUNT(ages));
    for (size_t i = 0; i < COUNT(ages); i++)
        s.at[i].aired = NOW - DAYS(ages[i]);
    for (uint64_t seed = 0; seed < 7; seed++) {
        struct pool *p = pool_over(&s, seed);
        assert_int_equal(pool_n(p), COUNT(ages));
        for (size_t i = 0; i < COUNT(ids); i++) {
            assert_int_equal(pool_pick(p, i)->item.id, ids[i]);
            assert_int_equal(pool_pick(p, i)->rank, i + 1);
        }
        pool_free(p);
    }
}

/* Fresh ones that rested a day; ten very old ones that rested a year, the last ones longest. */
static void fill_two_sorts(struct shelf *s, int batch)
{
    fill(s, MOST, batch);
    s->queue.cooldown = (struct cooldown){.flat = HOURS(1)};
    for (size_t i = 0; i < MOST; i++) {
        bool is_old = i >= 50;
        s->at[i].aired = NOW - (is_old ? DAYS(4000) : DAYS(2));
        s->memory[i].n_searches = is_old ? 9 : 1;
        s->memory[i].searched = NOW - (is_old ? DAYS(360 + (ms_t)i) : DAYS(1));
        s->memory[i].title_expected = is_old ? 50 : 0;
    }
}

static void of_five_picks_one_rested_longest(void **state UNUSED)
{
    struct shelf s;
    fill_two_sorts(&s, 25);
    for (uint64_t seed = 0; seed < 20; seed++) {
        struct pool *p = pool_over(&s, seed);
        int turns = 0;
        for (size_t i = 0; i < pool_n(p); i++)
            if (pool_pick(p, i)->item.id > 50) {
                assert_int_equal(pool_pick(p, i)->item.id, 60 - turns++);
                assert_int_equal((i + seed) % TURN_EVERY, 0);
            }
        assert_int_equal(turns, 5);
        assert_int_equal(pool_count(p, REASON_selected), 25);
        assert_int_equal(pool_count(p, REASON_not_selected), 35);
        pool_free(p);
    }
}

/* One item a run: the turn comes in every fifth run, by the seed. */
static void small_batches_have_turns_too(void **state UNUSED)
{
    struct shelf s;
    fill_two_sorts(&s, 1);
    int turns = 0;
    for (uint64_t seed = 0; seed < 100; seed++) {
        struct pool *p = pool_over(&s, seed);
        turns += pool_pick(p, 0)->item.id > 50;
        pool_free(p);
    }
    assert_int_equal(turns, 20);
}

/* Nothing is picked twice, whichever list it is on. */
static void who_is_best_and_rested_is_picked_once(void **state UNUSED)
{
    struct shelf s;
    fill(&s, 30, 20);
    for (uint64_t seed = 0; seed < 5; seed++) {
        struct pool *p = pool_over(&s, seed);
        bool is_seen[MOST + 1] = {false};
        assert_int_equal(pool_n(p), 20);
        for (size_t i = 0; i < pool_n(p); i++) {
            assert_false(is_seen[pool_pick(p, i)->item.id]);
            is_seen[pool_pick(p, i)->item.id] = true;
        }
        pool_free(p);
    }
}

static void the_terms_are_told(void **state UNUSED)
{
    struct shelf s;
    char text[160];
    fill(&s, 1, 1);
    s.memory[0].title_expected = 1;
    struct smart terms = smart_of(&s.query, &s.at[0], &s.memory[0]);
    smart_explain(&terms, text, sizeof text);
    assert_string_equal(text,
                        "score 0.1000 = chance 10.0 % x worth 1.0 / cost 1; under 30 d, first "
                        "search, waits 0.0 d: 20.0 % expected, its title's luck x 0.50");
}

static void assert_rank(struct shelf *s, enum order order, const char *expected)
{
    char text[RANK_TEXT];
    s->queue.order = (int)order;
    query_explain_rank(&s->query, &s->at[0], &s->memory[0], text);
    assert_string_equal(text, expected);
}

static void every_order_tells_what_it_goes_by(void **state UNUSED)
{
    struct shelf s;
    fill(&s, 1, 1);
    setenv("TZ", "UTC", 1);
    assert_rank(&s, ORDER_NEWEST, "released 2026-11-13 12:00 UTC, newest first");
    assert_rank(&s, ORDER_OLDEST, "released 2026-11-13 12:00 UTC, oldest first");
    assert_rank(&s, ORDER_LEAST_RECENT, "last tried never, longest ago first");
    s.memory[0].n_searches = 3;
    s.memory[0].searched = NOW - DAYS(1);
    s.at[0].server_searched = NOW - HOURS(1); /* a human's */
    assert_rank(&s, ORDER_LEAST_RECENT, "last tried 2026-11-23 11:00 UTC, longest ago first");
    assert_rank(&s, ORDER_RANDOM,
                "searched 3 times; what was searched least, then as each run draws");
    assert_rank(&s, ORDER_TITLE, "sorted as 'office', then by season and episode");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_luck_of_a_title_scales_its_chance),
        cmocka_unit_test(a_special_is_worth_less_by_what_it_costs),
        cmocka_unit_test(what_aired_today_is_worth_more),
        cmocka_unit_test(learned_rates_are_used),
        cmocka_unit_test(the_likelier_find_comes_first),
        cmocka_unit_test(of_five_picks_one_rested_longest),
        cmocka_unit_test(small_batches_have_turns_too),
        cmocka_unit_test(who_is_best_and_rested_is_picked_once),
        cmocka_unit_test(the_terms_are_told),
        cmocka_unit_test(every_order_tells_what_it_goes_by),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
