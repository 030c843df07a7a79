/* engine/sync.c — the library of one server, brought into the store: profiles, tags, titles while
 * they stream in, then the episodes of every series that is new or changed. What a killed sync had
 * read stays; the next one goes on with what is still stale. */
#include "base/jx.h"
#include "engine/sync_parts.h"

static const ms_t progress_every = SECONDS(10);

static const ms_t rolling_age = DAYS(1);

static struct store *store_of(const struct lane *l)
{
    return l->engine->setup.store;
}

static utc_t now(const struct lane *l)
{
    return loop_utc(l->engine->setup.loop);
}

/* Whether a call and every row written during it went well; if not, the lane has failed. */
bool sync_went_well(struct lane *l, const struct arr_result *r)
{
    if (r->trouble == ARR_OK && l->sync->err.code == ERR_NONE)
        return true;
    struct err e = r->trouble == ARR_OK ? l->sync->err : r->err;
    err_in(&e, "reading its library");
    lane_fail(l, &e);
    return false;
}

void sync_failed(struct lane *l, struct err *e)
{
    err_in(e, "keeping its library");
    lane_fail(l, e);
}

static bool may_write(struct lane *l)
{
    return l->sync->err.code == ERR_NONE && batch_row(&l->engine->batch, &l->sync->err);
}

static void tell(struct lane *l, enum event event, const struct library_counts *counts)
{
    struct sync *s = l->sync;
    bool is_sonarr = l->spec->type == APP_SONARR;
    json_t *f = json_object();
    jx_put(f, is_sonarr ? "series" : "movies", json_integer(counts ? counts->titles : s->n_titles));
    if (is_sonarr)
        jx_put(f, "episodes", json_integer(counts ? counts->items : s->n_items));
    jx_put(f, "changed", json_integer(s->n_changed));
    jx_put(f, "refreshed", json_integer(s->n_rolling));
    jx_put(f, "requests", json_integer((json_int_t)(arr_requests(l->arr) - s->requests_before)));
    lane_tell(l, event, f);
}

void sync_progress(struct lane *l)
{
    if (now(l) - l->sync->told < progress_every)
        return;
    l->sync->told = now(l);
    tell(l, EVENT_library_syncing, NULL);
}

/* ---- the end ---- */

void sync_finish(struct lane *l)
{
    struct err e = {0};
    struct library_counts counts;
    if (!batch_commit(&l->engine->batch, &e) ||
        !library_end(store_of(l), l->instance->name, l->sync->generation, now(l), &counts, &e)) {
        sync_failed(l, &e);
        return;
    }
    tell(l, EVENT_library_synced, &counts);
    sync_compare(l);
}

/* ---- episodes of changed series, then of the stalest, one after another ---- */

static void fetch_next(struct lane *l);

void sync_on_episode(void *lane, const struct item *it)
{
    struct lane *l = lane;
    struct sync *s = l->sync;
    if (may_write(l) && item_put(store_of(l), l->instance->name, s->generation, it, &s->err))
        s->n_items++;
}

static void episodes_read(void *ctx, const struct arr_result *r)
{
    struct lane *l = ctx;
    struct sync *s = l->sync;
    bool is_gone = r->trouble == ARR_GONE; /* removed since the list was read: nothing to keep */
    if (!is_gone && !sync_went_well(l, r))
        return;
    if (!may_write(l) || !title_fetched(store_of(l), l->instance->name, s->generation, s->series.id,
                                        now(l), &s->err)) {
        sync_failed(l, &s->err);
        return;
    }
    if (s->is_rolling)
        s->n_rolling++;
    else
        s->n_changed++;
    sync_progress(l);
    fetch_next(l);
}

/* The next series to read, into s->series. */
static bool choose(struct lane *l, bool *ret_found, struct err *e)
{
    struct sync *s = l->sync;
    const char *instance = l->instance->name;
    *ret_found = false;
    arena_reset(s->series_arena);
    if (!s->is_rolling && !title_stale(store_of(l), instance, s->generation, s->series_arena,
                                       &s->series, ret_found, e))
        return false;
    if (*ret_found)
        return true;
    s->is_rolling = true;
    return s->n_rolling == ROLLING_MAX ||
           title_oldest(store_of(l), instance, s->generation, s->stale_before, s->series_arena,
                        &s->series, ret_found, e);
}

static void fetch_next(struct lane *l)
{
    struct err e = {0};
    bool is_found = false;
    if (!choose(l, &is_found, &e))
        sync_failed(l, &e);
    else if (is_found)
        arr_episodes(l->arr, &l->sync->series, sync_on_episode, episodes_read, l);
    else
        sync_finish(l);
}

/* ---- titles ---- */

static bool keep_seen(struct lane *l, struct err *e)
{
    struct sync *s = l->sync;
    size_t n = s->n_seen;
    s->n_seen = 0;
    return batch_row(&l->engine->batch, e) &&
           titles_seen(store_of(l), l->instance->name, s->generation, s->seen, n, e);
}

