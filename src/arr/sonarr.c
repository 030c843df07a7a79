/* arr/sonarr.c — how Sonarr names things, and how a series and an episode are read. */
#include "arr/dialect.h"
#include "arr/read.h"
#include "base/jx.h"
#include "base/str.h"

static const char *const series_keys[] = {
    "id",        "tvdbId",    "tmdbId",     "imdbId",          "title",
    "sortTitle", "year",      "status",     "seriesType",      "tags",
    "genres",    "monitored", "statistics", "seasons",         "qualityProfileId",
    "path",      "runtime",   "added",      "alternateTitles", "nextAiring",
    NULL,
};

/* A special is searched by name: the series' own, and every other that is not for another season.
 */
static int count_titles(const json_t *o)
{
    enum { NAMES_MAX = 50, ALL_SEASONS = -1 };
    const json_t *others = json_object_get(o, "alternateTitles");
    size_t i;
    json_t *other;
    int n = 1;
    json_array_foreach(others, i, other)
    {
        int64_t season = jx_int(other, "seasonNumber", ALL_SEASONS);
        const char *name = read_str(other, "title");
        if (n < NAMES_MAX && season <= 0 && *name && !str_case_eq(name, read_str(o, "title")))
            n++;
    }
    return n;
}

static void read_series(struct arena *m, const json_t *o, struct title *ret)
{
    read_title_common(m, o, ret);
    ret->n_titles = count_titles(o);
    int type = name_find(series_type_names, SERIES_TYPE_N, read_str(o, "seriesType"));
    ret->type = type < 0 ? SERIES_TYPE_STANDARD : (enum series_type)type;
}

/* The broadcast is over: episodes tell their own length where it differs from the series'. */
static utc_t aired(const json_t *o, const struct title *series)
{
    utc_t begin = jx_utc(o, "airDateUtc");
    ms_t own = read_minutes(o, "runtime");
    return begin ? begin + (own ? own : series->runtime) : 0;
}

static void read_episode(struct arena *m, const json_t *o, const struct title *t, struct item *ret)
{
    (void)m;
    read_item_common(o, t, ret);
    ret->kind = ITEM_EPISODE;
    ret->season = read_int(o, "seasonNumber");
    ret->episode = read_int(o, "episodeNumber");
    ret->episode_title = read_str(o, "title");
    ret->aired = aired(o, t);
    ret->has_file = ret->has_file || jx_int(o, "episodeFileId", 0) > 0;
    const json_t *file = json_object_get(o, "episodeFile");
    ret->is_cutoff_unmet = jx_bool(file, "qualityCutoffNotMet", false);
    read_score(file, ret);
}

const struct dialect *dialect_sonarr(void)
{
    static const struct dialect sonarr = {
        .app = APP_SONARR,
        .name = "Sonarr",
        .kind = ITEM_EPISODE,
        .titles = "series",
        .title_keys = series_keys,
        .item = "episode/",
        .search = "EpisodeSearch",
        .search_ids = "episodeIds",
        .search_season = "SeasonSearch",
        .history_item = "episodeId",
        .history_title = "seriesId",
        .queue_unknown = "includeUnknownSeriesItems",
        .queue_of_item = "queue/details?episodeIds=",
        .queue_of_title = "queue/details?seriesId=",
        /* Old versions fail without a sort key; new ones fall back to the same order. */
        .wanted_sort = "&sortKey=airDateUtc",
        .read_title = read_series,
        .read_item = read_episode,
        .title_inside = "series",
    };
    return &sonarr;
}
