/* cli/cmd_diff.c — the tree against the state: what apply would change. Or against an older
 * revision, or two trees against each other. Creates nothing. */
#include "base/str.h"
#include "cli/commands.h"
#include "cli/planning.h"

static bool contradict(const struct cli *c, const char *a, const char *b, struct err *e)
{
    return !cli_has(c, a) || !cli_has(c, b) ||
           err_set(e, ERR_USAGE, "--%s and --%s contradict each other", a, b);
}

static bool check(const struct cli *c, struct err *e)
{
    if (cli_has(c, "to") && !cli_has(c, "from"))
        return err_set(e, ERR_USAGE, "--to needs --from:  splintarr diff --from A --to B");
    if (cli_has(c, "to") && c->n_args > 0)
        return err_set(e, ERR_USAGE, "--to and '%s' name two trees to compare with --from",
                       c->args[0]);
    return contradict(c, "against", "from", e) && contradict(c, "out", "from", e) &&
           contradict(c, "out", "against", e);
}

/* ---- two trees, offline: no state, no secrets ---- */

static void trees_done(struct cli_tree (*trees)[2])
{
    cli_tree_done(&(*trees)[0]);
    cli_tree_done(&(*trees)[1]);
}

static int compare(const struct cli *c, const struct cli_tree *from, const struct cli_tree *to)
{
    const struct plan_options options = {.from = from->config, .from_tree = &from->tree};
    CLEANUP(plan_freep) struct plan *p = NULL;
    struct err e;
    if (!plan_build(to->config, &to->tree, NULL, NULL, &options, clock_utc(c->clock), &p, &e))
        return cli_fail(c, &e);
    planning_show(c, p, to->diags);
    return planning_answer(c, p);
}

static int compare_trees(const struct cli *c)
{
    const char *const roots[] = {cli_flag(c, "from"),
                                 cli_has(c, "to") ? cli_flag(c, "to") : cli_root(c, 0)};
    CLEANUP(trees_done) struct cli_tree trees[2] = {0};
    struct err e;
    if (!planning_check_only(c, &e))
        return cli_fail(c, &e);
    for (size_t i = 0; i < COUNT(roots); i++) {
        if (!cli_tree_load(c, roots[i], &trees[i], &e))
            return cli_fail(c, &e);
        if (trees[i].config && diags_errors(trees[i].diags) == 0)
            continue;
        cli_note(c, "'%s' is invalid:", roots[i]);
        return planning_invalid(c, &trees[i], "nothing compared.");
    }
    return compare(c, &trees[0], &trees[1]);
}

static int run(struct cli *c)
{
    struct plan_options options = {0};
    const char *rev = cli_flag(c, "against");
    struct err e;
    if (!check(c, &e))
        return cli_fail(c, &e);
    if (cli_has(c, "from"))
        return compare_trees(c);
    if (rev && (!str_int(rev, &options.against) || options.against < 1))
        return cli_failf(c, ERR_USAGE, "'--against %.20s': the number of a revision", rev);
    return planning_diff(c, &options);
}

/* clang-format off */
static const struct flag flags[] = {
    {"full",      0, FLAG_BOOL,  NULL,      "show unchanged fields and defaults too"},
    {"only",      0, FLAG_VALUE, "ADDRESS", "show one resource (queue/tv) or kind (queues); the plan stays whole"},
    {"against",   0, FLAG_VALUE, "REV",     "compare with this older revision (splintarr history)"},
    {"from",      0, FLAG_VALUE, "A",       "compare with the tree A instead of the state, offline"},
    {"to",        0, FLAG_VALUE, "B",       "with --from: the tree to compare, instead of DIR"},
    {"out",       0, FLAG_VALUE, "PLAN",    "save the plan for  apply --plan PLAN  (digests only, no values)"},
    {"source-revision", 0, FLAG_VALUE, "COMMIT", "which commit a tree without .git is, for the record"},
    {"source-author",   0, FLAG_VALUE, "WHO",    "and whose"},
    {"exit-zero", 0, FLAG_BOOL,  NULL,      "exit 0 though something differs"},
    {0},
};
/* clang-format on */

const struct command cmd_diff = {
    .name = "diff",
    .alias = "plan",
    .usage = "diff [DIR]",
    .doc = "what apply would change; exit 1 when something differs",
    .help = "Compares the files below DIR with what was applied, field by field. Reads only.\n"
            "Values of secrets are compared by fingerprint and never shown; between two trees\n"
            "(--from A --to B) they are not looked at.",
    .examples = "  splintarr diff                                 before every apply\n"
                "  splintarr diff --only queue/tv-missing --full\n"
                "  splintarr diff --against 40                    with an older revision of "
                "splintarr history",
    .formats = "json markdown",
    .flags = flags,
    .max_args = 1,
    .run = run,
};
