/* plan/walk.c — collects the files of a tree. Reads directories and links, no file's content. */
#include "plan/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"
#include "model/ydoc.h"
#include "plan/domains.h"

enum { WALK_DEPTH = 32 };

static void closedirp(DIR **d)
{
    if (*d)
        closedir(*d);
}

static void nodes_done(struct walk_nodes *v)
{
    for (size_t i = 0; i < v->n; i++)
        mem_free(v->at[i].path);
    vec_done(v);
}

void walk_done(struct walk *w)
{
    closep(&w->root);
    mem_free(w->real);
    nodes_done(&w->files);
    nodes_done(&w->dirs);
    nodes_done(&w->links);
    *w = (struct walk){.root = -1};
}

static void finding(struct walk *w, enum diag_code code, const char *path, const char *message,
                    const char *hints)
{
    const struct diag d = {.code = code, .at = {.file = path}, .message = message, .hints = hints};
    diags_add(w->diags, &d);
}

/* ---- names ---- */

static bool is_ignored(const char *name)
{
    static const char *const tails[] = {"~", ".swp", ".tmp", ".bak", ".orig"};
    for (size_t i = 0; i < COUNT(tails); i++)
        if (str_ends(name, tails[i]))
            return true;
    return name[0] == '.' || name[0] == '_' || str_eq(name, "4913"); /* vim's probe */
}

static bool is_selected(const char *name)
{
    return str_ends(name, ".yaml") || str_ends(name, ".yml") || str_ends(name, ".json");
}

bool walk_enters(const char *name)
{
    return !is_ignored(name);
}

bool walk_selects(const char *path)
{
    const char *name = path;
    for (const char *slash; (slash = strchr(name, '/')); name = slash + 1) {
        CLEANUP(freep) char *dir = mem_printf("%.*s", (int)(slash - name), name);
        if (is_ignored(dir))
            return false;
    }
    return !is_ignored(name) && is_selected(name);
}

static bool has_node(const struct walk_nodes *v, const struct stat *st)
{
    for (size_t i = 0; i < v->n; i++)
        if (v->at[i].ino == st->st_ino && v->at[i].dev == st->st_dev)
            return true;
    return false;
}

static void add_node(struct walk_nodes *v, const char *path, const struct stat *st)
{
    vec_push(v, (struct walk_node){mem_strdup(path), st->st_dev, st->st_ino});
}

/* ---- below the root, and nowhere else ---- */

/* What stands in tenants/NAME/ must really lie there: a link would carry another's file into his
 * domain. The directory itself may be one. */
static bool is_in_own_domain(const struct walk *w, const char *path, const char *real)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    const char *name = domain_of(path, arena);
    if (!*name || !strchr(path + strlen("tenants/"), '/'))
        return true;
    const char *dir = arena_printf(arena, "tenants/%s", name);
    CLEANUP(closep) int fd = openat(w->root, dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
    CLEANUP(freep) char *own = fd < 0 ? NULL : file_where(fd);
    return file_is_below(real, own);
}

/* O_PATH looks without touching: a FIFO or a device is never really opened. -1 with *e set. */
static int look(const struct walk *w, const char *path, struct stat *ret, struct err *e)
{
    CLEANUP(closep) int fd = openat(w->root, path, O_PATH | O_CLOEXEC);
    if (fd < 0 || fstat(fd, ret) < 0) {
        err_set(e, ERR_IO, "cannot read it: %s", strerror(errno));
        return -1;
    }
    CLEANUP(freep) char *real = file_where(fd);
    if (!real || !file_is_below(real, w->real)) {
        err_set(e, ERR_IO, "it is a link to outside the tree, which is not followed");
        return -1;
    }
    if (!is_in_own_domain(w, path, real)) {
        err_set(e, ERR_IO, "it is a link out of the tenant's directory, which is not followed");
        return -1;
    }
    int result = fd;
    fd = -1;
    return result;
}

static int reopen(int fd, int flags)
{
    char link[40];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    return open(link, flags | O_CLOEXEC);
}

bool walk_read(const struct walk *w, const char *path, size_t max, struct buf *ret, struct err *e)
{
    struct stat st;
    CLEANUP(closep) int seen = look(w, path, &st, e);
    if (seen < 0)
        return false;
    if (!S_ISREG(st.st_mode))
        return err_set(e, ERR_IO, "it is not a regular file");
    CLEANUP(closep) int fd = reopen(seen, O_RDONLY | O_NONBLOCK);
    if (fd < 0)
        return err_set(e, ERR_IO, "cannot read it: %s", strerror(errno));
    return file_read_fd(fd, path, max, ret, e);
}

/* ---- walking ---- */

static void walk_dir(struct walk *w, const char *path, int depth);

