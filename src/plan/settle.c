/* plan/settle.c — the configuration a plan asks for, when some domains do not proceed: theirs is
 * what was applied. Leaving one out may break a reference of another, which then does not proceed
 * either. */
#include <string.h>

#include "base/str.h"
#include "plan/domains.h"
#include "plan/parts.h"
#include "plan/rights.h"

static bool add_kept(struct plan *p, struct config *c, struct err *e)
{
    for (size_t i = 0; i < p->state.live.n; i++) {
        const struct applied *a = &p->state.live.at[i];
        if (domains_have(&p->domains, domain_of_name(a->row.name, p->arena)) &&
            !applied_add(a, c, e))
            return false;
    }
    return true;
}

static void add_proceeding(const struct plan *p, const struct config *whole, struct config *c)
{
    struct strlist files;
    for (size_t i = 0; i < config_n(whole); i++)
        if (!domains_have(&p->domains, config_at(whole, i)->owner))
            config_add_from(c, config_at(whole, i));
    config_references(c, &files);
    for (size_t i = 0; i < files.n; i++) {
        const char *bytes = config_referenced(whole, files.at[i]);
        if (bytes)
            config_add_referenced(c, files.at[i], bytes, strlen(bytes));
    }
}

/* Before anything was applied there is nothing of the root's to go by. */
static void wait_for_root(struct plan *p, const struct config *whole)
{
    if (p->state.live.n > 0 || !domains_have(&p->domains, NULL))
        return;
    for (size_t i = 0; i < config_n(whole); i++) {
        const char *owner = config_at(whole, i)->owner;
        if (!domains_have(&p->domains, owner))
            vec_push(&p->domains, (struct domain){.name = owner,
                                                  .message = "waits for the root tree, which was "
                                                             "never applied"});
    }
}

/* One try; *ret_config is NULL when another domain turned out not to proceed. */
static bool compose(struct plan *p, const struct config *whole, struct config **ret_config,
                    struct err *e)
{
    CLEANUP(config_freep) struct config *c = config_new();
    CLEANUP(diags_freep) struct diags *diags = diags_new();
    size_t before = p->domains.n;
    add_proceeding(p, whole, c);
    if (!add_kept(p, c, e))
        return false;
    config_check(c, diags);
    rights_check(c, diags);
    domains_reject(&p->domains, diags, p->arena);
    if (p->domains.n > before)
        return true;
    if (diags_n(diags) == DIAGS_MAX) /* some were not kept: they may be anyone's */
        return err_set(e, ERR_CONFIG, "too many findings; repair some first (splintarr validate)");
    rights_enforce(c);
    *ret_config = TAKE(c);
    return true;
}

bool plan_settle(struct plan *p, const struct config *whole, struct err *e)
{
    p->config = whole;
    p->settled = config_free(p->settled);
    wait_for_root(p, whole);
    while (p->domains.n > 0 && !p->settled)
        if (!compose(p, whole, &p->settled, e))
            return false;
    if (p->settled)
        p->config = p->settled;
    return true;
}
