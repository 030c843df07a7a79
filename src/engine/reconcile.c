/* engine/reconcile.c — from a reading to a standing. */
#include "engine/reconcile.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/jx.h"
#include "base/log.h"
#include "base/str.h"
#include "engine/effects.h"
#include "engine/expired.h"
#include "plan/pin.h"
#include "plan/prints.h"

enum { RETRY_FIRST_S = 5, RETRY_LONGEST_S = 300 };

struct reconcile {
    struct reconcile_setup setup;
    struct tree_source *source;
    struct source_standing standing;
    char told[72];    /* digest that was rejected or held, and said so */
    ms_t began, took; /* monotonic */
    struct timer *retry;
    ms_t retry_wait;
};

/* ---- how it stands ---- */

/* Written only when it changed: an idle daemon lets the disk sleep. */
static void stand(struct reconcile *r, enum standing standing, const char *digest,
                  const char *message)
{
    struct source_standing *now = &r->standing;
    if (standing == STANDING_Synced)
        r->told[0] = '\0'; /* the same mistake again would be news */
    bool is_same = now->standing == standing && str_eq(now->message, message);
    bool is_kept = is_same && str_eq(now->digest, digest);
    if (!is_same)
        now->since = loop_utc(r->setup.loop);
    now->standing = standing;
    snprintf(now->message, sizeof now->message, "%s", message);
    snprintf(now->digest, sizeof now->digest, "%s", digest);
    struct err e = {0};
    if (!is_kept && !source_standing_keep(r->setup.store, now, &e))
        log_error("source_standing", KV("error", e.msg));
}

static void tell(void *ctx, enum event event, json_t *fields)
{
    struct reconcile *r = ctx;
    r->setup.on_event(r->setup.ctx, event, fields);
    json_decref(fields);
}

/* Once per digest: a tree that stays wrong is not news every minute. */
static bool is_news(struct reconcile *r, const char *digest)
{
    if (str_eq(r->told, digest))
        return false;
    snprintf(r->told, sizeof r->told, "%s", digest);
    return true;
}

/* ---- rejected, held, missing ---- */

static const struct diag *first_error(const struct diags *d)
{
    for (size_t i = 0; i < diags_n(d); i++)
        if (diag_severity(diags_at(d, i)->code) == SEVERITY_ERROR)
            return diags_at(d, i);
    return NULL;
}

static void reject(struct reconcile *r, const struct reading *reading)
{
    const struct diag *d = first_error(reading->diags);
    size_t n = diags_errors(reading->diags);
    char message[300];
    assert(d); /* no configuration without an error, and of errors some are kept */
    snprintf(message, sizeof message, "%zu error%s, the first at %s:%d: %s (splintarr validate)", n,
             n == 1 ? "" : "s", d->at.file, d->at.line, d->message);
    stand(r, STANDING_Rejected, reading->tree.digest, message);
    if (!is_news(r, reading->tree.digest))
        return;
    json_t *f = json_object();
    jx_put(f, "digest", jx_string(reading->tree.digest));
    jx_put(f, "errors", json_integer((json_int_t)n));
    jx_put(f, "message", jx_string(message));
    tell(r, EVENT_config_rejected, f);
}

static void hold(struct reconcile *r, const struct reading *reading, const struct plan *plan)
{
    const char *release = plan_release(plan);
    char message[300];
    snprintf(message, sizeof message, "%s%s%s", plan_held(plan), release ? " To release it: " : "",
             release ? release : "");
    stand(r, STANDING_Held, reading->tree.digest, message);
    if (!is_news(r, reading->tree.digest))
        return;
    json_t *f = json_object();
    jx_put(f, "digest", jx_string(reading->tree.digest));
    jx_put(f, "message", jx_string(plan_held(plan)));
    jx_put(f, "release", jx_string(release));
    tell(r, EVENT_prune_held, f);
}

static void miss(struct reconcile *r, const char *message)
{
    if (r->standing.standing != STANDING_SourceMissing)
        log_error("source_missing", KV("root", r->setup.root), KV("message", message));
    r->told[0] = '\0';
    stand(r, STANDING_SourceMissing, "", message);
}

static void on_busy(void *ctx, const char *what, utc_t since)
{
    struct reconcile *r = ctx;
    char at[UTC_TEXT], message[300];
    snprintf(message, sizeof message, "%s since %s", what, utc_format_local(since, at));
    stand(r, STANDING_SourceBusy, "", message);
    json_t *f = json_object();
    jx_put(f, "message", jx_string(message));
    jx_put(f, "since", jx_time(since));
    tell(r, EVENT_source_busy, f);
}

