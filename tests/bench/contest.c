/* bench/contest.c — the engine's loop without the engine: select, search, remember. */
#include "bench/contest.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"

/* A queue that runs every three hours under caps it reaches: ranking matters only when not
 * everything can be searched. */
static const ms_t every = HOURS(3), min_gap = SECONDS(15);
enum { BATCH = 5, PER_HOUR = 20, PER_DAY = 36 };

struct contest {
    const struct world *w;
    const struct contestant *c;
    struct queue queue;
    struct query query;
    struct rates rates;
    struct item *items; /* as the library has them now */
    struct item_memory *memory;
    utc_t *rests_until;       /* by the cooldown: not offered before, to save time */
    utc_t *searched;          /* when, of every search that counted */
    size_t *chosen, n_chosen; /* of the run under way: indexes, best first */
    double *scores;
    struct result result;
};

static utc_t end_of_world(void)
{
    return WORLD_START + DAYS(WORLD_DAYS);
}

/* ---- caps: rolling, counted from what was searched ---- */

static int64_t n_since(const struct contest *x, utc_t since)
{
    int64_t n = x->result.n_searches;
    while (n > 0 && x->searched[n - 1] > since)
        n--;
    return x->result.n_searches - n;
}

static size_t cap_left(const struct contest *x, utc_t now)
{
    int64_t hour = PER_HOUR - n_since(x, now - HOURS(1));
    int64_t day = PER_DAY - n_since(x, now - DAYS(1));
    return (size_t)MAX(0, MIN(hour, day));
}

/* ---- choosing ---- */

static bool is_offered(const struct contest *x, size_t i)
{
    return !x->items[i].has_file && x->items[i].aired <= x->query.now &&
           x->rests_until[i] <= x->query.now;
}

static void choose_by_order(struct contest *x, uint64_t seed)
{
    struct pool *p = pool_new(&x->query, seed);
    for (size_t i = 0; i < x->w->n; i++)
        if (is_offered(x, i))
            pool_offer(p, &x->items[i], &x->memory[i]);
    pool_finish(p);
    for (size_t i = 0; i < pool_n(p); i++)
        x->chosen[x->n_chosen++] = (size_t)pool_pick(p, i)->item.id - 1;
    pool_free(p);
}

static int compare_scores(const void *a, const void *b, void *ctx)
{
    const double *scores = ctx;
    size_t i = *(const size_t *)a, k = *(const size_t *)b;
    if (scores[i] != scores[k])
        return scores[i] > scores[k] ? -1 : 1;
    return (i > k) - (i < k);
}

static void choose_by_score(struct contest *x)
{
    size_t n = 0;
    for (size_t i = 0; i < x->w->n; i++) {
        if (!is_offered(x, i) ||
            query_judge(&x->query, &x->items[i], &x->memory[i]).reason != REASON_selected)
            continue;
        x->scores[i] = x->c->score(&x->w->at[i], &x->memory[i], x->query.now);
        x->chosen[n++] = i;
    }
    qsort_r(x->chosen, n, sizeof *x->chosen, compare_scores, x->scores);
    x->n_chosen = MIN(n, x->query.limit);
}

/* ---- searching ---- */

static enum verdict truth(const struct contest *x, size_t i, utc_t now)
{
    const struct world_item *it = &x->w->at[i];
    if (world_is_down(x->w, now))
        return VERDICT_NO_INDEXERS;
    if (!it->appears || it->appears > now || (it->is_on_second && world_is_half_down(x->w, now)))
        return VERDICT_NOTHING;
    return VERDICT_GRABBED;
}

/* What the store would remember. */
static void remember(struct item_memory *m, enum verdict verdict, utc_t now)
{
    m->last = verdict;
    if (verdict == VERDICT_NO_INDEXERS) {
        m->n_soft_failures++;
        m->soft_failed = now;
        return;
    }
    m->searched = now;
    m->n_searches++;
    m->n_soft_failures = 0;
    m->soft_failed = 0;
    m->n_nothing += verdict == VERDICT_NOTHING;
}

