/* cli/cmd_explain.c — what a kind or field means. All from the field tables. */
#include "cli/commands.h"
#include "model/config.h"

static int list_kinds(const struct cli *c)
{
    cli_out(c, "Kinds of resources:");
    for (int k = 0; k < KIND_N; k++)
        cli_out(c, " %s", kind_names[k]);
    cli_out(c, "\nsplintarr explain queue, splintarr explain queue.cooldown\n");
    return CLI_OK;
}

static int run(struct cli *c)
{
    if (c->n_args == 0)
        return list_kinds(c);
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BUF_TEXT);
    struct err e;
    if (!explain_text(c->args[0], &text, &e))
        return cli_fail(c, &e);
    cli_out_buf(c, &text);
    return CLI_OK;
}

const struct command cmd_explain = {
    .name = "explain",
    .usage = "explain [KIND[.FIELD]]",
    .doc = "what a kind or field means, its values and default",
    .max_args = 1,
    .run = run,
};
