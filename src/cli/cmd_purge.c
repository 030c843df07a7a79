/* cli/cmd_purge.c — ends the archive period of a removed resource. */
#include "base/jx.h"
#include "cli/commands.h"
#include "cli/prompt.h"
#include "cli/remote.h"
#include "plan/purge.h"

static bool is_agreed(const struct cli *c, const struct purge_target *t, int *ret_exit)
{
    char since[UTC_TEXT], until[UTC_TEXT];
    if (!cli_is_json(c))
        cli_out(c, "%s, removed %s, is kept until %s%s.\n", t->address,
                utc_format_local(t->archived, since), utc_format_local(t->retained_until, until),
                t->kind == KIND_INSTANCE ? " with its library and history" : "");
    if (cli_has(c, "yes"))
        return true;
    bool may_ask = c->may_ask && !cli_is_json(c);
    if (may_ask && prompt_yes("Forget it for good? [y/N]"))
        return true;
    *ret_exit = cli_failf(c, ERR_REFUSED,
                          may_ask ? "not confirmed; nothing was purged"
                                  : "nobody to ask here; nothing was purged (--yes purges without "
                                    "asking)");
    return false;
}

static int look(const struct cli *c, struct arena *arena, struct purge_target *ret)
{
    CLEANUP(store_closep) struct store *store = NULL;
    enum store_found found;
    struct err e;
    if (!cli_store(c, STORE_READ, &store, &found, &e))
        return cli_fail(c, &e);
    if (!store)
        return cli_no_state(c);
    return purge_find(store, c->args[0], arena, ret, &e) ? CLI_OK : cli_fail(c, &e);
}

static json_t *request_of(const struct cli *c, const struct purge_target *t)
{
    json_t *o = json_object();
    jx_put(o, "address", jx_string(t->address));
    jx_put(o, "reason", jx_string(cli_flag(c, "reason")));
    return o;
}

static void say_done(const struct cli *c, const struct purge_target *t)
{
    if (!cli_is_json(c)) {
        cli_out(c, "Purged %s.\n", t->address);
        return;
    }
    json_t *o = cli_object();
    jx_put(o, "purged", jx_string(t->address));
    cli_out_json(c, o);
}

static int run(struct cli *c)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    CLEANUP(jx_decrefp) json_t *done = NULL;
    struct purge_target target;
    int status = look(c, arena, &target);
    if (status != CLI_OK || !is_agreed(c, &target, &status))
        return status;
    status = cli_perform(c, "purge", request_of(c, &target), &done);
    if (status == CLI_OK)
        say_done(c, &target);
    return status;
}

/* clang-format off */
static const struct flag flags[] = {
    {"yes",    'y', FLAG_BOOL,  NULL,   "purge without asking"},
    {"reason", 0,   FLAG_VALUE, "TEXT", "why, for the audit log"},
    {0},
};
/* clang-format on */

const struct command cmd_purge = {
    .name = "purge",
    .usage = "purge NAME|ADDRESS",
    .doc = "forget a removed resource before its retention ends",
    .help =
        "Removed resources are kept for `prune.retain` and come back with their history when\n"
        "declared again (splintarr get KIND --archived lists them). This ends that at once; of\n"
        "an instance the library and history go, too. Revisions it was part of cannot be gone\n"
        "back to afterwards. Live ones are refused.",
    .examples = "  splintarr purge queue/old",
    .formats = "json",
    .flags = flags,
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
