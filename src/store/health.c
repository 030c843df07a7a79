/* store/health.c — the tables health, health_changes, answers and failures. */
#include "store/health.h"

#include <stdio.h>

#include "base/buf.h"
#include "store/names.h"
#include "store/stmt.h"

static void read_health(const struct stmt *q, struct health *ret)
{
    ret->state = (enum health_state)col_word(q, 0, health_names, HEALTH_N);
    snprintf(ret->reason, sizeof ret->reason, "%s", col_text(q, 1));
    snprintf(ret->message, sizeof ret->message, "%s", col_text(q, 2));
    snprintf(ret->version, sizeof ret->version, "%s", col_text(q, 3));
    ret->since = col_int(q, 4);
    ret->asked = col_int(q, 5);
    ret->took = col_int(q, 6);
    ret->failures = (int)col_int(q, 7);
    ret->counted = col_int(q, 8);
    ret->back = col_int(q, 9);
    ret->backoff = col_int(q, 10);
    ret->resumes = col_int(q, 11);
    ret->listed = col_int(q, 12);
    ret->are_indexers_down = col_bool(q, 13);
    ret->n_errors = (int)col_int(q, 14);
    ret->n_warnings = (int)col_int(q, 15);
}

bool health_get(struct store *s, const char *instance, struct health *ret, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_health_get);
    bool is_row = false;
    *ret = (struct health){0};
    bind_text(&q, instance);
    if (!stmt_row(&q, &is_row, e))
        return false;
    if (is_row)
        read_health(&q, ret);
    return true;
}

static bool put_row(struct store *s, const char *instance, const struct health *h, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_health_put);
    bind_text(&q, instance);
    bind_text(&q, health_names[h->state]);
    bind_text(&q, h->reason);
    bind_text(&q, h->message);
    bind_text(&q, h->version);
    const int64_t numbers[] = {
        h->since,   h->asked,   h->took,   h->failures,          h->counted,  h->back,
        h->backoff, h->resumes, h->listed, h->are_indexers_down, h->n_errors, h->n_warnings};
    for (size_t i = 0; i < COUNT(numbers); i++)
        bind_int(&q, numbers[i]);
    return stmt_run(&q, e);
}

static bool add_change(struct store *s, const char *instance, const struct health *h, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_health_change_add);
    bind_text(&q, instance);
    bind_int(&q, h->since);
    bind_text(&q, health_names[h->state]);
    bind_text(&q, h->reason);
    bind_text(&q, h->message);
    return stmt_run(&q, e);
}

bool health_put(struct store *s, const char *instance, const struct health *h, bool is_change,
                struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    return tx_join(s, &tx, e) && instance_ensure(s, instance, e) && put_row(s, instance, h, e) &&
           (!is_change || add_change(s, instance, h, e)) && tx_commit(&tx, e);
}

bool health_changes_each(struct store *s, const char *instance, utc_t since, size_t limit,
                         void (*row)(void *ctx, const struct health_change *c), void *ctx,
                         struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_health_changes_each);
    bind_optional(&q, instance);
    bind_int(&q, since);
    bind_int(&q, (int64_t)MIN(limit, (size_t)INT64_MAX));
    while (stmt_next(&q, e)) {
        row(ctx, &(struct health_change){.instance = col_text(&q, 0),
                                         .at = col_int(&q, 1),
                                         .until = col_int(&q, 2),
                                         .state = col_text(&q, 3),
                                         .reason = col_text(&q, 4),
                                         .message = col_text(&q, 5)});
    }
    return stmt_ended(&q);
}

/* ---- answers ---- */

bool answers_load(struct store *s, const char *instance, struct answers *ret, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_answers_each);
    *ret = (struct answers){0};
    bind_text(&q, instance);
    while (stmt_next(&q, e)) {
        struct answers_hour *h = answers_hour_of(ret, col_int(&q, 0));
        h->n = col_int(&q, 1);
        h->n_errors = col_int(&q, 2);
        h->n_timeouts = col_int(&q, 3);
        h->total = col_int(&q, 4);
        answers_read(h, col_text(&q, 5));
    }
    return stmt_ended(&q);
}

static bool put_hour(struct store *s, const char *instance, const struct answers_hour *h,
                     struct err *e)
{
    CLEANUP(buf_done) struct buf classes = {0};
    buf_init(&classes, BUF_TEXT);
    answers_write(h, &classes);
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_answers_put);
    bind_text(&q, instance);
    const int64_t numbers[] = {h->hour, h->n, h->n_errors, h->n_timeouts, h->total};
    for (size_t i = 0; i < COUNT(numbers); i++)
        bind_int(&q, numbers[i]);
    bind_text(&q, classes.n ? classes.at : "");
    return stmt_run(&q, e);
}

static bool forget_hours(struct store *s, const char *instance, utc_t before, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_answers_forget);
    bind_text(&q, instance);
    bind_int(&q, before);
    return stmt_run(&q, e);
}

bool answers_keep(struct store *s, const char *instance, struct answers *a, utc_t now,
                  struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    if (!tx_join(s, &tx, e))
        return false;
    for (size_t i = 0; i < ANSWERS_HOURS; i++)
        if (a->at[i].is_new && !put_hour(s, instance, &a->at[i], e))
            return false;
    if (!forget_hours(s, instance, now - HOURS(ANSWERS_HOURS), e) || !tx_commit(&tx, e))
        return false;
    for (size_t i = 0; i < ANSWERS_HOURS; i++)
        a->at[i].is_new = false;
    return true;
}

/* ---- runs that failed ---- */

bool failures_get(struct store *s, const char *address, int64_t *ret, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_failures_get);
    bind_text(&q, address);
    return stmt_int(&q, ret, e);
}

bool failures_put(struct store *s, const char *address, int64_t n, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, n ? SQL_failures_put : SQL_failures_forget);
    bind_text(&q, address);
    if (n)
        bind_int(&q, n);
    return stmt_run(&q, e);
}
