/* engine/op_retry.c — an item or a season may be searched again at once. {instance, kind, id} or
 * {season: its address} → {title}. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/jx.h"
#include "base/vec.h"
#include "engine/named.h"
#include "engine/ops.h"
#include "engine/season_at.h"
#include "search/cooldown.h"
#include "search/season.h"
#include "store/library.h"
#include "store/resources.h"
#include "store/searches.h"

bool op_retry(const struct op_context *x, const json_t *request, json_t **ret_reply, struct err *e);

/* What is asked for. */
struct asked {
    struct arena *arena;
    const char *instance;
    struct item item;
    struct query of_none; /* no queue's */
    struct season season; /* when it is one */
    VEC(const char *) identities;
};

static void asked_done(struct asked *a)
{
    vec_done(&a->identities);
}

static void ask_for(struct asked *a, const struct item *it)
{
    char identity[ITEM_IDENTITY];
    vec_push(&a->identities, arena_strdup(a->arena, item_identity(it, identity)));
}

static bool find_item(const struct op_context *x, const json_t *request, struct asked *ret,
                      struct err *e)
{
    int64_t kind = jx_int(request, "kind", ITEM_KIND_N), id = jx_int(request, "id", 0);
    struct item_memory memory;
    bool is_found = false;
    ret->instance = jx_str(request, "instance");
    if (!ret->instance || kind < 0 || kind >= ITEM_KIND_N)
        return err_set(e, ERR_USAGE, "retry what?");
    if (!config_find(x->config, KIND_INSTANCE, ret->instance))
        return named_not(x->config, KIND_INSTANCE, ret->instance, e);
    if (!item_find(x->store, ret->instance, (enum item_kind)kind, id, ret->arena, &ret->item,
                   &memory, &is_found, e))
        return false;
    if (!is_found)
        return err_set(e, ERR_USAGE,
                       "the library of instance/%s holds no %s %" PRId64
                       " (splintarr get missing lists addresses)",
                       ret->instance, item_kind_names[kind], id);
    ask_for(ret, &ret->item);
    return true;
}

/* An episode that the loop guard holds would hold its season. */
static void on_episode(void *ctx, const struct item *it, const struct item_memory *m)
{
    struct asked *a = ctx;
    season_add(&a->season, it, m);
    if (!it->has_file && loop_guard_until(m, a->season.query->now))
        ask_for(a, it);
}

static bool find_season(const struct op_context *x, const char *address, struct asked *ret,
                        struct err *e)
{
    struct season_at at;
    struct item_memory memory;
    ret->of_none.now = x->now;
    ret->season = season_begin(&ret->of_none);
    if (!season_find(x->store, x->config, address, &at, e) ||
        !season_read(x->store, at.instance, at.series, at.number, ret->arena, on_episode, ret,
                     &memory, e))
        return false;
    ret->instance = arena_strdup(ret->arena, at.instance);
    ret->item = ret->season.item;
    ask_for(ret, &ret->item);
    return true;
}

static bool release_all(const struct op_context *x, const struct asked *a, struct err *e)
{
    for (size_t i = 0; i < a->identities.n; i++)
        if (!memory_retry(x->store, a->instance, a->identities.at[i], x->now, e))
            return false;
    return true;
}

static bool release(const struct op_context *x, const struct asked *a, struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    char address[ITEM_ADDRESS], label[ITEM_TITLE];
    const struct audit row = {.at = x->now,
                              .actor = x->actor,
                              .action = "retry",
                              .address = item_address(&a->item, a->instance, address),
                              .detail = item_label(&a->item, label)};
    return tx_begin(x->store, &tx, e) && release_all(x, a, e) && audit_add(x->store, &row, e) &&
           tx_commit(&tx, e);
}

bool op_retry(const struct op_context *x, const json_t *request, json_t **ret_reply, struct err *e)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    CLEANUP(asked_done) struct asked a = {.arena = arena};
    const char *season = jx_str(request, "season");
    char label[ITEM_TITLE];
    if (!(season ? find_season(x, season, &a, e) : find_item(x, request, &a, e)) ||
        !release(x, &a, e))
        return false;
    *ret_reply = json_object();
    jx_put(*ret_reply, "title", jx_string(item_label(&a.item, label)));
    return true;
}
