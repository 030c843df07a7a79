/* engine/sync_touch.c — single titles read again, because the server said that something happened
 * to them, or a search found that something had: the rest of the library stays as the last whole
 * sync left it. */
#include "base/jx.h"
#include "engine/sync_parts.h"

static struct store *store_of(const struct lane *l)
{
    return l->engine->setup.store;
}

static utc_t now(const struct lane *l)
{
    return loop_utc(l->engine->setup.loop);
}

static void touch_next(struct lane *l);

static void finish(struct lane *l)
{
    struct sync *s = l->sync;
    struct err e = {0};
    if (!batch_commit(&l->engine->batch, &e)) {
        sync_failed(l, &e);
        return;
    }
    json_t *f = json_object();
    jx_put(f, "titles", json_integer((json_int_t)s->touched.n));
    jx_put(f, "requests", json_integer((json_int_t)(arr_requests(l->arr) - s->requests_before)));
    lane_tell(l, EVENT_library_touched, f);
    lane_next(l);
}

/* Of a series nothing stays but what was read. */
static bool keep(struct lane *l, int64_t id, bool is_gone, struct err *e)
{
    struct sync *s = l->sync;
    const char *instance = l->instance->name;
    if (!batch_row(&l->engine->batch, e))
        return false;
    if (is_gone)
        return title_gone(store_of(l), instance, s->generation, id, now(l), e);
    return l->spec->type == APP_RADARR ||
           title_fetched(store_of(l), instance, s->generation, id, now(l), e);
}

static void touched(struct lane *l, bool is_gone)
{
    struct sync *s = l->sync;
    int64_t id = s->touched.at[s->at_touched++];
    if (keep(l, id, is_gone, &s->err))
        touch_next(l);
    else
        sync_failed(l, &s->err);
}

static void episodes_read(void *ctx, const struct arr_result *r)
{
    struct lane *l = ctx;
    if (r->trouble == ARR_GONE)
        touched(l, true);
    else if (sync_went_well(l, r))
        touched(l, false);
}

/* ---- what a movie's file is worth, where that matters ---- */

static bool is_scored(struct lane *l, bool *ret, struct err *e)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct item it = {0};
    struct item_memory m;
    int64_t id = l->sync->touched.at[l->sync->at_touched];
    bool is_found = false;
    if (!item_find(store_of(l), l->instance->name, ITEM_MOVIE, id, arena, &it, &m, &is_found, e))
        return false;
    *ret = is_found && it.has_file && it.cutoff_format_score > 0;
    return true;
}

/* Without an answer the next whole sync asks again. */
static void score_read(void *ctx, const struct arr_result *r)
{
    struct lane *l = ctx;
    if (r->trouble == ARR_GONE || r->trouble == ARR_SERVER || sync_went_well(l, r))
        touched(l, false);
}

static void read_score(struct lane *l)
{
    struct err e = {0};
    bool is_needed = false;
    if (!is_scored(l, &is_needed, &e))
        sync_failed(l, &e);
    else if (is_needed)
        arr_movie_scores(l->arr, &l->sync->touched.at[l->sync->at_touched], 1, sync_on_score,
                         score_read, l);
    else
        touched(l, false);
}

/* ---- a title ---- */

/* Its episodes are read with it, after the answer is gone. */
static struct title kept_title(struct arena *arena, const struct title *t)
{
    struct title copy = *t;
    const char **const strings[] = {&copy.imdb_id, &copy.title, &copy.sort_title, &copy.tags,
                                    &copy.genres};
    for (size_t i = 0; i < COUNT(strings); i++)
        *strings[i] = arena_strdup(arena, *strings[i]);
    return copy;
}

static void on_title(void *ctx, const struct title *t, const struct item *it)
{
    struct lane *l = ctx;
    sync_on_title(l, t, it);
    l->sync->series = kept_title(l->sync->series_arena, t);
}

static void title_read(void *ctx, const struct arr_result *r)
{
    struct lane *l = ctx;
    if (r->trouble == ARR_GONE)
        touched(l, true);
    else if (!sync_went_well(l, r))
        return;
    else if (l->spec->type == APP_SONARR)
        arr_episodes(l->arr, &l->sync->series, sync_on_episode, episodes_read, l);
    else
        read_score(l);
}

static void touch_next(struct lane *l)
{
    struct sync *s = l->sync;
    arena_reset(s->series_arena);
    if (s->at_touched == s->touched.n)
        finish(l);
    else
        arr_title(l->arr, s->touched.at[s->at_touched], on_title, title_read, l);
}

void sync_touch(struct lane *l, const struct title_list *titles)
{
    struct err e = {0};
    struct sync *s = sync_new(l);
    s->touched = *titles;
    if (!batch_commit(&l->engine->batch, &e) ||
        !library_begin(store_of(l), l->instance->name, &s->generation, &e))
        sync_failed(l, &e);
    else
        touch_next(l);
}

void lane_reread(struct lane *l)
{
    if (l->changed.n && !l->engine->setup.is_simulated)
        sync_touch(l, &(struct title_list){l->changed.at, l->changed.n});
    else
        lane_next(l);
}
