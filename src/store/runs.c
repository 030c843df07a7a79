/* store/runs.c — one row per run of a queue. */
#include "store/names.h"
#include "store/searches.h"
#include "store/stmt.h"

static void bind_course(struct stmt *q, const struct run *r)
{
    bind_int(q, r->ended);
    bind_text(q, r->status);
    bind_text(q, r->gate);
    bind_int(q, r->considered);
    bind_int(q, r->selected);
    bind_int(q, r->searched);
    bind_int(q, r->grabbed);
    bind_text(q, r->reasons);
    bind_text(q, r->near_misses);
    bind_text(q, r->error);
}

static bool insert(struct store *s, const struct run *r, int64_t *ret_id, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_run_add);
    bind_text(&q, r->instance);
    bind_text(&q, r->queue);
    bind_text(&q, r->strategy);
    bind_int(&q, (int64_t)r->seed); /* the same 64 bits */
    bind_int(&q, r->started);
    bind_course(&q, r);
    bind_text(&q, cause_names[r->cause]);
    if (!stmt_run(&q, e))
        return false;
    *ret_id = stmt_new_id(&q);
    return true;
}

bool run_add(struct store *s, const struct run *r, int64_t *ret_id, struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    int64_t id;
    if (!tx_join(s, &tx, e) || !instance_ensure(s, r->instance, e) ||
        !queue_ensure(s, r->queue, e) || !insert(s, r, &id, e) || !tx_commit(&tx, e))
        return false;
    *ret_id = id;
    return true;
}

bool run_update(struct store *s, const struct run *r, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_run_update);
    bind_int(&q, r->id);
    bind_course(&q, r);
    return stmt_run(&q, e);
}

bool runs_interrupt(struct store *s, utc_t now, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_runs_interrupt);
    bind_int(&q, now);
    return stmt_run(&q, e);
}

static struct run read_run(const struct stmt *q)
{
    return (struct run){
        .id = col_int(q, 0),
        .queue = col_text(q, 1),
        .instance = col_text(q, 2),
        .strategy = col_text(q, 3),
        .seed = (uint64_t)col_int(q, 4),
        .started = col_int(q, 5),
        .ended = col_int(q, 6),
        .status = col_text(q, 7),
        .gate = col_text(q, 8),
        .considered = (int)col_int(q, 9),
        .selected = (int)col_int(q, 10),
        .searched = (int)col_int(q, 11),
        .grabbed = (int)col_int(q, 12),
        .reasons = col_text(q, 13),
        .near_misses = col_text(q, 14),
        .error = col_text(q, 15),
        .cause = (enum run_cause)col_word(q, 16, cause_names, CAUSE_N),
    };
}

static bool completed(struct store *s, const char *queue, const char *instance, bool is_airing,
                      utc_t *ret, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_run_completed);
    bind_text(&q, instance);
    bind_text(&q, queue);
    bind_int(&q, is_airing);
    return stmt_int(&q, ret, e);
}

bool runs_last(struct store *s, const char *queue, const char *instance, struct last_runs *ret,
               struct err *e)
{
    return completed(s, queue, instance, false, &ret->full, e) &&
           completed(s, queue, instance, true, &ret->airing, e);
}

bool runs_each(struct store *s, const char *queue, const char *instance, size_t limit,
               void (*row)(void *ctx, const struct run *r), void *ctx, struct err *e)
{
    enum sql sql = queue ? SQL_runs_of_queue : instance ? SQL_runs_of_instance : SQL_runs_recent;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    bind_optional(&q, queue);
    bind_optional(&q, instance);
    bind_int(&q, (int64_t)limit);
    while (stmt_next(&q, e)) {
        struct run r = read_run(&q);
        row(ctx, &r);
    }
    return stmt_ended(&q);
}
