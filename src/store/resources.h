/* store/resources.h — what was applied: resources as canonical JSON with their versions, revisions,
 * audit rows, stored secrets. */
#ifndef SPL_STORE_RESOURCES_H
#define SPL_STORE_RESOURCES_H

#include "base/secret.h"
#include "store/store.h"

struct stored_resource {
    const char *kind, *name;  /* "queue", "tv-missing" */
    const char *spec;         /* canonical JSON */
    const char *hash;         /* of spec, as the model computes it */
    const char *fingerprints; /* JSON object: field path → "k1:…" of each secret; "{}" */
    const char *written;      /* JSON array: the paths its file writes; "": unknown */
    const char *file;
    int line, col;
    int64_t from_rev;     /* the revision that gave it this spec */
    utc_t first_applied;  /* when this name was first applied (for `for:`) */
    utc_t spec_since;     /* when this spec was applied */
    utc_t archived;       /* 0: live */
    utc_t retained_until; /* archived ones */
};

/* In apply order is the caller's business: rows come by kind, name. */
MUST_CHECK bool resources_each(struct store *s, bool is_archived,
                               void (*row)(void *ctx, const struct stored_resource *r), void *ctx,
                               struct err *e);
/* When a live one got its spec; 0: there is none of that name. */
MUST_CHECK bool resource_since(struct store *s, const char *kind, const char *name, utc_t *ret,
                               struct err *e);
/* Inserts or replaces; closes the previous version and opens a new one when hash differs; revives
 * an archived row. first_applied of a known name and from_rev are the store's. Inside a
 * transaction. */
MUST_CHECK bool resource_put(struct store *s, const struct stored_resource *r, int64_t rev,
                             struct err *e);
MUST_CHECK bool resource_archive(struct store *s, const char *kind, const char *name, int64_t rev,
                                 utc_t retained_until, struct err *e);
/* Moves row, versions, and (for instances and queues, fan-out members too) library, history and
 * cooldowns to the new name. ERR_CONFLICT when a live one has it; a removed one that had it ends.
 */
MUST_CHECK bool resource_rename(struct store *s, const char *kind, const char *from, const char *to,
                                struct err *e);
/* Ends the retention of an archived one now, as resources_expire does. Inside a transaction. */
MUST_CHECK bool resource_purge(struct store *s, const char *kind, const char *name, struct err *e);
/* Archived rows whose time is over, with their versions; of instances the library and history too.
 * *ret_n gets how many. */
MUST_CHECK bool resources_expire(struct store *s, utc_t now, size_t *ret_n, struct err *e);

struct revision {
    int64_t rev; /* 0 on input: next one */
    utc_t applied;
    const char *digest;                             /* "sha256:…" of the tree */
    const char *actor;                              /* "cli:uid=1000", "system" */
    const char *reason;                             /* --reason, or "" */
    const char *plan;                               /* plan JSON, no values of secrets */
    const char *commit, *branch, *author, *subject; /* "" without git */
    bool is_dirty;
    int n_resources, n_added, n_changed, n_removed;
};
MUST_CHECK bool revision_add(struct store *s, const struct revision *r, int64_t *ret_rev,
                             struct err *e);
/* The newest; rev 0 when nothing was applied yet. Strings: caller frees with revision_done. */
MUST_CHECK bool revision_latest(struct store *s, struct revision *ret, struct err *e);
/* rev 0 when there is no such revision. */
MUST_CHECK bool revision_find(struct store *s, int64_t rev, struct revision *ret, struct err *e);
void revision_done(struct revision *r);
/* Its number alone; 0 when nothing was applied yet. */
MUST_CHECK bool revision_number(struct store *s, int64_t *ret, struct err *e);
/* The newest first, at most `limit`. */
MUST_CHECK bool revisions_each(struct store *s, size_t limit,
                               void (*row)(void *ctx, const struct revision *r), void *ctx,
                               struct err *e);

/* What was valid at an older revision: specs and names of then, places and fingerprints of now. One
 * whose retention ended since is missing: compare with revision.n_resources. `today`: what it is
 * called now, or was last. */
MUST_CHECK bool versions_at(struct store *s, int64_t rev,
                            void (*row)(void *ctx, const struct stored_resource *r,
                                        const char *today),
                            void *ctx, struct err *e);
enum { REVISIONS_KEPT = 50 }; /* so many can be gone back to; older ones keep their row alone */

/* Content of a file that a resource refers to, from revision `rev` on; NULL: none any more. */
MUST_CHECK bool content_put(struct store *s, const char *path, const char *content, int64_t rev,
                            struct err *e);
/* As it was at a revision; caller frees. NULL: there was none. */
MUST_CHECK bool content_at(struct store *s, const char *path, int64_t rev, char **ret,
                           struct err *e);

struct audit {
    utc_t at;
    const char *actor, *action, *address,
        *detail; /* "cli:uid=0", "update", "queue/tv", "batch 10 -> 20" */
    int64_t rev; /* 0: none */
    /* Out only, from the revision: its commit and who that claims wrote it. "" without git. */
    const char *commit, *claimed_author;
};
MUST_CHECK bool audit_add(struct store *s, const struct audit *a, struct err *e);
MUST_CHECK bool audit_each(struct store *s, utc_t since,
                           void (*row)(void *ctx, const struct audit *a), void *ctx, struct err *e);

/* Stored secrets. Values go in and come out as bytes; listing gives names only. */
struct stored_secret {
    const char *name;
    utc_t created, changed;
};
MUST_CHECK bool secret_put(struct store *s, const char *name, const struct secret *value,
                           struct err *e);
MUST_CHECK bool secret_get(struct store *s, const char *name, struct secret *ret, bool *ret_found,
                           struct err *e);
MUST_CHECK bool secret_remove(struct store *s, const char *name, bool *ret_found, struct err *e);
MUST_CHECK bool secrets_each(struct store *s, void (*row)(void *ctx, const struct stored_secret *x),
                             void *ctx, struct err *e);

#endif
