/* model/when.h — local time: the only place that knows time zones and summer time.
 *
 * Zones are read from the system's compiled zone files (TZif, RFC 8536); UTC needs none. A zone
 * never changes once loaded and may be shared between threads. Nothing here looks at a clock. */
#ifndef SPL_MODEL_WHEN_H
#define SPL_MODEL_WHEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"

#define ZONE_DIR "/usr/share/zoneinfo"
enum { ZONE_NAME = 64 }; /* longest name with its NUL */

/* A date and time without a zone. */
struct civil {
    int year, month, day; /* month and day count from 1 */
    int hour, minute, second;
    int weekday; /* 0 is Monday; filled in by what returns a civil, ignored by what takes one */
};

struct zone;
MUST_CHECK bool zone_load(const char *name, struct zone **ret, struct err *e);
struct zone *zone_free(struct zone *z); /* takes NULL, returns NULL */
void zone_freep(struct zone **z);
const char *zone_name(const struct zone *z);

/* Area/City (or Area/Region/City) in the letters such names have; says nothing about existence. */
bool zone_name_ok(const char *name);
bool zone_exists(const char *name);
/* The zone of this machine: TZ if it is a name, else where /etc/localtime points, else UTC. */
char *zone_system(char ret[static ZONE_NAME]);

/* What the clock on the wall shows. *ret_offset (may be NULL): seconds east of UTC. */
struct civil zone_local(const struct zone *z, utc_t t, int *ret_offset);

/* When the wall shows `c`. A time that does not exist (clocks go forward) becomes the next instant
 * that does: the change itself. A time that occurs twice (clocks go back) is the first. */
utc_t zone_utc(const struct zone *z, const struct civil *c);

/* The first instant after `t` at which its clocks change; 0: they never do again. */
utc_t zone_changes(const struct zone *z, utc_t t);

/* The abbreviation in force, "CET", for people. `ret` holds 16 bytes. */
enum { ZONE_ABBREVIATION = 16 };
char *zone_abbreviation(const struct zone *z, utc_t t, char ret[static ZONE_ABBREVIATION]);

/* ---- the calendar, without any zone ---- */

int64_t civil_seconds(const struct civil *c); /* since 1970-01-01 00:00, as if it were UTC */
struct civil civil_of(int64_t seconds);
bool civil_is_valid(const struct civil *c); /* a day of the calendar, 00:00:00 to 23:59:59 */

#endif
