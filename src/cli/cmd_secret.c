/* cli/cmd_secret.c — stored secrets: set, list, rm, check, import. A value comes from the terminal
 * without echo or from standard input, never from the command line, and never goes out again. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/jx.h"
#include "base/mem.h"
#include "base/seal.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/passphrase.h"
#include "cli/prompt.h"
#include "cli/remote.h"
#include "cli/table.h"
#include "plan/plan.h"
#include "plan/prints.h"
#include "store/resources.h"

/* A map of names to values; or a whole export, behind which they are sealed. */
enum { IMPORT_MAX = 128 * 1024, SEALED_MAX = 16 * 1024 * 1024 };

/* ---- set ---- */

static bool read_value(const struct cli *c, const char *name, struct secret *ret, struct err *e)
{
    if (!c->may_ask)
        return prompt_stdin(ret, e);
    CLEANUP(freep) char *question = mem_printf("Value of '%s' (not shown):", name);
    return prompt_hidden(question, ret, e);
}

static bool add_value(json_t *values, const char *name, const char *bytes, size_t n, struct err *e)
{
    json_t *value = json_stringn(bytes, n);
    if (!value)
        return err_set(e, ERR_USAGE, "the value of the secret '%s' is not text (UTF-8)", name);
    jx_put(values, name, value);
    return true;
}

static int store_values(const struct cli *c, json_t *values)
{
    CLEANUP(jx_decrefp) json_t *reply = NULL;
    json_t *request = json_object();
    jx_put(request, "values", values);
    return cli_perform(c, "secret_set", request, &reply);
}

static int secret_set_command(const struct cli *c)
{
    CLEANUP(secret_done) struct secret value = {0};
    CLEANUP(jx_decrefp) json_t *values = json_object();
    struct err e;
    const char *name = c->args[1];
    if (!read_value(c, name, &value, &e) || !add_value(values, name, value.value, value.n, &e))
        return cli_fail(c, &e);
    int status = store_values(c, json_incref(values));
    if (status == CLI_OK)
        cli_out(c, "Stored the secret '%s'. Refer to it as {secret: %s}.\n", name, name);
    return status;
}

/* ---- list ---- */

struct listing {
    struct table table;
    json_t *items;
};

static void listing_done(struct listing *l)
{
    table_done(&l->table);
    json_decref(l->items);
}

static void take_secret(void *ctx, const struct stored_secret *x)
{
    struct listing *l = ctx;
    char when[UTC_TEXT];
    table_cell(&l->table, x->name);
    table_cell(&l->table, utc_format_local(x->created, when));
    table_cell(&l->table, utc_format_local(x->changed, when));
    json_t *o = json_object();
    jx_put(o, "name", jx_string(x->name));
    jx_put(o, "created", jx_time(x->created));
    jx_put(o, "changed", jx_time(x->changed));
    jx_push(l->items, o);
}

static int secret_list_command(const struct cli *c)
{
    static const char *const headings[] = {"NAME", "CREATED", "CHANGED", NULL};
    CLEANUP(store_closep) struct store *store = NULL;
    CLEANUP(listing_done) struct listing l = {.items = json_array()};
    enum store_found found;
    struct err e;
    table_init(&l.table, headings);
    if (!cli_store(c, STORE_READ, &store, &found, &e))
        return cli_fail(c, &e);
    if (found == STORE_ABSENT)
        return cli_no_state(c);
    if (!secrets_each(store, take_secret, &l, &e))
        return cli_fail(c, &e);
    if (table_rows(&l.table) == 0 && !cli_is_json(c))
        cli_out(c, "No secret is stored. splintarr secret set NAME stores one.\n");
    else
        cli_out_list(c, l.items, &l.table);
    return CLI_OK;
}

/* ---- rm ---- */

static int secret_rm_command(const struct cli *c)
{
    CLEANUP(jx_decrefp) json_t *reply = NULL;
    json_t *request = json_object();
    const char *name = c->args[1];
    jx_put(request, "name", jx_string(name));
    jx_put(request, "force", json_boolean(cli_has(c, "yes")));
    int status = cli_perform(c, "secret_remove", request, &reply);
    if (status != CLI_OK)
        return status;
    if (!jx_bool(reply, "was_stored", false)) {
        cli_note(c, "there is no secret '%s' (splintarr secret list)", name);
        return CLI_NEGATIVE;
    }
    cli_out(c, "Removed the secret '%s'.\n", name);
    return CLI_OK;
}

