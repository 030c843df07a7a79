/* model/zone_rule.c — POSIX TZ strings ("CET-1CEST,M3.5.0,M10.5.0/3"): what a zone file says about
 * all years after its last recorded change. */
#include <ctype.h>
#include <string.h>

#include "model/zone_parts.h"

enum { HOUR = 3600, DAY = 86400 };

/* ---- reading ---- */

/* A name of letters, or anything between < and >. */
static bool read_name(const char **s, char ret[static ZONE_ABBREVIATION])
{
    bool is_quoted = **s == '<';
    *s += is_quoted;
    size_t n = 0;
    while (is_quoted ? (*s)[n] && (*s)[n] != '>' : isalpha((unsigned char)(*s)[n]))
        n++;
    if (n < 3 || n >= ZONE_ABBREVIATION || (is_quoted && (*s)[n] != '>'))
        return false;
    memcpy(ret, *s, n);
    ret[n] = '\0';
    *s += n + is_quoted;
    return true;
}

static bool read_number(const char **s, int max, int *ret)
{
    int value = 0, n = 0;
    for (; isdigit((unsigned char)**s) && n < 3; n++)
        value = value * 10 + *(*s)++ - '0';
    *ret = value;
    return n > 0 && value <= max;
}

/* [+-]hh[:mm[:ss]] in seconds; RFC 8536 allows up to 167 hours. */
static bool read_time(const char **s, int *ret)
{
    enum { HOURS_MAX = 167 };
    int sign = **s == '-' ? -1 : 1, hours, minutes = 0, seconds = 0;
    *s += **s == '-' || **s == '+';
    if (!read_number(s, HOURS_MAX, &hours))
        return false;
    if (**s == ':' && (++*s, !read_number(s, 59, &minutes)))
        return false;
    if (**s == ':' && (++*s, !read_number(s, 59, &seconds)))
        return false;
    *ret = sign * (hours * HOUR + minutes * 60 + seconds);
    return true;
}

static bool read_dot(const char **s)
{
    return *(*s)++ == '.';
}

static bool read_day(const char **s, struct zone_date *ret)
{
    enum { DAY_OF_YEAR_MAX = 365 };
    if (**s == 'M') {
        ret->form = ZONE_DATE_WEEKDAY;
        ++*s;
        return read_number(s, 12, &ret->month) && ret->month && read_dot(s) &&
               read_number(s, 5, &ret->week) && ret->week && read_dot(s) &&
               read_number(s, 6, &ret->day);
    }
    ret->form = **s == 'J' ? ZONE_DATE_NO_LEAP : ZONE_DATE_ORDINAL;
    *s += **s == 'J';
    return read_number(s, DAY_OF_YEAR_MAX, &ret->day) &&
           (ret->form == ZONE_DATE_ORDINAL || ret->day);
}

static bool read_date(const char **s, struct zone_date *ret)
{
    if (*(*s)++ != ',' || !read_day(s, ret))
        return false;
    ret->seconds = 2 * HOUR;
    return **s != '/' || (++*s, read_time(s, &ret->seconds));
}

bool zone_rule_parse(const char *text, struct zone_rule *ret)
{
    struct zone_rule rule = {.has_dst = false};
    int west;
    const char *s = text;
    if (!read_name(&s, rule.std.abbreviation) || !read_time(&s, &west))
        return false;
    rule.std.offset = -west;
    if (*s) {
        rule.has_dst = true;
        west -= HOUR; /* summer time is an hour ahead unless it says otherwise */
        if (!read_name(&s, rule.dst.abbreviation) || (*s != ',' && !read_time(&s, &west)))
            return false;
        rule.dst.offset = -west;
        if (!read_date(&s, &rule.start) || !read_date(&s, &rule.end) || *s)
            return false;
    }
    *ret = rule;
    return true;
}

/* ---- asking ---- */

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* The first or the last weekday of a month, by week 1…5. */
static int64_t weekday_seconds(const struct zone_date *d, int year)
{
    struct civil first = {.year = year, .month = d->month, .day = 1};
    int64_t start = civil_seconds(&first);
    int weekday = (civil_of(start).weekday + 1) % 7; /* 0 is Sunday, as in the rule */
    int day = 1 + (d->day - weekday + 7) % 7 + (d->week - 1) * 7;
    struct civil date = {.year = year, .month = d->month, .day = day};
    while (!civil_is_valid(&date)) /* week 5 is the last one there is */
        date.day -= 7;
    return civil_seconds(&date);
}

/* The wall clock of the date in `year`, as if it were UTC. */
static int64_t date_seconds(const struct zone_date *d, int year)
{
    struct civil january = {.year = year, .month = 1, .day = 1};
    int64_t start = civil_seconds(&january);
    switch (d->form) {
    case ZONE_DATE_WEEKDAY: start = weekday_seconds(d, year); break;
    case ZONE_DATE_NO_LEAP:
        start += (int64_t)(d->day - 1 + (d->day >= 60 && is_leap(year))) * DAY;
        break;
    case ZONE_DATE_ORDINAL: start += (int64_t)d->day * DAY; break;
    }
    return start + d->seconds;
}

struct change {
    int64_t at;
    bool is_dst; /* from then on */
};

/* Keeps the latest change up to `t` and the earliest after it. When two fall together the start
 * wins: that is how "summer time all year" is written. */
static void consider(struct change c, int64_t t, struct change *before, int64_t *after)
{
    if (c.at > t)
        *after = c.at < *after ? c.at : *after;
    else if (c.at > before->at || (c.at == before->at && c.is_dst))
        *before = c;
}

struct zone_span zone_rule_span(const struct zone_rule *rule, int64_t t)
{
    if (!rule->has_dst)
        return (struct zone_span){.half = &rule->std, .until = INT64_MAX};
    int year = civil_of(t).year;
    struct change before = {.at = INT64_MIN};
    int64_t after = INT64_MAX;
    for (int y = year - 1; y <= year + 1; y++) {
        struct change start = {date_seconds(&rule->start, y) - rule->std.offset, true};
        struct change end = {date_seconds(&rule->end, y) - rule->dst.offset, false};
        consider(start, t, &before, &after);
        consider(end, t, &before, &after);
    }
    return (struct zone_span){.half = before.is_dst ? &rule->dst : &rule->std, .until = after};
}
