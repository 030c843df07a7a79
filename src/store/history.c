/* store/history.c — retention, a slice at a time. */
#include "store/history.h"

#include <inttypes.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "store/stmt.h"

static const char noted_as[] = "history_pruned";
/* Caps look back a day, the loop guard a week: nothing younger goes, whatever is asked. */
static const ms_t always_kept = DAYS(8);

static const struct step {
    enum sql old, forget;
    bool is_library; /* by items_before */
} steps[] = {
    {SQL_old_attempts, SQL_attempt_forget, false},
    {SQL_old_runs, SQL_run_forget, false},
    {SQL_old_health_changes, SQL_health_change_forget, false},
    {SQL_gone_items, SQL_item_forget, true},
};

struct page {
    VEC(int64_t) ids; /* of those that may go */
    size_t n_seen;
};

static void page_done(struct page *page)
{
    vec_done(&page->ids);
}

static utc_t before(struct store *s, const struct pruning *p, bool is_library)
{
    return is_library ? p->items_before : MIN(p->history_before, store_now(s) - always_kept);
}

/* The next rows behind (p->at, p->id), which moves along. */
static bool read_page(struct store *s, struct pruning *p, size_t max_rows, struct page *ret,
                      struct err *e)
{
    const struct step *step = &steps[p->step];
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, step->old);
    bind_int(&q, before(s, p, step->is_library));
    bind_int(&q, p->at);
    bind_int(&q, p->id);
    bind_int(&q, (int64_t)max_rows);
    while (stmt_next(&q, e)) {
        p->at = col_int(&q, 0);
        p->id = col_int(&q, 1);
        ret->n_seen++;
        if (col_bool(&q, 2))
            vec_push(&ret->ids, p->id);
    }
    return stmt_ended(&q);
}

static bool forget(struct store *s, enum sql sql, int64_t id, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    bind_int(&q, id);
    return stmt_run(&q, e);
}

static void next_step(struct pruning *p)
{
    p->step++;
    p->at = p->id = 0;
}

static bool prune_rows(struct store *s, struct pruning *p, size_t max_rows, struct err *e)
{
    CLEANUP(page_done) struct page page = {0};
    enum sql sql = steps[p->step].forget;
    if (!read_page(s, p, max_rows, &page, e))
        return false;
    for (size_t i = 0; i < page.ids.n; i++)
        if (!forget(s, sql, page.ids.at[i], e))
            return false;
    p->n += page.ids.n;
    if (page.n_seen < max_rows)
        next_step(p);
    return true;
}

/* Titles whose items are all forgotten; the last step, and its end is the whole one's. */
static bool prune_titles(struct store *s, struct pruning *p, size_t max_rows, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_titles_forget);
    bind_int(&q, p->items_before);
    bind_int(&q, (int64_t)max_rows);
    if (!stmt_run(&q, e))
        return false;
    size_t n = (size_t)stmt_changes(&q);
    stmt_done(&q);
    p->n += n;
    if (n == max_rows)
        return true;
    CLEANUP(freep) char *now = mem_printf("%" PRId64, store_now(s));
    p->is_over = true;
    return store_meta_set(s, noted_as, now, e);
}

bool store_prune_history(struct store *s, struct pruning *p, size_t max_rows, struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    struct pruning next = *p;
    if (!tx_begin(s, &tx, e))
        return false;
    bool ok = next.step < (int)COUNT(steps) ? prune_rows(s, &next, max_rows, e)
                                            : prune_titles(s, &next, max_rows, e);
    if (!ok || !tx_commit(&tx, e))
        return false;
    *p = next;
    return true;
}

bool store_prune_is_due(struct store *s, bool *ret, struct err *e)
{
    CLEANUP(freep) char *noted = NULL;
    int64_t at = 0;
    if (!store_meta_get(s, noted_as, &noted, e))
        return false;
    *ret = !noted || !str_int(noted, &at) || at + DAYS(1) <= store_now(s) || at > store_now(s);
    return true;
}
