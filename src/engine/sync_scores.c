/* engine/sync_scores.c — what the custom formats of movies' files are worth: the list of movies
 * does not tell. Asked in batches, for profiles that have a cutoff of scores; of movies that are
 * new or changed, then of the stalest. */
#include <assert.h>

#include "engine/sync_parts.h"

static struct store *store_of(const struct lane *l)
{
    return l->engine->setup.store;
}

static void ask_next(struct lane *l);

void sync_on_score(void *lane, int64_t movie_id, int score)
{
    struct lane *l = lane;
    struct sync *s = l->sync;
    bool ok = s->err.code == ERR_NONE && batch_row(&l->engine->batch, &s->err) &&
              score_put(store_of(l), l->instance->name, movie_id, score, &s->err);
    assert(ok || s->err.code != ERR_NONE); /* sync_went_well sees it */
}

static bool note_fetched(struct lane *l, struct err *e)
{
    struct sync *s = l->sync;
    utc_t now = loop_utc(l->engine->setup.loop);
    for (size_t i = 0; i < s->n_scores; i++)
        if (!batch_row(&l->engine->batch, e) ||
            !title_fetched(store_of(l), l->instance->name, s->generation, s->score_ids[i], now, e))
            return false;
    return true;
}

static void count(struct sync *s)
{
    int64_t n = (int64_t)s->n_scores;
    if (s->is_rolling)
        s->n_rolling += n;
    else
        s->n_changed += n;
}

static void scores_read(void *ctx, const struct arr_result *r)
{
    struct lane *l = ctx;
    struct err e = {0};
    /* One movie removed since the list was read fails them all: the next sync asks without it. */
    if (r->trouble == ARR_GONE || r->trouble == ARR_SERVER) {
        sync_finish(l);
        return;
    }
    if (!sync_went_well(l, r))
        return;
    if (!note_fetched(l, &e)) {
        sync_failed(l, &e);
        return;
    }
    count(l->sync);
    sync_progress(l);
    ask_next(l);
}

/* The next movies to ask about; none: n_scores is 0. */
static bool choose(struct lane *l, struct err *e)
{
    struct sync *s = l->sync;
    const char *instance = l->instance->name;
    int64_t after = s->n_scores ? s->score_ids[s->n_scores - 1] : 0;
    s->n_scores = 0;
    if (!s->is_rolling && !scores_stale(store_of(l), instance, s->generation, after, ARR_SCORES_MAX,
                                        s->score_ids, &s->n_scores, e))
        return false;
    if (s->n_scores)
        return true;
    s->is_rolling = true;
    return s->n_rolling_batches++ == ROLLING_MAX ||
           scores_oldest(store_of(l), instance, s->generation, s->stale_before, ARR_SCORES_MAX,
                         s->score_ids, &s->n_scores, e);
}

static void ask_next(struct lane *l)
{
    struct err e = {0};
    struct sync *s = l->sync;
    if (!choose(l, &e))
        sync_failed(l, &e);
    else if (s->n_scores)
        arr_movie_scores(l->arr, s->score_ids, s->n_scores, sync_on_score, scores_read, l);
    else
        sync_finish(l);
}

static bool has_cutoff(const struct sync *s)
{
    for (size_t i = 0; i < s->profiles.n; i++)
        if (s->profiles.at[i].cutoff_score > 0)
            return true;
    return false;
}

void sync_scores(struct lane *l)
{
    if (has_cutoff(l->sync))
        ask_next(l);
    else
        sync_finish(l);
}
