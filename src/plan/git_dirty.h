/* plan/git_dirty.h — whether the files of a tree are what a commit has. Compares names of blobs,
 * reads no blob. */
#ifndef SPL_PLAN_GIT_DIRTY_H
#define SPL_PLAN_GIT_DIRTY_H

#include "plan/git_objects.h"

struct git_file {
    const char *path; /* below the root */
    struct git_id blob;
};

/* `files` sorted by path; `below`: where their root is below the repository's top, "" for the top
 * itself. Dirty: a file differs, is new, or is missing although the commit has it. What symbolic
 * links lead to is not compared. */
MUST_CHECK bool git_is_dirty(const struct git_objects *o, struct git_id tree, const char *below,
                             const struct git_file *files, size_t n_files, bool *ret,
                             struct err *e);

#endif
