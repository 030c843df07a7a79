/* plan/rights.h — what a tenant may do: `tenants/<user>/` is reconciled with the rights of that
 * user (reconcile page, section 9). Everything stands in one table of rules, and what no rule
 * allows is denied. The users, shares and settings asked are those of the same configuration: its
 * root is the admins' territory. */
#ifndef SPL_PLAN_RIGHTS_H
#define SPL_PLAN_RIGHTS_H

#include "model/config.h"

/* Between validating and planning: a finding for each thing a tenant's files declare and he may
 * not. True when there is no error. `config` was checked, successfully or not. */
bool rights_check(const struct config *config, struct diags *diags);

/* Suspends what rights_check would find, for a configuration that runs: what was allowed when it
 * was applied need not be allowed now. */
void rights_enforce(struct config *config);

#endif
