/* plan/applied.h — the rows of the state as one value, to compare a tree with. */
#ifndef SPL_PLAN_APPLIED_H
#define SPL_PLAN_APPLIED_H

#include "base/arena.h"
#include "base/vec.h"
#include "model/config.h"
#include "store/resources.h"

struct applied {
    enum kind kind;
    struct stored_resource row; /* strings in the arena */
    json_t **spec;              /* read when it is asked for: applied_spec */
    json_t *prints;
    bool has_drifted;  /* the text does not match its recorded hash */
    bool is_declared;  /* the tree still has it, under this name or a new one */
    const char *today; /* of an older revision: what it is called now; else NULL */
};
struct applied_rows { /* a vec, by kind and name */
    struct applied *at;
    size_t n, cap;
};
struct applied_state {
    struct applied_rows live, archived;
    int64_t revision; /* 0: nothing applied yet */
    utc_t applied_at;
    const char *digest;
    const char *commit; /* "" without git */
};

/* `store` may be NULL: an empty state. */
MUST_CHECK bool applied_load(struct store *store, struct arena *arena, struct applied_state *ret,
                             struct err *e);
/* What was applied at an older revision; nothing is archived there. ERR_USAGE when there is no such
 * revision, ERR_REFUSED when some of it is gone for good. */
MUST_CHECK bool applied_load_at(struct store *store, int64_t rev, struct arena *arena,
                                struct applied_state *ret, struct err *e);
/* As if this configuration had been applied and its files had this digest. Borrows it. */
void applied_as(const struct config *config, const char *digest, struct arena *arena,
                struct applied_state *ret);
void applied_done(struct applied_state *s);
/* Adds it to a configuration as it was applied, with a place in its own domain. */
MUST_CHECK bool applied_add(const struct applied *a, struct config *config, struct err *e);
/* What it said; borrowed; NULL when the row's text is damaged. Most rows of a tree that has not
 * changed are never asked. */
json_t *applied_spec(const struct applied *a);
struct applied *applied_find(const struct applied_rows *rows, enum kind kind, const char *name);

#endif
