/* plan/tree.c — reads a tree of files into a configuration. Decides nothing about its content but
 * what only a reader of files can know: the marker, the digest, secrets kept inside the tree. */
#include "plan/tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/str.h"
#include "plan/prints.h"
#include "plan/rights.h"
#include "plan/walk.h"

static const char marker[] = "splintarr.yaml";

struct digest_row {
    const char *path; /* in the config's arena */
    uint8_t hash[SHA256_BYTES];
    struct git_id blob;
};

/* What one load works on. */
struct load {
    struct walk walk;
    struct config *config;
    struct diags *diags;
    struct tree tree;
    VEC(struct digest_row) digests;
    VEC(const char *) emptied;
    const char *tenant; /* whose files are being read, and what he has used */
    struct ybudget budget;
};

static void load_done(struct load *l)
{
    walk_done(&l->walk);
    config_freep(&l->config);
    tree_done(&l->tree);
    vec_done(&l->digests);
    vec_done(&l->emptied);
}

void tree_done(struct tree *t)
{
    mem_free(t->root);
    vec_done(&t->rejected);
    *t = (struct tree){0};
}

static void cannot_read(struct load *l, const char *path, const struct err *e)
{
    const struct diag d = {.code = DIAG_E117, .at = {.file = path}, .message = e->msg};
    diags_add(l->diags, &d);
}

static bool has_digest(const struct load *l, const char *path)
{
    for (size_t i = 0; i < l->digests.n; i++)
        if (str_eq(l->digests.at[i].path, path))
            return true;
    return false;
}

static void add_digest(struct load *l, const char *path, const struct buf *b)
{
    struct digest_row row = {.path = arena_strdup(config_arena(l->config), path)};
    hash_sha256(b->at, b->n, row.hash);
    hash_git_blob(b->at, b->n, row.blob.at);
    vec_push(&l->digests, row);
}

/* An unreadable marker is a finding already; only its plain absence is "not mounted". */
static bool says_version(const struct ynode *root)
{
    return !root || (root->type == Y_MAP && ydoc_get(root, "version"));
}

/* Each tenant has one of his own, so that he uses up nobody else's. Files come sorted. */
static struct ybudget *budget_of(struct load *l, const char *path)
{
    const char *name = domain_of(path, config_arena(l->config));
    if (!*name)
        return config_budget(l->config);
    if (!str_eq(name, l->tenant))
        l->budget = (struct ybudget){0};
    l->tenant = name;
    return &l->budget;
}

/* NULL after a finding. */
static const struct ynode *parse_file(struct load *l, const char *path)
{
    CLEANUP(buf_done) struct buf b = {0};
    struct err e;
    if (!walk_read(&l->walk, path, YDOC_MAX_BYTES, &b, &e)) {
        cannot_read(l, path, &e);
        return NULL;
    }
    add_digest(l, path, &b);
    if (b.n == 0)
        vec_push(&l->emptied, arena_strdup(config_arena(l->config), path));
    return ydoc_parse(config_arena(l->config), path, b.at, b.n, budget_of(l, path), l->diags);
}

/* At once: of very many findings not all are kept. */
static void reject(struct load *l, const char *path)
{
    struct arena *arena = config_arena(l->config);
    domains_reject(&l->tree.rejected, l->diags, arena);
    domains_reject_path(&l->tree.rejected, path, arena_printf(arena, "%s has errors", path), arena);
}

static void load_file(struct load *l, const char *path)
{
    size_t errors = diags_errors(l->diags);
    const struct ynode *root = parse_file(l, path);
    if (str_eq(path, marker))
        l->tree.has_marker = says_version(root);
    if (root)
        config_add_file(l->config, path, root, l->diags);
    else
        config_set_unread(l->config, path);
    if (diags_errors(l->diags) > errors)
        reject(l, path);
}

static void load_files(struct load *l)
{
    l->tree.n_files = MIN(l->walk.files.n, (size_t)YDOC_MAX_FILES);
    for (size_t i = 0; i < l->tree.n_files; i++)
        load_file(l, l->walk.files.at[i].path);
}

/* Files that resources name (titles_file). One that is missing is the model's finding: it knows
 * where the name is written. */
static void load_references(struct load *l)
{
    struct strlist names = {0};
    config_references(l->config, &names);
    for (size_t i = 0; i < names.n; i++) {
        CLEANUP(buf_done) struct buf b = {0};
        struct err e;
        if (!walk_read(&l->walk, names.at[i], YDOC_MAX_BYTES, &b, &e))
            continue;
        config_add_referenced(l->config, names.at[i], b.at, b.n);
        if (!has_digest(l, names.at[i]))
            add_digest(l, names.at[i], &b);
    }
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct digest_row *)a)->path, ((const struct digest_row *)b)->path);
}

