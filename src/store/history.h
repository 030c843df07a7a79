/* store/history.h — forgetting what is old enough: runs, attempts and changes of health, and items
 * that their servers no longer have. Never touched, whatever their age: the memory of items
 * (cooldowns), roll-ups, the newest attempt of an item, the newest run of a queue on an instance,
 * what is unfinished, and what caps and the loop guard may still count.
 *
 *     struct pruning p = {.history_before = …, .items_before = …};
 *     while (!p.is_over)
 *         store_prune_history(store, &p, 500, &e);     a slice in each turn of a loop
 */
#ifndef SPL_STORE_HISTORY_H
#define SPL_STORE_HISTORY_H

#include "store/store.h"

struct pruning {
    utc_t history_before; /* settings.history.retain ago */
    utc_t items_before;   /* gone since before: settings.reconcile.prune.retain ago */
    size_t n;             /* rows forgotten so far */
    bool is_over;
    /* The function's own: where it is. */
    int step;
    utc_t at;
    int64_t id;
};

/* Looks at up to max_rows rows, in one transaction. At the end it notes the day. */
MUST_CHECK bool store_prune_history(struct store *s, struct pruning *p, size_t max_rows,
                                    struct err *e);

/* Whether the last whole one ended a day ago, or never. */
MUST_CHECK bool store_prune_is_due(struct store *s, bool *ret, struct err *e);

#endif
