/* engine/effects_parts.h — what is counted for the changes of a plan; for effects*.c only. */
#ifndef SPL_ENGINE_EFFECTS_PARTS_H
#define SPL_ENGINE_EFFECTS_PARTS_H

#include "base/vec.h"
#include "engine/flips.h"
#include "plan/plan.h"
#include "search/search.h"
#include "store/library.h"

struct exclusion_watch {
    size_t change; /* in the plan */
    const char *before, *after, *owner;
    struct strlist on_before, on_after; /* instances, sorted */
    bool has_seasons;                   /* excludes parts of series: episodes are counted */
    bool is_unknown;                    /* one of its libraries was never synced */
    struct flips flips[FLIP_N][ITEM_KIND_N];
};

/* A queue and the instances it runs on: neither is suspended. */
struct running {
    const struct resource *queue;
    struct strlist on; /* sorted */
};
struct runnings { /* a vec, in the order of the configuration: by name */
    struct running *at;
    size_t n, cap;
};

/* What one queue, or any queue of an instance, wants. */
struct wanted {
    int64_t n_before, n_after, n_both;
};

struct queue_watch {
    size_t change;
    const char *label;                     /* of a queue that changes by its profile, or NULL */
    const struct resource *before, *after; /* NULL: not there */
    const struct running *runs_before, *runs_after; /* NULL: not there, or on no instance */
    struct wanted wanted;
    bool is_unknown;
    bool only_next; /* changes by its schedule: candidates stay */
};
struct instance_watch {
    size_t change;
    const char *before, *after;
    struct wanted wanted;
    bool is_unknown;
};

struct watches {
    struct plan *plan;
    const struct config *before, *after;
    struct arena *arena;
    struct runnings all_before, all_after;
    VEC(struct exclusion_watch) exclusions;
    VEC(struct queue_watch) queues;
    VEC(struct instance_watch) instances;
};

/* effects_watch.c: fills the lists; empty when nothing of the plan matters for searching. */
void watches_find(struct watches *w);
void watches_done(struct watches *w); /* for CLEANUP */
/* effects_text.c: what was counted becomes effects of the plan. */
void effects_tell(struct watches *w);
/* effects_next.c: when queues run next. */
MUST_CHECK bool effects_tell_next(struct watches *w, struct store *store, utc_t now, struct err *e);

#endif
