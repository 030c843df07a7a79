/* store/lines.c — one pair of statements per table. */
#include "store/lines.h"

#include <string.h>

#include "base/str.h"
#include "store/stmt.h"

static const struct {
    const char *begin; /* of its lines, as SQLite writes JSON */
    enum sql all, one;
} tables[] = {
    {"[\"instances\",", SQL_lines_instances, SQL_line_instances},
    {"[\"profiles\",", SQL_lines_profiles, SQL_line_profiles},
    {"[\"tags\",", SQL_lines_tags, SQL_line_tags},
    {"[\"titles\",", SQL_lines_titles, SQL_line_titles},
    {"[\"items\",", SQL_lines_items, SQL_line_items},
    {"[\"memory\",", SQL_lines_memory, SQL_line_memory},
    {"[\"rates\",", SQL_lines_rates, SQL_line_rates},
};

static bool lines_of(struct store *s, enum sql sql, void (*line)(void *ctx, const char *text),
                     void *ctx, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    while (stmt_next(&q, e))
        line(ctx, col_text(&q, 0));
    return stmt_ended(&q);
}

bool library_lines(struct store *s, void (*line)(void *ctx, const char *text), void *ctx,
                   struct err *e)
{
    for (size_t i = 0; i < COUNT(tables); i++)
        if (!lines_of(s, tables[i].all, line, ctx, e))
            return false;
    return true;
}

/* The schema is strict: a value of another type than its column's is an error here. */
static bool put(struct store *s, enum sql sql, const char *text, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    struct err why = {0};
    bind_text(&q, text);
    if (!stmt_run(&q, &why))
        return err_set(e, ERR_USAGE, "it has other values than 'splintarr export library' writes");
    return stmt_changes(&q) == 1 || err_set(e, ERR_USAGE, "no line before it names its instance");
}

bool library_line_put(struct store *s, const char *text, struct err *e)
{
    for (size_t i = 0; i < COUNT(tables); i++)
        if (str_starts(text, tables[i].begin))
            return put(s, tables[i].one, text, e);
    return err_set(e, ERR_USAGE, "it is no line of 'splintarr export library'");
}
