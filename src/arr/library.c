/* arr/library.c — titles, episodes with their files, one item. */
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

#include "arr/ask.h"
#include "arr/read.h"
#include "base/jx.h"
#include "base/mem.h"
#include "base/vec.h"

/* ---- every title ---- */

struct titles {
    struct ask q;
    struct arena *row; /* one title's strings */
    int64_t id;        /* the only one */
    void (*on_title)(void *ctx, const struct title *t, const struct item *item);
    void (*done)(void *ctx, const struct arr_result *r);
};

static void titles_free(struct ask *q)
{
    arena_free(((struct titles *)q)->row);
}

static void tell_title(struct ask *q, const json_t *o)
{
    struct titles *c = (struct titles *)q;
    struct title t;
    struct item item;
    arena_reset(c->row);
    q->dialect->read_title(c->row, o, &t);
    if (t.id <= 0)
        return;
    if (q->dialect->is_item_title)
        q->dialect->read_item(c->row, o, &t, &item);
    c->on_title(q->ctx, &t, q->dialect->is_item_title ? &item : NULL);
}

static bool title_in(struct ask *q, json_t *o, struct err *e)
{
    (void)e;
    tell_title(q, o);
    return true;
}

static bool titles_end(struct ask *q, const struct arr_result *r, const json_t *body)
{
    (void)body;
    ((struct titles *)q)->done(q->ctx, r);
    return false;
}

void arr_titles(struct arr *a,
                void (*on_title)(void *ctx, const struct title *t, const struct item *item),
                void (*done)(void *ctx, const struct arr_result *r), void *ctx)
{
    struct titles *c = ASK_NEW(a, struct titles, ctx);
    c->on_title = on_title;
    c->done = done;
    c->row = arena_new();
    c->q.keys = c->q.dialect->title_keys;
    c->q.on_element = title_in;
    c->q.on_end = titles_end;
    c->q.on_free = titles_free;
    ask_get(&c->q, "%s", c->q.dialect->titles);
}

static bool title_end(struct ask *q, const struct arr_result *r, const json_t *body)
{
    struct arr_result mine = *r;
    bool is_right = jx_int(body, "id", 0) == ((struct titles *)q)->id;
    if (r->trouble == ARR_OK && is_right)
        tell_title(q, body);
    else if (r->trouble == ARR_OK)
        ask_bad_body(q, &mine, "another title than the one asked for");
    return titles_end(q, &mine, NULL);
}

void arr_title(struct arr *a, int64_t id,
               void (*on_title)(void *ctx, const struct title *t, const struct item *item),
               void (*done)(void *ctx, const struct arr_result *r), void *ctx)
{
    struct titles *c = ASK_NEW(a, struct titles, ctx);
    c->id = id;
    c->on_title = on_title;
    c->done = done;
    c->row = arena_new();
    c->q.on_end = title_end;
    c->q.on_free = titles_free;
    ask_get(&c->q, "%s/%" PRId64, c->q.dialect->titles, id);
}

/* ---- the episodes of one series ---- */

enum { EPISODES_MAX = 50000 }; /* of one series: the longest has some 15,000 */

struct episode {
    struct item item;
    int64_t file; /* 0: none */
};
struct episode_file {
    int64_t id;
    int score;
    bool is_unmet, has_score;
};
struct episodes {
    struct ask q;
    const struct title *series;
    VEC(struct episode) all;
    VEC(struct episode_file) files; /* sorted before they are looked for */
    utc_t server_date;
    void (*on_item)(void *ctx, const struct item *item);
    void (*done)(void *ctx, const struct arr_result *r);
};

static const char *const episode_keys[] = {
    "id",      "seasonNumber",  "episodeNumber",  "title",     "airDateUtc", "runtime",
    "hasFile", "episodeFileId", "lastSearchTime", "monitored", NULL,
};
static const char *const file_keys[] = {"id", "qualityCutoffNotMet", "customFormatScore", NULL};

static void episodes_free(struct ask *q)
{
    struct episodes *c = (struct episodes *)q;
    vec_done(&c->all);
    vec_done(&c->files);
}

static bool episode_in(struct ask *q, json_t *o, struct err *e)
{
    struct episodes *c = (struct episodes *)q;
    if (c->all.n == EPISODES_MAX)
        return err_set(e, ERR_REMOTE, "a series with more than %d episodes", EPISODES_MAX);
    struct episode ep = {.file = jx_int(o, "episodeFileId", 0)};
    q->dialect->read_item(q->arena, o, c->series, &ep.item);
    ep.item.episode_title = arena_strdup(q->arena, ep.item.episode_title);
    if (ep.item.id > 0)
        vec_push(&c->all, ep);
    return true;
}

