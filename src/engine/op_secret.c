/* engine/op_secret.c — stored secrets. {values: {name: value, …}} → {}; {name, force?} →
 * {was_stored}. Values travel inside this program or over its 0600 socket, and nowhere else. */
#include <string.h>

#include "base/jx.h"
#include "base/mem.h"
#include "base/str.h"
#include "engine/ops.h"
#include "plan/prints.h"
#include "store/resources.h"

bool op_secret_set(const struct op_context *x, const json_t *request, json_t **ret_reply,
                   struct err *e);
bool op_secret_remove(const struct op_context *x, const json_t *request, json_t **ret_reply,
                      struct err *e);

enum { NAME_LONGEST = 63 };

/* [a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?, once or twice with a slash between: "alice/name". */
static bool is_name_part(const char *s, size_t n)
{
    if (n == 0 || n > NAME_LONGEST || s[0] == '-' || s[n - 1] == '-')
        return false;
    return strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-") >= n;
}

static bool check_name(const char *name, struct err *e)
{
    const char *slash = name ? strchr(name, '/') : NULL;
    bool ok = name && (slash ? is_name_part(name, (size_t)(slash - name)) &&
                                   is_name_part(slash + 1, strlen(slash + 1))
                             : is_name_part(name, strlen(name)));
    return ok || err_set(e, ERR_USAGE,
                         "a secret's name has lower-case letters, digits and '-', at most 63: "
                         "sonarr-main-key");
}

static bool note(const struct op_context *x, const char *action, const char *name, struct err *e)
{
    CLEANUP(freep) char *address = mem_printf("secret/%s", name);
    const struct audit row = {
        .at = x->now, .actor = x->actor, .action = action, .address = address, .detail = ""};
    return audit_add(x->store, &row, e);
}

static bool put(const struct op_context *x, const char *name, const json_t *given, struct err *e)
{
    CLEANUP(secret_done) struct secret value = {0};
    if (!check_name(name, e))
        return false;
    if (!json_is_string(given) || json_string_length(given) == 0)
        return err_set(e, ERR_USAGE, "the value of the secret '%s' is empty", name);
    secret_set(&value, json_string_value(given), json_string_length(given));
    return secret_put(x->store, name, &value, e) && note(x, "secret_set", name, e);
}

bool op_secret_set(const struct op_context *x, const json_t *request, json_t **ret_reply,
                   struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    const char *name;
    const json_t *value;
    if (!tx_begin(x->store, &tx, e))
        return false;
    json_object_foreach(json_object_get(request, "values"), name, value)
    {
        if (!put(x, name, value, e))
            return false;
    }
    if (!tx_commit(&tx, e))
        return false;
    *ret_reply = json_object();
    return true;
}

/* The address of an applied resource that needs the secret; NULL when none does. Caller frees. */
static char *find_user(const struct config *config, const char *name)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    for (size_t i = 0; i < config_n(config); i++) {
        const struct resource *r = config_at(config, i);
        struct secret_fields fields;
        secret_fields_of(r->kind, r->name, r->canonical, arena, &fields);
        for (size_t k = 0; k < fields.n; k++)
            if (fields.at[k].ref.source == SECRET_STORED && str_eq(fields.at[k].ref.ref, name))
                return mem_printf("%s/%s", kind_names[r->kind], r->name);
    }
    return NULL;
}

static bool is_stored(struct store *store, const char *name, bool *ret, struct err *e)
{
    CLEANUP(secret_done) struct secret value = {0};
    return secret_get(store, name, &value, ret, e);
}

bool op_secret_remove(const struct op_context *x, const json_t *request, json_t **ret_reply,
                      struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    const char *name = jx_str(request, "name");
    bool found = false;
    if (!check_name(name, e) || !is_stored(x->store, name, &found, e))
        return false;
    CLEANUP(freep) char *user = found ? find_user(x->config, name) : NULL;
    if (user && !jx_bool(request, "force", false))
        return err_set(e, ERR_REFUSED, "%s uses the secret '%s'; --yes removes it anyway", user,
                       name);
    if (!tx_begin(x->store, &tx, e) || !secret_remove(x->store, name, &found, e) ||
        (found && !note(x, "secret_rm", name, e)) || !tx_commit(&tx, e))
        return false;
    *ret_reply = json_object();
    jx_put(*ret_reply, "was_stored", json_boolean(found));
    return true;
}
