/* cli/cmd_schema.c — the JSON Schema of the tree's files, for editors. */
#include "cli/commands.h"
#include "model/config.h"

static int run(struct cli *c)
{
    cli_out_json(c, schema_json());
    return CLI_OK;
}

const struct command cmd_schema = {
    .name = "schema",
    .usage = "schema",
    .doc = "JSON Schema of the files, for editors",
    .help = "Put it where the first line of your files points:\n"
            "  splintarr schema > .splintarr/schema.json\n"
            "  # yaml-language-server: $schema=./.splintarr/schema.json",
    .formats = "json",
    .run = run,
};
