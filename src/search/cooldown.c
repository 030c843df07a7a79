/* search/cooldown.c — how long an item rests after a search (engine page, section 3). */
#include "search/cooldown.h"

#include <stdio.h>

#include "model/value.h"
#include "search/search.h"

static const struct {
    ms_t younger_than, base;
} tiers[] = {
    {HOURS(24), HOURS(6)},
    {DAYS(7), HOURS(12)},
    {DAYS(30), HOURS(24)},
    {DAYS(365), HOURS(72)},
};
static const ms_t oldest_base = HOURS(168), longest = DAYS(30);
static const ms_t soft_base = MINUTES(15), soft_longest = HOURS(6);

/* base · 2^n, at most `most`, without overflow. */
static ms_t doubled(ms_t base, int n, ms_t most)
{
    while (n-- > 0 && base < most)
        base *= 2;
    return MIN(base, most);
}

ms_t cooldown_base(ms_t age)
{
    for (size_t i = 0; i < COUNT(tiers); i++)
        if (age < tiers[i].younger_than)
            return tiers[i].base;
    return oldest_base;
}

static ms_t resting(const struct cooldown *c, const struct item *it, const struct item_memory *m,
                    utc_t searched)
{
    if (!c->is_adaptive)
        return c->flat;
    return doubled(cooldown_base(searched - item_released(it)), m->n_nothing, longest);
}

const char *cooldown_words(const struct cooldown *c, const struct item *it,
                           const struct item_memory *m, char ret[static COOLDOWN_WORDS])
{
    char base[VALUE_TEXT], most[VALUE_TEXT];
    utc_t searched = item_last_search(it, m);
    ms_t first = c->is_adaptive ? cooldown_base(searched - item_released(it)) : c->flat;
    bool is_cut = c->is_adaptive && resting(c, it, m, searched) == longest;
    value_print_dur(first, base);
    if (c->is_adaptive && m->n_nothing > 0)
        snprintf(ret, COOLDOWN_WORDS, "%s x 2^%d%s%s (nothing found %d time%s in a row)", base,
                 m->n_nothing, is_cut ? ", at most " : "",
                 is_cut ? value_print_dur(longest, most) : "", m->n_nothing,
                 m->n_nothing == 1 ? "" : "s");
    else
        snprintf(ret, COOLDOWN_WORDS, "%s", base);
    return ret;
}

bool cooldown_is_lifted(const struct item_memory *m)
{
    return m->retried && m->retried >= MAX(m->searched, m->soft_failed);
}

/* A clock that was put back has searches to come. One of a day ahead or more was dated by a clock
 * that was wrong, and would hold its item for as long: nobody knows when it was. */
static utc_t believable(utc_t at, utc_t now)
{
    return at < now + DAYS(1) ? at : 0;
}

utc_t cooldown_until(const struct cooldown *c, const struct item *it, const struct item_memory *m,
                     utc_t now)
{
    utc_t counted = believable(item_last_search(it, m), now);
    utc_t searched = counted ? counted : believable(m->searched, now);
    utc_t failed = m->n_soft_failures > 0 ? believable(m->soft_failed, now) : 0;
    utc_t until = searched ? searched + resting(c, it, m, searched) : 0;
    if (failed)
        until = MAX(until, failed + doubled(soft_base, m->n_soft_failures - 1, soft_longest));
    return until > now && !cooldown_is_lifted(m) ? until : 0;
}

/* The server notes a search when it ends. */
bool cooldown_is_ours(const struct item *it, const struct item_memory *m)
{
    static const ms_t longest_search = MINUTES(10);
    return m->searched && item_server_searched(it) <= m->searched + longest_search;
}

static utc_t last_search(const struct item *it, const struct item_memory *m)
{
    return cooldown_is_ours(it, m) ? m->searched : item_server_searched(it);
}

utc_t query_burst(const struct query *q, const struct item *it, const struct item_memory *m)
{
    const struct burst *burst = q->queue->schedule.spec ? q->queue->schedule.spec->burst : NULL;
    utc_t released = item_released(it), searched = last_search(it, m);
    bool is_found = m->last == VERDICT_GRABBED && m->searched >= released;
    if (!burst || !released || is_found || item_is_season(it))
        return 0;
    utc_t at = searched >= released ? searched + burst->every : released;
    return MAX(at, q->now) < released + burst->for_ ? at : 0;
}

utc_t loop_guard_until(const struct item_memory *m, utc_t now)
{
    enum { GRABS_WITHOUT_IMPORT = 3 };
    utc_t until = m->grabbed + DAYS(30);
    bool is_retried = m->retried && m->retried >= m->grabbed;
    return m->n_grabs >= GRABS_WITHOUT_IMPORT && until > now && !is_retried ? until : 0;
}
