/* cli/cmd_export.c — what was applied, as a file of a tree. Reads the state, no tree, no secret. */
#include "base/jx.h"
#include "base/str.h"
#include "cli/commands.h"
#include "model/ywrite.h"
#include "plan/export.h"

/* What else is needed to have the same configuration from it. */
static void say_missing(const struct cli *c, const struct applied_state *s, const json_t *document,
                        const struct export_wish *wish, struct arena *arena)
{
    struct strlist tenants = {0}, files = {0};
    export_tenants(s, arena, &tenants);
    export_references(document, arena, &files);
    for (size_t i = 0; !wish->address && !wish->tenant && i < tenants.n; i++)
        cli_note(c,
                 "what belongs to the tenant %s is not in it: splintarr export --tenant %s "
                 ">tenants/%s/all.yaml",
                 tenants.at[i], tenants.at[i], tenants.at[i]);
    for (size_t i = 0; i < files.n; i++)
        cli_note(c, "it refers to %s, which is not in it", files.at[i]);
}

static void print(const struct cli *c, json_t *document)
{
    CLEANUP(buf_done) struct buf b;
    if (cli_is_json(c)) {
        cli_out_json(c, json_incref(document));
        return;
    }
    buf_init(&b, BUF_TEXT);
    ywrite_document(&b, document);
    cli_out_buf(c, &b);
}

static int export_from(const struct cli *c, struct store *store)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    CLEANUP(applied_done) struct applied_state s = {0};
    CLEANUP(jx_decrefp) json_t *document = NULL;
    const struct export_wish wish = {.tenant = cli_flag(c, "tenant"),
                                     .address = c->n_args > 0 ? c->args[0] : NULL};
    struct err e;
    if (!applied_load(store, arena, &s, &e) || !export_document(&s, &wish, &document, &e))
        return cli_fail(c, &e);
    print(c, document);
    say_missing(c, &s, document, &wish, arena);
    return CLI_OK;
}

static int run(struct cli *c)
{
    CLEANUP(store_closep) struct store *store = NULL;
    enum store_found found;
    struct err e;
    if (c->n_args > 0 && cli_has(c, "tenant"))
        return cli_failf(c, ERR_USAGE, "an address says whose it is: leave --tenant out");
    if (!cli_store(c, STORE_READ, &store, &found, &e))
        return cli_fail(c, &e);
    return store ? export_from(c, store) : cli_no_state(c);
}

static const struct flag flags[] = {
    {"tenant", 0, FLAG_VALUE, "NAME", "what belongs to this tenant, for a file of his"},
    {0},
};

const struct command cmd_export = {
    .name = "export",
    .usage = "export [ADDRESS]",
    .doc = "print what was applied as a file of a tree, without secrets",
    .help =
        "As YAML, or with -o json as JSON, which a tree may hold as well. Secrets stay the\n"
        "references they are. Into an empty directory:\n"
        "  splintarr export >DIR/splintarr.yaml\n"
        "gives a tree that differs in nothing; what belongs to tenants goes into files of their\n"
        "own (--tenant). With an address it is a file for a tree that has its marker already.",
    .formats = "yaml json",
    .flags = flags,
    .max_args = 1,
    .run = run,
};
