/* engine/effects_text.c — counts as sentences, and as events once they are true. */
#include <stdio.h>

#include "base/jx.h"
#include "base/str.h"
#include "engine/effects.h"
#include "engine/effects_parts.h"

enum { NUMBER = 32 };

/* 1,980 */
static const char *grouped(int64_t n, char ret[static NUMBER])
{
    char digits[NUMBER];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)n), at = 0;
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            ret[at++] = ',';
        ret[at++] = digits[i];
    }
    ret[at] = '\0';
    return ret;
}

/* ---- exclusions ---- */

enum unit { UNIT_SERIES, UNIT_EPISODES, UNIT_MOVIES, UNIT_N };
static const struct {
    const char *name, *one, *many;
} units[UNIT_N] = {
    [UNIT_SERIES] = {"series", "series", "series"},
    [UNIT_EPISODES] = {"episodes", "episode", "episodes"},
    [UNIT_MOVIES] = {"movies", "movie", "movies"},
};
static const struct {
    const char *kind, *direction, *one, *many;
} ways[FLIP_N] = {
    [FLIP_FREED] = {"items_searchable", "searchable", "becomes searchable again",
                    "become searchable again"},
    [FLIP_HELD] = {"items_excluded", "excluded", "becomes excluded", "become excluded"},
};

static void tell_flips(struct watches *w, const struct exclusion_watch *x, int way, int kind)
{
    const struct flips *f = &x->flips[way][kind];
    bool by_episode = kind == ITEM_EPISODE && x->has_seasons;
    enum unit unit = by_episode ? UNIT_EPISODES : kind == ITEM_MOVIE ? UNIT_MOVIES : UNIT_SERIES;
    int64_t n = by_episode ? f->n_items : (int64_t)f->titles.n;
    char number[NUMBER], text[120];
    if (n == 0 || x->is_unknown)
        return;
    snprintf(text, sizeof text, "%s %s %s", grouped(n, number),
             n == 1 ? units[unit].one : units[unit].many, n == 1 ? ways[way].one : ways[way].many);
    const struct plan_effect effect = {
        .kind = ways[way].kind, .unit = units[unit].name, .text = text, .count = n, .before = -1};
    plan_add_effect(w->plan, x->change, &effect);
}

/* ---- candidates ---- */

static void say_wanted(const struct wanted *n, char *ret, size_t size)
{
    char after[NUMBER], before[NUMBER], fresh[NUMBER];
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

/* NULL: not of items. */
static const char *direction_of(const struct plan_effect *effect)
{
    for (int way = 0; way < FLIP_N; way++)
        if (str_eq(effect->kind, ways[way].kind))
            return ways[way].direction;
    return NULL;
}

static json_t *fields_of(const char *exclusion, const struct plan_effect *effect)
{
    json_t *f = json_object();
    jx_put(f, "exclusion", jx_string(exclusion));
    jx_put(f, "items", json_integer(effect->count));
    jx_put(f, "unit", jx_string(effect->unit));
    jx_put(f, "direction", jx_string(direction_of(effect)));
    return f;
}

void effects_announce(const struct plan *p,
                      void (*tell)(void *ctx, enum event event, json_t *fields), void *ctx)
{
    const struct plan_effect *effect;
    for (size_t i = 0; i < plan_n(p); i++)
        for (size_t k = 0; (effect = plan_effect_at(p, i, k)); k++)
            if (direction_of(effect))
                tell(ctx, EVENT_exclusion_effect, fields_of(plan_at(p, i).name, effect));
}
