/* engine/retention.c — settings.history.retain and settings.reconcile.prune.retain. */
#include "engine/retention.h"

enum { SLICE_ROWS = 500 };

struct pruning retention_of(const struct settings *settings, utc_t now)
{
    return (struct pruning){
        .history_before = now - settings->history.retain,
        .items_before = now - settings->reconcile.prune.retain,
    };
}

bool retention_daily(struct store *s, const struct settings *settings, utc_t now, size_t *ret_n,
                     struct err *e)
{
    struct pruning p = retention_of(settings, now);
    bool is_due;
    *ret_n = 0;
    if (!store_prune_is_due(s, &is_due, e))
        return false;
    while (is_due && !p.is_over)
        if (!store_prune_history(s, &p, SLICE_ROWS, e))
            return false;
    *ret_n = p.n;
    return true;
}
