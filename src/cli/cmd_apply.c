/* cli/cmd_apply.c — makes the tree the applied configuration. The plan is shown and confirmed on a
 * read-only look at the state; the lock is taken only for the write itself. */
#include <sys/stat.h>

#include "base/jx.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/confirm.h"
#include "cli/planning.h"
#include "cli/remote.h"
#include "cli/wait.h"
#include "engine/expired.h"
#include "plan/gitdir.h"
#include "plan/saved.h"

/* What was asked for. */
struct request {
    struct plan_options options;
    struct saved *saved; /* --plan, or NULL */
    const char *root;
    bool ignores_git;
    ms_t wait; /* 0: not at all */
};

static void request_done(struct request *r)
{
    saved_freep(&r->saved);
}

/* A saved plan knows its tree and how it was made. */
static bool read_saved(const struct cli *c, struct request *ret, struct err *e)
{
    static const char *const others[] = {"no-prune", "dry-run"};
    for (size_t i = 0; i < COUNT(others); i++)
        if (cli_has(c, others[i]))
            return err_set(e, ERR_USAGE, "--%s makes another plan than the saved one: leave it out",
                           others[i]);
    if (!saved_load(cli_flag(c, "plan"), &ret->saved, e))
        return false;
    ret->options.no_prune = saved_no_prune(ret->saved);
    if (c->n_args == 0)
        ret->root = saved_root(ret->saved);
    return true;
}

static bool read_request(const struct cli *c, struct request *ret, struct err *e)
{
    ret->root = cli_root(c, 0);
    ret->ignores_git = cli_has(c, "ignore-source-busy");
    if (ret->ignores_git && !c->may_ask)
        return err_set(e, ERR_REFUSED, "--ignore-source-busy is for a person at a terminal");
    return wait_read(c, &ret->wait, e) && confirm_options(c, &ret->options, e) &&
           (!cli_has(c, "plan") || read_saved(c, ret, e));
}

/* The revision that keeps running, to end the message about an invalid tree with. */
static char *closing_of(const struct cli *c)
{
    struct store *store = NULL;
    enum store_found found;
    struct err e;
    struct revision r = {0};
    if (cli_store(c, STORE_READ, &store, &found, &e) && store && !revision_latest(store, &r, &e))
        r.rev = 0;
    store_close(store);
    int64_t rev = r.rev;
    revision_done(&r);
    return rev ? mem_printf("nothing applied. Revision %lld keeps running.", (long long)rev)
               : mem_strdup("nothing applied.");
}

static int invalid(const struct cli *c, const struct planning *p)
{
    CLEANUP(freep) char *closing = closing_of(c);
    return planning_invalid(c, &p->tree, closing);
}

/* ---- applying ---- */

static const char *const done_keys[] = {"revision", "added", "changed", "removed", "took_ms"};

static void say_applied(const struct cli *c, const struct planning *p, const json_t *done)
{
    if (cli_is_json(c)) {
        json_t *o = planning_json(p->plan, p->tree.diags), *applied = json_object();
        for (size_t i = 0; i < COUNT(done_keys); i++)
            jx_put(applied, done_keys[i], json_integer(jx_int(done, done_keys[i], 0)));
        jx_put(o, "applied", applied);
        cli_out_json(c, o);
        return;
    }
    cli_out(c, "\nApplied revision %lld in %lld ms: %lld added, %lld changed, %lld removed.\n",
            (long long)jx_int(done, "revision", 0), (long long)jx_int(done, "took_ms", 0),
            (long long)jx_int(done, "added", 0), (long long)jx_int(done, "changed", 0),
            (long long)jx_int(done, "removed", 0));
}

/* ---- by the daemon ---- */

