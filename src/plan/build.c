/* plan/build.c — compares a configuration with what was applied. Pure but for reading the state and
 * fingerprinting secrets; holds no secret value. */

#include "base/jx.h"
#include "base/str.h"
#include "plan/count.h"
#include "plan/notes.h"
#include "plan/parts.h"
#include "plan/prints.h"

const char *const plan_action_names[PLAN_ACTION_N + 1] = {
    [PLAN_CREATE] = "create", [PLAN_UPDATE] = "update", [PLAN_REMOVE] = "remove",
    [PLAN_RENAME] = "rename", [PLAN_REVIVE] = "revive",
};
const char *const plan_reason_names[PLAN_REASON_N + 1] = {
    [PLAN_CREATED] = "created",
    [PLAN_SPEC_CHANGED] = "spec_changed",
    [PLAN_SECRET_ROTATED] = "secret_rotated",
    [PLAN_NOT_IN_SOURCE] = "not_in_source",
    [PLAN_RENAMED] = "renamed",
    [PLAN_DRIFT] = "drift",
    [PLAN_EXPIRED] = "expired",
};
const char *const plan_status_names[PLAN_STATUS_N + 1] = {
    [PLAN_IN_SYNC] = "in_sync", [PLAN_READY] = "ready", [PLAN_HELD] = "held"};

const char *plan_address(struct arena *arena, enum kind kind, const char *name)
{
    return kind == KIND_SETTINGS ? kind_names[kind]
                                 : arena_printf(arena, "%s/%s", kind_names[kind], name);
}

struct loc plan_place(const struct plan *p, const struct resource *r, const struct applied *a)
{
    if (r && !(p->options.rollback_to && a))
        return r->at;
    return (struct loc){a->row.file, a->row.line, a->row.col};
}

/* To compare once more. */
static void forget_changes(struct plan *p)
{
    for (size_t i = 0; i < p->changes.n; i++)
        json_decref(p->changes.at[i].prints);
    for (size_t i = 0; i < p->same.n; i++)
        json_decref(p->same.at[i].prints);
    for (size_t i = 0; i < p->state.live.n; i++)
        p->state.live.at[i].is_declared = false;
    p->changes.n = p->same.n = p->orphans.n = 0;
}

struct plan *plan_free(struct plan *p)
{
    if (!p)
        return NULL;
    forget_changes(p);
    json_decref(p->settings_before);
    json_decref(p->settings_now);
    applied_done(&p->state);
    vec_done(&p->changes);
    vec_done(&p->same);
    vec_done(&p->orphans);
    vec_done(&p->holds);
    vec_done(&p->notes);
    vec_done(&p->domains);
    config_free(p->settled);
    arena_free(p->arena);
    mem_free(p);
    return NULL;
}

void plan_freep(struct plan **p)
{
    *p = plan_free(*p);
}

/* ---- one resource ---- */

static enum plan_reason reason_of(const struct plan_change *c)
{
    bool has_spec_change = false;
    for (size_t i = 0; i < c->n_fields; i++)
        has_spec_change =
            has_spec_change || c->fields[i].from != c->fields[i].to || !c->fields[i].is_secret;
    return has_spec_change ? PLAN_SPEC_CHANGED : PLAN_SECRET_ROTATED;
}

static void keep_same(struct plan *p, const struct plan_change *c)
{
    vec_push(&p->same, (struct plan_same){c->resource, c->applied, c->prints});
}

/* The tree asks for what was applied; what is stored is something else. */
static bool is_only_drift(const struct plan_change *c)
{
    return c->applied->has_drifted && str_eq(c->applied->row.hash, c->resource->hash);
}

static void compare_live(struct plan *p, struct plan_change *c)
{
    c->action = PLAN_UPDATE;
    change_fill(p, c);
    if (c->n_fields == 0 && !c->applied->has_drifted) {
        keep_same(p, c); /* a hash may differ alone: another version's canonical form */
        return;
    }
    c->reason = is_only_drift(c) ? PLAN_DRIFT : reason_of(c);
    c->n_unchanged = count_unchanged(p->arena, c);
    vec_push(&p->changes, *c);
}

