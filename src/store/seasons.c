/* store/seasons.c — whole seasons: which lack episodes, and one of them read. */
#include "base/arena.h"
#include "store/shelf.h"

bool titles_page(struct store *s, const char *instance, int64_t after, int64_t n, int64_t *ret_last,
                 struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_titles_page);
    bool is_row = false;
    bind_text(&q, instance);
    bind_int(&q, after);
    bind_int(&q, n);
    if (!stmt_row(&q, &is_row, e))
        return false;
    *ret_last = is_row ? col_int(&q, 0) : INT64_MAX;
    return true;
}

bool seasons_lacking(struct store *s, const char *instance, int64_t after, int64_t last,
                     const struct lacking *wish, void (*row)(void *ctx, int64_t title, int season),
                     void *ctx, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_seasons_lacking);
    bind_text(&q, instance);
    bind_int(&q, after);
    bind_int(&q, last);
    bind_int(&q, wish->now);
    bind_int(&q, wish->min_missing);
    bind_millionths(&q, wish->min_ratio);
    while (stmt_next(&q, e))
        row(ctx, col_int(&q, 0), (int)col_int(&q, 1));
    return stmt_ended(&q);
}

/* Reads all rows; *ret_one is one of the season's episodes, its kind ITEM_KIND_N when it has
 * none. */
static bool read_episodes(struct shelf *shelf, int64_t title, int season,
                          void (*row)(void *ctx, const struct item *it,
                                      const struct item_memory *m),
                          void *ctx, struct item *ret_one, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(shelf->store, SQL_candidates_of_season);
    bind_int(&q, shelf->instance);
    bind_int(&q, title);
    bind_int(&q, season);
    while (stmt_next(&q, e)) {
        struct item it;
        struct item_memory m;
        if (!shelf_item(shelf, &q, &it, &m, e))
            return false;
        *ret_one = it;
        row(ctx, &it, &m);
    }
    return stmt_ended(&q);
}

static bool remember(struct store *s, const char *instance, const struct item *it,
                     struct item_memory *ret, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_season_memory);
    char identity[ITEM_IDENTITY];
    bool is_row = false;
    bind_text(&q, instance);
    bind_text(&q, item_season_identity(it, identity));
    bind_int(&q, it->title_id);
    if (!stmt_row(&q, &is_row, e))
        return false;
    if (is_row) {
        *ret = memory_read_all(&q, 0);
        ret->is_open = col_bool(&q, MEMORY_COLUMNS + LUCK_COLUMNS);
    }
    return true;
}

bool season_read(struct store *s, const char *instance, int64_t title, int season,
                 struct arena *arena,
                 void (*row)(void *ctx, const struct item *it, const struct item_memory *m),
                 void *ctx, struct item_memory *ret, struct err *e)
{
    CLEANUP(shelf_done) struct shelf shelf = {0};
    struct item it = {.kind = ITEM_KIND_N};
    *ret = (struct item_memory){0};
    return shelf_init(&shelf, s, instance, arena, e) &&
           read_episodes(&shelf, title, season, row, ctx, &it, e) &&
           (it.kind == ITEM_KIND_N || remember(s, instance, &it, ret, e));
}
