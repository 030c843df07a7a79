/* model/timetable_parts.h — what a compiled schedule is made of, for timetable*.c alone. */
#ifndef SPL_MODEL_TIMETABLE_PARTS_H
#define SPL_MODEL_TIMETABLE_PARTS_H

#include "model/timetable.h"

enum { DAY_SECONDS = 24 * 60 * 60 };
#define REACH DAYS(400) /* what does not come in a year and a month does not come */

struct strip {
    const struct zone *zone; /* never NULL */
    const struct windows *windows;
};
enum { STRIP_WINDOWS, STRIP_BLACKOUT, STRIP_SETTINGS, STRIP_N };

struct timetable {
    const struct schedule *schedule;
    const struct zone *zone; /* of the schedule */
    struct strip strips[STRIP_N];
};

/* The local day of an instant, counted from 1970-01-01. */
int64_t timetable_day(const struct zone *z, utc_t at);

/* From, and up to but not including; empty when summer time skips all of it. */
struct span {
    utc_t from, to;
};
/* Where a window lies that begins on that day; false: it does not begin on such a weekday. */
MUST_CHECK bool timetable_span(const struct zone *z, const struct window *w, int64_t day,
                               struct span *ret);

/* The first moment of `at` after an instant at which it is open; 0: none. */
utc_t timetable_moment(const struct timetable *t, utc_t after);

#endif
