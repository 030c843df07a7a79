/* When schedules run. Expected instants are worked out by hand from the published rules of summer
 * time (see test_model_when.c): Berlin leaves winter on 2026-03-29 at 01:00 UTC and summer on
 * 2026-10-25 at 01:00 UTC; New York on 2026-03-08 at 07:00 UTC and 2026-11-01 at 06:00 UTC; Lord
 * Howe goes from +11 to +10:30 on 2026-04-04 at 15:00 UTC and back on 2026-10-03 at 15:30 UTC.
 * 2026-01-16 is a Friday. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"
#include "model/timetable.h"
#include "model/value.h"

enum { MOST = 4 };

/* A schedule as it would be written; lists are separated by "; ". */
struct written {
    const char *zone, *windows, *blackout, *global, *at;
    ms_t every, jitter;
    const struct adaptive *adaptive;
    const struct burst *burst;
};

struct made {
    struct schedule schedule;
    struct settings settings;
    struct window windows[MOST], blackout[MOST], global[MOST];
    struct moment at[MOST];
    struct adaptive adaptive;
    struct burst burst;
    struct zones *zones;
    struct timetable *t;
};

static utc_t instant(const char *text)
{
    utc_t t = 0;
    if (text)
        assert_true(utc_parse(text, &t));
    return t;
}

static size_t split(const char *text, void (*one)(void *list, size_t i, const char *text),
                    void *list)
{
    size_t n = 0;
    while (text && *text) {
        char part[64];
        size_t length = strcspn(text, ";");
        snprintf(part, sizeof part, "%.*s", (int)length, text);
        assert_true(n < MOST);
        one(list, n++, part);
        text += length + strspn(text + length, "; ");
    }
    return n;
}

static void one_window(void *list, size_t i, const char *text)
{
    struct value_problem p;
    assert_true(value_window(text, &((struct window *)list)[i], &p));
}

static void one_moment(void *list, size_t i, const char *text)
{
    struct value_problem p;
    assert_true(value_moment(text, &((struct moment *)list)[i], &p));
}

static struct timetable *make(struct made *m, const struct written *w)
{
    const char *zone = w->zone ? w->zone : "UTC";
    struct err e;
    if (!zone_exists(zone))
        skip(); /* no time zones on this machine */
    *m = (struct made){.settings = {.timezone = "UTC"}};
    m->schedule = (struct schedule){.timezone = zone, .every = w->every, .jitter = w->jitter};
    m->schedule.windows = (struct windows){m->windows, split(w->windows, one_window, m->windows)};
    m->schedule.blackout =
        (struct windows){m->blackout, split(w->blackout, one_window, m->blackout)};
    m->settings.blackout = (struct windows){m->global, split(w->global, one_window, m->global)};
    m->schedule.at = (struct moments){m->at, split(w->at, one_moment, m->at)};
    m->adaptive = w->adaptive ? *w->adaptive : m->adaptive;
    m->burst = w->burst ? *w->burst : m->burst;
    m->schedule.adaptive = w->adaptive ? &m->adaptive : NULL;
    m->schedule.burst = w->burst ? &m->burst : NULL;
    m->zones = zones_new();
    if (!timetable_new(&m->schedule, &m->settings, m->zones, &m->t, &e))
        fail_msg("%s", e.msg);
    return m->t;
}

static void made_done(struct made *m)
{
    timetable_free(m->t);
    zones_free(m->zones);
}

static void same(utc_t got, const char *expected, const char *what)
{
    char text[UTC_TEXT];
    if (got != instant(expected))
        fail_msg("%s: %s, not %s", what, got ? utc_format(got, text) : "never",
                 expected ? expected : "never");
}

/* ---- openings ---- */

