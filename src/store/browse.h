/* store/browse.h — a cached library for people: by name, one row after another, however large.
 * Instances are named. A row function that answers false has seen enough. */
#ifndef SPL_STORE_BROWSE_H
#define SPL_STORE_BROWSE_H

#include "model/item.h"
#include "store/store.h"

struct title_summary {
    int64_t id, tvdb_id; /* tvdb_id 0: unknown */
    const char *title;   /* all texts until the row function returns */
    int year;            /* 0 unknown */
    enum status status;
    enum series_type type;
    bool is_monitored;
    const char *quality_profile;       /* "" unknown */
    utc_t fetched;                     /* when its episodes were read last */
    int64_t items, with_file, missing; /* missing: monitored and out, without a file */
};
MUST_CHECK bool titles_each(struct store *s, const char *instance,
                            bool (*row)(void *ctx, const struct title_summary *t), void *ctx,
                            struct err *e);

/* One of them; texts live in `arena`. *ret_found false when unknown or archived. */
struct arena;
MUST_CHECK bool title_describe(struct store *s, const char *instance, int64_t id,
                               struct arena *arena, struct title_summary *ret, bool *ret_found,
                               struct err *e);
struct season_summary {
    int number; /* 0: specials */
    int64_t episodes, monitored, with_file, missing;
    utc_t last; /* when its last episode was or will be broadcast; 0 unknown */
};
MUST_CHECK bool seasons_each(struct store *s, const char *instance, int64_t title_id,
                             void (*row)(void *ctx, const struct season_summary *x), void *ctx,
                             struct err *e);

/* By title, then season and episode. */
MUST_CHECK bool items_each(struct store *s, const char *instance, enum item_kind kind,
                           bool (*row)(void *ctx, const struct item *it,
                                       const struct item_memory *m),
                           void *ctx, struct err *e);

#endif