static bool file_in(struct ask *q, json_t *o, struct err *e)
{
    struct episodes *c = (struct episodes *)q;
    if (c->files.n == EPISODES_MAX)
        return err_set(e, ERR_REMOTE, "a series with more than %d files", EPISODES_MAX);
    struct item says = {0};
    read_score(o, &says);
    vec_push(&c->files, (struct episode_file){
                            .id = jx_int(o, "id", 0),
                            .is_unmet = jx_bool(o, "qualityCutoffNotMet", false),
                            .has_score = says.has_format_score,
                            .score = says.format_score,
                        });
    return true;
}

static int by_id(const void *a, const void *b)
{
    const struct episode_file *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static void lend_file(const struct episodes *c, struct episode *ep)
{
    const struct episode_file key = {.id = ep->file};
    const struct episode_file *f =
        c->files.n ? bsearch(&key, c->files.at, c->files.n, sizeof *c->files.at, by_id) : NULL;
    if (!f || ep->file <= 0)
        return;
    ep->item.is_cutoff_unmet = f->is_unmet;
    ep->item.has_format_score = f->has_score;
    ep->item.format_score = f->score;
}

static int64_t count_aired(const struct episodes *c)
{
    utc_t now = c->server_date ? c->server_date : ask_now(&c->q);
    int64_t n = 0;
    for (size_t i = 0; i < c->all.n; i++) {
        const struct item *it = &c->all.at[i].item;
        n += it->season > 0 && it->aired && it->aired <= now;
    }
    return n;
}

static bool tell_episodes(struct episodes *c, const struct arr_result *r)
{
    int64_t n_aired = count_aired(c);
    if (c->files.n)
        qsort(c->files.at, c->files.n, sizeof *c->files.at, by_id);
    for (size_t i = 0; i < c->all.n; i++) {
        struct episode *ep = &c->all.at[i];
        lend_file(c, ep);
        ep->item.series_aired_episodes = n_aired;
        c->on_item(c->q.ctx, &ep->item);
    }
    c->done(c->q.ctx, r);
    return false;
}

static bool files_end(struct ask *q, const struct arr_result *r, const json_t *body)
{
    (void)body;
    struct episodes *c = (struct episodes *)q;
    if (r->trouble == ARR_OK)
        return tell_episodes(c, r);
    c->done(q->ctx, r);
    return false;
}

static bool has_any_file(const struct episodes *c)
{
    for (size_t i = 0; i < c->all.n; i++)
        if (c->all.at[i].file > 0)
            return true;
    return false;
}

static bool episodes_end(struct ask *q, const struct arr_result *r, const json_t *body)
{
    struct episodes *c = (struct episodes *)q;
    c->server_date = r->server_date;
    if (r->trouble != ARR_OK || !has_any_file(c))
        return files_end(q, r, body);
    q->keys = file_keys;
    q->on_element = file_in;
    q->on_end = files_end;
    ask_get_next(q, "episodefile?seriesId=%" PRId64, c->series->id);
    return true;
}

void arr_episodes(struct arr *a, const struct title *series,
                  void (*on_item)(void *ctx, const struct item *item),
                  void (*done)(void *ctx, const struct arr_result *r), void *ctx)
{
    struct episodes *c = ASK_NEW(a, struct episodes, ctx);
    c->series = series;
    c->on_item = on_item;
    c->done = done;
    c->q.keys = episode_keys;
    c->q.on_element = episode_in;
    c->q.on_end = episodes_end;
    c->q.on_free = episodes_free;
    ask_get(&c->q, "episode?seriesId=%" PRId64, series->id);
}

/* ---- one item ---- */

struct one {
    struct ask q;
    int64_t id;
    void (*done)(void *ctx, const struct arr_result *r, const struct item *item);
};

static bool item_end(struct ask *q, const struct arr_result *r, const json_t *body)
{
    struct one *c = (struct one *)q;
    const struct dialect *d = q->dialect;
    struct arr_result mine = *r;
    struct title t;
    struct item item;
    if (r->trouble == ARR_OK) {
        d->read_title(q->arena, d->title_inside ? json_object_get(body, d->title_inside) : body,
                      &t);
        d->read_item(q->arena, body, &t, &item);
        if (item.id != c->id)
            ask_bad_body(q, &mine, "another item than the one asked for");
    }
    c->done(q->ctx, &mine, mine.trouble == ARR_OK ? &item : NULL);
    return false;
}

void arr_item(struct arr *a, enum item_kind kind, int64_t id,
              void (*done)(void *ctx, const struct arr_result *r, const struct item *item),
              void *ctx)
{
    struct one *c = ASK_NEW(a, struct one, ctx);
    assert(kind == c->q.dialect->kind);
    c->id = id;
    c->done = done;
    c->q.on_end = item_end;
    ask_get(&c->q, "%s%" PRId64, c->q.dialect->item, id);
}
