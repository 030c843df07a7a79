/* engine/follow.c — from the command to the verdict. */
#include "engine/follow.h"

#include "base/fault.h"
#include "base/jx.h"
#include "search/cooldown.h"

/* How long a running search is waited for, and how long one behind others in the server's queue.
 * After `settle` nobody will tell any more. */
static const struct deadlines {
    ms_t started, queued, settle;
} of_item = {MINUTES(10), MINUTES(60), MINUTES(70)}, of_pack = {MINUTES(60), MINUTES(60), HOURS(2)};

static ms_t age(const struct task *t)
{
    const struct loop *loop = t->lane->engine->setup.loop;
    bool is_resumed = !t->pick;
    if (!is_resumed)
        return loop_mono(loop) - t->begun;
    return loop_utc(loop) - (t->row.posted ? t->row.posted : t->row.intended);
}

/* ---- record ---- */

static bool tell_if_held(struct task *t, const struct attempt *row, struct err *e)
{
    struct item_memory m;
    if (!memory_of(t->lane->engine->setup.store, row->instance, row->identity, &m, e))
        return false;
    utc_t until = loop_guard_until(&m, loop_utc(t->lane->engine->setup.loop));
    if (!until)
        return true;
    json_t *f = attempt_fields(row);
    jx_put(f, "grabs", json_integer(m.n_grabs));
    jx_put(f, "until", jx_time(until));
    lane_tell(t->lane, EVENT_item_held, f);
    return true;
}

/* Grabbed again and again without import: told once, when it is held back. */
static bool tell_held(struct task *t, struct err *e)
{
    if (t->row.verdict != VERDICT_GRABBED)
        return true;
    if (!t->row.is_partial)
        return tell_if_held(t, &t->row, e);
    for (size_t i = 0; i < t->covered.n; i++) {
        const struct attempt one = attempt_of_one(&t->row, &t->covered.at[i]);
        if (t->covered.at[i].is_found && !tell_if_held(t, &one, e))
            return false;
    }
    return true;
}

static void record(struct task *t, enum verdict verdict)
{
    const char *downloads[GRAB_IDS_MAX];
    for (size_t i = 0; i < t->grabs.n_downloads; i++)
        downloads[i] = t->grabs.downloads[i];
    struct engine *engine = t->lane->engine;
    struct err e = {0};
    bool is_done;
    t->row.verdict = verdict;
    t->row.grabs = verdict == VERDICT_GRABBED ? t->evidence.grabs : 0;
    t->row.state = ATTEMPT_JUDGED;
    t->row.judged = loop_utc(engine->setup.loop);
    t->row.downloads = downloads;
    t->row.n_downloads = t->grabs.n_downloads;
    fault_point("attempt.judging");
    if (verdict == VERDICT_GRABBED && task_is_pack(t) && !pack_credit(t, &e)) {
        task_broken(t, &e);
        return;
    }
    if (!batch_commit(&engine->batch, &e) ||
        !attempt_judge(engine->setup.store, &t->row, &is_done, &e) || !tell_held(t, &e)) {
        task_broken(t, &e);
        return;
    }
    fault_point("attempt.judged");
    task_end(t, &(struct attempt_report){.end = ATTEMPT_SETTLED});
}

/* ---- evidence ---- */

static void health_known(void *ctx, const struct arr_result *r)
{
    struct task *t = ctx;
    if (r->trouble != ARR_OK) {
        task_broken(t, &r->err);
        return;
    }
    t->evidence.are_indexers_down =
        t->lane->indexers_down.is_true && lane_is_recent(t->lane, t->row.ended);
    record(t, judge(&t->evidence));
}

