/* engine/standing.h — how the tree and what is applied stand to each other, kept in the state for
 * everybody who reads it. */
#ifndef SPL_ENGINE_STANDING_H
#define SPL_ENGINE_STANDING_H

#include "store/store.h"

/* The reasons of the condition Synced; "Synced" itself when it is True. */
#define STANDINGS(S)                                                                               \
    S(Starting)                                                                                    \
    S(Synced) S(Pending) S(Rejected) S(Held) S(SourceMissing) S(SourceBusy) S(Pinned) S(Failed)
enum standing {
#define S(name) STANDING_##name,
    STANDINGS(S)
#undef S
        STANDING_N
};
extern const char *const standing_names[STANDING_N + 1];

/* How source and state stand to each other, as last told. */
struct source_standing {
    enum standing standing;
    char message[300]; /* "" when Synced */
    char digest[72];   /* of the tree it is about; "" when there is none */
    utc_t since;       /* 0: no daemon ever told */
};
MUST_CHECK bool source_standing(struct store *store, struct source_standing *ret, struct err *e);
MUST_CHECK bool source_standing_keep(struct store *store, const struct source_standing *s,
                                     struct err *e);

#endif
