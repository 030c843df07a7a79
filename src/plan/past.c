/* plan/past.c — configurations out of the state: the one that runs, and older ones. */
#include "plan/past.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "plan/rights.h"

static bool add_stored(struct config *config, const struct applied_rows *rows, struct err *e)
{
    for (int kind = 0; kind < KIND_N; kind++)
        for (size_t i = 0; i < rows->n; i++) {
            const struct applied *a = &rows->at[i];
            if (a->kind == (enum kind)kind && !applied_add(a, config, e))
                return err_in(e, "the applied %s/%s", kind_names[kind], a->row.name);
        }
    return true;
}

static bool add_contents(struct config *config, struct store *store, int64_t rev, struct err *e)
{
    struct strlist names = {0};
    config_references(config, &names);
    for (size_t i = 0; i < names.n; i++) {
        CLEANUP(freep) char *bytes = NULL;
        if (!content_at(store, names.at[i], rev, &bytes, e))
            return false;
        if (bytes)
            config_add_referenced(config, names.at[i], bytes, strlen(bytes));
    }
    return true;
}

static bool is_at(const struct resource *r, const struct loc *at)
{
    return r->at.line == at->line && r->at.col == at->col && str_eq(r->at.file, at->file);
}

/* What is wrong with it stops it: without its profile it would be another queue. */
static void deny(struct config *config, const struct diag *d)
{
    const char *reason = d->code == DIAG_E204 ? "ReferenceMissing" : "NotAllowed";
    for (size_t i = 0; i < config_n(config); i++)
        if (is_at(config_at(config, i), &d->at))
            config_deny(config, config_at(config, i), reason, d->message);
}

/* A tenant may be left with a reference to what the root dropped while his files were wrong: that
 * is his condition, not damage. NULL: fine. */
static const char *what_is_wrong(struct config *config, struct diags *diags)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    if (config_check(config, diags))
        return NULL;
    for (size_t i = 0; i < diags_n(diags); i++) {
        const struct diag *d = diags_at(diags, i);
        if (diag_severity(d->code) != SEVERITY_ERROR)
            continue;
        if (!*domain_of(d->at.file, arena))
            return d->message;
        deny(config, d);
    }
    return diags_n(diags) < DIAGS_MAX ? NULL : "it does not pass the check";
}

/* ---- what runs ---- */

static bool check_applied(struct config *config, struct err *e)
{
    CLEANUP(diags_freep) struct diags *diags = diags_new();
    const char *wrong = what_is_wrong(config, diags);
    if (wrong)
        return err_set(e, ERR_DB,
                       "the applied configuration is damaged: %s; 'splintarr apply' sets it right",
                       wrong);
    rights_enforce(config);
    return true;
}

bool plan_applied_config(struct store *store, struct config **ret, struct err *e)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    CLEANUP(applied_done) struct applied_state state = {0};
    CLEANUP(config_freep) struct config *config = config_new();
    if (!applied_load(store, arena, &state, e) || !add_stored(config, &state.live, e) ||
        !add_contents(config, store, INT64_MAX, e) || !check_applied(config, e))
        return false;
    *ret = TAKE(config);
    return true;
}

/* ---- an older revision ---- */

static bool check_past(struct config *config, int64_t rev, struct err *e)
{
    CLEANUP(diags_freep) struct diags *diags = diags_new();
    const char *wrong = what_is_wrong(config, diags);
    if (!wrong)
        return true;
    return err_set(e, ERR_REFUSED, "revision %lld is no valid configuration for this version: %s",
                   (long long)rev, wrong);
}

static bool resolve(struct store *store, int64_t *rev, struct err *e)
{
    CLEANUP(revision_done) struct revision newest = {0};
    if (*rev > 0)
        return true;
    if (!revision_latest(store, &newest, e))
        return false;
    if (newest.rev < 2)
        return err_set(e, ERR_USAGE, "there is no revision before %lld to go back to",
                       (long long)newest.rev);
    *rev = newest.rev - 1;
    return true;
}

void past_done(struct past *p)
{
    applied_done(&p->state);
    config_freep(&p->config);
    tree_done(&p->tree);
    arena_freep(&p->arena);
}

bool past_load(struct store *store, int64_t rev, struct past *ret, struct err *e)
{
    CLEANUP(past_done) struct past p = {.arena = arena_new(), .config = config_new()};
    if (!resolve(store, &rev, e) || !applied_load_at(store, rev, p.arena, &p.state, e) ||
        !add_stored(p.config, &p.state.live, e) || !add_contents(p.config, store, rev, e) ||
        !check_past(p.config, rev, e))
        return false;
    p.tree = (struct tree){.root = mem_printf("revision %lld", (long long)rev), .has_marker = true};
    snprintf(p.tree.digest, sizeof p.tree.digest, "%s", p.state.digest);
    *ret = TAKE_STRUCT(p);
    return true;
}

/* ---- going back ---- */

void rollback_done(struct rollback *r)
{
    plan_freep(&r->plan);
    past_done(&r->past);
}

bool rollback_make(struct store *store, const struct secrets *secrets, int64_t rev,
                   const char *pinned_digest, const struct plan_options *options, utc_t now,
                   struct rollback *ret, struct err *e)
{
    CLEANUP(rollback_done) struct rollback r = {0};
    if (!past_load(store, rev, &r.past, e))
        return false;
    const struct plan_options all = {
        .allow_prune = options->allow_prune,
        .allowed_removals = options->allowed_removals,
        .rollback_to = r.past.state.revision,
        .past = &ret->past.state.live,
        .pinned_digest = pinned_digest,
    };
    *ret = TAKE_STRUCT(r);
    if (plan_build(ret->past.config, &ret->past.tree, store, secrets, &all, now, &ret->plan, e))
        return true;
    rollback_done(ret);
    return false;
}
