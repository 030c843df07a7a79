/* cli/cmd_rollback.c — makes an older revision the applied configuration again, and pins it: the
 * tree as it is now is set aside until it changes. */
#include "base/jx.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/confirm.h"
#include "cli/planning.h"
#include "cli/remote.h"
#include "engine/effects.h"
#include "plan/past.h"

struct going_back {
    struct cli_tree tree; /* as it is now; it may be invalid, that may be the reason */
    struct plan_options options;
    int64_t rev; /* 0: the one before */
    struct store *store;
    struct secrets *secrets;
    struct rollback rollback;
};

static void going_back_done(struct going_back *g)
{
    rollback_done(&g->rollback);
    secrets_free(g->secrets);
    store_close(g->store);
    cli_tree_done(&g->tree);
}

static const char *const done_keys[] = {"revision", "added", "changed", "removed"};

static bool read_request(const struct cli *c, struct going_back *g, struct err *e)
{
    const char *rev = c->n_args > 0 ? c->args[0] : NULL;
    if (rev && (!str_int(rev, &g->rev) || g->rev < 1))
        return err_set(e, ERR_USAGE, "'%.20s' is not the number of a revision", rev);
    return confirm_options(c, &g->options, e) && cli_tree_load(c, c->set.config, &g->tree, e);
}

/* Opens the state and plans the way back. */
static int make(const struct cli *c, struct going_back *g)
{
    enum store_found found;
    struct err e;
    if (!cli_store(c, STORE_READ, &g->store, &found, &e))
        return cli_fail(c, &e);
    if (!g->store)
        return cli_no_state(c);
    g->secrets = cli_secrets(c, g->store, c->set.config);
    if (!rollback_make(g->store, g->secrets, g->rev, g->tree.tree.digest, &g->options,
                       clock_utc(c->clock), &g->rollback, &e) ||
        !effects_take(g->rollback.plan, g->rollback.past.config, g->store, clock_utc(c->clock), &e))
        return cli_fail(c, &e);
    g->rev = g->rollback.past.state.revision;
    return CLI_OK;
}

static void say_done(const struct cli *c, const struct going_back *g, const json_t *done)
{
    if (cli_is_json(c)) {
        json_t *o = planning_json(g->rollback.plan, NULL), *applied = json_object();
        for (size_t i = 0; i < COUNT(done_keys); i++)
            jx_put(applied, done_keys[i], json_integer(jx_int(done, done_keys[i], 0)));
        jx_put(applied, "pinned", json_integer(g->rev));
        jx_put(o, "applied", applied);
        cli_out_json(c, o);
        return;
    }
    cli_out(c,
            "\nBack at revision %lld, applied as revision %lld: %lld added, %lld changed, %lld "
            "removed.\nPinned until the tree changes, or:  splintarr apply\n",
            (long long)g->rev, (long long)jx_int(done, "revision", 0),
            (long long)jx_int(done, "added", 0), (long long)jx_int(done, "changed", 0),
            (long long)jx_int(done, "removed", 0));
}

static json_t *request_of(const struct cli *c, const struct going_back *g)
{
    CLEANUP(freep) char *reason = mem_printf("rollback to %lld", (long long)g->rev);
    json_t *o = json_object();
    jx_put(o, "rev", json_integer(g->rev));
    jx_put(o, "digest", jx_string(g->tree.tree.digest));
    jx_put(o, "revision", json_integer(plan_base_revision(g->rollback.plan)));
    jx_put(o, "reason", jx_string(cli_has(c, "reason") ? cli_flag(c, "reason") : reason));
    if (g->options.allow_prune)
        jx_put(o, "allow_prune", json_integer(g->options.allowed_removals));
    return o;
}

static int apply(const struct cli *c, const struct going_back *g)
{
    CLEANUP(jx_decrefp) json_t *done = NULL;
    int status = cli_perform(c, "rollback", request_of(c, g), &done);
    if (status == CLI_OK)
        say_done(c, g, done);
    return status;
}

static int run(struct cli *c)
{
    CLEANUP(going_back_done) struct going_back g = {0};
    struct err e;
    if (!read_request(c, &g, &e))
        return cli_fail(c, &e);
    int status = make(c, &g);
    if (status != CLI_OK)
        return status;
    const struct plan *p = g.rollback.plan;
    if (!cli_is_json(c) || plan_held(p))
        planning_show(c, p, NULL);
    status = confirm_plan(c, p, cli_has(c, "yes"), &g.options);
    return status == CLI_OK ? apply(c, &g) : status;
}

static const struct flag flags[] = {
    CONFIRM_FLAGS,
    {"full", 0, FLAG_BOOL, NULL, "show unchanged fields too"},
    {0},
};

const struct command cmd_rollback = {
    .name = "rollback",
    .usage = "rollback [REV]",
    .doc = "make an older revision the applied configuration again, and pin it",
    .help =
        "Without REV: the revision before the newest. Shows the plan and asks; the guards of\n"
        "apply hold here, too. The files stay as they are: as long as they do, nothing but\n"
        "`splintarr apply` applies them again. Mend them in peace; a changed file ends the pin.",
    .examples = "  splintarr rollback           to the revision before\n"
                "  splintarr rollback 40 --yes",
    .formats = "json",
    .flags = flags,
    .max_args = 1,
    .run = run,
};
