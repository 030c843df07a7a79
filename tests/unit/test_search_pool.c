/* The pool: the best k in each order, near misses, counts, and memory that does not grow with the
 * library. Expected values follow the engine page, sections 1, 2 and 7, worked out by hand. */
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/rng.h"
#include "unit/search_items.h"

enum { N = 300 };

/* Items by number, each another episode of an old season, with a memory. */
struct library {
    struct item at[N];
    struct item_memory memory[N];
    char titles[N][16];
    size_t n;
};

static void library_fill(struct library *l, size_t n)
{
    *l = (struct library){.n = n};
    for (size_t i = 0; i < n; i++) {
        l->at[i] = usual_episode();
        l->at[i].id = (int64_t)i + 1;
        l->at[i].episode = (int)i + 1;
        snprintf(l->titles[i], sizeof l->titles[i], "t%03zu", i * 7 % n);
        l->at[i].sort_title = l->titles[i];
        l->at[i].aired = NOW - DAYS(400) - HOURS((int64_t)(i * 11 % n));
    }
}

static void shuffle(size_t *order, size_t n, struct rng *rng)
{
    for (size_t i = 0; i < n; i++) {
        size_t k = (size_t)rng_below(rng, i + 1);
        order[i] = order[k];
        order[k] = i;
    }
}

static struct pool *pool_of(const struct query *q, uint64_t seed, const struct library *l,
                            const size_t *order)
{
    struct pool *p = pool_new(q, seed);
    for (size_t i = 0; i < l->n; i++) {
        size_t k = order ? order[i] : i;
        pool_offer(p, &l->at[k], &l->memory[k]);
    }
    pool_finish(p);
    return p;
}

static void assert_picks(const struct query *q, const struct library *l, const int64_t *ids,
                         size_t n)
{
    struct pool *p = pool_of(q, 1, l, NULL);
    assert_int_equal(pool_n(p), n);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(pool_pick(p, i)->item.id, ids[i]);
        assert_int_equal(pool_pick(p, i)->rank, i + 1);
        assert_int_equal(pool_pick(p, i)->why.reason, REASON_selected);
    }
    pool_free(p);
}

/* ---- orders ---- */

/* Four items; 3 and 4 equal in all but the id, so 3 comes first of the two. Searched: 1 by us, 2 by
 * a human before that, 3 and 4 never. Aired: 1 before 2 before 3 and 4. */
static void each_order_ranks_as_it_says(void **state UNUSED)
{
    static const struct {
        enum order order;
        int64_t ids[4];
    } cases[] = {
        {ORDER_NEWEST, {3, 4, 2, 1}},
        {ORDER_OLDEST, {1, 2, 3, 4}},
        {ORDER_LEAST_RECENT, {3, 4, 2, 1}},
        {ORDER_TITLE, {2, 3, 4, 1}},
    };
    struct library l;
    library_fill(&l, 4);
    static const int age_in_days[] = {900, 800, 700, 700};
    static const char *const titles[] = {"zoo", "ant", "bee", "bee"};
    for (int i = 0; i < 4; i++) {
        l.at[i].aired = NOW - DAYS(age_in_days[i]);
        l.at[i].sort_title = titles[i];
        l.at[i].episode = 7;
    }
    l.memory[0].searched = NOW - DAYS(50);
    l.at[1].server_searched = NOW - DAYS(60);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct queue queue = usual_queue();
        queue.order = (int)cases[i].order;
        struct query q = query_of(&queue);
        assert_picks(&q, &l, cases[i].ids, 4);
    }
}

/* By title, then season, then episode. */
static void titles_go_by_season_and_episode(void **state UNUSED)
{
    struct library l;
    library_fill(&l, 4);
    static const int numbers[][2] = {{2, 1}, {1, 9}, {1, 2}, {1, 1}};
    for (int i = 0; i < 4; i++) {
        l.at[i].sort_title = i == 3 ? "b" : "a";
        l.at[i].season = numbers[i][0];
        l.at[i].episode = numbers[i][1];
    }
    struct queue queue = usual_queue();
    queue.order = ORDER_TITLE;
    struct query q = query_of(&queue);
    assert_picks(&q, &l, (const int64_t[]){3, 2, 1, 4}, 4);
}

/* No repeats until all were tried: the ones searched least often are all picked first. */
static void random_tries_all_before_it_repeats(void **state UNUSED)
{
    struct library l;
    library_fill(&l, 40);
    for (size_t i = 0; i < 30; i++)
        l.memory[i].n_searches = 1 + (int)i % 2;
    struct queue queue = usual_queue();
    queue.order = ORDER_RANDOM;
    struct query q = query_of(&queue);
    for (uint64_t seed = 0; seed < 50; seed++) {
        struct pool *p = pool_of(&q, seed, &l, NULL);
        for (size_t i = 0; i < pool_n(p); i++)
            assert_int_equal(pool_pick(p, i)->memory.n_searches, 0);
        pool_free(p);
    }
}

