/* plan/pin.c — the pin of a rollback, as one small value of the state. */
#include "plan/pin.h"

#include <stdio.h>
#include <string.h>

#include "base/jx.h"
#include "base/mem.h"
#include "base/str.h"

static const char name[] = "pin";

static bool read_pin(const char *text, struct pin *ret)
{
    CLEANUP(jx_decrefp) json_t *o = NULL;
    struct err e;
    if (!jx_parse(text, strlen(text), &o, &e))
        return false;
    const char *digest = jx_str(o, "digest"), *actor = jx_str(o, "actor");
    *ret = (struct pin){.revision = jx_int(o, "revision", 0), .since = jx_int(o, "since", 0)};
    snprintf(ret->digest, sizeof ret->digest, "%s", digest ? digest : "");
    snprintf(ret->actor, sizeof ret->actor, "%s", actor ? actor : "");
    return ret->revision > 0;
}

bool pin_get(struct store *store, struct pin *ret, struct err *e)
{
    CLEANUP(freep) char *text = NULL;
    if (!store_meta_get(store, name, &text, e))
        return false;
    struct pin pin = {0};
    *ret =
        text && read_pin(text, &pin) ? pin : (struct pin){0}; /* one nobody can read pins nothing */
    return true;
}

bool pin_set(struct store *store, const struct pin *pin, struct err *e)
{
    CLEANUP(jx_decrefp) json_t *o = json_object();
    jx_put(o, "revision", json_integer(pin->revision));
    jx_put(o, "since", json_integer(pin->since));
    jx_put(o, "digest", jx_string(pin->digest));
    jx_put(o, "actor", jx_string(pin->actor));
    CLEANUP(freep) char *text = jx_canonical(o);
    return store_meta_set(store, name, text, e);
}

bool pin_end(struct store *store, struct err *e)
{
    return store_meta_set(store, name, NULL, e);
}

bool plan_pinned(struct store *store, const char *digest, struct pin *ret, bool *ret_is_pinned,
                 struct err *e)
{
    struct pin pin = {0};
    if (store && !pin_get(store, &pin, e))
        return false;
    *ret_is_pinned = pin.revision > 0 && str_eq(pin.digest, digest);
    *ret = *ret_is_pinned ? pin : (struct pin){0};
    return true;
}
