/* base/jx.h — jansson in our words. Readers take missing, null and wrongly typed members as absent:
 * Sonarr and Radarr omit null properties, and old versions send other types. */
#ifndef SPL_BASE_JX_H
#define SPL_BASE_JX_H

#include <jansson.h>

#include "base/clock.h"
#include "base/err.h"

void jx_decrefp(json_t **j); /* for CLEANUP */

const char *jx_str(const json_t *o, const char *key); /* borrowed; NULL when absent */
int64_t jx_int(const json_t *o, const char *key, int64_t otherwise);
double jx_real(const json_t *o, const char *key, double otherwise);
bool jx_bool(const json_t *o, const char *key, bool otherwise);
utc_t jx_utc(const json_t *o, const char *key); /* 0 when absent or no date */

/* Compact, keys sorted, UTF-8: equal values give equal bytes. Caller frees. */
char *jx_canonical(const json_t *j);
char *jx_pretty(const json_t *j); /* two-space indent, insertion order; caller frees */

/* Rejects duplicate keys; depth and size are the caller's to bound. */
MUST_CHECK bool jx_parse(const char *text, size_t n, json_t **ret, struct err *e);

/* What an outsider sends: one object, at most JX_DEPTH deep and of JX_VALUES values, which is seen
 * before anything is allocated for it. */
enum { JX_DEPTH = 32, JX_VALUES = 100 * 1000 };
MUST_CHECK bool jx_parse_foreign(const char *text, size_t n, json_t **ret, struct err *e);

/* Builders that assert success (they fail only without memory or on invalid UTF-8, which is
 * replaced). jx_put steals `value`. */
json_t *jx_string(const char *s); /* invalid UTF-8 becomes U+FFFD; NULL becomes JSON null */
void jx_put(json_t *object, const char *key, json_t *value);
void jx_push(json_t *array, json_t *value);
json_t *jx_time(utc_t t); /* RFC 3339, or null when t is 0 */

#endif
