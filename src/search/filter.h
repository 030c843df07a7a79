/* search/filter.h — a queue's filters over one item. */
#ifndef SPL_SEARCH_FILTER_H
#define SPL_SEARCH_FILTER_H

#include "model/item.h"
#include "model/kinds.h"

/* The name of the first filter that the item does not pass, or NULL. */
const char *filter_refuses(const struct filters *f, const struct item *it);

/* Whether a "|a|b|" list holds a word, case folded. */
bool bar_list_has(const char *list, const char *word);

#endif
