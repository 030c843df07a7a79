/* cli/confirm.c — asks a person at the terminal, and never anybody else. */
#include "cli/confirm.h"

#include <stdio.h>

#include "base/str.h"
#include "cli/prompt.h"

bool confirm_options(const struct cli *c, struct plan_options *ret, struct err *e)
{
    const char *n = cli_flag(c, "allow-prune");
    *ret = (struct plan_options){.allow_prune = n != NULL, .no_prune = cli_has(c, "no-prune")};
    if (n && ret->no_prune)
        return err_set(e, ERR_USAGE, "--allow-prune and --no-prune contradict each other");
    if (n && (!str_int(n, &ret->allowed_removals) || ret->allowed_removals < 0))
        return err_set(e, ERR_USAGE, "'--allow-prune=%.20s': how many removals? a number", n);
    return true;
}

static bool confirm_removal(const struct plan *p)
{
    size_t n = plan_count(p, PLAN_REMOVE);
    char question[120], words[40], answer[80];
    snprintf(words, sizeof words, "remove %zu", n);
    snprintf(question, sizeof question, "Remove %zu resource%s? Type %s\"%s\":", n,
             n == 1 ? "" : "s", n == 1 ? "its name or " : "", words);
    if (!prompt_line(question, answer, sizeof answer))
        return false;
    return str_eq(answer, words) || (n == 1 && str_eq(answer, plan_removed(p, 0)));
}

int confirm_plan(const struct cli *c, const struct plan *p, bool is_agreed,
                 struct plan_options *options)
{
    bool may_ask = c->may_ask && !cli_is_json(c);
    struct err e;
    if (!plan_check_allowed(p, &e))
        return cli_fail(c, &e);
    if (plan_awaits_confirm(p) && may_ask && !is_agreed) {
        if (!confirm_removal(p))
            return cli_failf(c, ERR_REFUSED, "not confirmed; nothing was applied");
        options->allow_prune = true;
        options->allowed_removals = (int64_t)plan_count(p, PLAN_REMOVE);
        return CLI_OK;
    }
    if (plan_held(p))
        return cli_failf(c, ERR_REFUSED, "held; nothing was applied");
    if (is_agreed)
        return CLI_OK;
    if (!may_ask)
        return cli_failf(c, ERR_REFUSED,
                         "nobody to ask here; nothing was applied (--yes applies "
                         "without asking)");
    if (!prompt_yes("Apply these changes? [y/N]"))
        return cli_failf(c, ERR_REFUSED, "not confirmed; nothing was applied");
    return CLI_OK;
}
