/* arr/lists.c — the short lists of a server: profiles, tags, history, health, and how many are
 * wanted. */
#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "arr/answer.h"
#include "arr/ask.h"
#include "arr/read.h"
#include "base/buf.h"
#include "base/jx.h"
#include "base/str.h"

/* A list whose rows go to `on_row`, whatever its type is. */
struct list {
    struct ask q;
    union {
        void (*on_profile)(void *ctx, const struct arr_profile *p);
        void (*on_tag)(void *ctx, int64_t id, const char *label);
        void (*on_score)(void *ctx, int64_t movie_id, int score);
        void (*on_history)(void *ctx, const struct arr_history *row);
    };
    void (*done)(void *ctx, const struct arr_result *r);
};

static bool list_end(struct ask *q, const struct arr_result *r, const json_t *body)
{
    (void)body;
    ((struct list *)q)->done(q->ctx, r);
    return false;
}

static struct list *list_new(struct arr *a, const char *const keys[],
                             bool (*on_element)(struct ask *q, json_t *o, struct err *e),
                             void (*done)(void *ctx, const struct arr_result *r), void *ctx)
{
    struct list *l = ASK_NEW(a, struct list, ctx);
    l->done = done;
    l->q.keys = keys;
    l->q.on_element = on_element;
    l->q.on_end = list_end;
    return l;
}

/* ---- profiles ---- */

static const char *const profile_keys[] = {
    "id", "name", "upgradeAllowed", "cutoff", "cutoffFormatScore", "items", "formatItems", NULL,
};

static bool profile_in(struct ask *q, json_t *o, struct err *e)
{
    (void)e;
    struct arr_profile p = {
        .id = jx_int(o, "id", 0),
        .name = read_str(o, "name"),
        .is_upgrade_allowed = jx_bool(o, "upgradeAllowed", false),
        .cutoff = jx_int(o, "cutoff", 0),
        .cutoff_score = jx_int(o, "cutoffFormatScore", 0),
    };
    read_fingerprint(o, p.fingerprint);
    if (p.id > 0)
        ((struct list *)q)->on_profile(q->ctx, &p);
    return true;
}

void arr_profiles(struct arr *a, void (*on_profile)(void *ctx, const struct arr_profile *p),
                  void (*done)(void *ctx, const struct arr_result *r), void *ctx)
{
    struct list *l = list_new(a, profile_keys, profile_in, done, ctx);
    l->on_profile = on_profile;
    ask_get(&l->q, "qualityprofile");
}

/* ---- tags ---- */

static const char *const tag_keys[] = {"id", "label", NULL};

static bool tag_in(struct ask *q, json_t *o, struct err *e)
{
    (void)e;
    int64_t id = jx_int(o, "id", 0);
    if (id > 0)
        ((struct list *)q)->on_tag(q->ctx, id, read_str(o, "label"));
    return true;
}

void arr_tags(struct arr *a, void (*on_tag)(void *ctx, int64_t id, const char *label),
              void (*done)(void *ctx, const struct arr_result *r), void *ctx)
{
    struct list *l = list_new(a, tag_keys, tag_in, done, ctx);
    l->on_tag = on_tag;
    ask_get(&l->q, "tag");
}

/* ---- scores ---- */

static const char *const score_keys[] = {"movieId", "customFormatScore", NULL};

static bool score_in(struct ask *q, json_t *o, struct err *e)
{
    (void)e;
    int64_t movie = jx_int(o, "movieId", 0);
    if (movie > 0 && json_is_integer(json_object_get(o, "customFormatScore")))
        ((struct list *)q)->on_score(q->ctx, movie, read_int(o, "customFormatScore"));
    return true;
}

void arr_movie_scores(struct arr *a, const int64_t ids[], size_t n,
                      void (*on_score)(void *ctx, int64_t movie_id, int score),
                      void (*done)(void *ctx, const struct arr_result *r), void *ctx)
{
    enum { PATH_MAX_BYTES = 64 + ARR_SCORES_MAX * 32 };
    struct list *l = list_new(a, score_keys, score_in, done, ctx);
    CLEANUP(buf_done) struct buf path;
    buf_init(&path, PATH_MAX_BYTES);
    assert(n > 0 && n <= ARR_SCORES_MAX);
    for (size_t i = 0; i < n; i++)
        buf_printf(&path, "%smovieId=%" PRId64, i ? "&" : "moviefile?", ids[i]);
    l->on_score = on_score;
    ask_get(&l->q, "%s", path.at);
}

/* ---- history ---- */

static const char *const history_keys[] = {
    "id",   "episodeId", "seriesId",   "movieId",     "eventType",
    "date", "data",      "downloadId", "sourceTitle", NULL,
};

