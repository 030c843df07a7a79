/* arrsim/api_queue.c — the download queue: one row per item of a download, ids that are hashes. A
 * row is named by download * 4096 + position. */
#include "arrsim/api.h"

#include <string.h>

#include "base/str.h"

enum { PER_DOWNLOAD = 4096 };

static struct download *download_of(struct sim *s, int row)
{
    return &s->downloads.at[row / PER_DOWNLOAD];
}

static struct sim_item *item_of(struct sim *s, int row)
{
    return &s->items.at[download_of(s, row)->items.at[row % PER_DOWNLOAD] - 1];
}

static int64_t row_id(struct sim *s, int row)
{
    return (int64_t)(rng_mix((uint64_t)s->index + 77, (uint64_t)row) & 0x7FFFFFFF);
}

static ms_t left(struct sim *s, int row)
{
    return MAX(download_of(s, row)->done - s->now, 0);
}

static int64_t key_left(struct sim *s, int row)
{
    return left(s, row);
}
static int64_t key_added(struct sim *s, int row)
{
    return download_of(s, row)->grabbed;
}
static const char *key_name(struct sim *s, int row)
{
    return download_of(s, row)->name;
}

static const struct sort_key keys[] = {
    {"timeleft", "timeleft", .number = key_left},
    {"added", NULL, .number = key_added},
    {"title", "title", .text = key_name},
};

static const char *status_of(struct ex *x, const struct download *d)
{
    if (d->is_stuck)
        return d->is_stalled ? "warning" : "completed";
    ms_t span = d->done - d->visible, gone = x->s->now - d->visible;
    return gone < span / 10 ? "queued" : "downloading";
}

static bool is_import_pending(const struct download *d)
{
    return d->is_stuck && !d->is_stalled;
}

static void put_state(struct ex *x, const struct download *d)
{
    jw_str(&x->j, "status", status_of(x, d));
    jw_str(&x->j, "trackedDownloadStatus", d->is_stuck ? "warning" : "ok");
    if (!is_old(x->s) || x->s->app == SIM_SONARR)
        jw_str(&x->j, "trackedDownloadState",
               is_import_pending(d) ? "importPending" : "downloading");
    jw_array(&x->j, "statusMessages");
    if (is_import_pending(d)) {
        jw_object(&x->j, NULL);
        jw_str(&x->j, "title", "One or more episodes expected in this release were not imported");
        jw_empty(&x->j, "messages");
        jw_close(&x->j);
    }
    jw_close(&x->j);
}

static void put_subject(struct ex *x, const struct sim_item *it)
{
    if (x->s->app == SIM_RADARR) {
        jw_int(&x->j, "movieId", it->title);
        if (ex_flag(x, "includeMovie", false))
            put_title(x, "movie", &x->s->titles.at[it->title - 1], true);
        return;
    }
    jw_int(&x->j, "seriesId", it->title);
    jw_int(&x->j, "episodeId", it->id);
    if (!is_old(x->s))
        jw_int(&x->j, "seasonNumber", it->season);
    if (ex_flag(x, "includeSeries", false))
        put_title(x, "series", &x->s->titles.at[it->title - 1], true);
    if (ex_flag(x, "includeEpisode", false))
        put_episode(x, "episode", it, false, false, false);
}

static void row_queue(struct ex *x, int row)
{
    const struct download *d = download_of(x->s, row);
    ms_t span = MAX(d->done - d->visible, 1), rest = MIN(left(x->s, row), span);
    jw_object(&x->j, NULL);
    put_subject(x, item_of(x->s, row));
    put_languages(x);
    put_quality(x, d->quality);
    put_formats(x, d->score);
    jw_real(&x->j, "size", (double)d->size);
    jw_str(&x->j, "title", d->name);
    jw_real(&x->j, "sizeleft", (double)(d->size / span * rest));
    jw_span(&x->j, "timeleft", rest);
    jw_time(&x->j, "estimatedCompletionTime", d->done);
    if (!is_old(x->s))
        jw_time(&x->j, "added", d->grabbed);
    put_state(x, d);
    jw_str(&x->j, "downloadId", d->id);
    jw_str(&x->j, "protocol", "usenet");
    jw_str(&x->j, "downloadClient", "SAB");
    if (!is_old(x->s))
        jw_bool(&x->j, "downloadClientHasPostImportCategory", false);
    jw_str(&x->j, "indexer", x->s->indexers[0].name);
    if (!is_old(x->s) && x->s->app == SIM_SONARR)
        jw_bool(&x->j, "episodeHasFile", item_of(x->s, row)->file > 0);
    jw_int(&x->j, "id", row_id(x->s, row));
    jw_close(&x->j);
}

