/* model/value_amount.c — quantities: rates, percentages, sizes, amounts and ranges of years. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "model/value_parts.h"

/* ---- rates ---- */

static const struct {
    const char *name;
    double seconds;
} rate_units[] = {{"s", 1}, {"m", 60}, {"h", 3600}};

bool value_rate(const char *text, double *ret, struct value_problem *p)
{
    char quoted[VALUE_QUOTE];
    size_t n = value_number_length(text);
    if (n && text[n] == '/')
        for (size_t i = 0; i < COUNT(rate_units); i++)
            if (str_eq(text + n + 1, rate_units[i].name)) {
                *ret = strtod(text, NULL) / rate_units[i].seconds;
                return true;
            }
    value_refuse(p, n, "write it like 5/s, 30/m or 100/h", "%s is not a rate",
                 value_quote(text, quoted));
    if (n && !text[n])
        return value_advise(p, "%s per what? write %s/s", text, text);
    return false;
}

/* A number without trailing zeroes. */
static void number_print(double v, int decimals, char ret[static VALUE_TEXT])
{
    snprintf(ret, VALUE_TEXT, "%.*f", decimals, v);
    if (!strchr(ret, '.'))
        return;
    size_t n = strlen(ret);
    while (ret[n - 1] == '0')
        n--;
    ret[ret[n - 1] == '.' ? n - 1 : n] = '\0';
}

char *value_print_rate(double v, char ret[static VALUE_TEXT])
{
    char number[VALUE_TEXT];
    for (size_t i = 0; i < COUNT(rate_units); i++) {
        number_print(v * rate_units[i].seconds, 3, number);
        snprintf(ret, VALUE_TEXT, "%.40s/%s", number, rate_units[i].name);
        if (value_number_length(number) &&
            fabs(strtod(number, NULL) / rate_units[i].seconds - v) < v * 1e-12)
            return ret;
    }
    int decimals = 9;
    do
        number_print(v, decimals, number);
    while (!value_number_length(number) && decimals--);
    snprintf(ret, VALUE_TEXT, "%.40s/s", number);
    return ret;
}

/* ---- percentages and amounts ---- */

static bool refuse_percent(const char *text, size_t at, struct value_problem *p)
{
    char quoted[VALUE_QUOTE];
    size_t n = value_number_length(text);
    value_refuse(p, at, "write it like 50%", "%s is not a percentage", value_quote(text, quoted));
    double number = n && !text[n] ? strtod(text, NULL) : -1;
    if (number > 0 && number < 1)
        return value_advise(p, "write %.4g%%", number * 100);
    if (number >= 0 && number <= 100)
        return value_advise(p, "write %.4g%%", number);
    return false;
}

bool value_percent(const char *text, double *ret, struct value_problem *p)
{
    size_t n = value_number_length(text);
    if (!n || !str_eq(text + n, "%"))
        return refuse_percent(text, n, p);
    double number = strtod(text, NULL);
    if (number > 100)
        return value_refuse(p, 0, "a percentage goes from 0% to 100%", "%.40s is more than 100%%",
                            text);
    *ret = number / 100;
    return true;
}

char *value_print_percent(double v, char ret[static VALUE_TEXT])
{
    char number[VALUE_TEXT];
    number_print(v * 100, 6, number);
    snprintf(ret, VALUE_TEXT, "%.40s%%", number);
    return ret;
}

bool value_amount(const char *text, struct amount *ret, struct value_problem *p)
{
    enum { DIGITS_MAX = 12 };
    char quoted[VALUE_QUOTE];
    size_t n = strspn(text, "0123456789");
    bool is_percent = str_eq(text + n, "%");
    if (!n || n > DIGITS_MAX || (text[n] && !is_percent))
        return value_refuse(p, n, "write a percentage such as 30%, or a count such as 9",
                            "%s is neither a percentage nor a count", value_quote(text, quoted));
    int64_t value = strtoll(text, NULL, 10);
    if (is_percent && value > 100)
        return value_refuse(p, 0, "a percentage goes from 0% to 100%", "%s is more than 100%%",
                            text);
    *ret = (struct amount){.is_percent = is_percent, .value = value};
    return true;
}

char *value_print_amount(const struct amount *v, char ret[static VALUE_TEXT])
{
    snprintf(ret, VALUE_TEXT, "%lld%s", (long long)v->value, v->is_percent ? "%" : "");
    return ret;
}

