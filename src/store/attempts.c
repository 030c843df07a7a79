/* store/attempts.c — attempts as committed states, and the questions asked of them. What a verdict
 * means for an item is verdicts.c. */
#include <assert.h>

#include "base/str.h"
#include "store/attempt_row.h"
#include "store/covered.h"
#include "store/names.h"
#include "store/stmt.h"

const char *const attempt_state_names[ATTEMPT_STATE_N + 1] = {
    [ATTEMPT_INTENDED] = "intended", [ATTEMPT_POSTED] = "posted", [ATTEMPT_STARTED] = "started",
    [ATTEMPT_ENDED] = "ended",       [ATTEMPT_JUDGED] = "judged",
};

/* ---- writing ---- */

static bool insert(struct store *s, const struct attempt *a, int64_t *ret_id, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_attempt_add);
    bind_text(&q, a->instance);
    bind_text(&q, a->queue);
    bind_int(&q, a->run);
    bind_text(&q, a->strategy);
    bind_text(&q, item_kind_names[a->kind]);
    bind_int(&q, a->item_id);
    bind_int(&q, a->title_id);
    bind_text(&q, a->identity);
    bind_text(&q, a->title);
    bind_int(&q, a->season);
    bind_int(&q, a->episode);
    bind_text(&q, attempt_state_names[a->state]);
    bind_int(&q, a->command_id);
    bind_int(&q, a->intended);
    bind_int(&q, a->server_date);
    bind_int(&q, a->server_searched);
    bind_int(&q, a->server_started);
    bind_int(&q, a->cost);
    bind_text(&q, a->message);
    bind_int(&q, a->falls_back);
    if (!stmt_run(&q, e))
        return false;
    *ret_id = stmt_new_id(&q);
    return true;
}

bool attempt_add(struct store *s, const struct attempt *a, int64_t *ret_id, struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    int64_t id;
    if (!tx_join(s, &tx, e) || !instance_ensure(s, a->instance, e) ||
        !queue_ensure(s, a->queue, e) || !insert(s, a, &id, e) || !covered_add(s, id, a, e) ||
        !tx_commit(&tx, e))
        return false;
    *ret_id = id;
    return true;
}

bool attempt_update(struct store *s, const struct attempt *a, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_attempt_update);
    bind_int(&q, a->id);
    bind_text(&q, attempt_state_names[a->state]);
    bind_int(&q, a->command_id);
    bind_int(&q, a->posted);
    bind_int(&q, a->started);
    bind_int(&q, a->ended);
    bind_text(&q, a->message);
    bind_int(&q, a->server_date);
    return stmt_run(&q, e);
}

/* ---- reading ---- */

void attempt_keep(struct attempt *a, struct arena *arena)
{
    const char **const texts[] = {&a->queue,    &a->instance, &a->strategy,
                                  &a->identity, &a->title,    &a->message};
    for (size_t i = 0; i < COUNT(texts); i++)
        *texts[i] = arena_strdup(arena, *texts[i] ? *texts[i] : "");
}

struct attempt attempt_read(const struct stmt *q)
{
    return (struct attempt){
        .id = col_int(q, 0),
        .run = col_int(q, 1),
        .queue = col_text(q, 2),
        .instance = col_text(q, 3),
        .strategy = col_text(q, 4),
        .kind = (enum item_kind)col_word(q, 5, item_kind_names, ITEM_KIND_N),
        .item_id = col_int(q, 6),
        .title_id = col_int(q, 7),
        .identity = col_text(q, 8),
        .title = col_text(q, 9),
        .season = (int)col_int(q, 10),
        .episode = (int)col_int(q, 11),
        .state = (enum attempt_state)col_word(q, 12, attempt_state_names, ATTEMPT_STATE_N),
        .command_id = col_int(q, 13),
        .intended = col_int(q, 14),
        .server_date = col_int(q, 15),
        .server_searched = col_int(q, 16),
        .server_started = col_int(q, 17),
        .posted = col_int(q, 18),
        .started = col_int(q, 19),
        .ended = col_int(q, 20),
        .judged = col_int(q, 21),
        .verdict = (enum verdict)col_word(q, 22, verdict_names, VERDICT_N),
        .grabs = (int)col_int(q, 23),
        .cost = (int)col_int(q, 24),
        .imported = col_int(q, 25),
        .message = col_text(q, 26),
        .import_failed = col_int(q, 27),
        .falls_back = col_bool(q, 28),
        .is_partial = col_bool(q, 29),
        .deleted = col_int(q, 30),
    };
}

