/* store/grabs.c — the table grabs. What an import means for an item's memory is verdicts.c's. */
#include "store/grabs.h"

#include "base/arena.h"
#include "store/attempt_row.h"

bool grabs_watch_from(struct store *s, const char *instance, utc_t now, utc_t *ret, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_grabs_watch_from);
    bind_text(&q, instance);
    bind_int(&q, now - DAYS(GRAB_WATCHED_DAYS));
    return stmt_int(&q, ret, e);
}

bool grabs_watched(struct store *s, const char *instance, utc_t until, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_grabs_watched);
    bind_text(&q, instance);
    bind_int(&q, until);
    return stmt_run(&q, e);
}

static bool find(struct store *s, const char *instance, const struct grab_end *end,
                 struct arena *arena, struct attempt *ret, bool *ret_found, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_grab_find);
    bind_text(&q, instance);
    bind_text(&q, end->download);
    bind_text(&q, item_kind_names[end->kind]);
    bind_int(&q, end->item_id);
    if (!stmt_row(&q, ret_found, e))
        return false;
    if (!*ret_found)
        return true;
    *ret = attempt_read(&q);
    attempt_keep(ret, arena);
    return true;
}

static bool close_grab(struct store *s, int64_t attempt, const struct grab_end *end, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_grab_close);
    bind_int(&q, attempt);
    bind_text(&q, end->download);
    bind_text(&q, end->is_import ? "imported" : "failed");
    return stmt_run(&q, e);
}

static bool note_failure(struct store *s, int64_t attempt, utc_t at, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_attempt_import_failed);
    bind_int(&q, attempt);
    bind_int(&q, at);
    return stmt_run(&q, e);
}

static bool end_one(struct store *s, const struct attempt *a, const struct grab_end *end,
                    struct err *e)
{
    return close_grab(s, a->id, end, e) && (end->is_import ? attempt_imported(s, a->id, end->at, e)
                                                           : note_failure(s, a->id, end->at, e));
}

bool grab_ended(struct store *s, const char *instance, const struct grab_end *end,
                struct arena *arena, struct attempt *ret, bool *ret_found, struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    return tx_join(s, &tx, e) && find(s, instance, end, arena, ret, ret_found, e) &&
           (!*ret_found || end_one(s, ret, end, e)) && tx_commit(&tx, e);
}
