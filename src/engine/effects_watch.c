/* engine/effects_watch.c — which changes of a plan matter for searching, and what to count for
 * each. */
#include "engine/effects_parts.h"

#include "base/str.h"

static const struct resource *find(const struct config *c, enum kind kind, const char *name)
{
    return name ? config_find(c, kind, name) : NULL;
}

static const char *name_before(const struct plan_look *x)
{
    return x->action == PLAN_CREATE || x->action == PLAN_REVIVE ? NULL
           : x->old_name                                        ? x->old_name
                                                                : x->name;
}

static const char *name_after(const struct plan_look *x)
{
    return x->action == PLAN_REMOVE ? NULL : x->name;
}

static bool has_seasons(const struct resource *r)
{
    return r && exclusion_takes_parts(r->spec);
}

static struct strlist holds_on(const struct config *c, const struct resource *r,
                               struct arena *arena)
{
    struct strlist ret = {0};
    if (r)
        config_select(c, &((const struct exclusion *)r->spec)->instances, r->owner, arena, &ret);
    return ret;
}

static void watch_exclusion(struct watches *w, size_t i, const struct plan_look *x)
{
    const struct resource *before = find(w->before, x->kind, name_before(x)),
                          *after = find(w->after, x->kind, name_after(x));
    const struct resource *any = after ? after : before;
    struct exclusion_watch watch = {
        .change = i,
        .before = before ? before->name : NULL,
        .after = after ? after->name : NULL,
        .owner = any ? any->owner : NULL,
        .on_before = holds_on(w->before, before, w->arena),
        .on_after = holds_on(w->after, after, w->arena),
        .has_seasons = has_seasons(before) || has_seasons(after),
    };
    vec_push(&w->exclusions, watch);
}

static void watch_queue(struct watches *w, size_t i, const struct plan_look *x)
{
    struct queue_watch watch = {.change = i,
                                .before = find(w->before, x->kind, name_before(x)),
                                .after = find(w->after, x->kind, name_after(x))};
    vec_push(&w->queues, watch);
}

static void watch_instance(struct watches *w, size_t i, const struct plan_look *x)
{
    struct instance_watch watch = {.change = i, .before = name_before(x), .after = name_after(x)};
    vec_push(&w->instances, watch);
}

/* ---- profiles and schedules: queues that change without a change of their own ---- */

static bool is_changed(const struct watches *w, const struct resource *r)
{
    for (size_t i = 0; i < plan_n(w->plan); i++) {
        const struct plan_look x = plan_at(w->plan, i);
        if (x.kind == r->kind && str_eq(x.name, r->name))
            return true;
    }
    return false;
}

static void watch_those(struct watches *w, size_t i, const struct plan_look *x,
                        bool (*uses)(const struct queue *q, const char *name))
{
    for (size_t k = 0; k < config_n(w->after); k++) {
        const struct resource *r = config_at(w->after, k);
        if (r->kind != KIND_QUEUE || !uses(r->spec, x->name) || is_changed(w, r))
            continue;
        struct queue_watch watch = {.change = i,
                                    .label = r->name,
                                    .before = find(w->before, KIND_QUEUE, r->name),
                                    .after = r,
                                    .only_next = x->kind == KIND_SCHEDULE};
        vec_push(&w->queues, watch);
    }
}

static bool uses_profile(const struct queue *q, const char *name)
{
    return str_eq(q->profile, name);
}

static void watch_profile(struct watches *w, size_t i, const struct plan_look *x)
{
    watch_those(w, i, x, uses_profile);
}

static bool uses_schedule(const struct queue *q, const char *name)
{
    return str_eq(q->schedule.name, name);
}

static void watch_schedule(struct watches *w, size_t i, const struct plan_look *x)
{
    watch_those(w, i, x, uses_schedule);
}

/* ---- which queues run where ---- */

static bool is_suspended(const struct config *c, const char *instance)
{
    return ((const struct instance *)config_find(c, KIND_INSTANCE, instance)->spec)->suspend;
}

static struct strlist instances_of(const struct config *c, const struct resource *queue,
                                   struct arena *arena)
{
    const struct queue *spec = queue->spec;
    CLEANUP(arena_freep) struct arena *scratch = arena_new();
    struct strlist all = {0}, ret = {0};
    if (!spec->suspend)
        config_select(c, &spec->instances, queue->owner, scratch, &all);
    ret.at = ARENA_ARRAY(arena, const char *, all.n + 1);
    for (size_t i = 0; i < all.n; i++)
        if (!is_suspended(c, all.at[i]))
            ret.at[ret.n++] = all.at[i];
    return ret;
}

static void find_running(const struct config *c, struct arena *arena, struct runnings *ret)
{
    for (size_t i = 0; i < config_n(c); i++) {
        const struct resource *r = config_at(c, i);
        if (r->kind == KIND_QUEUE)
            vec_push(ret, (struct running){r, instances_of(c, r, arena)});
    }
}

static const struct running *running_of(const struct runnings *all, const struct resource *queue)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->at[i].queue == queue)
            return &all->at[i];
    return NULL;
}

static void note_running(struct watches *w)
{
    find_running(w->before, w->arena, &w->all_before);
    find_running(w->after, w->arena, &w->all_after);
    for (size_t i = 0; i < w->queues.n; i++) {
        struct queue_watch *q = &w->queues.at[i];
        q->runs_before = running_of(&w->all_before, q->before);
        q->runs_after = running_of(&w->all_after, q->after);
    }
}

void watches_find(struct watches *w)
{
    static void (*const watch[KIND_N])(struct watches *, size_t, const struct plan_look *) = {
        [KIND_EXCLUSION] = watch_exclusion, [KIND_QUEUE] = watch_queue,
        [KIND_INSTANCE] = watch_instance,   [KIND_PROFILE] = watch_profile,
        [KIND_SCHEDULE] = watch_schedule,
    };
    for (size_t i = 0; i < plan_n(w->plan); i++) {
        const struct plan_look x = plan_at(w->plan, i);
        if (watch[x.kind])
            watch[x.kind](w, i, &x);
    }
    if (w->queues.n + w->instances.n > 0)
        note_running(w);
}

void watches_done(struct watches *w)
{
    for (size_t i = 0; i < w->exclusions.n; i++)
        for (int way = 0; way < FLIP_N; way++)
            for (int kind = 0; kind < ITEM_KIND_N; kind++)
                flips_done(&w->exclusions.at[i].flips[way][kind]);
    vec_done(&w->exclusions);
    vec_done(&w->all_before);
    vec_done(&w->all_after);
    arena_freep(&w->arena);
    vec_done(&w->queues);
    vec_done(&w->instances);
}
