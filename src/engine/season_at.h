/* engine/season_at.h — the season that an address names, "season/sonarr-main/12/2": the series by
 * the id its server has for it; S02 does for 2. */
#ifndef SPL_ENGINE_SEASON_AT_H
#define SPL_ENGINE_SEASON_AT_H

#include "model/config.h"
#include "model/item.h"
#include "store/store.h"

bool is_season_address(const char *address);

struct season_at {
    char instance[ITEM_ADDRESS];
    int64_t series;
    int number;
};
/* False with a sentence about what is wrong with it, and what is near, when there is none. */
MUST_CHECK bool season_find(struct store *s, const struct config *c, const char *address,
                            struct season_at *ret, struct err *e);

#endif
