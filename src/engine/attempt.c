/* engine/attempt.c — preflight, intent and command of one search; follow.c sees it to its end. */
#include "engine/attempt.h"

#include <string.h>

#include "base/fault.h"
#include "base/jx.h"
#include "engine/follow.h"

void task_end(struct task *t, const struct attempt_report *report)
{
    attempt_done *done = t->done;
    void *ctx = t->ctx;
    struct attempt_report copy = *report;
    copy.row = &t->row;
    done(ctx, &copy);
    task_free(t);
}

void task_broken(struct task *t, const struct err *e)
{
    task_end(t, &(struct attempt_report){.end = ATTEMPT_BROKEN, .err = *e});
}

void task_skip(struct task *t, enum reason reason)
{
    if (reason == REASON_preflight_changed)
        lane_note_changed(t->lane, t->row.title_id);
    task_end(t, &(struct attempt_report){.end = ATTEMPT_SKIPPED, .reason = reason});
}

bool task_keep(struct task *t, struct err *e)
{
    struct engine *engine = t->lane->engine;
    return batch_commit(&engine->batch, e) && attempt_update(engine->setup.store, &t->row, e);
}

/* The server's clock may have been put back since preflight: then our own command would be older
 * than our intent, and somebody else's. What it tells is whole seconds. */
static void correct_server_date(struct task *t, utc_t server_now)
{
    ms_t since = loop_mono(t->lane->engine->setup.loop) - t->begun;
    utc_t earliest = server_now - since, latest = earliest + SECONDS(1);
    if (server_now && latest < t->row.server_date)
        t->row.server_date = earliest;
}

static void commanded(void *ctx, const struct arr_result *r, const struct arr_command *c)
{
    struct task *t = ctx;
    fault_point("attempt.replied");
    if (r->trouble != ARR_OK) { /* perhaps it arrived all the same: look for it */
        task_locate(t);
        return;
    }
    correct_server_date(t, r->server_date);
    task_adopt(t, c);
}

static bool intend(struct task *t, struct err *e)
{
    struct engine *engine = t->lane->engine;
    t->row.state = ATTEMPT_INTENDED;
    t->row.intended = loop_utc(engine->setup.loop);
    t->begun = loop_mono(engine->setup.loop);
    t->row.server_started = t->lane->status.started;
    if (!batch_commit(&engine->batch, e) ||
        !attempt_add(engine->setup.store, &t->row, &t->row.id, e))
        return false;
    fault_point("attempt.intended");
    t->intended(t->ctx);
    return true;
}

void task_queue_checked(void *ctx, const struct arr_result *r, bool is_downloading)
{
    struct task *t = ctx;
    struct err e = {0};
    if (r->trouble != ARR_OK)
        task_broken(t, &r->err);
    else if (is_downloading)
        task_skip(t, REASON_already_downloading);
    else if (!intend(t, &e))
        task_broken(t, &e);
    else if (task_is_pack(t))
        pack_search(t, commanded);
    else
        arr_search(t->lane->arr, t->row.kind, t->row.item_id, commanded, t);
}

/* The stored item with what the server says of it now. */
static struct item refreshed(const struct item *stored, const struct item *now)
{
    struct item it = *stored;
    it.is_monitored = now->is_monitored;
    it.has_file = now->has_file;
    it.is_cutoff_unmet = now->is_cutoff_unmet;
    if (now->has_format_score) { /* one movie alone does not tell */
        it.has_format_score = true;
        it.format_score = now->format_score;
    }
    it.aired = now->aired;
    it.is_available = now->is_available;
    it.in_cinemas = now->in_cinemas;
    it.digital = now->digital;
    it.physical = now->physical;
    it.server_searched = now->server_searched;
    return it;
}

/* REASON_selected: it is still wanted. */
static enum reason changed(const struct task *t, const struct item *now)
{
    struct item it = refreshed(&t->pick->item, now);
    enum reason reason = query_judge(t->query, &it, &t->pick->memory).reason;
    bool is_plain = reason == REASON_selected || reason == REASON_already_downloading;
    return is_plain && query_considers(t->query, &it) ? reason : REASON_preflight_changed;
}

static void item_checked(void *ctx, const struct arr_result *r, const struct item *now)
{
    struct task *t = ctx;
    enum reason reason = r->trouble == ARR_OK ? changed(t, now) : REASON_preflight_changed;
    if (r->trouble != ARR_OK && r->trouble != ARR_GONE) {
        task_broken(t, &r->err);
    } else if (reason != REASON_selected) {
        task_skip(t, reason);
    } else {
        t->row.server_date = r->server_date;
        t->row.server_searched = now->server_searched;
        arr_is_downloading(t->lane->arr, &t->pick->item, task_queue_checked, t);
    }
}

