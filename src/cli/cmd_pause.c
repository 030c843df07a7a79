/* cli/cmd_pause.c — pause and resume: stop searching for a while without touching the tree. */
#include "base/jx.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/remote.h"
#include "model/value.h"

static bool read_for(const struct cli *c, json_t *request, struct err *e)
{
    const char *text = cli_flag(c, "for");
    ms_t how_long;
    struct value_problem why;
    if (!text)
        return true;
    if (!value_dur(text, &how_long, &why) || how_long <= 0)
        return err_set(e, ERR_USAGE, "--for takes a duration such as 2h or 1d12h, not '%.40s'",
                       text);
    jx_put(request, "for_ms", json_integer(how_long));
    return true;
}

static int pause(struct cli *c)
{
    CLEANUP(jx_decrefp) json_t *reply = NULL;
    json_t *request = json_object();
    struct err e;
    char until[UTC_TEXT];
    jx_put(request, "address", jx_string(c->args[0]));
    jx_put(request, "reason", jx_string(cli_flag(c, "reason")));
    if (!read_for(c, request, &e)) {
        json_decref(request);
        return cli_fail(c, &e);
    }
    int status = cli_perform(c, "pause", request, &reply);
    if (status != CLI_OK)
        return status;
    utc_t end = jx_utc(reply, "until");
    if (end)
        cli_out(c, "Paused %s until %s.\n", c->args[0], utc_format_local(end, until));
    else
        cli_out(c, "Paused %s until:  splintarr resume %s\n", c->args[0], c->args[0]);
    return CLI_OK;
}

static int resume(struct cli *c)
{
    CLEANUP(jx_decrefp) json_t *reply = NULL;
    json_t *request = json_object();
    jx_put(request, "address", jx_string(c->args[0]));
    int status = cli_perform(c, "resume", request, &reply);
    if (status != CLI_OK)
        return status;
    if (!jx_bool(reply, "was_paused", false)) {
        cli_note(c, "%s was not paused (splintarr get pauses)", c->args[0]);
        return CLI_NEGATIVE;
    }
    cli_out(c, "Resumed %s.\n", c->args[0]);
    return CLI_OK;
}

static const struct flag pause_flags[] = {
    {"for", 0, FLAG_VALUE, "TIME", "resume by itself after this: 2h, 3d"},
    {"reason", 0, FLAG_VALUE, "TEXT", "why, for status and the audit log"},
    {0},
};

const struct command cmd_pause = {
    .name = "pause",
    .usage = "pause ADDRESS [--for TIME] [--reason TEXT]",
    .doc = "stop searching for a while, without touching the tree",
    .help =
        "ADDRESS is instance/NAME, queue/NAME, or queue/NAME@INSTANCE for one instance of a\n"
        "queue. A search under way ends; nothing new begins. `suspend: true` in the tree is the\n"
        "lasting form.\n"
        "\n"
        "  splintarr pause queue/tv-missing --for 2h --reason 'disk full'",
    .flags = pause_flags,
    .min_args = 1,
    .max_args = 1,
    .run = pause,
};

const struct command cmd_resume = {
    .name = "resume",
    .usage = "resume ADDRESS",
    .doc = "end a pause",
    .examples = "  splintarr resume queue/tv-missing\n"
                "  splintarr resume instance/sonarr-main",
    .min_args = 1,
    .max_args = 1,
    .run = resume,
};
