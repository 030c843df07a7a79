/* plan/render_text.c — a plan for people at a terminal: where it comes from, its changes, its sum.
 */
#include "plan/render.h"

/* ---- head ---- */

static void put_age(utc_t since, utc_t now, struct line *l)
{
    static const struct {
        ms_t length;
        const char *name;
    } units[] = {{DAYS(1), "day"}, {HOURS(1), "hour"}, {MINUTES(1), "minute"}};
    for (size_t i = 0; i < COUNT(units); i++) {
        long long n = (now - since) / units[i].length;
        if (n < 1)
            continue;
        put(l, TINT_DIM, ", %lld %s%s ago", n, units[i].name, n == 1 ? "" : "s");
        return;
    }
    put(l, TINT_DIM, ", just now");
}

/* "@ 4f2c91e main  "Calm down"  Alice <alice@home.example>, 12 minutes ago" */
static void put_commit(const struct provenance *g, utc_t now, struct line *l)
{
    put(l, TINT_NONE, " @ %.7s", g->commit);
    if (*g->branch)
        put(l, TINT_NONE, " %s", g->branch);
    if (g->is_dirty)
        put(l, TINT_CHANGE, " (with changes that are not committed)");
    if (*g->subject)
        put(l, TINT_NONE, "  \"%s\"", g->subject);
    if (*g->author)
        put(l, TINT_DIM, "  %s", g->author);
    if (g->committed)
        put_age(g->committed, now, l);
}

static void put_source(const struct plan *p, struct line *l)
{
    const struct provenance *g = &p->tree->provenance;
    put(l, TINT_NONE, "Source  %s", p->tree->root);
    if (g->is_known)
        put_commit(g, p->now, l);
    else if (*g->why_not)
        put(l, TINT_DIM, " (%s)", g->why_not);
    else if (!p->options.rollback_to)
        put(l, TINT_NONE, " (no git)");
    end(l);
}

static void put_base(const struct plan *p, struct line *l)
{
    char when[UTC_TEXT];
    put(l, TINT_NONE, "%s ", p->is_comparison ? "Against" : "State  ");
    if (p->options.from)
        put(l, TINT_NONE, "%s", p->base);
    else if (p->state.revision == 0)
        put(l, TINT_NONE, "nothing applied yet");
    else
        put(l, TINT_NONE, "%s, applied %s", p->base, utc_format_local(p->state.applied_at, when));
    if (p->state.commit && *p->state.commit)
        put(l, TINT_NONE, " from %.7s", p->state.commit);
    end(l);
}

static void put_head(const struct plan *p, struct style style, struct buf *out)
{
    struct line l = {out, style, 0};
    put_source(p, &l);
    put_base(p, &l);
    end(&l);
}

/* ---- foot ---- */

static void put_counts(const struct plan *p, struct buf *out)
{
    size_t n_renames = plan_count(p, PLAN_RENAME);
    buf_printf(out, "Plan: %zu to add, %zu to change, ",
               plan_count(p, PLAN_CREATE) + plan_count(p, PLAN_REVIVE), plan_count(p, PLAN_UPDATE));
    if (n_renames > 0)
        buf_printf(out, "%zu to rename, ", n_renames);
    buf_printf(out, "%zu to remove, %zu unchanged.\n", plan_removals(p), p->same.n);
}

static void put_in_sync(const struct plan *p, struct buf *out)
{
    if (p->state.revision == 0 && !p->options.from)
        buf_puts(out, "No changes. The tree declares nothing yet.\n");
    else
        buf_printf(out, "No changes. %zu resource%s %s.\n", p->same.n,
                   p->same.n == 1 ? " matches" : "s match", p->base);
}

static void put_holds(const struct plan *p, struct style style, struct buf *out)
{
    struct line l = {out, style, 0};
    for (size_t i = 0; i < p->holds.n; i++) {
        put(&l, TINT_REMOVE, "Held: ");
        put(&l, TINT_NONE, "%s", p->holds.at[i].message);
        end(&l);
        if (p->holds.at[i].release) {
            put(&l, TINT_NONE, "      to go ahead:  %s", p->holds.at[i].release);
            end(&l);
        }
    }
}

static void put_domains(const struct plan *p, struct style style, struct buf *out)
{
    struct line l = {out, style, 0};
    for (size_t i = 0; i < p->domains.n; i++) {
        const struct domain *d = &p->domains.at[i];
        put(&l, TINT_REMOVE, d->is_held ? "Held: " : "Not applied: ");
        put(&l, TINT_NONE, "%s: %s", domain_title(d, p->arena), d->message);
        end(&l);
        if (d->release) {
            put(&l, TINT_NONE, "      to go ahead:  %s", d->release);
            end(&l);
        }
    }
}

static void put_notes(const struct plan *p, struct style style, struct buf *out)
{
    struct line l = {out, style, 0};
    for (size_t i = 0; i < p->notes.n; i++) {
        put(&l, TINT_CHANGE, "Warning: ");
        put(&l, TINT_NONE, "%s", p->notes.at[i]);
        end(&l);
    }
}

static void put_pin(const struct plan *p, struct buf *out)
{
    char since[UTC_TEXT];
    if (p->pin.revision > 0)
        buf_printf(out,
                   "Pinned to revision %lld since %s by %s; ends when the tree changes, or:  "
                   "splintarr apply\n",
                   (long long)p->pin.revision, utc_format_local(p->pin.since, since), p->pin.actor);
}

void put_sum(const struct plan *p, struct buf *out)
{
    if (p->changes.n > 0)
        put_counts(p, out);
    else if (p->holds.n == 0)
        put_in_sync(p, out);
}

void plan_changes_text(const struct plan *p, const struct plan_view *view, struct buf *ret)
{
    put_changes(p, view, (struct style){.has_color = view->has_color}, ret);
}

void plan_text(const struct plan *p, const struct plan_view *view, struct buf *ret)
{
    const struct style style = {.has_color = view->has_color};
    put_head(p, style, ret);
    put_changes(p, view, style, ret);
    put_sum(p, ret);
    put_pin(p, ret);
    put_holds(p, style, ret);
    put_domains(p, style, ret);
    put_notes(p, style, ret);
}
