/* engine/daemon_apply.c — apply over the control socket: {dev, ino, digest, revision, allow_prune?,
 * no_prune?, reason?} → {applied: {…}}.
 *
 * The person has seen a plan of the tree `digest` against `revision`. The daemon reads the tree
 * again and plans again; whatever moved since is refused. */
#include <stdio.h>
#include <sys/stat.h>

#include "base/jx.h"
#include "base/str.h"
#include "engine/daemon_parts.h"
#include "engine/effects.h"

/* One request while its tree is read. */
struct apply_call {
    struct daemon *daemon;
    struct caller *caller; /* NULL: hung up */
    json_t *request;
};

static void call_free(struct apply_call *p)
{
    json_decref(p->request);
    mem_free(p);
}

static void gone(void *ctx)
{
    ((struct apply_call *)ctx)->caller = NULL;
}

/* ---- planning ---- */

static struct plan_options options_of(const json_t *request)
{
    return (struct plan_options){
        .allow_prune = json_object_get(request, "allow_prune") != NULL,
        .allowed_removals = jx_int(request, "allow_prune", 0),
        .no_prune = jx_bool(request, "no_prune", false),
    };
}

static bool is_as_seen(const struct apply_call *x, const struct reading *r, const struct plan *p,
                       struct err *e)
{
    if (str_eq(r->tree.digest, jx_str(x->request, "digest")) &&
        plan_base_revision(p) == jx_int(x->request, "revision", -1))
        return true;
    return err_set(e, ERR_CONFLICT,
                   "the tree or the state changed since the plan was shown; look at splintarr diff "
                   "again");
}

static bool apply(struct apply_call *x, const struct reading *r, const struct plan *p,
                  struct err *e)
{
    struct daemon *d = x->daemon;
    struct plan_applied done;
    const char *reason = jx_str(x->request, "reason");
    ms_t began = clock_mono(d->setup.clock);
    const struct expired_look ended = {.store = d->setup.store,
                                       .config = d->config,
                                       .now = loop_utc(d->setup.loop),
                                       .on_event = daemon_on_event,
                                       .ctx = d};
    utc_t next;
    if (!is_as_seen(x, r, p, e) || !expired_tell(&ended, &next, e) ||
        !plan_apply(p, d->setup.store, caller_actor(x->caller), reason ? reason : "", &done, e))
        return false;
    ms_t took = clock_mono(d->setup.clock) - began;
    reconcile_applied(d->reconcile, r, p, &done, took);
    json_t *o = json_object();
    jx_put(o, "revision", json_integer(done.revision));
    jx_put(o, "added", json_integer((json_int_t)done.added));
    jx_put(o, "changed", json_integer((json_int_t)done.changed));
    jx_put(o, "removed", json_integer((json_int_t)done.removed));
    jx_put(o, "took_ms", json_integer(took));
    caller_end(x->caller, 0, o);
    return true;
}

static bool plan_and_apply(struct apply_call *x, struct reading *r, struct err *e)
{
    provenance_state(&r->tree.provenance, jx_str(x->request, "source_revision"),
                     jx_str(x->request, "source_author"));
    struct daemon *d = x->daemon;
    const struct plan_options options = options_of(x->request);
    struct plan *p = NULL;
    if (!plan_build(r->config, &r->tree, d->setup.store, d->setup.secrets, &options,
                    loop_utc(d->setup.loop), &p, e))
        return false;
    bool ok =
        effects_take(p, r->config, d->setup.store, loop_utc(d->setup.loop), e) && apply(x, r, p, e);
    plan_free(p);
    return ok;
}

static bool check(const struct reading *r, struct err *e)
{
    if (r->result == READING_MISSING) {
        *e = r->err;
        return false;
    }
    if (r->result == READING_BUSY)
        return err_set(e, ERR_CONFLICT, "the tree is changing: %s; try again when it is done",
                       *r->busy ? r->busy : "files were written while they were read");
    return r->config || err_set(e, ERR_CONFLICT,
                                "the tree changed and is invalid now; look at "
                                "splintarr diff again");
}

static void read_over(void *ctx, struct reading *r)
{
    struct apply_call *x = ctx;
    struct err e = {0};
    if (x->caller && !(check(r, &e) && plan_and_apply(x, r, &e)))
        caller_fail(x->caller, &e);
    reading_free(r);
    call_free(x);
}

/* A tree elsewhere is not this daemon's to apply. */
static bool is_own_root(const struct daemon *d, const json_t *request, struct err *e)
{
    struct stat st;
    bool is_same =
        stat(d->setup.root, &st) < 0 || ((int64_t)st.st_dev == jx_int(request, "dev", 0) &&
                                         (int64_t)st.st_ino == jx_int(request, "ino", 0));
    return is_same || err_set(e, ERR_CONFLICT,
                              "the daemon's tree is '%s'; another one cannot be applied while it "
                              "runs",
                              d->setup.root);
}

void daemon_apply(struct daemon *d, struct caller *c, const json_t *request)
{
    struct err e = {0};
    if (!is_own_root(d, request, &e)) {
        caller_fail(c, &e);
        return;
    }
    struct apply_call *x = NEW(struct apply_call);
    *x = (struct apply_call){.daemon = d, .caller = c, .request = json_deep_copy(request)};
    struct reading *r = reading_new(d->setup.root, loop_utc(d->setup.loop));
    r->ignores_git = jx_bool(request, "ignore_source_busy", false);
    caller_on_gone(c, gone, x);
    if (reading_begin(r, d->worker, read_over, x))
        return;
    err_set(&e, ERR_CONFLICT, "the daemon has too much to do; try again");
    caller_fail(c, &e);
    reading_free(r);
    call_free(x);
}
