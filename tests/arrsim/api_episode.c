/* arrsim/api_episode.c — episodes, the files of both applications, and their qualities. */
#include "arrsim/api.h"

#include <string.h>

#include "base/str.h"

void put_quality(struct ex *x, int quality)
{
    const struct quality *q = quality_of(quality);
    jw_object(&x->j, "quality");
    jw_object(&x->j, "quality");
    jw_int(&x->j, "id", q->id);
    jw_str(&x->j, "name", q->name);
    jw_str(&x->j, "source", x->s->app == SIM_SONARR ? q->source : q->radarr_source);
    jw_int(&x->j, "resolution", q->resolution);
    if (x->s->app == SIM_RADARR)
        jw_str(&x->j, "modifier", "none");
    jw_close(&x->j);
    jw_object(&x->j, "revision");
    jw_int(&x->j, "version", 1);
    jw_int(&x->j, "real", 0);
    jw_bool(&x->j, "isRepack", false);
    jw_close(&x->j);
    jw_close(&x->j);
}

/* Old Sonarr has one language, everyone else a list. */
void put_languages(struct ex *x)
{
    bool is_one = is_old(x->s) && x->s->app == SIM_SONARR;
    if (is_one) {
        jw_object(&x->j, "language");
    } else {
        jw_array(&x->j, "languages");
        jw_object(&x->j, NULL);
    }
    jw_int(&x->j, "id", 1);
    jw_str(&x->j, "name", "English");
    jw_close(&x->j);
    if (!is_one)
        jw_close(&x->j);
}

static bool is_cutoff_unmet(struct ex *x, const struct sim_file *f)
{
    const struct profile *p = profile_of(x->s->titles.at[f->title - 1].profile);
    if (!p)
        return false;
    int cutoff = p->is_upgrade_allowed ? p->cutoff : p->lowest;
    return quality_rank(f->quality) < quality_rank(cutoff);
}

void put_formats(struct ex *x, int score)
{
    if (is_old(x->s) && x->s->app == SIM_SONARR)
        return;
    jw_array(&x->j, "customFormats");
    if (score) {
        jw_object(&x->j, NULL);
        jw_int(&x->j, "id", 1);
        jw_str(&x->j, "name", "Preferred");
        jw_close(&x->j);
    }
    jw_close(&x->j);
    if (!is_old(x->s))
        jw_int(&x->j, "customFormatScore", score);
}

void put_file(struct ex *x, const char *key, const struct sim_file *f)
{
    bool is_tv = x->s->app == SIM_SONARR;
    const struct sim_title *t = &x->s->titles.at[f->title - 1];
    const char *relative = is_tv ? arena_printf(x->mem, "Season %02d/%d.mkv", f->season, f->id)
                                 : arena_printf(x->mem, "%d.mkv", f->id);
    jw_object(&x->j, key);
    jw_int(&x->j, is_tv ? "seriesId" : "movieId", f->title);
    if (is_tv)
        jw_int(&x->j, "seasonNumber", f->season);
    jw_str(&x->j, "relativePath", relative);
    jw_str(&x->j, "path", arena_printf(x->mem, "%s/%s", t->path ? t->path : "/srv", relative));
    jw_int(&x->j, "size", f->size);
    jw_time(&x->j, "dateAdded", f->added);
    jw_str(&x->j, "sceneName", "scene.name");
    jw_str(&x->j, "releaseGroup", "SIM");
    put_languages(x);
    put_quality(x, f->quality);
    /* The file inside /movie carries no custom formats. */
    if (is_tv || !key)
        put_formats(x, f->score);
    if (!is_old(x->s))
        jw_int(&x->j, "indexerFlags", 0);
    jw_bool(&x->j, "qualityCutoffNotMet", is_cutoff_unmet(x, f));
    if (is_tv && is_old(x->s))
        jw_bool(&x->j, "languageCutoffNotMet", false);
    jw_int(&x->j, "id", f->id);
    jw_close(&x->j);
}

static void put_air(struct ex *x, const struct sim_item *it, const struct sim_title *t)
{
    if (it->air_form != SIM_AIR_NONE)
        jw_date(&x->j, "airDate", it->air);
    if (it->air_form == SIM_AIR_FULL)
        jw_time(&x->j, "airDateUtc", it->air);
    if (is_old(x->s))
        return;
    jw_time(&x->j, "lastSearchTime", it->last_search);
    jw_int(&x->j, "runtime", t->runtime);
}

void put_episode(struct ex *x, const char *key, const struct sim_item *it, bool series, bool file,
                 bool images)
{
    const struct sim_title *t = &x->s->titles.at[it->title - 1];
    const struct sim_file *f = sim_file(x->s, it->file);
    jw_object(&x->j, key);
    jw_int(&x->j, "seriesId", it->title);
    jw_int(&x->j, "tvdbId", 9000000 + it->id);
    jw_int(&x->j, "episodeFileId", it->file);
    jw_int(&x->j, "seasonNumber", it->season);
    jw_int(&x->j, "episodeNumber", it->number);
    jw_opt(&x->j, "title", it->name);
    put_air(x, it, t);
    if (file && f)
        put_file(x, "episodeFile", f);
    jw_bool(&x->j, "hasFile", it->file > 0);
    jw_bool(&x->j, "monitored", it->is_monitored);
    if (it->absolute)
        jw_int(&x->j, "absoluteEpisodeNumber", it->absolute);
    jw_bool(&x->j, "unverifiedSceneNumbering", false);
    if (series)
        put_title(x, "series", t, true);
    if (images)
        jw_empty(&x->j, "images");
    jw_int(&x->j, "id", it->id);
    jw_close(&x->j);
}

