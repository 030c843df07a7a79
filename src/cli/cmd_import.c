/* cli/cmd_import.c — an export, checked, as YAML on standard output. Never touches the state: what
 * is declared is declared in files. */
#include <string.h>

#include "base/file.h"
#include "base/jx.h"
#include "cli/commands.h"
#include "model/config.h"
#include "model/ywrite.h"

/* Lists that resources name lie beside a tree; an export has only their names. */
static void add_references(struct config *config)
{
    struct strlist names = {0};
    config_references(config, &names);
    for (size_t i = 0; i < names.n; i++)
        config_add_referenced(config, names.at[i], "", 0);
}

/* Findings as validate shows them; what stands in other files is not known here. */
static bool is_valid(const struct cli *c, const char *path, const struct buf *text, int *ret_exit)
{
    CLEANUP(config_freep) struct config *config = config_new();
    CLEANUP(cli_tree_done) struct cli_tree t = {.diags = diags_new()};
    const struct ynode *root =
        ydoc_parse(config_arena(config), path, text->at, text->n, config_budget(config), t.diags);
    bool is_whole = root && root->type == Y_MAP && ydoc_get(root, "version");
    if (root)
        config_add_file(config, is_whole ? "splintarr.yaml" : path, root, t.diags);
    if (!is_whole)
        config_set_unread(config, path);
    add_references(config);
    if (diags_errors(t.diags) == 0 && config_check(config, t.diags))
        return true;
    *ret_exit = cli_invalid(c, &t, "nothing printed");
    return false;
}

static int print(const struct cli *c, const struct buf *text)
{
    CLEANUP(jx_decrefp) json_t *document = NULL;
    CLEANUP(buf_done) struct buf yaml;
    struct err e;
    if (!jx_parse(text->at, text->n, &document, &e)) { /* it is YAML already: that was checked */
        cli_out_buf(c, text);
        return CLI_OK;
    }
    buf_init(&yaml, BUF_TEXT);
    ywrite_document(&yaml, document);
    cli_out_buf(c, &yaml);
    return CLI_OK;
}

static int run(struct cli *c)
{
    CLEANUP(buf_done) struct buf text = {0};
    const char *path = c->args[0];
    const char *slash = strrchr(path, '/');
    struct err e;
    int status;
    if (!file_read(path, YDOC_MAX_BYTES, &text, &e))
        return cli_fail(c, &e);
    return is_valid(c, slash ? slash + 1 : path, &text, &status) ? print(c, &text) : status;
}

const struct command cmd_import = {
    .name = "import",
    .usage = "import FILE",
    .doc = "check an export and print it as YAML, for a tree",
    .help = "  splintarr import export.json >splintarr.yaml\n"
            "\n"
            "Never writes state: put what it prints into a tree, look at splintarr diff, apply. "
            "Sealed\n"
            "secrets in it go in by splintarr secret import FILE --passphrase-file F.",
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
