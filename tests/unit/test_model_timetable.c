/* When schedules are open. Expected instants are worked out by hand from the published rules of
 * summer time (see test_model_when.c): Berlin leaves winter on 2026-03-29 at 01:00 UTC and summer
 * on 2026-10-25 at 01:00 UTC; New York on 2026-03-08 at 07:00 UTC and 2026-11-01 at 06:00 UTC; Lord
 * Howe goes from +11 to +10:30 on 2026-04-04 at 15:00 UTC and back on 2026-10-03 at 15:30 UTC.
 * 2026-01-16 is a Friday. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model_timetable.h"

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
    /* nights that the clocks are changed in: from the evening before, each way in each zone */
    {{.zone = "Europe/Berlin", .windows = "sat 22:00-02:30"},
     "2026-03-28T12:00:00Z",
     "2026-03-28T21:00:00Z",
     "2026-03-29T01:00:00Z"},
    {{.zone = "Europe/Berlin", .windows = "sat 22:00-02:30"},
     "2026-10-24T12:00:00Z",
     "2026-10-24T20:00:00Z",
     "2026-10-25T00:30:00Z"},
    {{.zone = "America/New_York", .windows = "sat 23:00-02:30"},
     "2026-03-07T12:00:00Z",
     "2026-03-08T04:00:00Z",
     "2026-03-08T07:00:00Z"},
    {{.zone = "America/New_York", .windows = "sat 23:00-01:30"},
     "2026-10-31T12:00:00Z",
     "2026-11-01T03:00:00Z",
     "2026-11-01T05:30:00Z"},
    {{.zone = "Australia/Lord_Howe", .windows = "sat 23:00-01:45"},
     "2026-04-04T00:00:00Z",
     "2026-04-04T12:00:00Z",
     "2026-04-04T14:45:00Z"},
    {{.zone = "Australia/Lord_Howe", .windows = "sat 23:00-02:15"},
     "2026-10-03T00:00:00Z",
     "2026-10-03T12:30:00Z",
     "2026-10-03T15:30:00Z"},
    {{.zone = "Asia/Kathmandu", .windows = "daily 23:00-02:00"},
     "2026-03-28T12:00:00Z",
     "2026-03-28T17:15:00Z",
     "2026-03-28T20:15:00Z"},
    {{.zone = "UTC", .windows = "daily 23:00-02:00"},
     "2026-03-28T12:00:00Z",
     "2026-03-28T23:00:00Z",
     "2026-03-29T02:00:00Z"},
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
        cmocka_unit_test(windows_that_summer_time_swallows),
    };
    return cmocka_run_group_tests_name("timetable", tests, NULL, NULL);
}
