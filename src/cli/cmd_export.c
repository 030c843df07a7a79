/* cli/cmd_export.c — what was applied, as a file of a tree. Reads the state, no tree;
 * secrets come out only sealed. */
#include <string.h>

#include "base/jx.h"
#include "base/seal.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/library_file.h"
#include "cli/passphrase.h"
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

/* ---- stored secrets, sealed ---- */

struct gathering {
    struct store *store;
    json_t *values;
    bool is_broken;
    struct err err;
};

static void gather(void *ctx, const struct stored_secret *x)
{
    struct gathering *g = ctx;
    CLEANUP(secret_done) struct secret value = {0};
    bool found = false;
    g->is_broken = g->is_broken || !secret_get(g->store, x->name, &value, &found, &g->err);
    json_t *text = found ? json_stringn(value.value, value.n) : NULL;
    if (text)
        jx_put(g->values, x->name, text);
}

/* As comments behind the document: one file holds both, and any reader of YAML skips them. */
static void print_commented(const struct cli *c, const char *text)
{
    for (const char *line = text; *line;) {
        size_t n = strcspn(line, "\n");
        cli_out(c, "# %.*s\n", (int)n, line);
        line += n + (line[n] == '\n');
    }
}

static bool print_secrets(const struct cli *c, struct store *store, struct err *e)
{
    CLEANUP(secret_done) struct secret passphrase = {0};
    CLEANUP(jx_decrefp) json_t *values = json_object();
    CLEANUP(buf_done) struct buf sealed = {0};
    struct gathering g = {.store = store, .values = values};
    if (!passphrase_read(c, &passphrase, e) || !secrets_each(store, gather, &g, e))
        return false;
    if (g.is_broken) {
        *e = g.err;
        return false;
    }
    CLEANUP(freep) char *plain = jx_canonical(values);
    bool ok = seal_text(&passphrase, plain, strlen(plain), SECRETS_LABEL, &sealed, e);
    explicit_bzero(plain, strlen(plain));
    if (ok)
        print_commented(c, sealed.at);
    return ok;
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
    if (cli_has(c, "with-secrets") && !print_secrets(c, store, &e))
        return cli_fail(c, &e);
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
    if (cli_has(c, "with-secrets") && (cli_is_json(c) || !cli_flag(c, "passphrase-file")))
        return cli_failf(c, ERR_USAGE,
                         "--with-secrets seals them behind the YAML: it needs --passphrase-file F, "
                         "and JSON has no place for them");
    if (!cli_store(c, STORE_READ, &store, &found, &e))
        return cli_fail(c, &e);
    if (!store)
        return cli_no_state(c);
    return c->n_args > 0 && str_eq(c->args[0], "library") ? library_file_print(c, store)
                                                          : export_from(c, store);
}

static const struct flag flags[] = {
    {"with-secrets", 0, FLAG_BOOL, NULL, "the stored secrets, too, sealed under a passphrase"},
    PASSPHRASE_FLAG,
    {"tenant", 0, FLAG_VALUE, "NAME", "what belongs to this tenant, for a file of his"},
    {0},
};

const struct command cmd_export = {
    .name = "export",
    .usage = "export [ADDRESS | library]",
    .doc = "print what was applied as a file of a tree; secrets only sealed",
    .help =
        "As YAML, or with -o json as JSON, which a tree may hold as well. Secrets stay the\n"
        "references they are. Into an empty directory:\n"
        "  splintarr export >DIR/splintarr.yaml\n"
        "gives a tree that differs in nothing; what belongs to tenants goes into files of their\n"
        "own (--tenant). --with-secrets adds the stored secrets as a sealed comment, which\n"
        "  splintarr secret import FILE --passphrase-file F\n"
        "puts into another state. With an address it is a file for a tree that has its marker "
        "already.\n"
        "library: the libraries of all instances instead, as lines of JSON, with what was "
        "searched\n"
        "of them: for 'splintarr simulate --from FILE'.",
    .formats = "yaml json",
    .flags = flags,
    .max_args = 1,
    .run = run,
};
