/* cli/commands.h — declares every command of commands.def, so that each cmd_NAME.c is checked
 * against its own declaration. */
#ifndef SPL_CLI_COMMANDS_H
#define SPL_CLI_COMMANDS_H

#include "cli/cli.h"

#define GROUP(title)
#define COMMAND(n) extern const struct command cmd_##n;
#include "cli/commands.def"
#undef COMMAND
#undef GROUP

#endif