/* Another instance may have begun a search of the same title since the selection; one of a season
 * is one of its episodes. */
static bool look_elsewhere(struct task *t, bool *ret, struct err *e)
{
    struct store *store = t->lane->engine->setup.store;
    char season[ITEM_IDENTITY];
    if (!is_searching_elsewhere(store, t->row.instance, t->row.identity, ret, e))
        return false;
    return *ret || t->row.kind != ITEM_EPISODE ||
           is_searching_elsewhere(store, t->row.instance,
                                  item_season_identity(&t->pick->item, season), ret, e);
}

static void preflight(void *ctx)
{
    struct task *t = ctx;
    t->timer = NULL;
    struct err e = {0};
    bool is_elsewhere = false;
    if (!batch_commit(&t->lane->engine->batch, &e) || !look_elsewhere(t, &is_elsewhere, &e))
        task_broken(t, &e);
    else if (is_elsewhere)
        task_skip(t, REASON_searching_elsewhere);
    else if (task_is_pack(t))
        pack_preflight(t);
    else
        arr_item(t->lane->arr, t->row.kind, t->row.item_id, item_checked, t);
}

static struct task *task_new(struct lane *l, const struct attempt *row, attempt_done *done,
                             void *ctx)
{
    struct task *t = NEW(struct task);
    t->lane = l;
    t->arena = arena_new();
    t->row = *row;
    t->done = done;
    t->ctx = ctx;
    attempt_keep(&t->row, t->arena);
    return t;
}

struct task *attempt_search(struct lane *l, const struct query *query, const struct pick *pick,
                            const struct attempt *names, void (*intended)(void *ctx),
                            attempt_done *done, void *ctx)
{
    struct attempt row = *names;
    char label[ITEM_TITLE];
    row.instance = l->instance->name;
    row.kind = pick->item.kind;
    row.item_id = pick->item.id;
    row.title_id = pick->item.title_id;
    row.identity = pick->identity;
    row.title = item_label(&pick->item, label);
    row.season = pick->item.season;
    row.episode = pick->item.episode;
    row.cost = item_search_cost(&pick->item);
    struct task *t = task_new(l, &row, done, ctx);
    t->intended = intended;
    t->query = query;
    t->pick = pick;
    t->timer = loop_after(l->engine->setup.loop, 0, preflight, t);
    return t;
}

static void resume(void *ctx)
{
    struct task *t = ctx;
    t->timer = NULL;
    if (t->row.command_id)
        task_follow(t);
    else
        task_locate(t);
}

struct task *attempt_resume(struct lane *l, const struct attempt *row, attempt_done *done,
                            void *ctx)
{
    struct task *t = task_new(l, row, done, ctx);
    t->timer = loop_after(l->engine->setup.loop, 0, resume, t);
    return t;
}

struct task *task_free(struct task *t)
{
    if (!t)
        return NULL;
    timer_stop(t->timer);
    vec_done(&t->covered);
    vec_done(&t->ids);
    vec_done(&t->hits);
    arena_free(t->arena);
    mem_free(t);
    return NULL;
}

/* Of a season of which some was found, the addresses of those episodes. */
static json_t *parts_of(const struct attempt *row)
{
    json_t *a = json_array();
    for (size_t i = 0; i < row->n_covered; i++) {
        const struct attempt one = attempt_of_one(row, &row->covered[i]);
        const struct item it = attempt_item(&one);
        char address[ITEM_ADDRESS];
        if (row->covered[i].is_found)
            jx_push(a, jx_string(item_address(&it, row->instance, address)));
    }
    return a;
}

json_t *attempt_fields(const struct attempt *row)
{
    struct item it = attempt_item(row);
    char address[ITEM_ADDRESS];
    json_t *f = json_object();
    jx_put(f, "queue", jx_string(row->queue));
    jx_put(f, "run", json_integer(row->run));
    jx_put(f, "item", jx_string(item_address(&it, row->instance, address)));
    jx_put(f, "title", jx_string(row->title));
    jx_put(f, "outcome", jx_string(verdict_names[row->verdict]));
    jx_put(f, "grabs", json_integer(row->grabs));
    if (row->is_partial)
        jx_put(f, "episodes", parts_of(row));
    if (row->message[0])
        jx_put(f, "message", jx_string(row->message));
    return f;
}