static bool each(struct stmt *q, void (*row)(void *ctx, const struct attempt *a), void *ctx,
                 struct err *e)
{
    while (stmt_next(q, e)) {
        struct attempt a = attempt_read(q);
        row(ctx, &a);
    }
    return stmt_ended(q);
}

bool attempts_open(struct store *s, const char *instance,
                   void (*row)(void *ctx, const struct attempt *a), void *ctx, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_attempts_open);
    bind_text(&q, instance);
    return each(&q, row, ctx, e);
}

/* The same question over the index that narrows most. */
static enum sql narrowest(const struct attempt_filter *f)
{
    return f->run        ? SQL_attempts_of_run
           : f->identity ? SQL_attempts_of_item
           : f->queue    ? SQL_attempts_of_queue
           : f->instance ? SQL_attempts_of_instance
                         : SQL_attempts_recent;
}

bool attempts_each(struct store *s, const struct attempt_filter *f,
                   void (*row)(void *ctx, const struct attempt *a), void *ctx, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, narrowest(f));
    bind_optional(&q, f->instance);
    bind_optional(&q, f->queue);
    bind_optional(&q, f->identity);
    bind_optional(&q, f->verdict == VERDICT_NONE ? NULL : verdict_names[f->verdict]);
    bind_int(&q, f->since);
    bind_int(&q, f->run);
    bind_int(&q, f->limit ? (int64_t)f->limit : -1);
    return each(&q, row, ctx, e);
}

/* ---- caps ---- */

/* Whose searches are counted together. */
struct spender {
    enum sql used, nth;
    const char *name;
};

/* A clock that was put back has searches to come: they were made a moment ago. One that was a year
 * ahead shall not stop everything for a year. */
static const ms_t put_back_most = DAYS(1);

/* The first parameters of both. */
static struct stmt ask(struct store *s, enum sql sql, const struct spender *who, ms_t window,
                       utc_t now)
{
    struct stmt q = stmt_of(s, sql);
    bind_text(&q, who->name);
    bind_int(&q, now - window);
    bind_int(&q, now + put_back_most);
    bind_text(&q, verdict_names[VERDICT_LOST]);
    return q;
}

static bool one_number(struct stmt *q, int64_t *ret, struct err *e)
{
    bool is_row = false;
    if (!stmt_row(q, &is_row, e))
        return false;
    *ret = is_row ? col_int(q, 0) : 0;
    return true;
}

static bool free_at(struct store *s, const struct spender *who, ms_t window, int64_t cap, utc_t now,
                    utc_t *ret_free_at, int64_t *ret_used, struct err *e)
{
    assert(cap >= 1);
    utc_t nth = 0;
    int64_t used;
    CLEANUP(stmt_done) struct stmt count = ask(s, who->used, who, window, now);
    if (!one_number(&count, &used, e))
        return false;
    if (used >= cap) { /* one more fits as soon as the cap-th newest has left the window */
        CLEANUP(stmt_done) struct stmt q = ask(s, who->nth, who, window, now);
        bind_int(&q, cap - 1);
        if (!one_number(&q, &nth, e))
            return false;
    }
    *ret_free_at = used < cap ? now : nth + window;
    *ret_used = used;
    return true;
}

bool cap_free_at(struct store *s, const char *instance, ms_t window, int64_t cap, utc_t now,
                 utc_t *ret_free_at, int64_t *ret_used, struct err *e)
{
    const struct spender who = {SQL_cap_used, SQL_cap_nth, instance};
    return free_at(s, &who, window, cap, now, ret_free_at, ret_used, e);
}

bool tenant_cap_free_at(struct store *s, const char *tenant, ms_t window, int64_t cap, utc_t now,
                        utc_t *ret_free_at, int64_t *ret_used, struct err *e)
{
    const struct spender who = {SQL_cap_used_by, SQL_cap_nth_by, tenant};
    return free_at(s, &who, window, cap, now, ret_free_at, ret_used, e);
}

bool last_search(struct store *s, const char *instance, utc_t *ret, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_last_search);
    bind_text(&q, instance);
    return stmt_int(&q, ret, e);
}

bool is_searching_elsewhere(struct store *s, const char *instance, const char *identity, bool *ret,
                            struct err *e)
{
    *ret = false;
    if (str_starts(identity, "id:")) /* a server's own number: means nothing on another */
        return true;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_is_open_elsewhere);
    bind_text(&q, instance);
    bind_text(&q, identity);
    return stmt_row(&q, ret, e);
}

bool searching_elsewhere_each(struct store *s, const char *instance,
                              void (*row)(void *ctx, const char *identity), void *ctx,
                              struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_open_elsewhere);
    bind_text(&q, instance);
    while (stmt_next(&q, e))
        row(ctx, col_text(&q, 0));
    return stmt_ended(&q);
}
