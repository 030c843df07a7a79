/* cli/happening.h — printing events as they happen. */
#ifndef SPL_CLI_HAPPENING_H
#define SPL_CLI_HAPPENING_H

#include "cli/cli.h"
#include "model/event.h"

/* A line on standard output; events nobody watches for are left out of the text form. */
void happening_tell(const struct cli *c, enum event event, const json_t *fields);

/* "; not searched: 34 cooling_down, 2 excluded": the reasons of a run; nothing when there are none.
 */
void happening_reasons(const struct cli *c, const json_t *reasons);

#endif
