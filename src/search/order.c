/* search/order.c — the orders as scores. */
#include "search/order.h"

#include <string.h>

#include "base/rng.h"
#include "search/cooldown.h"
#include "search/smart.h"

struct ranked {
    const struct query *q;
    const struct item *it;
    const struct item_memory *m;
    uint64_t seed;
};
typedef double score(const struct ranked *x);

static double newest(const struct ranked *x)
{
    return (double)item_released(x->it);
}

static double oldest(const struct ranked *x)
{
    return -(double)item_released(x->it);
}

static double smart(const struct ranked *x)
{
    return smart_of(x->q, x->it, x->m).score;
}

utc_t order_last_tried(const struct item *it, const struct item_memory *m)
{
    return MAX(item_last_search(it, m), m->soft_failed);
}

/* Never searched first, then the one whose search is longest ago. */
static double least_recent(const struct ranked *x)
{
    return -(double)order_last_tried(x->it, x->m);
}

static double title(const struct ranked *x UNUSED)
{
    return 0; /* order_compare looks at the titles */
}

/* FNV-1a of the portable identity, so that a rank survives new ids. */
static uint64_t identity_hash(const struct item *it)
{
    char identity[ITEM_IDENTITY];
    uint64_t h = 0xCBF29CE484222325u;
    for (const char *p = item_identity(it, identity); *p; p++)
        h = (h ^ (unsigned char)*p) * 0x100000001B3u;
    return h;
}

/* Nothing comes again before everything was tried: by number of searches, drawn within each number.
 */
static double drawn(const struct ranked *x)
{
    double rank = (double)(rng_mix(x->seed, identity_hash(x->it)) >> 11) * 0x1.0p-53;
    return -(double)x->m->n_searches + rank;
}

static const struct {
    score *score;
    bool is_by_title, has_turns;
} orders[ORDER_N] = {
    [ORDER_SMART] = {smart, .has_turns = true},
    [ORDER_NEWEST] = {newest},
    [ORDER_OLDEST] = {oldest},
    [ORDER_LEAST_RECENT] = {least_recent},
    [ORDER_RANDOM] = {drawn},
    [ORDER_TITLE] = {title, .is_by_title = true},
};

double order_score(const struct query *q, const struct item *it, const struct item_memory *m,
                   uint64_t seed)
{
    return orders[q->queue->order].score(&(struct ranked){q, it, m, seed});
}

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_titles(const struct item *a, const struct item *b)
{
    int order = strcmp(a->sort_title, b->sort_title);
    if (order == 0)
        order = compare_numbers(a->season, b->season);
    return order ? order : compare_numbers(a->episode, b->episode);
}

int order_compare(const struct query *q, const struct pick *a, const struct pick *b)
{
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    int order = orders[q->queue->order].is_by_title ? compare_titles(&a->item, &b->item) : 0;
    return order ? order : item_compare(&a->item, &b->item);
}

bool order_has_turns(const struct query *q)
{
    return orders[q->queue->order].has_turns;
}

int order_compare_rest(const struct query *q, const struct pick *a, const struct pick *b)
{
    int order = compare_numbers(order_last_tried(&a->item, &a->memory),
                                order_last_tried(&b->item, &b->memory));
    return order ? order : order_compare(q, a, b);
}
