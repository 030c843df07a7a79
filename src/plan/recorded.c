/* plan/recorded.c — turns the JSON of a plan back into changes, for showing. */
#include "plan/recorded.h"

#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "plan/parts.h"
#include "plan/prints.h"

/* The number of a word in a table of names; 0, the first, when it is none of them. */
static int index_of(const char *const *names, const char *word)
{
    for (int i = 0; names[i]; i++)
        if (str_eq(names[i], word))
            return i;
    return 0;
}

static struct loc place_of(const json_t *o)
{
    const char *file = jx_str(o, "file");
    return (struct loc){file ? file : "?", (int)jx_int(o, "line", 0), (int)jx_int(o, "column", 0)};
}

/* {"source": "file", "ref": "/x"} → {"file": "/x"}, as specifications write it. */
static const json_t *secret_of(const struct plan *p, json_t *field, const char *key)
{
    json_t *side = json_object_get(field, key);
    const char *source = jx_str(side, "source"), *ref = jx_str(side, "ref");
    if (!source || !ref)
        return NULL;
    json_t *value = json_object();
    if (str_eq(source, "literal")) {
        json_decref(value);
        value = jx_string(ref);
    } else {
        jx_put(value, arena_strdup(p->arena, source), jx_string(ref));
    }
    json_object_set_new(field, key, value); /* the field owns it */
    return value;
}

static struct plan_field field_of(const struct plan *p, json_t *o)
{
    const json_t *at = json_object_get(o, "at");
    struct plan_field f = {
        .path = jx_str(o, "path"),
        .is_secret = jx_bool(o, "sensitive", false),
        .at = place_of(at),
        .has_place = at != NULL,
    };
    f.from_print = jx_str(json_object_get(o, "from"), "fingerprint");
    f.from = f.is_secret ? secret_of(p, o, "from") : json_object_get(o, "from");
    f.to = f.is_secret ? secret_of(p, o, "to") : json_object_get(o, "to");
    return f;
}

static void take_fields(const struct plan *p, const json_t *list, struct plan_change *c)
{
    size_t i;
    json_t *o;
    c->fields = ARENA_ARRAY(p->arena, struct plan_field, json_array_size(list) + 1);
    json_array_foreach(list, i, o) if (jx_str(o, "path")) c->fields[c->n_fields++] = field_of(p, o);
}

/* "queue/tv" → its kind and name; settings have none. */
static bool take_address(const char *address, struct plan_change *c)
{
    const char *slash = address ? strchr(address, '/') : NULL;
    if (str_eq(address, kind_names[KIND_SETTINGS])) {
        c->kind = KIND_SETTINGS;
        c->name = address;
        return true;
    }
    for (int k = 0; slash && k < KIND_N; k++) {
        size_t n = strlen(kind_names[k]);
        if (n != (size_t)(slash - address) || strncmp(kind_names[k], address, n) != 0)
            continue;
        c->kind = (enum kind)k;
        c->name = slash + 1;
        return true;
    }
    return false;
}

/* Of the last change: what it meant for searching then. */
static void take_effects(struct plan *p, const json_t *list)
{
    size_t i;
    json_t *o;
    json_array_foreach(list, i, o)
    {
        const struct plan_effect effect = {.kind = jx_str(o, "kind"), .text = jx_str(o, "text")};
        if (effect.kind && effect.text)
            plan_add_effect(p, p->changes.n - 1, &effect);
    }
}

static struct applied *place_holder(const struct plan *p, const json_t *o)
{
    const json_t *at = json_object_get(o, "declared_at");
    const struct loc place = place_of(at ? at : json_object_get(o, "last_declared_at"));
    struct applied *a = ARENA_NEW(p->arena, struct applied);
    *a = (struct applied){.row = {.file = place.file, .line = place.line, .col = place.col}};
    return a;
}

static void take_change(struct plan *p, const json_t *o)
{
    const char *old = jx_str(o, "from_address");
    struct plan_change c = {
        .action = (enum plan_action)index_of(plan_action_names, jx_str(o, "action")),
        .reason = (enum plan_reason)index_of(plan_reason_names, jx_str(o, "reason")),
        .applied = place_holder(p, o),
    };
    if (!take_address(jx_str(o, "address"), &c))
        return; /* of a kind this version does not know */
    c.old_name = old && strchr(old, '/') ? strchr(old, '/') + 1 : NULL;
    take_fields(p, json_object_get(o, "fields"), &c);
    vec_push(&p->changes, c);
    take_effects(p, json_object_get(o, "effects"));
}

bool recorded_text(const char *json, const struct plan_view *view, struct buf *ret, struct err *e)
{
    CLEANUP(jx_decrefp) json_t *o = NULL;
    if (!jx_parse(json, strlen(json), &o, e))
        return err_set(e, ERR_DB, "the plan of this revision is damaged (splintarr db check)");
    CLEANUP(plan_freep) struct plan *p = NEW(struct plan);
    p->arena = arena_new();
    p->is_comparison = true;
    size_t i;
    json_t *change;
    json_array_foreach(json_object_get(o, "changes"), i, change) take_change(p, change);
    plan_changes_text(p, view, ret);
    return true;
}
