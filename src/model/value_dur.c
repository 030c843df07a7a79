/* model/value_dur.c — lengths of time: 90s 30m 6h 1d12h 2w 500ms. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "model/value_parts.h"

struct unit {
    const char *name;
    ms_t length;
};

/* Largest first: a duration uses each at most once, in this order. */
static const struct unit units[] = {
    {"w", DAYS(7)},    {"d", DAYS(1)},    {"h", HOURS(1)},
    {"m", MINUTES(1)}, {"s", SECONDS(1)}, {"ms", 1},
};
enum { NO_UNIT = -1 };

/* What people write for the units, longest first so that "mins" is not "m". */
static const struct {
    const char *word;
    const char *unit; /* "" for those without a fixed length */
} words[] = {
    {"milliseconds", "ms"},
    {"millisecond", "ms"},
    {"msec", "ms"},
    {"ms", "ms"},
    {"seconds", "s"},
    {"second", "s"},
    {"secs", "s"},
    {"sec", "s"},
    {"s", "s"},
    {"minutes", "m"},
    {"minute", "m"},
    {"mins", "m"},
    {"min", "m"},
    {"m", "m"},
    {"hours", "h"},
    {"hour", "h"},
    {"hrs", "h"},
    {"hr", "h"},
    {"h", "h"},
    {"days", "d"},
    {"day", "d"},
    {"d", "d"},
    {"weeks", "w"},
    {"week", "w"},
    {"wk", "w"},
    {"w", "w"},
    {"months", ""},
    {"month", ""},
    {"mon", ""},
    {"mo", ""},
    {"years", ""},
    {"year", ""},
    {"yrs", ""},
    {"yr", ""},
    {"y", ""},
};

static int unit_find(const char *name, size_t n)
{
    for (int i = 0; i < (int)COUNT(units); i++)
        if (strlen(units[i].name) == n && memcmp(units[i].name, name, n) == 0)
            return i;
    return NO_UNIT;
}

static const char *word_unit(const char *word, size_t n)
{
    for (size_t i = 0; i < COUNT(words); i++)
        if (strlen(words[i].word) == n && strncasecmp(words[i].word, word, n) == 0)
            return words[i].unit;
    return NULL;
}

/* The units' order in an ISO 8601 duration: before the T, then after it. */
static const char *iso_unit(char letter, bool is_time)
{
    switch (letter) {
    case 'W': return "w";
    case 'D': return "d";
    case 'H': return "h";
    case 'M': return is_time ? "m" : "";
    case 'S': return "s";
    case 'Y': return "";
    default: return NULL;
    }
}

struct guess { /* what the text was probably meant to be, for the hint */
    char text[VALUE_TEXT];
    size_t n;
    bool is_calendar; /* months or years */
};

static bool guess_add(struct guess *g, const char *digits, size_t n_digits, const char *unit)
{
    if (!unit)
        return false;
    g->is_calendar = g->is_calendar || !unit[0];
    int n = snprintf(g->text + g->n, sizeof g->text - g->n, "%.*s%s", (int)n_digits, digits, unit);
    if (n < 0 || (size_t)n >= sizeof g->text - g->n)
        return false;
    g->n += (size_t)n;
    return true;
}

/* PT6H, P1DT12H, P30D. */
static bool guess_iso(const char *text, struct guess *g)
{
    const char *s = text + 1;
    bool is_time = false;
    if (text[0] != 'P' || !text[1])
        return false;
    while (*s) {
        if (*s == 'T' && !is_time) {
            is_time = true;
            s++;
            continue;
        }
        size_t digits = strspn(s, "0123456789");
        if (!digits || !guess_add(g, s, digits, iso_unit(s[digits], is_time)))
            return false;
        s += digits + 1;
    }
    return g->n > 0;
}

