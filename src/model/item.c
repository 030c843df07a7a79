/* model/item.c — names, labels and dates of items. */
#include "model/item.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

static const ms_t from_cinema_to_home = DAYS(90);

const char *const item_kind_names[ITEM_KIND_N + 1] = {
    [ITEM_EPISODE] = "episode",
    [ITEM_MOVIE] = "movie",
};

const char *const verdict_names[VERDICT_N + 1] = {
    [VERDICT_NONE] = "none",           [VERDICT_GRABBED] = "grabbed",
    [VERDICT_NOTHING] = "nothing",     [VERDICT_NO_INDEXERS] = "no_indexers",
    [VERDICT_FAILED] = "failed",       [VERDICT_LOST] = "lost",
    [VERDICT_UNKNOWN] = "unknown",     [VERDICT_FOREIGN] = "foreign",
    [VERDICT_ABANDONED] = "abandoned",
};

bool item_is_season(const struct item *it)
{
    return it->kind == ITEM_EPISODE && it->episode == WHOLE_SEASON;
}

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

int item_compare(const struct item *a, const struct item *b)
{
    int order = compare_numbers(a->id, b->id);
    if (order == 0)
        order = compare_numbers(a->title_id, b->title_id);
    return order ? order : compare_numbers(a->season, b->season);
}

char *item_season_identity(const struct item *it, char ret[static ITEM_IDENTITY])
{
    if (it->tvdb_id)
        snprintf(ret, ITEM_IDENTITY, "tvdb:%" PRId64 ":s%02d", it->tvdb_id, it->season);
    else
        snprintf(ret, ITEM_IDENTITY, "id:%" PRId64 ":s%02d", it->title_id, it->season);
    return ret;
}

char *item_identity(const struct item *it, char ret[static ITEM_IDENTITY])
{
    if (item_is_season(it))
        return item_season_identity(it, ret);
    if (it->kind == ITEM_EPISODE && it->tvdb_id)
        snprintf(ret, ITEM_IDENTITY, "tvdb:%" PRId64 "/%d/%d", it->tvdb_id, it->season,
                 it->episode);
    else if (it->kind == ITEM_MOVIE && it->tmdb_id)
        snprintf(ret, ITEM_IDENTITY, "tmdb:%" PRId64, it->tmdb_id);
    else
        snprintf(ret, ITEM_IDENTITY, "id:%" PRId64, it->id);
    return ret;
}

static void trim_half_character(char *text)
{
    size_t n = strlen(text);
    while (n > 0 && !str_is_utf8(text, n))
        text[--n] = '\0';
}

/* Titles come from servers and end on terminals. */
static void blank_controls(char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7F)
            *text = ' ';
}

char *item_label(const struct item *it, char ret[static ITEM_TITLE])
{
    const char *episode = it->episode_title ? it->episode_title : "";
    int n;
    if (item_is_season(it))
        n = snprintf(ret, ITEM_TITLE, "%s S%02d (pack of %d)", it->title, it->season,
                     it->size.episodes);
    else if (it->kind == ITEM_EPISODE)
        n = snprintf(ret, ITEM_TITLE, "%s S%02dE%02d%s%s", it->title, it->season, it->episode,
                     *episode ? " " : "", episode);
    else if (it->year)
        n = snprintf(ret, ITEM_TITLE, "%s (%d)", it->title, it->year);
    else
        n = snprintf(ret, ITEM_TITLE, "%s", it->title);
    if (n >= ITEM_TITLE)
        trim_half_character(ret);
    blank_controls(ret);
    return ret;
}

char *item_address(const struct item *it, const char *instance, char ret[static ITEM_ADDRESS])
{
    if (item_is_season(it))
        snprintf(ret, ITEM_ADDRESS, "season/%s/%" PRId64 "/%d", instance, it->title_id, it->season);
    else
        snprintf(ret, ITEM_ADDRESS, "%s/%s/%" PRId64, item_kind_names[it->kind], instance, it->id);
    return ret;
}

static utc_t earlier(utc_t a, utc_t b)
{
    return !a ? b : !b ? a : MIN(a, b);
}

bool item_is_below_score(const struct item *it)
{
    return it->has_file && it->has_format_score && it->cutoff_format_score > 0 &&
           it->format_score < it->cutoff_format_score;
}

utc_t item_server_searched(const struct item *it)
{
    return it->server_searched ? it->server_searched - it->server_ahead : 0;
}

/* The server notes every search a little before its end, one of a season with each of its episodes.
 */
utc_t item_last_search(const struct item *it, const struct item_memory *m)
{
    static const ms_t whole_seconds = SECONDS(1);
    bool is_none = m->uncounted && it->server_searched <= m->uncounted + whole_seconds;
    return is_none ? m->searched : MAX(m->searched, item_server_searched(it));
}

utc_t item_released(const struct item *it)
{
    if (it->kind == ITEM_EPISODE)
        return it->aired;
    utc_t home = earlier(it->digital, it->physical);
    if (home)
        return home;
    return it->in_cinemas ? it->in_cinemas + from_cinema_to_home : 0;
}

/* Servers ask once for a season, but for an anime's episodes one by one besides, and for a daily
 * show day by day. */
static int season_cost(const struct item *it)
{
    const int costs[SERIES_TYPE_N] = {
        [SERIES_TYPE_STANDARD] = 1,
        [SERIES_TYPE_ANIME] = 1 + it->size.episodes,
        [SERIES_TYPE_DAILY] = MAX(it->size.days, 1),
    };
    return costs[it->type];
}

/* A special is searched by text, once per known title besides its number. */
int item_search_cost(const struct item *it)
{
    if (item_is_season(it))
        return season_cost(it);
    return it->kind == ITEM_EPISODE && it->season == 0 ? 1 + MAX(it->n_titles, 1) : 1;
}
