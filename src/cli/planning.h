/* cli/planning.h — what diff and apply share: tree, state, secrets and the plan made of them. */
#ifndef SPL_CLI_PLANNING_H
#define SPL_CLI_PLANNING_H

#include "cli/cli.h"
#include "plan/plan.h"

struct planning {
    struct cli_tree tree;
    struct store *store;
    enum store_found found;
    struct secrets *secrets;
    struct plan *plan;
};
void planning_done(struct planning *p); /* for CLEANUP */

/* Opens the state and plans; the tree is loaded and valid. Called again to plan once more with
 * other options or another mode. */
MUST_CHECK bool planning_make(const struct cli *c, struct planning *p, const char *root,
                              enum store_mode mode, const struct plan_options *options,
                              struct err *e);

/* The plan in the format asked for, and what the tree's check warned of. */
void planning_show(const struct cli *c, const struct plan *p, const struct diags *diags);
/* The plan as JSON with the program's version; caller decrefs. */
json_t *planning_json(const struct plan *p, const struct diags *diags);
/* What is wrong with the tree, in the format asked for; CLI_INVALID. */
int planning_invalid(const struct cli *c, const struct cli_tree *t, const char *closing);
/* The exit code of a look: CLI_NEGATIVE when something differs, unless --exit-zero. */
int planning_answer(const struct cli *c, const struct plan *p);
/* `status`, unless some domains do not proceed: the findings and CLI_INVALID when they are wrong,
 * `held` when a guard holds them. */
int planning_domains(const struct cli *c, const struct planning *p, int status, int held);
/* --full, --only checked: ERR_USAGE for an address of no kind. */
MUST_CHECK bool planning_check_only(const struct cli *c, struct err *e);

/* The whole of `diff` with the state, also `apply --dry-run`. `options` may be NULL. */
int planning_diff(struct cli *c, const struct plan_options *options);

#endif
