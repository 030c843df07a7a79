/* engine/sync_drift.c — whether the server counts as many wanted items as we do. A difference is
 * told once, and the whole library is read again, but not more than once a day: a server that
 * counts otherwise stays as it is. */
#include "base/jx.h"
#include "engine/sync_parts.h"

/* What was broadcast this recently may be counted here and not there: lengths of broadcasts differ
 * between a series and its episodes, and clocks differ, too. */
static const ms_t blur = HOURS(6);
/* During a sync that takes longer than this the server imports and airs things itself. */
static const ms_t too_long = MINUTES(10);
static const ms_t repair_every = DAYS(1);

static struct store *store_of(const struct lane *l)
{
    return l->engine->setup.store;
}

/* The server's minus ours, 0 within what the blur explains. */
static bool differ(struct lane *l, utc_t server_now, int64_t total, int64_t *ret, struct err *e)
{
    int64_t least = 0, most = 0;
    if (!batch_commit(&l->engine->batch, e) ||
        !library_wanted(store_of(l), l->instance->name, server_now - blur, &least, e) ||
        !library_wanted(store_of(l), l->instance->name, server_now + blur, &most, e))
        return false;
    *ret = total < least ? total - least : total > most ? total - most : 0;
    return true;
}

static void tell(struct lane *l, int64_t total, int64_t difference, bool is_repaired)
{
    json_t *f = json_object();
    jx_put(f, "ours", json_integer(total - difference));
    jx_put(f, "server", json_integer(total));
    jx_put(f, "full_sync", json_boolean(is_repaired));
    lane_tell(l, EVENT_library_drift, f);
}

/* Whether the difference is news, and whether everything is to be read again for it. */
static bool judge(struct lane *l, int64_t total, int64_t difference, bool *ret_repair,
                  struct err *e)
{
    struct library_drift known = {0};
    utc_t now = loop_utc(l->engine->setup.loop);
    if (!library_drift(store_of(l), l->instance->name, &known, e))
        return false;
    bool is_news = difference != known.difference;
    *ret_repair =
        difference && is_news && !l->sync->is_repair && now - known.repaired >= repair_every;
    if (difference && (is_news || l->sync->is_repair))
        tell(l, total, difference, *ret_repair);
    known.difference = difference;
    known.repaired = *ret_repair ? now : known.repaired;
    return (!is_news || library_drift_put(store_of(l), l->instance->name, &known, e)) &&
           (!*ret_repair || library_reread(store_of(l), l->instance->name, e));
}

static void counted(void *ctx, const struct arr_result *r, int64_t total)
{
    struct lane *l = ctx;
    struct err e = {0};
    int64_t difference = 0;
    bool is_repair = false;
    utc_t server_now = r->server_date ? r->server_date : loop_utc(l->engine->setup.loop);
    if (r->trouble != ARR_OK) /* the library is read all the same; the next sync asks again */
        lane_next(l);
    else if (!differ(l, server_now, total, &difference, &e) ||
             !judge(l, total, difference, &is_repair, &e))
        sync_failed(l, &e);
    else if (is_repair)
        sync_begin(l, true);
    else
        lane_next(l);
}

void sync_compare(struct lane *l)
{
    bool is_long = loop_utc(l->engine->setup.loop) - l->sync->began > too_long;
    if (is_long || !l->status.has_wanted)
        lane_next(l);
    else
        arr_wanted_count(l->arr, counted, l);
}
