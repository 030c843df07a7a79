/* plan/provenance.c — from HEAD to a commit, and from its tree to "dirty". */
#include "plan/provenance.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/jx.h"
#include "base/str.h"
#include "plan/gitdir.h"
#include "plan/walk.h"

enum { REF_HOPS = 5, SMALL_FILE = 64 * 1024, PACKED_REFS = 16 * 1024 * 1024, TREE_DEPTH = 64 };

/* ---- refs ---- */

static bool read_small(const char *dir, const char *name, size_t max, struct buf *ret)
{
    CLEANUP(freep) char *path = mem_printf("%s/%s", dir, name);
    struct err e;
    return file_read(path, max, ret, &e);
}

/* "1234… refs/heads/main", a line each. */
static bool find_packed(const char *common, const char *ref, struct git_id *ret)
{
    CLEANUP(buf_done) struct buf b = {0};
    if (!read_small(common, "packed-refs", PACKED_REFS, &b))
        return false;
    for (const char *line = b.at; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        size_t n = strcspn(line, "\n");
        if (n == 41 + strlen(ref) && line[40] == ' ' && strncmp(line + 41, ref, n - 41) == 0)
            return git_id_parse(line, ret);
    }
    return false;
}

static bool is_safe_ref(const char *ref)
{
    return str_starts(ref, "refs/") && !strstr(ref, "..") && strlen(ref) < PATH_MAX / 2;
}

/* Follows "ref: …" from HEAD; `ret_ref` gets the last name, "" when HEAD is detached. */
static bool resolve_head(const struct gitdir *g, struct git_id *ret, char ret_ref[static PATH_MAX],
                         struct err *e)
{
    const char *dir = g->dir;
    char name[PATH_MAX] = "HEAD";
    ret_ref[0] = '\0';
    for (int hop = 0; hop < REF_HOPS; hop++) {
        CLEANUP(buf_done) struct buf b = {0};
        if (!read_small(dir, name, SMALL_FILE, &b))
            return find_packed(g->common, name, ret) ||
                   err_set(e, ERR_IO, "%s is not there yet: nothing was committed", name);
        if (!str_starts(b.at, "ref: "))
            return git_id_parse(b.at, ret) || err_set(e, ERR_IO, "%s is damaged", name);
        snprintf(name, sizeof name, "%.*s", (int)strcspn(b.at + 5, "\r\n"), b.at + 5);
        if (!is_safe_ref(name))
            return err_set(e, ERR_IO, "HEAD is damaged");
        snprintf(ret_ref, PATH_MAX, "%s", name);
        dir = g->common;
    }
    return err_set(e, ERR_IO, "HEAD leads in a circle");
}

