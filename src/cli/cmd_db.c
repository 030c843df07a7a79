/* cli/cmd_db.c — the database itself: is it whole, and where its key goes. */
#include <string.h>

#include "base/file.h"
#include "base/jx.h"
#include "base/seal.h"
#include "base/str.h"
#include "base/vec.h"
#include "cli/commands.h"
#include "cli/passphrase.h"
#include "cli/remote.h"

struct problems {
    VEC(char *) at;
};

static void problems_done(struct problems *p)
{
    for (size_t i = 0; i < p->at.n; i++)
        mem_free(p->at.at[i]);
    vec_done(&p->at);
}

static void take_problem(void *ctx, const char *problem)
{
    vec_push(&((struct problems *)ctx)->at, mem_strdup(problem));
}

static int report(const struct cli *c, const struct problems *p)
{
    if (cli_is_json(c)) {
        json_t *o = cli_object(), *list = json_array();
        jx_put(o, "ok", json_boolean(p->at.n == 0));
        for (size_t i = 0; i < p->at.n; i++)
            jx_push(list, jx_string(p->at.at[i]));
        jx_put(o, "problems", list);
        cli_out_json(c, o);
    } else {
        for (size_t i = 0; i < p->at.n; i++)
            cli_out(c, "%s\n", p->at.at[i]);
        if (p->at.n == 0)
            cli_out(c, "The database in '%s' is sound.\n", c->set.state);
    }
    return p->at.n == 0 ? CLI_OK : CLI_FAILED;
}

static int check(const struct cli *c)
{
    CLEANUP(store_closep) struct store *store = NULL;
    CLEANUP(problems_done) struct problems problems = {0};
    enum store_found found;
    struct err e;
    size_t n;
    if (!cli_store(c, STORE_READ, &store, &found, &e))
        return cli_fail(c, &e);
    if (found == STORE_ABSENT)
        return cli_no_state(c);
    if (!store_check(store, take_problem, &problems, &n, &e))
        return cli_fail(c, &e);
    return report(c, &problems);
}

/* ---- the key ---- */

static const char label[] = "database key";
enum { KEY_SIZE = 32 };

static char *key_path(const struct cli *c)
{
    return c->set.key_file ? mem_strdup(c->set.key_file) : mem_printf("%s/key", c->set.state);
}

/* The state remembers that its key was exported: a backup without it could not be restored. */
static int key_export(const struct cli *c)
{
    CLEANUP(freep) char *path = key_path(c);
    CLEANUP(secret_done) struct secret passphrase = {0};
    CLEANUP(buf_done) struct buf key = {0}, sealed = {0};
    CLEANUP(jx_decrefp) json_t *reply = NULL;
    struct err e;
    if (!passphrase_read(c, &passphrase, &e) || !file_read(path, KEY_SIZE, &key, &e))
        return cli_fail(c, &e);
    bool ok = seal_text(&passphrase, key.at, key.n, label, &sealed, &e);
    explicit_bzero(key.at, key.n);
    if (!ok)
        return cli_fail(c, &e);
    int status = cli_perform(c, "key_exported", json_object(), &reply);
    if (status != CLI_OK)
        return status;
    cli_out_buf(c, &sealed);
    cli_note(c, "keep it and its passphrase apart from the state; back with: splintarr db key "
                "import FILE --passphrase-file F");
    return CLI_OK;
}

static bool place_key(const struct cli *c, const struct secret *key, struct err *e)
{
    CLEANUP(freep) char *path = key_path(c);
    if (key->n != KEY_SIZE)
        return err_set(e, ERR_USAGE, "what was sealed is no key");
    if (file_exists(path))
        return err_set(e, ERR_REFUSED, "'%s' is there already and is not replaced", path);
    return file_make_dirs(c->set.state, 0700, e) &&
           file_write_atomic(path, key->value, key->n, 0600, e);
}

static int key_import(const struct cli *c)
{
    CLEANUP(secret_done) struct secret passphrase = {0}, key = {0};
    CLEANUP(buf_done) struct buf text = {0};
    struct err e;
    if (!passphrase_read(c, &passphrase, &e) || !file_read(c->args[2], SEAL_MAX, &text, &e) ||
        !seal_open(&passphrase, text.at, label, &key, &e) || !place_key(c, &key, &e))
        return cli_fail(c, &e);
    cli_out(c, "The key is in place. splintarr db check\n");
    return CLI_OK;
}

static int run(struct cli *c)
{
    bool is_key = str_eq(c->args[0], "key") && c->n_args > 1;
    if (str_eq(c->args[0], "check") && c->n_args == 1)
        return check(c);
    if (is_key && str_eq(c->args[1], "export") && c->n_args == 2)
        return key_export(c);
    if (is_key && str_eq(c->args[1], "import") && c->n_args == 3)
        return key_import(c);
    return cli_failf(c, ERR_USAGE, "db what? check, key export or key import FILE");
}

static const struct flag flags[] = {PASSPHRASE_FLAG, {0}};

const struct command cmd_db = {
    .name = "db",
    .usage = "db check|key",
    .doc = "is the database whole? and its key, under a passphrase",
    .help =
        "  splintarr db check\n"
        "  splintarr db key export --passphrase-file F >splintarr-key.txt\n"
        "  splintarr db key import splintarr-key.txt --passphrase-file F\n"
        "\n"
        "check reads every page and proves its HMAC, then keys and schema. Without its key the\n"
        "state is worth nothing: keep an exported one elsewhere.",
    .formats = "json",
    .flags = flags,
    .min_args = 1,
    .max_args = 3,
    .run = run,
};