/* Going back undoes renames, too. */
static const char *name_of_today(const struct plan *p, const struct resource *r)
{
    const struct applied *then =
        p->options.past ? applied_find(p->options.past, r->kind, r->name) : NULL;
    return then && !str_eq(then->today, r->name) ? then->today : NULL;
}

/* What it says it was called; a tenant leaves his own name out. */
static const char *old_name(const struct plan *p, const struct resource *r)
{
    const char *old = jx_str(r->canonical, "renamed_from");
    return old && r->owner ? arena_printf(p->arena, "%s/%s", r->owner, old) : old;
}

static struct applied *find_renamed(const struct plan *p, const struct resource *r)
{
    const char *today = name_of_today(p, r);
    const char *old = today ? today : old_name(p, r);
    if (!old || config_find(p->config, r->kind, old))
        return NULL;
    return applied_find(&p->state.live, r->kind, old);
}

static struct applied *find_archived(const struct plan *p, const struct plan_change *c)
{
    struct applied *a = applied_find(&p->state.archived, c->kind, c->name);
    return a && a->row.retained_until > p->now ? a : NULL; /* else its history is gone */
}

/* No live row of this name: new, renamed, or back from the archive. */
static void compare_absent(struct plan *p, struct plan_change *c)
{
    struct applied *old = find_renamed(p, c->resource);
    c->applied = old ? old : find_archived(p, c);
    c->action = old ? PLAN_RENAME : c->applied ? PLAN_REVIVE : PLAN_CREATE;
    c->reason = old ? PLAN_RENAMED : PLAN_CREATED;
    if (old) {
        old->is_declared = true;
        c->old_name = old->row.name;
    }
    change_fill(p, c);
    c->n_defaults = c->action == PLAN_CREATE ? count_defaults(p->arena, c) : 0;
    vec_push(&p->changes, *c);
}

/* Its domain does not proceed. */
static void compare_kept(struct plan *p, const struct resource *r)
{
    struct applied *live = applied_find(&p->state.live, r->kind, r->name);
    live->is_declared = true;
    vec_push(&p->same, (struct plan_same){r, live, json_incref(live->prints)});
}

/* What it says now, if it says the same: then nobody has to read what it said. */
static const json_t *said_before(const struct applied *before, const struct resource *r)
{
    bool is_same = !before->has_drifted && str_eq(before->row.hash, r->hash);
    return is_same ? r->canonical : applied_spec(before);
}

static void compare(struct plan *p, const struct resource *r, const struct secrets *secrets)
{
    struct applied *live = applied_find(&p->state.live, r->kind, r->name);
    const struct applied *before = live ? live : find_renamed(p, r);
    struct plan_change c = {
        .kind = r->kind,
        .name = r->name,
        .resource = r,
        .applied = live,
        .prints = prints_of(r, p->config, secrets, before ? before->prints : NULL,
                            before ? said_before(before, r) : NULL, p->arena),
    };
    if (live) {
        live->is_declared = true;
        compare_live(p, &c);
    } else {
        compare_absent(p, &c);
    }
}

/* ---- what is gone ---- */

static bool keeps_orphans(const struct plan *p)
{
    return p->options.no_prune || p->prune.policy == PRUNE_NEVER;
}

static void remove_one(struct plan *p, const struct applied *a)
{
    if (keeps_orphans(p)) {
        vec_push(&p->orphans, a);
        return;
    }
    struct plan_change c = {
        .action = PLAN_REMOVE,
        .reason = PLAN_NOT_IN_SOURCE,
        .kind = a->kind,
        .name = a->row.name,
        .applied = a,
    };
    change_fill(p, &c);
    vec_push(&p->changes, c);
}

/* Removals in reverse order: what refers goes before what is referred to. */
static void compare_gone(struct plan *p)
{
    for (int kind = KIND_N; kind-- > 0;)
        for (size_t i = 0; i < p->state.live.n; i++) {
            const struct applied *a = &p->state.live.at[i];
            if (a->kind == (enum kind)kind && !a->is_declared)
                remove_one(p, a);
        }
}