/* ---- applying ---- */

static void tell_applied(struct reconcile *r, const struct reading *reading,
                         const struct plan_applied *done)
{
    json_t *f = json_object();
    jx_put(f, "revision", json_integer(done->revision));
    jx_put(f, "digest", jx_string(reading->tree.digest));
    jx_put(f, "added", json_integer((json_int_t)done->added));
    jx_put(f, "changed", json_integer((json_int_t)done->changed));
    jx_put(f, "removed", json_integer((json_int_t)done->removed));
    jx_put(f, "took_ms", json_integer(r->took));
    tell(r, EVENT_config_applied, f);
}

/* In sync, but for the tenants, or the root, that do not proceed. */
static void stand_synced(struct reconcile *r, const struct reading *reading,
                         const struct plan *plan)
{
    const struct domains *d = plan_domains(plan);
    char message[sizeof r->standing.message];
    snprintf(message, sizeof message, "%s", d->n > 0 ? plan_not_applied(plan) : "");
    bool is_held = true;
    for (size_t i = 0; i < d->n; i++)
        is_held = is_held && d->at[i].is_held;
    if (d->n == 0) {
        stand(r, STANDING_Synced, reading->tree.digest, "");
        return;
    }
    stand(r, is_held ? STANDING_Held : STANDING_Rejected, reading->tree.digest, message);
    if (!is_news(r, reading->tree.digest))
        return;
    json_t *f = json_object();
    jx_put(f, "digest", jx_string(reading->tree.digest));
    if (!is_held)
        jx_put(f, "errors", json_integer((json_int_t)diags_errors(reading->diags)));
    jx_put(f, "message", jx_string(message));
    if (is_held)
        jx_put(f, "release", jx_string(d->at[0].release));
    tell(r, is_held ? EVENT_prune_held : EVENT_config_rejected, f);
}

void reconcile_applied(struct reconcile *r, const struct reading *reading, const struct plan *plan,
                       const struct plan_applied *done, ms_t took)
{
    r->took = took;
    stand_synced(r, reading, plan);
    tell_applied(r, reading, done);
    effects_announce(plan, tell, r);
    r->setup.on_applied(r->setup.ctx);
}

static bool apply(struct reconcile *r, const struct reading *reading, const struct plan *plan,
                  struct err *e)
{
    struct plan_applied done;
    const struct expired_look ended = {.store = r->setup.store,
                                       .now = loop_utc(r->setup.loop),
                                       .on_event = r->setup.on_event,
                                       .ctx = r->setup.ctx};
    utc_t next;
    if (!expired_tell(&ended, &next, e) ||
        !plan_apply(plan, r->setup.store, "reconcile", "", &done, e))
        return false;
    reconcile_applied(r, reading, plan, &done, clock_mono(r->setup.clock) - r->began);
    return true;
}

/* What is applied decides; before the first revision the tree itself does. */
static bool is_manual(const struct reconcile *r, const struct reading *reading)
{
    CLEANUP(config_freep) struct config *applied = NULL;
    struct err e = {0};
    struct revision latest = {0};
    bool has_applied = revision_latest(r->setup.store, &latest, &e) && latest.rev > 0 &&
                       plan_applied_config(r->setup.store, &applied, &e);
    revision_done(&latest);
    const struct settings *s = config_settings(has_applied ? applied : reading->config);
    return s->reconcile.mode == MODE_MANUAL;
}

static bool act(struct reconcile *r, const struct reading *reading, const struct plan *plan,
                struct err *e)
{
    struct pin pin;
    bool is_pinned;
    char message[160];
    switch (plan_status(plan)) {
    case PLAN_IN_SYNC: stand_synced(r, reading, plan); return true;
    case PLAN_HELD: hold(r, reading, plan); return true;
    case PLAN_READY:
    case PLAN_STATUS_N: break;
    }
    if (!plan_pinned(r->setup.store, reading->tree.digest, &pin, &is_pinned, e))
        return false;
    if (is_pinned) {
        snprintf(message, sizeof message,
                 "rolled back to revision %lld; ends when the tree changes, or: splintarr apply",
                 (long long)pin.revision);
        stand(r, STANDING_Pinned, reading->tree.digest, message);
        return true;
    }
    if (is_manual(r, reading)) {
        stand(r, STANDING_Pending, reading->tree.digest,
              "changes wait for: splintarr apply (settings.reconcile.mode is manual)");
        return true;
    }
    return apply(r, reading, plan, e);
}

