/* bench/worlds.c — what each order finds: five kinds of worlds, the same seeds for everyone, on a
 * virtual clock over the search room alone. Prints one table; fails when `smart` misses an aim.
 * usage: worlds [SEEDS] */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "bench/contest.h"

enum { SEEDS = 10 };

/* ---- who ranks from outside ---- */

/* Knows when every release appears: what is there now first, the cheapest of it first. */
static double oracle(const struct world_item *x, const struct item_memory *m UNUSED, utc_t now)
{
    bool is_there = x->appears && x->appears <= now;
    return (is_there ? 2.0 : 0.0) + 1.0 / item_search_cost(&x->item);
}

static double older_age(ms_t age)
{
    return age < DAYS(1) ? 40 : age < DAYS(7) ? 30 : age < DAYS(30) ? 20 : age < DAYS(365) ? 10 : 5;
}

static double older_attempts(int n)
{
    return n == 0 ? 30 : n <= 5 ? 25 : n <= 10 ? 15 : n <= 20 ? 8 : 2;
}

static double older_rest(utc_t searched, utc_t now)
{
    ms_t rest = now - searched;
    return !searched ? 30 : rest > DAYS(7) ? 25 : rest > DAYS(3) ? 20 : rest > DAYS(1) ? 15 : 5;
}

/* The scoring rule of the older Splintarr, with its weights for what is missing. */
static double older(const struct world_item *x, const struct item_memory *m, utc_t now)
{
    const double age = 1.5, attempts = .8, rest = .7;
    return 100 *
           (older_age(now - item_released(&x->item)) * age +
            older_attempts(m->n_searches) * attempts + older_rest(m->searched, now) * rest) /
           (40 * age + 30 * attempts + 30 * rest);
}

enum { SMART, FIRST_SIMPLE, NEWEST = 3, LAST_SIMPLE = 5, OLDER, ORACLE, N_CONTESTANTS };
static const struct contestant contestants[N_CONTESTANTS] = {
    {"smart", ORDER_SMART, NULL},
    {"random", ORDER_RANDOM, NULL},
    {"least_recent", ORDER_LEAST_RECENT, NULL},
    {"newest", ORDER_NEWEST, NULL},
    {"oldest", ORDER_OLDEST, NULL},
    {"title", ORDER_TITLE, NULL},
    {"older score", ORDER_SMART, older},
    {"oracle", ORDER_SMART, oracle},
};

/* ---- sums over the seeds ---- */

struct sum {
    double queries, finds;
    double *hours;
    size_t n_hours;
};

static void add(struct sum *s, struct result *r)
{
    s->queries += (double)r->n_queries;
    s->finds += (double)r->n_finds;
    s->hours = mem_resized(s->hours, (s->n_hours + r->n_fresh) * sizeof *s->hours);
    for (size_t i = 0; i < r->n_fresh; i++)
        s->hours[s->n_hours++] = r->fresh_hours[i];
    result_done(r);
}

static double per_mille(const struct sum *s)
{
    return 1000 * s->finds / s->queries;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(struct sum *s)
{
    qsort(s->hours, s->n_hours, sizeof *s->hours, compare_doubles);
    return s->hours[s->n_hours / 2];
}

static void run_world(const struct world_kind *kind, int n_seeds, struct sum sums[])
{
    for (int seed = 1; seed <= n_seeds; seed++) {
        struct world w = world_new(kind, (uint64_t)seed);
        for (int c = 0; c < N_CONTESTANTS; c++) {
            struct result r = contest_run(&w, &contestants[c], (uint64_t)seed);
            add(&sums[c], &r);
        }
        world_done(&w);
    }
}

/* ---- the table ---- */

static void print_row(const char *label, struct sum sums[], double (*value)(struct sum *all, int c))
{
    printf("%-26s", label);
    for (int c = 0; c < N_CONTESTANTS; c++)
        printf(" %12.1f", value(sums, c));
    printf("\n");
}

static double row_finds(struct sum *all, int c)
{
    return per_mille(&all[c]);
}
static double row_share(struct sum *all, int c)
{
    return 100 * per_mille(&all[c]) / per_mille(&all[ORACLE]);
}
static double row_hours(struct sum *all, int c)
{
    return median(&all[c]);
}

static void print_world(const char *name, struct sum sums[])
{
    printf("%s\n", name);
    print_row("  finds per 1,000 queries", sums, row_finds);
    print_row("  % of the oracle", sums, row_share);
    print_row("  fresh: median hours", sums, row_hours);
    fflush(stdout);
}

/* ---- what smart is held to ---- */

struct verdict_on_smart {
    double worst, gain, share; /* against any order of any world; the best simple one; the oracle */
    int n_slower;              /* worlds where newest finds fresh episodes earlier */
};

static void weigh(struct sum sums[], struct verdict_on_smart *v)
{
    double best = 0, smart = per_mille(&sums[SMART]);
    for (int c = FIRST_SIMPLE; c <= OLDER; c++) {
        v->worst = fmin(v->worst, smart / per_mille(&sums[c]));
        if (c <= LAST_SIMPLE)
            best = fmax(best, per_mille(&sums[c]));
    }
    v->gain += smart / best / n_world_kinds;
    v->share += row_share(sums, SMART) / n_world_kinds;
    v->n_slower += median(&sums[SMART]) > median(&sums[NEWEST]);
}

static bool print_verdict(const struct verdict_on_smart *v)
{
    printf("smart against any order of any world, at worst: %.2f (aim: 0.95)\n", v->worst);
    printf("smart against the best simple order of each world: %.2f on average (aim: 1.10)\n",
           v->gain);
    printf("smart's share of the oracle: %.0f %% on average (aim: 60)\n", v->share);
    printf("worlds where newest finds fresh episodes earlier: %d of %d (aim: 0)\n", v->n_slower,
           n_world_kinds);
    return v->worst >= .95 && v->gain >= 1.1 && v->share >= 60;
}

int main(int argc, char **argv)
{
    int n_seeds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : SEEDS;
    struct verdict_on_smart v = {.worst = (double)INFINITY};
    printf("%-26s", "what each order finds");
    for (int c = 0; c < N_CONTESTANTS; c++)
        printf(" %12s", contestants[c].name);
    printf("\n");
    for (int k = 0; k < n_world_kinds; k++) {
        struct sum sums[N_CONTESTANTS] = {0};
        run_world(&world_kinds[k], n_seeds, sums);
        print_world(world_kinds[k].name, sums);
        weigh(sums, &v);
        for (int c = 0; c < N_CONTESTANTS; c++)
            mem_free(sums[c].hours);
    }
    printf("the oracle knows when each release appears, and searches as often as the others do\n");
    return print_verdict(&v) ? 0 : 1;
}
