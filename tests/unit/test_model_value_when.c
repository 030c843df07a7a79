/* Days, windows, moments, years and zones: what config page section 2 accepts and rejects, with its
 * hints. Values are arithmetic by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unit/model_value.h"

static void sets_of_days(void **state UNUSED)
{
    static const struct {
        const char *text;
        unsigned days;
        const char *canonical;
    } rows[] = {
        {"daily", 0x7F, "daily"},
        {"weekdays", 0x1F, "mon-fri"},
        {"weekends", 0x60, "sat,sun"},
        {"mon", 0x01, "mon"},
        {"sun", 0x40, "sun"},
        {"Friday", 0x10, "fri"},
        {"FRI", 0x10, "fri"},
        {"Tues,Thurs", 0x0A, "tue,thu"},
        {"mon-fri,sun", 0x5F, "mon-fri,sun"},
        {"sun,fri,wed-thu", 0x5C, "wed-fri,sun"},
        {"fri-mon", 0x71, "mon,fri-sun"}, /* goes round the week */
        {"mon, wed", 0x05, "mon,wed"},
        {"mon,mon-tue", 0x03, "mon,tue"},
        {"weekdays,weekends", 0x7F, "daily"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct value_problem p;
        char text[VALUE_TEXT];
        uint8_t days = 0;
        assert_true(value_days(rows[i].text, &days, &p));
        assert_int_equal(days, rows[i].days);
        assert_string_equal(value_print_days(days, text), rows[i].canonical);
    }
    CHECK_REFUSALS(value_days, uint8_t, {"fir", "'fir' is not a day", "did you mean fri?", 0},
                   {"mon,,tue", NULL, NULL, 4}, {"", NULL, NULL, 0},
                   {"weekend", NULL, "write weekends", 0}, {"mon-xyz", NULL, NULL, 0},
                   {"mon,everyday", NULL, "write daily", 4});
}