static bool reconcile(struct reconcile *r, const struct reading *reading, struct err *e)
{
    const struct plan_options options = {0};
    struct plan *plan = NULL;
    if (!plan_build(reading->config, &reading->tree, r->setup.store, r->setup.secrets, &options,
                    loop_utc(r->setup.loop), &plan, e))
        return false;
    bool ok = effects_take(plan, reading->config, r->setup.store, loop_utc(r->setup.loop), e) &&
              act(r, reading, plan, e);
    plan_free(plan);
    return ok;
}

/* ---- failures of the state itself ---- */

static void try_again(void *ctx)
{
    struct reconcile *r = ctx;
    r->retry = NULL;
    source_look(r->source);
}

static void fail(struct reconcile *r, const struct reading *reading, const struct err *why)
{
    log_error("reconcile_failed", KV("error", why->msg), KV("retry_s", r->retry_wait / 1000));
    stand(r, STANDING_Failed, reading->tree.digest, why->msg);
    r->retry = loop_after(r->setup.loop, r->retry_wait, try_again, r);
    r->retry_wait = MIN(r->retry_wait * 2, SECONDS(RETRY_LONGEST_S));
}

static void on_read(void *ctx, struct reading *reading)
{
    struct reconcile *r = ctx;
    struct err e = {0};
    r->began = clock_mono(r->setup.clock);
    r->retry = timer_stop(r->retry);
    if (reading->result == READING_MISSING)
        miss(r, reading->err.msg);
    else if (!reading->tree.has_marker)
        miss(r, "there is no splintarr.yaml with 'version: 1': is the right directory mounted?");
    else if (!reading->config)
        reject(r, reading);
    else if (!reconcile(r, reading, &e))
        fail(r, reading, &e);
    else
        r->retry_wait = SECONDS(RETRY_FIRST_S);
    r->took = clock_mono(r->setup.clock) - r->began;
    log_debug("reconciled", KV("standing", standing_names[r->standing.standing]),
              KV("took_ms", r->took));
    reading_free(reading);
}

/* ---- its life ---- */

struct reconcile *reconcile_new(const struct reconcile_setup *setup)
{
    struct reconcile *r = NEW(struct reconcile);
    *r = (struct reconcile){.setup = *setup, .retry_wait = SECONDS(RETRY_FIRST_S)};
    r->source = source_new(&(struct source_setup){
        .loop = setup->loop,
        .worker = setup->worker,
        .root = setup->root,
        .on_read = on_read,
        .on_busy = on_busy,
        .ctx = r,
    });
    return r;
}

void reconcile_stop(struct reconcile *r)
{
    r->retry = timer_stop(r->retry);
    source_stop(r->source);
}

struct reconcile *reconcile_free(struct reconcile *r)
{
    if (!r)
        return NULL;
    timer_stop(r->retry);
    source_free(r->source);
    mem_free(r);
    return NULL;
}

/* Secrets in files, and lists that resources name. */
static void watch_extra(struct reconcile *r, const struct config *config)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    VEC(const char *) paths = {0};
    struct strlist lists = {0};
    config_references(config, &lists);
    for (size_t i = 0; i < lists.n; i++)
        vec_push(&paths, lists.at[i]);
    for (size_t i = 0; i < config_n(config); i++) {
        const struct resource *x = config_at(config, i);
        struct secret_fields fields;
        secret_fields_of(x->kind, x->name, x->canonical, arena, &fields);
        for (size_t k = 0; k < fields.n; k++)
            if (fields.at[k].ref.source == SECRET_FILE)
                vec_push(&paths, fields.at[k].ref.ref);
    }
    source_extra(r->source, paths.at, paths.n);
    vec_done(&paths);
}

void reconcile_pace(struct reconcile *r, const struct config *config)
{
    if (!config)
        return;
    const struct settings_reconcile *s = &config_settings(config)->reconcile;
    source_pace(r->source, s->poll_interval, s->debounce);
    watch_extra(r, config);
}

void reconcile_start(struct reconcile *r)
{
    struct err e = {0};
    if (!source_standing(r->setup.store, &r->standing, &e))
        log_warning("source_standing", KV("error", e.msg));
    source_start(r->source);
}

void reconcile_look(struct reconcile *r)
{
    source_look(r->source);
}

struct source_standing reconcile_standing(const struct reconcile *r)
{
    return r->standing;
}

ms_t reconcile_took(const struct reconcile *r)
{
    return r->took;
}
