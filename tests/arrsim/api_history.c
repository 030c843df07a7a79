/* arrsim/api_history.c — history: pages, since an instant, of one title. */
#include "arrsim/api.h"

#include <string.h>

#include "base/str.h"

static const char *type_name(const struct sim *s, enum history_type type)
{
    static const char *const names[] = {"grabbed", "downloadFolderImported", "downloadFailed",
                                        "episodeFileDeleted"};
    return type == HIST_DELETED && s->app == SIM_RADARR ? "movieFileDeleted" : names[type];
}

static int type_number(const struct sim *s, enum history_type type)
{
    static const int numbers[] = {1, 3, 4, 5};
    return type == HIST_DELETED && s->app == SIM_RADARR ? 6 : numbers[type];
}

static int64_t key_date(struct sim *s, int row)
{
    return s->history.at[row].date;
}
static const char *key_title(struct sim *s, int row)
{
    return s->titles.at[s->history.at[row].title - 1].name;
}

static const struct sort_key keys[] = {
    {"date", "date", .number = key_date},
    {"series.sortTitle", "series.sortTitle", .text = key_title},
};

static void put_number(struct ex *x, const char *key, int64_t v)
{
    jw_str(&x->j, key, arena_printf(x->mem, "%lld", (long long)v));
}

static void put_client(struct ex *x, const struct history *h)
{
    bool is_blackhole = !h->download_id[0];
    jw_str(&x->j, "downloadClient", is_blackhole ? "Usenet Blackhole" : "SABnzbd");
    jw_str(&x->j, "downloadClientName", is_blackhole ? "BH" : "SAB");
}

static void put_links(struct ex *x, const struct history *h)
{
    jw_str(
        &x->j, "downloadUrl",
        arena_printf(x->mem, "http://127.0.0.1:9117/getnzb/%s.nzb&apikey=indexer-secret", h->name));
    jw_str(&x->j, "guid", arena_printf(x->mem, "http://127.0.0.1:9117/details/%s", h->name));
    jw_str(&x->j, "tvdbId", "0");
    jw_str(&x->j, "tvRageId", "0");
    jw_str(&x->j, "protocol", "1");
}

static void put_grab_tail(struct ex *x, const struct history *h)
{
    if (x->s->app == SIM_RADARR) {
        jw_str(&x->j, "indexerFlags", "0");
        jw_str(&x->j, "indexerId", "1");
    } else if (is_old(x->s)) {
        jw_str(&x->j, "preferredWordScore", "0");
        jw_str(&x->j, "seriesMatchType", "Title");
    }
    if (is_old(x->s))
        return;
    /* String maps are the one place with explicit nulls. */
    jw_null(&x->j, "imdbId");
    jw_str(&x->j, "customFormatScore", "0");
    if (x->s->app == SIM_SONARR)
        jw_str(&x->j, "seriesMatchType", "Title");
    if (!is_on(x->s, B_no_release_source))
        jw_str(&x->j, "releaseSource", h->source);
}

static void put_grab(struct ex *x, const struct history *h)
{
    jw_str(&x->j, "indexer", x->s->indexers[0].name);
    jw_str(&x->j, "nzbInfoUrl",
           arena_printf(x->mem, "http://127.0.0.1:9117/details/%s#c", h->name));
    jw_str(&x->j, "releaseGroup", "SIM");
    jw_str(&x->j, "age", "0");
    jw_str(&x->j, "ageHours", "2.00062009027778");
    jw_str(&x->j, "ageMinutes", "120.037205583333");
    jw_str(&x->j, "publishedDate", "2026-11-23T00:56:28Z");
    put_client(x, h);
    jw_str(&x->j, "size", "1500000000");
    put_links(x, h);
    put_grab_tail(x, h);
}

static void put_data(struct ex *x, const struct history *h)
{
    jw_object(&x->j, "data");
    switch (h->type) {
    case HIST_GRABBED: put_grab(x, h); break;
    case HIST_IMPORTED:
        put_number(x, "fileId", h->file);
        jw_str(&x->j, "droppedPath", arena_printf(x->mem, "/downloads/%s", h->name));
        jw_str(&x->j, "importedPath", arena_printf(x->mem, "/srv/%s.mkv", h->name));
        put_client(x, h);
        jw_null(&x->j, "releaseGroup");
        break;
    case HIST_FAILED:
        put_client(x, h);
        jw_str(&x->j, "message", "Aborted, cannot be completed");
        break;
    case HIST_DELETED: jw_str(&x->j, "reason", h->source); break;
    }
    jw_close(&x->j);
}

static void put_subject(struct ex *x, const struct history *h)
{
    if (x->s->app == SIM_RADARR) {
        if (ex_flag(x, "includeMovie", false))
            put_title(x, "movie", &x->s->titles.at[h->title - 1], true);
        return;
    }
    if (ex_flag(x, "includeEpisode", false))
        put_episode(x, "episode", &x->s->items.at[h->item - 1], false, false, false);
    if (ex_flag(x, "includeSeries", false))
        put_title(x, "series", &x->s->titles.at[h->title - 1], true);
}

