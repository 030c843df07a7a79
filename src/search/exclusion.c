/* search/exclusion.c — exclusions of one instance, compiled once, asked for every item. */
#include "search/exclusion.h"

#include <string.h>

#include "base/re.h"
#include "base/str.h"
#include "base/vec.h"
#include "search/filter.h"
#include "search/fold.h"
#include "search/titles.h"

/* One item of a match list: every key that is given must hold. */
struct clause {
    const struct match *m;
    struct titles *titles; /* title or titles_file */
    struct re *glob, *regex;
};

struct rule {
    const char *name, *owner;
    utc_t until; /* 0: never expires */
    struct clause *clauses;
    size_t n;
    bool is_too_expensive; /* a pattern of it hit its match limit */
};

struct exclusions {
    VEC(struct rule) rules;
};

/* ---- one of them ---- */

utc_t exclusion_end(const struct exclusion *spec, utc_t first_applied)
{
    return spec->until || !spec->for_ ? spec->until : first_applied + spec->for_;
}

bool exclusion_takes_parts(const struct exclusion *spec)
{
    for (size_t i = 0; i < spec->match.n; i++)
        if (spec->match.at[i].season >= 0)
            return true;
    return false;
}

/* ---- compiling ---- */

static void compile_clause(const struct config *c, const struct match *m, struct clause *ret)
{
    struct err e; /* what does not compile was refused when the tree was checked */
    *ret = (struct clause){.m = m};
    if (m->title || m->titles_file)
        ret->titles = titles_new();
    if (m->title)
        titles_add(ret->titles, m->title);
    const char *file = m->titles_file ? config_referenced(c, m->titles_file) : NULL;
    if (file)
        titles_add_file(ret->titles, file);
    if (m->title_glob && !re_glob(m->title_glob, &ret->glob, &e))
        ret->glob = NULL;
    if (m->title_regex && !re_new(m->title_regex, &ret->regex, NULL, &e))
        ret->regex = NULL;
}

static bool holds_on(const struct config *c, const struct resource *r, const char *instance)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    const struct exclusion *spec = r->spec;
    struct strlist names;
    config_select(c, &spec->instances, r->owner, arena, &names);
    for (size_t i = 0; i < names.n; i++)
        if (str_eq(names.at[i], instance))
            return true;
    return false;
}

static utc_t expiry(const struct exclusion *spec, const char *name, utc_t now,
                    exclusion_since since, const void *ctx)
{
    utc_t first = since && spec->for_ ? since(ctx, name) : 0;
    return exclusion_end(spec, first ? first : now);
}

static void compile_rule(struct exclusions *x, const struct config *c, const struct resource *r,
                         utc_t until)
{
    const struct exclusion *spec = r->spec;
    struct rule rule = {.name = r->name, .owner = r->owner, .until = until, .n = spec->match.n};
    rule.clauses = mem_zeroed(rule.n * sizeof *rule.clauses);
    for (size_t i = 0; i < rule.n; i++)
        compile_clause(c, &spec->match.at[i], &rule.clauses[i]);
    vec_push(&x->rules, rule);
}

struct exclusions *exclusions_new(const struct config *config, const char *instance, utc_t now,
                                  exclusion_since since, const void *ctx)
{
    struct exclusions *x = NEW(struct exclusions);
    for (size_t i = 0; i < config_n(config); i++) {
        const struct resource *r = config_at(config, i);
        if (r->kind != KIND_EXCLUSION || ((const struct exclusion *)r->spec)->suspend ||
            !holds_on(config, r, instance))
            continue;
        utc_t until = expiry(r->spec, r->name, now, since, ctx);
        if (!until || until > now)
            compile_rule(x, config, r, until);
    }
    return x;
}

struct exclusions *exclusions_free(struct exclusions *x)
{
    if (!x)
        return NULL;
    for (size_t i = 0; i < x->rules.n; i++) {
        for (size_t k = 0; k < x->rules.at[i].n; k++) {
            titles_free(x->rules.at[i].clauses[k].titles);
            re_free(x->rules.at[i].clauses[k].glob);
            re_free(x->rules.at[i].clauses[k].regex);
        }
        mem_free(x->rules.at[i].clauses);
    }
    vec_done(&x->rules);
    mem_free(x);
    return NULL;
}

