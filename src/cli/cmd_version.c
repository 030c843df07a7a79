/* cli/cmd_version.c — which splintarr this is. */

#include "base/jx.h"
#include "cli/commands.h"
#include "cli/version.h"

#ifndef SPL_VERSION
#define SPL_VERSION "unknown"
#endif

const char *version_text(void)
{
    return SPL_VERSION;
}

static int run(struct cli *c)
{
    if (!cli_is_json(c)) {
        cli_out(c, "splintarr %s\n", version_text());
        return CLI_OK;
    }
    json_t *o = cli_object();
    jx_put(o, "splintarr_version", jx_string(version_text()));
    cli_out_json(c, o);
    return CLI_OK;
}

const struct command cmd_version = {
    .name = "version",
    .usage = "version",
    .doc = "which splintarr this is",
    .formats = "json",
    .run = run,
};