static const struct {
    struct written w;
    const char *from, *opens;
    const char *closes; /* from `opens` on, within 400 days; NULL: it stays open */
} openings[] = {
    {{.zone = "UTC"}, "2026-01-15T12:00:00Z", "2026-01-15T12:00:00Z", NULL},
    {{.zone = "UTC", .windows = "daily 22:00-24:00"},
     "2026-01-15T12:00:00Z",
     "2026-01-15T22:00:00Z",
     "2026-01-16T00:00:00Z"},
    /* past midnight; winter in Berlin is UTC+1 */
    {{.zone = "Europe/Berlin", .windows = "daily 22:00-06:00"},
     "2026-01-15T12:00:00Z",
     "2026-01-15T21:00:00Z",
     "2026-01-16T05:00:00Z"},
    {{.zone = "Europe/Berlin", .windows = "daily 22:00-06:00"},
     "2026-01-15T23:00:00Z",
     "2026-01-15T23:00:00Z",
     "2026-01-16T05:00:00Z"},
    {{.zone = "Europe/Berlin", .windows = "daily 22:00-06:00"},
     "2026-01-16T05:00:00Z",
     "2026-01-16T21:00:00Z",
     "2026-01-17T05:00:00Z"},
    /* it belongs to the day it begins on */
    {{.zone = "Europe/Berlin", .windows = "fri 22:00-06:00"},
     "2026-01-16T03:00:00Z",
     "2026-01-16T21:00:00Z",
     "2026-01-17T05:00:00Z"},
    {{.zone = "Europe/Berlin", .windows = "fri 22:00-06:00"},
     "2026-01-17T03:00:00Z",
     "2026-01-17T03:00:00Z",
     "2026-01-17T05:00:00Z"},
    /* Tokyo is UTC+9 all year */
    {{.zone = "Asia/Tokyo", .windows = "fri 18:00-22:00"},
     "2026-01-16T00:00:00Z",
     "2026-01-16T09:00:00Z",
     "2026-01-16T13:00:00Z"},
    /* windows that touch are one */
    {{.zone = "UTC", .windows = "daily 22:00-24:00; daily 00:00-02:00"},
     "2026-01-15T12:00:00Z",
     "2026-01-15T22:00:00Z",
     "2026-01-16T02:00:00Z"},
    /* blackouts win */
    {{.zone = "Europe/Berlin", .windows = "daily 22:00-06:00", .blackout = "daily 02:00-06:00"},
     "2026-01-16T01:00:00Z",
     "2026-01-16T21:00:00Z",
     "2026-01-17T01:00:00Z"},
    {{.zone = "UTC", .global = "fri 04:00-05:00"},
     "2026-01-16T04:30:00Z",
     "2026-01-16T05:00:00Z",
     "2026-01-23T04:00:00Z"},
    /* the settings' blackout in the settings' zone: 04:00 UTC is 05:00 in Berlin */
    {{.zone = "Europe/Berlin", .windows = "daily 04:30-06:00", .global = "daily 04:00-04:30"},
     "2026-01-16T00:00:00Z",
     "2026-01-16T03:30:00Z",
     "2026-01-16T04:00:00Z"},
    {{.zone = "UTC", .windows = "mon 01:00-02:00", .blackout = "mon 00:00-03:00"},
     "2026-01-16T00:00:00Z",
     NULL,
     NULL},
    /* spring in Berlin: 02:00 to 03:00 does not exist on 29 March */
    {{.zone = "Europe/Berlin", .windows = "sun 02:10-02:40"},
     "2026-03-28T12:00:00Z",
     "2026-04-05T00:10:00Z",
     "2026-04-05T00:40:00Z"},
    {{.zone = "Europe/Berlin", .windows = "sun 02:30-04:00"},
     "2026-03-28T12:00:00Z",
     "2026-03-29T01:00:00Z",
     "2026-03-29T02:00:00Z"},
    {{.zone = "Europe/Berlin", .windows = "sun 01:00-02:30"},
     "2026-03-28T12:00:00Z",
     "2026-03-29T00:00:00Z",
     "2026-03-29T01:00:00Z"},
    /* autumn: 02:00 to 03:00 comes twice on 25 October; edges are the first */
    {{.zone = "Europe/Berlin", .windows = "sun 02:00-02:30"},
     "2026-10-24T12:00:00Z",
     "2026-10-25T00:00:00Z",
     "2026-10-25T00:30:00Z"},
    {{.zone = "Europe/Berlin", .windows = "sun 02:00-02:30"},
     "2026-10-25T01:10:00Z",
     "2026-11-01T01:00:00Z",
     "2026-11-01T01:30:00Z"},
    {{.zone = "Europe/Berlin", .windows = "sun 02:30-03:30"},
     "2026-10-25T01:15:00Z",
     "2026-10-25T01:15:00Z",
     "2026-10-25T02:30:00Z"},
    /* New York */
    {{.zone = "America/New_York", .windows = "sun 02:00-03:00"},
     "2026-03-07T12:00:00Z",
     "2026-03-15T06:00:00Z",
     "2026-03-15T07:00:00Z"},
    {{.zone = "America/New_York", .windows = "sun 01:00-02:00"},
     "2026-10-31T12:00:00Z",
     "2026-11-01T05:00:00Z",
     "2026-11-01T07:00:00Z"},
    /* Lord Howe: half an hour, in the southern summer */
    {{.zone = "Australia/Lord_Howe", .windows = "sun 01:30-02:00"},
     "2026-04-04T00:00:00Z",
     "2026-04-04T14:30:00Z",
     "2026-04-04T15:30:00Z"},
    {{.zone = "Australia/Lord_Howe", .windows = "sun 02:00-02:30"},
     "2026-10-03T00:00:00Z",
     "2026-10-10T15:00:00Z",
     "2026-10-10T15:30:00Z"},
    {{.zone = "Asia/Kathmandu", .windows = "daily 00:00-01:00"},
     "2026-06-01T12:00:00Z",
     "2026-06-01T18:15:00Z",
     "2026-06-01T19:15:00Z"},
};

