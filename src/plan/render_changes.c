/* plan/render_changes.c — what a plan does to each resource, line by line. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/jx.h"
#include "base/str.h"
#include "plan/count.h"
#include "plan/render.h"
#include "plan/show.h"

enum { PLACE_COLUMN = 67, VALUE_COLUMN = 10 };

void put(struct line *l, enum tint tint, const char *fmt, ...)
{
    static const char *const codes[] = {
        [TINT_NONE] = "",           [TINT_ADD] = "\033[32m", [TINT_CHANGE] = "\033[33m",
        [TINT_REMOVE] = "\033[31m", [TINT_DIM] = "\033[2m",  [TINT_BOLD] = "\033[1m",
    };
    bool is_tinted = l->style.has_color && tint != TINT_NONE;
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, BUF_TEXT);
    va_list args;
    va_start(args, fmt);
    buf_vprintf(&text, fmt, args);
    va_end(args);
    buf_puts(l->out, is_tinted ? codes[tint] : "");
    buf_add(l->out, text.at, text.n);
    buf_puts(l->out, is_tinted ? "\033[0m" : "");
    l->width += str_columns(text.at, text.n);
}

void pad(struct line *l, size_t column, size_t least)
{
    size_t n = l->width < column ? column - l->width : 0;
    put(l, TINT_NONE, "%*s", (int)MAX(n, least), "");
}

void end(struct line *l)
{
    buf_putc(l->out, '\n');
    l->width = 0;
}

static enum tint tint_of(char sign)
{
    return sign == '+' ? TINT_ADD : sign == '-' ? TINT_REMOVE : TINT_CHANGE;
}

/* The sign of a resource (depth 0) or a field (1), and the space around it. */
static void put_sign(struct line *l, int depth, char sign)
{
    char shown = sign == '~' && l->style.is_diff ? '!' : sign;
    int space = depth * 4;
    if (l->style.is_diff)
        put(l, tint_of(sign), "%c %*s", shown, space, "");
    else
        put(l, TINT_NONE, "  %*s", space, "");
    if (!l->style.is_diff)
        put(l, tint_of(sign), "%c ", shown);
}

/* The same place without a sign. */
static void put_space(struct line *l, int depth)
{
    put(l, TINT_NONE, "%*s", depth * 4 + (l->style.is_diff ? 2 : 4), "");
}

/* ---- one resource ---- */

static char action_sign(enum plan_action a)
{
    static const char signs[] = {[PLAN_CREATE] = '+',
                                 [PLAN_UPDATE] = '~',
                                 [PLAN_REMOVE] = '-',
                                 [PLAN_RENAME] = '~',
                                 [PLAN_REVIVE] = '+'};
    return signs[a];
}

static void put_title(const struct plan *p, const struct plan_change *c, struct line *l)
{
    char sign = action_sign(c->action);
    put_sign(l, 0, sign);
    if (c->old_name)
        put(l, TINT_BOLD, "%s -> ", plan_address(p->arena, c->kind, c->old_name));
    put(l, TINT_BOLD, "%s", plan_address(p->arena, c->kind, c->name));
    pad(l, PLACE_COLUMN, 3);
    const struct loc at = plan_place(p, c->resource, c->applied);
    put(l, TINT_DIM, "%s%s:%d", c->action == PLAN_REMOVE ? "was " : "", at.file, at.line);
    if (c->action == PLAN_REMOVE && p->state.commit && *p->state.commit)
        put(l, TINT_DIM, " @ %.7s", p->state.commit);
    end(l);
}

/* The list at the first n bytes of `path` ("match", "backups.to") has one element, or is not there.
 */
static bool has_one(const json_t *spec, const char *path, size_t n)
{
    while (n > 0) {
        size_t step = MIN(strcspn(path, "."), n);
        CLEANUP(freep) char *key = mem_printf("%.*s", (int)step, path);
        spec = json_object_get(spec, key);
        step += step < n;
        path += step;
        n -= step;
    }
    return json_array_size(spec) <= 1;
}

/* "match[0].genre" of a list with one element reads better as "match.genre". */
static void put_path(const struct plan_change *c, const char *path, struct line *l)
{
    size_t n = strcspn(path, "[");
    bool is_lone = str_starts(path + n, "[0].") &&
                   (!c->resource || has_one(c->resource->canonical, path, n)) &&
                   (!c->applied || has_one(applied_spec(c->applied), path, n));
    put(l, TINT_NONE, "%.*s%s", is_lone ? (int)n : (int)strlen(path), path,
        is_lone ? path + n + 3 : "");
}

