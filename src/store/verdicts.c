/* store/verdicts.c — what a verdict does: to the attempt, to the memory of its item, to the
 * roll-ups, in one transaction.
 *
 * Memory is a fold over an item's judged attempts. Each attempt keeps the memory it found, so that
 * a verdict can be replaced: from there the fold is done again over it and what was judged later.
 */
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/vec.h"
#include "store/attempt_row.h"
#include "store/covered.h"
#include "store/learn.h"
#include "store/memory.h"
#include "store/shelf.h"

static bool keep_before(struct store *s, const struct attempt *a, const struct item_memory *m,
                        struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_attempt_before);
    bind_int(&q, a->id);
    bind_int(&q, m->searched);
    bind_text(&q, m->last == VERDICT_NONE ? "" : verdict_names[m->last]);
    bind_int(&q, m->n_searches);
    bind_int(&q, m->n_nothing);
    bind_int(&q, m->n_soft_failures);
    bind_int(&q, m->soft_failed);
    bind_int(&q, m->grabbed);
    return stmt_run(&q, e);
}

/* One step of the fold, with the memory it found kept. */
static bool fold(struct store *s, const struct attempt *a, struct item_memory *m, struct err *e)
{
    if (!keep_before(s, a, m, e))
        return false;
    memory_note(m, a);
    return true;
}

/* ---- roll-ups ---- */

/* Adds (sign 1) or takes back (-1) what a verdict contributes. */
static bool roll(struct store *s, const struct attempt *a, int64_t sign, struct err *e)
{
    bool is_search = verdict_is_search(a->verdict);
    bool is_plain = a->verdict == VERDICT_GRABBED || a->verdict == VERDICT_NOTHING;
    char day[UTC_TEXT];
    utc_format(a->intended, day)[sizeof "2026-11-23" - 1] = '\0';
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_rollup_add);
    bind_text(&q, a->instance);
    bind_text(&q, a->queue);
    bind_text(&q, a->strategy);
    bind_text(&q, day);
    bind_int(&q, sign * is_search);
    bind_int(&q, sign * (a->verdict == VERDICT_GRABBED));
    bind_int(&q, sign * (a->verdict == VERDICT_NOTHING));
    bind_int(&q, sign * (verdict_asked_nobody(a->verdict)));
    bind_int(&q, sign * (is_search && !is_plain));
    bind_int(&q, sign * a->grabs);
    bind_int(&q, is_search ? sign * a->cost : 0);
    return stmt_run(&q, e);
}

/* ---- judging ---- */

static bool close_attempt(struct store *s, const struct attempt *a, bool *ret_done, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_attempt_judge);
    bind_int(&q, a->id);
    bind_int(&q, a->command_id);
    bind_int(&q, a->posted);
    bind_int(&q, a->started);
    bind_int(&q, a->ended);
    bind_text(&q, a->message);
    bind_int(&q, a->judged);
    bind_text(&q, verdict_names[a->verdict]);
    bind_int(&q, a->grabs);
    bind_int(&q, a->cost);
    bind_int(&q, a->is_partial);
    if (!stmt_run(&q, e))
        return false;
    *ret_done = stmt_changes(&q) > 0;
    return true;
}

/* The attempt as stored: what it is about cannot be changed by the one who judges it. */
static bool find(struct store *s, int64_t id, struct arena *arena, struct attempt *ret,
                 struct item_memory *ret_before, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_attempt_find);
    bool is_row = false;
    bind_int(&q, id);
    if (!stmt_row(&q, &is_row, e))
        return false;
    if (!is_row)
        return err_set(e, ERR_DB, "the state has no attempt %lld", (long long)id);
    *ret = attempt_read(&q);
    *ret_before = memory_read(&q, ATTEMPT_COLUMNS);
    ret->queue = arena_strdup(arena, ret->queue);
    ret->instance = arena_strdup(arena, ret->instance);
    ret->strategy = arena_strdup(arena, ret->strategy);
    ret->identity = arena_strdup(arena, ret->identity);
    return true;
}

static bool add_grabs(struct store *s, const struct attempt *a, struct err *e)
{
    for (size_t i = 0; a->verdict == VERDICT_GRABBED && i < a->n_downloads; i++) {
        CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_grab_add);
        bind_int(&q, a->id);
        bind_text(&q, a->downloads[i]);
        if (!stmt_run(&q, e))
            return false;
    }
    return true;
}

