/* http/json_word.c — the grammar of numbers and the three words. */
#include "http/json_word.h"

#include <string.h>

#include "base/macros.h"

static size_t n_digits(const char *p, const char *end)
{
    const char *begin = p;
    while (p < end && *p >= '0' && *p <= '9')
        p++;
    return (size_t)(p - begin);
}

/* -?int frac? exp? */
static bool is_number(const char *p, const char *end)
{
    p += p < end && *p == '-';
    size_t n = n_digits(p, end);
    bool ok = n > 0 && (n == 1 || *p != '0');
    p += n;
    if (p < end && *p == '.') {
        n = n_digits(p + 1, end);
        ok = ok && n > 0;
        p += 1 + n;
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
        p += 1 + (p + 1 < end && (p[1] == '+' || p[1] == '-'));
        n = n_digits(p, end);
        ok = ok && n > 0;
        p += n;
    }
    return ok && p == end;
}

bool is_json_word(const char *text, size_t n)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < COUNT(words); i++)
        if (strlen(words[i]) == n && memcmp(words[i], text, n) == 0)
            return true;
    return is_number(text, text + n);
}
