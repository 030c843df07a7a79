/* arrsim/api_series.c — series and their statistics, alone, in lists and inside other answers. */
#include "arrsim/api.h"

#include <ctype.h>
#include <string.h>

struct counts {
    int files, episodes, total;
    int64_t size;
    utc_t next, previous;
};

/* episodeCount: monitored and aired, or with a file. */
static void count_item(struct ex *x, const struct sim_item *it, struct counts *c)
{
    const struct sim_file *f = sim_file(x->s, it->file);
    bool has_aired = it->air_form == SIM_AIR_FULL && it->air < x->s->now;
    c->total++;
    c->files += f != NULL;
    c->episodes += f || (it->is_monitored && has_aired);
    c->size += f ? f->size : 0;
    if (it->air_form != SIM_AIR_FULL)
        return;
    if (has_aired && (it->is_monitored || f))
        c->previous = MAX(c->previous, it->air);
    if (!has_aired && it->is_monitored && (!c->next || it->air < c->next))
        c->next = it->air;
}

static struct counts count_season(struct ex *x, const struct sim_title *t, int season, bool all)
{
    struct counts c = {0};
    for (size_t i = 0; i < t->items.n; i++) {
        const struct sim_item *it = sim_item(x->s, t->items.at[i]);
        /* The series' own numbers leave specials out of its dates only. */
        if (it && (all || it->season == season))
            count_item(x, it, &c);
    }
    return c;
}

static void put_counts(struct ex *x, const struct counts *c)
{
    jw_int(&x->j, "episodeFileCount", c->files);
    jw_int(&x->j, "episodeCount", c->episodes);
    jw_int(&x->j, "totalEpisodeCount", c->total);
    jw_int(&x->j, "sizeOnDisk", c->size);
    jw_array(&x->j, "releaseGroups");
    if (c->files)
        jw_str(&x->j, NULL, "SIM");
    jw_close(&x->j);
    jw_real(&x->j, "percentOfEpisodes", c->episodes ? 100.0 * c->files / c->episodes : 0);
}

static bool has_statistics(struct ex *x, const struct sim_title *t)
{
    return !t->has_no_statistics && !is_on(x->s, B_no_statistics);
}

static void put_seasons(struct ex *x, const struct sim_title *t, bool is_embedded)
{
    jw_array(&x->j, "seasons");
    for (size_t i = 0; i < t->seasons.n; i++) {
        jw_object(&x->j, NULL);
        jw_int(&x->j, "seasonNumber", t->seasons.at[i].number);
        jw_bool(&x->j, "monitored", t->seasons.at[i].is_monitored);
        if (!is_embedded && has_statistics(x, t)) {
            struct counts c = count_season(x, t, t->seasons.at[i].number, false);
            jw_object(&x->j, "statistics");
            jw_time(&x->j, "nextAiring", c.next);
            jw_time(&x->j, "previousAiring", c.previous);
            put_counts(x, &c);
            jw_close(&x->j);
        }
        jw_close(&x->j);
    }
    jw_close(&x->j);
}

void put_images(struct ex *x, const struct sim_title *t, bool is_embedded)
{
    jw_array(&x->j, "images");
    jw_object(&x->j, NULL);
    jw_str(&x->j, "coverType", "poster");
    const char *remote = "https://artworks.example/poster.jpg";
    if (is_embedded && is_old(x->s)) {
        jw_str(&x->j, "url", remote);
    } else {
        if (!is_embedded)
            jw_str(&x->j, "url", cover_url(x, t));
        jw_str(&x->j, "remoteUrl", remote);
    }
    jw_close(&x->j);
    jw_close(&x->j);
}

char *ex_lowered(struct ex *x, const char *name, bool letters_only)
{
    char *ret = arena_strdup(x->mem, name), *to = ret;
    for (const char *at = ret; *at; at++)
        if (!letters_only || !isspace((unsigned char)*at))
            *to++ = (char)tolower((unsigned char)*at);
    *to = '\0';
    return ret;
}

static char *slug(struct ex *x, const char *name)
{
    char *ret = ex_lowered(x, name, false);
    for (char *c = ret; *c; c++)
        if (*c == ' ')
            *c = '-';
    return ret;
}

static void put_language(struct ex *x, const char *key)
{
    jw_object(&x->j, key);
    jw_int(&x->j, "id", 1);
    jw_str(&x->j, "name", "English");
    jw_close(&x->j);
}

static void put_tags(struct ex *x, const struct sim_title *t)
{
    jw_array(&x->j, "tags");
    for (size_t i = 0; i < COUNT(t->tags); i++)
        if (t->tags[i])
            jw_int(&x->j, NULL, t->tags[i]);
    jw_close(&x->j);
}

static void put_statistics(struct ex *x, const struct sim_title *t, const struct counts *c)
{
    int n_seasons = 0;
    for (size_t i = 0; i < t->seasons.n; i++)
        n_seasons += t->seasons.at[i].number > 0;
    jw_object(&x->j, "statistics");
    jw_int(&x->j, "seasonCount", n_seasons);
    put_counts(x, c);
    jw_close(&x->j);
}