static void take_file(struct walk *w, const char *path, const struct stat *st)
{
    if (has_node(&w->files, st))
        return;
    add_node(&w->files, path, st);
    if (w->files.n == YDOC_MAX_FILES + 1)
        finding(w, DIAG_E108, path, "the tree has more than 5,000 files; the rest is not read",
                "is this the right directory? names that start with '_' or '.' are ignored");
}

static void take_entry(struct walk *w, const char *path, const char *name, const struct stat *st,
                       int depth)
{
    if (S_ISLNK(st->st_mode))
        add_node(&w->links, path, st); /* later, when all real files are known */
    else if (S_ISDIR(st->st_mode))
        walk_dir(w, path, depth + 1);
    else if (is_selected(name) && S_ISREG(st->st_mode))
        take_file(w, path, st);
    else if (is_selected(name))
        finding(w, DIAG_E117, path, "not a regular file", NULL);
}

static void walk_entries(struct walk *w, DIR *dir, const char *path, int depth)
{
    const struct dirent *entry;
    while ((entry = readdir(dir)) && w->files.n <= YDOC_MAX_FILES) {
        struct stat st;
        if (is_ignored(entry->d_name) ||
            fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
            continue; /* gone again: an editor at work */
        CLEANUP(freep)
        char *child = str_eq(path, ".") ? mem_strdup(entry->d_name)
                                        : mem_printf("%s/%s", path, entry->d_name);
        take_entry(w, child, entry->d_name, &st, depth);
    }
}

static void cannot_read_dir(struct walk *w, const char *path)
{
    CLEANUP(freep) char *message = mem_printf("cannot read the directory: %s", strerror(errno));
    finding(w, DIAG_E117, path, message, NULL);
}

static void walk_dir(struct walk *w, const char *path, int depth)
{
    if (depth > WALK_DEPTH) {
        finding(w, DIAG_E108, path, "directories are nested deeper than 32", NULL);
        return;
    }
    struct stat st;
    struct err e;
    CLEANUP(closep) int seen = look(w, path, &st, &e);
    if (seen < 0 || has_node(&w->dirs, &st))
        return;
    add_node(&w->dirs, path, &st);
    int fd = reopen(seen, O_RDONLY | O_DIRECTORY);
    CLEANUP(closedirp) DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (!dir)
        cannot_read_dir(w, path);
    else
        walk_entries(w, dir, path, depth);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct walk_node *)a)->path, ((const struct walk_node *)b)->path);
}

static void sort_nodes(struct walk_nodes *v)
{
    if (v->n > 0)
        qsort(v->at, v->n, sizeof *v->at, by_path);
}

/* A directory outside is often something else (a build result); a file outside was meant. */
static void follow_link(struct walk *w, const char *path)
{
    struct stat st;
    struct err e;
    CLEANUP(closep) int seen = look(w, path, &st, &e);
    bool is_file = seen < 0 || S_ISREG(st.st_mode);
    if (is_file && !is_selected(path))
        return;
    if (seen < 0)
        finding(w, DIAG_E117, path, e.msg, "put the file itself into the tree");
    else if (S_ISDIR(st.st_mode))
        walk_dir(w, path, 0);
    else if (S_ISREG(st.st_mode))
        take_file(w, path, &st);
}

void walk_collect(struct walk *w)
{
    walk_dir(w, ".", 0);
    sort_nodes(&w->links);
    for (size_t i = 0; i < w->links.n; i++) { /* grows: a linked directory may hold links */
        CLEANUP(freep) char *path = mem_strdup(w->links.at[i].path);
        follow_link(w, path);
    }
    sort_nodes(&w->files);
}

static bool refuse_root(const char *root, struct err *e)
{
    if (errno == ENOTDIR)
        return err_set(e, ERR_USAGE,
                       "'%s' is a file; the configuration is a directory with splintarr.yaml in it "
                       "(bind-mount the directory: editors replace files by rename and a "
                       "single-file mount keeps the old inode)",
                       root);
    if (errno == ENOENT)
        return err_set(
            e, ERR_IO,
            "there is no configuration in '%s': 'splintarr init DIR' writes one to start "
            "from, -C DIR names another place",
            root);
    return err_set(e, ERR_IO, "cannot read the configuration in '%s': %s", root, strerror(errno));
}

bool walk_open(const char *root, struct diags *diags, struct walk *ret, struct err *e)
{
    CLEANUP(closep) int fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return refuse_root(root, e);
    char *real = file_where(fd);
    if (!real)
        return err_set(e, ERR_IO, "cannot tell where '%s' is: /proc is not mounted", root);
    *ret = (struct walk){.root = fd, .real = real, .diags = diags};
    fd = -1;
    return true;
}