static bool judge(struct store *s, const struct attempt *a, bool *ret_done, struct err *e)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct attempt row;
    struct item_memory m;
    if (!close_attempt(s, a, ret_done, e) || !find(s, a->id, arena, &row, &m, e))
        return false;
    return !*ret_done ||
           (add_grabs(s, a, e) && covered_find(s, a, e) &&
            memory_of(s, row.instance, row.identity, &m, e) && attempt_learn(s, &row, &m, e) &&
            fold(s, &row, &m, e) && memory_save(s, &row, &m, e) && memory_uncount(s, &row, e) &&
            covered_judge(s, &row, e) && roll(s, &row, 1, e));
}

bool attempt_judge(struct store *s, const struct attempt *a, bool *ret_done, struct err *e)
{
    assert(a->verdict > VERDICT_NONE && a->verdict < VERDICT_N);
    CLEANUP(tx_done) struct tx tx = {0};
    bool is_done = false;
    if (!tx_join(s, &tx, e) || !judge(s, a, &is_done, e) || !tx_commit(&tx, e))
        return false;
    *ret_done = is_done;
    return true;
}

/* ---- judging again ---- */

static bool set_verdict(struct store *s, const struct attempt *a, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_attempt_verdict);
    bind_int(&q, a->id);
    bind_text(&q, verdict_names[a->verdict]);
    bind_int(&q, a->grabs);
    return stmt_run(&q, e);
}

struct later {
    struct attempt *at;
    size_t n, cap;
};

static void later_done(struct later *x)
{
    vec_done(x);
}

/* Of the same item, judged after this one. Texts are not needed: the names are the first one's. */
static bool find_later(struct store *s, const struct attempt *a, struct later *ret, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_attempts_judged_after);
    bind_int(&q, a->id);
    bind_text(&q, a->instance);
    bind_text(&q, a->identity);
    bind_int(&q, a->judged);
    while (stmt_next(&q, e))
        vec_push(ret, attempt_read(&q));
    return stmt_ended(&q);
}

static bool fold_again(struct store *s, const struct attempt *a, struct item_memory *m,
                       struct err *e)
{
    CLEANUP(later_done) struct later later = {0};
    const struct attempt *newest = a;
    if (!find_later(s, a, &later, e) || !fold(s, a, m, e))
        return false;
    for (size_t i = 0; i < later.n; i++) {
        later.at[i].instance = a->instance;
        later.at[i].identity = a->identity;
        if (!fold(s, &later.at[i], m, e))
            return false;
        newest = &later.at[i];
    }
    return memory_save(s, newest, m, e);
}

static bool rejudge(struct store *s, int64_t id, enum verdict verdict, struct err *e)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct attempt a;
    struct item_memory m;
    if (!find(s, id, arena, &a, &m, e))
        return false;
    if (a.state != ATTEMPT_JUDGED || a.verdict == verdict)
        return true;
    if (!roll(s, &a, -1, e) || !attempt_unlearn(s, &a, &m, e) || !covered_undo(s, &a, e))
        return false;
    a.verdict = verdict;
    a.grabs = verdict == VERDICT_GRABBED ? MAX(a.grabs, 1) : 0;
    return set_verdict(s, &a, e) && roll(s, &a, 1, e) && attempt_learn(s, &a, &m, e) &&
           covered_judge(s, &a, e) && fold_again(s, &a, &m, e) && memory_uncount(s, &a, e);
}

bool attempt_rejudge(struct store *s, int64_t id, enum verdict verdict, struct err *e)
{
    assert(verdict > VERDICT_NONE && verdict < VERDICT_N);
    CLEANUP(tx_done) struct tx tx = {0};
    return tx_join(s, &tx, e) && rejudge(s, id, verdict, e) && tx_commit(&tx, e);
}

/* ---- imports ---- */

static bool set_imported(struct store *s, int64_t id, utc_t at, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_attempt_imported);
    bind_int(&q, id);
    bind_int(&q, at);
    return stmt_run(&q, e);
}

static bool roll_import(struct store *s, const struct attempt *a, struct err *e)
{
    char day[UTC_TEXT];
    utc_format(a->intended, day)[sizeof "2026-11-23" - 1] = '\0';
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_rollup_imported);
    bind_text(&q, a->instance);
    bind_text(&q, a->queue);
    bind_text(&q, a->strategy);
    bind_text(&q, day);
    return stmt_run(&q, e);
}

static bool import(struct store *s, int64_t id, utc_t at, struct err *e)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    struct attempt a;
    struct item_memory m;
    if (!find(s, id, arena, &a, &m, e))
        return false;
    return a.imported ||
           (set_imported(s, id, at, e) && memory_of(s, a.instance, a.identity, &m, e) &&
            memory_save(s, &a, &m, e) && (a.is_partial || memory_forget_vain(s, &a, e)) &&
            roll_import(s, &a, e));
}

bool attempt_imported(struct store *s, int64_t id, utc_t at, struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    return tx_join(s, &tx, e) && import(s, id, at, e) && tx_commit(&tx, e);
}
