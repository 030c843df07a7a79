/* cli/origin.h — the commit a revision came from, as history, status and describe show it. The
 * author is what the commit claims; who applied it is the revision's actor. */
#ifndef SPL_CLI_ORIGIN_H
#define SPL_CLI_ORIGIN_H

#include <jansson.h>

#include "cli/cli.h"
#include "store/resources.h"

/* {commit, branch, claimed_author, subject, dirty}, or null without git; caller decrefs. */
json_t *origin_json(const struct revision *r);

/* `label 4f2c91e+ main  "Calm down"  Alice <alice@home.example>`, + for files that were not
 * committed; no line without git. */
void origin_line(const struct cli *c, const char *label, const struct revision *r);

#endif
