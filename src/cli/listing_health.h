/* cli/listing_health.h — `get health`: how instances are, and with --since how they were. */
#ifndef SPL_CLI_LISTING_HEALTH_H
#define SPL_CLI_LISTING_HEALTH_H

#include "cli/view.h"

int listing_health(const struct view *v); /* prints, returns the exit code */

/* An instance's health with its last 24 hours, as `get health -o json` and describe give it. Caller
 * decrefs; NULL with *e. */
json_t *health_json(const struct view *v, const char *instance, struct err *e);
/* The same in lines, for describe. */
MUST_CHECK bool health_print(const struct view *v, const char *instance, struct err *e);

#endif
