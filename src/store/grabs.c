/* store/grabs.c — the table grabs. What an import means for an item's memory is verdicts.c's. */
#include "store/grabs.h"

#include "base/arena.h"
#include "store/attempt_row.h"
#include "store/covered.h"
#include "store/library.h"

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

bool grabs_lost(struct store *s, const char *instance, utc_t now, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_grabs_lost);
    bind_text(&q, instance);
    bind_int(&q, now - DAYS(GRAB_WATCHED_DAYS));
    return stmt_run(&q, e);
}

static struct stmt to_find(struct store *s, const char *instance, const struct grab_end *end)
{
    bool is_deleted = end->became == GRAB_DELETED;
    struct stmt q = stmt_of(s, is_deleted ? SQL_deleted_find : SQL_grab_find);
    bind_text(&q, instance);
    if (is_deleted) {
        bind_int(&q, end->at - DAYS(GRAB_WATCHED_DAYS));
        bind_int(&q, end->at);
    } else {
        bind_text(&q, end->download);
    }
    bind_text(&q, item_kind_names[end->kind]);
    bind_int(&q, end->item_id);
    return q;
}

static bool find(struct store *s, const char *instance, const struct grab_end *end,
                 struct arena *arena, struct attempt *ret, bool *ret_found, bool *ret_stuck,
                 struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = to_find(s, instance, end);
    if (!stmt_row(&q, ret_found, e))
        return false;
    if (!*ret_found)
        return true;
    *ret = attempt_read(&q);
    *ret_stuck = col_bool(&q, ATTEMPT_COLUMNS);
    attempt_keep(ret, arena);
    return true;
}

static const char *const became_names[GRAB_BECAME_N] = {
    [GRAB_IMPORTED] = "imported",
    [GRAB_FAILED] = "failed",
    [GRAB_STUCK] = "stuck",
};

static bool close_grab(struct store *s, int64_t attempt, const struct grab_end *end, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_grab_close);
    bind_int(&q, attempt);
    bind_text(&q, end->download);
    bind_text(&q, became_names[end->became]);
    return stmt_run(&q, e);
}

static bool note(struct store *s, enum sql sql, int64_t attempt, utc_t at, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    bind_int(&q, attempt);
    bind_int(&q, at);
    return stmt_run(&q, e);
}

/* ---- of a season's search that found some episodes ---- */

struct part {
    int64_t item_id;
    struct arena *arena;
    struct covered covered; /* strings in the arena; item_id 0: not found */
};

static void on_covered(void *ctx, const struct covered *c)
{
    struct part *p = ctx;
    if (c->item_id != p->item_id)
        return;
    p->covered = *c;
    p->covered.identity = arena_strdup(p->arena, c->identity);
}

/* The part of a partial find that ended: *ret becomes that of one episode. */
static bool take_part(struct store *s, const char *instance, const struct grab_end *end,
                      struct arena *arena, struct attempt *ret, struct err *e)
{
    struct part part = {.item_id = end->item_id, .arena = arena};
    struct item it;
    struct item_memory m;
    char label[ITEM_TITLE];
    bool is_known = false;
    if (!ret->is_partial)
        return true;
    if (!covered_each(s, ret->id, on_covered, &part, e) ||
        !item_find(s, instance, end->kind, end->item_id, arena, &it, &m, &is_known, e))
        return false;
    if (is_known)
        part.covered.title = arena_strdup(arena, item_label(&it, label));
    *ret = attempt_of_one(ret, &part.covered);
    return true;
}

static bool end_one(struct store *s, const struct attempt *a, const struct grab_end *end,
                    struct err *e)
{
    if (end->became == GRAB_DELETED)
        return note(s, SQL_attempt_deleted, a->id, end->at, e);
    if (!close_grab(s, a->id, end, e))
        return false;
    if (end->became != GRAB_IMPORTED)
        return note(s, SQL_attempt_import_failed, a->id, end->at, e);
    return attempt_imported(s, a->id, end->at, e) &&
           covered_imported(s, a, end->item_id, end->at, e);
}

/* Whoever grabbed it: what was searched in vain before says nothing of the item as it is now. */
static bool forget_vain(struct store *s, const char *instance, const struct grab_end *end,
                        struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_memory_got_file);
    bind_text(&q, instance);
    bind_text(&q, item_kind_names[end->kind]);
    bind_int(&q, end->item_id);
    bind_int(&q, end->at);
    return end->became != GRAB_IMPORTED || stmt_run(&q, e);
}

static bool note_end(struct store *s, const char *instance, const struct grab_end *end,
                     struct arena *arena, struct attempt *ret, bool *ret_found, struct err *e)
{
    bool was_stuck = false;
    if (!forget_vain(s, instance, end, e) ||
        !find(s, instance, end, arena, ret, ret_found, &was_stuck, e))
        return false;
    bool is_known = was_stuck && end->became != GRAB_IMPORTED;
    if (*ret_found && is_known) {
        *ret_found = false;
        return close_grab(s, ret->id, end, e);
    }
    return !*ret_found || (end_one(s, ret, end, e) && take_part(s, instance, end, arena, ret, e));
}

bool grab_ended(struct store *s, const char *instance, const struct grab_end *end,
                struct arena *arena, struct attempt *ret, bool *ret_found, struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    return tx_join(s, &tx, e) && note_end(s, instance, end, arena, ret, ret_found, e) &&
           tx_commit(&tx, e);
}
