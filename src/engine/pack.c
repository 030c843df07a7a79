/* engine/pack.c — a search of a whole season where it differs from that of one item: what is asked
 * of the server before and after it, and what it is about. */
#include <string.h>

#include "base/buf.h"
#include "engine/follow.h"
#include "store/library.h"

bool task_is_pack(const struct task *t)
{
    const struct item it = attempt_item(&t->row);
    return item_is_season(&it);
}

bool pack_is_same(const struct task *t, const struct arr_command *c)
{
    return c->season_of == t->row.title_id && c->season == t->row.season;
}

/* ---- preflight: the series, its season, its downloads ---- */

/* The season's own item with what the server says of one episode now. */
static struct item refreshed(const struct task *t, const struct item *now)
{
    struct item it = t->pick->item;
    it.id = now->id;
    it.episode = now->episode;
    it.status = t->series.status;
    it.is_monitored = now->is_monitored;
    it.has_file = now->has_file;
    it.aired = now->aired;
    it.server_searched = now->server_searched;
    return it;
}

static void on_episode(void *ctx, const struct item *now)
{
    struct task *t = ctx;
    char identity[ITEM_IDENTITY];
    const struct item it = refreshed(t, now);
    const struct item_memory nothing = {0};
    season_add(&t->season, &it, &nothing);
    struct covered c = {.item_id = it.id,
                        .identity = arena_strdup(t->arena, item_identity(&it, identity)),
                        .episode = it.episode,
                        .is_lacking = !it.has_file};
    vec_push(&t->covered, c);
}

static bool is_still_wanted(struct task *t)
{
    season_remember(&t->season, &t->pick->memory);
    return season_is_pack(&t->season) &&
           query_judge(t->query, &t->season.item, &t->season.memory).reason == REASON_selected;
}

static bool is_any_elsewhere(const struct task *t, bool *ret, struct err *e)
{
    struct store *store = t->lane->engine->setup.store;
    for (size_t i = 0; !*ret && i < t->covered.n; i++)
        if (!is_searching_elsewhere(store, t->row.instance, t->covered.at[i].identity, ret, e))
            return false;
    return true;
}

static void take_facts(struct task *t, const struct arr_result *r)
{
    char label[ITEM_TITLE];
    t->row.title = arena_strdup(t->arena, item_label(&t->season.item, label));
    t->row.cost = item_search_cost(&t->season.item);
    t->row.server_date = r->server_date;
    t->row.server_searched = t->season.searched;
    t->row.falls_back = t->query->queue->season_packs->fallback == FALLBACK_EPISODES;
    t->row.covered = t->covered.at;
    t->row.n_covered = t->covered.n;
}

static void season_checked(void *ctx, const struct arr_result *r)
{
    struct task *t = ctx;
    struct err e = {0};
    bool is_elsewhere = false;
    if (r->trouble != ARR_OK) {
        task_broken(t, &r->err);
    } else if (!is_still_wanted(t)) {
        task_skip(t, REASON_preflight_changed);
    } else if (!is_any_elsewhere(t, &is_elsewhere, &e)) {
        task_broken(t, &e);
    } else if (is_elsewhere) {
        task_skip(t, REASON_searching_elsewhere);
    } else {
        take_facts(t, r);
        arr_is_season_downloading(t->lane->arr, t->row.title_id, t->row.season, task_queue_checked,
                                  t);
    }
}

/* What an episode takes from its series, and whether that has ended. */
static void on_series(void *ctx, const struct title *series, const struct item *item UNUSED)
{
    struct task *t = ctx;
    t->series.status = series->status;
    t->series.is_monitored = series->is_monitored;
    t->series.runtime = series->runtime;
}

static void series_checked(void *ctx, const struct arr_result *r)
{
    struct task *t = ctx;
    t->season = season_begin(t->query);
    if (r->trouble == ARR_GONE)
        task_skip(t, REASON_preflight_changed);
    else if (r->trouble != ARR_OK)
        task_broken(t, &r->err);
    else
        arr_season(t->lane->arr, &t->series, t->row.season, on_episode, season_checked, t);
}

