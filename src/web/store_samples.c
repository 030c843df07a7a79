/* web/store_samples.c — what the database knows: the revision, conditions, roll-ups, libraries. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "store/conditions.h"
#include "store/library.h"
#include "store/resources.h"
#include "store/searches.h"
#include "web/samples.h"

/* ---- conditions ---- */

static void add_count(void *ctx, const struct condition_count *c)
{
    SAMPLE(ctx, METRIC_RESOURCES, c->n, c->kind, c->type, c->status);
}

/* An instance nobody has asked yet is neither up nor down. */
static void add_up(void *ctx, const struct stored_condition *c)
{
    static const char prefix[] = "instance/";
    bool is_up = str_eq(c->status, "True"), is_down = str_eq(c->status, "False");
    if (str_starts(c->address, prefix) && str_eq(c->type, "Healthy") && (is_up || is_down))
        SAMPLE(ctx, METRIC_UP, is_up, c->address + strlen(prefix));
}

/* ---- roll-ups ---- */

static void add_searches(struct samples *s, const struct rollup *r, const char *outcome, int64_t n)
{
    SAMPLE(s, METRIC_SEARCHES, n, r->instance, r->queue, r->strategy, outcome);
}

struct by_instance {
    struct samples *samples;
    char name[256];
    int64_t n_queries;
};

static void end_instance(struct by_instance *x)
{
    if (*x->name)
        SAMPLE(x->samples, METRIC_QUERIES, x->n_queries, x->name);
}

/* Rows come by instance. */
static void add_queries(struct by_instance *x, const struct rollup *r)
{
    if (!str_eq(x->name, r->instance)) {
        end_instance(x);
        x->n_queries = 0;
        snprintf(x->name, sizeof x->name, "%s", r->instance);
    }
    x->n_queries += r->indexer_queries;
}

static void add_rollup(void *ctx, const struct rollup *r)
{
    struct by_instance *x = ctx;
    add_searches(x->samples, r, "grabbed", r->grabbed);
    add_searches(x->samples, r, "nothing", r->nothing);
    add_searches(x->samples, r, "failed", r->failed);
    add_searches(x->samples, r, "other", r->other);
    SAMPLE(x->samples, METRIC_GRABS, r->grabs, r->instance, r->queue, r->strategy);
    SAMPLE(x->samples, METRIC_IMPORTS, r->imported, r->instance, r->queue, r->strategy);
    add_queries(x, r);
}

static bool add_rollups(struct samples *s, struct store *store, struct err *e)
{
    struct by_instance x = {.samples = s};
    if (!rollups_total(store, add_rollup, &x, e))
        return false;
    end_instance(&x);
    return true;
}

/* ---- all ---- */

bool store_sample(struct samples *s, struct store *store, struct err *e)
{
    int64_t revision, n_bytes;
    if (!revision_number(store, &revision, e) || !store_bytes(store, &n_bytes, e))
        return false;
    SAMPLE(s, METRIC_REVISION, revision, NULL);
    SAMPLE(s, METRIC_DB_BYTES, n_bytes, NULL);
    return conditions_count(store, add_count, s, e) && conditions_each(store, NULL, add_up, s, e) &&
           add_rollups(s, store, e);
}

/* ---- libraries ---- */

/* Every item is in exactly one state; `other` is unmonitored or not out yet. */
static void add_library(void *ctx, const struct library_summary *l)
{
    SAMPLE(ctx, METRIC_ITEMS, l->missing, l->instance, "missing");
    SAMPLE(ctx, METRIC_ITEMS, l->cutoff_unmet, l->instance, "cutoff_unmet");
    SAMPLE(ctx, METRIC_ITEMS, l->with_file - l->cutoff_unmet, l->instance, "complete");
    SAMPLE(ctx, METRIC_ITEMS, l->items - l->with_file - l->missing, l->instance, "other");
}

bool library_sample(struct samples *s, struct store *store, struct err *e)
{
    return library_each(store, add_library, s, e);
}
