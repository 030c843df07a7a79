/* plan/effects.c — keeps with each change what it means for searching; counted elsewhere. */
#include <assert.h>
#include <string.h>

#include "plan/parts.h"

enum { EFFECTS_MAX = 100 }; /* of one change: a profile may have many queues */

size_t plan_n(const struct plan *p)
{
    return p->changes.n;
}

struct plan_look plan_at(const struct plan *p, size_t i)
{
    assert(i < p->changes.n);
    const struct plan_change *c = &p->changes.at[i];
    return (struct plan_look){c->action, c->kind, c->name, c->old_name};
}

const struct plan_effect *plan_effect_at(const struct plan *p, size_t i, size_t k)
{
    assert(i < p->changes.n);
    return k < p->changes.at[i].n_effects ? &p->changes.at[i].effects[k] : NULL;
}

void plan_add_effect(struct plan *p, size_t i, const struct plan_effect *effect)
{
    assert(i < p->changes.n);
    struct plan_change *c = &p->changes.at[i];
    if (c->n_effects == EFFECTS_MAX)
        return;
    if (!c->effects)
        c->effects = ARENA_ARRAY(p->arena, struct plan_effect, EFFECTS_MAX);
    struct plan_effect *copy = &c->effects[c->n_effects++];
    *copy = *effect;
    copy->kind = arena_strdup(p->arena, effect->kind);
    copy->unit = arena_strdup(p->arena, effect->unit);
    copy->of = arena_strdup(p->arena, effect->of);
    copy->text = arena_strdup(p->arena, effect->text);
}

bool plan_is_comparison(const struct plan *p)
{
    return p->is_comparison;
}
