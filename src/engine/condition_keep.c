/* engine/condition_keep.c — conditions and the state: writes down how everything is doing, reads
 * since when. */
#include "engine/condition.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"
#include "store/conditions.h"
#include "store/resources.h"

struct applied_at {
    const char *kind, *name;
    utc_t since;
};

struct keeping {
    struct arena *arena;
    VEC(struct applied_at) applied; /* by kind and name, as the store gives them */
    VEC(struct stored_condition) list;
};

static void keeping_done(struct keeping *k)
{
    vec_done(&k->applied);
    vec_done(&k->list);
    arena_free(k->arena);
}

static void note_applied(void *ctx, const struct stored_resource *r)
{
    struct keeping *k = ctx;
    vec_push(&k->applied, (struct applied_at){.kind = arena_strdup(k->arena, r->kind),
                                              .name = arena_strdup(k->arena, r->name),
                                              .since = r->spec_since});
}

static int compare(const void *a, const void *b)
{
    const struct applied_at *x = a, *y = b;
    int by_kind = strcmp(x->kind, y->kind);
    return by_kind ? by_kind : strcmp(x->name, y->name);
}

static utc_t applied_since(const struct keeping *k, const struct resource *r)
{
    const struct applied_at wanted = {.kind = kind_names[r->kind], .name = r->name};
    const struct applied_at *found =
        k->applied.n ? bsearch(&wanted, k->applied.at, k->applied.n, sizeof *k->applied.at, compare)
                     : NULL;
    return found ? found->since : 0;
}

static void add(struct keeping *k, const struct resource *r, const struct conditions *c)
{
    const char *address = arena_printf(k->arena, "%s/%s", kind_names[r->kind], r->name);
    for (int i = 0; i < COND_N; i++) {
        const struct condition *x = &c->at[i];
        if (!x->is_given)
            continue;
        vec_push(&k->list, (struct stored_condition){
                               .address = address,
                               .type = condition_names[i],
                               .status = condition_statuses[x->status],
                               .reason = arena_strdup(k->arena, x->reason),
                               .message = arena_strdup(k->arena, x->message),
                               .since = x->since,
                           });
    }
}

bool conditions_keep(const struct condition_context *x, struct err *e)
{
    CLEANUP(keeping_done) struct keeping k = {.arena = arena_new()};
    if (!resources_each(x->store, false, note_applied, &k, e))
        return false;
    for (size_t i = 0; i < config_n(x->config); i++) {
        const struct resource *r = config_at(x->config, i);
        struct conditions c;
        if (!conditions_of(x, r, applied_since(&k, r), &c, e))
            return false;
        add(&k, r, &c);
    }
    return conditions_replace(x->store, k.list.at, k.list.n, e);
}

/* ---- since ---- */

static void take_since(void *ctx, const struct stored_condition *kept)
{
    struct conditions *c = ctx;
    for (int i = 0; i < COND_N; i++) {
        struct condition *x = &c->at[i];
        if (x->is_given && str_eq(condition_names[i], kept->type) &&
            str_eq(condition_statuses[x->status], kept->status) && str_eq(x->reason, kept->reason))
            x->since = kept->since;
    }
}

static void take_all(void *ctx, const struct stored_condition *kept)
{
    struct conditions *c = ctx;
    for (int i = 0; i < COND_N; i++) {
        struct condition *x = &c->at[i];
        if (!str_eq(condition_names[i], kept->type))
            continue;
        *x = (struct condition){.is_given = true, .since = kept->since};
        for (int k = COND_UNKNOWN; k <= COND_TRUE; k++)
            if (str_eq(condition_statuses[k], kept->status))
                x->status = (enum condition_status)k;
        snprintf(x->reason, sizeof x->reason, "%s", kept->reason);
        snprintf(x->message, sizeof x->message, "%s", kept->message);
    }
}

bool conditions_read(struct store *s, const struct resource *r, struct conditions *ret,
                     bool *ret_found, struct err *e)
{
    CLEANUP(freep) char *address = mem_printf("%s/%s", kind_names[r->kind], r->name);
    *ret = (struct conditions){0};
    if (!conditions_each(s, address, take_all, ret, e))
        return false;
    *ret_found = ret->at[COND_SYNCED].is_given;
    return true;
}

bool conditions_since(struct store *s, const struct resource *r, struct conditions *c,
                      struct err *e)
{
    CLEANUP(freep) char *address = mem_printf("%s/%s", kind_names[r->kind], r->name);
    return conditions_each(s, address, take_since, c, e);
}
