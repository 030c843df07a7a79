/* search/pool.c — the best k of everything offered, some near misses, and a count per reason. Where
 * an order has turns, one of five picks in a row goes to the item that rested longest. */
#include <assert.h>

#include "base/vec.h"
#include "search/order.h"
#include "search/search.h"
#include "search/shortlist.h"

struct pool {
    const struct query *query;
    uint64_t seed;
    struct shortlist best, rested; /* rested: only for orders that have turns */
    struct shortlist near;
    VEC(const struct pick *) picks; /* in rank order, of the two; once finished */
    size_t considered, n_eligible, counts[REASON_N];
    bool is_finished;
};

/* ---- near misses: held back only by something that ends by itself ---- */

static bool is_near(const struct why *why)
{
    return why->until != 0 && why->reason != REASON_excluded;
}

/* The one that waits less comes first; ties by id, so that the order of offers does not matter. */
static int compare_waits(const struct query *q UNUSED, const struct pick *a, const struct pick *b)
{
    if (a->why.until != b->why.until)
        return a->why.until < b->why.until ? -1 : 1;
    return item_compare(&a->item, &b->item);
}

/* ---- offers ---- */

struct pool *pool_new(const struct query *q, uint64_t seed)
{
    struct pool *p = NEW(struct pool);
    p->query = q;
    p->seed = seed;
    p->best = (struct shortlist){.query = q, .compare = order_compare, .limit = q->limit};
    p->rested = (struct shortlist){.query = q, .compare = order_compare_rest};
    p->near = (struct shortlist){.query = q, .compare = compare_waits, .limit = NEAR_MISSES};
    if (order_has_turns(q))
        p->rested.limit = (q->limit + TURN_EVERY - 1) / TURN_EVERY;
    return p;
}

struct pool *pool_free(struct pool *p)
{
    if (!p)
        return NULL;
    vec_done(&p->picks);
    shortlist_done(&p->best);
    shortlist_done(&p->rested);
    shortlist_done(&p->near);
    mem_free(p);
    return NULL;
}

/* Most of a library waits: who waits longer than all that are kept is not even looked at. */
static bool is_too_late(const struct pool *p, const struct why *why)
{
    const struct shortlist *s = &p->near;
    return s->heap.n == s->limit && why->until > s->heap.at[0].pick.why.until;
}

void pool_offer(struct pool *p, const struct item *it, const struct item_memory *m)
{
    assert(!p->is_finished);
    if (!query_considers(p->query, it))
        return;
    struct why why = query_judge(p->query, it, m);
    bool is_eligible = why.reason == REASON_selected;
    p->considered++;
    p->n_eligible += is_eligible;
    p->counts[why.reason]++;
    if (!is_eligible && (!is_near(&why) || is_too_late(p, &why)))
        return;
    struct pick pick = {.item = *it, .memory = *m, .why = why};
    if (!is_eligible) {
        shortlist_offer(&p->near, &pick);
        return;
    }
    pick.score = order_score(p->query, it, m, p->seed);
    shortlist_offer(&p->best, &pick);
    shortlist_offer(&p->rested, &pick);
}

/* ---- the end ---- */

static bool is_picked(const struct pool *p, const struct pick *pick)
{
    for (size_t i = 0; i < p->picks.n; i++)
        if (item_compare(&p->picks.at[i]->item, &pick->item) == 0)
            return true;
    return false;
}

/* The next of a list that is not picked yet; false when it is used up. */
static bool pick_next(struct pool *p, struct shortlist *from, size_t *at)
{
    while (*at < from->heap.n) {
        struct pick *pick = &from->heap.at[(*at)++].pick;
        if (is_picked(p, pick))
            continue;
        vec_push(&p->picks, pick);
        pick->rank = (int)p->picks.n;
        return true;
    }
    return false;
}

/* Where the turns fall is drawn, so that runs of fewer than five have them too. */
static void pick_all(struct pool *p)
{
    size_t at_best = 0, at_rested = 0;
    shortlist_sort(&p->best);
    shortlist_sort(&p->rested);
    while (p->picks.n < p->query->limit) {
        bool is_turn = (p->picks.n + p->seed) % TURN_EVERY == 0;
        if (is_turn && pick_next(p, &p->rested, &at_rested))
            continue;
        if (!pick_next(p, &p->best, &at_best))
            return;
    }
}

void pool_finish(struct pool *p)
{
    pick_all(p);
    shortlist_sort(&p->near);
    p->counts[REASON_selected] = p->picks.n;
    p->counts[REASON_not_selected] = p->n_eligible - p->picks.n;
    p->is_finished = true;
}

size_t pool_n(const struct pool *p)
{
    return p->picks.n;
}

const struct pick *pool_pick(const struct pool *p, size_t i)
{
    assert(p->is_finished && i < p->picks.n);
    return p->picks.at[i];
}

size_t pool_near_n(const struct pool *p)
{
    return p->near.heap.n;
}

const struct pick *pool_near(const struct pool *p, size_t i)
{
    assert(i < p->near.heap.n);
    return &p->near.heap.at[i].pick;
}

size_t pool_considered(const struct pool *p)
{
    return p->considered;
}

size_t pool_count(const struct pool *p, enum reason r)
{
    return p->counts[r];
}
