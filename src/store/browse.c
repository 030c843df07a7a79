/* store/browse.c — libraries by name. */
#include "store/browse.h"

#include "base/arena.h"
#include "store/shelf.h"

static int word(const char *text, const char *const names[], int n)
{
    int at = name_find(names, n, text);
    return at < 0 ? 0 : at;
}

static struct title_summary summary_read(struct stmt *q)
{
    return (struct title_summary){
        .id = col_int(q, 0),
        .title = col_text(q, 1),
        .year = (int)col_int(q, 2),
        .status = (enum status)word(col_text(q, 3), status_names, STATUS_N),
        .type = (enum series_type)word(col_text(q, 4), series_type_names, SERIES_TYPE_N),
        .is_monitored = col_bool(q, 5),
        .quality_profile = col_text(q, 6),
        .fetched = col_int(q, 7),
        .tvdb_id = col_int(q, 8),
        .items = col_int(q, 9),
        .with_file = col_int(q, 10),
        .missing = col_int(q, 11),
    };
}

bool titles_each(struct store *s, const char *instance,
                 bool (*row)(void *ctx, const struct title_summary *t), void *ctx, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_titles_by_name);
    bind_text(&q, instance);
    bind_int(&q, store_now(s));
    while (stmt_next(&q, e)) {
        struct title_summary t = summary_read(&q);
        if (!row(ctx, &t))
            return true;
    }
    return stmt_ended(&q);
}

bool title_describe(struct store *s, const char *instance, int64_t id, struct arena *arena,
                    struct title_summary *ret, bool *ret_found, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_title_summary);
    bind_text(&q, instance);
    bind_int(&q, store_now(s));
    bind_int(&q, id);
    if (!stmt_row(&q, ret_found, e))
        return false;
    if (!*ret_found)
        return true;
    *ret = summary_read(&q);
    ret->title = arena_strdup(arena, ret->title);
    ret->quality_profile = arena_strdup(arena, ret->quality_profile);
    return true;
}

bool seasons_each(struct store *s, const char *instance, int64_t title_id,
                  void (*row)(void *ctx, const struct season_summary *x), void *ctx, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_seasons_of);
    bind_text(&q, instance);
    bind_int(&q, store_now(s));
    bind_int(&q, title_id);
    while (stmt_next(&q, e)) {
        row(ctx, &(struct season_summary){.number = (int)col_int(&q, 0),
                                          .episodes = col_int(&q, 1),
                                          .monitored = col_int(&q, 2),
                                          .with_file = col_int(&q, 3),
                                          .missing = col_int(&q, 4),
                                          .last = col_int(&q, 5)});
    }
    return stmt_ended(&q);
}

bool items_each(struct store *s, const char *instance, enum item_kind kind,
                bool (*row)(void *ctx, const struct item *it, const struct item_memory *m),
                void *ctx, struct err *e)
{
    CLEANUP(shelf_done) struct shelf shelf = {0};
    if (!shelf_init(&shelf, s, instance, NULL, e))
        return false;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_items_by_name);
    bind_int(&q, shelf.instance);
    bind_text(&q, item_kind_names[kind]);
    while (stmt_next(&q, e)) {
        struct item it;
        struct item_memory m;
        if (!shelf_item(&shelf, &q, &it, &m, e))
            return false;
        if (!row(ctx, &it, &m))
            return true;
    }
    return stmt_ended(&q);
}