void pack_preflight(struct task *t)
{
    t->series = (struct title){.id = t->row.title_id,
                               .imdb_id = "",
                               .title = t->pick->item.title,
                               .sort_title = "",
                               .tags = "",
                               .genres = ""};
    arr_title(t->lane->arr, t->row.title_id, on_series, series_checked, t);
}

void pack_search(struct task *t,
                 void (*done)(void *ctx, const struct arr_result *r, const struct arr_command *c))
{
    arr_search_season(t->lane->arr, t->row.title_id, t->row.season, done, t);
}

/* ---- evidence ---- */

static void on_covered(void *ctx, const struct covered *c)
{
    struct task *t = ctx;
    struct covered copy = *c;
    copy.identity = arena_strdup(t->arena, c->identity);
    vec_push(&t->covered, copy);
    vec_push(&t->ids, c->item_id);
    vec_push(&t->hits, false);
}

bool pack_remember(struct task *t, struct err *e)
{
    t->covered.n = t->ids.n = t->hits.n = 0;
    bool ok = covered_each(t->lane->engine->setup.store, t->row.id, on_covered, t, e);
    t->row.covered = t->covered.at;
    t->row.n_covered = t->covered.n;
    return ok;
}

/* "not the whole season: E04, E07 (2 of 5 missing)". */
static const char *part_of(struct task *t, size_t n, size_t n_lacking)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, BUF_TEXT);
    buf_puts(&b, "not the whole season: ");
    const char *comma = "";
    for (size_t i = 0; i < t->covered.n; i++) {
        if (!t->covered.at[i].is_found)
            continue;
        buf_printf(&b, "%sE%02d", comma, t->covered.at[i].episode);
        comma = ", ";
    }
    buf_printf(&b, " (%zu of %zu missing)", n, n_lacking);
    return arena_strdup(t->arena, b.at);
}

/* What is found is told by name. */
static bool name_found(struct task *t, struct covered *c, struct err *e)
{
    struct item it;
    struct item_memory m;
    char label[ITEM_TITLE];
    bool is_known = false;
    if (!item_find(t->lane->engine->setup.store, t->row.instance, ITEM_EPISODE, c->item_id,
                   t->arena, &it, &m, &is_known, e))
        return false;
    if (is_known)
        c->title = arena_strdup(t->arena, item_label(&it, label));
    return true;
}

bool pack_credit(struct task *t, struct err *e)
{
    size_t n_lacking = 0, n_found = 0;
    for (size_t i = 0; i < t->covered.n; i++) {
        struct covered *c = &t->covered.at[i];
        c->is_found = t->hits.at[i];
        n_lacking += c->is_lacking;
        n_found += c->is_lacking && c->is_found;
        if (c->is_found && !name_found(t, c, e))
            return false;
    }
    t->row.is_partial = n_found < n_lacking;
    if (t->row.is_partial)
        t->row.message = part_of(t, n_found, n_lacking);
    return true;
}

static void on_searched_episode(void *ctx, const struct item *now)
{
    struct task *t = ctx;
    t->searched = MAX(t->searched, now->server_searched);
}

static void looked(void *ctx, const struct arr_result *r)
{
    struct task *t = ctx;
    t->on_searched(t, r, t->searched);
}

void pack_look(struct task *t, void (*done)(void *ctx, const struct arr_result *r, utc_t searched))
{
    t->series = (struct title){.id = t->row.title_id,
                               .imdb_id = "",
                               .title = "",
                               .sort_title = "",
                               .tags = "",
                               .genres = ""};
    t->searched = 0;
    t->on_searched = done;
    arr_season(t->lane->arr, &t->series, t->row.season, on_searched_episode, looked, t);
}
