/* arrsim/jw.h — JSON as the two servers write it: indented by two, null members left out by the
 * caller, `id` last. Dates with up to seven fractional digits on the old profile, whole seconds on
 * the modern one; in UTC, or eight hours west of it and saying so. */
#ifndef ARRSIM_JW_H
#define ARRSIM_JW_H

#include "base/buf.h"
#include "base/clock.h"

struct jw {
    struct buf *out;
    char open[24]; /* closing brackets due */
    int depth;
    bool is_first, is_old, is_ascii, is_west;
};

/* `key` is NULL inside arrays and at the top. */
void jw_object(struct jw *j, const char *key);
void jw_array(struct jw *j, const char *key);
void jw_close(struct jw *j);
void jw_close_all(struct jw *j);
void jw_str(struct jw *j, const char *key, const char *v);
void jw_opt(struct jw *j, const char *key, const char *v); /* nothing for NULL */
void jw_int(struct jw *j, const char *key, int64_t v);
void jw_bool(struct jw *j, const char *key, bool v);
void jw_real(struct jw *j, const char *key, double v);
void jw_null(struct jw *j, const char *key);
void jw_time(struct jw *j, const char *key, utc_t t); /* nothing for 0 */
void jw_date(struct jw *j, const char *key, utc_t t); /* yyyy-MM-dd */
void jw_span(struct jw *j, const char *key, ms_t span);
void jw_empty(struct jw *j, const char *key); /* an empty array */

#endif
