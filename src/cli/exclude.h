/* cli/exclude.h — the parts of `splintarr exclude`: an exclusion made of flags, written into a file
 * of the tree, or tried on the libraries. */
#ifndef SPL_CLI_EXCLUDE_H
#define SPL_CLI_EXCLUDE_H

#include "cli/view.h"

#define EXCLUDE_FILE "exclusions/added.yaml"

/* One member of `match` for each flag given: --title, --tvdb, …; caller decrefs. False when a
 * number is none. */
MUST_CHECK bool exclude_match(const struct cli *c, json_t **ret, struct err *e);

/* exclude_file.c: adds `spec` (borrowed) as exclusion/NAME to EXCLUDE_FILE of the tree, which is
 * made when it is not there. With --print, and where the tree cannot be written, it is printed
 * instead. Returns the exit code. */
int exclude_write(const struct cli *c, const char *name, const json_t *spec);

/* exclude_test.c: exit codes. */
int exclude_test_title(const struct view *v, const char *title);   /* by what is applied */
int exclude_test_match(const struct view *v, const json_t *match); /* before it is written */

#endif
