/* store/rollups.c — reading what verdicts.c adds up. */
#include "store/searches.h"
#include "store/stmt.h"

static struct rollup read_rollup(const struct stmt *q)
{
    return (struct rollup){
        .day = col_text(q, 0),
        .instance = col_text(q, 1),
        .queue = col_text(q, 2),
        .strategy = col_text(q, 3),
        .searches = col_int(q, 4),
        .grabbed = col_int(q, 5),
        .nothing = col_int(q, 6),
        .failed = col_int(q, 7),
        .other = col_int(q, 8),
        .grabs = col_int(q, 9),
        .indexer_queries = col_int(q, 10),
        .imported = col_int(q, 11),
    };
}

static bool each_row(struct stmt *q, void (*row)(void *ctx, const struct rollup *r), void *ctx,
                     struct err *e)
{
    while (stmt_next(q, e)) {
        struct rollup r = read_rollup(q);
        row(ctx, &r);
    }
    return stmt_ended(q);
}

bool rollups_each(struct store *s, utc_t since, void (*row)(void *ctx, const struct rollup *r),
                  void *ctx, struct err *e)
{
    char day[UTC_TEXT];
    utc_format(since, day)[sizeof "2026-11-23" - 1] = '\0';
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_rollups_each);
    bind_text(&q, day);
    return each_row(&q, row, ctx, e);
}

bool rollups_total(struct store *s, void (*row)(void *ctx, const struct rollup *r), void *ctx,
                   struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_rollups_total);
    return each_row(&q, row, ctx, e);
}
