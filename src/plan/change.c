/* plan/change.c — what a change does to the fields of its resource. */
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "plan/parts.h"
#include "plan/prints.h"
#include "plan/show.h"

/* What stands at a path, as text; NULL: nothing. */
static const char *text_at(struct plan *p, const json_t *value, const char *path)
{
    for (const char *at = path; *at;) {
        size_t n = strcspn(at, ".");
        value = json_object_get(value, arena_strndup(p->arena, at, n));
        at += n + (at[n] == '.');
    }
    if (!value || json_is_null(value))
        return NULL;
    CLEANUP(buf_done) struct buf shown;
    buf_init(&shown, BUF_TEXT);
    show_value(value, &shown);
    return arena_strdup(p->arena, shown.at);
}

/* "settings.library.sync" is a place, "6h" what stands there. */
static const char *default_of(struct plan *p, const json_t *settings, const char *text)
{
    static const char prefix[] = "settings.";
    if (!text || !str_starts(text, prefix))
        return text;
    return text_at(p, settings, text + sizeof prefix - 1);
}

/* What the field is now that it is inherited; of before nobody keeps it. */
static const char *inherited_of(struct plan *p, const struct resource *r, const char *path)
{
    CLEANUP(jx_decrefp) json_t *spec = config_effective(r);
    return text_at(p, spec, path);
}

static struct plan_field field_of(struct plan *p, const struct plan_change *c,
                                  const struct field_change *x)
{
    struct plan_field f = {
        .path = x->path,
        .from = x->from,
        .to = x->to,
        .from_default = default_of(p, p->settings_before, x->from_default),
        .to_default = default_of(p, p->settings_now, x->to_default),
        .is_from_inherited = x->is_from_inherited,
        .is_to_inherited = x->is_to_inherited,
        .is_secret = x->is_secret,
    };
    if (x->is_to_inherited && c->resource)
        f.to_default = inherited_of(p, c->resource, x->path);
    if (c->applied)
        f.from_print = jx_str(c->applied->prints, x->path);
    if (c->resource) {
        f.to_print = jx_str(c->prints, x->path);
        f.at = config_where(c->resource, x->path);
        f.has_place = !p->options.rollback_to &&
                      (f.at.line != c->resource->at.line || f.at.col != c->resource->at.col);
    }
    return f;
}

static const json_t *spec_member(const json_t *spec, const char *path, struct arena *arena,
                                 enum kind kind)
{
    struct field_changes all;
    config_diff(kind, NULL, spec, arena, &all);
    for (size_t i = 0; i < all.n; i++)
        if (str_eq(all.at[i].path, path))
            return all.at[i].to;
    return NULL;
}

static bool has_field(const struct plan_change *c, const char *path)
{
    for (size_t i = 0; i < c->n_fields; i++)
        if (str_eq(c->fields[i].path, path))
            return true;
    return false;
}

/* Same reference, other value behind it. */
static void add_rotated(struct plan *p, struct plan_change *c, const char *path)
{
    const json_t *value = spec_member(c->resource->canonical, path, p->arena, c->kind);
    const struct field_change x = {
        .path = arena_strdup(p->arena, path), .from = value, .to = value};
    struct plan_field f = field_of(p, c, &x);
    struct secret_ref ref;
    f.is_secret = secret_ref_of(value, &ref);
    c->fields[c->n_fields++] = f;
}

static bool is_rotated(const struct plan_change *c, const char *path, const char *print)
{
    return !has_field(c, path) && !str_eq(jx_str(c->applied->prints, path), print);
}

void change_fill(struct plan *p, struct plan_change *c)
{
    const json_t *from = c->applied ? applied_spec(c->applied) : NULL;
    const json_t *to = c->resource ? c->resource->canonical : NULL;
    struct field_changes all = {0};
    config_diff(c->kind, from, to, p->arena, &all);
    c->fields = ARENA_ARRAY(p->arena, struct plan_field, all.n + json_object_size(c->prints) + 1);
    for (size_t i = 0; i < all.n; i++)
        c->fields[c->n_fields++] = field_of(p, c, &all.at[i]);
    const char *path;
    json_t *print;
    if (c->applied && c->resource)
        json_object_foreach(c->prints, path,
                            print) if (is_rotated(c, path, json_string_value(print)))
            add_rotated(p, c, path);
}
