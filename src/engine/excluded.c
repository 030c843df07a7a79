/* engine/excluded.c — when each exclusion was first applied, and the rest is search's. */
#include "engine/excluded.h"

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"
#include "store/resources.h"

struct first_applied {
    struct arena *arena;
    VEC(const char *) names;
    VEC(utc_t) at;
};

static void done(struct first_applied *f)
{
    vec_done(&f->names);
    vec_done(&f->at);
    arena_free(f->arena);
}

static void note(void *ctx, const struct stored_resource *r)
{
    struct first_applied *f = ctx;
    if (!str_eq(r->kind, kind_names[KIND_EXCLUSION]))
        return;
    vec_push(&f->names, arena_strdup(f->arena, r->name));
    vec_push(&f->at, r->first_applied);
}

static utc_t first_applied(const void *ctx, const char *name)
{
    const struct first_applied *f = ctx;
    for (size_t i = 0; i < f->names.n; i++)
        if (str_eq(f->names.at[i], name))
            return f->at.at[i];
    return 0;
}

bool excluded_on(struct store *s, const struct config *config, const char *instance, utc_t now,
                 struct exclusions **ret, struct err *e)
{
    CLEANUP(done) struct first_applied f = {.arena = arena_new()};
    if (!resources_each(s, false, note, &f, e))
        return false;
    *ret = exclusions_new(config, instance, now, first_applied, &f);
    return true;
}
