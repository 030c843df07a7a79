/* model/timetable.h — when a schedule runs: its windows, blackouts and moments on the wall clocks
 * they are written for, its intervals, and the calendar of what airs. Pure: every instant is handed
 * in, the same answer comes out.
 *
 * Summer time: an edge or moment that does not exist moves to the next instant that does, one that
 * occurs twice is the first; intervals count elapsed time. Instants are found up to a year ahead.
 */
#ifndef SPL_MODEL_TIMETABLE_H
#define SPL_MODEL_TIMETABLE_H

#include "model/config.h"
#include "model/zones.h"

struct timetable;

/* Compiles a schedule with the blackout of the settings. All must outlive it. */
MUST_CHECK bool timetable_new(const struct schedule *s, const struct settings *settings,
                              struct zones *zones, struct timetable **ret, struct err *e);
struct timetable *timetable_free(struct timetable *t); /* takes NULL, returns NULL */
void timetable_freep(struct timetable **t);

/* ---- may it run? ---- */

enum opening { OPENING_OPEN, OPENING_OUTSIDE_WINDOW, OPENING_IN_BLACKOUT };
/* Blackouts win over windows. */
enum opening timetable_at(const struct timetable *t, utc_t at);
/* The first instant from `from` on at which it is open; 0: never. */
utc_t timetable_opens(const struct timetable *t, utc_t from);
/* The first instant from `at` on, but before `before`, at which it is not open; 0: there is none.
 */
utc_t timetable_closes(const struct timetable *t, utc_t at, utc_t before);

/* ---- when does it run? ---- */

enum run_cause {
#define CAUSE(constant, name, doc) CAUSE_##constant,
#include "model/causes.def"
#undef CAUSE
    CAUSE_N
};
extern const char *const cause_names[CAUSE_N + 1]; /* "every", … */
const char *cause_doc(enum run_cause c);           /* half a sentence: "its interval is over" */

struct when_past {
    utc_t full;   /* when a run of everything began last; 0: never */
    utc_t since;  /* before it no moment counts as missed: when it was written so */
    utc_t airing; /* when a run of what airs began last; 0: never */
};
/* Of the titles of one instance; only what adaptive and burst need. */
struct when_calendar {
    utc_t next_airing; /* the end of the next broadcast; 0: none is known */
    utc_t burst;       /* when the first item that is in a burst may be searched; 0: none is */
};
struct when_next {
    utc_t at; /* 0: not by itself; now or earlier: at once */
    enum run_cause cause;
};
/* What comes first. A run that was missed comes once, as soon as it is open. `seed` makes the
 * jitter: the same for the same run, another for each queue and instance. */
struct when_next when_next(const struct timetable *t, const struct when_past *past,
                           const struct when_calendar *calendar, utc_t now, uint64_t seed);

/* ---- what is wrong with it? ---- */

/* The first local date in the year after `from` on which a window or blackout vanishes in the hour
 * that summer time skips. False: none does. */
struct window_lost {
    struct window window;
    bool is_blackout;
    struct civil day; /* the date alone */
};
bool timetable_lost(const struct timetable *t, utc_t from, struct window_lost *ret);

/* ---- in words ---- */

/* For people, sentence by sentence: "Every 6h, only inside fri 18:00-22:00 (Asia/Tokyo)." */
void timetable_words(const struct timetable *t, struct buf *ret);

#endif
