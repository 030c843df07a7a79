/* cli/commands.c — commands.def as an array. */
#include "cli/commands.h"

#include "base/str.h"

#define GROUP(title)
#define COMMAND(n) &cmd_##n,
const struct command *const commands[] = {
#include "cli/commands.def"
    NULL,
};
#undef COMMAND
#undef GROUP

const struct command *command_find(const char *name)
{
    for (size_t i = 0; commands[i]; i++)
        if (str_eq(commands[i]->name, name) || (name && str_eq(commands[i]->alias, name)))
            return commands[i];
    return NULL;
}
