/* No order starves an item. The promise of the engine page, section 7: with cooldowns allowing it,
 * each eligible item is searched within 2·⌈N / rate⌉ runs.
 *
 * What the cooldowns must allow: newest, oldest and title have fixed ranks, so only a cooldown of
 * ⌈N / rate⌉ runs or more makes them move on (in that many runs nobody comes twice, so at most N -
 * 1 others come before the last one). smart, least_recent and random move on by themselves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/rng.h"
#include "unit/search_items.h"

enum { MOST = 120 };
static const ms_t every = DAYS(1);

struct stage {
    struct queue queue;
    struct item at[MOST];
    struct item_memory memory[MOST];
    char titles[MOST][16];
    int waiting[MOST]; /* runs in a row that it was eligible and not picked */
    int searches[MOST];
    size_t n;
};

static void set_stage(struct stage *s, int order, size_t n, int rate, struct cooldown cooldown)
{
    *s = (struct stage){.queue = usual_queue(), .n = n};
    s->queue.order = order;
    s->queue.batch = rate;
    s->queue.cooldown = cooldown;
    for (size_t i = 0; i < n; i++) {
        s->at[i] = usual_episode();
        s->at[i].id = (int64_t)i + 1;
        s->at[i].episode = (int)i + 1;
        s->at[i].aired = NOW - DAYS(800) + HOURS((ms_t)(i * 37 % n));
        snprintf(s->titles[i], sizeof s->titles[i], "t%03zu", i * 53 % n);
        s->at[i].sort_title = s->titles[i];
    }
}

static int runs_for_all(const struct stage *s)
{
    return (int)(((int64_t)s->n + s->queue.batch - 1) / s->queue.batch);
}

/* Searched and nothing found, as the store would remember it. */
static void search(struct stage *s, size_t i, utc_t now)
{
    struct item_memory *m = &s->memory[i];
    m->searched = now;
    m->n_searches++;
    m->n_nothing++;
    m->last = VERDICT_NOTHING;
    s->waiting[i] = 0;
    s->searches[i]++;
}

static void run_once(struct stage *s, int run)
{
    struct query q = query_of(&s->queue);
    q.now = NOW + run * every;
    struct pool *p = pool_new(&q, (uint64_t)run * 7919 + 1); /* every run has its own seed */
    for (size_t i = 0; i < s->n; i++) {
        s->waiting[i] += query_judge(&q, &s->at[i], &s->memory[i]).reason == REASON_selected;
        pool_offer(p, &s->at[i], &s->memory[i]);
    }
    pool_finish(p);
    for (size_t i = 0; i < pool_n(p); i++)
        search(s, (size_t)pool_pick(p, i)->item.id - 1, q.now);
    pool_free(p);
}

static void assert_nobody_waits(struct stage *s, int bound)
{
    const int runs = 6 * bound;
    for (int run = 0; run < runs; run++) {
        run_once(s, run);
        for (size_t i = 0; i < s->n; i++)
            if (s->waiting[i] >= bound)
                fail_msg("%s: item %zu waits for %d runs, %zu items, %d a run",
                         order_names[s->queue.order], i, s->waiting[i], s->n, s->queue.batch);
    }
    for (size_t i = 0; i < s->n; i++)
        assert_true(s->searches[i] > 0);
}

static void assert_nobody_starves(struct stage *s)
{
    assert_nobody_waits(s, 2 * runs_for_all(s));
}

static const struct {
    size_t n;
    int rate;
} sizes[] = {{1, 1}, {7, 1}, {20, 20}, {21, 20}, {50, 7}, {119, 10}, {120, 10}, {120, 13}};