static void learn(struct contest *x, size_t i, const struct item_memory *before, bool has_found,
                  utc_t now)
{
    const struct item *it = &x->items[i];
    struct forecast f = rates_forecast(&x->rates, it, before, now);
    for (size_t k = 0; k < x->w->n; k++)
        if (x->items[k].title_id == it->title_id) {
            x->memory[k].title_expected += f.expected;
            x->memory[k].title_finds += has_found;
        }
    rates_note(&x->rates, it, before, now, has_found, 1);
}

/* False: nobody could be asked, the run ends. */
static bool search(struct contest *x, size_t i, utc_t now)
{
    enum verdict verdict = truth(x, i, now);
    struct item_memory before = x->memory[i];
    remember(&x->memory[i], verdict, now);
    x->rests_until[i] = cooldown_until(&x->queue.cooldown, &x->items[i], &x->memory[i], now);
    if (verdict == VERDICT_NO_INDEXERS)
        return false;
    if (x->c->order == ORDER_SMART && !x->c->score) /* the others would not look at it */
        learn(x, i, &before, verdict == VERDICT_GRABBED, now);
    x->searched[x->result.n_searches++] = now;
    x->result.n_queries += item_search_cost(&x->items[i]);
    if (verdict == VERDICT_GRABBED) {
        x->result.n_finds++;
        x->items[i].has_file = true;
    }
    return true;
}

static void run_once(struct contest *x, utc_t now, uint64_t seed)
{
    x->query.now = now;
    x->query.limit = MIN((size_t)BATCH, cap_left(x, now));
    x->n_chosen = 0;
    if (x->query.limit == 0)
        return;
    if (x->c->score)
        choose_by_score(x);
    else
        choose_by_order(x, seed);
    for (size_t i = 0; i < x->n_chosen; i++)
        if (!search(x, x->chosen[i], now + (ms_t)i * min_gap))
            return;
}

/* ---- the contest ---- */

static void begin(struct contest *x)
{
    size_t n = x->w->n;
    x->queue = (struct queue){.strategy = STRATEGY_MISSING,
                              .order = (int)x->c->order,
                              .batch = BATCH,
                              .cooldown = {.is_adaptive = true},
                              .grace = HOURS(6),
                              .specials = true};
    x->query = (struct query){.queue = &x->queue, .rates = &x->rates};
    x->items = mem_zeroed(n * sizeof *x->items);
    x->memory = mem_zeroed(n * sizeof *x->memory);
    x->rests_until = mem_zeroed(n * sizeof *x->rests_until);
    x->searched = mem_zeroed((size_t)WORLD_DAYS * (PER_DAY + 1) * sizeof *x->searched);
    x->chosen = mem_zeroed(n * sizeof *x->chosen);
    x->scores = mem_zeroed(n * sizeof *x->scores);
    for (size_t i = 0; i < n; i++)
        x->items[i] = x->w->at[i].item;
}

static void tell_fresh(struct contest *x)
{
    x->result.fresh_hours = mem_zeroed(x->w->n * sizeof *x->result.fresh_hours);
    for (size_t i = 0; i < x->w->n; i++) {
        const struct world_item *it = &x->w->at[i];
        if (!it->is_fresh || !it->appears || it->appears > end_of_world() - DAYS(7))
            continue;
        ms_t took = x->memory[i].searched - it->item.aired;
        x->result.fresh_hours[x->result.n_fresh++] =
            x->items[i].has_file ? (double)took / (double)HOURS(1) : (double)INFINITY;
    }
}

static void end(struct contest *x)
{
    mem_free(x->items);
    mem_free(x->memory);
    mem_free(x->rests_until);
    mem_free(x->searched);
    mem_free(x->chosen);
    mem_free(x->scores);
}

struct result contest_run(const struct world *w, const struct contestant *c, uint64_t seed)
{
    struct contest x = {.w = w, .c = c};
    begin(&x);
    for (utc_t now = WORLD_START; now < end_of_world(); now += every)
        run_once(&x, now, rng_mix(seed, (uint64_t)now));
    tell_fresh(&x);
    end(&x);
    return x.result;
}

void result_done(struct result *r)
{
    mem_free(r->fresh_hours);
    r->fresh_hours = NULL;
}