static void windows_open_and_close(void **state UNUSED)
{
    for (size_t i = 0; i < COUNT(openings); i++) {
        CLEANUP(made_done) struct made m = {0};
        struct timetable *t = make(&m, &openings[i].w);
        char what[32];
        snprintf(what, sizeof what, "row %zu opens", i);
        utc_t opens = timetable_opens(t, instant(openings[i].from));
        same(opens, openings[i].opens, what);
        snprintf(what, sizeof what, "row %zu closes", i);
        if (opens)
            same(timetable_closes(t, opens, opens + DAYS(400)), openings[i].closes, what);
    }
}

static void which_of_them_is_closed(void **state UNUSED)
{
    CLEANUP(made_done) struct made m = {0};
    struct timetable *t = make(&m, &(struct written){.windows = "daily 22:00-06:00",
                                                     .blackout = "daily 02:00-06:00",
                                                     .global = "daily 12:00-13:00"});
    assert_int_equal(timetable_at(t, instant("2026-01-16T23:00:00Z")), OPENING_OPEN);
    assert_int_equal(timetable_at(t, instant("2026-01-16T03:00:00Z")), OPENING_IN_BLACKOUT);
    assert_int_equal(timetable_at(t, instant("2026-01-16T08:00:00Z")), OPENING_OUTSIDE_WINDOW);
    assert_int_equal(timetable_at(t, instant("2026-01-16T12:30:00Z")), OPENING_IN_BLACKOUT);
}

/* ---- what comes next ---- */

static const struct adaptive adaptive = {
    .horizon = DAYS(7), .airing = HOURS(1), .off_season = DAYS(7)};
static const struct burst burst = {.every = MINUTES(15), .for_ = HOURS(6)};