/* ---- settings ---- */

/* Alone in a configuration, so that its defaults are filled in. NULL when the text is damaged. */
static struct config *settings_config(const char *spec)
{
    CLEANUP(config_freep) struct config *c = config_new();
    CLEANUP(diags_freep) struct diags *diags = diags_new();
    struct err e;
    if (!config_add_stored(c, KIND_SETTINGS, "settings", spec, &e) || !config_check(c, diags))
        return NULL;
    return TAKE(c);
}

static json_t *effective_settings(const struct config *c)
{
    return config_effective(config_find(c, KIND_SETTINGS, "settings"));
}

/* What guards are the settings applied before: a bad commit cannot lower its own guard. Damaged
 * ones count as the defaults. */
static void settings_before(struct plan *p)
{
    const struct applied *row = applied_find(&p->state.live, KIND_SETTINGS, "settings");
    CLEANUP(config_freep) struct config *c = settings_config(row ? row->row.spec : "{}");
    if (!c)
        c = settings_config("{}");
    p->prune = config_settings(c)->reconcile.prune;
    p->settings_before = effective_settings(c);
}

static void settings_now(struct plan *p)
{
    const struct resource *r = config_find(p->config, KIND_SETTINGS, "settings");
    CLEANUP(config_freep) struct config *c = r ? NULL : settings_config("{}");
    json_decref(p->settings_now);
    p->settings_now = r ? config_effective(r) : effective_settings(c);
}

static bool load_base(struct plan *p, struct store *store, struct err *e)
{
    const struct plan_options *o = &p->options;
    bool is_pinned, ok = true;
    p->is_comparison = o->from || o->against;
    if (o->from)
        applied_as(o->from, o->from_tree->digest, p->arena, &p->state);
    else if (o->against)
        ok = applied_load_at(store, o->against, p->arena, &p->state, e);
    else
        ok = applied_load(store, p->arena, &p->state, e) &&
             plan_pinned(store, p->tree->digest, &p->pin, &is_pinned, e);
    p->base = o->from ? o->from_tree->root
                      : arena_printf(p->arena, "revision %lld", (long long)p->state.revision);
    return ok;
}

static bool compare_all(struct plan *p, const struct config *whole, const struct secrets *secrets,
                        struct err *e)
{
    if (!plan_settle(p, whole, e))
        return false;
    settings_now(p);
    for (size_t i = 0; i < config_n(p->config); i++) {
        const struct resource *r = config_at(p->config, i);
        if (domains_have(&p->domains, r->owner))
            compare_kept(p, r);
        else
            compare(p, r, secrets);
    }
    compare_gone(p);
    return true;
}

/* Once more without the tenants that a guard holds. */
static bool guard(struct plan *p, const struct config *whole, const struct secrets *secrets,
                  struct err *e)
{
    p->n_wanted = plan_removals(p);
    if (p->is_comparison)
        return true;
    if (plan_guard_tenants(p)) {
        forget_changes(p);
        if (!compare_all(p, whole, secrets, e))
            return false;
    }
    plan_guard(p);
    return true;
}

bool plan_build(const struct config *config, const struct tree *tree, struct store *store,
                const struct secrets *secrets, const struct plan_options *options, utc_t now,
                struct plan **ret, struct err *e)
{
    CLEANUP(plan_freep) struct plan *p = NEW(struct plan);
    p->arena = arena_new();
    p->tree = tree;
    p->now = now;
    if (options)
        p->options = *options;
    if (!load_base(p, store, e))
        return false;
    settings_before(p);
    for (size_t i = 0; i < tree->rejected.n; i++)
        vec_push(&p->domains, tree->rejected.at[i]);
    if (!compare_all(p, config, secrets, e) || !guard(p, config, secrets, e))
        return false;
    plan_take_notes(p, secrets);
    *ret = TAKE(p);
    return true;
}
