/* cli/confirm.h — what is asked before a plan is applied, by apply and by rollback. */
#ifndef SPL_CLI_CONFIRM_H
#define SPL_CLI_CONFIRM_H

#include "cli/cli.h"
#include "plan/plan.h"

/* --allow-prune=N and --no-prune, where the command has them. */
MUST_CHECK bool confirm_options(const struct cli *c, struct plan_options *ret, struct err *e);
/* CLI_OK to go on, else the exit code, after saying why. `is_agreed`: nobody needs to be asked. A
 * plan that waits for `confirm` is released by typing, never by --yes; `options` are then those to
 * plan with again. */
int confirm_plan(const struct cli *c, const struct plan *p, bool is_agreed,
                 struct plan_options *options);

/* The flags that go with it. */
#define CONFIRM_FLAGS                                                                              \
    {"yes", 'y', FLAG_BOOL, NULL, "apply without asking"},                                         \
        {"allow-prune", 0, FLAG_VALUE, "N",                                                        \
         "release a held plan that removes exactly N resources"},                                  \
    {                                                                                              \
        "reason", 0, FLAG_VALUE, "TEXT", "why, for the audit log"                                  \
    }

#endif
