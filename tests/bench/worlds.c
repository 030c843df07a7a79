/* bench/worlds.c — what each order finds: five kinds of worlds, the same seeds for everyone, on a
 * virtual clock over the search room alone. Prints one table. usage: worlds [SEEDS] */
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

enum { SMART, FIRST_SIMPLE, LAST_SIMPLE = 5, OLDER, ORACLE, N_CONTESTANTS };
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

static double best_simple(const struct sum sums[])
{
    double best = 0;
    for (int c = FIRST_SIMPLE; c <= LAST_SIMPLE; c++)
        best = fmax(best, per_mille(&sums[c]));
    return best;
}

int main(int argc, char **argv)
{
    int n_seeds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : SEEDS;
    double gain = 0, share = 0;
    printf("%-26s", "what each order finds");
    for (int c = 0; c < N_CONTESTANTS; c++)
        printf(" %12s", contestants[c].name);
    printf("\n");
    for (int k = 0; k < n_world_kinds; k++) {
        struct sum sums[N_CONTESTANTS] = {0};
        run_world(&world_kinds[k], n_seeds, sums);
        print_world(world_kinds[k].name, sums);
        gain += per_mille(&sums[SMART]) / best_simple(sums) / n_world_kinds;
        share += row_share(sums, SMART) / n_world_kinds;
        for (int c = 0; c < N_CONTESTANTS; c++)
            mem_free(sums[c].hours);
    }
    printf("smart against the best simple order of each world: %.2f on average (aim: 1.10)\n",
           gain);
    printf("smart's share of the oracle: %.0f %% on average (aim: 60)\n", share);
    return 0;
}
