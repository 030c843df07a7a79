/* search/filter.c — a queue's filters, one function and one row each. */
#include "search/filter.h"

#include <string.h>

#include "base/mem.h"
#include "search/fold.h"

bool bar_list_has(const char *list, const char *word)
{
    CLEANUP(freep) char *copy = mem_strdup(list);
    char *rest = copy, *label;
    while ((label = strsep(&rest, "|")))
        if (*label && fold_eq(label, word))
            return true;
    return false;
}

static bool has_any(const char *list, const struct strlist *words)
{
    for (size_t i = 0; i < words->n; i++)
        if (bar_list_has(list, words->at[i]))
            return true;
    return words->n == 0;
}

static bool years(const struct filters *f, const struct item *it)
{
    return !f->years.to || (it->year >= f->years.from && it->year <= f->years.to);
}

static bool status(const struct filters *f, const struct item *it)
{
    return !f->status.bits || (f->status.bits >> it->status & 1);
}

static bool quality_profiles(const struct filters *f, const struct item *it)
{
    for (size_t i = 0; i < f->quality_profiles.n; i++)
        if (fold_eq(f->quality_profiles.at[i], it->quality_profile))
            return true;
    return f->quality_profiles.n == 0;
}

static bool tags(const struct filters *f, const struct item *it)
{
    return has_any(it->tags, &f->tags);
}

static bool genres(const struct filters *f, const struct item *it)
{
    return has_any(it->genres, &f->genres);
}

static bool series_type(const struct filters *f, const struct item *it)
{
    return !f->series_type.bits ||
           (it->kind == ITEM_EPISODE && (f->series_type.bits >> it->type & 1));
}

static bool monitored(const struct filters *f, const struct item *it)
{
    return f->monitored == TRI_UNSET || (f->monitored == TRI_TRUE) == it->is_monitored;
}

/* The strategy's business, not a filter: see strategy_custom.c. */
static bool sources(const struct filters *f UNUSED, const struct item *it UNUSED)
{
    return true;
}

/* One function for every row of filters.def, in its order. */
static const struct {
    const char *name;
    bool (*passes)(const struct filters *f, const struct item *it);
} filters[] = {
#define FIELD(type, name, ...) {#name, name},
#include "model/filters.def"
#undef FIELD
};

const char *filter_refuses(const struct filters *f, const struct item *it)
{
    for (size_t i = 0; i < COUNT(filters); i++)
        if (!filters[i].passes(f, it))
            return filters[i].name;
    return NULL;
}
