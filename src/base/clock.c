/* base/clock.c — real and virtual clocks, and time as text. */
#include "base/clock.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static ms_t timespec_ms(const struct timespec *t)
{
    return (ms_t)t->tv_sec * 1000 + t->tv_nsec / 1000000;
}

static utc_t system_utc(const struct clock *c UNUSED)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return timespec_ms(&t);
}

static ms_t system_mono(const struct clock *c UNUSED)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return timespec_ms(&t);
}

const struct clock clock_system = {.utc = system_utc, .mono = system_mono};

static utc_t virtual_utc(const struct clock *c)
{
    const struct virtual_clock *v = (const struct virtual_clock *)(const void *)c;
    return v->start + v->elapsed;
}

static ms_t virtual_mono(const struct clock *c)
{
    return ((const struct virtual_clock *)(const void *)c)->elapsed;
}

void virtual_clock_init(struct virtual_clock *v, utc_t start)
{
    *v =
        (struct virtual_clock){.clock = {.utc = virtual_utc, .mono = virtual_mono}, .start = start};
}

void virtual_clock_advance(struct virtual_clock *v, ms_t by)
{
    v->elapsed += by;
}

char *utc_format(utc_t t, char ret[static UTC_TEXT])
{
    time_t seconds = (time_t)(t / 1000);
    struct tm parts;
    gmtime_r(&seconds, &parts);
    strftime(ret, UTC_TEXT, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return ret;
}

char *utc_format_local(utc_t t, char ret[static UTC_TEXT])
{
    time_t seconds = (time_t)(t / 1000);
    struct tm parts;
    localtime_r(&seconds, &parts);
    strftime(ret, UTC_TEXT, "%Y-%m-%d %H:%M %Z", &parts);
    return ret;
}

/* n decimal digits at *p; moves *p past them. */
static bool digits(const char **p, int n, int *ret)
{
    int value = 0;
    for (int i = 0; i < n; i++, (*p)++) {
        if (!isdigit((unsigned char)**p))
            return false;
        value = value * 10 + (**p - '0');
    }
    *ret = value;
    return true;
}

static bool literal(const char **p, char c)
{
    if (**p != c)
        return false;
    (*p)++;
    return true;
}

/* Days since the epoch of a civil date (Howard Hinnant, "chrono-compatible low-level date
 * algorithms", days_from_civil). */
static int64_t days_from_civil(int year, int month, int day)
{
    int64_t y = year - (month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static bool date(const char **p, int64_t *ret_days)
{
    static const int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year, month, day;
    if (!digits(p, 4, &year) || !literal(p, '-') || !digits(p, 2, &month) || !literal(p, '-') ||
        !digits(p, 2, &day) || month < 1 || month > 12)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (day < 1 || day > month_days[month - 1] + (month == 2 && leap))
        return false;
    *ret_days = days_from_civil(year, month, day);
    return true;
}

static bool time_of_day(const char **p, ms_t *ret)
{
    int hour, minute, second;
    if (!digits(p, 2, &hour) || !literal(p, ':') || !digits(p, 2, &minute) || !literal(p, ':') ||
        !digits(p, 2, &second) || hour > 23 || minute > 59 || second > 60)
        return false;
    int millis = 0;
    if (**p == '.') {
        (*p)++;
        if (!isdigit((unsigned char)**p))
            return false;
        for (int scale = 100; isdigit((unsigned char)**p); (*p)++, scale /= 10)
            millis += (**p - '0') * scale;
    }
    *ret = HOURS(hour) + MINUTES(minute) + SECONDS(second) + millis;
    return true;
}

static bool offset(const char **p, ms_t *ret)
{
    *ret = 0;
    if (literal(p, 'Z') || literal(p, 'z'))
        return true;
    char sign = **p;
    if (sign != '+' && sign != '-')
        return false;
    (*p)++;
    int hours, minutes;
    if (!digits(p, 2, &hours) || !literal(p, ':') || !digits(p, 2, &minutes) || hours > 23 ||
        minutes > 59)
        return false;
    *ret = (HOURS(hours) + MINUTES(minutes)) * (sign == '-' ? -1 : 1);
    return true;
}

bool utc_parse(const char *text, utc_t *ret)
{
    int64_t days;
    ms_t of_day = 0, east = 0;
    if (!date(&text, &days))
        return false;
    if (*text) {
        if (!literal(&text, 'T') && !literal(&text, 't') && !literal(&text, ' '))
            return false;
        if (!time_of_day(&text, &of_day) || !offset(&text, &east) || *text)
            return false;
    }
    *ret = DAYS(days) + of_day - east;
    return true;
}

bool utc_parse_http(const char *text, utc_t *ret)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int day, year, month = 0;
    ms_t of_day;
    if (strlen(text) != sizeof "Sun, 06 Nov 1994 08:49:37 GMT" - 1 ||
        memcmp(text + 25, " GMT", 4) != 0)
        return false;
    text += 5;
    if (!digits(&text, 2, &day) || !literal(&text, ' '))
        return false;
    while (month < 12 && strncmp(text, months[month], 3) != 0)
        month++;
    text += 3;
    if (month == 12 || !literal(&text, ' ') || !digits(&text, 4, &year) || !literal(&text, ' ') ||
        !time_of_day(&text, &of_day))
        return false;
    *ret = DAYS(days_from_civil(year, month + 1, day)) + of_day;
    return true;
}
