/* engine/op_retry.c — an item may be searched again at once. {instance, kind, id} → {title}. */
#include "base/arena.h"
#include "base/jx.h"
#include "engine/ops.h"
#include "store/library.h"
#include "store/resources.h"
#include "store/searches.h"

bool op_retry(const struct op_context *x, const json_t *request, json_t **ret_reply, struct err *e);

static bool release(const struct op_context *x, const char *instance, const struct item *it,
                    struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    char identity[ITEM_IDENTITY], address[ITEM_ADDRESS], label[ITEM_TITLE];
    const struct audit row = {.at = x->now,
                              .actor = x->actor,
                              .action = "retry",
                              .address = item_address(it, instance, address),
                              .detail = item_label(it, label)};
    return tx_begin(x->store, &tx, e) &&
           memory_retry(x->store, instance, item_identity(it, identity), x->now, e) &&
           audit_add(x->store, &row, e) && tx_commit(&tx, e);
}

bool op_retry(const struct op_context *x, const json_t *request, json_t **ret_reply, struct err *e)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    const char *instance = jx_str(request, "instance");
    int64_t kind = jx_int(request, "kind", ITEM_KIND_N), id = jx_int(request, "id", 0);
    struct item it;
    struct item_memory memory;
    bool is_found = false;
    char label[ITEM_TITLE];
    if (!instance || kind < 0 || kind >= ITEM_KIND_N)
        return err_set(e, ERR_USAGE, "retry what?");
    if (!item_find(x->store, instance, (enum item_kind)kind, id, arena, &it, &memory, &is_found, e))
        return false;
    if (!is_found)
        return err_set(e, ERR_USAGE, "the library of instance/%s holds no such item", instance);
    if (!release(x, instance, &it, e))
        return false;
    *ret_reply = json_object();
    jx_put(*ret_reply, "title", jx_string(item_label(&it, label)));
    return true;
}
