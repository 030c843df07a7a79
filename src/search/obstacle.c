/* search/obstacle.c — what keeps a season from being searched whole, as one table: the first that
 * is not met is the obstacle, explaining walks them all. */
#include <stdarg.h>
#include <stdio.h>

#include "search/filter.h"
#include "search/season.h"

typedef bool is_met(const struct season *s);
typedef void say(const struct season *s, char *ret, size_t size);

static void write_text(char *ret, size_t size, const char *fmt, ...) PRINTF(3, 4);
static void write_text(char *ret, size_t size, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    vsnprintf(ret, size, fmt, args);
    va_end(args);
}

static const struct season_packs *packs_of(const struct season *s)
{
    return s->query->queue->season_packs;
}

static bool is_wished(const struct season *s)
{
    return packs_of(s) != NULL;
}

static void say_wish(const struct season *s, char *ret, size_t size)
{
    const struct season_packs *p = packs_of(s);
    if (p)
        write_text(ret, size, "the queue has season_packs, fallback %s",
                   fallback_names[p->fallback]);
    else
        write_text(ret, size, "the queue has no season_packs");
}

static bool is_regular(const struct season *s)
{
    return s->item.size.episodes > 0 && s->item.season > 0;
}

static void say_number(const struct season *s, char *ret, size_t size)
{
    write_text(ret, size, "season %d%s", s->item.season, s->item.season ? "" : ", the specials");
}

static bool is_considered(const struct season *s)
{
    return query_considers(s->query, &s->item);
}

static void say_strategy(const struct season *s, char *ret, size_t size)
{
    write_text(ret, size, "the queue looks for what it lacks: %s", is_considered(s) ? "yes" : "no");
}

static bool lacks_enough(const struct season *s)
{
    const struct season_size *size = &s->item.size;
    const struct season_packs *p = packs_of(s);
    return size->missing >= p->min_missing &&
           (double)size->missing >= p->min_ratio * (double)size->episodes;
}

static void say_missing(const struct season *s, char *ret, size_t size)
{
    const struct season_size *n = &s->item.size;
    const struct season_packs *p = packs_of(s);
    double share = n->episodes ? 100. * (double)n->missing / (double)n->episodes : 0;
    write_text(ret, size, "%d of %d episodes missing, %.3g%%; a pack takes %lld and %.3g%%",
               n->missing, n->episodes, share, (long long)p->min_missing, 100 * p->min_ratio);
}

static bool is_out(const struct season *s)
{
    return s->n_out == s->item.size.episodes;
}

static void say_out(const struct season *s, char *ret, size_t size)
{
    char at[UTC_TEXT];
    write_text(ret, size, "%d of %d episodes are out, %s %s", s->n_out, s->item.size.episodes,
               s->item.aired ? "the last known broadcast ends" : "no date is known",
               s->item.aired ? utc_format_local(s->item.aired, at) : "");
}

static bool is_monitored(const struct season *s)
{
    return s->n_monitored == s->item.size.episodes;
}

static void say_monitored(const struct season *s, char *ret, size_t size)
{
    write_text(ret, size, "%d of %d episodes are monitored", s->n_monitored, s->item.size.episodes);
}

static bool is_free(const struct season *s)
{
    return s->n_excluded == 0;
}

static void say_excluded(const struct season *s, char *ret, size_t size)
{
    write_text(ret, size, "excluded episodes: %d", s->n_excluded);
}

static bool is_at_rest(const struct season *s)
{
    return s->n_downloading == 0;
}

static void say_downloading(const struct season *s, char *ret, size_t size)
{
    if (s->query->downloading)
        write_text(ret, size, "episodes being downloaded: %d", s->n_downloading);
    else
        write_text(ret, size, "the server is asked by each run, and just before a search");
}

static bool is_unguarded(const struct season *s)
{
    return s->n_guarded == 0;
}

static void say_guarded(const struct season *s, char *ret, size_t size)
{
    write_text(ret, size, "episodes held by the loop guard: %d", s->n_guarded);
}

static bool has_ended(const struct season *s)
{
    return !packs_of(s)->ended_only || s->item.status == STATUS_ENDED;
}

static void say_ended(const struct season *s, char *ret, size_t size)
{
    write_text(ret, size, "the series is %s, ended_only: %s", status_names[s->item.status],
               packs_of(s)->ended_only ? "yes" : "no");
}

static bool is_passed(const struct season *s)
{
    return !filter_refuses(&s->query->queue->filters, &s->item);
}

static void say_filter(const struct season *s, char *ret, size_t size)
{
    const char *filter = filter_refuses(&s->query->queue->filters, &s->item);
    write_text(ret, size, filter ? "does not pass filters.%s" : "passes the queue's filters",
               filter ? filter : "");
}

/* All after the first ask what the queue says of packs. */
static const struct {
    const char *name, *obstacle;
    is_met *is_met;
    say *say;
} conditions[] = {
    {"season_packs", "the queue has no season_packs", is_wished, say_wish},
    {"regular_season", "specials are no season", is_regular, say_number},
    {"looked_for", "the queue does not look for it", is_considered, say_strategy},
    {"enough_missing", "too few episodes are missing", lacks_enough, say_missing},
    {"all_out", "not every episode is out", is_out, say_out},
    {"all_monitored", "not every episode is monitored", is_monitored, say_monitored},
    {"none_excluded", "an episode is excluded", is_free, say_excluded},
    {"none_downloading", "an episode is being downloaded", is_at_rest, say_downloading},
    {"none_guarded", "an episode is held by the loop guard", is_unguarded, say_guarded},
    {"series_ended", "the series has not ended", has_ended, say_ended},
    {"filters", "it does not pass the queue's filters", is_passed, say_filter},
};
_Static_assert(COUNT(conditions) == SEASON_LINES, "one line each");

const char *season_obstacle(const struct season *s)
{
    for (size_t i = 0; i < COUNT(conditions); i++)
        if (!conditions[i].is_met(s))
            return conditions[i].obstacle;
    return NULL;
}

bool season_is_pack(const struct season *s)
{
    return season_obstacle(s) == NULL;
}

size_t season_explain(const struct season *s, struct season_line ret[static SEASON_LINES])
{
    size_t n = packs_of(s) ? COUNT(conditions) : 1;
    for (size_t i = 0; i < n; i++) {
        ret[i].condition = conditions[i].name;
        ret[i].is_met = conditions[i].is_met(s);
        conditions[i].say(s, ret[i].numbers, sizeof ret[i].numbers);
    }
    return n;
}
