/* cli/cmd_secret.c — stored secrets: set, list, rm, check, import. A value comes from the terminal
 * without echo or from standard input, never from the command line, and never goes out again. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/jx.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/prompt.h"
#include "cli/table.h"
#include "plan/plan.h"
#include "plan/prints.h"
#include "store/resources.h"

enum { NAME_MAX_BYTES = 63, IMPORT_MAX = 1024 * 1024 };

/* [a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?, once or twice with a slash between: "alice/name". */
static bool is_name_part(const char *s, size_t n)
{
    if (n == 0 || n > NAME_MAX_BYTES || s[0] == '-' || s[n - 1] == '-')
        return false;
    return strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-") >= n;
}

static bool check_name(const char *name, struct err *e)
{
    const char *slash = strchr(name, '/');
    bool ok = slash ? is_name_part(name, (size_t)(slash - name)) &&
                          is_name_part(slash + 1, strlen(slash + 1))
                    : is_name_part(name, strlen(name));
    return ok || err_set(e, ERR_USAGE,
                         "a secret's name has lower-case letters, digits and '-', at most 63: "
                         "sonarr-main-key");
}

static bool write_audit(const struct cli *c, struct store *store, const char *action,
                        const char *name, struct err *e)
{
    CLEANUP(freep) char *actor = cli_actor();
    CLEANUP(freep) char *address = mem_printf("secret/%s", name);
    const struct audit row = {
        .at = clock_utc(c->clock),
        .actor = actor,
        .action = action,
        .address = address,
        .detail = "",
    };
    return audit_add(store, &row, e);
}

/* ---- set ---- */

static bool read_value(const struct cli *c, const char *name, struct secret *ret, struct err *e)
{
    if (!c->may_ask)
        return prompt_stdin(ret, e);
    CLEANUP(freep) char *question = mem_printf("Value of '%s' (not shown):", name);
    return prompt_hidden(question, ret, e);
}

static int secret_set_command(const struct cli *c)
{
    CLEANUP(secret_done) struct secret value = {0};
    CLEANUP(store_closep) struct store *store = NULL;
    CLEANUP(tx_done) struct tx tx = {0};
    enum store_found found;
    struct err e;
    const char *name = c->args[1];
    if (!check_name(name, &e) || !read_value(c, name, &value, &e) ||
        !cli_store(c, STORE_CREATE, &store, &found, &e) || !tx_begin(store, &tx, &e) ||
        !secret_put(store, name, &value, &e) || !write_audit(c, store, "secret_set", name, &e) ||
        !tx_commit(&tx, &e))
        return cli_fail(c, &e);
    cli_out(c, "Stored the secret '%s'. Refer to it as {secret: %s}.\n", name, name);
    return CLI_OK;
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

static void show_table(const struct cli *c, const struct table *t)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BUF_TEXT);
    table_text(t, &text);
    cli_out_buf(c, &text);
}

static void show_items(const struct cli *c, json_t *items)
{
    json_t *o = cli_object();
    jx_put(o, "items", json_incref(items));
    cli_out_json(c, o);
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
    if (cli_is_json(c))
        show_items(c, l.items);
    else if (table_rows(&l.table) == 0)
        cli_out(c, "No secret is stored. splintarr secret set NAME stores one.\n");
    else
        show_table(c, &l.table);
    return CLI_OK;
}

/* ---- rm ---- */

/* The address of an applied resource that needs the secret; NULL when none does. Caller frees. */
static char *find_user(struct store *store, const char *name)
{
    CLEANUP(config_freep) struct config *config = NULL;
    struct err e;
    if (!plan_applied_config(store, &config, &e))
        return NULL;
    for (size_t i = 0; i < config_n(config); i++) {
        const struct resource *r = config_at(config, i);
        struct secret_fields fields;
        secret_fields_of(r->kind, r->name, r->canonical, config_arena(config), &fields);
        for (size_t k = 0; k < fields.n; k++)
            if (fields.at[k].ref.source == SECRET_STORED && str_eq(fields.at[k].ref.ref, name))
                return mem_printf("%s/%s", kind_names[r->kind], r->name);
    }
    return NULL;
}

static bool is_stored(struct store *store, const char *name)
{
    CLEANUP(secret_done) struct secret value = {0};
    bool found = false;
    struct err e;
    return secret_get(store, name, &value, &found, &e) && found;
}

