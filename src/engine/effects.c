/* engine/effects.c — walks the libraries once and counts, for every change of a plan that matters,
 * what is searchable before and after it. */
#include "engine/effects.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "engine/effects_parts.h"
#include "store/resources.h"

enum { SLICE_ROWS = 2000, OWNERS_MAX = 100 };

/* When each exclusion was first applied, for `for:`; a renamed one keeps its time. */
struct first_applied {
    struct arena *arena;
    const struct watches *watches;
    VEC(const char *) names;
    VEC(utc_t) at;
};

/* One queue on the instance that is walked. */
struct runner {
    struct query query;
    bool is_running;
};

/* One instance, before and after; NULL: not there. */
struct walk {
    struct watches *w;
    const char *before, *after;
    uint64_t number;
    utc_t now;
    struct exclusions *excluded_before, *excluded_after;
    VEC(const char *) owners;                 /* whose exclusions change: NULL for the root's */
    struct runner (*queues)[2];               /* beside w->queues */
    VEC(struct runner) all_before, all_after; /* for a change of the instance itself */
    struct instance_watch *self;
};

/* ---- which queues run here ---- */

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool has(const struct strlist *sorted, const char *name)
{
    return name && sorted->n > 0 &&
           bsearch(&name, sorted->at, sorted->n, sizeof *sorted->at, by_name);
}

static struct runner runner_of(const struct walk *x, const struct running *r, const char *instance,
                               const struct exclusions *exclusions)
{
    struct runner ret = {.is_running = r && has(&r->on, instance)};
    if (ret.is_running)
        ret.query = (struct query){.queue = r->queue->spec,
                                   .owner = r->queue->owner,
                                   .exclusions = exclusions,
                                   .now = x->now};
    return ret;
}

/* ---- one item ---- */

static bool is_wanted(const struct runner *r, const struct item *it)
{
    return r->is_running && query_wants(&r->query, it);
}

static void count_wanted(struct wanted *n, bool before, bool after)
{
    n->n_before += before;
    n->n_after += after;
    n->n_both += before && after;
}

static bool any_wants(const struct runner *at, size_t n, const struct item *it)
{
    for (size_t i = 0; i < n; i++)
        if (is_wanted(&at[i], it))
            return true;
    return false;
}

static struct exclusion_watch *find_watch(struct watches *w, const char *before, const char *after)
{
    for (size_t i = 0; i < w->exclusions.n; i++) {
        struct exclusion_watch *x = &w->exclusions.at[i];
        if ((before && str_eq(x->before, before)) || (after && str_eq(x->after, after)))
            return x;
    }
    return NULL;
}

static void look_at_exclusions(struct walk *x, const char *owner, const struct item *it)
{
    utc_t until;
    const char *before = exclusions_match(x->excluded_before, owner, it, &until);
    const char *after = exclusions_match(x->excluded_after, owner, it, &until);
    if (!before == !after)
        return;
    struct exclusion_watch *watch = find_watch(x->w, before, after);
    if (watch && str_eq(watch->owner, owner))
        flips_note(&watch->flips[after ? FLIP_HELD : FLIP_FREED][it->kind], x->number, it);
}

static void take_item(void *ctx, const struct item *it, const struct item_memory *m UNUSED)
{
    struct walk *x = ctx;
    bool is_kept = x->before && x->after && it->is_monitored;
    for (size_t i = 0; is_kept && i < x->owners.n; i++)
        look_at_exclusions(x, x->owners.at[i], it);
    for (size_t i = 0; i < x->w->queues.n; i++)
        count_wanted(&x->w->queues.at[i].wanted, is_wanted(&x->queues[i][0], it),
                     is_wanted(&x->queues[i][1], it));
    if (x->self)
        count_wanted(&x->self->wanted, any_wants(x->all_before.at, x->all_before.n, it),
                     any_wants(x->all_after.at, x->all_after.n, it));
}

/* ---- one instance ---- */

static void add_owner(struct walk *x, const char *owner)
{
    for (size_t i = 0; i < x->owners.n; i++)
        if (str_eq(x->owners.at[i], owner))
            return;
    if (x->owners.n < OWNERS_MAX)
        vec_push(&x->owners, owner);
}

static void add_all(struct walk *x)
{
    const struct watches *w = x->w;
    for (size_t i = 0; i < w->all_before.n; i++)
        vec_push(&x->all_before, runner_of(x, &w->all_before.at[i], x->before, x->excluded_before));
    for (size_t i = 0; i < w->all_after.n; i++)
        vec_push(&x->all_after, runner_of(x, &w->all_after.at[i], x->after, x->excluded_after));
}

/* A queue's change is counted under the same exclusions twice: what these do is theirs. */
static void add_queues(struct walk *x)
{
    struct watches *w = x->w;
    const struct exclusions *excluded = x->after ? x->excluded_after : x->excluded_before;
    x->queues = mem_zeroed((w->queues.n + 1) * sizeof *x->queues);
    for (size_t i = 0; i < w->queues.n; i++) {
        const struct queue_watch *q = &w->queues.at[i];
        x->queues[i][0] = runner_of(x, q->runs_before, x->before, excluded);
        x->queues[i][1] = runner_of(x, q->runs_after, x->after, excluded);
    }
}

static utc_t first_applied(const void *ctx, const char *name)
{
    const struct first_applied *f = ctx;
    const struct exclusion_watch *x =
        find_watch((struct watches *)(uintptr_t)f->watches, NULL, name);
    for (size_t i = 0; i < f->names.n; i++)
        if (str_eq(f->names.at[i], name) || (x && str_eq(f->names.at[i], x->before)))
            return f->at.at[i];
    return 0;
}

