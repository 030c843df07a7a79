/* When schedules run next, and why. Expected instants are worked out by hand from the published
 * rules of summer time, which stand in test_model_timetable.c; 2026-01-16 is a Friday. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model_timetable.h"

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

/* The day before, the day itself, the day after: the offset before, what the rule says, the offset
 * after. Kathmandu and UTC have no summer time: the same each day. */
static void moments_over_both_switches(void **state UNUSED)
{
    static const struct {
        const char *zone, *at, *now;
        const char *runs[3];
    } rows[] = {
        {"Europe/Berlin",
         "daily 02:30",
         "2026-03-27T12:00:00Z",
         {"2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"}},
        {"Europe/Berlin",
         "daily 02:30",
         "2026-10-23T12:00:00Z",
         {"2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"}},
        {"America/New_York",
         "daily 02:30",
         "2026-03-06T12:00:00Z",
         {"2026-03-07T07:30:00Z", "2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z"}},
        {"America/New_York",
         "daily 01:30",
         "2026-10-30T12:00:00Z",
         {"2026-10-31T05:30:00Z", "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"}},
        {"Australia/Lord_Howe",
         "daily 01:45",
         "2026-04-03T00:00:00Z",
         {"2026-04-03T14:45:00Z", "2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z"}},
        {"Australia/Lord_Howe",
         "daily 02:15",
         "2026-10-02T00:00:00Z",
         {"2026-10-02T15:45:00Z", "2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z"}},
        {"Asia/Kathmandu",
         "daily 02:30",
         "2026-03-27T12:00:00Z",
         {"2026-03-27T20:45:00Z", "2026-03-28T20:45:00Z", "2026-03-29T20:45:00Z"}},
        {"UTC",
         "daily 02:30",
         "2026-10-24T12:00:00Z",
         {"2026-10-25T02:30:00Z", "2026-10-26T02:30:00Z", "2026-10-27T02:30:00Z"}},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        CLEANUP(made_done) struct made m = {0};
        struct timetable *t = make(&m, &(struct written){.zone = rows[i].zone, .at = rows[i].at});
        const struct when_calendar none = {0};
        utc_t now = instant(rows[i].now);
        struct when_past past = {.since = now};
        for (size_t k = 0; k < COUNT(rows[i].runs); k++) {
            char what[32];
            snprintf(what, sizeof what, "row %zu run %zu", i, k);
            past.full = now = when_next(t, &past, &none, now, 1).at;
            same(now, rows[i].runs[k], what);
        }
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_run),
        cmocka_unit_test(moments_over_both_switches),
        cmocka_unit_test(jitter_stays_inside),
    };
    return cmocka_run_group_tests_name("timetable_next", tests, NULL, NULL);
}
