/* store/store.c — what can be asked of the open database itself. */
#include "store/stmt.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"

const char *store_dir(const struct store *s)
{
    return s->dir;
}

int store_schema(const struct store *s)
{
    return s->schema;
}

static int64_t size_of(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 ? (int64_t)st.st_size : -1;
}

bool store_bytes(const struct store *s, int64_t *ret, struct err *e)
{
    CLEANUP(freep) char *wal = mem_printf("%s-wal", s->path);
    int64_t n = size_of(s->path), n_wal = size_of(wal);
    if (n < 0)
        return err_set(e, ERR_IO, "cannot look at '%s': %s", s->path, strerror(errno));
    *ret = n + MAX(n_wal, 0);
    return true;
}

uint64_t store_statements(const struct store *s)
{
    return s->n_statements;
}

bool store_meta_get(struct store *s, const char *name, char **ret, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_meta_get);
    bool is_row = false;
    bind_text(&q, name);
    if (!stmt_row(&q, &is_row, e))
        return false;
    *ret = is_row ? mem_strdup(col_text(&q, 0)) : NULL;
    return true;
}

bool store_meta_set(struct store *s, const char *name, const char *value, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, value ? SQL_meta_set : SQL_meta_remove);
    bind_text(&q, name);
    if (value)
        bind_text(&q, value);
    return stmt_run(&q, e);
}
