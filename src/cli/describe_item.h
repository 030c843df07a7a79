/* cli/describe_item.h — everything about one episode or movie. */
#ifndef SPL_CLI_DESCRIBE_ITEM_H
#define SPL_CLI_DESCRIBE_ITEM_H

#include "cli/view.h"

/* Prints it, returns the exit code. */
int describe_item(const struct view *v, const char *address);

#endif
