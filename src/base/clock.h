/* base/clock.h — the only door to time. A clock is handed in, so the same engine runs on a virtual
 * one in tests and simulations.
 *
 * utc_t: milliseconds since 1970-01-01T00:00:00Z, for records and schedules. 0 means "never" or
 * "unknown". ms_t: a length of time, or a reading of the monotonic clock, in milliseconds. */
#ifndef SPL_BASE_CLOCK_H
#define SPL_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/macros.h"

typedef int64_t utc_t;
typedef int64_t ms_t;

#define SECONDS(n) ((ms_t)(n)*1000)
#define MINUTES(n) SECONDS((n)*60LL)
#define HOURS(n) MINUTES((n)*60LL)
#define DAYS(n) HOURS((n)*24LL)

struct clock {
    utc_t (*utc)(const struct clock *c);
    ms_t (*mono)(const struct clock *c);
};

extern const struct clock clock_system;

static inline utc_t clock_utc(const struct clock *c)
{
    return c->utc(c);
}
static inline ms_t clock_mono(const struct clock *c)
{
    return c->mono(c);
}

/* A clock that stands still until moved: `struct virtual_clock v; virtual_clock_init(&v, start);`
 * hand out &v.clock. Monotonic time starts at 0. */
struct virtual_clock {
    struct clock clock;
    utc_t start;
    ms_t elapsed;
};
void virtual_clock_init(struct virtual_clock *v, utc_t start);
void virtual_clock_advance(struct virtual_clock *v, ms_t by);

/* RFC 3339 in UTC: "2026-11-20T20:04:11Z" (whole seconds). `ret` holds at least UTC_TEXT bytes. */
enum { UTC_TEXT = 32 };
char *utc_format(utc_t t, char ret[static UTC_TEXT]);

/* Local time with zone for people: "2026-11-20 21:04 CET". */
char *utc_format_local(utc_t t, char ret[static UTC_TEXT]);

/* RFC 3339 with any number of fractional digits and Z or an offset; "2026-11-20" is its midnight
 * UTC. Also the date-only and fractional forms old Sonarr and Radarr send. */
MUST_CHECK bool utc_parse(const char *text, utc_t *ret);

/* IMF-fixdate of an HTTP Date header (RFC 9110 section 5.6.7). */
MUST_CHECK bool utc_parse_http(const char *text, utc_t *ret);

#endif
