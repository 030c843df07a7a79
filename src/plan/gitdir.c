/* plan/gitdir.c — finding .git, and the files git keeps there while it works. */
#include "plan/gitdir.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"

enum { LINE_MAX_BYTES = 4096, REFS_DEPTH = 8 };

void gitdir_done(struct gitdir *g)
{
    mem_free(g->work);
    mem_free(g->dir);
    mem_free(g->common);
    *g = (struct gitdir){0};
}

/* ---- where ---- */

/* The first line of a small file without `prefix`; NULL when it does not begin with that. */
static char *line_of(const char *path, const char *prefix)
{
    CLEANUP(buf_done) struct buf b = {0};
    struct err e;
    if (!file_read(path, LINE_MAX_BYTES, &b, &e) || !str_starts(b.at, prefix))
        return NULL;
    const char *text = b.at + strlen(prefix);
    return mem_printf("%.*s", (int)strcspn(text, "\r\n"), text);
}

static char *join(const char *base, const char *path)
{
    return path[0] == '/' ? mem_strdup(path) : mem_printf("%s/%s", base, path);
}

/* A worktree's own directory names the one it shares. */
static char *common_of(const char *dir)
{
    CLEANUP(freep) char *file = mem_printf("%s/commondir", dir);
    CLEANUP(freep) char *line = line_of(file, "");
    return line ? join(dir, line) : mem_strdup(dir);
}

/* .git in `work` as the directory it is or leads to; NULL when there is none. */
static char *dir_in(const char *work)
{
    CLEANUP(freep) char *path = mem_printf("%s/.git", work);
    struct stat st;
    if (stat(path, &st) < 0)
        return NULL;
    if (S_ISDIR(st.st_mode))
        return TAKE(path);
    CLEANUP(freep) char *line = line_of(path, "gitdir: ");
    return line ? join(work, line) : NULL;
}

bool gitdir_find(const char *root, struct gitdir *ret)
{
    *ret = (struct gitdir){0};
    CLEANUP(freep) char *at = realpath(root, NULL);
    while (at && *at) {
        char *dir = dir_in(at);
        if (dir) {
            *ret = (struct gitdir){.work = TAKE(at), .dir = dir, .common = common_of(dir)};
            return true;
        }
        *strrchr(at, '/') = '\0';
    }
    return false;
}

/* ---- at work ---- */

/* Operations that stop in the middle and wait for their user. */
static const struct {
    const char *name, *what;
} operations[] = {
    {"rebase-merge", "rebase"},          {"rebase-apply", "rebase"}, {"MERGE_HEAD", "merge"},
    {"CHERRY_PICK_HEAD", "cherry-pick"}, {"REVERT_HEAD", "revert"},  {"BISECT_LOG", "bisect"},
};

static bool exists(const char *dir, const char *name)
{
    CLEANUP(freep) char *path = mem_printf("%s/%s", dir, name);
    return file_exists(path);
}

static bool say_lock(const char *dir, const char *name, char ret[static GIT_BUSY])
{
    snprintf(ret, GIT_BUSY,
             "%s/%s is there: git is at work, or a 'git commit' editor is open; remove it if no "
             "git process is running",
             dir, name);
    return true;
}

static void closedirp(DIR **d)
{
    if (*d)
        closedir(*d);
}

/* A ref is locked by REF.lock beside it; refs may have slashes. */
static bool is_ref_locked(const char *dir, int depth, char ret[static GIT_BUSY])
{
    CLEANUP(closedirp) DIR *d = depth > 0 ? opendir(dir) : NULL;
    const struct dirent *entry;
    while (d && (entry = readdir(d))) {
        if (entry->d_name[0] == '.')
            continue;
        if (str_ends(entry->d_name, ".lock"))
            return say_lock(dir, entry->d_name, ret);
        CLEANUP(freep) char *child = mem_printf("%s/%s", dir, entry->d_name);
        if (entry->d_type == DT_DIR && is_ref_locked(child, depth - 1, ret))
            return true;
    }
    return false;
}

bool gitdir_busy(const struct gitdir *g, char ret[static GIT_BUSY])
{
    CLEANUP(freep) char *heads = mem_printf("%s/refs/heads", g->common);
    for (size_t i = 0; i < COUNT(operations); i++)
        if (exists(g->dir, operations[i].name)) {
            snprintf(ret, GIT_BUSY, "%s in progress in %s", operations[i].what, g->work);
            return true;
        }
    if (exists(g->dir, "index.lock"))
        return say_lock(g->dir, "index.lock", ret);
    if (exists(g->dir, "HEAD.lock"))
        return say_lock(g->dir, "HEAD.lock", ret);
    if (exists(g->common, "packed-refs.lock"))
        return say_lock(g->common, "packed-refs.lock", ret);
    return is_ref_locked(heads, REFS_DEPTH, ret);
}

static int sign(const char *dir, const char *name, char *ret, size_t size)
{
    CLEANUP(freep) char *path = mem_printf("%s/%s", dir, name);
    struct stat st;
    if (stat(path, &st) < 0)
        return snprintf(ret, size, "none ");
    return snprintf(ret, size, "%" PRIu64 "-%" PRId64 "-%" PRId64 ".%09ld ", (uint64_t)st.st_ino,
                    (int64_t)st.st_size, (int64_t)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
}

void gitdir_signature(const struct gitdir *g, char ret[static GIT_SIGNATURE])
{
    int n = sign(g->dir, "index", ret, GIT_SIGNATURE);
    if (n > 0 && n < GIT_SIGNATURE)
        sign(g->dir, "HEAD", ret + n, (size_t)(GIT_SIGNATURE - n));
}
