/* arrsim/api_movie.c — movies. */
#include "arrsim/api.h"

static const char *title_now(struct ex *x, const struct sim_title *t)
{
    bool is_translated = is_on(x->s, B_translated_titles) && x->s->n_requests % 2;
    return is_translated ? arena_printf(x->mem, "%s (übersetzt)", t->name) : t->name;
}

static void put_names(struct ex *x, const struct sim_title *t)
{
    const char *name = title_now(x, t);
    jw_str(&x->j, "title", name);
    jw_str(&x->j, "originalTitle", t->name);
    if (!is_old(x->s)) {
        jw_object(&x->j, "originalLanguage");
        jw_int(&x->j, "id", 1);
        jw_str(&x->j, "name", "English");
        jw_close(&x->j);
    }
    jw_empty(&x->j, "alternateTitles");
    jw_int(&x->j, "secondaryYearSourceId", 0);
    jw_str(&x->j, "sortTitle", ex_lowered(x, name, false));
}

static void put_dates(struct ex *x, const struct sim_title *t, const struct sim_file *f)
{
    jw_int(&x->j, "sizeOnDisk", f ? f->size : 0);
    jw_str(&x->j, "status", t->status);
    jw_time(&x->j, "inCinemas", t->cinemas);
    jw_time(&x->j, "physicalRelease", t->physical);
    jw_time(&x->j, "digitalRelease", t->digital);
    if (is_old(x->s)) /* as recorded: nobody fetched metadata there */
        jw_empty(&x->j, "images");
    else
        put_images(x, t, false);
    jw_int(&x->j, "year", t->year);
}

static void put_settings(struct ex *x, const struct sim_title *t, const struct sim_item *it)
{
    const char *path = t->path ? t->path : "/srv/movies/unknown";
    if (is_old(x->s))
        jw_bool(&x->j, "hasFile", it->file > 0);
    jw_str(&x->j, "path", path);
    jw_int(&x->j, "qualityProfileId", t->profile);
    if (!is_old(x->s)) {
        jw_bool(&x->j, "hasFile", it->file > 0);
        jw_int(&x->j, "movieFileId", it->file);
    }
    jw_bool(&x->j, "monitored", t->is_monitored);
    jw_str(&x->j, "minimumAvailability", t->min_availability);
    jw_bool(&x->j, "isAvailable", sim_is_released(x->s, it));
    jw_str(&x->j, "folderName", path);
    jw_int(&x->j, "runtime", t->runtime);
    jw_str(&x->j, "cleanTitle", ex_lowered(x, t->name, true));
    jw_opt(&x->j, "imdbId", t->imdb);
    jw_int(&x->j, "tmdbId", t->external_id);
    jw_str(&x->j, "titleSlug", arena_printf(x->mem, "%d", t->external_id));
    if (!is_old(x->s))
        jw_str(&x->j, "rootFolderPath", "/srv/movies");
}

static void put_lists(struct ex *x, const struct sim_title *t)
{
    jw_array(&x->j, "genres");
    if (t->genre)
        jw_str(&x->j, NULL, t->genre);
    jw_close(&x->j);
    if (!is_old(x->s))
        jw_empty(&x->j, "keywords");
    jw_array(&x->j, "tags");
    for (size_t i = 0; i < COUNT(t->tags); i++)
        if (t->tags[i])
            jw_int(&x->j, NULL, t->tags[i]);
    jw_close(&x->j);
    jw_time(&x->j, "added", t->added);
    jw_object(&x->j, "ratings");
    if (is_old(x->s)) {
        jw_int(&x->j, "votes", 0);
        jw_real(&x->j, "value", 0);
    }
    jw_close(&x->j);
}

static void put_modern_tail(struct ex *x, const struct sim_item *it, const struct sim_file *f)
{
    jw_real(&x->j, "popularity", 1.5);
    jw_time(&x->j, "lastSearchTime", it->last_search);
    jw_object(&x->j, "statistics");
    jw_int(&x->j, "movieFileCount", f ? 1 : 0);
    jw_int(&x->j, "sizeOnDisk", f ? f->size : 0);
    jw_array(&x->j, "releaseGroups");
    if (f)
        jw_str(&x->j, NULL, "SIM");
    jw_close(&x->j);
    jw_close(&x->j);
}

void put_movie(struct ex *x, const char *key, const struct sim_title *t, bool with_file)
{
    const struct sim_item *it = &x->s->items.at[t->id - 1];
    const struct sim_file *f = sim_file(x->s, it->file);
    jw_object(&x->j, key);
    put_names(x, t);
    put_dates(x, t, f);
    put_settings(x, t, it);
    put_lists(x, t);
    if (f && with_file)
        put_file(x, "movieFile", f);
    if (!is_old(x->s))
        put_modern_tail(x, it, f);
    jw_int(&x->j, "id", t->id);
    jw_close(&x->j);
}

static void row_movie(struct ex *x, int row)
{
    put_movie(x, NULL, &x->s->titles.at[row], true);
}

void get_movie_list(struct ex *x)
{
    int64_t tmdb = ex_number(x, "tmdbId", 0);
    ex_flag(x, "excludeLocalCovers", false);
    if (x->status != 200)
        return;
    ex_list(x, row_movie);
    for (size_t i = 0; i < x->s->titles.n; i++)
        if (!x->s->titles.at[i].is_gone && (!tmdb || tmdb == x->s->titles.at[i].external_id))
            vec_push(&x->rows, (int)i);
}

void get_movie(struct ex *x)
{
    const struct sim_title *t = sim_title(x->s, (int)x->id);
    if (!t)
        fail_not_found(x);
    else
        put_movie(x, NULL, t, true);
}
