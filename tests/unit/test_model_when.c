/* Local time. Expected values are worked out by hand from the published rules:
 *   EU   summer time from the last Sunday of March to the last of October, both at 01:00 UTC
 *   US   from the second Sunday of March to the first of November, 02:00 local time
 *   Lord Howe  +10:30; +11 from the first Sunday of October to the first of April, 02:00 local
 *   Chile      -04; -03 from the first Sunday after 1 September to the first after 1 April, 24:00
 *   Kathmandu  +05:45 all year
 *   Samoa      left out 30 December 2011 when it crossed the date line, from -10 to +14
 * Sundays of 2026: 8 and 29 March, 5 April, 6 September, 4 and 25 October, 1 November. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "model/value.h"
#include "model/when.h"
#include "model/zone_parts.h"

static struct civil civil_parse(const char *text)
{
    struct civil c = {0};
    assert_int_equal(
        sscanf(text, "%d-%d-%d %d:%d:%d", &c.year, &c.month, &c.day, &c.hour, &c.minute, &c.second),
        6);
    return c;
}

static utc_t instant(const char *text)
{
    utc_t t = 0;
    assert_true(utc_parse(text, &t));
    return t;
}

static void check_utc(const struct zone *z, const char *wall, const char *expected)
{
    struct civil c = civil_parse(wall);
    utc_t got = zone_utc(z, &c);
    char text[UTC_TEXT];
    if (got != instant(expected))
        fail_msg("%s %s is %s, not %s", zone_name(z), wall, utc_format(got, text), expected);
}

struct row {
    const char *wall, *utc;
};

static void check_rows(const char *name, const struct row rows[], size_t n)
{
    CLEANUP(zone_freep) struct zone *z = NULL;
    struct err e;
    if (!zone_exists(name))
        skip(); /* no time zones on this machine; rules_* cover the arithmetic */
    if (!zone_load(name, &z, &e))
        fail_msg("%s", e.msg);
    for (size_t i = 0; i < n; i++)
        check_utc(z, rows[i].wall, rows[i].utc);
}

static const struct row berlin[] = {
    {"2026-01-15 12:00:00", "2026-01-15T11:00:00Z"},
    {"2026-07-15 12:00:00", "2026-07-15T10:00:00Z"},
    {"2026-03-29 01:59:59", "2026-03-29T00:59:59Z"},
    {"2026-03-29 02:00:00", "2026-03-29T01:00:00Z"},
    {"2026-03-29 02:30:00", "2026-03-29T01:00:00Z"},
    {"2026-03-29 03:00:00", "2026-03-29T01:00:00Z"},
    {"2026-03-29 03:30:00", "2026-03-29T01:30:00Z"},
    {"2026-10-25 01:59:59", "2026-10-24T23:59:59Z"},
    {"2026-10-25 02:00:00", "2026-10-25T00:00:00Z"},
    {"2026-10-25 02:30:00", "2026-10-25T00:30:00Z"},
    {"2026-10-25 03:00:00", "2026-10-25T02:00:00Z"},
    /* 1 January 2040 is a Sunday; 25 March is the 85th day, 28 October the 302nd: Sundays too */
    {"2040-03-25 02:30:00", "2040-03-25T01:00:00Z"},
    {"2040-10-28 02:30:00", "2040-10-28T00:30:00Z"},
    {"2040-07-01 00:00:00", "2040-06-30T22:00:00Z"},
    {"2040-12-31 00:00:00", "2040-12-30T23:00:00Z"},
};
static const struct row new_york[] = {
    {"2026-03-08 01:59:59", "2026-03-08T06:59:59Z"},
    {"2026-03-08 02:30:00", "2026-03-08T07:00:00Z"},
    {"2026-03-08 03:00:00", "2026-03-08T07:00:00Z"},
    {"2026-07-04 12:00:00", "2026-07-04T16:00:00Z"},
    {"2026-11-01 00:59:59", "2026-11-01T04:59:59Z"},
    {"2026-11-01 01:30:00", "2026-11-01T05:30:00Z"},
    {"2026-11-01 02:00:00", "2026-11-01T07:00:00Z"},
    {"2026-12-24 12:00:00", "2026-12-24T17:00:00Z"},
};
static const struct row lord_howe[] = {
    {"2026-01-15 12:00:00", "2026-01-15T01:00:00Z"},
    {"2026-04-05 01:45:00", "2026-04-04T14:45:00Z"},
    {"2026-04-05 02:00:00", "2026-04-04T15:30:00Z"},
    {"2026-07-15 12:00:00", "2026-07-15T01:30:00Z"},
    {"2026-10-04 01:59:59", "2026-10-03T15:29:59Z"},
    {"2026-10-04 02:15:00", "2026-10-03T15:30:00Z"},
    {"2026-10-04 02:30:00", "2026-10-03T15:30:00Z"},
    {"2026-10-04 03:00:00", "2026-10-03T16:00:00Z"},
};
static const struct row kathmandu[] = {
    {"2026-06-01 12:00:00", "2026-06-01T06:15:00Z"},
    {"2026-12-01 00:00:00", "2026-11-30T18:15:00Z"},
    {"2050-06-01 05:45:00", "2050-06-01T00:00:00Z"},
};
static const struct row apia[] = {
    {"2011-12-29 23:59:59", "2011-12-30T09:59:59Z"},
    {"2011-12-30 12:00:00", "2011-12-30T10:00:00Z"},
    {"2011-12-31 00:00:00", "2011-12-30T10:00:00Z"},
    {"2011-12-31 12:00:00", "2011-12-30T22:00:00Z"},
};

