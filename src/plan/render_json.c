/* plan/render_json.c — a plan for programs (cli page, section 6). */
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "plan/prints.h"
#include "plan/show.h"

static json_t *place(const struct loc *at)
{
    json_t *o = json_object();
    jx_put(o, "file", jx_string(at->file));
    jx_put(o, "line", json_integer(at->line));
    jx_put(o, "column", json_integer(at->col));
    return o;
}

/* One side of a secret: where it comes from, never what it is. */
static json_t *secret_side(const json_t *value, const char *print)
{
    struct secret_ref ref;
    json_t *o = json_object();
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BUF_TEXT);
    if (secret_ref_of(value, &ref)) {
        jx_put(o, "source", jx_string(secret_source_names[ref.source]));
        jx_put(o, "ref", jx_string(ref.ref));
        jx_put(o, "fingerprint", jx_string(print));
        return o;
    }
    show_secret(value, &text);
    jx_put(o, "source", jx_string("literal"));
    jx_put(o, "ref", jx_string(text.at));
    return o;
}

static void put_side(json_t *o, const char *key, const struct plan_field *f, const json_t *value,
                     const char *otherwise, const char *print)
{
    if (value && f->is_secret)
        jx_put(o, key, secret_side(value, print));
    else if (value)
        jx_put(o, key, json_deep_copy(value));
    else if (otherwise)
        jx_put(o, key, jx_string(otherwise));
}

static json_t *field_json(const struct plan_change *c, const struct plan_field *f)
{
    json_t *o = json_object();
    jx_put(o, "path", jx_string(f->path));
    if (f->is_secret) {
        jx_put(o, "sensitive", json_true());
        jx_put(o, "changed", json_true());
    }
    if (c->action != PLAN_CREATE)
        put_side(o, "from", f, f->from, f->from_default, f->from_print);
    if (c->action != PLAN_REMOVE)
        put_side(o, "to", f, f->to, f->to_default, f->to_print);
    if (f->from && f->from == f->to && !f->is_secret) {
        jx_put(o, "from_digest", jx_string(f->from_print));
        jx_put(o, "to_digest", jx_string(f->to_print));
    }
    if (f->has_place)
        jx_put(o, "at", place(&f->at));
    return o;
}

static void put_removal(const struct plan *p, const struct plan_change *c, json_t *o)
{
    const char *commit = p->state.commit; /* the newest applied one still had it */
    json_t *at = json_object();
    jx_put(at, "file", jx_string(c->applied->row.file));
    jx_put(at, "line", json_integer(c->applied->row.line));
    jx_put(at, "commit", commit && *commit ? jx_string(commit) : json_null());
    jx_put(o, "last_declared_at", at);
    if (!p->is_comparison)
        jx_put(o, "retained_until", jx_time(p->now + p->prune.retain));
}

static json_t *effects_json(const struct plan_change *c)
{
    json_t *list = json_array();
    for (size_t i = 0; i < c->n_effects; i++) {
        const struct plan_effect *x = &c->effects[i];
        json_t *o = json_object();
        jx_put(o, "kind", jx_string(x->kind));
        if (x->unit)
            jx_put(o, "unit", jx_string(x->unit));
        if (x->of)
            jx_put(o, "queue", jx_string(x->of));
        if (x->count >= 0)
            jx_put(o, "count", json_integer(x->count));
        if (x->before >= 0)
            jx_put(o, "before", json_integer(x->before));
        if (x->to) {
            jx_put(o, "from", jx_time(x->from));
            jx_put(o, "to", jx_time(x->to));
        }
        jx_put(o, "text", jx_string(x->text));
        jx_push(list, o);
    }
    return list;
}

json_t *plan_change_json(const struct plan *p, const struct plan_change *c)
{
    json_t *o = json_object(), *fields = json_array();
    jx_put(o, "address", jx_string(plan_address(p->arena, c->kind, c->name)));
    if (c->old_name)
        jx_put(o, "from_address", jx_string(plan_address(p->arena, c->kind, c->old_name)));
    jx_put(o, "action", jx_string(plan_action_names[c->action]));
    jx_put(o, "reason", jx_string(plan_reason_names[c->reason]));
    const struct loc at = plan_place(p, c->resource, c->applied);
    if (c->resource)
        jx_put(o, "declared_at", place(&at));
    else
        put_removal(p, c, o);
    for (size_t i = 0; i < c->n_fields; i++)
        jx_push(fields, field_json(c, &c->fields[i]));
    jx_put(o, "fields", fields);
    if (c->n_effects > 0)
        jx_put(o, "effects", effects_json(c));
    return o;
}

