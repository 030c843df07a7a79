/* engine/airing.h — what airs soon and what has just aired on one instance, as adaptive and burst
 * schedules ask it: of the cached library, by release. Movies air on their release. */
#ifndef SPL_ENGINE_AIRING_H
#define SPL_ENGINE_AIRING_H

#include "model/timetable.h"
#include "search/search.h"
#include "store/library.h"

struct title_ids { /* a vec: the server's ids, each once */
    int64_t *at;
    size_t n, cap;
};
struct airing {
    struct when_calendar calendar;
    char next[ITEM_TITLE];       /* what airs next; "" */
    char burst[ITEM_TITLE];      /* what is in its burst, or comes into one, first; "" */
    struct title_ids in_horizon; /* something of theirs airs inside the horizon */
    struct title_ids in_burst;   /* something of theirs may be searched now because of its burst */
};
/* `q->now` is when; its queue's schedule, of which `hours` are made, says how far to look. Empty
 * when that has neither adaptive nor burst. */
MUST_CHECK bool airing_read(struct store *s, const char *instance, const struct query *q,
                            const struct timetable *hours, struct airing *ret, struct err *e);
void airing_done(struct airing *a);

#endif
