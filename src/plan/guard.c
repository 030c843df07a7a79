/* plan/guard.c — the guards that hold a plan (reconcile page, section 5), in their order. They look
 * at what is applied, never at what the tree asks for: a bad commit must not lower its own guard.
 */
#include <stdlib.h>

#include "base/jx.h"
#include "base/str.h"
#include "plan/parts.h"

const char *const plan_guard_names[GUARD_N + 1] = {
    [GUARD_MARKER] = "marker",   [GUARD_EMPTY] = "empty",           [GUARD_RATIO] = "ratio",
    [GUARD_PROTECT] = "protect", [GUARD_LAST_ADMIN] = "last_admin", [GUARD_CONFIRM] = "confirm",
};

static void hold(struct plan *p, enum plan_guard guard, const char *message, const char *release)
{
    vec_push(&p->holds, (struct plan_hold){guard, message, release});
}

/* Released by --allow-prune=N with exactly this plan's number, so that a stale terminal cannot
 * approve a bigger plan. */
static bool is_allowed(const struct plan *p)
{
    return p->options.allow_prune && p->options.allowed_removals == (int64_t)plan_removals(p);
}

static const char *prune_command(struct plan *p)
{
    if (p->options.rollback_to)
        return arena_printf(p->arena, "splintarr rollback %lld --allow-prune=%zu",
                            (long long)p->options.rollback_to, plan_removals(p));
    return arena_printf(p->arena, "splintarr apply --allow-prune=%zu", plan_removals(p));
}

static void hold_prune(struct plan *p, enum plan_guard guard, const char *message)
{
    if (!is_allowed(p))
        hold(p, guard, message, prune_command(p));
}

bool plan_check_allowed(const struct plan *p, struct err *e)
{
    if (!p->options.allow_prune || is_allowed(p))
        return true;
    return err_set(e, ERR_REFUSED,
                   "--allow-prune=%lld was given, but this plan removes %zu; nothing was applied",
                   (long long)p->options.allowed_removals, plan_removals(p));
}

/* ---- marker ---- */

static void guard_marker(struct plan *p)
{
    if (!p->tree->has_marker)
        hold(p, GUARD_MARKER,
             arena_printf(p->arena,
                          "'%s' has no splintarr.yaml with a version: is the right directory "
                          "mounted there?",
                          p->tree->root),
             "write a splintarr.yaml with the line  version: 1");
}

/* ---- empty ---- */

static size_t count_live(const struct plan *p, enum kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < p->state.live.n; i++)
        n += p->state.live.at[i].kind == kind;
    return n;
}

static size_t count_removed(const struct plan *p, enum kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < p->changes.n; i++)
        n += p->changes.at[i].action == PLAN_REMOVE && p->changes.at[i].kind == kind;
    return n;
}

static size_t count_declared(const struct plan *p, enum kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < config_n(p->config); i++)
        n += config_at(p->config, i)->kind == kind;
    return n;
}

/* Settings alone search nothing. */
static bool declares_nothing(const struct plan *p)
{
    return config_n(p->config) == count_declared(p, KIND_SETTINGS);
}

static const char *find_emptied_kind(struct plan *p)
{
    for (int k = 0; k < KIND_N; k++) {
        size_t n = count_live(p, (enum kind)k);
        if (n >= 2 && count_removed(p, (enum kind)k) > 0 && count_declared(p, (enum kind)k) == 0)
            return arena_printf(p->arena, "all %zu %s would be removed.", n, kind_plurals[k]);
    }
    return NULL;
}

static bool is_emptied(const struct plan *p, const char *file)
{
    for (size_t i = 0; i < p->tree->emptied.n; i++)
        if (str_eq(p->tree->emptied.at[i], file))
            return true;
    return false;
}

static const char *find_emptied_file(struct plan *p)
{
    for (size_t i = 0; i < p->changes.n; i++) {
        const struct plan_change *c = &p->changes.at[i];
        if (c->action == PLAN_REMOVE && is_emptied(p, c->applied->row.file))
            return arena_printf(p->arena,
                                "%s is 0 bytes long now and declared resources before (%s).",
                                c->applied->row.file, plan_address(p->arena, c->kind, c->name));
    }
    return NULL;
}

