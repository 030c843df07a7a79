/* arrsim/api_wanted.c — wanted/missing, wanted/cutoff and the calendar. */
#include "arrsim/api.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"

static struct sim_title *title_of(struct sim *s, int row)
{
    return &s->titles.at[s->items.at[row].title - 1];
}
static int64_t key_air(struct sim *s, int row)
{
    return s->items.at[row].air;
}
static int64_t key_searched(struct sim *s, int row)
{
    return s->items.at[row].last_search;
}
static int64_t key_year(struct sim *s, int row)
{
    return title_of(s, row)->year;
}
static int64_t key_cinemas(struct sim *s, int row)
{
    return title_of(s, row)->cinemas;
}
static int64_t key_digital(struct sim *s, int row)
{
    return title_of(s, row)->digital;
}
static int64_t key_physical(struct sim *s, int row)
{
    return title_of(s, row)->physical;
}
static const char *key_title(struct sim *s, int row)
{
    return title_of(s, row)->name;
}

/* clang-format off */
static const struct sort_key episode_keys[] = {
    {"episodes.airDateUtc",          "airDateUtc",       .number = key_air},
    {"episodes.lastSearchTime",      NULL,               .number = key_searched},
    {"series.sortTitle",             "series.sortTitle", .text = key_title},
    {NULL,                           "id",               .number = key_air},
};
static const struct sort_key movie_keys[] = {
    {"movieMetadata.sortTitle",       NULL, .text = key_title},
    {"movieMetadata.year",            NULL, .number = key_year},
    {"movieMetadata.inCinemas",       NULL, .number = key_cinemas},
    {"movieMetadata.digitalRelease",  NULL, .number = key_digital},
    {"movieMetadata.physicalRelease", NULL, .number = key_physical},
    {"movies.lastSearchTime",         NULL, .number = key_searched},
};
/* clang-format on */

static void put_row(struct ex *x, int row, bool with_file, const char *images)
{
    if (x->s->app == SIM_RADARR)
        put_movie(x, NULL, title_of(x->s, row), false);
    else
        put_episode(x, NULL, &x->s->items.at[row], ex_flag(x, "includeSeries", false), with_file,
                    ex_flag(x, images, false));
}

static void row_missing(struct ex *x, int row)
{
    put_row(x, row, false, "includeImages");
}

static void row_cutoff(struct ex *x, int row)
{
    put_row(x, row, ex_flag(x, "includeEpisodeFile", false), "includeImages");
}

static void row_calendar(struct ex *x, int row)
{
    put_row(x, row, ex_flag(x, "includeEpisodeFile", false), "includeEpisodeImages");
}

/* Movies come without more ado. */
static bool check_flags(struct ex *x, bool has_file, const char *images)
{
    if (x->s->app == SIM_RADARR)
        return x->status == 200;
    ex_flag(x, "includeSeries", false);
    ex_flag(x, images, false);
    if (has_file)
        ex_flag(x, "includeEpisodeFile", false);
    return x->status == 200;
}

/* monitored=false is not "all": either the item or its title is unmonitored. */
static bool monitoring_fits(struct sim *s, const struct sim_item *it, bool monitored)
{
    bool both = it->is_monitored && s->titles.at[it->title - 1].is_monitored;
    return both == monitored;
}

static bool is_missing(struct sim *s, const struct sim_item *it)
{
    if (it->file)
        return false;
    return s->app == SIM_RADARR ? s->titles.at[it->title - 1].year > 0 : sim_is_released(s, it);
}

static bool is_under(struct sim *s, const struct sim_item *it)
{
    return (s->app == SIM_RADARR || it->season > 0) && sim_is_below_cutoff(s, it);
}

static void answer_wanted(struct ex *x, bool (*fits)(struct sim *s, const struct sim_item *it),
                          bool is_cutoff)
{
    bool is_tv = x->s->app == SIM_SONARR, monitored = ex_flag(x, "monitored", true);
    if (!check_flags(x, is_cutoff, "includeImages"))
        return;
    for (size_t i = 0; i < x->s->items.n; i++) {
        const struct sim_item *it = &x->s->items.at[i];
        if (!it->is_gone && monitoring_fits(x->s, it, monitored) && fits(x->s, it))
            vec_push(&x->rows, (int)i);
    }
    ex_page(x, &(struct paging){.keys = is_tv ? episode_keys : movie_keys,
                                .n_keys = is_tv ? COUNT(episode_keys) : COUNT(movie_keys),
                                .old_ascending = true,
                                .old_needs_key = is_cutoff,
                                .row = is_cutoff ? row_cutoff : row_missing});
}

void get_missing(struct ex *x)
{
    answer_wanted(x, is_missing, false);
}

void get_cutoff(struct ex *x)
{
    answer_wanted(x, is_under, true);
}

/* ---- calendar ---- */

static bool date_of(struct ex *x, const char *key, utc_t otherwise, utc_t *ret)
{
    const char *v = ex_query(x, key);
    *ret = otherwise;
    if (!v || utc_parse(v, ret))
        return true;
    fail_value(x, key, v);
    return false;
}

static bool is_between(utc_t t, utc_t from, utc_t to)
{
    return t && t >= from && t <= to;
}

static bool is_in_calendar(struct sim *s, const struct sim_item *it, utc_t from, utc_t to)
{
    const struct sim_title *t = &s->titles.at[it->title - 1];
    if (s->app == SIM_RADARR)
        return is_between(t->cinemas, from, to) || is_between(t->digital, from, to) ||
               is_between(t->physical, from, to);
    return it->air_form == SIM_AIR_FULL && is_between(it->air, from, to);
}

static int by_air(const void *a, const void *b, void *ctx)
{
    struct sim *s = ctx;
    bool is_tv = s->app == SIM_SONARR;
    int ra = *(const int *)a, rb = *(const int *)b;
    utc_t ta = is_tv ? key_air(s, ra) : key_cinemas(s, ra);
    utc_t tb = is_tv ? key_air(s, rb) : key_cinemas(s, rb);
    return (ta > tb) - (ta < tb);
}

void get_calendar(struct ex *x)
{
    utc_t today = x->s->now / DAYS(1) * DAYS(1), from, to;
    bool unmonitored = ex_flag(x, "unmonitored", false);
    if (!check_flags(x, true, "includeEpisodeImages") || !date_of(x, "start", today, &from) ||
        !date_of(x, "end", today + DAYS(2), &to))
        return;
    for (size_t i = 0; i < x->s->items.n; i++) {
        const struct sim_item *it = &x->s->items.at[i];
        if (!it->is_gone && (unmonitored || monitoring_fits(x->s, it, true)) &&
            is_in_calendar(x->s, it, from, to))
            vec_push(&x->rows, (int)i);
    }
    if (x->rows.n)
        qsort_r(x->rows.at, x->rows.n, sizeof(int), by_air, x->s);
    ex_list(x, row_calendar);
}
