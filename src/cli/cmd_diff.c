/* cli/cmd_diff.c — the tree against the state: what apply would change. Creates nothing. */
#include "cli/commands.h"
#include "cli/planning.h"

/* clang-format off */
static const struct flag flags[] = {
    {"full",      0, FLAG_BOOL,  NULL,      "show unchanged fields and defaults too"},
    {"only",      0, FLAG_VALUE, "ADDRESS", "show one resource (queue/tv) or kind (queues); the plan stays whole"},
    {"out",       0, FLAG_VALUE, "PLAN",    "save the plan for  apply --plan PLAN  (digests only, no values)"},
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
            "Values of secrets are compared by fingerprint and never shown.",
    .formats = "json markdown",
    .flags = flags,
    .max_args = 1,
    .run = planning_diff,
};
