/* cli/running.h — running queues, or reading libraries, now. */
#ifndef SPL_CLI_RUNNING_H
#define SPL_CLI_RUNNING_H

#include "cli/cli.h"
#include "engine/engine.h"

/* Prints every event, returns the exit code. `on_event` of the request is not used. */
int run_now(struct cli *c, const struct run_request *request);

#endif
