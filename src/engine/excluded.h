/* engine/excluded.h — the exclusions of one instance, compiled with what the state knows of them.
 */
#ifndef SPL_ENGINE_EXCLUDED_H
#define SPL_ENGINE_EXCLUDED_H

#include "model/config.h"
#include "search/exclusion.h"
#include "store/store.h"

/* `for:` counts from when an exclusion was first applied: read from the state. */
MUST_CHECK bool excluded_on(struct store *s, const struct config *config, const char *instance,
                            utc_t now, struct exclusions **ret, struct err *e);

#endif