static const struct {
    struct written w;
    const char *full, *airing, *next_airing, *burst, *now; /* full: also since when it is there */
    bool has_never_run;
    const char *at;
    enum run_cause cause;
} runs[] = {
    /* intervals count elapsed time, also over summer time */
    {{.every = HOURS(6)},
     NULL,
     NULL,
     NULL,
     NULL,
     "2026-01-15T12:00:00Z",
     true,
     "2026-01-15T12:00:00Z",
     CAUSE_EVERY},
    {{.every = HOURS(6)},
     "2026-01-15T10:00:00Z",
     NULL,
     NULL,
     NULL,
     "2026-01-15T12:00:00Z",
     false,
     "2026-01-15T16:00:00Z",
     CAUSE_EVERY},
    {{.zone = "Europe/Berlin", .every = HOURS(24)},
     "2026-03-28T12:00:00Z",
     NULL,
     NULL,
     NULL,
     "2026-03-28T13:00:00Z",
     false,
     "2026-03-29T12:00:00Z",
     CAUSE_EVERY},
    /* missed: once, now */
    {{.every = HOURS(6)},
     "2026-01-10T10:00:00Z",
     NULL,
     NULL,
     NULL,
     "2026-01-15T12:00:00Z",
     false,
     "2026-01-15T12:00:00Z",
     CAUSE_EVERY},
    /* missed: as soon as it is open */
    {{.every = HOURS(6), .windows = "daily 22:00-06:00"},
     "2026-01-10T10:00:00Z",
     NULL,
     NULL,
     NULL,
     "2026-01-15T12:00:00Z",
     false,
     "2026-01-15T22:00:00Z",
     CAUSE_EVERY},
    /* the interval ends outside: the next opening */
    {{.every = HOURS(6), .windows = "daily 22:00-06:00"},
     "2026-01-15T01:00:00Z",
     NULL,
     NULL,
     NULL,
     "2026-01-15T02:00:00Z",
     false,
     "2026-01-15T22:00:00Z",
     CAUSE_EVERY},
    /* a clock that was set back does not stop it */
    {{.every = HOURS(6)},
     "2026-02-01T00:00:00Z",
     NULL,
     NULL,
     NULL,
     "2026-01-15T12:00:00Z",
     false,
     "2026-01-15T12:00:00Z",
     CAUSE_EVERY},
    /* moments: not at once, then each day; 02:30 on 29 March is 03:00 CEST, once on 25 October */
    {{.zone = "Europe/Berlin", .at = "daily 02:30"},
     "2026-03-27T12:00:00Z",
     NULL,
     NULL,
     NULL,
     "2026-03-27T12:00:00Z",
     true,
     "2026-03-28T01:30:00Z",
     CAUSE_AT},
    {{.zone = "Europe/Berlin", .at = "daily 02:30"},
     "2026-03-28T01:30:00Z",
     NULL,
     NULL,
     NULL,
     "2026-03-28T02:00:00Z",
     false,
     "2026-03-29T01:00:00Z",
     CAUSE_AT},
    {{.zone = "Europe/Berlin", .at = "daily 02:30"},
     "2026-03-29T01:00:00Z",
     NULL,
     NULL,
     NULL,
     "2026-03-29T02:00:00Z",
     false,
     "2026-03-30T00:30:00Z",
     CAUSE_AT},
    {{.zone = "Europe/Berlin", .at = "daily 02:30"},
     "2026-10-24T00:30:00Z",
     NULL,
     NULL,
     NULL,
     "2026-10-24T01:00:00Z",
     false,
     "2026-10-25T00:30:00Z",
     CAUSE_AT},
    {{.zone = "Europe/Berlin", .at = "daily 02:30"},
     "2026-10-25T00:30:00Z",
     NULL,
     NULL,
     NULL,
     "2026-10-25T00:31:00Z",
     false,
     "2026-10-26T01:30:00Z",
     CAUSE_AT},
    {{.zone = "Australia/Lord_Howe", .at = "daily 02:15"},
     "2026-10-02T15:45:00Z",
     NULL,
     NULL,
     NULL,
     "2026-10-02T16:00:00Z",
     false,
     "2026-10-03T15:30:00Z",
     CAUSE_AT},
    {{.zone = "Asia/Kathmandu", .at = "mon 06:00; thu 06:00"},
     "2026-01-15T00:15:00Z",
     NULL,
     NULL,
     NULL,
     "2026-01-15T12:00:00Z",
     false,
     "2026-01-19T00:15:00Z",
     CAUSE_AT},
    /* three nights missed are one run; inside a blackout it waits for its end */
    {{.at = "daily 03:00"},
     "2026-01-12T03:00:00Z",
     NULL,
     NULL,
     NULL,
     "2026-01-15T12:00:00Z",
     false,
     "2026-01-15T12:00:00Z",
     CAUSE_AT},
    {{.at = "daily 03:00", .blackout = "daily 12:00-14:00"},
     "2026-01-12T03:00:00Z",
     NULL,
     NULL,
     NULL,
     "2026-01-15T12:00:00Z",
     false,
     "2026-01-15T14:00:00Z",
     CAUSE_AT},
    /* a moment that is closed is none */
    {{.at = "daily 03:00", .blackout = "fri 02:00-04:00"},
     "2026-01-15T03:00:00Z",
     NULL,
     NULL,
     NULL,
     "2026-01-15T12:00:00Z",
     false,
     "2026-01-17T03:00:00Z",
     CAUSE_AT},
    /* adaptive: something airs in three days, in nothing known, in ten days, just out of sight */
    {{.every = HOURS(12), .adaptive = &adaptive},
     "2026-01-15T12:00:00Z",
     NULL,
     "2026-01-18T12:00:00Z",
     NULL,
     "2026-01-15T12:30:00Z",
     false,
     "2026-01-15T13:00:00Z",
     CAUSE_AIRING},
    {{.every = HOURS(12), .adaptive = &adaptive},
     "2026-01-15T12:00:00Z",
     "2026-01-15T20:00:00Z",
     "2026-01-18T12:00:00Z",
     NULL,
     "2026-01-15T20:30:00Z",
     false,
     "2026-01-15T21:00:00Z",
     CAUSE_AIRING},
    {{.every = HOURS(12), .adaptive = &adaptive},
     "2026-01-15T12:00:00Z",
     "2026-01-15T23:00:00Z",
     "2026-01-18T12:00:00Z",
     NULL,
     "2026-01-15T23:30:00Z",
     false,
     "2026-01-16T00:00:00Z",
     CAUSE_EVERY},
    {{.every = HOURS(12), .adaptive = &adaptive},
     "2026-01-15T12:00:00Z",
     NULL,
     NULL,
     NULL,
     "2026-01-15T12:30:00Z",
     false,
     "2026-01-22T12:00:00Z",
     CAUSE_EVERY},
    {{.every = HOURS(12), .adaptive = &adaptive},
     "2026-01-15T12:00:00Z",
     NULL,
     "2026-01-25T12:00:00Z",
     NULL,
     "2026-01-15T12:30:00Z",
     false,
     "2026-01-18T12:00:00Z",
     CAUSE_EVERY},
    {{.every = HOURS(12), .adaptive = &adaptive},
     "2026-01-15T12:00:00Z",
     NULL,
     "2026-01-22T18:00:00Z",
     NULL,
     "2026-01-15T12:30:00Z",
     false,
     "2026-01-15T18:00:00Z",
     CAUSE_AIRING},
    /* burst: when an item may be searched; a blackout holds it */
    {{.every = HOURS(12), .burst = &burst},
     "2026-01-15T12:00:00Z",
     NULL,
     NULL,
     "2026-01-15T13:00:00Z",
     "2026-01-15T12:30:00Z",
     false,
     "2026-01-15T13:00:00Z",
     CAUSE_BURST},
    {{.every = HOURS(12), .burst = &burst, .blackout = "daily 13:00-13:30"},
     "2026-01-15T12:00:00Z",
     NULL,
     NULL,
     "2026-01-15T13:00:00Z",
     "2026-01-15T12:30:00Z",
     false,
     "2026-01-15T13:30:00Z",
     CAUSE_BURST},
    {{.every = HOURS(12)},
     "2026-01-15T12:00:00Z",
     NULL,
     NULL,
     "2026-01-15T13:00:00Z",
     "2026-01-15T12:30:00Z",
     false,
     "2026-01-16T00:00:00Z",
     CAUSE_EVERY},
    /* never */
    {{.every = HOURS(1), .windows = "mon 01:00-02:00", .blackout = "mon 00:00-03:00"},
     "2026-01-15T12:00:00Z",
     NULL,
     NULL,
     NULL,
     "2026-01-15T12:30:00Z",
     false,
     NULL,
     CAUSE_ASKED},
};

