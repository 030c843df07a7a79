/* engine/due.h — when a queue runs next on one instance by itself, and why: its schedule, its past
 * runs and what airs, all from the state. Pauses and gates come on top. */
#ifndef SPL_ENGINE_DUE_H
#define SPL_ENGINE_DUE_H

#include "model/item.h"
#include "model/timetable.h"
#include "store/store.h"

struct due_question {
    struct store *store;
    const struct config *config;
    struct zones *zones;
    const struct resource *queue; /* of `config` */
    const char *instance;
    const char *known_queue, *known_instance; /* under which names the state knows them; NULL: the
                                                 same */
    utc_t now;
    utc_t since; /* since when its schedule is what it is; 0: as the state says */
};
struct due {
    struct when_next next;
    bool is_suspended;    /* in the tree: there is no next run */
    utc_t last;           /* when a run of everything began last that came to its end; 0: never */
    enum opening opening; /* of its hours, now */
    utc_t airing;         /* with CAUSE_AIRING: when `because` airs */
    char because[ITEM_TITLE]; /* what airs, or has aired; "" for other causes */
};
MUST_CHECK bool due_next(const struct due_question *q, struct due *ret, struct err *e);

#endif
