/* base/str.c — questions about strings. */
#include "base/str.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool str_eq(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

bool str_case_eq(const char *a, const char *b)
{
    return a == b || (a && b && strcasecmp(a, b) == 0);
}

bool str_starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *s, const char *suffix)
{
    size_t n = strlen(s), m = strlen(suffix);
    return n >= m && memcmp(s + n - m, suffix, m) == 0;
}

bool str_int(const char *s, int64_t *ret)
{
    const char *digits = s[0] == '-' ? s + 1 : s;
    if (!digits[0] || digits[strspn(digits, "0123456789")])
        return false;
    errno = 0;
    long long value = strtoll(s, NULL, 10);
    if (errno)
        return false;
    *ret = value;
    return true;
}

bool str_real(const char *s, double *ret)
{
    size_t whole = strspn(s, "0123456789");
    const char *rest = s + whole;
    size_t fraction = rest[0] == '.' ? strspn(rest + 1, "0123456789") : 0;
    if (!whole || (rest[0] == '.' && !fraction) || rest[fraction ? fraction + 1 : 0])
        return false;
    *ret = strtod(s, NULL);
    return true;
}

/* Length of the sequence that `lead` opens, 0 when it can't open one. */
static size_t utf8_length(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/* Overlong forms, surrogates and code points past U+10FFFF (RFC 3629 section 4). */
static bool utf8_second_ok(unsigned char lead, unsigned char second)
{
    switch (lead) {
    case 0xE0: return second >= 0xA0;
    case 0xED: return second <= 0x9F;
    case 0xF0: return second >= 0x90;
    case 0xF4: return second <= 0x8F;
    default: return true;
    }
}

bool str_is_utf8(const char *s, size_t n_bytes)
{
    const unsigned char *p = (const unsigned char *)s, *end = p + n_bytes;
    while (p < end) {
        size_t n = utf8_length(*p);
        if (!n || n > (size_t)(end - p) || (n > 1 && !utf8_second_ok(p[0], p[1])))
            return false;
        for (size_t i = 1; i < n; i++)
            if ((p[i] & 0xC0) != 0x80)
                return false;
        p += n;
    }
    return true;
}

size_t str_columns(const char *s, size_t n_bytes)
{
    size_t n = 0;
    for (size_t i = 0; i < n_bytes; i++)
        n += ((unsigned char)s[i] & 0xC0) != 0x80;
    return n;
}

enum { DISTANCE_MAX = 64 }; /* longer names are never typos of each other */

int str_distance(const char *a, const char *b, int limit)
{
    size_t n = strlen(a), m = strlen(b);
    if (n >= DISTANCE_MAX || m >= DISTANCE_MAX)
        return limit;
    int d[DISTANCE_MAX][DISTANCE_MAX];
    for (size_t i = 0; i <= n; i++)
        d[i][0] = (int)i;
    for (size_t j = 0; j <= m; j++)
        d[0][j] = (int)j;
    for (size_t i = 1; i <= n; i++) {
        for (size_t j = 1; j <= m; j++) {
            int cost = a[i - 1] != b[j - 1];
            int best = MIN(MIN(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = MIN(best, d[i - 2][j - 2] + 1);
            d[i][j] = best;
        }
    }
    return MIN(d[n][m], limit);
}

const char *str_did_you_mean(const char *s, const char *const names[], size_t n)
{
    enum { NEAR = 3, PREFIX_MIN = 3 };
    const char *best = NULL;
    int best_distance = NEAR;
    for (size_t i = 0; i < n; i++) {
        int distance = str_distance(s, names[i], NEAR);
        if (distance < best_distance && distance < (int)strlen(names[i])) {
            best = names[i];
            best_distance = distance;
        }
    }
    for (size_t i = 0; !best && i < n; i++)
        if (strlen(s) >= PREFIX_MIN && (str_starts(names[i], s) || str_starts(s, names[i])))
            best = names[i];
    return best;
}
