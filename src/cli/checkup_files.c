/* cli/checkup_files.c — the tree, the state, its key and its database. */
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"
#include "cli/checkup.h"
#include "cli/remote.h"
#include "plan/provenance.h"

void checkup_ok(struct checkup *x, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    *x = (struct checkup){.status = CHECK_OK};
    vsnprintf(x->message, sizeof x->message, fmt, args);
    va_end(args);
}

void checkup_say(struct checkup *x, enum checkup_status status, const char *remedy, const char *fmt,
                 ...)
{
    va_list args;
    va_start(args, fmt);
    *x = (struct checkup){.status = status};
    vsnprintf(x->message, sizeof x->message, fmt, args);
    snprintf(x->remedy, sizeof x->remedy, "%s", remedy);
    va_end(args);
}

const char *checkup_network_fs(const char *path)
{
    static const struct {
        int64_t magic;
        const char *name;
    } systems[] = {
        {NFS_SUPER_MAGIC, "NFS"},   {SMB_SUPER_MAGIC, "SMB"}, {0xFF534D42, "SMB"},
        {0xFE534D42, "SMB"},        {V9FS_MAGIC, "9P"},       {CEPH_SUPER_MAGIC, "Ceph"},
        {FUSE_SUPER_MAGIC, "FUSE"},
    };
    struct statfs fs;
    if (statfs(path, &fs) < 0)
        return NULL;
    for (size_t i = 0; i < COUNT(systems); i++)
        if ((uint32_t)fs.f_type == (uint32_t)systems[i].magic)
            return systems[i].name;
    return NULL;
}

/* ---- the tree ---- */

/* Editors and git replace files by rename: a mount of the file alone keeps the old one. */
static bool is_mounted_alone(const char *root)
{
    CLEANUP(freep) char *marker = mem_printf("%s/splintarr.yaml", root);
    struct stat dir, file;
    return stat(root, &dir) == 0 && stat(marker, &file) == 0 && dir.st_dev != file.st_dev;
}

static void look_at_tree(const struct cli *c, struct checkup *ret)
{
    CLEANUP(cli_tree_done) struct cli_tree t = {0};
    struct err e;
    if (!cli_tree_load(c, c->set.config, &t, &e))
        checkup_say(ret, CHECK_FAIL, "splintarr init DIR writes one; -C DIR names another place",
                    "%s", e.msg);
    else if (!t.tree.has_marker)
        checkup_say(ret, CHECK_FAIL, "is the right directory mounted there?",
                    "'%s' has no splintarr.yaml with 'version: 1'", c->set.config);
    else if (is_mounted_alone(c->set.config))
        checkup_say(ret, CHECK_FAIL, "mount the directory, not the file",
                    "splintarr.yaml is a mount of its own: changes made elsewhere never arrive");
    else if (!t.config)
        checkup_say(ret, CHECK_FAIL, "splintarr validate", "%zu errors in '%s'",
                    diags_errors(t.diags), c->set.config);
    else
        checkup_ok(ret, "'%s': %zu resources in %zu files", c->set.config, config_n(t.config),
                   t.tree.n_files);
}

static void look_at_tree_fs(const struct cli *c, struct checkup *ret)
{
    const char *name = checkup_network_fs(c->set.config);
    if (name)
        checkup_say(ret, CHECK_WARN, "nothing: settings.reconcile.poll_interval says how late",
                    "the tree is on %s: changes made elsewhere are found by polling", name);
    else
        checkup_ok(ret, "the tree is on a local file system: changes are noticed at once");
}

static void look_at_git(const struct cli *c, struct checkup *ret)
{
    struct provenance p;
    provenance_read(c->set.config, NULL, 0, &p);
    if (*p.why_not)
        checkup_say(ret, CHECK_WARN, "everything else works; revisions name no commit", "%s",
                    p.why_not);
    else if (p.is_known)
        checkup_ok(ret, "commit %.7s%s%s", p.commit, *p.branch ? " on " : "", p.branch);
    else
        checkup_ok(ret, "no repository: revisions name no commit");
}

/* ---- the state ---- */

enum { SPACE_WARN_MIB = 256, SPACE_FAIL_MIB = 16 };