static json_t *request_of(const struct cli *c, const struct planning *p, const struct request *r)
{
    struct stat st = {0};
    json_t *o = json_object();
    if (stat(r->root, &st) == 0) {
        jx_put(o, "dev", json_integer((json_int_t)st.st_dev));
        jx_put(o, "ino", json_integer((json_int_t)st.st_ino));
    }
    jx_put(o, "digest", jx_string(p->tree.tree.digest));
    jx_put(o, "revision", json_integer(plan_base_revision(p->plan)));
    jx_put(o, "reason", jx_string(cli_flag(c, "reason")));
    jx_put(o, "ignore_source_busy", json_boolean(r->ignores_git));
    jx_put(o, "source_revision", jx_string(cli_flag(c, "source-revision")));
    jx_put(o, "source_author", jx_string(cli_flag(c, "source-author")));
    jx_put(o, "no_prune", json_boolean(r->options.no_prune));
    if (r->options.allow_prune)
        jx_put(o, "allow_prune", json_integer(r->options.allowed_removals));
    return o;
}

/* ---- here, under the lock ---- */

/* Once more under the lock. The first application of all has made the state and its key just now:
 * its fingerprints are new, so that only its looks were compared. */
static bool is_still_saved(const struct request *r, const struct plan *p, struct err *e)
{
    return !r->saved || plan_base_revision(p) == 0 || saved_check(r->saved, p, e);
}

static bool apply_here(const struct cli *c, struct planning *p, const struct request *r,
                       json_t *done, struct err *e)
{
    int64_t base = plan_base_revision(p->plan);
    struct plan_applied n;
    ms_t start = clock_mono(c->clock);
    if (!planning_make(c, p, r->root, STORE_CREATE, &r->options, e))
        return false;
    if (plan_base_revision(p->plan) != base)
        return err_set(e, ERR_CONFLICT,
                       "someone applied revision %lld meanwhile; look at splintarr diff again",
                       (long long)plan_base_revision(p->plan));
    CLEANUP(freep) char *actor = cli_actor();
    const struct expired_look ended = {.store = p->store, .now = clock_utc(c->clock)};
    utc_t next;
    if (!is_still_saved(r, p->plan, e) || !expired_tell(&ended, &next, e) ||
        !plan_apply(p->plan, p->store, actor, cli_flag(c, "reason"), &n, e))
        return false;
    const int64_t values[COUNT(done_keys)] = {n.revision, (int64_t)n.added, (int64_t)n.changed,
                                              (int64_t)n.removed, clock_mono(c->clock) - start};
    for (size_t i = 0; i < COUNT(done_keys); i++)
        jx_put(done, done_keys[i], json_integer(values[i]));
    return true;
}

static int apply(const struct cli *c, struct planning *p, const struct request *r)
{
    CLEANUP(remote_closep) struct remote *daemon = NULL;
    CLEANUP(jx_decrefp) json_t *done = json_object();
    struct err e = {0};
    int status = CLI_OK;
    if (!remote_open(c, &daemon, &e))
        return cli_fail(c, &e);
    json_t *told = NULL;
    bool ok = daemon
                  ? remote_ask(daemon, "apply", request_of(c, p, r), NULL, NULL, &told, &status, &e)
                  : apply_here(c, p, r, done, &e);
    if (told) {
        json_object_update(done, told);
        json_decref(told);
    }
    if (!ok)
        return cli_fail(c, &e);
    if (status == CLI_OK)
        say_applied(c, p, done);
    return status == CLI_OK && r->wait ? wait_ready(c, r->wait) : status;
}

/* A half-done rebase is not what anybody means; --yes does not override it. */
static bool check_git(const struct request *r, struct err *e)
{
    CLEANUP(gitdir_done) struct gitdir g = {0};
    char busy[GIT_BUSY];
    if (!gitdir_find(r->root, &g) || !gitdir_busy(&g, busy) || r->ignores_git)
        return true;
    return err_set(e, ERR_CONFLICT, "%s; nothing was applied (--ignore-source-busy, on a terminal)",
                   busy);
}

/* Looks at the state. One that an older version made, or a first application that died half way, is
 * brought up to date by opening it for writing; nobody else tells how. */
static bool look(const struct cli *c, struct planning *p, const struct request *r, struct err *e)
{
    CLEANUP(store_closep) struct store *writer = NULL;
    enum store_found found;
    if (planning_make(c, p, r->root, STORE_READ, &r->options, e))
        return true;
    if (e->code != ERR_DB || !cli_store(c, STORE_WRITE, &writer, &found, e))
        return false;
    writer = store_close(writer);
    return planning_make(c, p, r->root, STORE_READ, &r->options, e);
}

