/* cli/standing.h — how the tree stands to what is applied, as the daemon that runs says. */
#ifndef SPL_CLI_STANDING_H
#define SPL_CLI_STANDING_H

#include "cli/cli.h"
#include "engine/reconcile.h"

/* *ret_runs: a daemon answers; without one nobody watches the tree and *ret is empty. */
MUST_CHECK bool standing_now(const struct cli *c, struct store *store, bool *ret_runs,
                             struct source_standing *ret, struct err *e);
/* "Source    DIR: Rejected since …: …"; nothing without a daemon. */
void standing_line(const struct cli *c, bool runs, const struct source_standing *s);
/* {"daemon", "standing", "message", "digest", "since"}; caller decrefs. */
json_t *standing_json(bool runs, const struct source_standing *s);
/* A tree that is not applied and will not be by itself, or nobody watching. */
bool standing_needs_human(const struct source_standing *s);

#endif
