/* plan/guard.c — the guards that hold a plan (reconcile page, section 5), in their order. They look
 * at what is applied, never at what the tree asks for: a bad commit must not lower its own guard.
 * Those about removals look at each tenant alone and hold only him; the root's hold everything. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/jx.h"
#include "base/str.h"
#include "plan/parts.h"

const char *const plan_guard_names[GUARD_N + 1] = {
    [GUARD_MARKER] = "marker",      [GUARD_EMPTY] = "empty",           [GUARD_RATIO] = "ratio",
    [GUARD_PROTECT] = "protect",    [GUARD_LAST_ADMIN] = "last_admin", [GUARD_CONFIRM] = "confirm",
    [GUARD_TENANT] = "tenant_gone",
};

/* The domain that is looked at. */
struct scope {
    const char *owner; /* NULL: the root's */
    bool is_whole;     /* all of them as one: going back is one decision */
};

static bool is_in(const struct scope *s, const char *name)
{
    size_t n = strcspn(name, "/");
    if (s->is_whole || !name[n])
        return s->is_whole || !s->owner;
    return s->owner && strlen(s->owner) == n && strncmp(s->owner, name, n) == 0;
}

static bool is_removal(const struct scope *s, const struct plan_change *c)
{
    return c->action == PLAN_REMOVE && is_in(s, c->name);
}

static size_t removals(const struct plan *p, const struct scope *s)
{
    size_t n = 0;
    for (size_t i = 0; i < p->changes.n; i++)
        n += is_removal(s, &p->changes.at[i]);
    return n;
}

static size_t managed(const struct plan *p, const struct scope *s)
{
    size_t n = 0;
    for (size_t i = 0; i < p->state.live.n; i++)
        n += is_in(s, p->state.live.at[i].row.name);
    return n;
}

/* A tenant is held by the first guard that trips. */
static void hold(struct plan *p, const struct scope *s, enum plan_guard guard, const char *message,
                 const char *release)
{
    if (!s->owner)
        vec_push(&p->holds, (struct plan_hold){guard, message, release});
    else if (!domains_have(&p->domains, s->owner))
        vec_push(&p->domains, (struct domain){.name = s->owner,
                                              .is_held = true,
                                              .guard = plan_guard_names[guard],
                                              .message = message,
                                              .release = release});
}

/* Released by --allow-prune=N with exactly this plan's number, so that a stale terminal cannot
 * approve a bigger plan. */
static bool is_allowed(const struct plan *p)
{
    return p->options.allow_prune && p->options.allowed_removals == (int64_t)p->n_wanted;
}

static const char *prune_command(struct plan *p)
{
    if (p->options.rollback_to)
        return arena_printf(p->arena, "splintarr rollback %lld --allow-prune=%zu",
                            (long long)p->options.rollback_to, p->n_wanted);
    return arena_printf(p->arena, "splintarr apply --allow-prune=%zu", p->n_wanted);
}

static void hold_prune(struct plan *p, const struct scope *s, enum plan_guard guard,
                       const char *message)
{
    if (!is_allowed(p))
        hold(p, s, guard, message, prune_command(p));
}

bool plan_check_allowed(const struct plan *p, struct err *e)
{
    if (!p->options.allow_prune || is_allowed(p))
        return true;
    return err_set(e, ERR_REFUSED,
                   "--allow-prune=%lld was given, but this plan removes %zu; nothing was applied",
                   (long long)p->options.allowed_removals, p->n_wanted);
}

/* ---- marker ---- */

static void guard_marker(struct plan *p, const struct scope *s)
{
    if (!p->tree->has_marker)
        hold(p, s, GUARD_MARKER,
             arena_printf(p->arena,
                          "'%s' has no splintarr.yaml with a version: is the right directory "
                          "mounted there?",
                          p->tree->root),
             "write a splintarr.yaml with the line  version: 1");
}

/* ---- empty ---- */

static size_t count_live(const struct plan *p, const struct scope *s, enum kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < p->state.live.n; i++)
        n += p->state.live.at[i].kind == kind && is_in(s, p->state.live.at[i].row.name);
    return n;
}

static size_t count_removed(const struct plan *p, const struct scope *s, enum kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < p->changes.n; i++)
        n += p->changes.at[i].kind == kind && is_removal(s, &p->changes.at[i]);
    return n;
}

static size_t count_declared(const struct plan *p, const struct scope *s, enum kind kind)
{
    size_t n = 0;
    for (size_t i = 0; i < config_n(p->config); i++)
        n += config_at(p->config, i)->kind == kind && is_in(s, config_at(p->config, i)->name);
    return n;
}

/* Settings alone search nothing. */
static bool declares_nothing(const struct plan *p, const struct scope *s)
{
    size_t n = 0;
    for (int k = 0; k < KIND_N; k++)
        n += k == KIND_SETTINGS ? 0 : count_declared(p, s, (enum kind)k);
    return n == 0;
}

