/* cli/cmd_events.c — what happens in the daemon, as it happens. */
#include "base/jx.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/remote.h"

static bool is_envelope(const char *key)
{
    static const char *const keys[] = {"id", "event", "at", "level"};
    for (size_t i = 0; i < COUNT(keys); i++)
        if (str_eq(keys[i], key))
            return true;
    return false;
}

static void print_text(const struct cli *c, const json_t *line)
{
    const char *key;
    const json_t *value;
    char at[UTC_TEXT];
    cli_out(c, "%s  %-8s %s", utc_format_local(jx_utc(line, "at"), at), jx_str(line, "level"),
            jx_str(line, "event"));
    json_object_foreach((json_t *)(uintptr_t)line, key, value)
    {
        if (is_envelope(key) || json_is_null(value))
            continue;
        CLEANUP(freep) char *text = jx_canonical(value);
        cli_out(c, "  %s=%s", key, text);
    }
    cli_out(c, "\n");
    cli_out_now(c);
}

static void on_line(void *ctx, const json_t *line)
{
    const struct cli *c = ctx;
    if (cli_is_json(c))
        cli_out_json_line(c, json_deep_copy(line));
    else
        print_text(c, line);
}

static int run(struct cli *c)
{
    CLEANUP(remote_closep) struct remote *r = NULL;
    CLEANUP(jx_decrefp) json_t *last = NULL;
    struct err e = {0};
    int status;
    if (!remote_open(c, &r, &e))
        return cli_fail(c, &e);
    if (!r)
        return cli_failf(c, ERR_IO,
                         "no daemon listens at '%s': start one with 'splintarr daemon'; what "
                         "happened before is in 'splintarr get runs' and 'splintarr get attempts'",
                         c->set.socket);
    if (!remote_ask(r, "events", json_object(), on_line, c, &last, &status, &e))
        return cli_fail(c, &e);
    return status;
}

static const struct flag flags[] = {
    {"follow", 'f', FLAG_BOOL, NULL, "follow, until interrupted (it always does)"},
    {0},
};

const struct command cmd_events = {
    .name = "events",
    .usage = "events [-f]",
    .doc = "what happens in the daemon, as it happens",
    .help =
        "One line an event, with the names of the event catalogue (splintarr schema --manual).\n"
        "-o json prints one object a line, with an `id` that never repeats.",
    .examples = "  splintarr events -f | grep content_found\n"
                "  splintarr events -o json | jq -r .event",
    .formats = "json",
    .flags = flags,
    .max_args = 0,
    .run = run,
};
