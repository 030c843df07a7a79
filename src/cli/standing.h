/* cli/standing.h — how the tree stands to what is applied, as the daemon that runs says. */
#ifndef SPL_CLI_STANDING_H
#define SPL_CLI_STANDING_H

#include "cli/cli.h"
#include "engine/standing.h"

/* *ret_root: the tree that a daemon watches (caller frees); NULL: none runs, and *ret is empty. */
MUST_CHECK bool standing_now(const struct cli *c, struct store *store, char **ret_root,
                             struct source_standing *ret, struct err *e);
/* "Source    DIR: Rejected since …: …", or that no daemon watches it. */
void standing_line(const struct cli *c, const char *root, const struct source_standing *s);
/* {"daemon", "root", "standing", "message", "digest", "since"}; caller decrefs. */
json_t *standing_json(const char *root, const struct source_standing *s);
/* A tree that is not applied and will not be by itself, or nobody watching. */
bool standing_needs_human(const struct source_standing *s);

#endif