/* Loads the tree and plans it; CLI_OK to go on. */
static int plan(const struct cli *c, struct planning *p, const struct request *r)
{
    struct err e;
    if (!check_git(r, &e) || !cli_tree_load(c, r->root, &p->tree, &e) || !check_git(r, &e))
        return cli_fail(c, &e);
    if (!p->tree.tree.has_marker)
        return cli_failf(c, ERR_REFUSED,
                         "'%s' has no splintarr.yaml with 'version: 1': is the right directory "
                         "mounted there? nothing was applied",
                         r->root);
    if (!p->tree.config)
        return invalid(c, p);
    if (!look(c, p, r, &e) || (r->saved && !saved_check(r->saved, p->plan, &e)))
        return cli_fail(c, &e);
    return CLI_OK;
}

static int run(struct cli *c)
{
    CLEANUP(planning_done) struct planning p = {0};
    CLEANUP(request_done) struct request r = {0};
    struct err e;
    if (!read_request(c, &r, &e))
        return cli_fail(c, &e);
    if (cli_has(c, "dry-run"))
        return planning_diff(c, &r.options);
    int status = plan(c, &p, &r);
    if (status != CLI_OK)
        return status;
    bool is_in_sync = plan_status(p.plan) == PLAN_IN_SYNC && !plan_pin(p.plan);
    if (!cli_is_json(c) || is_in_sync || plan_held(p.plan))
        planning_show(c, p.plan, p.tree.diags);
    if (is_in_sync)
        status = r.wait ? wait_ready(c, r.wait) : CLI_OK;
    else
        status = confirm_plan(c, p.plan, cli_has(c, "yes") || r.saved, &r.options);
    if (!is_in_sync && status == CLI_OK)
        status = apply(c, &p, &r);
    return planning_domains(c, &p, status, CLI_REFUSED);
}

/* clang-format off */
static const struct flag flags[] = {
    CONFIRM_FLAGS,
    {"plan",        0,   FLAG_VALUE, "PLAN", "apply exactly this plan, saved by  diff --out;  exit 6 when it is stale"},
    {"no-prune",    0,   FLAG_BOOL,  NULL,   "remove nothing; what is no longer declared stays"},
    {"ignore-source-busy", 0, FLAG_BOOL, NULL, "although git is in the middle of something; on a terminal only"},
    {"source-revision", 0, FLAG_VALUE, "COMMIT", "which commit a tree without .git is, for the record"},
    {"source-author",   0, FLAG_VALUE, "WHO",    "and whose"},
    {"wait",        0,   FLAG_OPTIONAL, "30s", "afterwards, until everything is ready; exit 1 when it is not"},
    {"dry-run",     0,   FLAG_BOOL,  NULL,   "the same as diff"},
    {"full",        0,   FLAG_BOOL,  NULL,   "show unchanged fields and defaults too"},
    {0},
};
/* clang-format on */

const struct command cmd_apply = {
    .name = "apply",
    .usage = "apply [DIR]",
    .doc = "make the tree the applied configuration, in one transaction",
    .help =
        "Shows the plan and asks; --yes applies without asking. All of the plan is applied or\n"
        "nothing; only tenants/NAME/ stands alone: with errors it stays as it was, the rest is\n"
        "applied, exit 3. Removed resources keep their history for `prune.retain` and come\n"
        "back when declared again. A plan that removes suspiciously much is held: exit 5, with\n"
        "the command that releases it. A saved plan is applied without asking, if tree, state and\n"
        "plan are still the same. The first apply creates the state and its key.",
    .examples =
        "  splintarr apply                     shows the plan and asks\n"
        "  splintarr apply --yes --wait=60s    for scripts: until everything is ready, or stalls\n"
        "  splintarr apply --plan change.plan  exactly what 'diff --out change.plan' showed",
    .formats = "json",
    .flags = flags,
    .max_args = 1,
    .run = run,
};
