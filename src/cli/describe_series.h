/* cli/describe_series.h — one series of a cached library, with its seasons. */
#ifndef SPL_CLI_DESCRIBE_SERIES_H
#define SPL_CLI_DESCRIBE_SERIES_H

#include "cli/view.h"

bool is_series_address(const char *address); /* series/INSTANCE/ID */
/* Prints it, returns the exit code. */
int describe_series(const struct view *v, const char *address);

#endif
