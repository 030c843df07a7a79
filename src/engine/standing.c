/* engine/standing.c — the standing as one value among the state's facts. */
#include "engine/standing.h"

#include <stdio.h>
#include <string.h>

#include "base/jx.h"
#include "base/mem.h"
#include "base/str.h"

const char *const standing_names[STANDING_N + 1] = {
#define S(name) #name,
    STANDINGS(S)
#undef S
};

static const char meta_name[] = "source";

bool source_standing(struct store *store, struct source_standing *ret, struct err *e)
{
    CLEANUP(freep) char *text = NULL;
    CLEANUP(jx_decrefp) json_t *o = NULL;
    *ret = (struct source_standing){0};
    if (!store_meta_get(store, meta_name, &text, e))
        return false;
    if (!text || !jx_parse(text, strlen(text), &o, e))
        return !text;
    for (int i = 0; i < STANDING_N; i++)
        if (str_eq(jx_str(o, "standing"), standing_names[i]))
            ret->standing = (enum standing)i;
    snprintf(ret->message, sizeof ret->message, "%s", jx_str(o, "message"));
    snprintf(ret->digest, sizeof ret->digest, "%s", jx_str(o, "digest"));
    ret->since = jx_utc(o, "since");
    return true;
}

bool source_standing_keep(struct store *store, const struct source_standing *s, struct err *e)
{
    CLEANUP(jx_decrefp) json_t *o = json_object();
    jx_put(o, "standing", jx_string(standing_names[s->standing]));
    jx_put(o, "message", jx_string(s->message));
    jx_put(o, "digest", jx_string(s->digest));
    jx_put(o, "since", jx_time(s->since));
    CLEANUP(freep) char *text = jx_canonical(o);
    return store_meta_set(store, meta_name, text, e);
}