static void berlin_both_switches(void **state UNUSED)
{
    check_rows("Europe/Berlin", berlin, COUNT(berlin));
}
static void new_york_both_switches(void **state UNUSED)
{
    check_rows("America/New_York", new_york, COUNT(new_york));
}
static void lord_howe_half_an_hour(void **state UNUSED)
{
    check_rows("Australia/Lord_Howe", lord_howe, COUNT(lord_howe));
}
static void kathmandu_quarters(void **state UNUSED)
{
    check_rows("Asia/Kathmandu", kathmandu, COUNT(kathmandu));
}
static void a_day_left_out(void **state UNUSED)
{
    check_rows("Pacific/Apia", apia, COUNT(apia));
}

/* The same tables without any zone file: only the rules behind them. */
static void rules_alone(void **state UNUSED)
{
    static const struct {
        const char *rule;
        const struct row *rows;
        size_t n;
    } zones[] = {
        {"CET-1CEST,M3.5.0,M10.5.0/3", berlin, COUNT(berlin)},
        {"EST5EDT,M3.2.0,M11.1.0", new_york, COUNT(new_york)},
        {"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", lord_howe, COUNT(lord_howe)},
        {"<+0545>-5:45", kathmandu, COUNT(kathmandu)},
    };
    for (size_t i = 0; i < COUNT(zones); i++) {
        struct zone z = {.name = "rule"};
        assert_true(zone_rule_parse(zones[i].rule, &z.rule));
        for (size_t k = 0; k < zones[i].n; k++)
            check_utc(&z, zones[i].rows[k].wall, zones[i].rows[k].utc);
    }
}

/* RFC 8536 section 3.3.1: hours beyond a day, negative ones, Jn without and n with leap days. */
static void rules_of_other_forms(void **state UNUSED)
{
    struct zone z = {.name = "rule"};
    /* 1 March is J60 in every year and day 60 (from 0) of a leap year */
    assert_true(zone_rule_parse("AAA0BBB,J60/0,J300/0", &z.rule));
    check_utc(&z, "2024-03-01 00:30:00", "2024-03-01T00:00:00Z");
    check_utc(&z, "2023-03-01 00:30:00", "2023-03-01T00:00:00Z");
    assert_true(zone_rule_parse("AAA0BBB,60/0,300/0", &z.rule));
    check_utc(&z, "2024-03-01 00:30:00", "2024-03-01T00:00:00Z");
    check_utc(&z, "2023-03-02 00:30:00", "2023-03-02T00:00:00Z");
    /* Greenland once: the Saturday before the last Sunday of March at 22:00 (-3) */
    assert_true(zone_rule_parse("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", &z.rule));
    check_utc(&z, "2026-03-28 22:30:00", "2026-03-29T01:00:00Z");
    /* summer time all year */
    assert_true(zone_rule_parse("XXX3EDT4,0/0,J365/23", &z.rule));
    check_utc(&z, "2026-01-01 00:00:00", "2026-01-01T04:00:00Z");
    check_utc(&z, "2026-12-31 23:59:59", "2027-01-01T03:59:59Z");

    static const char *const bad[] = {"",
                                      "CET",
                                      "CE-1",
                                      "CET-1CEST",
                                      "CET-1CEST,M3.5.0",
                                      "CET-1CEST,M13.5.0,M10.5.0",
                                      "CET-1CEST,M3.6.0,M10.5.0",
                                      "CET-1CEST,M3.5.7,M10.5.0",
                                      "CET-1CEST,M3.5.0,M10.5.0x",
                                      "CET-200",
                                      "<CET-1",
                                      "CET-1CEST,J0,J10"};
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(zone_rule_parse(bad[i], &z.rule));
}

