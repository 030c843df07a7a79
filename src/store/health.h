/* store/health.h — how instances are (model/health.h), how they were, and how they answered. */
#ifndef SPL_STORE_HEALTH_H
#define SPL_STORE_HEALTH_H

#include "model/answers.h"
#include "model/health.h"
#include "store/store.h"

/* Of an instance never asked: all zero. */
MUST_CHECK bool health_get(struct store *s, const char *instance, struct health *ret,
                           struct err *e);
/* Also a row of the timeline, when `is_change`. Makes the instance's row. */
MUST_CHECK bool health_put(struct store *s, const char *instance, const struct health *h,
                           bool is_change, struct err *e);

/* One row of the timeline: the instance became so at `at`. */
struct health_change {
    const char *instance, *state, *reason, *message;
    utc_t at, until; /* until: of the next row; 0: it still is */
};
/* Newest first, those that began since `since` and the one before them; `instance` NULL: of all. */
MUST_CHECK bool health_changes_each(struct store *s, const char *instance, utc_t since,
                                    size_t limit,
                                    void (*row)(void *ctx, const struct health_change *c),
                                    void *ctx, struct err *e);

/* What was written down of the last day. */
MUST_CHECK bool answers_load(struct store *s, const char *instance, struct answers *ret,
                             struct err *e);
/* Writes down the hours that are new, forgets those older than a day. The instance's row must
 * exist. */
MUST_CHECK bool answers_keep(struct store *s, const char *instance, struct answers *a, utc_t now,
                             struct err *e);

/* Runs of "queue/NAME@INSTANCE" that failed in a row; 0 forgets them. */
MUST_CHECK bool failures_get(struct store *s, const char *address, int64_t *ret, struct err *e);
MUST_CHECK bool failures_put(struct store *s, const char *address, int64_t n, struct err *e);

#endif
