/* cli/wait.h — `apply --wait`: until everything applied is Ready, or will not be by itself. */
#ifndef SPL_CLI_WAIT_H
#define SPL_CLI_WAIT_H

#include "cli/cli.h"

/* --wait[=30s] as given; *ret_wait 0 when it was not. */
MUST_CHECK bool wait_read(const struct cli *c, ms_t *ret_wait, struct err *e);
/* With a daemon, instances must have been asked, too. CLI_OK, or CLI_NEGATIVE after saying what is
 * not ready and why. */
int wait_ready(const struct cli *c, ms_t at_most);

#endif