static void compute_digest(struct load *l)
{
    if (l->digests.n > 0)
        qsort(l->digests.at, l->digests.n, sizeof *l->digests.at, by_path);
    struct sha256 *h = sha256_new();
    for (size_t i = 0; i < l->digests.n; i++) {
        const struct digest_row *row = &l->digests.at[i];
        sha256_add(h, row->path, strlen(row->path) + 1);
        sha256_add(h, row->hash, sizeof row->hash);
    }
    uint8_t sum[SHA256_BYTES];
    char hex[SHA256_HEX];
    sha256_end(h, sum);
    snprintf(l->tree.digest, sizeof l->tree.digest, "sha256:%s", hash_hex(sum, sizeof sum, hex));
}

static void read_provenance(struct load *l)
{
    struct git_file *files =
        ARENA_ARRAY(config_arena(l->config), struct git_file, l->digests.n + 1);
    for (size_t i = 0; i < l->digests.n; i++)
        files[i] = (struct git_file){l->digests.at[i].path, l->digests.at[i].blob};
    provenance_read(l->tree.root, files, l->digests.n, &l->tree.provenance);
}

static void keep_emptied(struct load *l)
{
    if (l->emptied.n == 0)
        return;
    const char **at = ARENA_ARRAY(config_arena(l->config), const char *, l->emptied.n);
    memcpy(at, l->emptied.at, l->emptied.n * sizeof *at);
    l->tree.emptied = (struct strlist){at, l->emptied.n};
    l->tree.has_emptied = true;
}

/* ---- secrets kept in the tree would be committed with it ---- */

static void check_secret_file(struct load *l, const struct resource *r, const char *path,
                              const char *file)
{
    CLEANUP(freep) char *real = realpath(file, NULL);
    if (!file_is_below(real ? real : file, l->walk.real))
        return;
    const struct diag d = {
        .code = DIAG_E302,
        .at = config_where(r, path),
        .message = "a secret's file must not lie inside the tree: it would be committed with it",
        .hints = "keep it outside, for example in /run/secrets or /etc/splintarr-secrets\n"
                 "or store it:  splintarr secret set NAME   and write  {secret: NAME}",
    };
    diags_add(l->diags, &d);
    domains_reject_path(&l->tree.rejected, d.at.file, d.message, config_arena(l->config));
}

static void check_secrets(struct load *l)
{
    for (size_t i = 0; i < config_n(l->config); i++) {
        const struct resource *r = config_at(l->config, i);
        struct secret_fields fields;
        secret_fields_of(r->kind, r->name, r->canonical, config_arena(l->config), &fields);
        for (size_t k = 0; k < fields.n; k++)
            if (fields.at[k].ref.source == SECRET_FILE)
                check_secret_file(l, r, fields.at[k].path, fields.at[k].ref.ref);
    }
}

/* For a moment every date would be another one: nothing is planned by such a reading. */
static void check_zone(struct load *l)
{
    const char *problem = config_zone_problem(l->config);
    if (problem)
        diags_add(l->diags, &(struct diag){.code = DIAG_E117,
                                           .at = {.file = "splintarr.yaml"},
                                           .message = problem,
                                           .hints = "try again; if this stays, look at the disk"});
}

/* Which domains are right; when none is, there is no configuration. */
static void check(struct load *l)
{
    config_check(l->config, l->diags);
    check_zone(l);
    check_secrets(l);
    rights_check(l->config, l->diags);
    domains_reject_whole(&l->tree.rejected, l->diags, config_arena(l->config));
    if (diags_errors(l->diags) == 0) {
        rights_enforce(l->config);
        return;
    }
    if (domains_leave_any(&l->tree.rejected, l->config))
        return;
    vec_done(&l->tree.rejected);
    config_freep(&l->config);
    l->tree.emptied = (struct strlist){0};
}

bool tree_load(const char *root, utc_t now, struct tree *ret, struct config **ret_config,
               struct diags *diags, struct err *e)
{
    CLEANUP(load_done) struct load l = {.walk.root = -1, .diags = diags};
    if (!walk_open(root, diags, &l.walk, e))
        return false;
    l.config = config_new();
    config_set_now(l.config, now);
    l.tree.root = mem_strdup(root);
    walk_collect(&l.walk);
    domains_reject(&l.tree.rejected, diags, config_arena(l.config));
    if (diags_errors(diags) > 0) /* a directory, or a link, that nobody can follow */
        config_set_unread(l.config, diags_at(diags, 0)->at.file);
    load_files(&l);
    load_references(&l);
    compute_digest(&l);
    read_provenance(&l);
    keep_emptied(&l);
    check(&l);
    *ret = TAKE_STRUCT(l.tree);
    *ret_config = TAKE(l.config);
    return true;
}
