/* store/candidates.c — items read back: streamed in slices, those of one title, those that are
 * released in a span of time, or one. */
#include "base/arena.h"
#include "store/shelf.h"

enum pass { PASS_WITHOUT_FILE, PASS_WITH_FILE, PASS_N };

struct slice {
    struct shelf *shelf;
    void (*row)(void *ctx, const struct item *it, const struct item_memory *m);
    void *ctx;
    size_t n_left;
};

/* Rows of one pass until it or the slice ends. */
static bool read_pass(struct slice *x, struct candidate_cursor *cursor, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(x->shelf->store, SQL_candidates);
    bool is_row = true;
    bind_int(&q, x->shelf->instance);
    bind_int(&q, cursor->pass == PASS_WITH_FILE);
    bind_int(&q, cursor->after);
    bind_int(&q, (int64_t)x->n_left);
    for (; x->n_left > 0; x->n_left--) {
        struct item it;
        struct item_memory m;
        if (!stmt_row(&q, &is_row, e))
            return false;
        if (!is_row)
            return true;
        cursor->after = col_int(&q, SHELF_COLUMNS);
        if (!shelf_item(x->shelf, &q, &it, &m, e))
            return false;
        x->row(x->ctx, &it, &m);
    }
    return true;
}

bool candidates_slice(struct store *s, const char *instance, bool without, bool with_file,
                      size_t max_rows, struct candidate_cursor *cursor,
                      void (*row)(void *ctx, const struct item *it, const struct item_memory *m),
                      void *ctx, bool *ret_more, struct err *e)
{
    const bool is_wanted[PASS_N] = {[PASS_WITHOUT_FILE] = without, [PASS_WITH_FILE] = with_file};
    CLEANUP(shelf_done) struct shelf shelf = {0};
    struct slice x = {.shelf = &shelf, .row = row, .ctx = ctx, .n_left = max_rows};
    if (!shelf_init(&shelf, s, instance, NULL, e))
        return false;
    while (cursor->pass < PASS_N) {
        if (is_wanted[cursor->pass] && !read_pass(&x, cursor, e))
            return false;
        if (x.n_left == 0)
            break;
        cursor->pass++;
        cursor->after = 0;
    }
    *ret_more = cursor->pass < PASS_N;
    return true;
}

/* Every row of a query whose first parameter is the instance. */
static bool read_all(struct shelf *shelf, struct stmt *q,
                     void (*row)(void *ctx, const struct item *it, const struct item_memory *m),
                     void *ctx, struct err *e)
{
    while (stmt_next(q, e)) {
        struct item it;
        struct item_memory m;
        if (!shelf_item(shelf, q, &it, &m, e))
            return false;
        row(ctx, &it, &m);
    }
    return stmt_ended(q);
}

bool candidates_of_title(struct store *s, const char *instance, int64_t title,
                         void (*row)(void *ctx, const struct item *it, const struct item_memory *m),
                         void *ctx, struct err *e)
{
    CLEANUP(shelf_done) struct shelf shelf = {0};
    if (!shelf_init(&shelf, s, instance, NULL, e))
        return false;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_candidates_of_title);
    bind_int(&q, shelf.instance);
    bind_int(&q, title);
    return read_all(&shelf, &q, row, ctx, e);
}

bool candidates_released(struct store *s, const char *instance, utc_t from, utc_t to,
                         void (*row)(void *ctx, const struct item *it, const struct item_memory *m),
                         void *ctx, struct err *e)
{
    CLEANUP(shelf_done) struct shelf shelf = {0};
    if (!shelf_init(&shelf, s, instance, NULL, e))
        return false;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_candidates_released);
    bind_int(&q, shelf.instance);
    bind_int(&q, from);
    bind_int(&q, to);
    return read_all(&shelf, &q, row, ctx, e);
}

bool item_find(struct store *s, const char *instance, enum item_kind kind, int64_t id,
               struct arena *arena, struct item *ret, struct item_memory *ret_memory,
               bool *ret_found, struct err *e)
{
    CLEANUP(shelf_done) struct shelf shelf = {0};
    bool is_row = false;
    if (!shelf_init(&shelf, s, instance, arena, e))
        return false;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_item_find);
    bind_int(&q, shelf.instance);
    bind_text(&q, item_kind_names[kind]);
    bind_int(&q, id);
    if (!stmt_row(&q, &is_row, e))
        return false;
    if (is_row && !shelf_item(&shelf, &q, ret, ret_memory, e))
        return false;
    if (is_row)
        ret->episode_title = arena_strdup(arena, ret->episode_title);
    *ret_found = is_row;
    return true;
}
