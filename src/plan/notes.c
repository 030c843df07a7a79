/* plan/notes.c — expired exclusions, secrets that are missing, orphans that are kept. */
#include "plan/notes.h"

#include "base/str.h"
#include "plan/prints.h"

static void note_expired(struct plan *p, const struct resource *r, const struct applied *a)
{
    const struct exclusion *x = r->spec;
    utc_t since = a ? a->row.first_applied : p->now;
    utc_t until = x->until ? x->until : x->for_ ? since + x->for_ : 0;
    if (!until || until > p->now)
        return;
    long long days = (p->now - until) / DAYS(1);
    vec_push(&p->notes,
             arena_printf(p->arena, "exclusion/%s expired %lld day%s ago (%s:%d); remove it.",
                          r->name, days, days == 1 ? "" : "s", r->at.file, r->at.line));
}

static void note_secret(struct plan *p, const struct resource *r, const struct secret_field *f,
                        const struct secrets *secrets)
{
    CLEANUP(secret_done) struct secret value = {0};
    struct err e;
    if (!secrets_sees(secrets, &f->ref))
        return;
    bool is_missing = secrets_resolve(secrets, &f->ref, &value, &e) == SECRET_MISSING;
    if (!is_missing && !secrets_is_exposed(&f->ref))
        return;
    const char *what =
        is_missing
            ? e.msg
            : arena_printf(p->arena, "others on this machine may read '%s': chmod 600", f->ref.ref);
    vec_push(&p->notes, arena_printf(p->arena, "%s: %s: %s",
                                     plan_address(p->arena, r->kind, r->name), f->path, what));
}

static void note_secrets(struct plan *p, const struct resource *r, const struct secrets *secrets)
{
    struct secret_fields fields;
    secret_fields_of(r->kind, r->name, r->canonical, p->arena, &fields);
    for (size_t i = 0; i < fields.n; i++)
        note_secret(p, r, &fields.at[i], secrets);
}

static void note_orphans(struct plan *p)
{
    const char *why = p->options.no_prune ? "--no-prune" : "prune.policy: never";
    for (size_t i = 0; i < p->orphans.n; i++) {
        const struct applied *a = p->orphans.at[i];
        vec_push(&p->notes,
                 arena_printf(p->arena, "%s is no longer declared (was %s:%d) and kept: %s.",
                              plan_address(p->arena, a->kind, a->row.name), a->row.file,
                              a->row.line, why));
    }
}

void plan_take_notes(struct plan *p, const struct secrets *secrets)
{
    for (size_t i = 0; i < config_n(p->config); i++) {
        const struct resource *r = config_at(p->config, i);
        if (r->kind == KIND_EXCLUSION)
            note_expired(p, r, applied_find(&p->state.live, r->kind, r->name));
        if (secrets)
            note_secrets(p, r, secrets);
    }
    note_orphans(p);
}