static void there_and_back(void **state UNUSED)
{
    struct zone z = {.name = "rule"};
    assert_true(zone_rule_parse("CET-1CEST,M3.5.0,M10.5.0/3", &z.rule));
    int offset = 0;
    struct civil c = zone_local(&z, instant("2026-10-25T00:59:59Z"), &offset);
    assert_true(c.hour == 2 && c.minute == 59 && offset == 7200);
    c = zone_local(&z, instant("2026-10-25T01:00:00Z"), &offset);
    assert_true(c.hour == 2 && c.minute == 0 && offset == 3600);
    assert_int_equal(c.weekday, 6); /* 25 October 2026 is a Sunday */
    char text[ZONE_ABBREVIATION];
    assert_string_equal(zone_abbreviation(&z, instant("2026-07-01T00:00:00Z"), text), "CEST");
    assert_string_equal(zone_abbreviation(&z, instant("2026-01-01T00:00:00Z"), text), "CET");
}

static void the_calendar(void **state UNUSED)
{
    static const struct {
        const char *text;
        int64_t seconds;
        int weekday;
    } rows[] = {
        {"1970-01-01 00:00:00", 0, 3},
        {"1969-12-31 23:59:59", -1, 2},
        {"2000-03-01 00:00:00", 951868800, 2},  /* date -u -d 2000-03-01 +%s */
        {"2026-11-23 06:50:22", 1795416622, 0}, /* (20454 d + 326 d) * 86400 + 24622 */
        {"1600-02-29 00:00:00", -11670998400, 1},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct civil c = civil_parse(rows[i].text), back = civil_of(rows[i].seconds);
        assert_int_equal(civil_seconds(&c), rows[i].seconds);
        assert_int_equal(back.weekday, rows[i].weekday);
        c.weekday = back.weekday;
        assert_memory_equal(&c, &back, sizeof c);
    }
    struct civil leap = {.year = 2024, .month = 2, .day = 29}, none = {2023, 2, 29, 0, 0, 0, 0},
                 century = {1900, 2, 29, 0, 0, 0, 0}, late = {2026, 1, 1, 24, 0, 0, 0};
    assert_true(civil_is_valid(&leap));
    assert_false(civil_is_valid(&none));
    assert_false(civil_is_valid(&century));
    assert_false(civil_is_valid(&late));
}

/* RFC 8536 by hand: no 32-bit data; one change at 2000-01-01T00:00:00Z from LMT (+0:10) to +1. */
static size_t file_by_hand(unsigned char ret[static 200], const char *rule)
{
    static const unsigned char v1[] = {'T', 'Z', 'i', 'f', '2', [39] = 1, [43] = 1};
    static const unsigned char v2[] = {'T', 'Z', 'i', 'f', '2', [35] = 1, [39] = 2, [43] = 8};
    static const unsigned char body[] = {
        0,   0,   0,    0,    0x38, 0x6D, 0x43, 0x80, /* 946684800 */
        1,                                            /* to the second type */
        0,   0,   0x02, 0x58, 0,    0,                /* 600 s */
        0,   0,   0x0E, 0x10, 0,    4,                /* 3600 s */
        'L', 'M', 'T',  0,    'C',  'E',  'T',  0,
    };
    size_t n = 0;
    memcpy(ret + n, v1, sizeof v1);
    n += sizeof v1;
    memset(ret + n, 0, 7); /* its one type and one character */
    n += 7;
    memcpy(ret + n, v2, sizeof v2);
    n += sizeof v2;
    memcpy(ret + n, body, sizeof body);
    n += sizeof body;
    return n + (size_t)snprintf((char *)ret + n, 200 - n, "\n%s\n", rule);
}

