/* cli/standing_item.h — how an item stands, in one word. */
#ifndef SPL_CLI_STANDING_ITEM_H
#define SPL_CLI_STANDING_ITEM_H

#include "model/item.h"

/* Monitored and out, without a file. */
bool item_is_missing(const struct item *it, utc_t now);

/* "complete", "upgradable", "missing", "unmonitored", "unreleased", "undated". */
const char *item_standing(const struct item *it, utc_t now);

#endif
