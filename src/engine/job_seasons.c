/* engine/job_seasons.c — before its episodes, a run is offered the seasons that may be searched
 * whole. */
#include "engine/job.h"

enum { SLICE_SERIES = 40 };

struct found {
    VEC(struct pack_key) keys;
};

static void found_done(struct found *f)
{
    vec_done(&f->keys);
}

static void on_season(void *ctx, int64_t title, int season)
{
    struct found *f = ctx;
    struct pack_key key = {.title_id = title, .season = season};
    vec_push(&f->keys, key);
}

static void on_episode(void *ctx, const struct item *it, const struct item_memory *m)
{
    season_add(ctx, it, m);
}

static bool offer(struct lane *l, const struct pack_key *key, struct err *e)
{
    struct job *j = l->job;
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct season s = season_begin(&j->query);
    struct item_memory m;
    if (!season_read(l->engine->setup.store, l->instance->name, key->title_id, key->season, arena,
                     on_episode, &s, &m, e))
        return false;
    if (!season_is_pack(&s))
        return true;
    season_remember(&s, &m);
    if (season_goes_first(&s))
        packs_add(&j->packs, &s);
    pool_offer(j->pool, &s.item, &s.memory);
    return true;
}

/* Of the series after `after` up to `last`. */
static bool offer_all(struct lane *l, int64_t after, int64_t last, struct err *e)
{
    const struct season_packs *p = l->job->spec->season_packs;
    const struct lacking wish = {
        .min_missing = p->min_missing, .min_ratio = p->min_ratio, .now = l->job->query.now};
    CLEANUP(found_done) struct found found = {0};
    if (!seasons_lacking(l->engine->setup.store, l->instance->name, after, last, &wish, on_season,
                         &found, e))
        return false;
    for (size_t i = 0; i < found.keys.n; i++)
        if (!offer(l, &found.keys.at[i], e))
            return false;
    return true;
}

static bool offer_meant(struct lane *l, const struct title_ids *titles, struct err *e)
{
    struct job *j = l->job;
    if (j->at_series_meant < titles->n) {
        int64_t id = titles->at[j->at_series_meant++];
        if (!offer_all(l, id - 1, id, e))
            return false;
    }
    j->has_offered_seasons = j->at_series_meant >= titles->n;
    return true;
}

static bool offer_page(struct lane *l, struct err *e)
{
    struct job *j = l->job;
    int64_t last = 0;
    if (!titles_page(l->engine->setup.store, l->instance->name, j->at_series, SLICE_SERIES, &last,
                     e) ||
        !offer_all(l, j->at_series, last, e))
        return false;
    j->at_series = last;
    j->has_offered_seasons = last == INT64_MAX;
    return true;
}

/* A burst is about the one episode that has just aired. */
bool job_offer_seasons(struct lane *l, const struct title_ids *titles, struct err *e)
{
    struct job *j = l->job;
    bool has_seasons = l->spec->type == APP_SONARR && j->spec->season_packs;
    if (!has_seasons || j->run.cause == CAUSE_BURST) {
        j->has_offered_seasons = true;
        return true;
    }
    return titles ? offer_meant(l, titles, e) : offer_page(l, e);
}
