/* plan/show.h — values of specifications as short text for people. Whatever a file contains, the
 * result is one line without control characters, and no secret: references only, URLs without user
 * and query. */
#ifndef SPL_PLAN_SHOW_H
#define SPL_PLAN_SHOW_H

#include "base/buf.h"
#include "plan/parts.h"

void show_value(const json_t *value, struct buf *ret);
/* "credential:sonarr-4k-key", "https://host/path", "(hidden)". */
void show_secret(const json_t *value, struct buf *ret);
/* What a change does to a field: "6h -> 12h", "(secret) changed  file:/x", "[uhd]". */
void show_change(const struct plan_field *f, enum plan_action action, struct buf *ret);
/* '+', '-' or '~'. */
char show_sign(const struct plan_field *f, enum plan_action action);
/* "2026-12-23", local. */
const char *show_day(utc_t t, char ret[static UTC_TEXT]);
/* scheme://host/path of a URL, without user, query and fragment. */
void show_url(const char *url, struct buf *ret);

#endif
