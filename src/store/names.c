/* store/names.c — the rows that instances and queues have. */
#include "store/names.h"

#include "base/mem.h"
#include "base/str.h"
#include "store/conditions.h"
#include "store/pauses.h"
#include "store/stmt.h"

static bool run_with(struct store *s, enum sql sql, const char *a, const char *b, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    bind_text(&q, a);
    if (b)
        bind_text(&q, b);
    return stmt_run(&q, e);
}

bool instance_ensure(struct store *s, const char *name, struct err *e)
{
    return run_with(s, SQL_instance_ensure, name, NULL, e);
}

bool queue_ensure(struct store *s, const char *name, struct err *e)
{
    return run_with(s, SQL_queue_ensure, name, NULL, e);
}

bool instance_forget(struct store *s, const char *name, struct err *e)
{
    return run_with(s, SQL_instance_remove, name, NULL, e);
}

static bool move_beside(struct store *s, const char *kind, const char *from, const char *to,
                        struct err *e)
{
    CLEANUP(freep) char *old = mem_printf("%s/%s", kind, from);
    CLEANUP(freep) char *new = mem_printf("%s/%s", kind, to);
    return pauses_move(s, old, new, e) && conditions_move(s, old, new, e);
}

bool names_move(struct store *s, const char *kind, const char *from, const char *to, struct err *e)
{
    if (!move_beside(s, kind, from, to, e))
        return false;
    if (str_eq(kind, "instance"))
        return instance_forget(s, to, e) && run_with(s, SQL_instance_rename, from, to, e) &&
               run_with(s, SQL_queue_members_set_aside, from, to, e) &&
               run_with(s, SQL_queue_members_follow, from, to, e);
    if (str_eq(kind, "queue"))
        return run_with(s, SQL_queue_set_aside, to, NULL, e) &&
               run_with(s, SQL_queue_rename, from, to, e);
    return true;
}
