/* model/value_when.c — sets of days, windows and moments: "mon-fri,sun 18:00-22:00". */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "model/value_parts.h"

enum { N_DAYS = 7, DAY_MINUTES = 24 * 60, ALL_DAYS = 0x7F, NO_DAY = -1 };
enum { TIME_LENGTH = 5 }; /* HH:MM */

static const char *const day_names[N_DAYS] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/* Longer spellings of a day; its three letters are in day_names. */
static const struct {
    const char *name;
    int day;
} day_words[] = {
    {"monday", 0}, {"tues", 1},     {"tuesday", 1}, {"wednesday", 2}, {"thur", 3},
    {"thurs", 3},  {"thursday", 3}, {"friday", 4},  {"saturday", 5},  {"sunday", 6},
};

static const struct {
    const char *name;
    uint8_t days;
} day_sets[] = {{"daily", ALL_DAYS}, {"weekdays", 0x1F}, {"weekends", 0x60}};

/* What is not a set of days but was meant to be one. */
static const struct {
    const char *word, *meant;
} day_slips[] = {
    {"weekday", "weekdays"}, {"workdays", "weekdays"}, {"workday", "weekdays"},
    {"weekend", "weekends"}, {"everyday", "daily"},    {"every day", "daily"},
    {"all", "daily"},        {"always", "daily"},      {"any", "daily"},
    {"*", "daily"},
};

static bool is_word(const char *word, const char *s, size_t n)
{
    return strlen(word) == n && strncasecmp(word, s, n) == 0;
}

static int day_find(const char *s, size_t n)
{
    for (int i = 0; i < N_DAYS; i++)
        if (is_word(day_names[i], s, n))
            return i;
    for (size_t i = 0; i < COUNT(day_words); i++)
        if (is_word(day_words[i].name, s, n))
            return day_words[i].day;
    return NO_DAY;
}

static uint8_t days_between(int from, int to)
{
    uint8_t days = 0;
    for (int i = from;; i = (i + 1) % N_DAYS) {
        days = (uint8_t)(days | 1u << i);
        if (i == to)
            return days;
    }
}

/* One element of a list: a set, a day or a range; 0 when it is none. */
static uint8_t days_element(const char *s, size_t n)
{
    for (size_t i = 0; i < COUNT(day_sets); i++)
        if (is_word(day_sets[i].name, s, n))
            return day_sets[i].days;
    const char *dash = memchr(s, '-', n);
    size_t n_first = dash ? (size_t)(dash - s) : n;
    int from = day_find(s, n_first);
    int to = dash ? day_find(dash + 1, n - n_first - 1) : from;
    return from == NO_DAY || to == NO_DAY ? 0 : days_between(from, to);
}

static bool refuse_days(const char *text, size_t at, size_t n, struct value_problem *p)
{
    char quoted[VALUE_QUOTE], word[VALUE_TEXT];
    snprintf(word, sizeof word, "%.*s", (int)n, text + at);
    value_refuse(p, at, "write daily, weekdays, weekends, mon, mon-fri or mon-fri,sun",
                 "%s is not a day", value_quote(word, quoted));
    for (size_t i = 0; i < COUNT(day_slips); i++)
        if (str_case_eq(word, day_slips[i].word))
            return value_advise(p, "write %s", day_slips[i].meant);
    const char *names[N_DAYS + COUNT(day_sets)];
    memcpy(names, day_names, sizeof day_names);
    for (size_t i = 0; i < COUNT(day_sets); i++)
        names[N_DAYS + i] = day_sets[i].name;
    const char *near = str_did_you_mean(word, names, COUNT(names));
    return near ? value_advise(p, "did you mean %s?", near) : false;
}

/* The list of days in the first n bytes of `text`. */
static bool days_read(const char *text, size_t n, uint8_t *ret, struct value_problem *p)
{
    uint8_t days = 0;
    for (size_t at = 0; at <= n;) {
        while (at < n && text[at] == ' ')
            at++;
        const char *comma = memchr(text + at, ',', n - at);
        size_t length = comma ? (size_t)(comma - text) - at : n - at;
        uint8_t more = days_element(text + at, length);
        if (!more)
            return refuse_days(text, at, length, p);
        days |= more;
        at += length + 1;
    }
    *ret = days;
    return true;
}

bool value_days(const char *text, uint8_t *ret, struct value_problem *p)
{
    return days_read(text, strlen(text), ret, p);
}

/* ---- times of day ---- */

/* HH:MM at `s`; minutes up to 24:00, or -1. */
static int time_read(const char *s)
{
    for (int i = 0; i < TIME_LENGTH; i++)
        if (i == 2 ? s[i] != ':' : !isdigit((unsigned char)s[i]))
            return -1;
    int hour = (s[0] - '0') * 10 + s[1] - '0', minute = (s[3] - '0') * 10 + s[4] - '0';
    bool is_end = hour == 24 && minute == 0;
    return (hour < 24 && minute < 60) || is_end ? hour * 60 + minute : -1;
}

