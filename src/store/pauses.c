/* store/pauses.c — rows of the table `pauses`. */
#include "store/pauses.h"

#include <stdio.h>

#include "base/str.h"
#include "store/stmt.h"

bool pause_put(struct store *s, const struct pause *p, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_pause_put);
    bind_text(&q, p->address);
    bind_int(&q, p->since);
    bind_int(&q, p->until);
    bind_text(&q, p->actor);
    bind_text(&q, p->reason);
    return stmt_run(&q, e);
}

bool pause_remove(struct store *s, const char *address, bool *ret_found, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_pause_remove);
    bind_text(&q, address);
    if (!stmt_run(&q, e))
        return false;
    *ret_found = stmt_changes(&q) > 0;
    return true;
}

bool pause_find(struct store *s, const char *address, utc_t now, struct pause_now *ret,
                struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_pause_find);
    bool is_row = false;
    *ret = (struct pause_now){0};
    bind_text(&q, address);
    bind_int(&q, now);
    if (!stmt_row(&q, &is_row, e))
        return false;
    if (!is_row)
        return true;
    *ret = (struct pause_now){.is_paused = true,
                              .until = col_int(&q, 0),
                              .by_failures = str_eq(col_text(&q, 1), PAUSED_BY_FAILURES)};
    snprintf(ret->actor, sizeof ret->actor, "%s", col_text(&q, 1));
    snprintf(ret->reason, sizeof ret->reason, "%s", col_text(&q, 2));
    return true;
}

bool pauses_each(struct store *s, utc_t now, void (*row)(void *ctx, const struct pause *p),
                 void *ctx, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_pauses_each);
    bind_int(&q, now);
    while (stmt_next(&q, e)) {
        struct pause p = {.address = col_text(&q, 0),
                          .since = col_int(&q, 1),
                          .until = col_int(&q, 2),
                          .actor = col_text(&q, 3),
                          .reason = col_text(&q, 4)};
        row(ctx, &p);
    }
    return stmt_ended(&q);
}

static bool move(struct store *s, enum sql sql, const char *from, const char *to, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    bind_text(&q, from);
    bind_text(&q, to);
    return stmt_run(&q, e);
}

bool pauses_move(struct store *s, const char *from, const char *to, struct err *e)
{
    return move(s, SQL_pauses_move, from, to, e) && move(s, SQL_failures_move, from, to, e);
}