/* Each of 40 items leads in about 1 of 40 draws; over 4000 seeds 100 ± 6·10 (6 sigma). */
static void random_is_fair(void **state UNUSED)
{
    struct library l;
    int wins[40] = {0};
    library_fill(&l, 40);
    struct queue queue = usual_queue();
    queue.order = ORDER_RANDOM;
    struct query q = query_of(&queue);
    q.limit = 1;
    for (uint64_t seed = 0; seed < 4000; seed++) {
        struct pool *p = pool_of(&q, seed, &l, NULL);
        wins[pool_pick(p, 0)->item.id - 1]++;
        pool_free(p);
    }
    for (int i = 0; i < 40; i++)
        assert_in_range(wins[i], 40, 160);
}

/* ---- the best k ---- */

static void the_best_k_of_any_number(void **state UNUSED)
{
    struct library l;
    library_fill(&l, N); /* the item with i·11 mod 300 = r is the one of rank r + 1 */
    struct queue queue = usual_queue();
    queue.order = ORDER_NEWEST;
    struct query q = query_of(&queue);
    for (q.limit = 0; q.limit <= N + 1; q.limit += 43) {
        struct pool *p = pool_of(&q, 1, &l, NULL);
        assert_int_equal(pool_n(p), MIN(q.limit, N));
        for (size_t i = 0; i < pool_n(p); i++)
            assert_int_equal((pool_pick(p, i)->item.id - 1) * 11 % N, i);
        assert_int_equal(pool_count(p, REASON_selected), MIN(q.limit, N));
        assert_int_equal(pool_count(p, REASON_not_selected), N - MIN(q.limit, N));
        pool_free(p);
    }
}

/* A third eligible, the rest held back in several ways and by the same instants, for ties. */
static void hold_some_back(struct library *l)
{
    for (size_t i = 0; i < l->n; i++) {
        l->at[i].is_monitored = i % 10 != 0;
        if (i % 3 == 1)
            l->memory[i].searched = NOW - HOURS(20 + (int64_t)i % 5);
        if (i % 7 == 2)
            l->at[i].aired = NOW + HOURS((int64_t)i % 4);
    }
}

static void assert_same(const struct pool *a, const struct pool *b)
{
    assert_int_equal(pool_n(a), pool_n(b));
    assert_int_equal(pool_near_n(a), pool_near_n(b));
    for (size_t i = 0; i < pool_n(a); i++)
        assert_int_equal(pool_pick(a, i)->item.id, pool_pick(b, i)->item.id);
    for (size_t i = 0; i < pool_near_n(a); i++)
        assert_int_equal(pool_near(a, i)->item.id, pool_near(b, i)->item.id);
    for (int r = 0; r < REASON_N; r++)
        assert_int_equal(pool_count(a, (enum reason)r), pool_count(b, (enum reason)r));
}

/* The same items and seed give the same picks, near misses and counts in every order of offers. */
static void the_order_of_offers_does_not_matter(void **state UNUSED)
{
    struct library l;
    struct rng rng;
    size_t offers[N] = {0};
    rng_seed(&rng, 7);
    library_fill(&l, N);
    hold_some_back(&l);
    for (int order = 0; order < ORDER_N; order++) {
        struct queue queue = usual_queue();
        queue.order = order;
        struct query q = query_of(&queue);
        struct pool *first = pool_of(&q, 99, &l, NULL);
        for (int round = 0; round < 20; round++) {
            shuffle(offers, N, &rng);
            struct pool *other = pool_of(&q, 99, &l, offers);
            assert_same(first, other);
            pool_free(other);
        }
        pool_free(first);
    }
}

/* ---- counts and near misses ---- */

static void counts_add_up_to_what_was_considered(void **state UNUSED)
{
    struct library l;
    library_fill(&l, N);
    hold_some_back(&l);
    for (size_t i = 0; i < N; i += 4)
        l.at[i].has_file = true; /* not considered: 75 of 300 */
    struct queue queue = usual_queue();
    struct query q = query_of(&queue);
    struct pool *p = pool_of(&q, 1, &l, NULL);
    size_t sum = 0;
    for (int r = 0; r < REASON_N; r++)
        sum += pool_count(p, (enum reason)r);
    assert_int_equal(pool_considered(p), 225);
    assert_int_equal(sum, 225);
    assert_int_equal(pool_count(p, REASON_selected), 10);
    assert_int_equal(pool_count(p, REASON_unmonitored), 15); /* 30 tens, 15 divisible by 4 */
    assert_int_equal(pool_count(p, REASON_has_file), 0);
    pool_free(p);
}