/* ---- check ---- */

struct checking {
    const struct secrets *secrets;
    struct listing out;
    size_t n_missing;
};

static void check_one(struct checking *x, const struct resource *r, const struct secret_field *f)
{
    CLEANUP(secret_done) struct secret value = {0};
    struct err e = {0};
    bool found = secrets_resolve(x->secrets, &f->ref, &value, &e) == SECRET_FOUND;
    x->n_missing += !found;
    table_cellf(&x->out.table, "%s:%s", secret_source_names[f->ref.source], f->ref.ref);
    table_cellf(&x->out.table, "%s/%s %s", kind_names[r->kind], r->name, f->path);
    table_cell(&x->out.table, !found ? e.msg
                              : secrets_is_exposed(&f->ref)
                                  ? "ok, but others may read it: chmod 600"
                                  : "ok");
    json_t *o = json_object();
    jx_put(o, "source", jx_string(secret_source_names[f->ref.source]));
    jx_put(o, "ref", jx_string(f->ref.ref));
    jx_put(o, "kind", jx_string(kind_names[r->kind]));
    jx_put(o, "name", jx_string(r->name));
    jx_put(o, "path", jx_string(f->path));
    jx_put(o, "ok", json_boolean(found));
    jx_put(o, "message", jx_string(found ? NULL : e.msg));
    jx_push(x->out.items, o);
}

static void check_all(struct checking *x, struct config *config)
{
    for (size_t i = 0; i < config_n(config); i++) {
        const struct resource *r = config_at(config, i);
        struct secret_fields fields;
        secret_fields_of(r->kind, r->name, r->canonical, config_arena(config), &fields);
        for (size_t k = 0; k < fields.n; k++)
            check_one(x, r, &fields.at[k]);
    }
}

static int secret_check_command(const struct cli *c)
{
    static const char *const headings[] = {"REFERENCE", "USED BY", "RESULT", NULL};
    CLEANUP(cli_tree_done) struct cli_tree t = {0};
    CLEANUP(store_closep) struct store *store = NULL;
    enum store_found found;
    struct err e;
    const char *root = cli_root(c, 1);
    if (!cli_tree_load(c, root, &t, &e))
        return cli_fail(c, &e);
    if (!t.config)
        return cli_invalid(c, &t, NULL);
    if (!cli_store(c, STORE_READ, &store, &found, &e))
        return cli_fail(c, &e);
    struct secrets *secrets = cli_secrets(c, store, root);
    CLEANUP(listing_done) struct listing out = {.items = json_array()};
    table_init(&out.table, headings);
    struct checking x = {.secrets = secrets, .out = out};
    check_all(&x, t.config);
    secrets_free(secrets);
    out = x.out;
    if (table_rows(&out.table) == 0 && !cli_is_json(c))
        cli_out(c, "The tree refers to no secrets.\n");
    else
        cli_out_list(c, out.items, &out.table);
    return x.n_missing == 0 ? CLI_OK : CLI_NEGATIVE;
}

/* ---- import ---- */

static bool take_entries(const struct ynode *map, json_t *values, struct err *e)
{
    for (size_t i = 0; i < map->n; i++) {
        const char *name = map->entries[i].key->text, *text = map->entries[i].value->text;
        if (!add_value(values, name, text, strlen(text), e))
            return false;
    }
    return true;
}

static bool check_entries(const struct ynode *map, struct err *e)
{
    if (map->type != Y_MAP || map->n == 0)
        return err_set(e, ERR_USAGE, "a map is expected: one line 'name: value' for each secret");
    for (size_t i = 0; i < map->n; i++) {
        const struct ynode *value = map->entries[i].value;
        if (value->type != Y_SCALAR || !*value->text)
            return err_set(e, ERR_USAGE, "line %d: the value must be a non-empty text",
                           value->at.line);
    }
    return true;
}

static bool read_file(const char *from, size_t max, struct secret *ret, struct err *e)
{
    if (str_eq(from, "-"))
        return prompt_stdin(ret, e);
    CLEANUP(buf_done) struct buf b = {0};
    if (!file_read(from, max, &b, e))
        return false;
    secret_set(ret, b.at, b.n);
    explicit_bzero(b.at, b.n);
    return true;
}

