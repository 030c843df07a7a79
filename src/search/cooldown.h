/* search/cooldown.h — the pieces of cooldown_until, for the gates and their numbers. */
#ifndef SPL_SEARCH_COOLDOWN_H
#define SPL_SEARCH_COOLDOWN_H

#include "model/item.h"

/* The adaptive table: by age since airing or release at the time of the search. */
ms_t cooldown_base(ms_t age);

/* How long it rests after that search: "7d x 2^1 (nothing found 1 time)", "at most 30d", "3d". */
enum { COOLDOWN_WORDS = 80 };
const char *cooldown_words(const struct cooldown *c, const struct item *it,
                           const struct item_memory *m, char ret[static COOLDOWN_WORDS]);

/* Somebody asked for it again, after all that was searched. */
bool cooldown_is_lifted(const struct item_memory *m);

/* Whether the last search was ours: what the server notes of one of ours is a little later. */
bool cooldown_is_ours(const struct item *it, const struct item_memory *m);

/* Three grabs within seven days without an import (the store counts) hold an item for 30 days; 0:
 * not held. */
utc_t loop_guard_until(const struct item_memory *m, utc_t now);

#endif
