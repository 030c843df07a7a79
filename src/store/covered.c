/* store/covered.c — the table covered, and the memory of the episodes in it. */
#include "store/covered.h"

#include "store/memory.h"
#include "store/stmt.h"

static bool is_season(const struct attempt *a)
{
    return a->kind == ITEM_EPISODE && a->episode == WHOLE_SEASON;
}

struct item attempt_item(const struct attempt *a)
{
    return (struct item){.kind = a->kind,
                         .id = a->item_id,
                         .title_id = a->title_id,
                         .season = a->season,
                         .episode = a->episode};
}

bool covered_add(struct store *s, int64_t attempt, const struct attempt *a, struct err *e)
{
    for (size_t i = 0; i < a->n_covered; i++) {
        CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_covered_add);
        bind_int(&q, attempt);
        bind_int(&q, a->covered[i].item_id);
        bind_text(&q, a->covered[i].identity);
        bind_int(&q, a->covered[i].episode);
        bind_int(&q, a->covered[i].is_lacking);
        if (!stmt_run(&q, e))
            return false;
    }
    return true;
}

bool covered_each(struct store *s, int64_t attempt, void (*row)(void *ctx, const struct covered *c),
                  void *ctx, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_covered_each);
    bind_int(&q, attempt);
    while (stmt_next(&q, e))
        row(ctx, &(struct covered){.item_id = col_int(&q, 0),
                                   .identity = col_text(&q, 1),
                                   .episode = (int)col_int(&q, 2),
                                   .is_lacking = col_bool(&q, 3),
                                   .is_found = col_bool(&q, 4)});
    return stmt_ended(&q);
}

bool covered_find(struct store *s, const struct attempt *a, struct err *e)
{
    for (size_t i = 0; i < a->n_covered; i++) {
        if (!a->covered[i].is_found)
            continue;
        CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_covered_find);
        bind_int(&q, a->id);
        bind_int(&q, a->covered[i].item_id);
        if (!stmt_run(&q, e))
            return false;
    }
    return true;
}

static bool keep(struct store *s, const struct attempt *a, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_covered_keep);
    bind_text(&q, a->instance);
    bind_int(&q, a->id);
    return stmt_run(&q, e);
}

/* All of them; of a partial find those it did not find. */
static bool change(struct store *s, enum sql sql, const struct attempt *a, utc_t when,
                   struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    bind_text(&q, a->instance);
    bind_int(&q, a->id);
    bind_int(&q, when);
    bind_int(&q, !a->is_partial);
    return stmt_run(&q, e);
}

/* ---- a find of some ---- */

struct attempt attempt_of_one(const struct attempt *a, const struct covered *c)
{
    struct attempt one = *a;
    one.item_id = c->item_id;
    one.identity = c->identity;
    one.episode = c->episode;
    one.title = c->title ? c->title : a->title;
    one.grabs = 1;
    one.message = "";
    one.is_partial = false;
    one.covered = NULL;
    one.n_covered = 0;
    return one;
}

struct credit {
    struct store *store;
    const struct attempt *attempt;
    int64_t item;    /* the one that was imported; 0: all that were found */
    struct err *err; /* set: nothing more is done */
    bool is_broken;
};

static bool credit_find(struct credit *x, const struct attempt *one)
{
    struct item_memory m;
    if (!memory_of(x->store, one->instance, one->identity, &m, x->err))
        return false;
    memory_note(&m, one);
    return memory_save(x->store, one, &m, x->err);
}

static bool credit_import(struct credit *x, const struct attempt *one)
{
    struct item_memory m;
    return memory_of(x->store, one->instance, one->identity, &m, x->err) &&
           memory_save(x->store, one, &m, x->err) && memory_forget_vain(x->store, one, x->err);
}

static void on_covered(void *ctx, const struct covered *c)
{
    struct credit *x = ctx;
    const struct attempt one = attempt_of_one(x->attempt, c);
    if (x->is_broken || !c->is_found || (x->item && x->item != c->item_id))
        return;
    x->is_broken = x->item ? !credit_import(x, &one) : !credit_find(x, &one);
}

static bool credit(struct store *s, const struct attempt *a, int64_t item, struct err *e)
{
    struct credit x = {.store = s, .attempt = a, .item = item, .err = e};
    return covered_each(s, a->id, on_covered, &x, e) && !x.is_broken;
}

bool covered_imported(struct store *s, const struct attempt *a, int64_t item, utc_t at,
                      struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_covered_import);
    bind_int(&q, a->id);
    bind_int(&q, item);
    bind_int(&q, at);
    return !a->is_partial || (stmt_run(&q, e) && credit(s, a, item, e));
}

/* ---- verdicts ---- */

bool covered_judge(struct store *s, const struct attempt *a, struct err *e)
{
    utc_t over = a->ended ? a->ended : a->judged;
    bool is_vain = a->verdict == VERDICT_NOTHING || a->is_partial;
    if (is_season(a) && verdict_asked_nobody(a->verdict) && a->ended)
        return change(s, SQL_covered_uncount, a, over, e);
    if (!is_season(a) || !verdict_is_search(a->verdict))
        return true;
    if (a->is_partial && !credit(s, a, 0, e))
        return false;
    if (is_vain && a->falls_back)
        return change(s, SQL_covered_uncount, a, over, e);
    return keep(s, a, e) && change(s, SQL_covered_rest, a, a->intended, e);
}

bool covered_undo(struct store *s, const struct attempt *a, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_covered_undo);
    bind_text(&q, a->instance);
    bind_int(&q, a->id);
    bind_int(&q, a->intended);
    return !is_season(a) || stmt_run(&q, e);
}
