/* plan/questions.c — what others ask of a plan. */
#include "plan/parts.h"

enum plan_status plan_status(const struct plan *p)
{
    if (p->holds.n > 0)
        return PLAN_HELD;
    return p->changes.n > 0 ? PLAN_READY : PLAN_IN_SYNC;
}

size_t plan_count(const struct plan *p, enum plan_action a)
{
    size_t n = 0;
    for (size_t i = 0; i < p->changes.n; i++)
        n += p->changes.at[i].action == a;
    return n;
}

size_t plan_removals(const struct plan *p)
{
    return plan_count(p, PLAN_REMOVE);
}

size_t plan_unchanged(const struct plan *p)
{
    return p->same.n;
}

int64_t plan_base_revision(const struct plan *p)
{
    return p->state.revision;
}

const struct pin *plan_pin(const struct plan *p)
{
    return p->pin.revision > 0 ? &p->pin : NULL;
}

const char *plan_held(const struct plan *p)
{
    return p->holds.n > 0 ? p->holds.at[0].message : NULL;
}

const char *plan_release(const struct plan *p)
{
    return p->holds.n > 0 ? p->holds.at[0].release : NULL;
}

bool plan_awaits_confirm(const struct plan *p)
{
    return p->holds.n == 1 && p->holds.at[0].guard == GUARD_CONFIRM;
}

const struct domains *plan_domains(const struct plan *p)
{
    return &p->domains;
}

const char *plan_not_applied(const struct plan *p)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BUF_TEXT);
    for (size_t i = 0; i < p->domains.n; i++)
        buf_printf(&text, "%s%s: %s", i > 0 ? "; " : "", domain_title(&p->domains.at[i], p->arena),
                   p->domains.at[i].message);
    return p->domains.n > 0 ? arena_strdup(p->arena, text.at) : NULL;
}

const struct config *plan_config(const struct plan *p)
{
    return p->config;
}

const char *plan_removed(const struct plan *p, size_t i)
{
    for (size_t k = 0; k < p->changes.n; k++)
        if (p->changes.at[k].action == PLAN_REMOVE && i-- == 0)
            return p->changes.at[k].name;
    return NULL;
}
