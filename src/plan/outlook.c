/* plan/outlook.c — stat signatures of a tree, and the directories to watch. */
#include "plan/outlook.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "plan/walk.h"

enum { LINKS_MAX = 40 }; /* as many as the kernel follows */

static void forget(struct outlook_dir *d)
{
    mem_free(d->path);
    mem_free(d->name);
}

void outlook_done(struct outlook *o)
{
    for (size_t i = 0; i < o->dirs.n; i++)
        forget(&o->dirs.at[i]);
    vec_done(&o->dirs);
    *o = (struct outlook){0};
}

/* ---- the signature ---- */

static void add_stat(struct sha256 *h, const char *path, int dir)
{
    struct stat st;
    struct {
        uint64_t dev, ino, size;
        int64_t mtime, mtime_ns, ctime, ctime_ns;
    } facts = {0};
    if (fstatat(dir, path, &st, 0) == 0) {
        facts.dev = st.st_dev;
        facts.ino = st.st_ino;
        facts.size = (uint64_t)st.st_size;
        facts.mtime = st.st_mtim.tv_sec;
        facts.mtime_ns = st.st_mtim.tv_nsec;
        facts.ctime = st.st_ctim.tv_sec;
        facts.ctime_ns = st.st_ctim.tv_nsec;
    }
    sha256_add(h, path, strlen(path) + 1);
    sha256_add(h, &facts, sizeof facts);
}

static void sign(const struct walk *w, const char *const *extra, size_t n_extra,
                 char ret[static SHA256_HEX])
{
    struct sha256 *h = sha256_new();
    uint8_t sum[SHA256_BYTES];
    for (size_t i = 0; i < w->files.n; i++)
        add_stat(h, w->files.at[i].path, w->root);
    for (size_t i = 0; i < n_extra; i++)
        add_stat(h, extra[i], w->root);
    sha256_end(h, sum);
    hash_hex(sum, sizeof sum, ret);
}

/* ---- where to watch ---- */

static bool is_same(const struct outlook_dir *a, const struct outlook_dir *b)
{
    bool is_same_name = a->name && b->name ? str_eq(a->name, b->name) : a->name == b->name;
    return is_same_name && str_eq(a->path, b->path);
}

void outlook_watch(struct outlook *o, char *path, char *name)
{
    struct outlook_dir dir = {.path = path, .name = name};
    bool is_known = false;
    for (size_t i = 0; !is_known && i < o->dirs.n; i++)
        is_known = is_same(&o->dirs.at[i], &dir);
    if (is_known)
        forget(&dir);
    else
        vec_push(&o->dirs, dir);
}

static char *parent_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return mem_strdup(".");
    return slash == path ? mem_strdup("/") : mem_printf("%.*s", (int)(slash - path), path);
}

static char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return mem_strdup(slash ? slash + 1 : path);
}

/* Every directory that holds a component of `path`: a link or mount point may be swapped there. */
static void add_holders(struct outlook *o, const char *path)
{
    CLEANUP(freep) char *at = mem_strdup(path);
    while (*at && strcmp(at, "/") != 0 && strcmp(at, ".") != 0) {
        struct stat st;
        char *holder = parent_of(at);
        bool is_swappable = lstat(at, &st) < 0 || S_ISLNK(st.st_mode) || strcmp(at, path) == 0;
        if (is_swappable && access(holder, F_OK) == 0)
            outlook_watch(o, mem_strdup(holder), name_of(at));
        mem_free(at);
        at = holder;
    }
}

/* The path as given, then where its links lead, one after the other. */
static void add_way(struct outlook *o, const char *path)
{
    CLEANUP(freep) char *at = mem_strdup(path);
    add_holders(o, at);
    for (int i = 0; i < LINKS_MAX; i++) {
        char target[PATH_MAX];
        ssize_t n = readlink(at, target, sizeof target - 1);
        if (n <= 0)
            return;
        target[n] = '\0';
        CLEANUP(freep) char *holder = parent_of(at);
        mem_free(at);
        at = target[0] == '/' ? mem_strdup(target) : mem_printf("%s/%s", holder, target);
        add_holders(o, at);
    }
}

static void add_tree(struct outlook *o, const struct walk *w)
{
    for (size_t i = 0; i < w->dirs.n; i++) {
        const char *path = w->dirs.at[i].path;
        bool is_root = strcmp(path, ".") == 0;
        outlook_watch(o, is_root ? mem_strdup(w->real) : mem_printf("%s/%s", w->real, path), NULL);
    }
}

static void add_extra(struct outlook *o, const char *root, const char *path)
{
    CLEANUP(freep)
    char *whole = *path == '/' ? mem_strdup(path) : mem_printf("%s/%s", root, path);
    add_way(o, whole);
}

void outlook_take(const char *root, const char *const *extra, size_t n_extra, struct outlook *ret)
{
    CLEANUP(walk_done) struct walk w = {.root = -1};
    struct diags *unread = diags_new(); /* whoever reads the tree finds them again */
    struct err e = {0};
    *ret = (struct outlook){0};
    add_way(ret, root);
    for (size_t i = 0; i < n_extra; i++)
        add_extra(ret, root, extra[i]);
    if (walk_open(root, unread, &w, &e)) {
        walk_collect(&w);
        sign(&w, extra, n_extra, ret->signature);
        add_tree(ret, &w);
    }
    diags_free(unread);
}
