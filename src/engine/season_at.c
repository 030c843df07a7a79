/* engine/season_at.c — the parts of a season's address, looked up one after the other. */
#include "engine/season_at.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"
#include "engine/named.h"
#include "store/browse.h"

static const char kind[] = "season/";

bool is_season_address(const char *address)
{
    return str_starts(address, kind);
}

/* ---- its parts ---- */

struct parts {
    char *copy;
    char *instance, *series, *number; /* in it; an instance may hold a slash */
};

static void parts_done(struct parts *p)
{
    mem_free(p->copy);
}

static char *cut_last(char *text)
{
    char *slash = strrchr(text, '/');
    if (!slash)
        return NULL;
    *slash = '\0';
    return slash + 1;
}

static bool split(const char *address, struct parts *ret)
{
    if (!is_season_address(address))
        return false;
    ret->copy = mem_strdup(address + sizeof kind - 1);
    ret->instance = ret->copy;
    ret->number = cut_last(ret->copy);
    ret->series = ret->number ? cut_last(ret->copy) : NULL;
    return ret->series && *ret->instance && *ret->series;
}

static bool number_of(const char *text, int *ret)
{
    int64_t n = 0;
    bool ok = str_int(text + (*text == 'S' || *text == 's'), &n) && n >= 0 && n <= INT_MAX;
    *ret = (int)n;
    return ok;
}

/* ---- the series ---- */

/* Those whose title, or number elsewhere, was written instead of the id. */
struct nearby {
    struct arena *arena;
    int64_t tvdb_id; /* 0: it is no number */
    int64_t meant;   /* the id of the series that has it; 0: none */
    VEC(const char *) titles;
    VEC(int64_t) ids; /* beside them */
};

static void nearby_done(struct nearby *x)
{
    vec_done(&x->titles);
    vec_done(&x->ids);
}

static bool note_title(void *ctx, const struct title_summary *t)
{
    struct nearby *x = ctx;
    if (x->tvdb_id && t->tvdb_id == x->tvdb_id)
        x->meant = t->id;
    vec_push(&x->titles, arena_strdup(x->arena, t->title));
    vec_push(&x->ids, t->id);
    return !x->meant;
}

static void find_by_title(struct nearby *x, const char *written)
{
    const char *near = str_did_you_mean(written, x->titles.at, x->titles.n);
    for (size_t i = 0; near && !x->meant && i < x->titles.n; i++)
        if (x->titles.at[i] == near)
            x->meant = x->ids.at[i];
}

static bool no_such_series(struct store *s, const struct parts *p, struct err *e)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    CLEANUP(nearby_done) struct nearby x = {.arena = arena};
    if (!str_int(p->series, &x.tvdb_id))
        x.tvdb_id = 0;
    if (!titles_each(s, p->instance, note_title, &x, e))
        return false;
    if (!x.tvdb_id)
        find_by_title(&x, p->series);
    if (x.meant)
        return err_set(e, ERR_USAGE,
                       "the library of instance/%s holds no series %s; did you mean "
                       "'season/%s/%" PRId64 "/%s'?",
                       p->instance, p->series, p->instance, x.meant, p->number);
    return err_set(e, ERR_USAGE,
                   "the library of instance/%s holds no series %s (splintarr get series lists "
                   "addresses)",
                   p->instance, p->series);
}

/* ---- the season ---- */

struct nearest {
    int wanted, number;
    bool is_any;
};

static void note_season(void *ctx, const struct season_summary *x)
{
    struct nearest *n = ctx;
    if (!n->is_any || abs(x->number - n->wanted) < abs(n->number - n->wanted))
        n->number = x->number;
    n->is_any = true;
}

static bool find_number(struct store *s, const struct season_at *at, const char *title,
                        struct err *e)
{
    struct nearest n = {.wanted = at->number};
    if (!seasons_each(s, at->instance, at->series, note_season, &n, e))
        return false;
    if (!n.is_any)
        return err_set(e, ERR_USAGE, "no episode of '%s' is known (splintarr refresh %s)", title,
                       at->instance);
    return n.number == at->number ||
           err_set(e, ERR_USAGE, "'%s' has no season %d; did you mean 'season/%s/%" PRId64 "/%d'?",
                   title, at->number, at->instance, at->series, n.number);
}

bool season_find(struct store *s, const struct config *c, const char *address,
                 struct season_at *ret, struct err *e)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    CLEANUP(parts_done) struct parts p = {0};
    struct title_summary t = {0};
    bool is_found = false;
    *ret = (struct season_at){0};
    if (!split(address, &p) || !number_of(p.number, &ret->number))
        return err_set(e, ERR_USAGE,
                       "'%s' is no season; write season/INSTANCE/SERIES/NUMBER, such as "
                       "season/sonarr-main/12/2",
                       address);
    if (!config_find(c, KIND_INSTANCE, p.instance))
        return named_not(c, KIND_INSTANCE, p.instance, e);
    snprintf(ret->instance, sizeof ret->instance, "%s", p.instance);
    if (str_int(p.series, &ret->series) &&
        !title_describe(s, p.instance, ret->series, arena, &t, &is_found, e))
        return false;
    return is_found ? find_number(s, ret, t.title, e) : no_such_series(s, &p, e);
}
