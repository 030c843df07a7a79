/* search/exclusion.h — exclusions compiled for one instance: regexes ready, titles hashed, expired
 * and foreign entries left out. */
#ifndef SPL_SEARCH_EXCLUSION_H
#define SPL_SEARCH_EXCLUSION_H

#include "model/config.h"
#include "model/item.h"

struct exclusions;

/* When it ends that was first applied then; 0: never. */
utc_t exclusion_end(const struct exclusion *spec, utc_t first_applied);
/* Whether it excludes parts of series: its effects are counted by episode. */
bool exclusion_takes_parts(const struct exclusion *spec);

/* When each `for:` was first applied, by exclusion name; 0: not yet. May be NULL (now counts). */
typedef utc_t (*exclusion_since)(const void *ctx, const char *name);

/* `config` must outlive the result. */
struct exclusions *exclusions_new(const struct config *config, const char *instance, utc_t now,
                                  exclusion_since since, const void *ctx);
struct exclusions *exclusions_free(struct exclusions *x); /* takes NULL, returns NULL */
void exclusions_freep(struct exclusions **x);

/* The name of the first exclusion that matches, or NULL. `owner` is the tenant whose queue asks, or
 * NULL: what a tenant excludes holds for its own queues only. `*ret_until` gets its expiry (0:
 * never). A pattern that hits its match limit does not match, and its exclusion is remembered. */
const char *exclusions_match(const struct exclusions *x, const char *owner, const struct item *it,
                             utc_t *ret_until);

/* The same of the one that ends last: when that is over, the item may be searched. */
const char *exclusions_last(const struct exclusions *x, const char *owner, const struct item *it,
                            utc_t *ret_until);

/* The i-th exclusion whose pattern hit its match limit since they were compiled; NULL past the end.
 * Borrowed. */
const char *exclusions_too_expensive(const struct exclusions *x, size_t i);

#endif
