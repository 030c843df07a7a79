/* arr/radarr.c — how Radarr names things, and how a movie is read, which is title and item. */
#include "arr/dialect.h"
#include "arr/read.h"
#include "base/jx.h"

static const char *const movie_keys[] = {
    "id",
    "tmdbId",
    "imdbId",
    "title",
    "sortTitle",
    "year",
    "status",
    "tags",
    "genres",
    "monitored",
    "qualityProfileId",
    "path",
    "runtime",
    "added",
    "hasFile",
    "movieFile",
    "isAvailable",
    "inCinemas",
    "statistics",
    "digitalRelease",
    "physicalRelease",
    "lastSearchTime",
    NULL,
};

static void read_movie(struct arena *m, const json_t *o, const struct title *t, struct item *ret)
{
    (void)m;
    const json_t *file = json_object_get(o, "movieFile");
    read_item_common(o, t, ret);
    ret->kind = ITEM_MOVIE;
    ret->season = ret->episode = -1;
    ret->has_file = ret->has_file || jx_int(o, "movieFileId", 0) > 0 || json_is_object(file);
    ret->is_cutoff_unmet = jx_bool(file, "qualityCutoffNotMet", false);
    read_score(file, ret);
    ret->is_available = jx_bool(o, "isAvailable", false);
    ret->in_cinemas = jx_utc(o, "inCinemas");
    ret->digital = jx_utc(o, "digitalRelease");
    ret->physical = jx_utc(o, "physicalRelease");
}

const struct dialect *dialect_radarr(void)
{
    static const struct dialect radarr = {
        .app = APP_RADARR,
        .name = "Radarr",
        .kind = ITEM_MOVIE,
        .is_item_title = true,
        .may_be_nameless = true,
        .titles = "movie",
        .title_keys = movie_keys,
        .item = "movie/",
        .search = "MoviesSearch",
        .search_ids = "movieIds",
        .history_item = "movieId",
        .history_title = "movieId",
        .queue_unknown = "includeUnknownMovieItems",
        .queue_of_item = "queue/details?movieId=",
        .wanted_sort = "",
        .read_title = read_title_common,
        .read_item = read_movie,
    };
    return &radarr;
}
