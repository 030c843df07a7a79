/* cli/cmd_help.c — the list of commands, and what one of them takes. All from the tables. */
#include <string.h>

#include "base/str.h"
#include "cli/commands.h"
#include "cli/exits.h"
#include "cli/flags.h"
#include "cli/man.h"

enum { LEFT = 32 };

/* Two columns; what is too long for the left one has its line to itself. */
static void list_row(const struct cli *c, const char *left, const char *right)
{
    size_t width = str_columns(left, strlen(left));
    bool is_long = width >= LEFT;
    cli_out(c, "  %s%s%*s%s\n", left, is_long ? "\n" : "", is_long ? LEFT + 2 : LEFT - (int)width,
            "", right);
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
    if (command->examples)
        cli_out(c, "\nExamples\n%s\n", command->examples);
    cli_out(c, "\nFlags of every command: splintarr help\n");
}

const struct exit_meaning exit_meanings[] = {
    {"0", "done; in sync; valid; healthy"},
    {"1", "a negative answer, not an error: differences, no match"},
    {"2", "wrong use"},
    {"3", "the configuration is invalid"},
    {"4", "failure while running: database, files, a server"},
    {"5", "refused for safety: guard, not confirmed, no terminal without --yes"},
    {"6", "conflict: lock held, stale plan"},
    {0},
};

static void list_exit_codes(const struct cli *c)
{
    cli_out(c, "\nExit codes\n");
    for (size_t i = 0; exit_meanings[i].code; i++)
        cli_out(c, "  %s  %s\n", exit_meanings[i].code, exit_meanings[i].meaning);
}

static int print_man(const struct cli *c)
{
    CLEANUP(buf_done) struct buf page;
    buf_init(&page, BUF_TEXT);
    man_of_commands(&page);
    cli_out_buf(c, &page);
    return CLI_OK;
}

static int run(struct cli *c)
{
    if (cli_has(c, "man"))
        return print_man(c);
    if (c->n_args == 0) {
        list_commands(c);
        cli_out(c, "\nFlags of every command\n");
        list_flags(c, global_flags);
        list_exit_codes(c);
        cli_out(c, "\nMore about one command: splintarr help COMMAND\n");
        return CLI_OK;
    }
    const struct command *command = command_find(c->args[0]);
    if (!command)
        return cli_failf(c, ERR_USAGE, "no command '%.60s' (splintarr help)", c->args[0]);
    describe(c, command);
    return CLI_OK;
}

static const struct flag flags[] = {
    {"man", 0, FLAG_BOOL, NULL, "all of it as a man page: splintarr help --man | man -l -"},
    {0},
};

const struct command cmd_help = {
    .name = "help",
    .usage = "help [COMMAND]",
    .doc = "this list, or what one command does and takes",
    .flags = flags,
    .max_args = 1,
    .run = run,
};
