/* model/zone_parts.h — what a loaded time zone is made of, shared by when.c, zone_file.c and
 * zone_rule.c. Not for other files. All times are seconds since 1970 UTC. */
#ifndef SPL_MODEL_ZONE_PARTS_H
#define SPL_MODEL_ZONE_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/when.h"

/* One day of every year: "M3.5.0/2" is the last Sunday of March at 2:00. */
struct zone_date {
    enum { ZONE_DATE_WEEKDAY, ZONE_DATE_NO_LEAP, ZONE_DATE_ORDINAL } form; /* Mm.w.d, Jn, n */
    int month, week, day; /* day: of the week (0 is Sunday) or of the year */
    int seconds;          /* wall clock; may be negative or beyond the day */
};

struct zone_half {
    int offset; /* seconds east of UTC */
    char abbreviation[ZONE_ABBREVIATION];
};

/* What holds after the last recorded change: a POSIX TZ string. */
struct zone_rule {
    bool has_dst;
    struct zone_half std, dst;
    struct zone_date start, end; /* of dst */
};

struct zone {
    char name[ZONE_NAME];
    size_t n; /* recorded changes, ascending */
    int64_t *at;
    uint8_t *to; /* the half in force from then on: an index of halves */
    size_t n_halves;
    struct zone_half *halves; /* the first holds before all changes */
    struct zone_rule rule;
};

/* The stretch around `t` in which nothing changes. */
struct zone_span {
    const struct zone_half *half;
    int64_t until; /* exclusive; INT64_MAX: for ever */
};

/* zone_file.c: the content of a zone file. On failure the zone is unusable but may be freed. */
MUST_CHECK bool zone_decode(struct zone *z, const unsigned char *bytes, size_t n, struct err *e);

/* zone_rule.c */
MUST_CHECK bool zone_rule_parse(const char *text, struct zone_rule *ret);
struct zone_span zone_rule_span(const struct zone_rule *rule, int64_t t);

#endif
