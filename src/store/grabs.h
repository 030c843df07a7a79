/* store/grabs.h — releases that our searches grabbed, until they are imported or have failed: a
 * find is a grab, a success is an import. */
#ifndef SPL_STORE_GRABS_H
#define SPL_STORE_GRABS_H

#include "store/searches.h"

enum { GRAB_WATCHED_DAYS = 30 }; /* what has not ended by then never will */

/* From when on (the server's clock) history may tell of the end of grabs that are open, or when a
 * file was deleted that the library has lost; 0: nothing is to be known. */
MUST_CHECK bool grabs_watch_from(struct store *s, const char *instance, utc_t now, utc_t *ret,
                                 struct err *e);
/* History was read up to then. */
MUST_CHECK bool grabs_watched(struct store *s, const char *instance, utc_t until, struct err *e);

/* History was read to its end: what the library has lost since its import is deleted, though no row
 * of it says when. */
MUST_CHECK bool grabs_lost(struct store *s, const char *instance, utc_t now, struct err *e);

enum grab_became {
    GRAB_IMPORTED,
    GRAB_FAILED,
    GRAB_STUCK, /* it waits for a person, who may import it yet */
    GRAB_DELETED,
    GRAB_BECAME_N
};

struct grab_end {
    enum item_kind kind;
    int64_t item_id;
    const char *download; /* "" none; of a deleted file unknown */
    enum grab_became became;
    utc_t at; /* our clock */
};
/* Imported, failed or stuck: the newest search that grabbed it, with its item's memory: an import
 * releases the loop guard. Whoever grabbed it, what was searched in vain before an import no longer
 * lengthens the cooldown; when the item was searched last still counts, or a file that is always
 * deleted would be fetched with every run.
 * *ret_found false: none of ours, or its end is known; the failure of what was stuck is.
 * Of a season of which only some was found it is the search of that episode. Deleted: the newest
 * whose import it was, in the last GRAB_WATCHED_DAYS. Strings of *ret live in `arena`. In one
 * transaction. */
struct arena;
MUST_CHECK bool grab_ended(struct store *s, const char *instance, const struct grab_end *end,
                           struct arena *arena, struct attempt *ret, bool *ret_found,
                           struct err *e);

#endif