/* 60 wait, number i until now + i + 1 h; the 50 that wait least are kept, the first to end first.
 */
static void near_misses_are_those_that_wait_least(void **state UNUSED)
{
    struct library l;
    library_fill(&l, 64);
    for (size_t i = 0; i < 60; i++)
        l.memory[59 - i] = (struct item_memory){.searched = NOW - HOURS(168) + HOURS((ms_t)i + 1)};
    l.at[60].is_monitored = false; /* nothing of this ends by itself */
    l.at[61].is_available = false;
    l.at[61].aired = 0;
    l.at[62].season = 0;
    struct queue queue = usual_queue();
    struct query q = query_of(&queue);
    struct pool *p = pool_of(&q, 1, &l, NULL);
    assert_int_equal(pool_n(p), 1);
    assert_int_equal(pool_near_n(p), NEAR_MISSES);
    for (size_t i = 0; i < NEAR_MISSES; i++) {
        assert_int_equal(pool_near(p, i)->item.id, 60 - i);
        assert_int_equal(pool_near(p, i)->why.reason, REASON_cooling_down);
        assert_int_equal(pool_near(p, i)->why.until, NOW + HOURS((ms_t)i + 1));
    }
    pool_free(p);
}

/* ---- memory ---- */

/* Strings of what is offered may change at once: the picks have their own. */
static void picks_own_their_strings(void **state UNUSED)
{
    char title[] = "The Office", tags[] = "|kids|";
    struct queue queue = usual_queue();
    struct query q = query_of(&queue);
    struct item it = usual_episode(), waiting = usual_episode();
    it.title = waiting.title = title;
    it.tags = waiting.tags = tags;
    struct pool *p = pool_new(&q, 1);
    pool_offer(p, &it, &(struct item_memory){0});
    pool_offer(p, &waiting, &(struct item_memory){.searched = NOW});
    memset(title, 'x', sizeof title - 1);
    memset(tags, 'x', sizeof tags - 1);
    pool_finish(p);
    assert_string_equal(pool_pick(p, 0)->item.title, "The Office");
    assert_string_equal(pool_pick(p, 0)->item.tags, "|kids|");
    assert_string_equal(pool_pick(p, 0)->identity, "tvdb:73244/3/7");
    assert_string_equal(pool_near(p, 0)->item.title, "The Office");
    pool_free(p);
}

/* 100,000 items, each better than all before it: a batch and 50 near misses are kept, far below a
 * megabyte (60 picks of less than 2 KiB; a library kept whole would be over 20 MiB). */
static void memory_does_not_grow_with_the_library(void **state UNUSED)
{
    enum { LIBRARY = 100000, LIMIT = 256 * 1024 };
    struct queue queue = usual_queue();
    queue.order = ORDER_NEWEST;
    struct query q = query_of(&queue);
    struct item it = usual_episode();
    struct pool *p = pool_new(&q, 1);
    size_t before = mallinfo2().uordblks;
    for (int i = 0; i < LIBRARY; i++) {
        it.id = it.episode = i + 1;
        it.aired = NOW - DAYS(400) + i;
        struct item_memory m = {.searched = i % 2 ? 0 : NOW - i};
        pool_offer(p, &it, &m);
    }
    size_t after = mallinfo2().uordblks;
    pool_finish(p);
    assert_true(after < before + LIMIT);
    assert_int_equal(pool_n(p), 10);
    assert_int_equal(pool_near_n(p), 50);
    assert_int_equal(pool_considered(p), LIBRARY);
    assert_int_equal(pool_count(p, REASON_cooling_down), LIBRARY / 2);
    assert_int_equal(pool_count(p, REASON_not_selected), LIBRARY / 2 - 10);
    assert_int_equal(pool_pick(p, 0)->item.id, LIBRARY);
    pool_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_order_ranks_as_it_says),
        cmocka_unit_test(titles_go_by_season_and_episode),
        cmocka_unit_test(random_tries_all_before_it_repeats),
        cmocka_unit_test(random_is_fair),
        cmocka_unit_test(the_best_k_of_any_number),
        cmocka_unit_test(the_order_of_offers_does_not_matter),
        cmocka_unit_test(counts_add_up_to_what_was_considered),
        cmocka_unit_test(near_misses_are_those_that_wait_least),
        cmocka_unit_test(picks_own_their_strings),
        cmocka_unit_test(memory_does_not_grow_with_the_library),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
