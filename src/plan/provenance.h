/* plan/provenance.h — which commit a tree is: read from the repository's files, without git.
 *
 * The author is what the commit claims, no proof of who wrote it. */
#ifndef SPL_PLAN_PROVENANCE_H
#define SPL_PLAN_PROVENANCE_H

#include <jansson.h>

#include "base/clock.h"
#include "plan/git_dirty.h"

struct provenance {
    bool is_known;
    bool is_stated; /* somebody said so (--source-revision), or git-sync's directory name does */
    bool is_dirty;  /* a file of the tree is not what the commit has */
    char commit[64], branch[128], author[256], subject[256]; /* "" what is not known */
    utc_t committed;
    char why_not[300]; /* there is a repository, but it cannot be read; "" otherwise */
};

/* `files`: what the tree's files are, for is_dirty. */
void provenance_read(const char *root, const struct git_file *files, size_t n_files,
                     struct provenance *ret);

/* What the caller states of a tree without a repository; either may be NULL. Known commits stay. */
void provenance_state(struct provenance *p, const char *revision, const char *author);

/* {commit, branch, author, committed_at, subject, dirty}, or null; caller decrefs. */
json_t *provenance_json(const struct provenance *p);

#endif