static bool walk_items(struct walk *x, struct store *store, struct err *e)
{
    struct candidate_cursor cursor = {0};
    bool is_more = true;
    while (is_more)
        if (!candidates_slice(store, x->before, true, true, SLICE_ROWS, &cursor, take_item, x,
                              &is_more, e))
            return false;
    return true;
}

static void walk_done(struct walk *x)
{
    exclusions_free(x->excluded_before);
    exclusions_free(x->excluded_after);
    mem_free(x->queues);
    vec_done(&x->owners);
    vec_done(&x->all_before);
    vec_done(&x->all_after);
}

static void compile(struct walk *x, const struct first_applied *since)
{
    const struct watches *w = x->w;
    x->excluded_before =
        exclusions_new(w->before, x->before ? x->before : "", x->now, first_applied, since);
    x->excluded_after =
        exclusions_new(w->after, x->after ? x->after : "", x->now, first_applied, since);
    for (size_t i = 0; i < w->exclusions.n; i++)
        add_owner(x, w->exclusions.at[i].owner);
}

static void find_self(struct walk *x)
{
    for (size_t i = 0; i < x->w->instances.n; i++) {
        struct instance_watch *watch = &x->w->instances.at[i];
        if (str_eq(watch->before, x->before) && str_eq(watch->after, x->after))
            x->self = watch;
    }
}

/* ---- libraries nobody has read yet ---- */

static void mark_unknown(struct walk *x)
{
    struct watches *w = x->w;
    for (size_t i = 0; i < w->queues.n; i++)
        w->queues.at[i].is_unknown |= x->queues[i][0].is_running || x->queues[i][1].is_running;
    for (size_t i = 0; x->before && i < w->exclusions.n; i++) {
        struct exclusion_watch *watch = &w->exclusions.at[i];
        watch->is_unknown |= has(&watch->on_before, x->before) || has(&watch->on_after, x->after);
    }
    if (x->self)
        x->self->is_unknown = true;
}

static bool walk(struct walk *x, struct store *store, const struct first_applied *since,
                 struct err *e)
{
    utc_t synced = 0;
    if (x->before && !library_synced(store, x->before, &synced, e))
        return false;
    find_self(x);
    if (synced)
        compile(x, since);
    add_queues(x);
    if (!synced) {
        mark_unknown(x);
        return true;
    }
    if (x->self)
        add_all(x);
    return walk_items(x, store, e);
}

/* ---- all of them ---- */

/* What an instance is called afterwards; NULL: it is removed. */
static const char *after_of(const struct watches *w, const char *before)
{
    for (size_t i = 0; i < w->instances.n; i++)
        if (str_eq(w->instances.at[i].before, before))
            return w->instances.at[i].after;
    return config_find(w->after, KIND_INSTANCE, before) ? before : NULL;
}

static bool is_new(const struct watches *w, const char *after)
{
    for (size_t i = 0; i < w->instances.n; i++)
        if (str_eq(w->instances.at[i].after, after))
            return !w->instances.at[i].before;
    return false;
}

static bool walk_all(struct watches *w, struct store *store, const struct first_applied *since,
                     utc_t now, struct err *e)
{
    for (size_t i = 0; i < config_n(w->before) + config_n(w->after); i++) {
        size_t n = config_n(w->before);
        const struct resource *r = i < n ? config_at(w->before, i) : config_at(w->after, i - n);
        if (r->kind != KIND_INSTANCE || (i >= n && !is_new(w, r->name)))
            continue;
        CLEANUP(walk_done)
        struct walk x = {
            .w = w,
            .before = i < n ? r->name : NULL,
            .after = i < n ? after_of(w, r->name) : r->name,
            .number = i,
            .now = now,
        };
        if (!walk(&x, store, since, e))
            return false;
    }
    return true;
}

static void note_first_applied(void *ctx, const struct stored_resource *r)
{
    struct first_applied *f = ctx;
    if (!str_eq(r->kind, kind_names[KIND_EXCLUSION]))
        return;
    vec_push(&f->names, arena_strdup(f->arena, r->name));
    vec_push(&f->at, r->first_applied);
}

static bool count(struct watches *w, struct store *store, utc_t now, struct err *e)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct first_applied since = {.arena = arena, .watches = w};
    bool ok = resources_each(store, false, note_first_applied, &since, e) &&
              walk_all(w, store, &since, now, e);
    vec_done(&since.names);
    vec_done(&since.at);
    return ok;
}

bool effects_take(struct plan *p, const struct config *after, struct store *store, utc_t now,
                  struct err *e)
{
    CLEANUP(config_freep) struct config *before = NULL;
    CLEANUP(watches_done) struct watches w = {.plan = p, .after = after, .arena = arena_new()};
    if (!store || plan_n(p) == 0 || plan_base_revision(p) == 0 || plan_is_comparison(p))
        return true;
    if (!plan_applied_config(store, &before, e))
        return true; /* damaged: the plan mends it, and nobody knows what it meant */
    w.before = before;
    watches_find(&w);
    if (w.exclusions.n + w.queues.n + w.instances.n == 0)
        return true;
    if (!count(&w, store, now, e))
        return err_in(e, "counting what the plan means for searching");
    effects_tell(&w);
    return effects_tell_next(&w, store, now, e);
}
