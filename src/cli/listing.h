/* cli/listing.h — the lists of `get` that are not resources. */
#ifndef SPL_CLI_LISTING_H
#define SPL_CLI_LISTING_H

#include "cli/view.h"

enum { LISTINGS_MAX = 16 };
struct listing {
    const char *name;
    int (*list)(const struct view *v); /* prints, returns the exit code */
};
const struct listing *listing_find(const char *name); /* NULL: there is none */
size_t listing_names(const char *ret[static LISTINGS_MAX]);

/* listing_library.c; ended by a row without a name. */
extern const struct listing library_listings[];

#endif