static void put_airing(struct ex *x, const struct sim_title *t, const struct counts *c,
                       bool is_embedded)
{
    jw_str(&x->j, "title", t->name);
    if (!is_embedded)
        jw_empty(&x->j, "alternateTitles");
    jw_str(&x->j, "sortTitle", ex_lowered(x, t->name, false));
    jw_str(&x->j, "status", t->status);
    jw_bool(&x->j, "ended", strcmp(t->status, "ended") == 0);
    if (!is_embedded) {
        jw_time(&x->j, "nextAiring", c->next);
        jw_time(&x->j, "previousAiring", c->previous);
    }
    jw_str(&x->j, "network", "SIM");
    jw_str(&x->j, "airTime", "20:00");
    put_images(x, t, is_embedded);
    if (!is_old(x->s))
        put_language(x, "originalLanguage");
}

static void put_settings(struct ex *x, const struct sim_title *t)
{
    jw_int(&x->j, "year", t->year);
    jw_str(&x->j, "path", t->path ? t->path : "/srv/tv/unknown");
    jw_int(&x->j, "qualityProfileId", t->profile);
    if (is_old(x->s))
        jw_int(&x->j, "languageProfileId", 1);
    jw_bool(&x->j, "seasonFolder", true);
    jw_bool(&x->j, "monitored", t->is_monitored);
    if (!is_old(x->s))
        jw_str(&x->j, "monitorNewItems", "all");
    jw_bool(&x->j, "useSceneNumbering", false);
    jw_int(&x->j, "runtime", t->runtime);
}

static utc_t first_air(struct ex *x, const struct sim_title *t)
{
    utc_t first = 0;
    for (size_t i = 0; i < t->items.n; i++) {
        const struct sim_item *it = &x->s->items.at[t->items.at[i] - 1];
        if (it->season && it->air && (!first || it->air < first))
            first = it->air;
    }
    return first / DAYS(1) * DAYS(1);
}

static void put_ids(struct ex *x, const struct sim_title *t)
{
    static const char *const types[] = {"standard", "anime", "daily"};
    jw_int(&x->j, "tvdbId", t->external_id);
    jw_int(&x->j, "tvRageId", 0);
    jw_int(&x->j, "tvMazeId", 0);
    if (!is_old(x->s))
        jw_int(&x->j, "tmdbId", 0);
    jw_time(&x->j, "firstAired", first_air(x, t));
    jw_str(&x->j, "seriesType", types[t->type]);
    jw_str(&x->j, "cleanTitle", ex_lowered(x, t->name, true));
    jw_opt(&x->j, "imdbId", t->imdb);
    jw_str(&x->j, "titleSlug", slug(x, t->name));
}

static void put_rest(struct ex *x, const struct sim_title *t)
{
    jw_array(&x->j, "genres");
    if (t->genre)
        jw_str(&x->j, NULL, t->genre);
    jw_close(&x->j);
    put_tags(x, t);
    jw_time(&x->j, "added", t->added);
    jw_object(&x->j, "ratings");
    jw_int(&x->j, "votes", 0);
    jw_real(&x->j, "value", 0);
    jw_close(&x->j);
}

static void put_series(struct ex *x, const char *key, const struct sim_title *t, bool is_embedded)
{
    struct counts c = is_embedded ? (struct counts){0} : count_season(x, t, 0, true);
    jw_object(&x->j, key);
    put_airing(x, t, &c, is_embedded);
    if (!t->has_no_seasons)
        put_seasons(x, t, is_embedded);
    put_settings(x, t);
    put_ids(x, t);
    if (!is_embedded)
        jw_str(&x->j, "rootFolderPath", "/srv/tv");
    put_rest(x, t);
    if (!is_embedded && has_statistics(x, t))
        put_statistics(x, t, &c);
    if (!is_old(x->s))
        jw_int(&x->j, "languageProfileId", 1);
    jw_int(&x->j, "id", t->id);
    jw_close(&x->j);
}

void put_title(struct ex *x, const char *key, const struct sim_title *t, bool is_embedded)
{
    if (x->s->app == SIM_SONARR)
        put_series(x, key, t, is_embedded);
    else
        put_movie(x, key, t, !is_embedded);
}

static void row_series(struct ex *x, int row)
{
    put_series(x, NULL, &x->s->titles.at[row], false);
}

void get_series_list(struct ex *x)
{
    int64_t tvdb = ex_number(x, "tvdbId", 0);
    ex_flag(x, "includeSeasonImages", false);
    if (x->status != 200)
        return;
    ex_list(x, row_series);
    for (size_t i = 0; i < x->s->titles.n; i++)
        if (!x->s->titles.at[i].is_gone && (!tvdb || tvdb == x->s->titles.at[i].external_id))
            vec_push(&x->rows, (int)i);
}

void get_series(struct ex *x)
{
    const struct sim_title *t = sim_title(x->s, (int)x->id);
    if (x->id <= 0)
        fail_bad_request(x, arena_printf(x->mem, "%lld is not a valid ID", (long long)x->id));
    else if (!t)
        fail_not_found(x);
    else
        put_series(x, NULL, t, false);
}
