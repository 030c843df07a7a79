/* cli/flags.h — the command line taken apart. Flags may stand anywhere, before or after the
 * command; `--` ends them. Values are borrowed from argv. */
#ifndef SPL_CLI_FLAGS_H
#define SPL_CLI_FLAGS_H

#include "base/vec.h"
#include "cli/cli.h"

struct given_flag {
    const char *name; /* of the table */
    const char *value;
};
struct cli_given {
    VEC(struct given_flag) flags;
    VEC(const char *) args;
};
void given_done(struct cli_given *g);

extern const struct flag global_flags[]; /* ended by a row without a name */

/* *ret_command is NULL when none is named. ERR_USAGE with one clear line otherwise. */
MUST_CHECK bool flags_parse(int argc, const char *const *argv, const struct command **ret_command,
                            struct cli_given *ret, struct err *e);
/* Counts arguments and looks at the output format. */
MUST_CHECK bool flags_check(const struct command *command, const struct cli_given *g,
                            struct err *e);
const char *given_value(const struct cli_given *g, const char *name);

#endif
