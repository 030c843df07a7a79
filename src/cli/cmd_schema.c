/* cli/cmd_schema.c — what the files of a tree may say: JSON Schema for editors, a manual for
 * people. */
#include "cli/commands.h"
#include "cli/man.h"
#include "model/config.h"
#include "search/search.h"

static void add_reasons(struct buf *ret)
{
    buf_puts(ret, "\n## Reason codes\n\nWhy a run or an item was not searched, in the order of the "
                  "gates.\n\n| code | |\n|---|---|\n");
    for (int r = 0; r < REASON_N; r++)
        buf_printf(ret, "| `%s` | %s |\n", reason_name((enum reason)r),
                   reason_sentence((enum reason)r));
}

static int print_man(const struct cli *c, const char *manual)
{
    CLEANUP(buf_done) struct buf page;
    buf_init(&page, BUF_TEXT);
    man_of_manual(manual, &page);
    cli_out_buf(c, &page);
    return CLI_OK;
}

static int run(struct cli *c)
{
    if (!cli_has(c, "manual") && !cli_has(c, "man")) {
        cli_out_json(c, schema_json());
        return CLI_OK;
    }
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BUF_TEXT);
    manual_text(&text);
    add_reasons(&text);
    if (cli_has(c, "man"))
        return print_man(c, text.at);
    cli_out_buf(c, &text);
    return CLI_OK;
}

static const struct flag flags[] = {
    {.name = "manual",
     .type = FLAG_BOOL,
     .doc = "the same as a manual in Markdown, with all codes"},
    {.name = "man", .type = FLAG_BOOL, .doc = "that manual as a man page, splintarr.yaml(5)"},
    {0},
};

const struct command cmd_schema = {
    .name = "schema",
    .usage = "schema [--manual|--man]",
    .doc = "JSON Schema of the files, for editors",
    .help = "Put it where the first line of your files points:\n"
            "  splintarr schema > .splintarr/schema.json\n"
            "  # yaml-language-server: $schema=./.splintarr/schema.json",
    .formats = "json",
    .flags = flags,
    .run = run,
};