/* "pm" or "am" behind an hour: makes it one of 24. Returns the bytes it takes. */
static size_t half_day_read(const char *s, long *hour)
{
    size_t n = strspn(s, " ");
    bool is_pm = strncasecmp(s + n, "pm", 2) == 0, is_am = strncasecmp(s + n, "am", 2) == 0;
    if ((!is_pm && !is_am) || *hour < 1 || *hour > 12)
        return 0;
    *hour = *hour % 12 + (is_pm ? 12 : 0);
    return n + 2;
}

/* What people write for a time: 6pm, 6:30 pm, 9:00, 18.00, 1800, 18:00:00. Minutes, or -1;
 * *ret_n: the bytes it takes. */
static int time_guess(const char *s, size_t *ret_n)
{
    enum { WITH_MINUTES = 5 };
    size_t n = strspn(s, "0123456789");
    if (!n || (n > 2 && n != 4))
        return -1;
    long hour = strtol(s, NULL, 10), minute = 0;
    if (n == 4) {
        minute = hour % 100;
        hour /= 100;
    }
    for (int part = 0; n <= WITH_MINUTES && s[n] && strchr(":.h", s[n]); part++) {
        if (strspn(s + n + 1, "0123456789") != 2)
            break;
        minute = part ? minute : strtol(s + n + 1, NULL, 10); /* seconds are dropped */
        n += 3;
    }
    n += half_day_read(s + n, &hour);
    *ret_n = n;
    long minutes = hour * 60 + minute;
    return minute < 60 && minutes <= DAY_MINUTES ? (int)minutes : -1;
}

static void time_print(int minutes, char ret[static 8])
{
    snprintf(ret, 8, "%02d:%02d", minutes / 60 % 25, minutes % 60);
}

/* Where the times begin: after the last space before the first digit. */
static size_t times_start(const char *text)
{
    return strcspn(text, "0123456789");
}

/* "18:00-22:00" from anything that looks like two times; false when it does not. */
static bool window_guess(const char *s, char ret[static VALUE_TEXT])
{
    size_t n = 0;
    int from = time_guess(s, &n);
    if (from < 0)
        return false;
    s += n;
    s += strspn(s, " ");
    size_t dash = s[0] == '-' ? 1 : strncmp(s, "–", 3) == 0 ? 3 : strncmp(s, "to ", 3) == 0 ? 3 : 0;
    s += dash;
    s += strspn(s, " ");
    int to = dash ? time_guess(s, &n) : -1;
    if (to < 0 || s[n])
        return false;
    char a[8], b[8];
    time_print(from % DAY_MINUTES, a);
    time_print(to, b);
    snprintf(ret, VALUE_TEXT, "%s-%s", a, b);
    return true;
}

static bool moment_guess(const char *s, char ret[static VALUE_TEXT])
{
    size_t n = 0;
    int minute = time_guess(s, &n);
    if (minute < 0 || s[n])
        return false;
    time_print(minute % DAY_MINUTES, ret);
    return true;
}

/* 1080 is what a YAML 1.1 tool makes of 18:00 (base 60). */
static bool refuse_sexagesimal(const char *text, struct value_problem *p)
{
    enum { FIRST = 60, LAST = DAY_MINUTES - 1 };
    int64_t number;
    if (!str_int(text, &number) || number < FIRST || number > LAST)
        return false;
    char clock_time[8];
    time_print((int)number, clock_time);
    value_refuse(p, 0, NULL, "%s is a number, not a time of day", text);
    value_advise(p, "%s looks like %s rewritten by a YAML 1.1 tool: write daily %s", text,
                 clock_time, clock_time);
    return true;
}

typedef bool guess_fn(const char *s, char ret[static VALUE_TEXT]);

/* Says what to write: the days found (or missing) and the times guessed. */
static bool refuse_when(const char *text, size_t at, const char *what, const char *example,
                        guess_fn *guess, struct value_problem *p)
{
    char quoted[VALUE_QUOTE], times[VALUE_TEXT], days_text[VALUE_TEXT];
    struct value_problem ignored;
    uint8_t days = 0;
    size_t start = times_start(text), n_days = start;
    while (n_days && text[n_days - 1] == ' ')
        n_days--;
    value_refuse(p, at, NULL, "%s is not %s", value_quote(text, quoted), what);
    value_advise(p, "write it like %s", example);
    bool has_days = n_days && days_read(text, n_days, &days, &ignored);
    if (!text[start])
        return has_days ? value_advise(p, "at what time? write it like %s", example)
                        : value_advise_cron(p, text);
    if (!guess(text + start, times))
        return value_advise_cron(p, text);
    if (!n_days)
        return value_advise(p, "which days? write daily %s", times);
    return has_days ? value_advise(p, "write %s %s", value_print_days(days, days_text), times)
                    : false;
}

enum split { SPLIT_OK, SPLIT_BAD_DAYS, SPLIT_NONE };

/* Divides "<days> <times>". SPLIT_BAD_DAYS: the times are good, so the days are what is wrong, and
 * *p says so. */
