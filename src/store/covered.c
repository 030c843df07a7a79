/* store/covered.c — the table covered, and the memory of the episodes in it. */
#include "store/covered.h"

#include "store/memory.h"
#include "store/stmt.h"

static bool is_season(const struct attempt *a)
{
    return a->kind == ITEM_EPISODE && a->episode == WHOLE_SEASON;
}

struct item attempt_item(const struct attempt *a)
{
    return (struct item){.kind = a->kind,
                         .id = a->item_id,
                         .title_id = a->title_id,
                         .season = a->season,
                         .episode = a->episode};
}

bool covered_add(struct store *s, int64_t attempt, const struct attempt *a, struct err *e)
{
    for (size_t i = 0; i < a->n_covered; i++) {
        CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_covered_add);
        bind_int(&q, attempt);
        bind_int(&q, a->covered[i].item_id);
        bind_text(&q, a->covered[i].identity);
        if (!stmt_run(&q, e))
            return false;
    }
    return true;
}

bool covered_each(struct store *s, int64_t attempt, void (*row)(void *ctx, const struct covered *c),
                  void *ctx, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_covered_each);
    bind_int(&q, attempt);
    while (stmt_next(&q, e))
        row(ctx, &(struct covered){.item_id = col_int(&q, 0), .identity = col_text(&q, 1)});
    return stmt_ended(&q);
}

static bool change(struct store *s, enum sql sql, const struct attempt *a, const utc_t *when,
                   struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    bind_text(&q, a->instance);
    bind_int(&q, a->id);
    if (when)
        bind_int(&q, *when);
    return stmt_run(&q, e);
}

bool covered_judge(struct store *s, const struct attempt *a, struct err *e)
{
    utc_t over = a->ended ? a->ended : a->judged;
    if (!is_season(a) || !verdict_is_search(a->verdict))
        return true;
    if (a->verdict == VERDICT_NOTHING && a->falls_back)
        return change(s, SQL_covered_in_vain, a, &over, e);
    return change(s, SQL_covered_keep, a, NULL, e) &&
           change(s, SQL_covered_rest, a, &a->intended, e);
}

bool covered_undo(struct store *s, const struct attempt *a, struct err *e)
{
    return !is_season(a) || change(s, SQL_covered_undo, a, &a->intended, e);
}