static int remove_secret(const struct cli *c, struct store *store, const char *name)
{
    CLEANUP(tx_done) struct tx tx = {0};
    bool found = false;
    struct err e;
    if (!tx_begin(store, &tx, &e) || !secret_remove(store, name, &found, &e) ||
        (found && !write_audit(c, store, "secret_rm", name, &e)) || !tx_commit(&tx, &e))
        return cli_fail(c, &e);
    if (found)
        cli_out(c, "Removed the secret '%s'.\n", name);
    else
        cli_note(c, "there is no secret '%s' (splintarr secret list)", name);
    return found ? CLI_OK : CLI_NEGATIVE;
}

static int secret_rm_command(const struct cli *c)
{
    CLEANUP(store_closep) struct store *store = NULL;
    enum store_found found;
    struct err e;
    const char *name = c->args[1];
    if (!check_name(name, &e) || !cli_store(c, STORE_WRITE, &store, &found, &e))
        return cli_fail(c, &e);
    if (found == STORE_ABSENT)
        return cli_no_state(c);
    CLEANUP(freep) char *user = is_stored(store, name) ? find_user(store, name) : NULL;
    if (user && !cli_has(c, "yes"))
        return cli_failf(c, ERR_REFUSED, "%s uses the secret '%s'; --yes removes it anyway", user,
                         name);
    return remove_secret(c, store, name);
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
    if (cli_is_json(c))
        show_items(c, out.items);
    else if (table_rows(&out.table) > 0)
        show_table(c, &out.table);
    else
        cli_out(c, "The tree refers to no secrets.\n");
    return x.n_missing == 0 ? CLI_OK : CLI_NEGATIVE;
}

/* ---- import ---- */

static bool import_entries(const struct cli *c, struct store *store, const struct ynode *map,
                           struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    if (!tx_begin(store, &tx, e))
        return false;
    for (size_t i = 0; i < map->n; i++) {
        CLEANUP(secret_done) struct secret value = {0};
        const char *name = map->entries[i].key->text, *text = map->entries[i].value->text;
        secret_set(&value, text, strlen(text));
        if (!secret_put(store, name, &value, e) || !write_audit(c, store, "secret_set", name, e))
            return false;
    }
    return tx_commit(&tx, e);
}

static bool check_entries(const struct ynode *map, struct err *e)
{
    if (map->type != Y_MAP || map->n == 0)
        return err_set(e, ERR_USAGE, "a map is expected: one line 'name: value' for each secret");
    for (size_t i = 0; i < map->n; i++) {
        const struct ynode *value = map->entries[i].value;
        if (!check_name(map->entries[i].key->text, e))
            return err_in(e, "line %d", map->entries[i].key->at.line);
        if (value->type != Y_SCALAR || !*value->text)
            return err_set(e, ERR_USAGE, "line %d: the value must be a non-empty text",
                           value->at.line);
    }
    return true;
}

static bool read_import(const char *from, struct secret *ret, struct err *e)
{
    if (str_eq(from, "-"))
        return prompt_stdin(ret, e);
    CLEANUP(buf_done) struct buf b = {0};
    if (!file_read(from, IMPORT_MAX, &b, e))
        return false;
    secret_set(ret, b.at, b.n);
    explicit_bzero(b.at, b.n);
    return true;
}

static int secret_import_command(const struct cli *c)
{
    CLEANUP(secret_done) struct secret text = {0};
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    CLEANUP(diags_freep) struct diags *diags = diags_new();
    CLEANUP(store_closep) struct store *store = NULL;
    struct ybudget budget = {0};
    enum store_found found;
    struct err e;
    if (!read_import(c->args[1], &text, &e))
        return cli_fail(c, &e);
    const struct ynode *map = ydoc_parse(arena, c->args[1], text.value, text.n, &budget, diags);
    if (!map || diags_errors(diags) > 0) /* the text is secret: its findings quote it */
        return cli_failf(c, ERR_USAGE, "line %d: this is not the YAML of a map of names to values",
                         diags_n(diags) ? diags_at(diags, 0)->at.line : 1);
    if (!check_entries(map, &e) || !cli_store(c, STORE_CREATE, &store, &found, &e) ||
        !import_entries(c, store, map, &e))
        return cli_fail(c, &e);
    cli_out(c, "Stored %zu secret%s.\n", map->n, map->n == 1 ? "" : "s");
    return CLI_OK;
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
        "                        sops -d secrets.enc.yaml | splintarr secret import -",
    .formats = "json",
    .flags = flags,
    .min_args = 1,
    .max_args = 2,
    .is_secretive = true,
    .run = run,
};
