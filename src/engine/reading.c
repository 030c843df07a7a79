/* engine/reading.c — what the worker does to read a tree. Touches no state. */
#include "engine/reading.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"

struct reading *reading_new(const char *root)
{
    struct reading *r = NEW(struct reading);
    r->root = mem_strdup(root);
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

/* True when the files are still as they were before they were read. */
static bool is_unchanged(const struct reading *r)
{
    CLEANUP(outlook_done) struct outlook now = {0};
    outlook_take(r->root, (const char *const *)r->extra.at, r->extra.n, &now);
    return str_eq(now.signature, r->outlook.signature);
}

static enum reading_result read_tree(struct reading *r)
{
    outlook_take(r->root, (const char *const *)r->extra.at, r->extra.n, &r->outlook);
    if (*r->known && str_eq(r->known, r->outlook.signature))
        return READING_SAME;
    r->diags = diags_new();
    if (!tree_load(r->root, &r->tree, &r->config, r->diags, &r->err))
        return READING_MISSING;
    return is_unchanged(r) ? READING_DONE : READING_BUSY;
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