static enum arr_history_type history_type(const char *text)
{
    static const struct {
        const char *name;
        enum arr_history_type type;
    } types[] = {
        {"grabbed", ARR_HISTORY_GRABBED},
        {"downloadFolderImported", ARR_HISTORY_IMPORTED},
        {"seriesFolderImported", ARR_HISTORY_IMPORTED},
        {"movieFolderImported", ARR_HISTORY_IMPORTED},
        {"downloadFailed", ARR_HISTORY_FAILED},
        {"episodeFileDeleted", ARR_HISTORY_DELETED},
        {"movieFileDeleted", ARR_HISTORY_DELETED},
    };
    for (size_t i = 0; i < COUNT(types); i++)
        if (str_case_eq(types[i].name, text))
            return types[i].type;
    return ARR_HISTORY_OTHER;
}

static bool history_in(struct ask *q, json_t *o, struct err *e)
{
    (void)e;
    struct arr_history row = {
        .id = jx_int(o, "id", 0),
        .item_id = jx_int(o, q->dialect->history_item, 0),
        .title_id = jx_int(o, q->dialect->history_title, 0),
        .type = history_type(read_str(o, "eventType")),
        .date = jx_utc(o, "date"),
        .download_id = read_str(o, "downloadId"),
        .source_title = read_str(o, "sourceTitle"),
        .release_source = read_str(json_object_get(o, "data"), "releaseSource"),
    };
    if (row.type == ARR_HISTORY_DELETED &&
        read_is_replaced(read_str(json_object_get(o, "data"), "reason")))
        row.type = ARR_HISTORY_OTHER;
    answer_redact(read_str(json_object_get(o, "data"), "message"), sizeof row.message, row.message);
    ((struct list *)q)->on_history(q->ctx, &row);
    return true;
}

void arr_history_since(struct arr *a, utc_t since, bool grabs_only,
                       void (*on_row)(void *ctx, const struct arr_history *row),
                       void (*done)(void *ctx, const struct arr_result *r), void *ctx)
{
    struct list *l = list_new(a, history_keys, history_in, done, ctx);
    char date[UTC_TEXT];
    l->on_history = on_row;
    ask_get(&l->q, "history/since?date=%s%s", utc_format(since, date),
            grabs_only ? "&eventType=1" : "");
}

/* ---- health ---- */

struct health {
    struct ask q;
    struct arr_health seen;
    void (*done)(void *ctx, const struct arr_result *r, const struct arr_health *h);
};

static const char *const health_keys[] = {"source", "type", "wikiUrl", NULL};

/* Warnings of IndexerStatus checks are about some indexers, errors about all; IndexerSearchCheck
 * speaks up when none is left to search, but also when none is left to search by hand, which is
 * nothing to us: only the anchor of its page tells these apart in every language. */
static bool is_all_down(const char *source, const char *type, const char *page)
{
    bool is_error = str_case_eq(type, "error");
    bool is_by_hand = strstr(page, "#no-indexers-available-with-interactive-search");
    return (str_case_eq(source, "IndexerSearchCheck") && !is_by_hand) ||
           (is_error && str_case_eq(source, "IndexerStatusCheck")) ||
           (is_error && str_case_eq(source, "IndexerLongTermStatusCheck"));
}

static bool health_in(struct ask *q, json_t *o, struct err *e)
{
    (void)e;
    struct arr_health *h = &((struct health *)q)->seen;
    const char *type = read_str(o, "type");
    h->n_errors += str_case_eq(type, "error");
    h->n_warnings += str_case_eq(type, "warning");
    h->are_indexers_down =
        h->are_indexers_down || is_all_down(read_str(o, "source"), type, read_str(o, "wikiUrl"));
    return true;
}

static bool health_end(struct ask *q, const struct arr_result *r, const json_t *body)
{
    (void)body;
    struct health *c = (struct health *)q;
    c->done(q->ctx, r, &c->seen);
    return false;
}

void arr_health(struct arr *a,
                void (*done)(void *ctx, const struct arr_result *r, const struct arr_health *h),
                void *ctx)
{
    struct health *c = ASK_NEW(a, struct health, ctx);
    c->done = done;
    c->q.keys = health_keys;
    c->q.on_element = health_in;
    c->q.on_end = health_end;
    ask_get(&c->q, "health");
}

/* ---- wanted ---- */

struct wanted {
    struct ask q;
    void (*done)(void *ctx, const struct arr_result *r, int64_t total);
};

static bool wanted_end(struct ask *q, const struct arr_result *r, const json_t *body)
{
    struct arr_result mine = *r;
    int64_t total = jx_int(body, "totalRecords", -1);
    if (r->trouble == ARR_OK && total < 0)
        ask_bad_body(q, &mine, "a page of wanted items without 'totalRecords'");
    ((struct wanted *)q)->done(q->ctx, &mine, MAX(total, 0));
    return false;
}

void arr_wanted_count(struct arr *a,
                      void (*done)(void *ctx, const struct arr_result *r, int64_t total), void *ctx)
{
    struct wanted *c = ASK_NEW(a, struct wanted, ctx);
    c->done = done;
    c->q.on_end = wanted_end;
    ask_get(&c->q, "wanted/missing?page=1&pageSize=1&monitored=true%s", c->q.dialect->wanted_sort);
}
