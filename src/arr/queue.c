/* arr/queue.c — downloads: of one item or season, and how many there are. */
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "arr/ask.h"
#include "arr/read.h"
#include "base/jx.h"
#include "base/str.h"
#include "base/vec.h"

static bool is_one_of(const char *text, const char *const names[])
{
    for (size_t i = 0; names[i]; i++)
        if (str_case_eq(names[i], text))
            return true;
    return false;
}

/* ---- one item, or one season ---- */

struct downloading {
    struct ask q;
    bool is_of_season; /* rows of other seasons are listed too */
    int season;
    bool is_downloading;
    void (*done)(void *ctx, const struct arr_result *r, bool is_downloading);
};

static const char *const row_keys[] = {"status", "trackedDownloadState", "seasonNumber", NULL};

/* Neither failed nor imported. A completed download nobody tracks still waits for its import. */
static bool is_alive(const json_t *row)
{
    static const char *const over[] = {"imported", "failed", "ignored", NULL};
    const char *status = read_str(row, "status");
    return !is_one_of(read_str(row, "trackedDownloadState"), over) &&
           !str_case_eq(status, "failed");
}

static bool is_meant(const struct downloading *c, const json_t *row)
{
    return !c->is_of_season || jx_int(row, "seasonNumber", c->season) == c->season;
}

static bool row_in(struct ask *q, json_t *row, struct err *e)
{
    (void)e;
    struct downloading *c = (struct downloading *)q;
    c->is_downloading = c->is_downloading || (is_meant(c, row) && is_alive(row));
    return true;
}

static bool rows_end(struct ask *q, const struct arr_result *r, const json_t *body)
{
    (void)body;
    struct downloading *c = (struct downloading *)q;
    c->done(q->ctx, r, r->trouble == ARR_OK && c->is_downloading);
    return false;
}

static struct downloading *
downloading_new(struct arr *a,
                void (*done)(void *ctx, const struct arr_result *r, bool is_downloading), void *ctx)
{
    struct downloading *c = ASK_NEW(a, struct downloading, ctx);
    c->done = done;
    c->q.keys = row_keys;
    c->q.on_element = row_in;
    c->q.on_end = rows_end;
    return c;
}

void arr_is_downloading(struct arr *a, const struct item *item,
                        void (*done)(void *ctx, const struct arr_result *r, bool is_downloading),
                        void *ctx)
{
    struct downloading *c = downloading_new(a, done, ctx);
    ask_get(&c->q, "%s%" PRId64, c->q.dialect->queue_of_item, item->id);
}

void arr_is_season_downloading(struct arr *a, int64_t series_id, int season,
                               void (*done)(void *ctx, const struct arr_result *r,
                                            bool is_downloading),
                               void *ctx)
{
    struct downloading *c = downloading_new(a, done, ctx);
    assert(c->q.dialect->queue_of_title);
    c->is_of_season = true;
    c->season = season;
    ask_get(&c->q, "%s%" PRId64, c->q.dialect->queue_of_title, series_id);
}

/* ---- all of them ---- */

enum { PAGE = 1000, PAGES_MAX = 20 };

struct listing {
    struct ask q;
    int page;
    VEC(const char *) active; /* one key per row that counts as active, in the arena */
    VEC(int64_t) items;       /* of every row that is alive */
    void (*done)(void *ctx, const struct arr_result *r, const struct arr_downloads *d);
};

static void listing_free(struct ask *q)
{
    vec_done(&((struct listing *)q)->active);
    vec_done(&((struct listing *)q)->items);
}

/* Rows of one download share its id; delayed ones have none, but the same title. */
static const char *download_of(const json_t *row)
{
    const char *id = read_str(row, "downloadId");
    return *id ? id : read_str(row, "title");
}

static void add_row(struct listing *c, const json_t *row)
{
    static const char *const counted[] = {"queued", "downloading", "paused", "delay", NULL};
    int64_t item = jx_int(row, c->q.dialect->history_item, 0);
    if (is_one_of(read_str(row, "status"), counted))
        vec_push(&c->active, arena_strdup(c->q.arena, download_of(row)));
    if (item && is_alive(row))
        vec_push(&c->items, item);
}

static int by_text(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

static int by_number(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static struct arr_downloads summed(struct listing *c)
{
    if (c->active.n)
        qsort(c->active.at, c->active.n, sizeof *c->active.at, by_text);
    if (c->items.n)
        qsort(c->items.at, c->items.n, sizeof *c->items.at, by_number);
    struct arr_downloads d = {.items = c->items.at, .n_items = c->items.n};
    for (size_t i = 0; i < c->active.n; i++)
        d.n_active += i == 0 || !str_eq(c->active.at[i], c->active.at[i - 1]);
    return d;
}

static void ask_page(struct listing *c)
{
    ask_get_next(&c->q, "queue?page=%d&pageSize=%d&%s=true", c->page, PAGE,
                 c->q.dialect->queue_unknown);
}

/* Past its end the server starts over with an earlier page: only pages that exist are asked for. */
static bool has_next(const struct listing *c, const json_t *body)
{
    return c->page < PAGES_MAX && json_array_size(json_object_get(body, "records")) > 0 &&
           jx_int(body, "page", 0) == c->page &&
           (int64_t)c->page * PAGE < jx_int(body, "totalRecords", 0);
}

static bool page_end(struct ask *q, const struct arr_result *r, const json_t *body)
{
    struct listing *c = (struct listing *)q;
    struct arr_result mine = *r;
    const json_t *rows = json_object_get(body, "records");
    size_t i;
    json_t *row;
    if (r->trouble == ARR_OK && !json_is_array(rows))
        ask_bad_body(q, &mine, "a page of the queue without 'records'");
    if (mine.trouble == ARR_OK && jx_int(body, "page", c->page) == c->page)
        json_array_foreach(rows, i, row) add_row(c, row);
    if (mine.trouble == ARR_OK && has_next(c, body)) {
        c->page++;
        ask_page(c);
        return true;
    }
    const struct arr_downloads d = mine.trouble == ARR_OK ? summed(c) : (struct arr_downloads){0};
    c->done(q->ctx, &mine, &d);
    return false;
}

void arr_downloads(struct arr *a,
                   void (*done)(void *ctx, const struct arr_result *r,
                                const struct arr_downloads *d),
                   void *ctx)
{
    struct listing *c = ASK_NEW(a, struct listing, ctx);
    c->page = 1;
    c->done = done;
    c->q.on_end = page_end;
    c->q.on_free = listing_free;
    ask_get(&c->q, "queue?page=1&pageSize=%d&%s=true", PAGE, c->q.dialect->queue_unknown);
}
