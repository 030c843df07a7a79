/* engine/reading.c — what the worker does to read a tree. Touches no state. */
#include "engine/reading.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

struct reading *reading_new(const char *root, utc_t now)
{
    struct reading *r = NEW(struct reading);
    r->root = mem_strdup(root);
    r->now = now;
    return r;
}

struct reading *reading_free(struct reading *r)
{
    if (!r)
        return NULL;
    for (size_t i = 0; i < r->extra.n; i++)
        mem_free(r->extra.at[i]);
    vec_done(&r->extra);
    outlook_done(&r->outlook);
    config_free(r->config);
    tree_done(&r->tree);
    diags_free(r->diags);
    mem_free(r->root);
    mem_free(r);
    return NULL;
}

/* The directories where git says that it is at work or done. */
static void watch_git(struct reading *r, const struct gitdir *g)
{
    outlook_watch(&r->outlook, mem_strdup(g->dir), NULL);
    outlook_watch(&r->outlook, mem_printf("%s/refs/heads", g->common), NULL);
}

static bool is_git_busy(struct reading *r, const struct gitdir *g)
{
    return g->dir && !r->ignores_git && gitdir_busy(g, r->busy);
}

/* True when the files are still as they were before they were read, and git did nothing. */
static bool is_unchanged(struct reading *r, const struct gitdir *g, const char *signature)
{
    CLEANUP(outlook_done) struct outlook now = {0};
    char git_now[GIT_SIGNATURE] = "";
    outlook_take(r->root, (const char *const *)r->extra.at, r->extra.n, &now);
    if (g->dir)
        gitdir_signature(g, git_now);
    return str_eq(now.signature, r->outlook.signature) && str_eq(git_now, signature) &&
           !is_git_busy(r, g);
}

static enum reading_result read_settled(struct reading *r, const struct gitdir *g)
{
    char signature[GIT_SIGNATURE] = "";
    if (is_git_busy(r, g))
        return READING_BUSY;
    if (g->dir)
        gitdir_signature(g, signature);
    r->diags = diags_new();
    if (!tree_load(r->root, r->now, &r->tree, &r->config, r->diags, &r->err))
        return READING_MISSING;
    return is_unchanged(r, g, signature) ? READING_DONE : READING_BUSY;
}

static enum reading_result read_tree(struct reading *r)
{
    CLEANUP(gitdir_done) struct gitdir g = {0};
    outlook_take(r->root, (const char *const *)r->extra.at, r->extra.n, &r->outlook);
    r->has_git = gitdir_find(r->root, &g);
    if (r->has_git)
        watch_git(r, &g);
    if (*r->known && str_eq(r->known, r->outlook.signature))
        return READING_SAME;
    return read_settled(r, &g);
}

static void work(void *job)
{
    struct reading *r = job;
    r->result = read_tree(r);
}

static void over(void *job, bool has_run)
{
    struct reading *r = job;
    if (has_run)
        r->done(r->ctx, r);
    else
        reading_free(r);
}

bool reading_begin(struct reading *r, struct worker *w, void (*done)(void *ctx, struct reading *r),
                   void *ctx)
{
    r->done = done;
    r->ctx = ctx;
    return worker_post(w, work, over, r);
}
