/* model/value_date.c — dates and instants of `until:`. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "model/value_parts.h"
#include "model/when.h"

static bool digits_at(const char *s, const char *shape)
{
    for (size_t i = 0; shape[i]; i++)
        if (shape[i] == '9' ? !isdigit((unsigned char)s[i]) : s[i] != shape[i])
            return false;
    return true;
}

static int number_at(const char *s, int n)
{
    int value = 0;
    for (int i = 0; i < n; i++)
        value = value * 10 + s[i] - '0';
    return value;
}

static bool refuse_until(const char *text, struct value_problem *p)
{
    char quoted[VALUE_QUOTE];
    value_refuse(p, 0,
                 "write a date such as 2026-12-31, or an instant such as 2026-12-31T20:00:00Z",
                 "%s is not a date", value_quote(text, quoted));
    int day = 0, month = 0, year = 0, end = 0;
    char sign[2] = "";
    if (sscanf(text, "%2d%1[./-]%2d%*1[./-]%4d%n", &day, sign, &month, &year, &end) == 4 &&
        !text[end] && year >= 1000) {
        bool is_american = month > 12;
        return value_advise(p, "write %04d-%02d-%02d", year, is_american ? day : month,
                            is_american ? month : day);
    }
    struct value_problem ignored;
    ms_t length;
    if (value_dur(text, &length, &ignored))
        return value_advise(p, "for a length of time write for: %s", text);
    return false;
}

/* The last millisecond before the next midnight. */
static utc_t day_end(const struct civil *day, const struct zone *zone)
{
    struct civil next = civil_of(civil_seconds(day) + DAYS(1) / 1000);
    next.hour = next.minute = next.second = 0;
    return (zone ? zone_utc(zone, &next) : civil_seconds(&next) * 1000) - 1;
}

bool value_until(const char *text, const struct zone *zone, utc_t *ret, struct value_problem *p)
{
    if (!digits_at(text, "9999-99-99"))
        return refuse_until(text, p);
    struct civil day = {
        .year = number_at(text, 4), .month = number_at(text + 5, 2), .day = number_at(text + 8, 2)};
    if (!civil_is_valid(&day))
        return value_refuse(p, 5, NULL, "%.10s is not a day of the calendar", text);
    if (!text[10]) {
        *ret = day_end(&day, zone);
        return true;
    }
    if (!digits_at(text + 10, "T99:99:99") || !strpbrk(text + 19, "Zz+-") || !utc_parse(text, ret))
        return value_refuse(p, 10, "write 2026-12-31T20:00:00Z or 2026-12-31T20:00:00+01:00",
                            "the time is not RFC 3339");
    return true;
}