static void windows(void **state UNUSED)
{
    static const struct {
        const char *text;
        struct window v;
        const char *canonical;
    } rows[] = {
        {"fri 18:00-22:00", {0x10, 1080, 1320}, "fri 18:00-22:00"},
        {"Friday 18:00-22:00", {0x10, 1080, 1320}, "fri 18:00-22:00"},
        {"weekdays 08:00-17:00", {0x1F, 480, 1020}, "mon-fri 08:00-17:00"},
        {"daily 22:00-06:00", {0x7F, 1320, 360}, "daily 22:00-06:00"},
        {"sun 00:00-24:00", {0x40, 0, 1440}, "sun 00:00-24:00"},
        {"mon 22:00-00:00", {0x01, 1320, 1440}, "mon 22:00-24:00"},
        {"mon-fri, sun  00:00-04:30", {0x5F, 0, 270}, "mon-fri,sun 00:00-04:30"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct value_problem p;
        char text[VALUE_TEXT];
        struct window v = {0};
        assert_true(value_window(rows[i].text, &v, &p));
        assert_int_equal(v.days, rows[i].v.days);
        assert_int_equal(v.from, rows[i].v.from);
        assert_int_equal(v.to, rows[i].v.to);
        assert_string_equal(value_print_window(&v, text), rows[i].canonical);
    }
    CHECK_REFUSALS(
        value_window, struct window,
        {"18:00-22:00", NULL, "which days? write daily 18:00-22:00", 0},
        {"6pm-10pm", NULL, "write daily 18:00-22:00", 0},
        {"fri 6pm-10pm", NULL, "write fri 18:00-22:00", 4},
        {"fri 6:30 pm - 10 pm", NULL, "write fri 18:30-22:00", 4},
        {"mon 9:00-17:00", NULL, "write mon 09:00-17:00", 4},
        {"mon 18.00-22.00", NULL, "write mon 18:00-22:00", 4},
        {"mon 1800-2200", NULL, "write mon 18:00-22:00", 4},
        {"mon 18:00 to 22:00", NULL, "write mon 18:00-22:00", 9},
        {"fir 18:00-22:00", "'fir' is not a day", "did you mean fri?", 0},
        {"mon 24:00-06:00", NULL, "write mon 00:00-06:00", 4}, {"mon 18:00-25:00", NULL, NULL, 9},
        {"mon 18:60-20:00", NULL, NULL, 4}, {"mon 18:00-18:00", "same time", "for a whole day", 4},
        {"mon", NULL, "at what time?", 0}, {"", NULL, "write it like", 0},
        {"mon 18:00-22:00x", NULL, NULL, 9}, {"0 3 * * *", NULL, "cron is not supported", 0});
}

static void moments(void **state UNUSED)
{
    struct value_problem p;
    char text[VALUE_TEXT];
    struct moment v = {0};
    assert_true(value_moment("daily 03:00", &v, &p));
    assert_true(v.days == 0x7F && v.minute == 180);
    assert_string_equal(value_print_moment(&v, text), "daily 03:00");
    assert_true(value_moment("Sat,mon 23:59", &v, &p));
    assert_string_equal(value_print_moment(&v, text), "mon,sat 23:59");
    CHECK_REFUSALS(value_moment, struct moment,
                   {"1080", NULL, "1080 looks like 18:00 rewritten by a YAML 1.1 tool", 0},
                   {"60", NULL, "60 looks like 01:00", 0},
                   {"1439", NULL, "1439 looks like 23:59", 0}, {"59", NULL, "write it like", 0},
                   {"03:00", NULL, "which days? write daily 03:00", 0},
                   {"3am", NULL, "write daily 03:00", 0}, {"sat 3:00", NULL, "write sat 03:00", 4},
                   {"12am", NULL, "write daily 00:00", 0}, {"12pm", NULL, "write daily 12:00", 0},
                   {"daily 24:00", NULL, "write daily 00:00", 6},
                   {"0 3 * * *", NULL, "write at: daily 03:00", 0},
                   {"30 4 * * *", NULL, "write at: daily 04:30", 0},
                   {"*/5 * * * *", NULL, "cron is not supported", 0},
                   {"@daily", NULL, "cron is not supported", 0});
}

static void ranges_of_years(void **state UNUSED)
{
    struct value_problem p;
    char text[VALUE_TEXT];
    struct years v;
    assert_true(value_years("1990-2020", &v, &p));
    assert_true(v.from == 1990 && v.to == 2020);
    assert_string_equal(value_print_years(&v, text), "1990-2020");
    assert_true(value_years("2020", &v, &p));
    assert_true(v.from == 2020 && v.to == 2020);
    assert_string_equal(value_print_years(&v, text), "2020");
    CHECK_REFUSALS(value_years, struct years, {"2020-1990", "backwards", "write 1990-2020", 5},
                   {"1990-", NULL, "write both ends", 4}, {"90-20", NULL, "write it like", 0},
                   {"1990-2020-2030", NULL, NULL, 4}, {"20200", NULL, NULL, 0},
                   {"1990 - 2020", NULL, NULL, 4});
}

static bool zone_only(const char *text, char *ret, struct value_problem *p)
{
    (void)ret;
    return value_zone(text, p);
}

static void zones(void **state UNUSED)
{
    struct value_problem p;
    assert_true(value_zone("UTC", &p));
    assert_true(value_zone("Europe/Berlin", &p));
    CHECK_REFUSALS(zone_only, char, {"CET", "abbreviation", "write Area/City", 0},
                   {"EST5EDT", "abbreviation", NULL, 0}, {"+02:00", "offset", NULL, 0},
                   {"UTC+2", NULL, NULL, 0}, {"Etc/GMT-2", "offset", NULL, 0},
                   {"utc", NULL, "write UTC", 0}, {"GMT", NULL, "write UTC", 0},
                   {"Berlin", NULL, "write Area/City", 0}, {"../etc/passwd", NULL, NULL, 0},
                   {"Europe/../../../etc/passwd", NULL, NULL, 0}, {"/etc/passwd", NULL, NULL, 0},
                   {"", NULL, NULL, 0});
}

static void zones_of_this_machine(void **state UNUSED)
{
    struct value_problem p;
    if (!value_zone("Mars/Olympus", &p))
        CHECK_REFUSALS(zone_only, char, {"europe/berlin", NULL, "did you mean Europe/Berlin?", 0},
                       {"Europe/Berln", NULL, "did you mean Europe/Berlin?", 0},
                       {"America/Argentina", "there is no time zone", NULL, 0});
    else
        skip(); /* no zones installed: every well-formed name is taken */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_of_days), cmocka_unit_test(windows),
        cmocka_unit_test(moments),      cmocka_unit_test(ranges_of_years),
        cmocka_unit_test(zones),        cmocka_unit_test(zones_of_this_machine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
