/* cli/common.c — what most commands need: the tree, the state, secrets, who is asking. */
#include <stdio.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "cli/cli.h"
#include "cli/remote.h"
#include "model/diag.h"

const char *cli_root(const struct cli *c, int i)
{
    return i < c->n_args ? c->args[i] : c->set.config;
}

static void note_created(const struct cli *c)
{
    CLEANUP(freep)
    char *key = c->set.key_file ? mem_strdup(c->set.key_file) : mem_printf("%s/key", c->set.state);
    cli_note(c,
             "created the state in '%s'; its key is '%s': keep a copy elsewhere, a backup is "
             "worth nothing without it",
             c->set.state, key);
}

bool cli_store(const struct cli *c, enum store_mode mode, struct store **ret,
               enum store_found *ret_found, struct err *e)
{
    const struct store_setup setup = {
        .dir = c->set.state, .key_file = c->set.key_file, .mode = mode, .clock = c->clock};
    if (!store_open(&setup, ret, ret_found, e))
        return err_in(e, "opening the state in '%s'", c->set.state);
    if (*ret_found == STORE_CREATED)
        note_created(c);
    return true;
}

int cli_no_state(const struct cli *c)
{
    return cli_failf(c, ERR_IO,
                     "there is no state in '%s' yet: 'splintarr apply' creates it, --state DIR "
                     "names another place",
                     c->set.state);
}

struct secrets *cli_secrets(const struct cli *c, struct store *store, const char *root)
{
    const struct secrets_setup setup = {
        .store = store,
        .root = root,
        .state_dir = c->set.state,
        .dirs = (const char *const *)c->set.secret_dirs,
        .is_outside = !c->command->is_daemon && remote_is_there(c),
    };
    return secrets_new(&setup);
}

void cli_tree_done(struct cli_tree *t)
{
    tree_done(&t->tree);
    t->config = config_free(t->config);
    t->diags = diags_free(t->diags);
}

bool cli_tree_load(const struct cli *c, const char *root, struct cli_tree *ret, struct err *e)
{
    CLEANUP(cli_tree_done) struct cli_tree t = {.diags = diags_new()};
    if (!tree_load(root, clock_utc(c->clock), &t.tree, &t.config, t.diags, e))
        return false;
    provenance_state(&t.tree.provenance, cli_flag(c, "source-revision"),
                     cli_flag(c, "source-author"));
    *ret = TAKE_STRUCT(t);
    return true;
}

/* Findings are sorted by file, so a change of file is a new one. */
static size_t count_files(const struct diags *d)
{
    const char *last = NULL;
    size_t n = 0;
    for (size_t i = 0; i < diags_n(d); i++) {
        const struct diag *x = diags_at(d, i);
        if (diag_severity(x->code) != SEVERITY_ERROR || str_eq(x->at.file, last))
            continue;
        last = x->at.file;
        n++;
    }
    return n;
}

int cli_invalid(const struct cli *c, const struct cli_tree *t, const char *closing)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BUF_TEXT);
    diags_text(t->diags, c->has_color, &text);
    fflush(stdout);
    size_t n = diags_errors(t->diags), n_files = count_files(t->diags);
    fprintf(stderr, "%s\n%zu error%s in %zu file%s%s%s\n", text.at, n, n == 1 ? "" : "s", n_files,
            n_files == 1 ? "" : "s", closing ? "; " : "", closing ? closing : "");
    return CLI_INVALID;
}

char *cli_actor(void)
{
    return mem_printf("cli:uid=%u", (unsigned)getuid());
}
