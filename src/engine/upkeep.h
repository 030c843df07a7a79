/* engine/upkeep.h — what a daemon does once a day for its state: forgetting what is old enough, a
 * slice in each turn of the loop. */
#ifndef SPL_ENGINE_UPKEEP_H
#define SPL_ENGINE_UPKEEP_H

#include "loop/loop.h"
#include "model/config.h"
#include "store/store.h"

struct upkeep;

/* Looks now, then every hour, whether a day has passed. */
struct upkeep *upkeep_new(struct loop *l, struct store *store);
struct upkeep *upkeep_free(struct upkeep *u); /* takes NULL, returns NULL */
/* How long things are kept from now on. The configuration must outlive its successor's call. */
void upkeep_adopt(struct upkeep *u, const struct config *config);

#endif
