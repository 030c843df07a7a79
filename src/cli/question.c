/* cli/question.c — finding an item, and asking every queue of its instance about it. */
#include "cli/question.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/str.h"
#include "engine/named.h"
#include "engine/season_at.h"
#include "store/library.h"
#include "store/searches.h"

bool question_is_item(const char *address)
{
    enum item_kind kind;
    char instance[ITEM_ADDRESS];
    int64_t id;
    return view_item_address(address, &kind, instance, sizeof instance, &id);
}

static bool load_rates(struct question *x, struct err *e)
{
    struct store *s = x->view->store;
    return rates_load(s, x->instance, STRATEGY_MISSING, &x->missing, e) &&
           rates_load(s, x->instance, STRATEGY_CUTOFF_UNMET, &x->upgrades, e);
}

static bool load(struct question *x, enum item_kind kind, int64_t id, bool *ret_found,
                 struct err *e)
{
    struct store *s = x->view->store;
    return item_find(s, x->instance, kind, id, x->view->arena, &x->item, &x->memory, ret_found,
                     e) &&
           load_rates(x, e);
}

bool question_open(struct question *x, const struct view *v, const char *address, int *ret_exit)
{
    enum item_kind kind;
    int64_t id;
    struct err e = {0};
    bool is_found = false;
    *x = (struct question){.view = v, .now = clock_utc(v->cli->clock)};
    if (!view_item_address(address, &kind, x->instance, sizeof x->instance, &id))
        *ret_exit = cli_failf(v->cli, ERR_USAGE, "'%s' is no address of an item", address);
    else if (!config_find(v->config, KIND_INSTANCE, x->instance)) {
        named_not(v->config, KIND_INSTANCE, x->instance, &e);
        *ret_exit = cli_fail(v->cli, &e);
    } else if (!load(x, kind, id, &is_found, &e))
        *ret_exit = cli_fail(v->cli, &e);
    else if (!is_found)
        *ret_exit = cli_failf(v->cli, ERR_USAGE,
                              "the library of instance/%s holds no %s %" PRId64
                              " (splintarr get missing lists addresses)",
                              x->instance, item_kind_names[kind], id);
    return is_found && e.code == ERR_NONE;
}

static void on_episode(void *ctx, const struct item *it, const struct item_memory *m)
{
    season_add(ctx, it, m);
}

/* No queue's: what it is and what is remembered of it. */
static bool load_season(struct question *x, const char *address, struct err *e)
{
    const struct view *v = x->view;
    const struct query of_none = {.now = x->now};
    struct season season = season_begin(&of_none);
    struct season_at at = {0};
    if (!season_find(v->store, v->config, address, &at, e) ||
        !season_read(v->store, at.instance, at.series, at.number, v->arena, on_episode, &season,
                     &x->memory, e))
        return false;
    season_remember(&season, &x->memory);
    x->item = season.item;
    x->memory = season.memory;
    snprintf(x->instance, sizeof x->instance, "%s", at.instance);
    return load_rates(x, e);
}

bool question_open_season(struct question *x, const struct view *v, const char *address,
                          int *ret_exit)
{
    struct err e = {0};
    *x = (struct question){.view = v, .now = clock_utc(v->cli->clock)};
    bool ok = load_season(x, address, &e);
    if (!ok)
        *ret_exit = cli_fail(v->cli, &e);
    return ok;
}

static utc_t first_applied(const void *ctx, const char *name)
{
    const struct view *v = ctx;
    const struct resource *r = config_find(v->config, KIND_EXCLUSION, name);
    const struct applied *a = r ? view_applied(v, r) : NULL;
    return a ? a->first_applied : 0;
}

static bool runs_on(const struct view *v, const struct resource *r, const char *instance)
{
    const struct queue *q = r->spec;
    struct strlist names;
    config_select(v->config, &q->instances, r->owner, v->arena, &names);
    for (size_t i = 0; i < names.n; i++)
        if (str_eq(names.at[i], instance))
            return true;
    return false;
}

/* Asked of the attempts as they are; what cannot be read is not in flight. */
static bool is_elsewhere(const void *ctx, const char *identity)
{
    const struct question *x = ctx;
    struct err e;
    bool is_open = false;
    return is_searching_elsewhere(x->view->store, x->instance, identity, &is_open, &e) && is_open;
}

bool question_season(const struct question *x, const struct query *q, struct season *ret)
{
    struct item_memory m;
    struct err e;
    *ret = season_begin(q);
    if (x->item.kind != ITEM_EPISODE ||
        !season_read(x->view->store, x->instance, x->item.title_id, x->item.season, x->view->arena,
                     on_episode, ret, &m, &e))
        return false;
    season_remember(ret, &m);
    return true;
}

/* Whether the item's season goes first, as a run would find. */
static void find_packs(const struct question *x, const struct query *q, struct packs *ret)
{
    struct season s;
    if (q->queue->season_packs && question_season(x, q, &s) && season_is_pack(&s) &&
        season_goes_first(&s))
        packs_add(ret, &s);
}

size_t question_each(const struct question *x,
                     void (*answer)(void *ctx, const struct resource *queue, const struct query *q),
                     void *ctx)
{
    const struct view *v = x->view;
    struct exclusions *exclusions =
        exclusions_new(v->config, x->instance, x->now, first_applied, v);
    size_t n = 0;
    for (size_t i = 0; i < config_n(v->config); i++) {
        const struct resource *r = config_at(v->config, i);
        if (r->kind != KIND_QUEUE || !runs_on(v, r, x->instance))
            continue;
        const struct queue *spec = r->spec;
        bool is_upgrade = spec->strategy == STRATEGY_CUTOFF_UNMET;
        struct query q = {.queue = spec,
                          .owner = r->owner,
                          .exclusions = exclusions,
                          .now = x->now,
                          .limit = 1,
                          .rates = is_upgrade ? &x->upgrades : &x->missing,
                          .is_elsewhere = is_elsewhere,
                          .ctx = x};
        if (!query_considers(&q, &x->item))
            continue;
        CLEANUP(packs_done) struct packs packs = {0};
        find_packs(x, &q, &packs);
        q.packs = &packs;
        answer(ctx, r, &q);
        n++;
    }
    exclusions_free(exclusions);
    return n;
}