static const char *find_emptied_kind(struct plan *p, const struct scope *s)
{
    for (int k = 0; k < KIND_N; k++) {
        size_t n = count_live(p, s, (enum kind)k);
        if (n >= 2 && count_removed(p, s, (enum kind)k) > 0 &&
            count_declared(p, s, (enum kind)k) == 0)
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

static const char *find_emptied_file(struct plan *p, const struct scope *s)
{
    for (size_t i = 0; i < p->changes.n; i++) {
        const struct plan_change *c = &p->changes.at[i];
        if (is_removal(s, c) && is_emptied(p, c->applied->row.file))
            return arena_printf(p->arena,
                                "%s is 0 bytes long now and declared resources before (%s).",
                                c->applied->row.file, plan_address(p->arena, c->kind, c->name));
    }
    return NULL;
}

/* "queue/alice/a, queue/alice/b and 3 more" */
static const char *list_removed(struct plan *p, const struct scope *s)
{
    enum { SHOWN = 3 };
    size_t n = 0;
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BUF_TEXT);
    for (size_t i = 0; i < p->changes.n; i++) {
        const struct plan_change *c = &p->changes.at[i];
        if (is_removal(s, c) && n++ < SHOWN)
            buf_printf(&text, "%s%s", n > 1 ? ", " : "", plan_address(p->arena, c->kind, c->name));
    }
    if (n > SHOWN)
        buf_printf(&text, " and %zu more", n - SHOWN);
    return arena_strdup(p->arena, text.at);
}

static void guard_gone(struct plan *p, const struct scope *s)
{
    if (s->owner && removals(p, s) > 0 && declares_nothing(p, s))
        hold_prune(p, s, GUARD_TENANT,
                   arena_printf(p->arena, "it is gone, and all it declared would be removed: %s.",
                                list_removed(p, s)));
}

static void guard_empty(struct plan *p, const struct scope *s)
{
    size_t n = removals(p, s);
    if (n == 0)
        return;
    const char *message = NULL;
    if (declares_nothing(p, s))
        message = arena_printf(p->arena,
                               "the tree declares nothing; %zu of %zu resources would be removed.",
                               n, managed(p, s));
    if (!message)
        message = find_emptied_kind(p, s);
    if (!message)
        message = find_emptied_file(p, s);
    if (message)
        hold_prune(p, s, GUARD_EMPTY, message);
}

/* ---- ratio ---- */

enum { RATIO_FLOOR = 2 }; /* a percentage never trips on so few */

/* "33"; "30.5" where the whole number would not look like more than the limit. */
static const char *share(struct plan *p, int64_t n, int64_t of, int64_t limit)
{
    assert(of > 0); /* what is removed was managed */
    int64_t whole = n * 100 / of, tenths = n * 1000 / of % 10;
    if (whole > limit)
        return arena_printf(p->arena, "%lld", (long long)whole);
    return arena_printf(p->arena, "%lld.%lld", (long long)whole, (long long)MAX(tenths, 1));
}

static void guard_ratio(struct plan *p, const struct scope *s)
{
    int64_t n = (int64_t)removals(p, s), of = (int64_t)managed(p, s);
    int64_t limit = p->prune.max_deletes.value;
    if (!p->prune.max_deletes.is_percent) {
        if (n > limit)
            hold_prune(p, s, GUARD_RATIO,
                       arena_printf(p->arena,
                                    "%lld of %lld resources would be removed (more than %lld).",
                                    (long long)n, (long long)of, (long long)limit));
        return;
    }
    if (n <= RATIO_FLOOR || n * 100 <= limit * of)
        return;
    hold_prune(p, s, GUARD_RATIO,
               arena_printf(p->arena, "%lld of %lld resources would be removed (%s %% > %lld %%).",
                            (long long)n, (long long)of, share(p, n, of, limit), (long long)limit));
}

/* ---- protect ---- */

static void guard_protect(struct plan *p, const struct scope *s)
{
    for (size_t i = 0; i < p->changes.n; i++) {
        const struct plan_change *c = &p->changes.at[i];
        if (!is_removal(s, c) || !jx_bool(applied_spec(c->applied), "protect", false))
            continue;
        const char *address = plan_address(p->arena, c->kind, c->name);
        hold(p, s, GUARD_PROTECT,
             arena_printf(p->arena, "%s is protected and would be removed.", address),
             arena_printf(p->arena, "declare %s again with  protect: false, apply, then remove it",
                          address));
    }
}

/* ---- last admin ---- */

static bool is_admin(const struct applied *a)
{
    return a->kind == KIND_USER && str_eq(jx_str(applied_spec(a), "role"), "admin") &&
           !jx_bool(applied_spec(a), "disabled", false);
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

static void guard_last_admin(struct plan *p, const struct scope *s)
{
    if (admins_now(p) > 0 && admins_after(p) == 0)
        hold(p, s, GUARD_LAST_ADMIN, "no enabled user with role admin would remain.",
             "declare one with  role: admin");
}

/* ---- confirm ---- */

static void guard_confirm(struct plan *p, const struct scope *s)
{
    size_t n = removals(p, s);
    if (n > 0 && p->prune.policy == PRUNE_CONFIRM)
        hold_prune(p, s, GUARD_CONFIRM,
                   arena_printf(p->arena,
                                "%zu resource%s would be removed, and prune.policy is confirm.", n,
                                n == 1 ? "" : "s"));
}

/* ---- all of them ---- */

static const struct {
    void (*check)(struct plan *p, const struct scope *s);
    bool is_tenants; /* looks at each tenant alone */
} guards[] = {
    {guard_marker, false}, {guard_gone, true},        {guard_empty, true},   {guard_ratio, true},
    {guard_protect, true}, {guard_last_admin, false}, {guard_confirm, true},
};

void plan_guard(struct plan *p)
{
    const struct scope root = {.is_whole = p->options.rollback_to > 0};
    for (size_t i = 0; i < COUNT(guards); i++)
        guards[i].check(p, &root);
}

bool plan_guard_tenants(struct plan *p)
{
    size_t before = p->domains.n;
    for (size_t i = 0; i < p->state.live.n && !p->options.rollback_to; i++) {
        const char *name = p->state.live.at[i].row.name, *slash = strchr(name, '/');
        const struct scope s = {
            .owner = slash ? arena_strndup(p->arena, name, (size_t)(slash - name)) : NULL};
        for (size_t k = 0; s.owner && k < COUNT(guards); k++)
            if (guards[k].is_tenants && !domains_have(&p->domains, s.owner))
                guards[k].check(p, &s);
    }
    return p->domains.n > before;
}
