/* store/memory.c — the table memory: what an item's searches leave behind. */
#include "store/memory.h"

#include <string.h>

#include "store/shelf.h"

static const ms_t loop_guard_window = DAYS(7);

/* What kind of outcome each verdict is (engine page, sections 3 and 4). */
enum outcome { OUTCOME_NONE, OUTCOME_SEARCHED, OUTCOME_ASKED_NOBODY };
static const enum outcome outcomes[VERDICT_N] = {
    [VERDICT_NONE] = OUTCOME_NONE,           [VERDICT_GRABBED] = OUTCOME_SEARCHED,
    [VERDICT_NOTHING] = OUTCOME_SEARCHED,    [VERDICT_NO_INDEXERS] = OUTCOME_ASKED_NOBODY,
    [VERDICT_FAILED] = OUTCOME_ASKED_NOBODY, [VERDICT_LOST] = OUTCOME_ASKED_NOBODY,
    [VERDICT_UNKNOWN] = OUTCOME_SEARCHED,    [VERDICT_FOREIGN] = OUTCOME_SEARCHED,
    [VERDICT_ABANDONED] = OUTCOME_SEARCHED,
};

bool verdict_is_search(enum verdict v)
{
    return outcomes[v] == OUTCOME_SEARCHED;
}

bool verdict_asked_nobody(enum verdict v)
{
    return outcomes[v] == OUTCOME_ASKED_NOBODY;
}

/* ---- the fold ---- */

static void note_search(struct item_memory *m, const struct attempt *a)
{
    m->searched = MAX(m->searched, a->intended);
    m->n_searches++;
    m->n_soft_failures = 0;
    m->soft_failed = 0;
    if (m->last == VERDICT_NOTHING)
        m->n_nothing++;
    if (m->last == VERDICT_GRABBED) {
        m->n_nothing = 0;
        m->grabbed = MAX(m->grabbed, a->intended);
    }
}

void memory_note(struct item_memory *m, const struct attempt *a)
{
    m->last = a->is_partial ? VERDICT_NOTHING : a->verdict;
    switch (outcomes[a->verdict]) {
    case OUTCOME_NONE: break;
    case OUTCOME_SEARCHED: note_search(m, a); break;
    case OUTCOME_ASKED_NOBODY:
        m->n_soft_failures++;
        m->soft_failed = a->judged;
        break;
    }
}

/* ---- memory ---- */

bool memory_of(struct store *s, const char *instance, const char *identity, struct item_memory *ret,
               struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_memory_find);
    bool is_row = false;
    bind_text(&q, instance);
    bind_text(&q, identity);
    if (!stmt_row(&q, &is_row, e))
        return false;
    *ret = is_row ? memory_read(&q, 0) : (struct item_memory){0};
    return true;
}

/* Releases grabbed for the item in the week up to this attempt and since its last import. */
static bool count_grabs(struct store *s, const struct attempt *a, int *ret, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_grabs_since_import);
    bool is_row = false;
    bind_text(&q, a->instance);
    bind_text(&q, a->identity);
    bind_int(&q, a->intended - loop_guard_window);
    bind_text(&q, verdict_names[VERDICT_GRABBED]);
    if (!stmt_row(&q, &is_row, e))
        return false;
    *ret = is_row ? (int)col_int(&q, 0) : 0;
    return true;
}

static bool save(struct store *s, const struct attempt *a, const struct item_memory *m,
                 struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_memory_put);
    bind_text(&q, a->instance);
    bind_text(&q, a->identity);
    bind_int(&q, m->searched);
    bind_text(&q, verdict_names[m->last]);
    bind_int(&q, m->n_searches);
    bind_int(&q, m->n_nothing);
    bind_int(&q, m->n_soft_failures);
    bind_int(&q, m->soft_failed);
    bind_int(&q, m->n_grabs);
    bind_int(&q, m->grabbed);
    return stmt_run(&q, e);
}

bool memory_retry(struct store *s, const char *instance, const char *identity, utc_t at,
                  struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_memory_retry);
    bind_text(&q, instance);
    bind_text(&q, identity);
    bind_int(&q, at);
    return stmt_run(&q, e);
}

bool memory_save(struct store *s, const struct attempt *a, struct item_memory *m, struct err *e)
{
    return count_grabs(s, a, &m->n_grabs, e) && save(s, a, m, e);
}

bool memory_uncount(struct store *s, const struct attempt *a, struct err *e)
{
    if (!verdict_asked_nobody(a->verdict) || !a->ended)
        return true;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_memory_uncount);
    bind_text(&q, a->instance);
    bind_text(&q, a->identity);
    bind_int(&q, a->ended);
    return stmt_run(&q, e);
}

bool memory_indexers_back(struct store *s, const char *instance, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_memory_indexers_back);
    bind_text(&q, instance);
    return stmt_run(&q, e);
}

/* What was searched in vain before says nothing about the item as it is now. */
bool memory_forget_vain(struct store *s, const struct attempt *a, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_memory_imported);
    bind_text(&q, a->instance);
    bind_text(&q, a->identity);
    return stmt_run(&q, e);
}
