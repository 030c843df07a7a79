/* plan/provenance.c — from HEAD to a commit and what it says. */
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

static const int64_t YEAR_10000 = 253402300800; /* RFC 3339 has four digits */
enum { REF_HOPS = 5, SMALL_FILE = 64 * 1024, PACKED_REFS = 16 * 1024 * 1024 };

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

/* A worktree's .git file may lead to where nothing is mounted. */
static bool no_ref(const struct gitdir *g, const char *name, struct err *e)
{
    if (str_eq(name, "HEAD"))
        return err_set(e, ERR_IO, "no repository in %s; is it mounted?", g->dir);
    return err_set(e, ERR_IO, "%s is not there yet: nothing was committed", name);
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
            return find_packed(g->common, name, ret) || no_ref(g, name, e);
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

/* A line of git's config, lower case, without blanks: "objectformat=sha256". */
static void squeeze(const char *line, size_t n, char *ret, size_t size)
{
    size_t k = 0;
    for (size_t i = 0; i < n && k + 1 < size; i++)
        if (line[i] > ' ')
            ret[k++] = (char)(line[i] >= 'A' && line[i] <= 'Z' ? line[i] - 'A' + 'a' : line[i]);
    ret[k] = '\0';
}

/* Formats this reader does not know say so in the repository's config. */
static bool is_supported(const struct gitdir *g, struct err *e)
{
    static const struct {
        const char *line, *what;
    } formats[] = {
        {"objectformat=sha256", "sha256 repository"},
        {"refstorage=reftable", "reftable"},
    };
    CLEANUP(buf_done) struct buf b = {0};
    if (!read_small(g->common, "config", SMALL_FILE, &b))
        return true;
    for (const char *line = b.at; *line; line += strcspn(line, "\n"), line += *line == '\n') {
        char text[64];
        squeeze(line, strcspn(line, "\n"), text, sizeof text);
        for (size_t i = 0; i < COUNT(formats); i++)
            if (str_starts(text, formats[i].line))
                return err_set(e, ERR_IO, "%s", formats[i].what);
    }
    return true;
}

/* ---- the commit ---- */

/* Text for terminals and JSON: no control characters, UTF-8 whatever the commit's encoding. */
static void keep(char *ret, size_t size, const char *text, size_t n)
{
    bool is_utf8 = str_is_utf8(text, n);
    n = MIN(n, size - 1);
    while (is_utf8 && !str_is_utf8(text, n)) /* cut within a character */
        n--;
    memcpy(ret, text, n);
    ret[n] = '\0';
    for (unsigned char *c = (unsigned char *)ret; *c; c++) {
        bool is_c1 = c[0] == 0xc2 && c[1] < 0xa0;
        if (*c < ' ' || *c == 127 || is_c1 || (*c > 127 && !is_utf8))
            *c = '?';
        if (is_c1)
            *++c = '?';
    }
}

/* "Alice <alice@home.example> 1700000000 +0100" */
static void keep_person(const char *line, size_t n, char *ret_who, size_t size, utc_t *ret_when)
{
    size_t who = n;
    while (who > 0 && line[who - 1] != '>')
        who--;
    if (ret_who)
        keep(ret_who, size, line, who);
    int64_t seconds = strtoll(line + who, NULL, 10);
    if (ret_when && seconds > 0 && seconds < YEAR_10000)
        *ret_when = SECONDS(seconds);
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

/* ---- together ---- */

static bool read_repository(const struct gitdir *g, const char *below, const struct git_file *files,
                            size_t n_files, struct provenance *p, struct err *e)
{
    CLEANUP(git_objects_done) struct git_objects objects = {0};
    CLEANUP(buf_done) struct buf commit = {0};
    struct git_id id, tree;
    enum git_type type;
    char ref[PATH_MAX];
    *p = (struct provenance){0};
    if (!is_supported(g, e) || !resolve_head(g, &id, ref, e))
        return false;
    git_objects_open(g->common, &objects);
    if (!git_object_read(&objects, &id, &type, &commit, e) || !parse_commit(&commit, p, &tree, e) ||
        !git_is_dirty(&objects, tree, below, files, n_files, &p->is_dirty, e))
        return false;
    hash_hex(id.at, sizeof id.at, p->commit);
    const char *branch = str_starts(ref, "refs/heads/") ? ref + strlen("refs/heads/") : ref;
    keep(p->branch, sizeof p->branch, branch, strlen(branch));
    return true;
}

/* git-sync swaps a link whose target is a directory named by the commit; the configuration may be a
 * folder in it. */
static void read_link(const char *real, struct provenance *p)
{
    struct git_id id;
    for (const char *part = real; *part;) {
        size_t n = strcspn(part, "/");
        if (n == (size_t)2 * SHA1_BYTES && git_id_parse(part, &id)) {
            p->is_known = p->is_stated = true;
            keep(p->commit, sizeof p->commit, part, n);
        }
        part += n;
        part += strspn(part, "/");
    }
}

/* Twice: 'git gc' moves objects into a pack while they are read, and takes no lock for it. */
static bool read_twice(const struct gitdir *g, const char *below, const struct git_file *files,
                       size_t n_files, struct provenance *p, struct err *e)
{
    if (read_repository(g, below, files, n_files, p, e))
        return true;
    return read_repository(g, below, files, n_files, p, e);
}

void provenance_read(const char *root, const struct git_file *files, size_t n_files,
                     struct provenance *ret)
{
    CLEANUP(gitdir_done) struct gitdir g = {0};
    CLEANUP(freep) char *real = realpath(root, NULL);
    struct err e = {0};
    *ret = (struct provenance){0};
    if (!real)
        return;
    if (gitdir_find(real, &g)) {
        ret->is_known = read_twice(&g, real + strlen(g.work), files, n_files, ret, &e);
        if (ret->is_known)
            return;
        *ret = (struct provenance){0};
        snprintf(ret->why_not, sizeof ret->why_not, "git: unavailable (%.200s)", e.msg);
    }
    read_link(real, ret);
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
