/* store/contents.c — the files that resources refer to, as they were at each revision. */
#include "base/mem.h"
#include "base/str.h"
#include "store/resources.h"
#include "store/stmt.h"

bool content_at(struct store *s, const char *path, int64_t rev, char **ret, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_content_at);
    bool is_row = false;
    bind_text(&q, path);
    bind_int(&q, rev);
    if (!stmt_row(&q, &is_row, e))
        return false;
    *ret = is_row ? mem_strdup(col_text(&q, 0)) : NULL;
    return true;
}

static bool close_content(struct store *s, const char *path, int64_t rev, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_content_close);
    bind_text(&q, path);
    bind_int(&q, rev);
    return stmt_run(&q, e);
}

bool content_put(struct store *s, const char *path, const char *content, int64_t rev, struct err *e)
{
    CLEANUP(freep) char *old = NULL;
    if (!content_at(s, path, rev, &old, e))
        return false;
    if (str_eq(old, content))
        return true;
    if (!close_content(s, path, rev, e))
        return false;
    if (!content)
        return true;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_content_put);
    bind_text(&q, path);
    bind_int(&q, rev);
    bind_text(&q, content);
    return stmt_run(&q, e);
}