static bool contains(const int ids[], size_t n, int id)
{
    for (size_t i = 0; i < n; i++)
        if (ids[i] == id)
            return true;
    return n == 0;
}

/* Rows whose title and item are among the wanted ids; an empty list wants all. */
static void pick(struct ex *x, const struct buf *titles, const struct buf *items)
{
    struct sim *s = x->s;
    for (size_t i = 0; i < s->active_downloads.n; i++) {
        const struct download *d = &s->downloads.at[s->active_downloads.at[i]];
        for (size_t k = 0; download_is_visible(s, d) && k < d->items.n; k++) {
            const struct sim_item *it = sim_item(s, d->items.at[k]);
            if (it &&
                contains((const int *)(const void *)titles->at, titles->n / sizeof(int),
                         it->title) &&
                contains((const int *)(const void *)items->at, items->n / sizeof(int), it->id))
                vec_push(&x->rows, s->active_downloads.at[i] * PER_DOWNLOAD + (int)k);
        }
    }
}

static bool check_flags(struct ex *x, bool has_unknown)
{
    bool is_tv = x->s->app == SIM_SONARR;
    ex_flag(x, is_tv ? "includeSeries" : "includeMovie", false);
    if (is_tv)
        ex_flag(x, "includeEpisode", false);
    if (has_unknown)
        ex_flag(x, is_tv ? "includeUnknownSeriesItems" : "includeUnknownMovieItems", false);
    return x->status == 200;
}

/* `titles_key` and `items_key` are the only filters; other names are ignored without a word. */
static bool filter(struct ex *x, const char *titles_key, const char *items_key)
{
    CLEANUP(buf_done) struct buf titles, items;
    buf_init(&titles, 1 << 20);
    buf_init(&items, 1 << 20);
    size_t n;
    if (!ex_numbers(x, titles_key, &titles, &n) || !ex_numbers(x, items_key, &items, &n))
        return false;
    pick(x, &titles, &items);
    return true;
}

void get_queue(struct ex *x)
{
    bool is_tv = x->s->app == SIM_SONARR;
    const char *key = is_old(x->s) ? "(none)" : is_tv ? "seriesIds" : "movieIds";
    if (check_flags(x, true) && filter(x, key, "(none)"))
        ex_page(x, &(struct paging){.keys = keys,
                                    .n_keys = COUNT(keys),
                                    .old_ascending = true,
                                    .rewinds = true,
                                    .row = row_queue});
}

void get_queue_details(struct ex *x)
{
    bool is_tv = x->s->app == SIM_SONARR;
    if (check_flags(x, false) &&
        filter(x, is_tv ? "seriesId" : "movieId", is_tv ? "episodeIds" : "(none)"))
        ex_list(x, row_queue);
}

void get_queue_status(struct ex *x)
{
    if (!filter(x, "(none)", "(none)"))
        return;
    bool warns = false;
    for (size_t i = 0; i < x->rows.n; i++)
        warns |= download_of(x->s, x->rows.at[i])->is_stuck;
    jw_object(&x->j, NULL);
    jw_int(&x->j, "totalCount", (int64_t)x->rows.n);
    jw_int(&x->j, "count", (int64_t)x->rows.n);
    jw_int(&x->j, "unknownCount", 0);
    jw_bool(&x->j, "errors", false);
    jw_bool(&x->j, "warnings", warns);
    jw_bool(&x->j, "unknownErrors", false);
    jw_bool(&x->j, "unknownWarnings", false);
}
