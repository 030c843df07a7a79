/* engine/effects_text.c — counts as sentences, and as events once they are true. */
#include <stdio.h>

#include "base/jx.h"
#include "base/str.h"
#include "engine/effects.h"
#include "engine/effects_parts.h"

/* ---- exclusions ---- */

static void tell_flips(struct watches *w, const struct exclusion_watch *x, int way, int kind)
{
    struct flips_words words;
    if (x->is_unknown || !flips_tell(&x->flips[way][kind], way, kind, x->has_seasons, &words))
        return;
    const struct plan_effect effect = {
        .kind = words.kind, .unit = words.unit, .text = words.text, .count = words.n, .before = -1};
    plan_add_effect(w->plan, x->change, &effect);
}

/* ---- candidates ---- */

static void say_wanted(const struct wanted *n, char *ret, size_t size)
{
    char after[GROUPED], before[GROUPED], fresh[GROUPED];
    const char *s = n->n_after == 1 ? "" : "s";
    grouped(n->n_after, after);
    grouped(n->n_before, before);
    grouped(n->n_after - n->n_both, fresh);
    if (n->n_before == 0)
        snprintf(ret, size, "%s candidate%s", after, s);
    else if (n->n_after == n->n_both)
        snprintf(ret, size, "%s of %s candidate%s remain", after, before,
                 n->n_before == 1 ? "" : "s");
    else if (n->n_before == n->n_both)
        snprintf(ret, size, "%s candidate%s, %s more than before", after, s, fresh);
    else
        snprintf(ret, size, "%s candidate%s instead of %s, %s of them new", after, s, before,
                 fresh);
}

static void tell_wanted(struct watches *w, size_t change, const char *label, const struct wanted *n)
{
    char counts[160], text[300];
    bool is_same = n->n_both == n->n_before && n->n_both == n->n_after;
    if (is_same)
        return;
    say_wanted(n, counts, sizeof counts);
    snprintf(text, sizeof text, "%s%.120s%s%s", label ? "queue/" : "", label ? label : "",
             label ? ": " : "", counts);
    const struct plan_effect effect = {.kind = "candidates",
                                       .of = label,
                                       .text = text,
                                       .count = n->n_after,
                                       .before = n->n_before};
    plan_add_effect(w->plan, change, &effect);
}

void effects_tell(struct watches *w)
{
    for (size_t i = 0; i < w->exclusions.n; i++)
        for (int way = 0; way < FLIP_N; way++)
            for (int kind = 0; kind < ITEM_KIND_N; kind++)
                tell_flips(w, &w->exclusions.at[i], way, kind);
    for (size_t i = 0; i < w->queues.n; i++) {
        const struct queue_watch *q = &w->queues.at[i];
        if (!q->is_unknown && !q->only_next)
            tell_wanted(w, q->change, q->label, &q->wanted);
    }
    for (size_t i = 0; i < w->instances.n; i++) {
        const struct instance_watch *x = &w->instances.at[i];
        if (!x->is_unknown)
            tell_wanted(w, x->change, NULL, &x->wanted);
    }
}

/* ---- events ---- */

static json_t *fields_of(const char *exclusion, const struct plan_effect *effect)
{
    json_t *f = json_object();
    jx_put(f, "exclusion", jx_string(exclusion));
    jx_put(f, "items", json_integer(effect->count));
    jx_put(f, "unit", jx_string(effect->unit));
    jx_put(f, "direction", jx_string(flips_direction(effect->kind)));
    return f;
}

void effects_announce(const struct plan *p,
                      void (*tell)(void *ctx, enum event event, json_t *fields), void *ctx)
{
    const struct plan_effect *effect;
    for (size_t i = 0; i < plan_n(p); i++)
        for (size_t k = 0; (effect = plan_effect_at(p, i, k)); k++)
            if (flips_direction(effect->kind))
                tell(ctx, EVENT_exclusion_effect, fields_of(plan_at(p, i).name, effect));
}
