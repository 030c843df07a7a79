/* model/when.c — the calendar, and the two directions between UTC and a wall clock. */
#include "model/when.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/zone_parts.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

/* ---- the calendar ---- */

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && is_leap ? 29 : days[month - 1];
}

/* Years begin in March here, so that the leap day is the last of one. Eras of 400 years. */
enum { ERA_YEARS = 400, ERA_DAYS = 146097, DAYS_TO_1970 = 719468 };

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

int64_t civil_seconds(const struct civil *c)
{
    int64_t year = c->year - (c->month <= 2);
    int64_t era = floor_div(year, ERA_YEARS), in_era = year - era * ERA_YEARS;
    int64_t in_year = (153 * ((c->month + 9) % 12) + 2) / 5 + c->day - 1;
    int64_t days =
        era * ERA_DAYS + in_era * 365 + in_era / 4 - in_era / 100 + in_year - DAYS_TO_1970;
    return days * DAY + (int64_t)c->hour * HOUR + (int64_t)c->minute * MINUTE + c->second;
}

struct civil civil_of(int64_t seconds)
{
    int64_t day = floor_div(seconds, DAY), rest = seconds - day * DAY;
    int64_t days = day + DAYS_TO_1970, era = floor_div(days, ERA_DAYS), d = days - era * ERA_DAYS;
    int64_t year = (d - d / 1460 + d / 36524 - d / 146096) / 365;
    int64_t in_year = d - (365 * year + year / 4 - year / 100), month = (5 * in_year + 2) / 153;
    return (struct civil){
        .year = (int)(year + era * ERA_YEARS + (month >= 10)),
        .month = (int)(month < 10 ? month + 3 : month - 9),
        .day = (int)(in_year - (153 * month + 2) / 5 + 1),
        .hour = (int)(rest / HOUR),
        .minute = (int)(rest % HOUR / MINUTE),
        .second = (int)(rest % MINUTE),
        .weekday = (int)(day + 3 - floor_div(day + 3, 7) * 7), /* 1970-01-01 was a Thursday */
    };
}

bool civil_is_valid(const struct civil *c)
{
    return c->year >= 1 && c->year <= 9999 && c->month >= 1 && c->month <= 12 && c->day >= 1 &&
           c->day <= month_days(c->year, c->month) && c->hour >= 0 && c->hour < 24 &&
           c->minute >= 0 && c->minute < 60 && c->second >= 0 && c->second < 60;
}

/* ---- zones ---- */

bool zone_name_ok(const char *name)
{
    size_t n = 0, n_slashes = 0;
    for (; name[n]; n++) {
        bool is_first = n == 0 || name[n - 1] == '/';
        if (name[n] == '/' ? is_first : !isalnum((unsigned char)name[n]) && !strchr("_+-", name[n]))
            return false;
        if (is_first && !isalpha((unsigned char)name[n]))
            return false;
        n_slashes += name[n] == '/';
    }
    bool is_area_city = n_slashes && name[n - 1] != '/' && n < ZONE_NAME;
    return is_area_city || str_eq(name, "UTC");
}

static char *zone_path(const char *name, char ret[static ZONE_NAME + sizeof ZONE_DIR])
{
    snprintf(ret, ZONE_NAME + sizeof ZONE_DIR, ZONE_DIR "/%s", name);
    return ret;
}

bool zone_exists(const char *name)
{
    char path[ZONE_NAME + sizeof ZONE_DIR];
    struct stat st;
    if (!zone_name_ok(name))
        return false;
    return str_eq(name, "UTC") || (stat(zone_path(name, path), &st) == 0 && S_ISREG(st.st_mode));
}

struct zone *zone_free(struct zone *z)
{
    if (!z)
        return NULL;
    mem_free(z->at);
    mem_free(z->to);
    mem_free(z->halves);
    mem_free(z);
    return NULL;
}

void zone_freep(struct zone **z)
{
    *z = zone_free(*z);
}

const char *zone_name(const struct zone *z)
{
    return z->name;
}

bool zone_load(const char *name, struct zone **ret, struct err *e)
{
    enum { FILE_MAX = 256 * 1024 };
    if (!zone_name_ok(name))
        return err_set(e, ERR_CONFIG, "'%.60s' is not the name of a time zone", name);
    CLEANUP(zone_freep) struct zone *z = NEW(struct zone);
    snprintf(z->name, sizeof z->name, "%s", name);
    memcpy(z->rule.std.abbreviation, "UTC", sizeof "UTC");
    if (str_eq(name, "UTC")) {
        *ret = TAKE(z);
        return true;
    }
    char path[ZONE_NAME + sizeof ZONE_DIR];
    CLEANUP(buf_done) struct buf bytes = {0};
    if (!file_read(zone_path(name, path), FILE_MAX, &bytes, e) ||
        !zone_decode(z, (const unsigned char *)bytes.at, bytes.n, e))
        return err_in(e, "loading the time zone %s (package tzdata)", name);
    *ret = TAKE(z);
    return true;
}

char *zone_system(char ret[static ZONE_NAME])
{
    enum { LINK_MAX = 256 };
    char target[LINK_MAX];
    const char *tz = getenv("TZ");
    tz = tz && tz[0] == ':' ? tz + 1 : tz;
    ssize_t n = readlink("/etc/localtime", target, sizeof target - 1);
    target[n > 0 ? n : 0] = '\0';
    const char *link = strstr(target, "zoneinfo/");
    link = link ? link + strlen("zoneinfo/") : "";
    const char *name = tz && zone_exists(tz) ? tz : zone_exists(link) ? link : "UTC";
    snprintf(ret, ZONE_NAME, "%s", name);
    return ret;
}

/* ---- there and back ---- */

/* The number of recorded changes up to and including `t`. */
static size_t changes_until(const struct zone *z, int64_t t)
{
    size_t low = 0, high = z->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (z->at[middle] <= t)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct zone_span span_at(const struct zone *z, int64_t t)
{
    size_t n = changes_until(z, t);
    if (n == z->n)
        return zone_rule_span(&z->rule, t);
    return (struct zone_span){.half = &z->halves[n ? z->to[n - 1] : 0], .until = z->at[n]};
}

struct civil zone_local(const struct zone *z, utc_t t, int *ret_offset)
{
    int64_t seconds = floor_div(t, 1000);
    int offset = span_at(z, seconds).half->offset;
    if (ret_offset)
        *ret_offset = offset;
    return civil_of(seconds + offset);
}

char *zone_abbreviation(const struct zone *z, utc_t t, char ret[static ZONE_ABBREVIATION])
{
    snprintf(ret, ZONE_ABBREVIATION, "%s", span_at(z, floor_div(t, 1000)).half->abbreviation);
    return ret;
}

utc_t zone_changes(const struct zone *z, utc_t t)
{
    int64_t until = span_at(z, floor_div(t, 1000)).until;
    return until == INT64_MAX ? 0 : until * 1000;
}

/* The first instant at which the wall shows `c` or later: that is the first of two, and the end of
 * a gap. It lies less than two days after the same reading in UTC. */
utc_t zone_utc(const struct zone *z, const struct civil *c)
{
    enum { REACH = 2 * DAY, SPANS_MAX = 100 };
    int64_t wall = civil_seconds(c), t = wall - REACH;
    for (int i = 0; i < SPANS_MAX; i++) {
        struct zone_span span = span_at(z, t);
        int64_t candidate = MAX(t, wall - span.half->offset);
        if (candidate < span.until)
            return candidate * 1000;
        t = span.until;
    }
    return (wall - span_at(z, wall).half->offset) * 1000;
}