/* "6 hours", "6H", "1 day 12 hours". */
static bool guess_words(const char *text, struct guess *g)
{
    const char *s = text;
    while (*s) {
        s += strspn(s, " ");
        size_t digits = strspn(s, "0123456789");
        const char *word = s + digits + strspn(s + digits, " ");
        size_t n = 0;
        while (isalpha((unsigned char)word[n]))
            n++;
        if (!digits || !guess_add(g, s, digits, word_unit(word, n)))
            return false;
        s = word + n;
    }
    return g->n > 0;
}

/* "6 what? write 6h" */
static bool advise_unit(const char *digits, struct value_problem *p)
{
    enum { SENSIBLE = 9 };
    if (strlen(digits) > SENSIBLE)
        return false;
    if (!digits[strspn(digits, "0")])
        return value_advise(p, "write 0s");
    return value_advise(p, "%s what? write %sh", digits, digits);
}

static bool advise_meant(const struct guess *g, const char *text, struct value_problem *p)
{
    if (g->is_calendar)
        return value_advise(p, "months and years differ in length: write days, as in 30d or 365d");
    return str_eq(g->text, text) ? false : value_advise(p, "write %s", g->text);
}

static bool refuse_shape(const char *text, size_t at, struct value_problem *p)
{
    char quoted[VALUE_QUOTE];
    value_refuse(p, at, "write it like 90s, 30m, 6h, 1d12h or 2w", "%s is not a duration",
                 value_quote(text, quoted));
    struct guess iso = {.n = 0}, spelled = {.n = 0};
    if (text[0] == '-')
        return value_advise(p, "a duration cannot be negative");
    if (text[0] && !text[strspn(text, "0123456789")])
        return advise_unit(text, p);
    if (guess_iso(text, &iso))
        return advise_meant(&iso, text, p);
    if (guess_words(text, &spelled))
        return advise_meant(&spelled, text, p);
    if (value_number_length(text) && strchr(text, '.'))
        return value_advise(p, "whole numbers only: write 1h30m, not 1.5h");
    return value_advise_cron(p, text);
}

static bool refuse_order(const char *text, size_t at, struct value_problem *p)
{
    char quoted[VALUE_QUOTE];
    return value_refuse(p, at, "largest unit first, each once: w d h m s",
                        "%s has its units out of order", value_quote(text, quoted));
}

/* One "12h" at `s`: its unit, and the bytes it takes; NO_UNIT when there is none. */
static int part_read(const char *s, int64_t *ret_count, size_t *ret_n)
{
    enum { DIGITS_MAX = 9 }; /* 999,999,999 weeks still fit in milliseconds */
    size_t digits = strspn(s, "0123456789"), letters = 0;
    while (isalpha((unsigned char)s[digits + letters]))
        letters++;
    if (!digits || digits > DIGITS_MAX)
        return NO_UNIT;
    *ret_count = strtoll(s, NULL, 10);
    *ret_n = digits + letters;
    return unit_find(s + digits, letters);
}

bool value_dur(const char *text, ms_t *ret, struct value_problem *p)
{
    ms_t sum = 0;
    int last = NO_UNIT;
    for (const char *s = text; *s || s == text;) {
        int64_t count = 0;
        size_t n = 0;
        int unit = part_read(s, &count, &n);
        if (unit == NO_UNIT)
            return refuse_shape(text, (size_t)(s - text), p);
        if (unit <= last)
            return refuse_order(text, (size_t)(s - text), p);
        sum += count * units[unit].length;
        last = unit;
        s += n;
    }
    *ret = sum;
    return true;
}

char *value_print_dur(ms_t v, char ret[static VALUE_TEXT])
{
    if (v == 0)
        snprintf(ret, VALUE_TEXT, "0s");
    int n = 0;
    for (size_t i = 1; i < COUNT(units); i++) { /* not weeks: 30d reads better than 4w2d */
        if (v >= units[i].length)
            n += snprintf(ret + n, VALUE_TEXT - (size_t)n, "%lld%s",
                          (long long)(v / units[i].length), units[i].name);
        v %= units[i].length;
    }
    return ret;
}