static void the_next_run(void **state UNUSED)
{
    for (size_t i = 0; i < COUNT(runs); i++) {
        CLEANUP(made_done) struct made m = {0};
        struct timetable *t = make(&m, &runs[i].w);
        const struct when_past past = {.full = runs[i].has_never_run ? 0 : instant(runs[i].full),
                                       .since = instant(runs[i].full),
                                       .airing = instant(runs[i].airing)};
        const struct when_calendar calendar = {instant(runs[i].next_airing),
                                               instant(runs[i].burst)};
        struct when_next next = when_next(t, &past, &calendar, instant(runs[i].now), 1);
        char what[32];
        snprintf(what, sizeof what, "row %zu", i);
        same(next.at, runs[i].at, what);
        if (next.cause != runs[i].cause)
            fail_msg("row %zu: because of %s, not %s", i, cause_names[next.cause],
                     cause_names[runs[i].cause]);
    }
}

static void jitter_stays_inside(void **state UNUSED)
{
    CLEANUP(made_done) struct made m = {0};
    struct timetable *t = make(
        &m,
        &(struct written){.at = "daily 03:00", .jitter = HOURS(2), .windows = "daily 02:00-04:00"});
    const struct when_past past = {.full = instant("2026-01-15T03:00:00Z")};
    const struct when_calendar none = {0};
    utc_t now = instant("2026-01-15T12:00:00Z"), moment = instant("2026-01-16T03:00:00Z");
    utc_t least = moment + DAYS(1), most = 0;
    for (uint64_t seed = 0; seed < 500; seed++) {
        utc_t at = when_next(t, &past, &none, now, seed).at;
        assert_true(at >= moment && at < moment + HOURS(1)); /* the window closes at 04:00 */
        assert_int_equal(at, when_next(t, &past, &none, now + HOURS(3), seed).at);
        least = MIN(least, at);
        most = MAX(most, at);
    }
    /* of 500 even draws none in a tenth of the range: (9/10)^500, less than 1 in 10^22 */
    assert_true(least < moment + MINUTES(6) && most > moment + MINUTES(54));
}