static bool take_map(const struct cli *c, json_t *values, struct err *e)
{
    CLEANUP(secret_done) struct secret text = {0};
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    CLEANUP(diags_freep) struct diags *diags = diags_new();
    struct ybudget budget = {0};
    if (!read_file(c->args[1], IMPORT_MAX, &text, e))
        return false;
    const struct ynode *map = ydoc_parse(arena, c->args[1], text.value, text.n, &budget, diags);
    if (!map || diags_errors(diags) > 0) /* the text is secret: its findings quote it */
        return err_set(e, ERR_USAGE, "line %d: this is not the YAML of a map of names to values",
                       diags_n(diags) ? diags_at(diags, 0)->at.line : 1);
    return check_entries(map, e) && take_entries(map, values, e);
}

/* What `export --with-secrets` sealed: JSON, which keeps every character. */
static bool take_sealed(const struct cli *c, json_t *values, struct err *e)
{
    CLEANUP(secret_done) struct secret passphrase = {0}, sealed = {0}, text = {0};
    CLEANUP(jx_decrefp) json_t *map = NULL;
    if (!passphrase_read(c, &passphrase, e) || !read_file(c->args[1], SEALED_MAX, &sealed, e) ||
        !seal_open(&passphrase, sealed.value, SECRETS_LABEL, &text, e) ||
        !jx_parse(text.value, text.n, &map, e))
        return false;
    return json_object_update(values, map) == 0 ||
           err_set(e, ERR_USAGE, "what is sealed in '%s' is not a map of names to values",
                   c->args[1]);
}

static int secret_import_command(const struct cli *c)
{
    CLEANUP(jx_decrefp) json_t *values = json_object();
    struct err e = {0};
    bool is_sealed = cli_has(c, "passphrase-file");
    if (!(is_sealed ? take_sealed : take_map)(c, values, &e))
        return cli_fail(c, &e);
    size_t n = json_object_size(values);
    int status = n > 0 ? store_values(c, json_incref(values)) : CLI_OK;
    if (status == CLI_OK)
        cli_out(c, "Stored %zu secret%s.\n", n, n == 1 ? "" : "s");
    return status;
}

/* ---- dispatch ---- */

static const struct {
    const char *name, *usage;
    int min_args, max_args; /* with the verb itself */
    int (*run)(const struct cli *c);
} verbs[] = {
    {"set", "secret set NAME", 2, 2, secret_set_command},
    {"list", "secret list", 1, 1, secret_list_command},
    {"rm", "secret rm NAME", 2, 2, secret_rm_command},
    {"check", "secret check [DIR]", 1, 2, secret_check_command},
    {"import", "secret import FILE|-", 2, 2, secret_import_command},
};

static int run(struct cli *c)
{
    for (size_t i = 0; i < COUNT(verbs); i++) {
        if (!str_eq(verbs[i].name, c->args[0]))
            continue;
        if (c->n_args >= verbs[i].min_args && c->n_args <= verbs[i].max_args)
            return verbs[i].run(c);
        return cli_failf(c, ERR_USAGE, "splintarr %s%s", verbs[i].usage,
                         verbs[i].run == secret_set_command
                             ? "; the value is asked for, or read from standard input: on the "
                               "command line others could see it"
                             : "");
    }
    return cli_failf(c, ERR_USAGE, "secret what? set, list, rm, check or import");
}

static const struct flag flags[] = {
    {"yes", 'y', FLAG_BOOL, NULL, "rm: though an applied resource uses it"},
    PASSPHRASE_FLAG,
    {0},
};

const struct command cmd_secret = {
    .name = "secret",
    .usage = "secret set|list|rm|check|import",
    .doc = "stored secrets; values go in and never come out",
    .help =
        "  secret set NAME       asks for the value without showing it, or reads standard input\n"
        "  secret list           names and dates\n"
        "  secret rm NAME        refuses when an applied resource uses it\n"
        "  secret check [DIR]    which references of the tree resolve, and how to mend the others\n"
        "  secret import FILE|-  a YAML map of names to values:\n"
        "                        sops -d secrets.enc.yaml | splintarr secret import -\n"
        "                        with --passphrase-file: what export --with-secrets sealed",
    .formats = "json",
    .flags = flags,
    .min_args = 1,
    .max_args = 2,
    .is_secretive = true,
    .run = run,
};