static void search_known(void *ctx, const struct arr_result *r, utc_t searched)
{
    struct task *t = ctx;
    if (r->trouble != ARR_OK && r->trouble != ARR_GONE) {
        task_broken(t, &r->err);
        return;
    }
    t->evidence.tells_last_search = r->trouble == ARR_OK && t->lane->status.has_last_search_time;
    t->evidence.has_restarted = t->row.server_started && t->lane->status.started &&
                                t->lane->status.started != t->row.server_started;
    t->evidence.searched_before = t->row.server_searched;
    t->evidence.searched_after = searched;
    if (judge(&t->evidence) == VERDICT_NO_INDEXERS) /* so, perhaps, did the searches before it */
        lane_distrust_health(t->lane);
    lane_ask_health(t->lane, health_known, t);
}

static void item_known(void *ctx, const struct arr_result *r, const struct item *now)
{
    search_known(ctx, r, now ? now->server_searched : 0);
}

static void ask_last_search(struct task *t)
{
    if (task_is_pack(t))
        pack_look(t, search_known);
    else
        arr_item(t->lane->arr, t->row.kind, t->row.item_id, item_known, t);
}

static void on_history(void *ctx, const struct arr_history *row)
{
    struct task *t = ctx;
    grab_count_add(&t->grabs, row);
}

static void history_known(void *ctx, const struct arr_result *r)
{
    struct task *t = ctx;
    if (r->trouble != ARR_OK) {
        task_broken(t, &r->err);
        return;
    }
    t->evidence.grabs = t->grabs.n;
    t->evidence.has_clock_turned = r->server_date && r->server_date / 1000 < t->grabs.from / 1000;
    bool failed = t->evidence.has_command && t->evidence.state == ARR_COMMAND_FAILED;
    if (t->grabs.n > 0 || failed)
        record(t, judge(&t->evidence));
    else if (t->lane->status.has_last_search_time)
        ask_last_search(t);
    else
        lane_ask_health(t->lane, health_known, t);
}

/* Grabs between the search's start and five minutes after its end, on the server's clock. */
static void gather(struct task *t)
{
    utc_t from = t->row.started ? t->row.started : t->row.server_date;
    bool is_pack = task_is_pack(t);
    struct err e = {0};
    if (is_pack && !pack_remember(t, &e)) {
        task_broken(t, &e);
        return;
    }
    t->grabs = (struct grab_count){
        .from = from,
        .until = t->row.ended ? t->row.ended + MINUTES(5) : INT64_MAX,
        .items = is_pack ? t->ids.at : &t->row.item_id,
        .n_items = is_pack ? t->ids.n : 1,
        .is_found = is_pack ? t->hits.at : NULL,
        .checks_source = t->lane->status.has_release_source,
    };
    arr_history_since(t->lane->arr, from - SECONDS(2), true, on_history, history_known, t);
}

/* ---- following ---- */

static void ended(struct task *t, const struct arr_command *c)
{
    struct err e = {0};
    if (!task_is_pack(t) && c->started)
        patience_learn(&t->lane->vitals->patience, c->ended - c->started);
    t->evidence.has_command = true;
    t->evidence.state = c->state;
    t->row.state = ATTEMPT_ENDED;
    t->row.started = c->started;
    t->row.ended = c->ended;
    t->row.message = arena_strdup(t->arena, c->state == ARR_COMMAND_FAILED ? c->message : "");
    if (!task_keep(t, &e)) {
        task_broken(t, &e);
        return;
    }
    fault_point("attempt.ended");
    gather(t);
}

static bool note_start(struct task *t, const struct arr_command *c, struct err *e)
{
    if (c->state != ARR_STARTED || t->row.state >= ATTEMPT_STARTED)
        return true;
    t->row.state = ATTEMPT_STARTED;
    t->row.started = c->started;
    if (!task_keep(t, e))
        return false;
    fault_point("attempt.started");
    return true;
}

static void look(void *ctx);