void sync_on_title(void *lane, const struct title *t, const struct item *it)
{
    struct lane *l = lane;
    struct sync *s = l->sync;
    if (!may_write(l) || !title_put(store_of(l), l->instance->name, t, &s->err))
        return;
    s->n_titles++;
    s->seen[s->n_seen++] = t->id;
    if (s->n_seen == COUNT(s->seen) && !keep_seen(l, &s->err))
        return;
    if (it && item_put(store_of(l), l->instance->name, s->generation, it, &s->err))
        s->n_items++;
}

static void titles_read(void *ctx, const struct arr_result *r)
{
    struct lane *l = ctx;
    struct err e = {0};
    if (!sync_went_well(l, r))
        return;
    if (!keep_seen(l, &e))
        sync_failed(l, &e);
    else if (l->spec->type == APP_SONARR)
        fetch_next(l);
    else
        sync_scores(l);
}

/* ---- profiles and tags ---- */

static void on_tag(void *ctx, int64_t id, const char *label)
{
    struct sync *s = ((struct lane *)ctx)->sync;
    vec_push(&s->tags, (struct stored_tag){.id = id, .label = arena_strdup(s->arena, label)});
}

static bool keep_small_lists(struct lane *l, struct err *e)
{
    struct sync *s = l->sync;
    CLEANUP(tx_done) struct tx tx = {0};
    return batch_commit(&l->engine->batch, e) && tx_begin(store_of(l), &tx, e) &&
           profiles_replace(store_of(l), l->instance->name, s->profiles.at, s->profiles.n, e) &&
           tags_replace(store_of(l), l->instance->name, s->tags.at, s->tags.n, e) &&
           instance_ahead(store_of(l), l->instance->name, l->ahead, e) && tx_commit(&tx, e);
}

static void tags_read(void *ctx, const struct arr_result *r)
{
    struct lane *l = ctx;
    struct err e = {0};
    if (!sync_went_well(l, r))
        return;
    if (!keep_small_lists(l, &e))
        sync_failed(l, &e);
    else
        arr_titles(l->arr, sync_on_title, titles_read, l);
}

static void on_profile(void *ctx, const struct arr_profile *p)
{
    struct sync *s = ((struct lane *)ctx)->sync;
    vec_push(&s->profiles, (struct stored_profile){
                               .id = p->id,
                               .name = arena_strdup(s->arena, p->name),
                               .is_upgrade_allowed = p->is_upgrade_allowed,
                               .cutoff_score = p->cutoff_score,
                               .fingerprint = arena_strdup(s->arena, p->fingerprint),
                           });
}

static void profiles_read(void *ctx, const struct arr_result *r)
{
    struct lane *l = ctx;
    if (sync_went_well(l, r))
        arr_tags(l->arr, on_tag, tags_read, l);
}

struct sync *sync_new(struct lane *l)
{
    sync_free(l->sync);
    struct sync *s = l->sync = NEW(struct sync);
    s->began = now(l);
    s->stale_before = s->began - rolling_age;
    s->arena = arena_new();
    s->series_arena = arena_new();
    s->requests_before = arr_requests(l->arr);
    s->told = now(l);
    return s;
}

void sync_begin(struct lane *l, bool is_repair)
{
    struct err e = {0};
    struct sync *s = sync_new(l);
    s->is_repair = is_repair;
    if (!batch_commit(&l->engine->batch, &e) ||
        !library_begin(store_of(l), l->instance->name, &s->generation, &e))
        sync_failed(l, &e);
    else
        arr_profiles(l->arr, on_profile, profiles_read, l);
}

/* By somebody who would not have what is known already. */
static bool is_asked_for(const struct lane *l)
{
    return l->errand->is_refresh && !l->errand->is_routine;
}

/* Our clock may have been set back since. */
static bool is_recent(const struct lane *l, utc_t synced)
{
    return synced && synced <= now(l) && now(l) - synced < l->spec->library.sync;
}

void lane_sync(struct lane *l)
{
    struct err e = {0};
    utc_t synced = 0;
    if (l->engine->setup.is_simulated)
        lane_next(l);
    else if (!library_synced(store_of(l), l->instance->name, &synced, &e))
        lane_fail(l, &e);
    else if (l->errand->titles.n && synced)
        sync_touch(l, &(struct title_list){l->errand->titles.at, l->errand->titles.n});
    else if (!is_asked_for(l) && is_recent(l, synced))
        lane_next(l);
    else
        sync_begin(l, false);
}

void sync_free(struct sync *s)
{
    if (!s)
        return;
    vec_done(&s->profiles);
    vec_done(&s->tags);
    arena_free(s->arena);
    arena_free(s->series_arena);
    mem_free(s);
}