static json_t *state_json(const struct plan *p)
{
    json_t *o = json_object();
    jx_put(o, "revision", json_integer(p->state.revision));
    jx_put(o, "applied_at", jx_time(p->state.applied_at));
    jx_put(o, "digest", jx_string(p->state.digest));
    if (p->options.from)
        jx_put(o, "root", jx_string(p->base));
    return o;
}

json_t *plan_source_json(const struct tree *tree)
{
    json_t *o = json_object();
    jx_put(o, "digest", jx_string(tree->digest));
    jx_put(o, "files", json_integer((json_int_t)tree->n_files));
    jx_put(o, "root", jx_string(tree->root));
    jx_put(o, "git", provenance_json(&tree->provenance));
    return o;
}

static json_t *pin_json(const struct plan *p)
{
    if (p->pin.revision == 0)
        return json_null();
    json_t *o = json_object();
    jx_put(o, "revision", json_integer(p->pin.revision));
    jx_put(o, "since", jx_time(p->pin.since));
    jx_put(o, "actor", jx_string(p->pin.actor));
    return o;
}

static json_t *summary_json(const struct plan *p)
{
    const struct {
        const char *key;
        size_t n;
    } sums[] = {
        {"add", plan_count(p, PLAN_CREATE) + plan_count(p, PLAN_REVIVE)},
        {"change", plan_count(p, PLAN_UPDATE)},
        {"remove", plan_removals(p)},
        {"rename", plan_count(p, PLAN_RENAME)},
        {"unchanged", p->same.n},
    };
    json_t *o = json_object();
    for (size_t i = 0; i < COUNT(sums); i++)
        jx_put(o, sums[i].key, json_integer((json_int_t)sums[i].n));
    return o;
}

static json_t *held_json(const struct plan *p)
{
    json_t *list = json_array();
    for (size_t i = 0; i < p->holds.n; i++) {
        json_t *o = json_object();
        jx_put(o, "guard", jx_string(plan_guard_names[p->holds.at[i].guard]));
        jx_put(o, "message", jx_string(p->holds.at[i].message));
        jx_put(o, "release", jx_string(p->holds.at[i].release));
        jx_push(list, o);
    }
    return list;
}

static json_t *domains_json(const struct plan *p)
{
    json_t *list = json_array();
    for (size_t i = 0; i < p->domains.n; i++) {
        const struct domain *d = &p->domains.at[i];
        json_t *o = json_object();
        jx_put(o, "domain", jx_string(*d->name ? d->name : "/"));
        jx_put(o, "reason", jx_string(d->is_held ? "Held" : "Rejected"));
        jx_put(o, "guard", jx_string(d->guard));
        jx_put(o, "message", jx_string(d->message));
        jx_put(o, "release", jx_string(d->release));
        jx_push(list, o);
    }
    return list;
}

static json_t *strings_json(const char *const *at, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        jx_push(list, jx_string(at[i]));
    return list;
}

json_t *plan_json(const struct plan *p, const struct diags *diags)
{
    json_t *o = json_object(), *changes = json_array();
    jx_put(o, "format_version", jx_string("1.0"));
    jx_put(o, "state", state_json(p));
    jx_put(o, "source", plan_source_json(p->tree));
    jx_put(o, "status", jx_string(plan_status_names[plan_status(p)]));
    jx_put(o, "summary", summary_json(p));
    for (size_t i = 0; i < p->changes.n; i++)
        jx_push(changes, plan_change_json(p, &p->changes.at[i]));
    jx_put(o, "changes", changes);
    jx_put(o, "held", held_json(p));
    jx_put(o, "not_applied", domains_json(p));
    jx_put(o, "pin", pin_json(p));
    jx_put(o, "notes", strings_json(p->notes.at, p->notes.n));
    jx_put(o, "diagnostics", diags ? diags_json(diags) : json_array());
    return o;
}
