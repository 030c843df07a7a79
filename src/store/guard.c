/* store/guard.c — what a reader may do: SELECT, and no longer than its deadline. query_only refuses
 * writes when they happen; the authorizer refuses the statement itself. */
#include "store/handle.h"

static int authorize(void *ctx UNUSED, int action, const char *a UNUSED, const char *b UNUSED,
                     const char *database UNUSED, const char *trigger UNUSED)
{
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE: return SQLITE_OK;
    default: return SQLITE_DENY;
    }
}

void guard_set(struct store *s, bool is_on)
{
    sqlite3_set_authorizer(s->db, is_on ? authorize : NULL, NULL);
    s->is_guarded = is_on;
}

static int is_late(void *ctx)
{
    const struct store *s = ctx;
    return clock_mono(s->clock) > s->late_at;
}

void guard_deadline(struct store *s, ms_t deadline)
{
    enum { OPS_BETWEEN_LOOKS = 1000 };
    s->deadline = deadline;
    if (deadline)
        sqlite3_progress_handler(s->db, OPS_BETWEEN_LOOKS, is_late, s);
}

void guard_begin(struct store *s)
{
    if (s->deadline)
        s->late_at = clock_mono(s->clock) + s->deadline;
}