/* The shortest cooldown that lets the fixed ranks rotate, and one three times as long. */
static void with_a_cooldown_of_one_round_no_order_starves(void **state UNUSED)
{
    struct stage s;
    for (int order = 0; order < ORDER_N; order++)
        for (size_t i = 0; i < COUNT(sizes); i++)
            for (int rounds = 1; rounds <= 3; rounds += 2) {
                ms_t round = ((ms_t)sizes[i].n + sizes[i].rate - 1) / sizes[i].rate * every;
                set_stage(&s, order, sizes[i].n, sizes[i].rate,
                          (struct cooldown){.flat = rounds * round});
                assert_nobody_starves(&s);
            }
}

/* Older than a year: 168 h, that is 7 daily runs or more, doubling; 35 items, 5 a run: 7 runs. */
static void with_the_adaptive_cooldown_no_order_starves(void **state UNUSED)
{
    struct stage s;
    for (int order = 0; order < ORDER_N; order++) {
        set_stage(&s, order, 35, 5, (struct cooldown){.is_adaptive = true});
        assert_nobody_starves(&s);
    }
}

/* With a cooldown of an hour every item is eligible in every run. */
static void some_orders_rotate_by_themselves(void **state UNUSED)
{
    static const enum order rotating[] = {ORDER_SMART, ORDER_LEAST_RECENT, ORDER_RANDOM};
    struct stage s;
    for (size_t k = 0; k < COUNT(rotating); k++)
        for (size_t i = 0; i < COUNT(sizes); i++) {
            set_stage(&s, (int)rotating[k], sizes[i].n, sizes[i].rate,
                      (struct cooldown){.flat = HOURS(1)});
            assert_nobody_starves(&s);
        }
}

/* Titles without any luck: their score never wins, and the others are always eligible. Every fifth
 * pick is a turn, so they come round within 5·⌈N / rate⌉. */
static void turns_reach_what_the_score_passes_over(void **state UNUSED)
{
    struct stage s;
    set_stage(&s, ORDER_SMART, MOST, 10, (struct cooldown){.flat = HOURS(1)});
    for (size_t i = 0; i < s.n; i += 3)
        s.memory[i].title_expected = 1e6;
    assert_nobody_waits(&s, 5 * runs_for_all(&s));
}

/* How many of the two that were searched longest ago are picked. */
static int picks_of_the_oldest(struct stage *s)
{
    int n = 0;
    struct query q = query_of(&s->queue);
    struct pool *p = pool_new(&q, 1);
    for (size_t i = 0; i < s->n; i++)
        pool_offer(p, &s->at[i], &s->memory[i]);
    pool_finish(p);
    for (size_t i = 0; i < pool_n(p); i++)
        n += pool_pick(p, i)->memory.searched <= NOW - DAYS(99);
    pool_free(p);
    return n;
}

/* A fifth of a batch of 10 is 2: the two searched longest ago, whichever they are. */
static void smart_gives_a_fifth_to_the_least_recent(void **state UNUSED)
{
    struct stage s;
    struct rng rng;
    rng_seed(&rng, 5);
    for (int round = 0; round < 100; round++) {
        set_stage(&s, ORDER_SMART, MOST, 10, (struct cooldown){.flat = HOURS(1)});
        for (size_t i = 0; i < s.n; i++)
            s.memory[i] = (struct item_memory){.searched = NOW - HOURS(2) -
                                                           HOURS((ms_t)rng_below(&rng, 2000)),
                                               .n_searches = 1 + (int)rng_below(&rng, 9)};
        size_t a = (size_t)rng_below(&rng, s.n);
        s.memory[a].searched = NOW - DAYS(100);
        s.memory[(a + 1) % s.n].searched = NOW - DAYS(99);
        assert_int_equal(picks_of_the_oldest(&s), 2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(with_a_cooldown_of_one_round_no_order_starves),
        cmocka_unit_test(with_the_adaptive_cooldown_no_order_starves),
        cmocka_unit_test(some_orders_rotate_by_themselves),
        cmocka_unit_test(turns_reach_what_the_score_passes_over),
        cmocka_unit_test(smart_gives_a_fifth_to_the_least_recent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
