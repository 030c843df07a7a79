/* engine/retention.h — how long history is kept, by the settings; the forgetting itself is
 * store/history.h's. */
#ifndef SPL_ENGINE_RETENTION_H
#define SPL_ENGINE_RETENTION_H

#include "model/config.h"
#include "store/history.h"

/* What may be forgotten at `now`; whoever has a loop hands it to store_prune_history slice by
 * slice. */
struct pruning retention_of(const struct settings *settings, utc_t now);

/* All of it at once, at most once a day; *ret_n: rows forgotten. For a program about to end. */
MUST_CHECK bool retention_daily(struct store *s, const struct settings *settings, utc_t now,
                                size_t *ret_n, struct err *e);

#endif