static void look_again(struct task *t)
{
    const struct deadlines *d = task_is_pack(t) ? &of_pack : &of_item;
    ms_t deadline = t->row.state >= ATTEMPT_STARTED ? d->started : d->queued;
    bool is_resumed = !t->pick;
    if (age(t) > d->settle) {
        record(t, VERDICT_UNKNOWN);
    } else if (age(t) > deadline || (is_resumed && t->n_polls > 0)) {
        t->row.verdict = VERDICT_ABANDONED;
        task_end(t, &(struct attempt_report){.end = ATTEMPT_LEFT_OPEN});
    } else {
        struct loop *loop = t->lane->engine->setup.loop;
        ms_t wait =
            patience_wait(&t->lane->vitals->patience, t->lane->spec->limits.min_gap, t->n_polls);
        t->look_at = loop_mono(loop) + wait;
        t->timer = loop_after(loop, wait, look, t);
    }
}

/* History follows the webhook, and the command's end follows that. */
static const ms_t nudge_after = SECONDS(2);

void task_nudge(struct task *t)
{
    struct loop *loop = t->lane->engine->setup.loop;
    if (!t->look_at || t->look_at - loop_mono(loop) <= nudge_after)
        return;
    timer_stop(t->timer);
    t->look_at = loop_mono(loop) + nudge_after;
    t->timer = loop_after(loop, nudge_after, look, t);
}

static void looked(void *ctx, const struct arr_result *r, const struct arr_command *c)
{
    struct task *t = ctx;
    struct err e = {0};
    t->n_polls++;
    if (r->trouble == ARR_GONE) { /* forgotten: only history and the item can tell */
        gather(t);
        return;
    }
    if (r->trouble == ARR_UNREACHABLE &&
        t->pick) { /* perhaps a restart: ask again until the deadline */
        look_again(t);
        return;
    }
    if (r->trouble != ARR_OK) {
        task_broken(t, &r->err);
        return;
    }
    bool is_resumed = !t->pick; /* perhaps from before it was known whose command that is */
    if (is_resumed && is_foreign(c, t->row.server_date))
        record(t, VERDICT_FOREIGN);
    else if (c->state == ARR_COMPLETED || c->state == ARR_COMMAND_FAILED ||
             c->state == ARR_ORPHANED)
        ended(t, c);
    else if (note_start(t, c, &e))
        look_again(t);
    else
        task_broken(t, &e);
}

static void look(void *ctx)
{
    struct task *t = ctx;
    t->timer = NULL;
    t->look_at = 0;
    arr_command_get(t->lane->arr, t->row.command_id, looked, t);
}

void task_follow(struct task *t)
{
    if (t->pick && t->lane->errand->request.no_wait)
        task_end(t, &(struct attempt_report){.end = ATTEMPT_LEFT_OPEN});
    else if (t->pick)
        look_again(t);
    else
        look(t);
}

/* ---- finding the command ---- */

void task_adopt(struct task *t, const struct arr_command *c)
{
    struct err e = {0};
    t->row.command_id = c->id;
    t->row.state = ATTEMPT_POSTED;
    t->row.posted = loop_utc(t->lane->engine->setup.loop);
    if (!task_keep(t, &e)) {
        task_broken(t, &e);
        return;
    }
    fault_point("attempt.posted");
    if (is_foreign(c, t->row.server_date))
        record(t, VERDICT_FOREIGN);
    else
        task_follow(t);
}

static void on_command(void *ctx, const struct arr_command *c)
{
    struct task *t = ctx;
    bool is_same = task_is_pack(t) ? pack_is_same(t, c)
                                   : c->item_id == t->row.item_id && c->kind == t->row.kind;
    if (is_same && !is_foreign(c, t->row.server_date))
        t->found = *c;
}

static void located(void *ctx, const struct arr_result *r)
{
    struct task *t = ctx;
    if (r->trouble != ARR_OK)
        task_broken(t, &r->err);
    else if (t->found.id)
        task_adopt(t, &t->found);
    else
        gather(t);
}

void task_locate(struct task *t)
{
    t->found = (struct arr_command){0};
    arr_commands(t->lane->arr, on_command, located, t);
}
