/* engine/reading.h — one reading of the tree on the jobs worker: looked at, loaded, hashed and
 * validated there, handed over on the loop. */
#ifndef SPL_ENGINE_READING_H
#define SPL_ENGINE_READING_H

#include "loop/worker.h"
#include "model/config.h"
#include "plan/gitdir.h"
#include "plan/outlook.h"
#include "plan/tree.h"

enum reading_result {
    READING_SAME,    /* nothing changed since `known`; no byte was read */
    READING_DONE,    /* tree and diags are filled; config too, unless findings are errors */
    READING_MISSING, /* there is no tree: err says why */
    READING_BUSY,    /* a git operation is in progress, or files changed while they were read */
};

struct reading {
    /* in; owned */
    char *root;
    utc_t now;
    VEC(char *) extra;      /* other files that count, for the signature */
    char known[SHA256_HEX]; /* nothing is read when the signature is still this; "": always read */
    bool ignores_git;       /* apply --ignore-source-busy */
    /* out */
    enum reading_result result;
    struct outlook outlook; /* from before it was read */
    bool has_git;           /* a repository says when a change is complete */
    struct tree tree;
    struct config *config;
    struct diags *diags;
    char busy[GIT_BUSY]; /* what is in progress; "" for plain change */
    struct err err;
    /* whose it is */
    void (*done)(void *ctx, struct reading *r); /* ends it with reading_free */
    void *ctx;
};

struct reading *reading_new(const char *root, utc_t now);
struct reading *reading_free(struct reading *r); /* takes NULL, returns NULL */

/* Reads in the worker's thread, then calls done(ctx, r) on the loop. False: the worker has too much
 * to do; `r` stays the caller's. When the worker ends first, `r` is freed without a call. */
MUST_CHECK bool reading_begin(struct reading *r, struct worker *w,
                              void (*done)(void *ctx, struct reading *r), void *ctx);

#endif
