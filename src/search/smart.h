/* search/smart.h — `order: smart`: expected finds per indexer query (engine page, section 7). */
#ifndef SPL_SEARCH_SMART_H
#define SPL_SEARCH_SMART_H

#include "search/search.h"

/* The terms of the score, for `why`. */
struct smart {
    struct forecast forecast;
    double luck;   /* what searches of its title found against what was expected of them */
    double chance; /* that a search finds something */
    double worth;  /* of a find: more while the item is fresh */
    int cost;      /* indexer queries */
    double score;
};
struct smart smart_of(const struct query *q, const struct item *it, const struct item_memory *m);

/* The terms in one line for people. Cut to fit. */
void smart_explain(const struct smart *s, char *ret, size_t size);

#endif
