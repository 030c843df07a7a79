/* arr/season.c — the episodes of one season, just before and just after it is searched. */
#include <assert.h>
#include <inttypes.h>

#include "arr/ask.h"

struct season {
    struct ask q;
    const struct title *series;
    int number;
    void (*on_item)(void *ctx, const struct item *item);
    void (*done)(void *ctx, const struct arr_result *r);
};

static const char *const keys[] = {
    "id",      "seasonNumber",  "episodeNumber", "title",          "airDateUtc", "runtime",
    "hasFile", "episodeFileId", "monitored",     "lastSearchTime", NULL,
};

/* Servers that do not know the parameter list every season. */
static bool episode_in(struct ask *q, json_t *o, struct err *e)
{
    (void)e;
    struct season *c = (struct season *)q;
    struct item it;
    q->dialect->read_item(q->arena, o, c->series, &it);
    if (it.season == c->number)
        c->on_item(q->ctx, &it);
    return true;
}

static bool season_end(struct ask *q, const struct arr_result *r, const json_t *body)
{
    (void)body;
    ((struct season *)q)->done(q->ctx, r);
    return false;
}

void arr_season(struct arr *a, const struct title *series, int season,
                void (*on_item)(void *ctx, const struct item *item),
                void (*done)(void *ctx, const struct arr_result *r), void *ctx)
{
    struct season *c = ASK_NEW(a, struct season, ctx);
    assert(c->q.dialect->search_season);
    c->series = series;
    c->number = season;
    c->on_item = on_item;
    c->done = done;
    c->q.keys = keys;
    c->q.on_element = episode_in;
    c->q.on_end = season_end;
    ask_get(&c->q, "episode?seriesId=%" PRId64 "&seasonNumber=%d", series->id, season);
}
