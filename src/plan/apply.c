/* plan/apply.c — makes a plan true: resources, versions, revision and audit rows in one
 * transaction. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/fault.h"
#include "base/jx.h"
#include "base/str.h"
#include "plan/parts.h"
#include "plan/show.h"

/* What one application works on. */
struct applying {
    const struct plan *plan;
    struct store *store;
    const char *actor;
    int64_t revision;
    struct arena *arena;
};

/* ---- content of referenced files, kept beside the resources: what runs needs no tree ---- */

static bool put_contents(struct applying *a, struct err *e)
{
    struct strlist names = {0};
    config_references(a->plan->config, &names);
    for (size_t i = 0; i < names.n; i++) {
        const char *bytes = config_referenced(a->plan->config, names.at[i]);
        if (bytes && !content_put(a->store, names.at[i], bytes, a->revision, e))
            return false;
    }
    return true;
}

static bool is_referenced(const struct plan *p, const char *path)
{
    struct strlist names = {0};
    config_references(p->config, &names);
    for (size_t i = 0; i < names.n; i++)
        if (str_eq(names.at[i], path))
            return true;
    return false;
}

/* Where the file of an exclusion lies: a tenant's in his own directory. */
static const char *content_path(struct applying *a, const struct plan_change *c, const char *file)
{
    const char *slash = strchr(c->name, '/');
    if (!file || !slash)
        return file;
    return arena_printf(a->arena, "tenants/%.*s/%s", (int)(slash - c->name), c->name, file);
}

/* Forgets content that only this changed or removed exclusion named. */
static bool drop_contents(struct applying *a, const struct plan_change *c, struct err *e)
{
    if (c->kind != KIND_EXCLUSION || !c->applied || a->plan->orphans.n > 0)
        return true;
    const json_t *match = json_object_get(applied_spec(c->applied), "match");
    for (size_t i = 0; i < json_array_size(match); i++) {
        const char *path = content_path(a, c, jx_str(json_array_get(match, i), "titles_file"));
        if (path && !is_referenced(a->plan, path) &&
            !content_put(a->store, path, NULL, a->revision, e))
            return false;
    }
    return true;
}

/* ---- rows ---- */

/* What an older revision's file wrote, nobody kept. */
static char *written_in(const struct plan *p, const struct resource *r,
                        const struct applied *before)
{
    if (p->options.rollback_to)
        return mem_strdup(before && str_eq(before->row.hash, r->hash) ? before->row.written : "");
    CLEANUP(jx_decrefp) json_t *paths = config_explicit(r);
    return jx_canonical(paths);
}

static bool put_row(struct applying *a, const struct resource *r, const struct applied *before,
                    const json_t *prints, bool has_new_spec, struct err *e)
{
    CLEANUP(freep) char *spec = jx_canonical(r->canonical);
    CLEANUP(freep) char *text = jx_canonical(prints);
    const struct loc at = plan_place(a->plan, r, before);
    CLEANUP(freep) char *written = written_in(a->plan, r, before);
    const struct stored_resource row = {
        .kind = kind_names[r->kind],
        .name = r->name,
        .spec = spec,
        .hash = r->hash,
        .fingerprints = text,
        .written = written,
        .file = at.file,
        .line = at.line,
        .col = at.col,
        .from_rev = has_new_spec ? a->revision : before->row.from_rev,
        .first_applied = before ? before->row.first_applied : a->plan->now,
        .spec_since = has_new_spec ? a->plan->now : before->row.spec_since,
    };
    return resource_put(a->store, &row, a->revision, e);
}

static void describe(const struct plan_change *c, struct buf *ret)
{
    for (size_t i = 0; i < c->n_fields && ret->n < 2000; i++) {
        buf_printf(ret, "%s%s ", i > 0 ? "; " : "", c->fields[i].path);
        show_change(&c->fields[i], c->action, ret);
    }
    for (size_t i = 0; i < c->n_effects; i++)
        buf_printf(ret, "%s=> %s", ret->n ? "; " : "", c->effects[i].text);
}

static bool audit_as(struct applying *a, const struct plan_change *c, const char *actor,
                     const char *action, struct err *e)
{
    CLEANUP(buf_done) struct buf detail;
    buf_init(&detail, BUF_TEXT);
    describe(c, &detail);
    const struct audit row = {
        .at = a->plan->now,
        .actor = actor,
        .action = action,
        .address = plan_address(a->arena, c->kind, c->name),
        .detail = detail.at,
        .rev = a->revision,
    };
    return audit_add(a->store, &row, e);
}

/* Drift is nobody's wish: it is set right by the system, whoever applies. */
static bool audit(struct applying *a, const struct plan_change *c, struct err *e)
{
    bool has_drifted = c->applied && c->applied->has_drifted;
    return (!has_drifted || audit_as(a, c, "system", "drift", e)) &&
           (c->reason == PLAN_DRIFT || audit_as(a, c, a->actor, plan_action_names[c->action], e));
}

