/* store/learn.c — sums of evidence as rows. What they mean is model/rates.h. */
#include "store/learn.h"

#include "base/str.h"
#include "store/stmt.h"

struct lesson {
    const struct attempt *attempt;
    const struct item_memory *before;
    const char *seeks;
    struct item item;
    double expected; /* of it when it was learned */
    bool teaches;
};

static const char *seeks_of(bool is_upgrade)
{
    return is_upgrade ? "upgrades" : "missing";
}

/* ---- the rates of an instance ---- */

static bool load(struct store *s, const char *instance, const char *seeks, struct rates *ret,
                 struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_rates_of);
    *ret = (struct rates){0};
    bind_text(&q, instance);
    bind_text(&q, seeks);
    while (stmt_next(&q, e)) {
        int64_t round = col_int(&q, 0), tier = col_int(&q, 1);
        if (round < 0 || round >= RATE_ROUNDS || tier < 0 || tier >= RATE_TIERS)
            continue;
        ret->at[round][tier] = (struct rate){.finds = col_millionths(&q, 2),
                                             .exposure = col_millionths(&q, 3),
                                             .waited = col_millionths(&q, 4)};
        utc_t begun = col_int(&q, 5);
        if (begun && (!ret->begun || begun < ret->begun))
            ret->begun = begun;
    }
    return stmt_ended(&q);
}

bool rates_load(struct store *s, const char *instance, enum strategy strategy, struct rates *ret,
                struct err *e)
{
    return load(s, instance, seeks_of(strategy == STRATEGY_CUTOFF_UNMET), ret, e);
}

static bool add_rate(struct store *s, const struct lesson *x, int round, int tier,
                     const struct rates *sums, struct err *e)
{
    const struct rate *k = &sums->at[round][tier];
    if (k->exposure == 0)
        return true;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_rate_add);
    bind_text(&q, x->attempt->instance);
    bind_text(&q, x->seeks);
    bind_int(&q, round);
    bind_int(&q, tier);
    bind_millionths(&q, k->finds);
    bind_millionths(&q, k->exposure);
    bind_millionths(&q, k->waited);
    bind_int(&q, sums->begun);
    return stmt_run(&q, e);
}

static bool add_rates(struct store *s, const struct lesson *x, utc_t begun, int sign, struct err *e)
{
    struct rates sums = {.begun = begun};
    const struct attempt *a = x->attempt;
    rates_note(&sums, &x->item, x->before, a->intended, a->verdict == VERDICT_GRABBED, sign);
    for (int round = 0; round < RATE_ROUNDS; round++)
        for (int tier = 0; tier < RATE_TIERS; tier++)
            if (!add_rate(s, x, round, tier, &sums, e))
                return false;
    return true;
}

/* ---- the luck of a title ---- */

static bool add_luck(struct store *s, const struct lesson *x, int sign, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_luck_add);
    bind_text(&q, x->attempt->instance);
    bind_int(&q, x->attempt->title_id);
    bind_millionths(&q, x->attempt->verdict == VERDICT_GRABBED ? sign : 0);
    bind_millionths(&q, sign * x->expected);
    return stmt_run(&q, e);
}

static bool keep_expected(struct store *s, const struct lesson *x, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_attempt_expected);
    bind_int(&q, x->attempt->id);
    bind_millionths(&q, x->expected);
    return stmt_run(&q, e);
}

/* ---- lessons ---- */

static bool find_lesson(struct store *s, const struct attempt *a, const struct item_memory *before,
                        struct lesson *ret, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_learn_of);
    bool is_single = a->kind == ITEM_MOVIE || a->episode >= 0, is_row = false;
    *ret = (struct lesson){.attempt = a, .before = before};
    if (!is_single || (a->verdict != VERDICT_GRABBED && a->verdict != VERDICT_NOTHING))
        return true;
    bind_int(&q, a->id);
    if (!stmt_row(&q, &is_row, e))
        return false;
    if (!is_row)
        return true;
    ret->teaches = true;
    ret->seeks = seeks_of(str_eq(a->strategy, strategy_names[STRATEGY_CUTOFF_UNMET]));
    ret->item = (struct item){.kind = ITEM_EPISODE, /* whose release is `aired` */
                              .aired = col_int(&q, 0),
                              .added = col_int(&q, 1),
                              .server_searched = a->server_searched};
    ret->expected = col_millionths(&q, 2);
    return true;
}

bool attempt_learn(struct store *s, const struct attempt *a, const struct item_memory *before,
                   struct err *e)
{
    struct lesson x = {0};
    struct rates rates = {0};
    if (!find_lesson(s, a, before, &x, e))
        return false;
    if (!x.teaches)
        return true;
    if (!load(s, a->instance, x.seeks, &rates, e))
        return false;
    x.expected = rates_forecast(&rates, &x.item, before, a->intended).expected;
    return add_rates(s, &x, rates.begun, 1, e) && add_luck(s, &x, 1, e) && keep_expected(s, &x, e);
}

bool attempt_unlearn(struct store *s, const struct attempt *a, const struct item_memory *before,
                     struct err *e)
{
    struct lesson x = {0};
    struct rates rates = {0};
    if (!find_lesson(s, a, before, &x, e))
        return false;
    if (!x.teaches)
        return true;
    return load(s, a->instance, x.seeks, &rates, e) && add_rates(s, &x, rates.begun, -1, e) &&
           add_luck(s, &x, -1, e);
}
