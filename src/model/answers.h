/* model/answers.h — how fast and how well a server answered, hour by hour, for a day: counts and a
 * histogram of durations, four classes to each doubling. A quantile is the upper end of its class,
 * at most 19 % (2^(1/4)) above the true one. */
#ifndef SPL_MODEL_ANSWERS_H
#define SPL_MODEL_ANSWERS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"

enum { ANSWERS_CLASSES = 68, ANSWERS_HOURS = 25 }; /* up to 2^17 ms, above: the last class */

struct answers_hour {
    utc_t hour; /* its beginning; 0: unused */
    int64_t n, n_errors, n_timeouts;
    ms_t total;
    uint32_t by_class[ANSWERS_CLASSES];
    bool is_new; /* changed since it was last written down */
};
struct answers { /* by hour modulo ANSWERS_HOURS */
    struct answers_hour at[ANSWERS_HOURS];
};

enum answer_kind { ANSWER_GOOD, ANSWER_ERROR, ANSWER_TIMEOUT };
void answers_add(struct answers *a, utc_t at, ms_t took, enum answer_kind kind);
/* The hour's row, emptied when it was of another day; for reading what was written down. */
struct answers_hour *answers_hour_of(struct answers *a, utc_t at);

struct answers_sum {
    int64_t n;
    double average, median, p95; /* ms; 0 of none */
    double error_rate, timeout_rate;
};
/* Of the 24 hours before `now`. */
struct answers_sum answers_day(const struct answers *a, utc_t now);
/* Requests and errors of the last hour: this one's, and of the one before the share that is not yet
 * an hour ago. */
void answers_last_hour(const struct answers *a, utc_t now, double *ret_n, double *ret_errors);

/* The histogram as "CLASS:COUNT CLASS:COUNT …", and back; what is no such text is left out. */
void answers_write(const struct answers_hour *h, struct buf *ret);
void answers_read(struct answers_hour *h, const char *text);

#endif