static void windows_that_summer_time_swallows(void **state UNUSED)
{
    static const struct {
        struct written w;
        const char *from;
        int year, month, day; /* 0: none */
        bool is_blackout;
    } rows[] = {
        {{.zone = "Europe/Berlin", .windows = "sun 02:10-02:40"},
         "2026-11-23T12:00:00Z",
         2027,
         3,
         28,
         false},
        {{.zone = "Europe/Berlin", .blackout = "daily 02:00-03:00"},
         "2026-11-23T12:00:00Z",
         2027,
         3,
         28,
         true},
        {{.zone = "Europe/Berlin", .windows = "mon 02:10-02:40"},
         "2026-11-23T12:00:00Z",
         0,
         0,
         0,
         false},
        {{.zone = "Europe/Berlin", .windows = "sun 01:30-02:40"},
         "2026-11-23T12:00:00Z",
         0,
         0,
         0,
         false},
        {{.zone = "America/New_York", .windows = "daily 02:30-03:00"},
         "2026-02-01T12:00:00Z",
         2026,
         3,
         8,
         false},
        {{.zone = "Australia/Lord_Howe", .windows = "daily 02:00-02:30"},
         "2026-02-01T12:00:00Z",
         2026,
         10,
         4,
         false},
        {{.zone = "UTC", .windows = "daily 02:00-02:30"}, "2026-02-01T12:00:00Z", 0, 0, 0, false},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(made_done) struct made m = {0};
        struct window_lost lost = {0};
        bool is_lost = timetable_lost(make(&m, &rows[i].w), instant(rows[i].from), &lost);
        assert_int_equal(is_lost, rows[i].year != 0);
        if (!is_lost)
            continue;
        assert_int_equal(lost.day.year, rows[i].year);
        assert_int_equal(lost.day.month, rows[i].month);
        assert_int_equal(lost.day.day, rows[i].day);
        assert_int_equal(lost.is_blackout, rows[i].is_blackout);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(windows_open_and_close),
        cmocka_unit_test(which_of_them_is_closed),
        cmocka_unit_test(the_next_run),
        cmocka_unit_test(jitter_stays_inside),
        cmocka_unit_test(windows_that_summer_time_swallows),
    };
    return cmocka_run_group_tests_name("timetable", tests, NULL, NULL);
}
