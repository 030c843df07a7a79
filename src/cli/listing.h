/* cli/listing.h — the lists of `get` that are not resources. */
#ifndef SPL_CLI_LISTING_H
#define SPL_CLI_LISTING_H

#include "cli/view.h"
#include "store/browse.h"
#include "store/searches.h"

enum { LISTINGS_MAX = 16 };
struct listing {
    const char *name;
    int (*list)(const struct view *v); /* prints, returns the exit code */
};
const struct listing *listing_find(const char *name); /* NULL: there is none */
size_t listing_names(const char *ret[static LISTINGS_MAX]);

/* What `get runs` and why say of a run. Caller decrefs. */
json_t *run_json(const struct run *run);

/* What `get series` and describe say of a series, put into `o`. */
void put_series(json_t *o, const char *address, const struct title_summary *t);

/* listing_library.c; ended by a row without a name. */
extern const struct listing library_listings[];

#endif
