/* engine/op_key_exported.c — the key of the database was sealed and given out: {} → {}. */
#include "base/jx.h"
#include "engine/ops.h"
#include "store/resources.h"

bool op_key_exported(const struct op_context *x, const json_t *request, json_t **ret_reply,
                     struct err *e);

bool op_key_exported(const struct op_context *x, const json_t *request UNUSED, json_t **ret_reply,
                     struct err *e)
{
    char at[UTC_TEXT];
    CLEANUP(tx_done) struct tx tx = {0};
    const struct audit row = {
        .at = x->now, .actor = x->actor, .action = "key_export", .address = "key", .detail = ""};
    if (!tx_begin(x->store, &tx, e) ||
        !store_meta_set(x->store, "key_exported", utc_format(x->now, at), e) ||
        !audit_add(x->store, &row, e) || !tx_commit(&tx, e))
        return false;
    *ret_reply = json_object();
    return true;
}
