/* plan/outlook.h — a tree seen from outside: cheap signs of change, and where to watch for it.
 *
 * Names, inodes, sizes and times only; no file is opened, so disks may sleep. Any thread. */
#ifndef SPL_PLAN_OUTLOOK_H
#define SPL_PLAN_OUTLOOK_H

#include "base/hash.h"
#include "base/vec.h"

struct outlook_dir {
    char *path; /* absolute */
    char *name; /* only what happens to this name in it matters; NULL: all does */
};
struct outlook_dirs { /* a vec */
    struct outlook_dir *at;
    size_t n, cap;
};
struct outlook {
    /* SHA-256 over every selected file and every extra one: path, inode, size, mtime, ctime; ""
     * when the root is not there. */
    char signature[SHA256_HEX];
    /* The root's directories; what holds the root and every link on the way to it, with their
     * names: what else lives beside them is no business of ours; the nearest one that exists when
     * the root is missing. */
    struct outlook_dirs dirs;
};
void outlook_done(struct outlook *o); /* for CLEANUP */

/* Takes both strings; once only. */
void outlook_watch(struct outlook *o, char *path, char *name);

/* `extra`: other files that matter (lists of titles below the root, secrets anywhere). */
void outlook_take(const char *root, const char *const *extra, size_t n_extra, struct outlook *ret);

#endif
