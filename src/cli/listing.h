/* cli/listing.h — the lists of `get` that are not resources. */
#ifndef SPL_CLI_LISTING_H
#define SPL_CLI_LISTING_H

#include "cli/view.h"

enum { LISTINGS_MAX = 8 };
struct listing {
    const char *name;
    int (*list)(const struct view *v); /* prints, returns the exit code */
};
extern const struct listing listings[]; /* ended by a row without a name */

#endif