void exclusions_freep(struct exclusions **x)
{
    *x = exclusions_free(*x);
}

/* ---- asking ---- */

struct asked {
    const struct item *it;
    bool is_too_expensive; /* out: a pattern hit its match limit */
};

static bool ids(const struct clause *c, struct asked *a)
{
    const struct match *m = c->m;
    bool is_movie = a->it->kind == ITEM_MOVIE;
    return (!m->series_id || (!is_movie && m->series_id == a->it->title_id)) &&
           (!m->movie_id || (is_movie && m->movie_id == a->it->id)) &&
           (!m->tvdb_id || (!is_movie && m->tvdb_id == a->it->tvdb_id)) &&
           (!m->tmdb_id || (is_movie && m->tmdb_id == a->it->tmdb_id)) &&
           (!m->imdb_id || str_case_eq(m->imdb_id, a->it->imdb_id));
}

static bool season(const struct clause *c, struct asked *a)
{
    bool is_episode = a->it->kind == ITEM_EPISODE;
    return (c->m->season < 0 || (is_episode && c->m->season == a->it->season)) &&
           (c->m->episode < 0 || (is_episode && c->m->episode == a->it->episode));
}

static bool titles(const struct clause *c, struct asked *a)
{
    return !c->titles || titles_has(c->titles, a->it->title);
}

static bool fits(const struct re *re, struct asked *a)
{
    enum re_result result = re_match(re, a->it->title);
    a->is_too_expensive |= result == RE_TOO_EXPENSIVE;
    return result == RE_MATCH;
}

static bool patterns(const struct clause *c, struct asked *a)
{
    return (!c->m->title_glob || (c->glob && fits(c->glob, a))) &&
           (!c->m->title_regex || (c->regex && fits(c->regex, a)));
}

static bool labels(const struct clause *c, struct asked *a)
{
    return (!c->m->genre || bar_list_has(a->it->genres, c->m->genre)) &&
           (!c->m->tag || bar_list_has(a->it->tags, c->m->tag)) &&
           (!c->m->quality_profile || fold_eq(c->m->quality_profile, a->it->quality_profile));
}

/* Cheap ones first. */
static bool (*const parts[])(const struct clause *c, struct asked *a) = {ids, season, labels,
                                                                         titles, patterns};

static bool clause_holds(const struct clause *c, struct asked *a)
{
    for (size_t i = 0; i < COUNT(parts); i++)
        if (!parts[i](c, a))
            return false;
    return true;
}

static bool holds_for(const struct rule *rule, const char *owner)
{
    return !rule->owner || str_eq(rule->owner, owner);
}

static bool rule_holds(struct rule *rule, const struct item *it)
{
    struct asked a = {.it = it};
    bool holds = false;
    for (size_t i = 0; !holds && i < rule->n; i++)
        holds = clause_holds(&rule->clauses[i], &a);
    rule->is_too_expensive |= a.is_too_expensive;
    return holds;
}

const char *exclusions_match(const struct exclusions *x, const char *owner, const struct item *it,
                             utc_t *ret_until)
{
    for (size_t i = 0; i < x->rules.n; i++) {
        struct rule *rule = &x->rules.at[i]; /* only what it remembers of its cost changes */
        if (!holds_for(rule, owner) || !rule_holds(rule, it))
            continue;
        *ret_until = rule->until;
        return rule->name;
    }
    return NULL;
}

static bool lasts_longer(const struct rule *a, const struct rule *b)
{
    return b->until && (!a->until || a->until > b->until);
}

const char *exclusions_last(const struct exclusions *x, const char *owner, const struct item *it,
                            utc_t *ret_until)
{
    const struct rule *last = NULL;
    for (size_t i = 0; i < x->rules.n; i++) {
        struct rule *rule = &x->rules.at[i];
        if (holds_for(rule, owner) && (!last || lasts_longer(rule, last)) && rule_holds(rule, it))
            last = rule;
    }
    if (last)
        *ret_until = last->until;
    return last ? last->name : NULL;
}

const char *exclusions_too_expensive(const struct exclusions *x, size_t i)
{
    for (size_t k = 0; k < x->rules.n; k++)
        if (x->rules.at[k].is_too_expensive && i-- == 0)
            return x->rules.at[k].name;
    return NULL;
}
