/* plan/purge.c — finds a removed resource and forgets it. */
#include "plan/purge.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "plan/parts.h"

/* "queue/tv" of kind queue, or "tv" of any kind. */
static bool is_meant(const char *what, const struct applied *a, struct arena *arena)
{
    return str_eq(what, a->row.name) || str_eq(what, plan_address(arena, a->kind, a->row.name));
}

static const struct applied *find(const struct applied_rows *rows, const char *what,
                                  struct arena *arena, size_t *ret_n)
{
    const struct applied *found = NULL;
    *ret_n = 0;
    for (size_t i = 0; i < rows->n; i++) {
        if (!is_meant(what, &rows->at[i], arena))
            continue;
        found = found ? found : &rows->at[i];
        ++*ret_n;
    }
    return found;
}

static bool refuse_live(const struct applied_state *state, const char *what, struct arena *arena,
                        struct err *e)
{
    size_t n;
    const struct applied *a = find(&state->live, what, arena, &n);
    if (!a)
        return err_set(e, ERR_USAGE,
                       "nothing that was removed is called '%.100s' (splintarr get KIND "
                       "--archived)",
                       what);
    return err_set(e, ERR_REFUSED,
                   "%s is live: take it out of %s:%d and apply; then it can be purged",
                   plan_address(arena, a->kind, a->row.name), a->row.file, a->row.line);
}

bool purge_find(struct store *store, const char *what, struct arena *arena,
                struct purge_target *ret, struct err *e)
{
    CLEANUP(applied_done) struct applied_state state = {0};
    size_t n;
    if (!applied_load(store, arena, &state, e))
        return false;
    const struct applied *a = find(&state.archived, what, arena, &n);
    if (!a)
        return refuse_live(&state, what, arena, e);
    if (n > 1)
        return err_set(e, ERR_USAGE, "%zu removed resources are called '%.100s': say %s/%.100s", n,
                       what, kind_names[a->kind], what);
    *ret = (struct purge_target){
        .kind = a->kind,
        .name = a->row.name,
        .address = plan_address(arena, a->kind, a->row.name),
        .archived = a->row.archived,
        .retained_until = a->row.retained_until,
    };
    return true;
}

bool plan_purge(struct store *store, const char *what, const char *actor, const char *reason,
                utc_t now, struct err *e)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    CLEANUP(tx_done) struct tx tx = {0};
    struct purge_target target;
    if (!tx_begin(store, &tx, e) || !purge_find(store, what, arena, &target, e) ||
        !resource_purge(store, kind_names[target.kind], target.name, e))
        return false;
    const struct audit row = {.at = now,
                              .actor = actor,
                              .action = "purge",
                              .address = target.address,
                              .detail = reason ? reason : ""};
    return audit_add(store, &row, e) && tx_commit(&tx, e);
}