static void look_at_state(const struct cli *c, struct checkup *ret)
{
    struct stat st;
    const char *dir = c->set.state, *fs = checkup_network_fs(dir);
    if (stat(dir, &st) < 0)
        checkup_say(ret, errno == ENOENT ? CHECK_OK : CHECK_FAIL, "", "'%s': %s", dir,
                    errno == ENOENT ? "not there yet; the first apply makes it" : strerror(errno));
    else if (fs && !str_eq(fs, "FUSE"))
        checkup_say(ret, CHECK_FAIL, "--state DIR on a local disk",
                    "'%s' is on %s, where databases are damaged: locks do not hold there", dir, fs);
    else if (st.st_uid != geteuid() && geteuid() != 0)
        checkup_say(ret, CHECK_FAIL, "run as its owner, or --state DIR",
                    "'%s' belongs to uid %u, not to you", dir, (unsigned)st.st_uid);
    else if (st.st_mode & 077)
        checkup_say(ret, CHECK_WARN, "chmod 700 it", "'%s' is open to others (mode %o)", dir,
                    (unsigned)(st.st_mode & 0777));
    else
        checkup_ok(ret, "'%s'", dir);
}

static void look_at_space(const struct cli *c, struct checkup *ret)
{
    struct statfs fs;
    CLEANUP(freep) char *parent = mem_printf("%s/..", c->set.state);
    if (statfs(c->set.state, &fs) < 0 && statfs(parent, &fs) < 0) {
        checkup_ok(ret, "nothing to measure yet");
        return;
    }
    uint64_t mib = (uint64_t)fs.f_bavail * (uint64_t)fs.f_bsize >> 20;
    enum checkup_status status = mib < SPACE_FAIL_MIB   ? CHECK_FAIL
                                 : mib < SPACE_WARN_MIB ? CHECK_WARN
                                                        : CHECK_OK;
    checkup_say(ret, status, status == CHECK_OK ? "" : "make room before the state cannot grow",
                "%llu MiB free for the state", (unsigned long long)mib);
}

/* ---- key and database ---- */

static void look_at_key(const struct cli *c, struct checkup *ret)
{
    CLEANUP(freep)
    char *path = c->set.key_file ? mem_strdup(c->set.key_file) : mem_printf("%s/key", c->set.state);
    const char *slash = strrchr(path, '/');
    CLEANUP(freep) char *dir = slash ? mem_printf("%.*s/", (int)(slash - path), path) : NULL;
    CLEANUP(freep) char *home = realpath(dir ? dir : ".", NULL); /* the key may not be there yet */
    CLEANUP(freep) char *tree = realpath(c->set.config, NULL);
    CLEANUP(freep) char *db = mem_printf("%s/splintarr.db", c->set.state);
    struct stat st;
    bool is_there = stat(path, &st) == 0;
    if (home && tree && file_is_below(home, tree))
        checkup_say(ret, CHECK_FAIL, "keep it elsewhere: --key-file FILE",
                    "the key '%s' lies inside the tree and would be committed with it", path);
    else if (!is_there && file_exists(db))
        checkup_say(ret, CHECK_FAIL, "--key-file FILE names where it is",
                    "the key '%s' is missing, and the database needs it", path);
    else if (!is_there)
        checkup_ok(ret, "not there yet; the first apply makes it");
    else if (st.st_mode & 077)
        checkup_say(ret, CHECK_FAIL, "chmod 600 it", "the key '%s' is open to others (mode %o)",
                    path, (unsigned)(st.st_mode & 0777));
    else
        checkup_ok(ret, "'%s'; keep a copy elsewhere", path);
}

static void look_at_database(const struct cli *c, struct checkup *ret)
{
    CLEANUP(store_closep) struct store *store = NULL;
    enum store_found found;
    struct err e;
    if (!cli_store(c, STORE_READ, &store, &found, &e))
        checkup_say(ret, CHECK_FAIL, "splintarr db check", "%s", e.msg);
    else if (found == STORE_ABSENT)
        checkup_ok(ret, "not there yet");
    else
        checkup_ok(ret, "opens; schema %d", store_schema(store));
}

static void look_at_daemon(const struct cli *c, struct checkup *ret)
{
    CLEANUP(remote_closep) struct remote *daemon = NULL;
    struct err e;
    if (!remote_open(c, &daemon, &e))
        checkup_say(ret, CHECK_FAIL, "run as the daemon's user, or as root", "%s", e.msg);
    else if (daemon)
        checkup_ok(ret, "one answers at '%s'", c->set.socket);
    else
        checkup_ok(ret, "none answers at '%s'", c->set.socket);
}

const struct check file_checks[] = {
    {"tree", look_at_tree},         {"file system", look_at_tree_fs}, {"git", look_at_git},
    {"state", look_at_state},       {"space", look_at_space},         {"key", look_at_key},
    {"database", look_at_database}, {"daemon", look_at_daemon},       {0},
};
