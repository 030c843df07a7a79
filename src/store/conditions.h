/* store/conditions.h — how everything is doing, as last judged, and since when. One vocabulary for
 * the command line, the web and /metrics (reconcile page, section 1). */
#ifndef SPL_STORE_CONDITIONS_H
#define SPL_STORE_CONDITIONS_H

#include "store/store.h"

struct stored_condition {
    const char *address;          /* "instance/sonarr-main"; "source" is no resource */
    const char *type;             /* "Synced", "Ready", "Healthy", "Suspended", "Stalled" */
    const char *status;           /* "True", "False", "Unknown" */
    const char *reason, *message; /* "" none */
    utc_t since;                  /* when it became so, if that is known; 0: the store's now */
};

/* `since` of the row moves only when the status or the reason does: a new message is no change. */
MUST_CHECK bool condition_put(struct store *s, const struct stored_condition *c, struct err *e);
/* Puts all of them and removes the conditions of resources that are not among them; what is no
 * resource ("source") stays. */
MUST_CHECK bool conditions_replace(struct store *s, const struct stored_condition *list, size_t n,
                                   struct err *e);

/* By address and type; `address` NULL: all of them. */
MUST_CHECK bool conditions_each(struct store *s, const char *address,
                                void (*row)(void *ctx, const struct stored_condition *c), void *ctx,
                                struct err *e);

/* How many resources of a kind have a condition in a status. */
struct condition_count {
    const char *kind, *type, *status;
    int64_t n;
};
MUST_CHECK bool conditions_count(struct store *s,
                                 void (*row)(void *ctx, const struct condition_count *c), void *ctx,
                                 struct err *e);

/* A resource has a new name. */
MUST_CHECK bool conditions_move(struct store *s, const char *from, const char *to, struct err *e);

#endif
