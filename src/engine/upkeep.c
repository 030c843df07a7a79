/* engine/upkeep.c — timers around store_prune_history. */
#include "engine/upkeep.h"

#include "base/log.h"
#include "base/mem.h"
#include "engine/retention.h"

enum { SLICE_ROWS = 200, LOOK_EVERY_MINUTES = 60 };

struct upkeep {
    struct loop *loop;
    struct store *store;
    const struct config *config; /* NULL: nothing is known to keep or to forget */
    struct pruning pruning;
    struct timer *timer;
};

static void look(void *ctx);

static void rest(struct upkeep *u)
{
    u->timer = loop_after(u->loop, MINUTES(LOOK_EVERY_MINUTES), look, u);
}

static void slice(void *ctx)
{
    struct upkeep *u = ctx;
    struct err e = {0};
    u->timer = NULL;
    if (!store_prune_history(u->store, &u->pruning, SLICE_ROWS, &e)) {
        log_error("history_pruned", KV("error", e.msg));
        rest(u);
    } else if (u->pruning.is_over) {
        log_debug("history_pruned", KV("rows", (int64_t)u->pruning.n));
        rest(u);
    } else {
        u->timer = loop_after(u->loop, 0, slice, u);
    }
}

static void look(void *ctx)
{
    struct upkeep *u = ctx;
    struct err e = {0};
    bool is_due = false;
    u->timer = NULL;
    if (u->config && !store_prune_is_due(u->store, &is_due, &e))
        log_error("history_pruned", KV("error", e.msg));
    if (!is_due) {
        rest(u);
        return;
    }
    u->pruning = retention_of(config_settings(u->config), loop_utc(u->loop));
    u->timer = loop_after(u->loop, 0, slice, u);
}

struct upkeep *upkeep_new(struct loop *l, struct store *store)
{
    struct upkeep *u = NEW(struct upkeep);
    *u = (struct upkeep){.loop = l, .store = store};
    u->timer = loop_after(l, 0, look, u);
    return u;
}

struct upkeep *upkeep_free(struct upkeep *u)
{
    if (!u)
        return NULL;
    timer_stop(u->timer);
    mem_free(u);
    return NULL;
}

void upkeep_adopt(struct upkeep *u, const struct config *config)
{
    u->config = config;
}
