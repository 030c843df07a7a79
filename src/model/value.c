/* model/value.c — the plain kinds of scalars (booleans, integers, names) and what all parsers
 * share. */
#include "model/value.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "model/value_parts.h"

bool value_refuse(struct value_problem *p, size_t at, const char *hint, const char *fmt, ...)
{
    *p = (struct value_problem){.at = at};
    va_list args;
    va_start(args, fmt);
    vsnprintf(p->message, sizeof p->message, fmt, args);
    va_end(args);
    snprintf(p->hint, sizeof p->hint, "%s", hint ? hint : "");
    return false;
}

bool value_advise(struct value_problem *p, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    vsnprintf(p->hint, sizeof p->hint, fmt, args);
    va_end(args);
    return false;
}

char *value_quote(const char *text, char ret[static VALUE_QUOTE])
{
    enum { SHOWN = 40 };
    size_t n = 0, n_chars = 0;
    while (text[n] && (n_chars < SHOWN || ((unsigned char)text[n] & 0xC0) == 0x80) && n < 160)
        n_chars += ((unsigned char)text[n++] & 0xC0) != 0x80;
    snprintf(ret, VALUE_QUOTE, "'%.*s%s'", (int)n, text, text[n] ? "…" : "");
    return ret;
}

size_t value_number_length(const char *s)
{
    return value_number_length_to(s, 12);
}

size_t value_number_length_to(const char *s, size_t max)
{
    size_t whole = strspn(s, "0123456789");
    size_t n = whole;
    if (whole && s[whole] == '.' && isdigit((unsigned char)s[whole + 1]))
        n += 1 + strspn(s + whole + 1, "0123456789");
    return n <= max ? n : 0;
}

static bool looks_true(const char *text)
{
    static const char *const words[] = {"yes", "y", "on", "true", "1"};
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_case_eq(text, words[i]))
            return true;
    return false;
}

static bool looks_false(const char *text)
{
    static const char *const words[] = {"no", "n", "off", "false", "0"};
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_case_eq(text, words[i]))
            return true;
    return false;
}

bool value_bool(const char *text, bool *ret, struct value_problem *p)
{
    if (str_eq(text, "true") || str_eq(text, "false")) {
        *ret = text[0] == 't';
        return true;
    }
    char quoted[VALUE_QUOTE];
    const char *hint = looks_true(text)    ? "write true"
                       : looks_false(text) ? "write false"
                                           : "write true or false";
    return value_refuse(p, 0, hint, "%s is neither true nor false", value_quote(text, quoted));
}

/* The digits of "1,000", "1_000" and "010", for the hint. */
static void bare_digits(const char *text, char ret[static VALUE_TEXT])
{
    size_t n = 0;
    for (const char *c = text; *c && n + 1 < VALUE_TEXT; c++)
        if (isdigit((unsigned char)*c) && (n || *c != '0'))
            ret[n++] = *c;
    ret[n] = '\0';
}

bool value_int(const char *text, int64_t *ret, struct value_problem *p)
{
    const char *digits = text + (text[0] == '-');
    bool is_octal = digits[0] == '0' && digits[1]; /* 010 is 8 for YAML 1.1, 10 for YAML 1.2 */
    int64_t value;
    if (!is_octal && str_int(text, &value)) {
        *ret = value;
        return true;
    }
    char quoted[VALUE_QUOTE], bare[VALUE_TEXT];
    size_t at = (size_t)(digits - text) + strspn(digits, "0123456789");
    value_refuse(p, is_octal || !text[at] ? 0 : at, NULL, "%s is not a whole number",
                 value_quote(text, quoted));
    bare_digits(text, bare);
    if (bare[0] && strlen(bare) < 10 && !text[strspn(text, "0123456789,_ ")])
        return value_advise(p, "write %s", bare);
    return value_advise(p, "write digits only, such as 10");
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

/* "TV Missing" becomes "tv-missing"; "" when nothing sensible remains. */
static void name_suggest(const char *text, char ret[static VALUE_TEXT])
{
    size_t n = 0;
    for (const char *c = text; *c && n + 1 < VALUE_TEXT; c++) {
        char lower = (char)tolower((unsigned char)*c);
        bool is_separator = *c == ' ' || *c == '_' || *c == '.' || *c == '-';
        if (is_separator && n && ret[n - 1] != '-')
            ret[n++] = '-';
        else if (!is_separator && is_name_char(lower))
            ret[n++] = lower;
    }
    while (n && ret[n - 1] == '-')
        n--;
    ret[n] = '\0';
}

bool value_name(const char *text, struct value_problem *p)
{
    enum { NAME_MAX_BYTES = 63 };
    size_t n = strlen(text), good = 0;
    while (is_name_char(text[good]))
        good++;
    if (n && good == n && n <= NAME_MAX_BYTES && text[0] != '-' && text[n - 1] != '-')
        return true;
    char quoted[VALUE_QUOTE], better[VALUE_TEXT];
    value_quote(text, quoted);
    if (n > NAME_MAX_BYTES && good == n)
        return value_refuse(p, NAME_MAX_BYTES, "a name has at most 63 characters",
                            "the name %s is too long", quoted);
    value_refuse(p, good < n ? good : 0, "names are lower-case letters, digits and '-' inside",
                 "%s is not a name", quoted);
    name_suggest(text, better);
    return better[0]
               ? value_advise(p, "write %s: lower-case letters, digits and '-' inside", better)
               : false;
}
