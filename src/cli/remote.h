/* cli/remote.h — asking the daemon, when one runs. */
#ifndef SPL_CLI_REMOTE_H
#define SPL_CLI_REMOTE_H

#include "cli/cli.h"

struct remote; /* one connection, for one request */

/* *ret is NULL when no daemon listens there. ERR_IO when one does but does not let us in. */
MUST_CHECK bool remote_open(const struct cli *c, struct remote **ret, struct err *e);
bool remote_is_there(const struct cli *c); /* somebody listens and lets us in */
void remote_closep(struct remote **r);     /* for CLEANUP */

/* Sends {"op": op, …request} (steals request), calls on_line (may be NULL) for every line but the
 * last. *ret_last is the last one; caller decrefs. *ret_exit its exit code; an "error" in it has
 * been said already. False when the daemon went away. */
MUST_CHECK bool remote_ask(struct remote *r, const char *op, json_t *request,
                           void (*on_line)(void *ctx, const json_t *line), void *ctx,
                           json_t **ret_last, int *ret_exit, struct err *e);

/* An operation of engine/ops.def: by the daemon, or here under the lock. Steals request. CLI_OK and
 * *ret_reply (caller decrefs), or the exit code after saying why. */
int cli_perform(const struct cli *c, const char *op, json_t *request, json_t **ret_reply);

#endif