static void put_field(const struct plan_change *c, const struct plan_field *f, struct line *l)
{
    char sign = show_sign(f, c->action);
    CLEANUP(buf_done) struct buf value;
    buf_init(&value, BUF_TEXT);
    show_change(f, c->action, &value);
    put_sign(l, 1, sign);
    size_t start = l->width;
    put_path(c, f->path, l);
    pad(l, start + VALUE_COLUMN, 2);
    put(l, TINT_NONE, "%s", value.at);
    if (f->has_place && c->action != PLAN_CREATE) {
        pad(l, PLACE_COLUMN, 3);
        put(l, TINT_DIM, "%s:%d", f->at.file, f->at.line);
    }
    end(l);
}

static void put_quiet(const struct quiet_fields *fields, const char *mark, struct line *l)
{
    for (size_t i = 0; i < fields->n; i++) {
        CLEANUP(buf_done) struct buf value;
        buf_init(&value, BUF_TEXT);
        show_value(fields->at[i].value, &value);
        put_space(l, 1);
        size_t start = l->width;
        put(l, TINT_DIM, "%s", fields->at[i].path);
        pad(l, start + VALUE_COLUMN, 2);
        put(l, TINT_DIM, "%s%s", value.at, mark);
        end(l);
    }
}

static void put_everything(const struct plan *p, const struct plan_change *c, struct line *l)
{
    CLEANUP(jx_decrefp) json_t *spec = NULL;
    struct quiet_fields fields;
    if (c->action != PLAN_CREATE) {
        quiet_unchanged(p->arena, c, &fields);
        put_quiet(&fields, "", l);
        return;
    }
    quiet_defaults(p->arena, c, &fields, &spec);
    put_quiet(&fields, " (default)", l);
}

static void put_rest(const struct plan_change *c, struct line *l)
{
    if (c->n_defaults > 0) {
        put_sign(l, 1, '+');
        put(l, TINT_DIM, "%zu field%s at %s default%s", c->n_defaults,
            c->n_defaults == 1 ? "" : "s", c->n_defaults == 1 ? "its" : "their",
            c->n_defaults == 1 ? "" : "s");
        end(l);
    }
    if (c->n_unchanged > 0) {
        put_space(l, 1);
        put(l, TINT_DIM, "(%zu unchanged)", c->n_unchanged);
        end(l);
    }
}

static bool has_fate(const struct plan *p, const struct plan_change *c)
{
    return (c->action == PLAN_REMOVE && !p->is_comparison) ||
           (c->action == PLAN_REVIVE && c->applied->row.archived > 0) || c->reason == PLAN_DRIFT;
}

static void put_fate(const struct plan *p, const struct plan_change *c, struct line *l)
{
    char day[UTC_TEXT];
    if (!has_fate(p, c))
        return;
    put(l, TINT_NONE, "      => ");
    if (c->action == PLAN_REMOVE)
        put(l, TINT_NONE, "history kept until %s", show_day(p->now + p->prune.retain, day));
    else if (c->action == PLAN_REVIVE)
        put(l, TINT_NONE, "comes back with its history, removed %s",
            show_day(c->applied->row.archived, day));
    else
        put(l, TINT_NONE, "the state was changed by something else; set right again");
    end(l);
}

static bool is_wanted(const struct plan *p, const struct plan_view *view, enum kind kind,
                      const char *name)
{
    return !view->only || str_eq(view->only, plan_address(p->arena, kind, name)) ||
           str_eq(view->only, kind_names[kind]) || str_eq(view->only, kind_plurals[kind]);
}

static void put_change(const struct plan *p, const struct plan_change *c,
                       const struct plan_view *view, struct line *l)
{
    put_title(p, c, l);
    for (size_t i = 0; i < c->n_fields; i++)
        put_field(c, &c->fields[i], l);
    if (view->is_full && c->resource)
        put_everything(p, c, l);
    else
        put_rest(c, l);
    for (size_t i = 0; i < c->n_effects; i++) {
        put(l, TINT_NONE, "      => %s", c->effects[i].text);
        end(l);
    }
    put_fate(p, c, l);
    end(l);
}

static void put_same(const struct plan *p, const struct plan_view *view, struct line *l)
{
    bool any = false;
    for (size_t i = 0; view->is_full && i < p->same.n; i++) {
        const struct resource *r = p->same.at[i].resource;
        if (!is_wanted(p, view, r->kind, r->name))
            continue;
        const struct loc at = plan_place(p, r, p->same.at[i].applied);
        put_space(l, 0);
        put(l, TINT_DIM, "%s", plan_address(p->arena, r->kind, r->name));
        pad(l, PLACE_COLUMN, 3);
        put(l, TINT_DIM, "%s:%d", at.file, at.line);
        end(l);
        any = true;
    }
    if (any)
        end(l);
}

void put_changes(const struct plan *p, const struct plan_view *view, struct style style,
                 struct buf *out)
{
    struct line l = {out, style, 0};
    for (size_t i = 0; i < p->changes.n; i++)
        if (is_wanted(p, view, p->changes.at[i].kind, p->changes.at[i].name))
            put_change(p, &p->changes.at[i], view, &l);
    put_same(p, view, &l);
}
