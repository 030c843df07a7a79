/* plan/walk.h — which files of a directory belong to the tree (config page, section 1).
 *
 * Everything is opened through the root's descriptor, and what was opened is checked to lie below
 * the root afterwards, so a link swapped in between leads nowhere. Real files come before linked
 * ones: a link never changes the path under which a file is known, and no file is loaded twice. */
#ifndef SPL_PLAN_WALK_H
#define SPL_PLAN_WALK_H

#include <sys/stat.h>

#include "base/buf.h"
#include "base/vec.h"
#include "model/diag.h"

struct walk_node {
    char *path; /* below the root */
    dev_t dev;
    ino_t ino;
};
struct walk_nodes { /* a vec */
    struct walk_node *at;
    size_t n, cap;
};
struct walk {
    int root;   /* descriptor */
    char *real; /* where the root really is */
    struct walk_nodes files, dirs, links;
    struct diags *diags; /* borrowed */
};

/* False with the sentence that says what to do: missing, a file, unreadable. */
MUST_CHECK bool walk_open(const char *root, struct diags *diags, struct walk *ret, struct err *e);
void walk_done(struct walk *w); /* for CLEANUP */

/* Fills `files`, sorted by path. What cannot be looked at becomes a finding. */
void walk_collect(struct walk *w);

/* Names alone: whether a file would be part of a tree, and whether a directory would be entered. */
bool walk_selects(const char *path);
bool walk_enters(const char *name);

/* Reads a regular file of at most `max` bytes that lies below the root. */
MUST_CHECK bool walk_read(const struct walk *w, const char *path, size_t max, struct buf *ret,
                          struct err *e);

#endif
