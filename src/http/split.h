/* http/split.h — a JSON array cut into its elements while it streams in, each projected to the
 * wanted top-level keys before jansson sees it: memory does not grow with the list, and parsing
 * costs only what is wanted. Feeding byte by byte or in one piece gives the same elements.
 *
 * What is not wanted is not parsed, but its shape is checked: members with one value each, brackets
 * that match. A key may be written with escapes. */
#ifndef SPL_HTTP_SPLIT_H
#define SPL_HTTP_SPLIT_H

#include <jansson.h>

#include "base/err.h"

enum {
    SPLIT_ELEMENT_MAX = 1024 * 1024,
    SPLIT_DEPTH_MAX = 64,
    SPLIT_ELEMENTS_MAX = 5 * 1000 * 1000 /* in one list: nobody has as many episodes */
};

struct split;

/* `keys`: the wanted top-level members, NULL-terminated, or NULL for all; must outlive the
 * splitter. on_element borrows the element; false ends with the error it set. */
struct split *split_new(const char *const keys[],
                        bool (*on_element)(void *ctx, json_t *element, struct err *e), void *ctx);
struct split *split_free(struct split *s); /* takes NULL, returns NULL */

MUST_CHECK bool split_feed(struct split *s, const char *bytes, size_t n, struct err *e);
MUST_CHECK bool split_end(struct split *s, struct err *e); /* the array must be closed */
size_t split_count(const struct split *s);

#endif