static void guard_empty(struct plan *p)
{
    if (plan_removals(p) == 0)
        return;
    const char *message = NULL;
    if (declares_nothing(p))
        message = arena_printf(p->arena,
                               "the tree declares nothing; %zu of %zu resources would be removed.",
                               plan_removals(p), p->state.live.n);
    if (!message)
        message = find_emptied_kind(p);
    if (!message)
        message = find_emptied_file(p);
    if (message)
        hold_prune(p, GUARD_EMPTY, message);
}

/* ---- ratio ---- */

enum { RATIO_FLOOR = 2 }; /* a percentage never trips on so few */

/* "33"; "30.5" where the whole number would not look like more than the limit. */
static const char *share(struct plan *p, int64_t n, int64_t managed, int64_t limit)
{
    int64_t whole = n * 100 / managed, tenths = n * 1000 / managed % 10;
    if (whole > limit)
        return arena_printf(p->arena, "%lld", (long long)whole);
    return arena_printf(p->arena, "%lld.%lld", (long long)whole, (long long)MAX(tenths, 1));
}

static void guard_ratio(struct plan *p)
{
    int64_t n = (int64_t)plan_removals(p), managed = (int64_t)p->state.live.n;
    int64_t limit = p->prune.max_deletes.value;
    if (!p->prune.max_deletes.is_percent) {
        if (n > limit)
            hold_prune(p, GUARD_RATIO,
                       arena_printf(p->arena,
                                    "%lld of %lld resources would be removed (more than %lld).",
                                    (long long)n, (long long)managed, (long long)limit));
        return;
    }
    if (n <= RATIO_FLOOR || n * 100 <= limit * managed)
        return;
    hold_prune(p, GUARD_RATIO,
               arena_printf(p->arena, "%lld of %lld resources would be removed (%s %% > %lld %%).",
                            (long long)n, (long long)managed, share(p, n, managed, limit),
                            (long long)limit));
}

/* ---- protect ---- */

static void guard_protect(struct plan *p)
{
    for (size_t i = 0; i < p->changes.n; i++) {
        const struct plan_change *c = &p->changes.at[i];
        if (c->action != PLAN_REMOVE || !jx_bool(c->applied->spec, "protect", false))
            continue;
        const char *address = plan_address(p->arena, c->kind, c->name);
        hold(p, GUARD_PROTECT,
             arena_printf(p->arena, "%s is protected and would be removed.", address),
             arena_printf(p->arena, "declare %s again with  protect: false, apply, then remove it",
                          address));
    }
}

/* ---- last admin ---- */

static bool is_admin(const struct applied *a)
{
    return a->kind == KIND_USER && str_eq(jx_str(a->spec, "role"), "admin") &&
           !jx_bool(a->spec, "disabled", false);
}

static size_t admins_now(const struct plan *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->state.live.n; i++)
        n += is_admin(&p->state.live.at[i]);
    return n;
}

static size_t admins_after(const struct plan *p)
{
    size_t n = 0;
    for (size_t i = 0; i < config_n(p->config); i++) {
        const struct resource *r = config_at(p->config, i);
        const struct user *u = r->spec;
        n += r->kind == KIND_USER && u->role == ROLE_ADMIN && !u->disabled;
    }
    for (size_t i = 0; i < p->orphans.n; i++)
        n += is_admin(p->orphans.at[i]);
    return n;
}

static void guard_last_admin(struct plan *p)
{
    if (admins_now(p) > 0 && admins_after(p) == 0)
        hold(p, GUARD_LAST_ADMIN, "no enabled user with role admin would remain.",
             "declare one with  role: admin");
}

/* ---- confirm ---- */

static void guard_confirm(struct plan *p)
{
    size_t n = plan_removals(p);
    if (n > 0 && p->prune.policy == PRUNE_CONFIRM)
        hold_prune(p, GUARD_CONFIRM,
                   arena_printf(p->arena,
                                "%zu resource%s would be removed, and prune.policy is confirm.", n,
                                n == 1 ? "" : "s"));
}

void plan_guard(struct plan *p)
{
    static void (*const guards[])(struct plan *) = {guard_marker,  guard_empty,      guard_ratio,
                                                    guard_protect, guard_last_admin, guard_confirm};
    for (size_t i = 0; i < COUNT(guards); i++)
        guards[i](p);
}