static bool apply_change(struct applying *a, const struct plan_change *c, struct err *e)
{
    const char *kind = kind_names[c->kind];
    fault_point("plan.change");
    if (c->action == PLAN_RENAME && !resource_rename(a->store, kind, c->old_name, c->name, e))
        return false;
    bool ok = c->action == PLAN_REMOVE ? resource_archive(a->store, kind, c->name, a->revision,
                                                          a->plan->now + a->plan->prune.retain, e)
                                       : put_row(a, c->resource, c->applied, c->prints,
                                                 c->reason != PLAN_SECRET_ROTATED, e);
    return ok && drop_contents(a, c, e) && audit(a, c, e);
}

static bool has_moved(const struct plan *p, const struct plan_same *s)
{
    if (domains_have(&p->domains, s->resource->owner))
        return false;
    const struct stored_resource *row = &s->applied->row;
    const struct loc at = plan_place(p, s->resource, s->applied);
    CLEANUP(freep) char *written = written_in(p, s->resource, s->applied);
    return !str_eq(row->file, at.file) || row->line != at.line || row->col != at.col ||
           !str_eq(row->written, written) || !str_eq(row->hash, s->resource->hash) ||
           !json_equal(s->applied->prints, s->prints);
}

static bool apply_all(struct applying *a, struct err *e)
{
    const struct plan *p = a->plan;
    for (size_t i = 0; i < p->changes.n; i++)
        if (!apply_change(a, &p->changes.at[i], e))
            return err_in(e, "applying %s/%s", kind_names[p->changes.at[i].kind],
                          p->changes.at[i].name);
    for (size_t i = 0; i < p->same.n; i++)
        if (has_moved(p, &p->same.at[i]) &&
            !put_row(a, p->same.at[i].resource, p->same.at[i].applied, p->same.at[i].prints, false,
                     e))
            return false;
    return put_contents(a, e);
}

/* ---- the transaction ---- */

static void count(const struct plan *p, struct plan_applied *ret)
{
    *ret = (struct plan_applied){
        .added = plan_count(p, PLAN_CREATE) + plan_count(p, PLAN_REVIVE),
        .changed = plan_count(p, PLAN_UPDATE) + plan_count(p, PLAN_RENAME),
        .removed = plan_removals(p),
    };
}

static bool add_revision(struct applying *a, const struct plan_applied *n, const char *reason,
                         struct err *e)
{
    const struct provenance *g = &a->plan->tree->provenance;
    CLEANUP(jx_decrefp) json_t *json = plan_json(a->plan, NULL);
    CLEANUP(freep) char *text = jx_canonical(json);
    const struct revision r = {
        .applied = a->plan->now,
        .digest = a->plan->tree->digest,
        .actor = a->actor,
        .reason = reason ? reason : "",
        .plan = text,
        .commit = g->commit,
        .branch = g->branch,
        .author = g->author,
        .subject = g->subject,
        .is_dirty = g->is_dirty,
        .n_resources = (int)(config_n(a->plan->config) + a->plan->orphans.n),
        .n_added = (int)n->added,
        .n_changed = (int)n->changed,
        .n_removed = (int)n->removed,
    };
    return revision_add(a->store, &r, &a->revision, e);
}

static bool check_base(const struct applying *a, struct err *e)
{
    CLEANUP(revision_done) struct revision now = {0};
    if (!revision_latest(a->store, &now, e))
        return false;
    if (now.rev == a->plan->state.revision)
        return true;
    return err_set(e, ERR_CONFLICT,
                   "the state moved from revision %lld to %lld since this plan was made; look at "
                   "splintarr diff again",
                   (long long)a->plan->state.revision, (long long)now.rev);
}

/* A rollback sets the tree aside, anything else that is applied ends that. */
static bool put_pin(struct applying *a, struct err *e)
{
    const struct plan_options *options = &a->plan->options;
    struct pin pin = {.revision = options->rollback_to, .since = a->plan->now};
    if (!options->rollback_to)
        return pin_end(a->store, e);
    snprintf(pin.digest, sizeof pin.digest, "%s", options->pinned_digest);
    snprintf(pin.actor, sizeof pin.actor, "%s", a->actor);
    return pin_set(a->store, &pin, e);
}

static bool apply_in_transaction(struct applying *a, const struct plan_applied *n,
                                 const char *reason, struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    size_t n_expired = 0;
    if (!tx_begin(a->store, &tx, e) || !check_base(a, e) ||
        !resources_expire(a->store, a->plan->now, &n_expired, e) ||
        !add_revision(a, n, reason, e) || !apply_all(a, e) || !put_pin(a, e))
        return false;
    fault_point("plan.apply");
    return tx_commit(&tx, e);
}

bool plan_apply(const struct plan *p, struct store *store, const char *actor, const char *reason,
                struct plan_applied *ret, struct err *e)
{
    assert(!p->is_comparison);
    if (plan_held(p))
        return err_set(e, ERR_REFUSED, "held: %s nothing was applied", plan_held(p));
    if (!plan_check_allowed(p, e))
        return false;
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct applying a = {.plan = p, .store = store, .actor = actor, .arena = arena};
    struct plan_applied n;
    count(p, &n);
    if (!apply_in_transaction(&a, &n, reason, e))
        return false;
    n.revision = a.revision;
    *ret = n;
    return true;
}
