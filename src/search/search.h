/* search/search.h — what to search next, and why. Pure: no I/O, no clock, no state of its own; the
 * same items, memory, policy, now and seed give the same answer.
 *
 *   struct pool *p = pool_new(&query, seed);
 *   for every season that may be searched whole:  see search/season.h
 *   for every candidate row:  pool_offer(p, &item, &memory);
 *   pool_finish(p);           then read picks, near misses and the count per reason.
 *
 * Memory is O(batch + near misses), whatever the size of the library. */
#ifndef SPL_SEARCH_SEARCH_H
#define SPL_SEARCH_SEARCH_H

#include "model/config.h"
#include "model/item.h"
#include "model/rates.h"
#include "search/exclusion.h"

enum reason {
#define REASON(code, level, sentence) REASON_##code,
#include "search/reasons.def"
#undef REASON
    REASON_N
};
const char *reason_name(enum reason r);     /* "cooling_down" */
const char *reason_sentence(enum reason r); /* one English sentence */

/* Why one item is or is not searched, with the numbers. */
struct why {
    enum reason reason; /* REASON_selected when it may be searched */
    utc_t until;        /* when that ends by itself; 0: unknown or never */
    const char *detail; /* exclusion's name, filter's name, …; borrowed; "" when none */
};

struct packs; /* search/season.h */

/* What the server's download queue holds: ids of items, ascending. */
struct downloads {
    const int64_t *at;
    size_t n;
};

/* What one run asks for. Everything is borrowed and must outlive the pool. */
struct query {
    const struct queue *queue;           /* effective policy */
    const char *owner;                   /* the queue's tenant, or NULL */
    const struct exclusions *exclusions; /* compiled for this instance, or NULL */
    utc_t now;                           /* our clock, for ages */
    size_t limit;                        /* items wanted; usually queue->batch */
    const struct rates *rates;           /* learned on this instance; NULL: nothing yet */
    const struct packs *packs;           /* seasons that go before their episodes; NULL: none */
    const struct downloads *downloading; /* NULL: only known just before a search */
    /* True when the portable identity is being searched on another instance now. May be NULL. */
    bool (*is_elsewhere)(const void *ctx, const char *identity);
    const void *ctx;
};

/* Whether the strategy's sources name this item at all (engine page: "considered"). */
bool query_considers(const struct query *q, const struct item *it);

/* All item gates in order; stops at the first that closes. Never returns not_selected. */
struct why query_judge(const struct query *q, const struct item *it, const struct item_memory *m);

/* Whether it is searched sooner or later: considered, and held back by nothing that lasts. Release,
 * grace, cooldown and searches under way end by themselves and do not count. */
bool query_wants(const struct query *q, const struct item *it);

/* The same whatever its file is like: whether its title is one the queue looks after. */
bool query_concerns(const struct query *q, const struct item *it);

/* Whether the server's download queue holds it, as far as the query knows. */
bool query_is_downloading(const struct query *q, const struct item *it);

/* When an item that is released right now may be searched once more: neither grace nor cooldown
 * hold it then, only `burst.every` between two searches (engine page, section 2). A find ends its
 * burst. Of one that is still to come: its release. 0: no burst. */
utc_t query_burst(const struct query *q, const struct item *it, const struct item_memory *m);

/* Every gate in order with its verdict and numbers, for `why ADDRESS`. */
struct gate_line {
    enum reason gate;
    bool is_closed;
    char numbers[160]; /* "aired 2026-11-20 21:00, grace 6 h over since …" */
};
enum { GATE_LINES_MAX = 24 };
size_t query_explain(const struct query *q, const struct item *it, const struct item_memory *m,
                     struct gate_line ret[static GATE_LINES_MAX]);

/* What the queue's order ranks it by, with the terms: "score 0.1000 = …". */
enum { RANK_TEXT = 240 };
void query_explain_rank(const struct query *q, const struct item *it, const struct item_memory *m,
                        char ret[static RANK_TEXT]);

/* When the item's cooldown ends; 0: not cooling down (engine page, section 3). */
utc_t cooldown_until(const struct cooldown *c, const struct item *it, const struct item_memory *m,
                     utc_t now);

struct pick {
    struct item item; /* strings owned by the pool */
    struct item_memory memory;
    char identity[ITEM_IDENTITY];
    int rank; /* from 1 */
    double score;
    struct why why;
};
struct pool;
enum { NEAR_MISSES = 50 };

struct pool *pool_new(const struct query *q, uint64_t seed);
struct pool *pool_free(struct pool *p); /* takes NULL, returns NULL */
void pool_offer(struct pool *p, const struct item *it, const struct item_memory *m);
void pool_finish(struct pool *p);
size_t pool_n(const struct pool *p);
const struct pick *pool_pick(const struct pool *p, size_t i); /* in rank order */
size_t pool_near_n(const struct pool *p);
const struct pick *pool_near(const struct pool *p,
                             size_t i); /* why->reason says what held it back */
size_t pool_considered(const struct pool *p);
size_t pool_count(const struct pool *p, enum reason r);

#endif