static void files_are_checked(void **state UNUSED)
{
    unsigned char bytes[200];
    struct err e;
    size_t n = file_by_hand(bytes, "CET-1");
    struct zone *z = mem_zeroed(sizeof *z);
    assert_true(zone_decode(z, bytes, n, &e));
    check_utc(z, "1999-12-31 23:00:00", "1999-12-31T22:50:00Z");
    check_utc(z, "2000-01-01 00:30:00", "2000-01-01T00:00:00Z"); /* 00:10 to 01:00 are missing */
    check_utc(z, "2030-01-01 00:00:00", "2029-12-31T23:00:00Z");
    z = zone_free(z);
    for (size_t cut = 0; cut < n; cut++) { /* every shorter file is refused, not read past */
        z = mem_zeroed(sizeof *z);
        assert_false(zone_decode(z, bytes, cut, &e));
        z = zone_free(z);
    }
    for (size_t i = 0; i < n; i++) { /* and any damaged byte is survived */
        z = mem_zeroed(sizeof *z);
        bytes[i] ^= 0xFF;
        bool is_read = zone_decode(z, bytes, n, &e);
        bytes[i] ^= 0xFF;
        if (is_read)
            zone_local(z, 0, NULL);
        z = zone_free(z);
    }
}

static void names_and_errors(void **state UNUSED)
{
    CLEANUP(zone_freep) struct zone *utc = NULL;
    struct err e;
    assert_true(zone_load("UTC", &utc, &e));
    check_utc(utc, "2026-03-29 02:30:00", "2026-03-29T02:30:00Z");
    struct zone *z = NULL;
    assert_false(zone_load("../../etc/passwd", &z, &e));
    assert_false(zone_load("Mars/Olympus", &z, &e));
    assert_non_null(strstr(e.msg, "tzdata"));
    assert_null(z);
}

/* until: is the end of the day in the zone of the tree. */
static void dates_end_with_their_day(void **state UNUSED)
{
    struct zone berlin_rule = {.name = "rule"}, santiago = {.name = "rule"};
    struct value_problem p;
    utc_t t = 0;
    assert_true(zone_rule_parse("CET-1CEST,M3.5.0,M10.5.0/3", &berlin_rule.rule));
    assert_true(zone_rule_parse("<-04>4<-03>,M9.1.6/24,M4.1.6/24", &santiago.rule));
    assert_true(value_until("2026-12-31", &berlin_rule, &t, &p));
    assert_int_equal(t, instant("2026-12-31T23:00:00Z") - 1);
    assert_true(value_until("2026-10-25", &berlin_rule, &t, &p)); /* a day of 25 hours */
    assert_int_equal(t, instant("2026-10-25T23:00:00Z") - 1);
    /* midnight of 6 September does not exist in Santiago: the day ends at 04:00 UTC all the same */
    assert_true(value_until("2026-09-05", &santiago, &t, &p));
    assert_int_equal(t, instant("2026-09-06T04:00:00Z") - 1);
    assert_true(value_until("2026-12-31", NULL, &t, &p));
    assert_int_equal(t, instant("2027-01-01T00:00:00Z") - 1);
    assert_true(value_until("2026-12-31T20:00:00+01:00", NULL, &t, &p));
    assert_int_equal(t, instant("2026-12-31T19:00:00Z"));

    static const struct {
        const char *text, *hint;
    } bad[] = {
        {"31/12/2026", "write 2026-12-31"},
        {"12/31/2026", "write 2026-12-31"},
        {"31.12.2026", "write 2026-12-31"},
        {"2026-02-30", ""},
        {"2026-12-31T20:00", "write 2026"},
        {"2026-12-31 20:00:00", "write 2026"},
        {"30d", "write for: 30d"},
        {"tomorrow", "write a date such as"},
        {"2026-12-31T20:00:00", "write 2026"},
        {"", "write a date such as"},
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        utc_t untouched = 7;
        assert_false(value_until(bad[i].text, NULL, &untouched, &p));
        assert_non_null(strstr(p.hint, bad[i].hint));
        assert_int_equal(untouched, 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(berlin_both_switches),   cmocka_unit_test(new_york_both_switches),
        cmocka_unit_test(lord_howe_half_an_hour), cmocka_unit_test(kathmandu_quarters),
        cmocka_unit_test(a_day_left_out),         cmocka_unit_test(rules_alone),
        cmocka_unit_test(rules_of_other_forms),   cmocka_unit_test(there_and_back),
        cmocka_unit_test(the_calendar),           cmocka_unit_test(files_are_checked),
        cmocka_unit_test(names_and_errors),       cmocka_unit_test(dates_end_with_their_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
