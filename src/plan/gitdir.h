/* plan/gitdir.h — where a tree's git repository is, and whether git is at work in it. Runs nothing
 * and reads nothing but names, times and the one-line files that lead to the right directory. */
#ifndef SPL_PLAN_GITDIR_H
#define SPL_PLAN_GITDIR_H

#include "base/clock.h"
#include "base/err.h"

struct gitdir {
    char *work;   /* the working tree's top */
    char *dir;    /* HEAD, index, locks: .git, or a worktree's own */
    char *common; /* refs and objects; dir itself unless it is a worktree */
};
void gitdir_done(struct gitdir *g); /* for CLEANUP */

/* Walks up from `root` to a .git: a directory, or a file "gitdir: …" (worktrees, submodules).
 * False: none in sight, *ret is empty. */
bool gitdir_find(const char *root, struct gitdir *ret);

/* What is in progress: "rebase in progress in /etc/splintarr", or a lock file with the usual cause
 * and remedy. False: nothing. */
enum { GIT_BUSY = 300 };
bool gitdir_busy(const struct gitdir *g, char ret[static GIT_BUSY]);

/* Changes whenever git wrote the index or moved HEAD. */
enum { GIT_SIGNATURE = 160 };
void gitdir_signature(const struct gitdir *g, char ret[static GIT_SIGNATURE]);

#endif
