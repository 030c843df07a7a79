/* search/pool.c — the best k of everything offered, some near misses, and a count per reason.
 * Strings of what is kept are the pick's own, so memory is O(k) whatever is offered. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "search/order.h"
#include "search/search.h"

/* A pick with the block that holds its strings. */
struct kept {
    struct pick pick;
    char *strings;
};

struct pool {
    const struct query *query;
    uint64_t seed;
    VEC(struct kept) best; /* a heap, the worst on top; sorted by pool_finish */
    VEC(struct kept) near;
    size_t considered, counts[REASON_N];
    bool is_finished;
};

struct pool *pool_new(const struct query *q, uint64_t seed)
{
    struct pool *p = NEW(struct pool);
    p->query = q;
    p->seed = seed;
    return p;
}

struct pool *pool_free(struct pool *p)
{
    if (!p)
        return NULL;
    for (size_t i = 0; i < p->best.n; i++)
        mem_free(p->best.at[i].strings);
    for (size_t i = 0; i < p->near.n; i++)
        mem_free(p->near.at[i].strings);
    vec_done(&p->best);
    vec_done(&p->near);
    mem_free(p);
    return NULL;
}

/* ---- keeping ---- */

/* Copies every string of the item into one block. */
static char *own_strings(struct item *it)
{
    const char **const strings[] = {&it->imdb_id,       &it->title,           &it->sort_title,
                                    &it->episode_title, &it->quality_profile, &it->tags,
                                    &it->genres};
    size_t n_bytes = 0;
    for (size_t i = 0; i < COUNT(strings); i++)
        n_bytes += (*strings[i] ? strlen(*strings[i]) : 0) + 1;
    char *block = mem_zeroed(n_bytes), *p = block;
    for (size_t i = 0; i < COUNT(strings); i++) {
        const char *text = *strings[i] ? *strings[i] : "";
        memcpy(p, text, strlen(text) + 1);
        *strings[i] = p;
        p += strlen(p) + 1;
    }
    return block;
}

static void keep(struct kept *k, const struct pick *pick)
{
    k->pick = *pick;
    k->strings = own_strings(&k->pick.item);
    item_identity(&k->pick.item, k->pick.identity);
}

/* ---- the heap: a parent is never better than its children ---- */

static bool is_worse(const struct pool *p, size_t a, size_t b)
{
    return order_compare(p->query, &p->best.at[a].pick, &p->best.at[b].pick) > 0;
}

static void swap(struct pool *p, size_t a, size_t b)
{
    struct kept k = p->best.at[a];
    p->best.at[a] = p->best.at[b];
    p->best.at[b] = k;
}

static void rise(struct pool *p, size_t at)
{
    for (; at > 0 && is_worse(p, at, (at - 1) / 2); at = (at - 1) / 2)
        swap(p, at, (at - 1) / 2);
}

static void sink(struct pool *p, size_t at)
{
    for (;;) {
        size_t worst = at;
        for (size_t child = 2 * at + 1; child <= 2 * at + 2; child++)
            if (child < p->best.n && is_worse(p, child, worst))
                worst = child;
        if (worst == at)
            return;
        swap(p, at, worst);
        at = worst;
    }
}

static void add_best(struct pool *p, const struct pick *pick)
{
    struct kept k;
    keep(&k, pick);
    vec_push(&p->best, k);
    rise(p, p->best.n - 1);
}

/* Takes the place of the worst, which is counted as not selected. */
static void replace_worst(struct pool *p, const struct pick *pick)
{
    mem_free(p->best.at[0].strings);
    keep(&p->best.at[0], pick);
    sink(p, 0);
}

static void offer_eligible(struct pool *p, const struct pick *pick)
{
    if (p->best.n < p->query->limit) {
        add_best(p, pick);
        return;
    }
    p->counts[REASON_not_selected]++;
    if (p->query->limit && order_compare(p->query, pick, &p->best.at[0].pick) < 0)
        replace_worst(p, pick);
}

/* ---- near misses: held back only by something that ends by itself ---- */

static bool is_near(const struct why *why)
{
    return why->until != 0 && why->reason != REASON_excluded;
}

/* The one that waits less comes first; ties by id, so that the order of offers does not matter. */
static int compare_waits(const struct pick *a, const struct pick *b)
{
    if (a->why.until != b->why.until)
        return a->why.until < b->why.until ? -1 : 1;
    return (a->item.id > b->item.id) - (a->item.id < b->item.id);
}

/* The ones that wait least; the pick that waits longest gives way. */
static void offer_near(struct pool *p, const struct pick *pick)
{
    struct kept k;
    if (p->near.n < NEAR_MISSES) {
        keep(&k, pick);
        vec_push(&p->near, k);
        return;
    }
    size_t last = 0;
    for (size_t i = 1; i < p->near.n; i++)
        if (compare_waits(&p->near.at[i].pick, &p->near.at[last].pick) > 0)
            last = i;
    if (compare_waits(pick, &p->near.at[last].pick) >= 0)
        return;
    mem_free(p->near.at[last].strings);
    keep(&p->near.at[last], pick);
}

void pool_offer(struct pool *p, const struct item *it, const struct item_memory *m)
{
    assert(!p->is_finished);
    if (!query_considers(p->query, it))
        return;
    struct pick pick = {.item = *it, .memory = *m, .why = query_judge(p->query, it, m)};
    p->considered++;
    if (pick.why.reason == REASON_selected) {
        pick.score = order_score(p->query, it, m, p->seed);
        offer_eligible(p, &pick);
        return;
    }
    p->counts[pick.why.reason]++;
    if (is_near(&pick.why))
        offer_near(p, &pick);
}

/* ---- the end ---- */

static int compare_kept(const void *a, const void *b, void *ctx)
{
    return order_compare(ctx, &((const struct kept *)a)->pick, &((const struct kept *)b)->pick);
}

static int compare_near(const void *a, const void *b)
{
    return compare_waits(&((const struct kept *)a)->pick, &((const struct kept *)b)->pick);
}

void pool_finish(struct pool *p)
{
    if (p->best.n)
        qsort_r(p->best.at, p->best.n, sizeof *p->best.at, compare_kept,
                (void *)(uintptr_t)p->query);
    if (p->near.n)
        qsort(p->near.at, p->near.n, sizeof *p->near.at, compare_near);
    for (size_t i = 0; i < p->best.n; i++)
        p->best.at[i].pick.rank = (int)i + 1;
    p->counts[REASON_selected] = p->best.n;
    p->is_finished = true;
}

size_t pool_n(const struct pool *p)
{
    return p->is_finished ? p->best.n : 0;
}

const struct pick *pool_pick(const struct pool *p, size_t i)
{
    assert(p->is_finished && i < p->best.n);
    return &p->best.at[i].pick;
}

size_t pool_near_n(const struct pool *p)
{
    return p->near.n;
}

const struct pick *pool_near(const struct pool *p, size_t i)
{
    assert(i < p->near.n);
    return &p->near.at[i].pick;
}

size_t pool_considered(const struct pool *p)
{
    return p->considered;
}

size_t pool_count(const struct pool *p, enum reason r)
{
    return p->counts[r];
}
