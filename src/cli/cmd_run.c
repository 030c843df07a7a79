/* cli/cmd_run.c — run queues once, now, and print each outcome as it is judged. */
#include "cli/commands.h"
#include "cli/running.h"

static int run(struct cli *c)
{
    struct run_request request = {
        .queue = c->n_args ? c->args[0] : NULL,
        .is_dry = cli_has(c, "dry-run"),
        .no_wait = cli_has(c, "no-wait"),
    };
    const char *at = cli_flag(c, "at");
    if (!request.queue == !cli_has(c, "all"))
        return cli_failf(c, ERR_USAGE, "name one queue, or say --all: splintarr run tv-missing");
    if (at && !request.is_dry)
        return cli_failf(c, ERR_USAGE,
                         "--at goes with --dry-run: only a dry run can be at another time");
    if (at && !utc_parse(at, &request.at))
        return cli_failf(c, ERR_USAGE, "--at takes a time such as 2026-11-23T21:00:00Z, not '%s'",
                         at);
    return run_now(c, &request);
}

static const struct flag flags[] = {
    {.name = "all", .type = FLAG_BOOL, .doc = "every queue on every instance"},
    {.name = "dry-run",
     .type = FLAG_BOOL,
     .doc = "say what would be searched and why not more; search nothing"},
    {.name = "no-wait",
     .type = FLAG_BOOL,
     .doc = "end an instance's turn once its first search is posted"},
    {.name = "at",
     .type = FLAG_VALUE,
     .value = "TIME",
     .doc = "with --dry-run: as if it were then"},
    {0},
};

const struct command cmd_run = {
    .name = "run",
    .usage = "run QUEUE[@INSTANCE] | --all [--dry-run]",
    .doc = "search once, now, and print each outcome as it is judged",
    .help =
        "Settles what an earlier run left open, brings the library up to date when it is older\n"
        "than library.sync, asks every gate, and searches up to `batch` items of the queue, one\n"
        "at a time.\n"
        "\n"
        "Exit 0: it ran, even if a gate stopped it or nothing was found. Exit 4: a queue failed\n"
        "or its instance was unreachable. -o json prints one event a line.",
    .examples = "  splintarr run tv-missing --dry-run    what it would search, and why not more\n"
                "  splintarr run tv-missing@sonarr-main\n"
                "  splintarr run --all                   for cron",
    .formats = "json",
    .flags = flags,
    .max_args = 1,
    .run = run,
};
