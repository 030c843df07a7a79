/* Any text as any scalar: what is accepted prints to text that reads as the same value; what is
 * refused says why, at a place inside the text. The first byte chooses the kind. */
#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "model/value.h"
#include "model/when.h"

static void check_problem(const char *text, const struct value_problem *p)
{
    assert(memchr(p->message, '\0', sizeof p->message) && p->message[0]);
    assert(memchr(p->hint, '\0', sizeof p->hint));
    assert(p->at <= strlen(text));
}

/* One function for each kind whose canonical text must read as the same value. */
#define ROUND_TRIP(name, type, print, same)                                                        \
    static void try_##name(const char *text)                                                       \
    {                                                                                              \
        struct value_problem p;                                                                    \
        char canonical[VALUE_TEXT];                                                                \
        type a, b;                                                                                 \
        if (!value_##name(text, &a, &p)) {                                                         \
            check_problem(text, &p);                                                               \
            return;                                                                                \
        }                                                                                          \
        print;                                                                                     \
        bool is_read = value_##name(canonical, &b, &p);                                            \
        assert(is_read && (same));                                                                 \
    }

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-6 + fabs(a) * 1e-9;
}

/* Nine digits of weeks print as ten digits of days: more than a duration may have. */
static void try_dur(const char *text)
{
    struct value_problem p;
    char canonical[VALUE_TEXT];
    ms_t a, b;
    if (!value_dur(text, &a, &p))
        check_problem(text, &p);
    else if (a < DAYS(999999999))
        assert(value_dur(value_print_dur(a, canonical), &b, &p) && a == b);
}

ROUND_TRIP(rate, double, value_print_rate(a, canonical), near(a, b))
ROUND_TRIP(percent, double, value_print_percent(a, canonical), near(a, b))
ROUND_TRIP(size, int64_t, value_print_size(a, canonical), a == b)
ROUND_TRIP(amount, struct amount, value_print_amount(&a, canonical),
           a.value == b.value && a.is_percent == b.is_percent)
ROUND_TRIP(years, struct years, value_print_years(&a, canonical), a.from == b.from && a.to == b.to)
ROUND_TRIP(days, uint8_t, value_print_days(a, canonical), a == b)
ROUND_TRIP(window, struct window, value_print_window(&a, canonical),
           a.days == b.days && a.from == b.from && a.to == b.to)
ROUND_TRIP(moment, struct moment, value_print_moment(&a, canonical),
           a.days == b.days && a.minute == b.minute)

static void try_plain(const char *text)
{
    struct value_problem p;
    bool flag;
    int64_t number;
    utc_t instant;
    if (!value_bool(text, &flag, &p))
        check_problem(text, &p);
    if (!value_int(text, &number, &p))
        check_problem(text, &p);
    if (!value_name(text, &p))
        check_problem(text, &p);
    if (!value_zone(text, &p))
        check_problem(text, &p);
    if (!value_until(text, NULL, &instant, &p))
        check_problem(text, &p);
}

static void try_url(const char *text)
{
    struct value_problem p;
    char url[VALUE_URL], again[VALUE_URL];
    for (int use = URL_BASE; use <= URL_FULL; use++) {
        if (!value_url(text, (enum url_use)use, url, &p)) {
            check_problem(text, &p);
            continue;
        }
        assert(value_url(url, (enum url_use)use, again, &p) && strcmp(url, again) == 0);
    }
}

static void (*const kinds[])(const char *text) = {
    try_dur,  try_rate,   try_percent, try_size,  try_amount, try_years,
    try_days, try_window, try_moment,  try_plain, try_url,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    enum { TEXT_MAX = 4096 };
    if (n < 1 || n > TEXT_MAX)
        return 0;
    CLEANUP(freep) char *text = mem_zeroed(n);
    memcpy(text, data + 1, n - 1);
    kinds[data[0] % COUNT(kinds)](text);
    return 0;
}
