/* cli/cmd_help.c — the list of commands, and what one of them takes. All from the tables. */
#include <string.h>

#include "base/str.h"
#include "cli/commands.h"
#include "cli/flags.h"

enum { LEFT = 32 };

/* Two columns; what is too long for the left one has its line to itself. */
static void list_row(const struct cli *c, const char *left, const char *right)
{
    bool is_long = strlen(left) >= LEFT;
    cli_out(c, "  %-*s%s%*s%s\n", LEFT, left, is_long ? "\n" : "", is_long ? LEFT + 2 : 0, "",
            right);
}

static void list_commands(const struct cli *c)
{
    cli_out(c,
            "Splintarr searches for what Sonarr and Radarr lack: politely, on a schedule, with a\n"
            "memory, declared in YAML.\n");
#define GROUP(title) cli_out(c, "\n%s\n", title);
#define COMMAND(n) list_row(c, cmd_##n.usage, cmd_##n.doc);
#include "cli/commands.def"
#undef COMMAND
#undef GROUP
}

static void list_flags(const struct cli *c, const struct flag *table)
{
    for (const struct flag *f = table; f && f->name; f++) {
        char left[60];
        CLEANUP(buf_done) struct buf b;
        buf_init(&b, sizeof left - 1);
        if (f->letter)
            buf_printf(&b, "-%c, ", f->letter);
        buf_printf(&b, "--%s", f->name);
        if (f->type == FLAG_VALUE)
            buf_printf(&b, " %s", f->value);
        if (f->type == FLAG_OPTIONAL)
            buf_printf(&b, "[=%s]", f->value);
        list_row(c, b.at, f->doc);
    }
}

static void list_formats(const struct cli *c, const struct command *command)
{
    if (command->formats)
        cli_out(c, "\nOutput (-o): text %s\n", command->formats);
}

static void describe(const struct cli *c, const struct command *command)
{
    cli_out(c, "splintarr %s\n\n%s\n", command->usage, command->doc);
    if (command->alias)
        cli_out(c, "Also: splintarr %s\n", command->alias);
    if (command->help)
        cli_out(c, "\n%s\n", command->help);
    if (command->flags && command->flags->name)
        cli_out(c, "\nFlags\n");
    list_flags(c, command->flags);
    list_formats(c, command);
    cli_out(c, "\nFlags of every command: splintarr help\n");
}

static const char exit_codes[] =
    "\nExit codes\n"
    "  0  done; in sync; valid; healthy\n"
    "  1  a negative answer, not an error: differences, no match\n"
    "  2  wrong use\n"
    "  3  the configuration is invalid\n"
    "  4  failure while running: database, files, a server\n"
    "  5  refused for safety: guard, not confirmed, no terminal without --yes\n"
    "  6  conflict: lock held, stale plan\n";

static int run(struct cli *c)
{
    if (c->n_args == 0) {
        list_commands(c);
        cli_out(c, "\nFlags of every command\n");
        list_flags(c, global_flags);
        cli_out(c, "%s\nMore about one command: splintarr help COMMAND\n", exit_codes);
        return CLI_OK;
    }
    const struct command *command = command_find(c->args[0]);
    if (!command)
        return cli_failf(c, ERR_USAGE, "no command '%.60s' (splintarr help)", c->args[0]);
    describe(c, command);
    return CLI_OK;
}

const struct command cmd_help = {
    .name = "help",
    .usage = "help [COMMAND]",
    .doc = "this list, or what one command does and takes",
    .max_args = 1,
    .run = run,
};
