/* store/browse.h — a cached library for people: by name, one row after another, however large.
 * Instances are named. A row function that answers false has seen enough. */
#ifndef SPL_STORE_BROWSE_H
#define SPL_STORE_BROWSE_H

#include "model/item.h"
#include "store/store.h"

struct title_summary {
    int64_t id;
    const char *title; /* all texts until the row function returns */
    int year;          /* 0 unknown */
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

/* By title, then season and episode. */
MUST_CHECK bool items_each(struct store *s, const char *instance, enum item_kind kind,
                           bool (*row)(void *ctx, const struct item *it,
                                       const struct item_memory *m),
                           void *ctx, struct err *e);

#endif