static void put_formats_of(struct ex *x)
{
    bool is_tv = x->s->app == SIM_SONARR;
    if (!is_tv || !is_old(x->s))
        jw_empty(&x->j, "customFormats");
    if (!is_old(x->s))
        jw_int(&x->j, "customFormatScore", 0);
    jw_bool(&x->j, "qualityCutoffNotMet", false);
    if (is_tv && is_old(x->s))
        jw_bool(&x->j, "languageCutoffNotMet", false);
}

static void row_history(struct ex *x, int row)
{
    const struct history *h = &x->s->history.at[row];
    jw_object(&x->j, NULL);
    if (x->s->app == SIM_SONARR) {
        jw_int(&x->j, "episodeId", h->item);
        jw_int(&x->j, "seriesId", h->title);
    } else {
        jw_int(&x->j, "movieId", h->title);
    }
    jw_str(&x->j, "sourceTitle", h->name);
    put_languages(x);
    put_quality(x, h->quality);
    put_formats_of(x);
    jw_time(&x->j, "date", h->date);
    if (h->download_id[0])
        jw_str(&x->j, "downloadId", h->download_id);
    jw_str(&x->j, "eventType", type_name(x->s, h->type));
    put_data(x, h);
    put_subject(x, h);
    jw_int(&x->j, "id", h->id);
    jw_close(&x->j);
}

/* ---- filters ---- */

struct filter {
    bool types[12], has_types;
    int64_t title, item, season; /* 0: any; season -1: any */
    utc_t since;
    const char *download;
};

static bool type_of(const struct sim *s, const char *text, bool names, int64_t *ret)
{
    for (enum history_type i = 0; names && i <= HIST_DELETED; i++)
        if (str_case_eq(type_name(s, i), text)) {
            *ret = type_number(s, i);
            return true;
        }
    return str_int(text, ret);
}

static bool read_types(struct ex *x, bool names, struct filter *f)
{
    for (size_t i = 0; i < x->query.n; i++) {
        int64_t n;
        if (!query_is(&x->query.at[i], "eventType"))
            continue;
        if (!type_of(x->s, x->query.at[i].value, names, &n)) {
            fail_value(x, "eventType", x->query.at[i].value);
            return false;
        }
        f->has_types = true;
        if (n >= 0 && n < (int64_t)COUNT(f->types))
            f->types[n] = true;
    }
    bool is_tv = x->s->app == SIM_SONARR;
    ex_flag(x, is_tv ? "includeSeries" : "includeMovie", false);
    if (is_tv)
        ex_flag(x, "includeEpisode", false);
    return x->status == 200;
}

static bool is_wanted(struct sim *s, const struct history *h, const struct filter *f)
{
    const struct sim_item *it = sim_item(s, h->item); /* rows of what is gone vanish */
    return it && (!f->has_types || f->types[type_number(s, h->type)]) &&
           (!f->title || f->title == h->title) && (!f->item || f->item == h->item) &&
           (f->season < 0 || f->season == it->season) && h->date >= f->since &&
           (!f->download || str_eq(f->download, h->download_id));
}

static void pick(struct ex *x, const struct filter *f)
{
    for (size_t i = 0; i < x->s->history.n; i++)
        if (is_wanted(x->s, &x->s->history.at[i], f))
            vec_push(&x->rows, (int)i);
}

void get_history(struct ex *x)
{
    bool is_tv = x->s->app == SIM_SONARR;
    struct filter f = {.season = -1,
                       .item = is_tv ? ex_number(x, "episodeId", 0) : 0,
                       .download = ex_query(x, "downloadId")};
    if (!read_types(x, false, &f))
        return;
    pick(x, &f);
    ex_page(x, &(struct paging){.keys = keys, .n_keys = COUNT(keys), .row = row_history});
}

static void fail_no_date(struct ex *x)
{
    if (is_old(x->s))
        fail_bad_request(x, "date is missing");
    else
        fail_value(x, "date", "");
}

void get_history_since(struct ex *x)
{
    struct filter f = {.season = -1};
    const char *date = ex_query(x, "date");
    if (!date) {
        fail_no_date(x);
        return;
    }
    if (!utc_parse(date, &f.since)) {
        if (is_old(x->s))
            fail_message(x, 500, "Format_UnknownDateTimeWord", "System.FormatException");
        else
            fail_value(x, "date", date);
        return;
    }
    if (!read_types(x, !is_old(x->s), &f))
        return;
    pick(x, &f); /* in the order of their dates, as they were written */
    ex_list(x, row_history);
}

void get_history_of(struct ex *x)
{
    bool is_tv = x->s->app == SIM_SONARR;
    struct filter f = {.title = ex_number(x, is_tv ? "seriesId" : "movieId", -1),
                       .season = ex_number(x, "seasonNumber", -1)};
    if (!read_types(x, true, &f))
        return;
    pick(x, &f);
    for (size_t i = 0; i < x->rows.n / 2; i++) { /* newest first */
        int other = x->rows.at[x->rows.n - 1 - i];
        x->rows.at[x->rows.n - 1 - i] = x->rows.at[i];
        x->rows.at[i] = other;
    }
    ex_list(x, row_history);
}
