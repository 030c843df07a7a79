/* loop/dirwatch.h — hints that something below some directories changed (inotify).
 *
 * Hints only: they may be missing (network file systems, a full watch limit) or too many. Truth is
 * what reading says. A directory that vanishes is told as a change and watched no longer until it
 * is set again. Truncation is no hint: editors truncate before they write. */
#ifndef SPL_LOOP_DIRWATCH_H
#define SPL_LOOP_DIRWATCH_H

#include "loop/loop.h"

struct dirwatch;

/* NULL with *e when the kernel has no more inotify instances: callers then poll. */
struct dirwatch *dirwatch_new(struct loop *l, void (*on_change)(void *ctx), void *ctx,
                              struct err *e);
struct dirwatch *dirwatch_free(struct dirwatch *d); /* takes NULL, returns NULL */

struct dirwatch_place {
    const char *path; /* of a directory */
    const char *name; /* only what happens to this name in it; NULL: to any */
};
/* Watches exactly these places from now on; one directory may be there with several names. Those
 * that cannot be watched are counted, the rest goes on; *ret_missed tells how many. Nothing is kept
 * of `places`. */
void dirwatch_set(struct dirwatch *d, const struct dirwatch_place *places, size_t n,
                  size_t *ret_missed);

#endif