/* ---- sizes ---- */

/* Decimal before binary, larger before smaller: the order in which printing tries them. */
static const struct {
    const char *name;
    int64_t bytes;
} size_units[] = {
    {"TB", 1000000000000}, {"TiB", 1LL << 40}, {"GB", 1000000000},
    {"GiB", 1LL << 30},    {"MB", 1000000},    {"MiB", 1LL << 20},
    {"KB", 1000},          {"KiB", 1LL << 10}, {"B", 1},
};

static bool refuse_size(const char *text, size_t n, struct value_problem *p)
{
    char quoted[VALUE_QUOTE];
    value_refuse(p, n, "write it like 512MB or 2GiB", "%s is not a size",
                 value_quote(text, quoted));
    if (!n)
        return false;
    if (!text[n])
        return value_advise(p, "%s what? write %sMB", text, text);
    const char *unit = text + n + strspn(text + n, " ");
    for (size_t i = 0; i < COUNT(size_units); i++)
        if (str_case_eq(unit, size_units[i].name))
            return value_advise(p, "write %.*s%s", (int)n, text, size_units[i].name);
    if (unit[0] && !unit[1] && strchr("kKmMgGtT", unit[0]))
        return value_advise(p, "write %.*s%cB, or %.*s%ciB for powers of 1024", (int)n, text,
                            toupper((unsigned char)unit[0]), (int)n, text,
                            toupper((unsigned char)unit[0]));
    return false;
}

bool value_size(const char *text, int64_t *ret, struct value_problem *p)
{
    static const double size_max = 1e15; /* a petabyte: exact in a double */
    enum { DIGITS_MAX = 15 };            /* as many as a size in bytes may have */
    size_t n = value_number_length_to(text, DIGITS_MAX);
    for (size_t i = 0; n && i < COUNT(size_units); i++) {
        if (!str_eq(text + n, size_units[i].name))
            continue;
        double bytes = strtod(text, NULL) * (double)size_units[i].bytes;
        if (bytes > size_max)
            return value_refuse(p, 0, "at most 1000TB", "%.40s is too large", text);
        *ret = llround(bytes);
        return true;
    }
    return refuse_size(text, n, p);
}

char *value_print_size(int64_t v, char ret[static VALUE_TEXT])
{
    for (size_t i = 0; i < COUNT(size_units); i++) {
        if (v % size_units[i].bytes || (v == 0 && size_units[i].bytes > 1))
            continue;
        snprintf(ret, VALUE_TEXT, "%lld%s", (long long)(v / size_units[i].bytes),
                 size_units[i].name);
        break;
    }
    return ret;
}

/* ---- years ---- */

static bool year_read(const char *s, int *ret)
{
    enum { YEAR_MIN = 1800, YEAR_MAX = 2200 };
    if (strspn(s, "0123456789") != 4)
        return false;
    *ret = (int)strtol(s, NULL, 10);
    return *ret >= YEAR_MIN && *ret <= YEAR_MAX;
}

static bool refuse_years(const char *text, size_t at, struct value_problem *p)
{
    char quoted[VALUE_QUOTE];
    int year;
    value_refuse(p, at, "write it like 1990-2020, or 2020 alone", "%s is not a range of years",
                 value_quote(text, quoted));
    if (year_read(text, &year) && (str_eq(text + 4, "-") || str_eq(text + 4, "+")))
        return value_advise(p, "write both ends: %d-2199", year);
    return false;
}

bool value_years(const char *text, struct years *ret, struct value_problem *p)
{
    struct years y;
    if (!year_read(text, &y.from))
        return refuse_years(text, 0, p);
    y.to = y.from;
    bool is_range = text[4] == '-';
    if (text[4] && (!is_range || !year_read(text + 5, &y.to) || text[9]))
        return refuse_years(text, 4, p);
    if (y.to < y.from) {
        value_refuse(p, 5, NULL, "the years %s run backwards", text);
        return value_advise(p, "write %d-%d", y.to, y.from);
    }
    *ret = y;
    return true;
}

char *value_print_years(const struct years *v, char ret[static VALUE_TEXT])
{
    if (v->from == v->to)
        snprintf(ret, VALUE_TEXT, "%d", v->from);
    else
        snprintf(ret, VALUE_TEXT, "%d-%d", v->from, v->to);
    return ret;
}
