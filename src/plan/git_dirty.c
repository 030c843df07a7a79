/* plan/git_dirty.c — the commit's directories against the files. A few small objects can stand for
 * a tree without an end (each directory naming the next one ten times), so reading has a budget. */
#include "plan/git_dirty.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "plan/walk.h"

enum { TREE_DEPTH = 64, TREES_MAX = 10000, TREE_BYTES_MAX = 64 * 1024 * 1024 };

struct comparing {
    const struct git_objects *objects;
    const struct git_file *files;
    size_t n_files, n_matched, n_trees, n_bytes;
    bool is_dirty;
};

/* One entry of a directory: "100644 name\0" and twenty bytes. */
struct entry {
    const char *mode, *name; /* name: behind the mode's space */
    struct git_id id;
};

static bool has_mode(const struct entry *x, const char *mode)
{
    return str_starts(x->mode, mode);
}

/* False at the end, and for what is damaged (*at is not `end` then). */
static bool next_entry(const char **at, const char *end, struct entry *ret)
{
    const char *space = memchr(*at, ' ', (size_t)(end - *at));
    const char *nul = space ? memchr(space, '\0', (size_t)(end - space)) : NULL;
    if (!nul || end - nul <= (ptrdiff_t)sizeof ret->id.at)
        return false;
    *ret = (struct entry){.mode = *at, .name = space + 1};
    memcpy(ret->id.at, nul + 1, sizeof ret->id.at);
    *at = nul + 1 + sizeof ret->id.at;
    return true;
}

static bool read_tree(struct comparing *c, const struct git_id *id, struct buf *ret, struct err *e)
{
    enum git_type type;
    if (c->n_trees++ == TREES_MAX || c->n_bytes > TREE_BYTES_MAX)
        return err_set(e, ERR_IO, "the commit has too many directories");
    if (!git_object_read(c->objects, id, &type, ret, e))
        return false;
    c->n_bytes += ret->n;
    return type == GIT_TREE || err_set(e, ERR_IO, "a git tree is damaged");
}

/* ---- one file, one link ---- */

static const struct git_file *find(const struct comparing *c, const char *path)
{
    for (size_t low = 0, high = c->n_files; low < high;) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(path, c->files[middle].path);
        if (order == 0)
            return &c->files[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static size_t count_below(const struct comparing *c, const char *dir)
{
    size_t n = strlen(dir), count = 0;
    for (size_t i = 0; i < c->n_files; i++)
        count += strncmp(c->files[i].path, dir, n) == 0 && c->files[i].path[n] == '/';
    return count;
}

static void compare_link(struct comparing *c, const char *path)
{
    c->n_matched += (find(c, path) != NULL) + count_below(c, path);
}

static void compare_file(struct comparing *c, const char *path, const struct git_id *blob)
{
    const struct git_file *f = find(c, path);
    if (f && git_id_eq(&f->blob, blob))
        c->n_matched++;
    else if (f || walk_selects(path))
        c->is_dirty = true;
}

/* ---- directories ---- */

static bool compare_tree(struct comparing *c, const struct git_id *id, const char *prefix,
                         int depth, struct err *e);

/* A directory that is not part of the tree may still hold a file that a resource names. */
static bool is_wanted(const struct comparing *c, const char *name, const char *path)
{
    return walk_enters(name) || count_below(c, path) > 0;
}

static bool compare_entry(struct comparing *c, const struct entry *x, const char *prefix, int depth,
                          struct err *e)
{
    CLEANUP(freep) char *path = mem_printf("%s%s%s", prefix, *prefix ? "/" : "", x->name);
    if (has_mode(x, "40000 "))
        return !is_wanted(c, x->name, path) || compare_tree(c, &x->id, path, depth + 1, e);
    if (has_mode(x, "120000 "))
        compare_link(c, path);
    else
        compare_file(c, path, &x->id);
    return true;
}

static bool compare_tree(struct comparing *c, const struct git_id *id, const char *prefix,
                         int depth, struct err *e)
{
    CLEANUP(buf_done) struct buf b = {0};
    struct entry x;
    if (depth > TREE_DEPTH)
        return err_set(e, ERR_IO, "directories are nested too deep");
    if (!read_tree(c, id, &b, e))
        return false;
    const char *at = b.at, *end = b.at + b.n;
    while (!c->is_dirty && next_entry(&at, end, &x))
        if (!compare_entry(c, &x, prefix, depth, e))
            return false;
    return c->is_dirty || at == end || err_set(e, ERR_IO, "a git tree is damaged");
}

/* The directory's entry `name` (n bytes of it) as the next `id`. */
static bool enter_one(struct comparing *c, const char *name, size_t n, struct git_id *id,
                      bool *ret_is_there, struct err *e)
{
    CLEANUP(buf_done) struct buf b = {0};
    struct entry x;
    *ret_is_there = false;
    if (!read_tree(c, id, &b, e))
        return false;
    for (const char *at = b.at; !*ret_is_there && next_entry(&at, b.at + b.n, &x);)
        if (has_mode(&x, "40000 ") && strlen(x.name) == n && strncmp(x.name, name, n) == 0) {
            *id = x.id;
            *ret_is_there = true;
        }
    return true;
}

/* Down from the repository's top to where the configuration is. */
static bool enter(struct comparing *c, const char *below, struct git_id *id, bool *ret_is_there,
                  struct err *e)
{
    *ret_is_there = true;
    for (const char *part = below + strspn(below, "/"); *part && *ret_is_there;) {
        size_t n = strcspn(part, "/");
        if (!enter_one(c, part, n, id, ret_is_there, e))
            return false;
        part += n;
        part += strspn(part, "/");
    }
    return true;
}

bool git_is_dirty(const struct git_objects *o, struct git_id tree, const char *below,
                  const struct git_file *files, size_t n_files, bool *ret, struct err *e)
{
    struct comparing c = {.objects = o, .files = files, .n_files = n_files};
    bool is_there;
    if (!enter(&c, below, &tree, &is_there, e) || (is_there && !compare_tree(&c, &tree, "", 0, e)))
        return false;
    *ret = c.is_dirty || c.n_matched != c.n_files;
    return true;
}
