/* engine/imports.c — the lane's step between settling and reading the library: while grabs are
 * open, the server's history since they were made is read for their end. Nothing is asked
 * otherwise, nor while single titles are read again. */
#include "engine/imports.h"

#include "base/jx.h"
#include "engine/attempt.h"

/* Rows come with the second they happened in: the last one read is asked for again. */
static const ms_t overlap = SECONDS(2);

static const enum event events[GRAB_BECAME_N] = {
    [GRAB_IMPORTED] = EVENT_item_imported,
    [GRAB_FAILED] = EVENT_item_import_failed,
    [GRAB_STUCK] = EVENT_item_import_failed,
    [GRAB_DELETED] = EVENT_item_deleted,
};

static void tell(struct engine *e, const struct attempt *a, const struct import_news *news)
{
    json_t *f = attempt_fields(a);
    jx_put(f, "instance", jx_string(news->instance));
    jx_put(f, "ended", jx_time(news->at));
    if (*news->message)
        jx_put(f, "message", jx_string(news->message));
    e->setup.on_event(e->setup.ctx, events[news->became], f);
    json_decref(f);
}

bool import_heard(struct engine *e, const struct import_news *news, struct err *err)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    const struct grab_end end = {.kind = news->kind,
                                 .item_id = news->item_id,
                                 .download = news->download,
                                 .became = news->became,
                                 .at = news->at};
    struct attempt a = {0};
    bool is_ours = false;
    if (!batch_row(&e->batch, err) ||
        !grab_ended(e->setup.store, news->instance, &end, arena, &a, &is_ours, err))
        return false;
    if (is_ours)
        tell(e, &a, news);
    return true;
}

/* ---- from history ---- */

/* GRAB_BECAME_N: not the end of one. */
static const enum grab_became ends[] = {
    [ARR_HISTORY_GRABBED] = GRAB_BECAME_N, [ARR_HISTORY_IMPORTED] = GRAB_IMPORTED,
    [ARR_HISTORY_FAILED] = GRAB_FAILED,    [ARR_HISTORY_DELETED] = GRAB_DELETED,
    [ARR_HISTORY_OTHER] = GRAB_BECAME_N,
};

static void on_row(void *ctx, const struct arr_history *row)
{
    struct lane *l = ctx;
    bool is_end = ends[row->type] != GRAB_BECAME_N;
    l->history_until = MAX(l->history_until, row->date);
    if (!is_end || l->history_err.code)
        return;
    const struct import_news news = {
        .instance = l->instance->name,
        .kind = l->spec->type == APP_SONARR ? ITEM_EPISODE : ITEM_MOVIE,
        .item_id = row->item_id,
        .download = row->download_id,
        .became = ends[row->type],
        .message = row->message,
        .at = lane_ours(l, row->date),
    };
    if (!import_heard(l->engine, &news, &l->history_err))
        err_in(&l->history_err, "keeping what became of grabs");
}

static void read_to_end(void *ctx, const struct arr_result *r)
{
    struct lane *l = ctx;
    struct engine *e = l->engine;
    struct err err = r->trouble == ARR_OK ? l->history_err : r->err;
    bool is_read = r->trouble == ARR_OK && !err.code;
    if (!is_read || !batch_commit(&e->batch, &err) ||
        !grabs_watched(e->setup.store, l->instance->name, l->history_until - overlap, &err) ||
        !grabs_lost(e->setup.store, l->instance->name, loop_utc(e->setup.loop), &err))
        lane_fail(l, &err);
    else
        lane_next(l);
}

void lane_imports(struct lane *l)
{
    struct engine *e = l->engine;
    struct err err = {0};
    utc_t from = 0;
    if (l->errand->titles.n > 0) /* the webhook that touched them told what became of the grab */
        lane_next(l);
    else if (!batch_commit(&e->batch, &err) ||
             !grabs_watch_from(e->setup.store, l->instance->name, loop_utc(e->setup.loop), &from,
                               &err))
        lane_fail(l, &err);
    else if (!from)
        lane_next(l);
    else
        arr_history_since(l->arr, from, false, on_row, read_to_end, l);
}
