/* engine/source.h — the tree as a daemon sees it: notices that something changed, waits until it is
 * quiet and whole, reads it. Knows nothing of plans.
 *
 * inotify only says "look now". Truth is a reading during which no file changed and no git
 * operation was in progress; without a repository in sight, two readings with equal digests, a
 * quiet time apart. A look at names, sizes and times happens every poll interval in any case, and
 * all bytes are read anew every ten minutes. */
#ifndef SPL_ENGINE_SOURCE_H
#define SPL_ENGINE_SOURCE_H

#include "engine/reading.h"

struct tree_source;

struct source_setup {
    struct loop *loop;
    struct worker *worker;
    const char *root; /* borrowed */
    /* A whole tree, or none at all (READING_MISSING). The reading is the callee's. */
    void (*on_read)(void *ctx, struct reading *r);
    /* It has been busy for two minutes: `what` is in progress since `since`. Once per time. */
    void (*on_busy)(void *ctx, const char *what, utc_t since);
    void *ctx;
};

struct tree_source *source_new(const struct source_setup *setup);
/* A reading still under way is dropped when it ends: before the worker is freed. */
void source_stop(struct tree_source *s);
struct tree_source *source_free(struct tree_source *s); /* takes NULL; the worker went first */

/* How patient it is: settings.reconcile. */
void source_pace(struct tree_source *s, ms_t poll_interval, ms_t debounce);
/* Files besides the tree whose change counts: secrets, lists. Copied; other ones than before are
 * looked at. */
void source_extra(struct tree_source *s, const char *const *paths, size_t n);

void source_start(struct tree_source *s); /* reads at once */
void source_look(struct tree_source *s);  /* as if something had changed: SIGHUP */

#endif