static void row_episode(struct ex *x, int row)
{
    bool series = ex_flag(x, "includeSeries", false) && !is_old(x->s);
    bool file = ex_flag(x, "includeEpisodeFile", false) && !is_old(x->s);
    put_episode(x, NULL, &x->s->items.at[row], series, file, ex_flag(x, "includeImages", false));
}

static void fail_rows(struct ex *x, size_t wanted, size_t found)
{
    const char *why =
        arena_printf(x->mem, "Expected query to return %zu rows but returned %zu", wanted, found);
    fail_message(x, 500, why,
                 arena_printf(x->mem,
                              "System.ApplicationException: %s\n  at "
                              "NzbDrone.Core.Datastore.BasicRepository.Get ()",
                              why));
}

/* One unknown or repeated id fails all. */
static void pick_ids(struct ex *x, const int ids[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool is_new = sim_item(x->s, ids[i]) != NULL;
        for (size_t k = 0; is_new && k < i; k++)
            is_new = ids[k] != ids[i];
        if (is_new)
            vec_push(&x->rows, ids[i] - 1);
    }
    if (x->rows.n == n)
        return;
    fail_rows(x, n, x->rows.n);
    x->row = NULL;
}

static void pick_series(struct ex *x, int64_t series, const char *season)
{
    const struct sim_title *t = sim_title(x->s, (int)series);
    int64_t number = 0;
    bool is_narrow = season && str_int(season, &number);
    for (size_t i = 0; t && i < t->items.n; i++) {
        const struct sim_item *it = sim_item(x->s, t->items.at[i]);
        if (it && (!is_narrow || it->season == number))
            vec_push(&x->rows, it->id - 1);
    }
}

void get_episodes(struct ex *x)
{
    CLEANUP(buf_done) struct buf ids;
    buf_init(&ids, 1 << 20);
    size_t n;
    ex_flag(x, "includeSeries", false);
    ex_flag(x, "includeEpisodeFile", false);
    ex_flag(x, "includeImages", false);
    if (x->status != 200 || !ex_numbers(x, "episodeIds", &ids, &n))
        return;
    const char *series = ex_query(x, "seriesId"), *file = ex_query(x, "episodeFileId");
    if (!series && !n && !file) {
        fail_bad_request(x, "seriesId or episodeIds must be provided");
        return;
    }
    x->row = row_episode;
    if (series)
        pick_series(x, ex_number(x, "seriesId", 0), ex_query(x, "seasonNumber"));
    else if (n)
        pick_ids(x, (const int *)(const void *)ids.at, n);
    for (size_t i = 0; !series && !n && i < x->s->items.n; i++)
        if (x->s->items.at[i].file && x->s->items.at[i].file == ex_number(x, "episodeFileId", 0))
            vec_push(&x->rows, (int)i);
    if (x->row)
        ex_list(x, row_episode);
}

void get_episode(struct ex *x)
{
    const struct sim_item *it = sim_item(x->s, (int)x->id);
    if (it)
        put_episode(x, NULL, it, true, true, true);
    else
        fail_not_found(x);
}

static void row_file(struct ex *x, int row)
{
    put_file(x, NULL, &x->s->files.at[row]);
}

static void pick_title_files(struct ex *x, int id)
{
    const struct sim_title *t = sim_title(x->s, id);
    for (size_t i = 0; t && i < t->items.n; i++) {
        const struct sim_item *it = sim_item(x->s, t->items.at[i]);
        if (it && sim_file(x->s, it->file))
            vec_push(&x->rows, it->file - 1);
    }
}

static void fail_no_title(struct ex *x, int id)
{
    const char *what = x->s->app == SIM_SONARR ? "Series" : "Movie";
    const char *why = arena_printf(x->mem, "%s with ID %d does not exist", what, id);
    fail_message(x, 404, why,
                 arena_printf(x->mem,
                              "NzbDrone.Core.Datastore.ModelNotFoundException: %s\n  at "
                              "NzbDrone.Core.Datastore.BasicRepository.Get ()",
                              why));
}

void get_files(struct ex *x)
{
    bool is_tv = x->s->app == SIM_SONARR;
    CLEANUP(buf_done) struct buf bytes;
    buf_init(&bytes, 1 << 20);
    size_t n;
    if (!ex_numbers(x, is_tv ? "seriesId" : "movieId", &bytes, &n))
        return;
    const int *ids = (const int *)(const void *)bytes.at;
    if (!n) {
        fail_bad_request(x, is_tv ? "seriesId or episodeFileIds must be provided"
                                  : "movieId or movieFileIds must be provided");
        return;
    }
    size_t n_known = 0;
    for (size_t i = 0; i < n; i++) {
        n_known += sim_title(x->s, ids[i]) != NULL;
        pick_title_files(x, ids[i]);
    }
    if (n_known < n && n > 1)
        fail_rows(x, n, n_known);
    else if (n_known < n)
        fail_no_title(x, ids[0]);
    else
        ex_list(x, row_file);
}

void get_file(struct ex *x)
{
    const struct sim_file *f = sim_file(x->s, (int)x->id);
    if (f)
        put_file(x, NULL, f);
    else
        fail_not_found(x);
}