/* Formats this reader does not know say so in the repository's config. */
static bool is_supported(const struct gitdir *g, struct err *e)
{
    CLEANUP(buf_done) struct buf b = {0};
    if (!read_small(g->common, "config", SMALL_FILE, &b))
        return true;
    for (char *c = b.at; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    const char *hash = strstr(b.at, "objectformat"), *refs = strstr(b.at, "refstorage");
    if (hash && strstr(hash, "sha256"))
        return err_set(e, ERR_IO, "sha256 repository");
    if (refs && strstr(refs, "reftable"))
        return err_set(e, ERR_IO, "reftable");
    return true;
}

/* ---- the commit ---- */

static void keep(char *ret, size_t size, const char *text, size_t n)
{
    snprintf(ret, size, "%.*s", (int)MIN(n, (size_t)1000), text);
    for (char *c = ret; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 127)
            *c = '?';
}

/* "Alice <alice@home.example> 1700000000 +0100" */
static void keep_person(const char *line, size_t n, char *ret_who, size_t size, utc_t *ret_when)
{
    size_t who = n;
    while (who > 0 && line[who - 1] != '>')
        who--;
    if (ret_who)
        keep(ret_who, size, line, who);
    if (ret_when)
        *ret_when = SECONDS(strtoll(line + who, NULL, 10));
}

static bool parse_commit(const struct buf *b, struct provenance *p, struct git_id *ret_tree,
                         struct err *e)
{
    const char *line = b->at;
    if (!str_starts(line, "tree ") || !git_id_parse(line + 5, ret_tree))
        return err_set(e, ERR_IO, "the commit is damaged");
    for (; *line && *line != '\n'; line += strcspn(line, "\n"), line += *line == '\n') {
        size_t n = strcspn(line, "\n");
        if (str_starts(line, "author "))
            keep_person(line + 7, n - 7, p->author, sizeof p->author, NULL);
        else if (str_starts(line, "committer "))
            keep_person(line + 10, n - 10, NULL, 0, &p->committed);
    }
    line += strspn(line, "\n");
    keep(p->subject, sizeof p->subject, line, strcspn(line, "\n"));
    return true;
}

/* ---- dirty: the commit's tree against the files ---- */

struct comparing {
    const struct git_objects *objects;
    const struct provenance_file *files;
    size_t n_files, n_matched;
    bool is_dirty;
};

static int by_path(const void *key, const void *member)
{
    return strcmp(key, ((const struct provenance_file *)member)->path);
}

static void compare_blob(struct comparing *c, const char *path, bool is_link,
                         const struct git_id *blob)
{
    const struct provenance_file *f =
        c->n_files ? bsearch(path, c->files, c->n_files, sizeof *c->files, by_path) : NULL;
    if (!f)
        c->is_dirty = c->is_dirty || (!is_link && walk_selects(path));
    else if (is_link || git_id_eq(&f->blob, blob))
        c->n_matched++;
    else
        c->is_dirty = true;
}

static bool compare_tree(struct comparing *c, const struct git_id *id, const char *prefix,
                         int depth, struct err *e);

/* One entry: "100644 name\0" and twenty bytes. */
static bool compare_entry(struct comparing *c, const char *mode, const char *name,
                          const struct git_id *id, const char *prefix, int depth, struct err *e)
{
    CLEANUP(freep) char *path = *prefix ? mem_printf("%s/%s", prefix, name) : mem_strdup(name);
    if (str_starts(mode, "40000 "))
        return !walk_enters(name) || compare_tree(c, id, path, depth + 1, e);
    compare_blob(c, path, str_starts(mode, "120000 "), id);
    return true;
}

static bool compare_tree(struct comparing *c, const struct git_id *id, const char *prefix,
                         int depth, struct err *e)
{
    CLEANUP(buf_done) struct buf b = {0};
    enum git_type type;
    if (depth > TREE_DEPTH || !git_object_read(c->objects, id, &type, &b, e))
        return depth <= TREE_DEPTH ? false : err_set(e, ERR_IO, "directories are nested too deep");
    const char *at = b.at, *end = b.at + b.n;
    while (at < end && !c->is_dirty) {
        const char *name = memchr(at, ' ', (size_t)(end - at));
        const char *nul = name ? memchr(name, '\0', (size_t)(end - name)) : NULL;
        struct git_id entry;
        if (!nul || end - nul <= (ptrdiff_t)sizeof entry.at)
            return err_set(e, ERR_IO, "a git tree is damaged");
        memcpy(entry.at, nul + 1, sizeof entry.at);
        if (!compare_entry(c, at, name + 1, &entry, prefix, depth, e))
            return false;
        at = nul + 1 + sizeof entry.at;
    }
    return true;
}

/* Down from the repository's top to where the configuration is. */
static bool enter(const struct git_objects *o, const char *below, struct git_id *id, bool *ret_is,
                  struct err *e)
{
    for (const char *part = below; *part;) {
        CLEANUP(buf_done) struct buf b = {0};
        enum git_type type;
        size_t n = strcspn(part, "/");
        if (!git_object_read(o, id, &type, &b, e))
            return false;
        CLEANUP(freep) char *wanted = mem_printf("40000 %.*s", (int)n, part);
        const char *at = b.at, *end = b.at + b.n;
        while (at < end && !str_eq(at, wanted))
            at += MIN(strlen(at) + 1 + SHA1_BYTES, (size_t)(end - at));
        *ret_is = at < end && (size_t)(end - at) > strlen(at) + SHA1_BYTES;
        if (!*ret_is)
            return true;
        memcpy(id->at, at + strlen(at) + 1, SHA1_BYTES);
        part += n;
        part += strspn(part, "/");
    }
    *ret_is = true;
    return true;
}

static bool find_dirty(const struct gitdir *g, const char *root, const struct git_objects *o,
                       struct git_id tree, struct comparing *c, bool *ret, struct err *e)
{
    CLEANUP(freep) char *real = realpath(root, NULL);
    const char *below = real ? real + strlen(g->work) : "";
    bool is_there = false;
    c->objects = o;
    if (!enter(o, below + strspn(below, "/"), &tree, &is_there, e) ||
        (is_there && !compare_tree(c, &tree, "", 0, e)))
        return false;
    *ret = c->is_dirty || c->n_matched != c->n_files;
    return true;
}

/* ---- together ---- */

static bool read_repository(const struct gitdir *g, const char *root, struct comparing *c,
                            struct provenance *p, struct err *e)
{
    CLEANUP(git_objects_done) struct git_objects objects = {0};
    CLEANUP(buf_done) struct buf commit = {0};
    struct git_id id, tree;
    enum git_type type;
    char ref[PATH_MAX];
    if (!is_supported(g, e) || !resolve_head(g, &id, ref, e))
        return false;
    git_objects_open(g->common, &objects);
    if (!git_object_read(&objects, &id, &type, &commit, e) || !parse_commit(&commit, p, &tree, e) ||
        !find_dirty(g, root, &objects, tree, c, &p->is_dirty, e))
        return false;
    hash_hex(id.at, sizeof id.at, p->commit);
    const char *branch = str_starts(ref, "refs/heads/") ? ref + strlen("refs/heads/") : ref;
    keep(p->branch, sizeof p->branch, branch, strlen(branch));
    return true;
}

/* git-sync swaps a link whose target is a directory named by the commit. */
static void read_link(const char *root, struct provenance *p)
{
    char target[PATH_MAX];
    struct git_id id;
    ssize_t n = readlink(root, target, sizeof target - 1);
    if (n <= 0)
        return;
    target[n] = '\0';
    const char *slash = strrchr(target, '/'), *leaf = slash ? slash + 1 : target;
    if (strlen(leaf) != 2 * SHA1_BYTES || !git_id_parse(leaf, &id))
        return;
    p->is_known = p->is_stated = true;
    snprintf(p->commit, sizeof p->commit, "%.40s", leaf);
}

void provenance_read(const char *root, const struct provenance_file *files, size_t n_files,
                     struct provenance *ret)
{
    CLEANUP(gitdir_done) struct gitdir g = {0};
    struct comparing c = {.files = files, .n_files = n_files};
    struct err e = {0};
    *ret = (struct provenance){0};
    if (!gitdir_find(root, &g)) {
        read_link(root, ret);
        return;
    }
    ret->is_known = read_repository(&g, root, &c, ret, &e);
    if (ret->is_known)
        return;
    *ret = (struct provenance){0};
    snprintf(ret->why_not, sizeof ret->why_not, "git: unavailable (%.200s)", e.msg);
}

void provenance_state(struct provenance *p, const char *revision, const char *author)
{
    if (p->is_known && !p->is_stated)
        return;
    if (revision)
        keep(p->commit, sizeof p->commit, revision, strlen(revision));
    if (author)
        keep(p->author, sizeof p->author, author, strlen(author));
    p->is_known = p->is_stated = p->is_known || revision || author;
}

json_t *provenance_json(const struct provenance *p)
{
    if (!p->is_known)
        return json_null();
    json_t *o = json_object();
    jx_put(o, "commit", jx_string(p->commit));
    jx_put(o, "branch", *p->branch ? jx_string(p->branch) : json_null());
    jx_put(o, "author", *p->author ? jx_string(p->author) : json_null());
    jx_put(o, "committed_at", jx_time(p->committed));
    jx_put(o, "subject", *p->subject ? jx_string(p->subject) : json_null());
    jx_put(o, "dirty", json_boolean(p->is_dirty));
    if (p->is_stated)
        jx_put(o, "stated", json_true());
    return o;
}
