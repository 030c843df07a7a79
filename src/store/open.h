/* store/open.h — opening with a chosen list of migrations: what store_open does with the embedded
 * one, and tests with a longer one. */
#ifndef SPL_STORE_OPEN_H
#define SPL_STORE_OPEN_H

#include "store/migrate.h"

MUST_CHECK bool store_open_as(const struct store_setup *setup, const struct migrations *list,
                              struct store **ret, enum store_found *ret_found, struct err *e);
/* Plain, in memory, without key or schema: to compare schemas with. */
MUST_CHECK bool store_open_scratch(const struct clock *clock, struct store **ret, struct err *e);

#endif
