/* search/shortlist.h — the best k of everything offered. Strings of what is kept are its own, so
 * memory is O(k) whatever is offered. */
#ifndef SPL_SEARCH_SHORTLIST_H
#define SPL_SEARCH_SHORTLIST_H

#include "base/vec.h"
#include "search/search.h"

/* A pick with the block that holds its strings. */
struct kept {
    struct pick pick;
    char *strings;
};

/* Negative: a before b. Never 0 for two items. */
typedef int pick_compare(const struct query *q, const struct pick *a, const struct pick *b);

struct shortlist {
    const struct query *query;
    pick_compare *compare;
    size_t limit;
    VEC(struct kept) heap; /* the worst on top, until sorted */
};
void shortlist_offer(struct shortlist *s, const struct pick *pick);
void shortlist_sort(struct shortlist *s); /* best first, identities filled in; no offers after it */
void shortlist_done(struct shortlist *s);

#endif