static enum split split_days(const char *text, uint8_t *ret, size_t *ret_at,
                             struct value_problem *p)
{
    size_t start = times_start(text), n = start;
    while (n && text[n - 1] == ' ')
        n--;
    *ret_at = start;
    if (!n || n == start)
        return SPLIT_NONE;
    if (days_read(text, n, ret, p))
        return SPLIT_OK;
    return time_read(text + start) >= 0 ? SPLIT_BAD_DAYS : SPLIT_NONE;
}

static bool refuse_window(const char *text, size_t at, struct value_problem *p)
{
    return refuse_when(text, at, "a window", "mon-fri 18:00-22:00", window_guess, p);
}

bool value_window(const char *text, struct window *ret, struct value_problem *p)
{
    uint8_t days = 0;
    size_t at = 0;
    enum split split = split_days(text, &days, &at, p);
    if (split != SPLIT_OK)
        return split == SPLIT_NONE && refuse_window(text, 0, p);
    int from = time_read(text + at);
    if (from < 0 || from == DAY_MINUTES)
        return refuse_window(text, at, p);
    const char *dash = text + at + TIME_LENGTH;
    int to = *dash == '-' ? time_read(dash + 1) : -1;
    if (to < 0 || dash[1 + TIME_LENGTH])
        return refuse_window(text, at + TIME_LENGTH, p);
    to = to == 0 ? DAY_MINUTES : to; /* 22:00-00:00 ends at midnight */
    if (to == from)
        return value_refuse(p, at, "for a whole day write 00:00-24:00",
                            "the window starts and ends at the same time");
    *ret = (struct window){.days = days, .from = (int16_t)from, .to = (int16_t)to};
    return true;
}

static bool refuse_moment(const char *text, size_t at, struct value_problem *p)
{
    return !refuse_sexagesimal(text, p) &&
           refuse_when(text, at, "a moment", "daily 03:00", moment_guess, p);
}

bool value_moment(const char *text, struct moment *ret, struct value_problem *p)
{
    uint8_t days = 0;
    size_t at = 0;
    enum split split = split_days(text, &days, &at, p);
    if (split != SPLIT_OK)
        return split == SPLIT_NONE && refuse_moment(text, 0, p);
    int minute = time_read(text + at);
    if (minute < 0 || minute == DAY_MINUTES || text[at + TIME_LENGTH])
        return refuse_moment(text, at, p);
    *ret = (struct moment){.days = days, .minute = (int16_t)minute};
    return true;
}

/* ---- cron ---- */

/* Blank-separated groups of the characters cron fields are made of; 0 when there are others. */
static size_t cron_fields(const char *text)
{
    size_t n_fields = 0;
    for (const char *s = text; *s; s += strspn(s, " ")) {
        size_t n = strspn(s, "0123456789*/,-?");
        if (!n || (s[n] && s[n] != ' '))
            return 0;
        n_fields++;
        s += n;
    }
    return n_fields;
}

bool value_advise_cron(struct value_problem *p, const char *text)
{
    enum { CRON_FIELDS = 5 };
    bool is_nickname = text[0] == '@' && isalpha((unsigned char)text[1]);
    if (!is_nickname && cron_fields(text) < CRON_FIELDS)
        return false;
    long minute = 0, hour = 0;
    int end = 0;
    bool is_daily = sscanf(text, "%2ld %2ld * * *%n", &minute, &hour, &end) == 2 && end &&
                    !text[end] && minute < 60 && hour < 24;
    if (is_daily)
        return value_advise(p, "cron is not supported: write at: daily %02ld:%02ld", hour, minute);
    return value_advise(p, "cron is not supported: write at: daily 03:00, or every: 6h");
}

/* ---- writing ---- */

char *value_print_days(uint8_t days, char ret[static VALUE_TEXT])
{
    enum { RUN_MIN = 3 }; /* sat,sun but mon-wed */
    size_t n = 0;
    ret[0] = '\0';
    if ((days & ALL_DAYS) == ALL_DAYS)
        snprintf(ret, VALUE_TEXT, "daily");
    for (int i = 0; i < N_DAYS && (days & ALL_DAYS) != ALL_DAYS; i++) {
        int last = i;
        if (!(days >> i & 1))
            continue;
        while (last + 1 < N_DAYS && days >> (last + 1) & 1)
            last++;
        bool is_run = last - i + 1 >= RUN_MIN;
        n += (size_t)snprintf(ret + n, VALUE_TEXT - n, "%s%s%s%s", n ? "," : "", day_names[i],
                              is_run ? "-" : "", is_run ? day_names[last] : "");
        i = is_run ? last : i;
    }
    return ret;
}

char *value_print_window(const struct window *v, char ret[static VALUE_TEXT])
{
    char days[VALUE_TEXT], from[8], to[8];
    time_print(v->from, from);
    time_print(v->to, to);
    snprintf(ret, VALUE_TEXT, "%.40s %s-%s", value_print_days(v->days, days), from, to);
    return ret;
}

char *value_print_moment(const struct moment *v, char ret[static VALUE_TEXT])
{
    char days[VALUE_TEXT], at[8];
    time_print(v->minute, at);
    snprintf(ret, VALUE_TEXT, "%.40s %s", value_print_days(v->days, days), at);
    return ret;
}
