/* store/conditions.c — rows of the table `conditions`. */
#include "store/conditions.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "store/stmt.h"

bool condition_put(struct store *s, const struct stored_condition *c, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_condition_put);
    bind_text(&q, c->address);
    bind_text(&q, c->type);
    bind_text(&q, c->status);
    bind_text(&q, c->reason);
    bind_text(&q, c->message);
    bind_int(&q, c->since ? c->since : store_now(s));
    return stmt_run(&q, e);
}

/* ---- replacing ---- */

static int compare(const void *a, const void *b)
{
    const struct stored_condition *x = *(const struct stored_condition *const *)a;
    const struct stored_condition *y = *(const struct stored_condition *const *)b;
    int by_address = strcmp(x->address, y->address);
    return by_address ? by_address : strcmp(x->type, y->type);
}

struct leftovers {
    const struct stored_condition **kept; /* sorted */
    size_t n_kept;
    VEC(char *) gone; /* address and type, in turn */
};

static void note_if_gone(void *ctx, const struct stored_condition *c)
{
    struct leftovers *l = ctx;
    if (!strchr(c->address, '/') || bsearch(&c, l->kept, l->n_kept, sizeof(void *), compare))
        return;
    vec_push(&l->gone, mem_strdup(c->address));
    vec_push(&l->gone, mem_strdup(c->type));
}

static void leftovers_done(struct leftovers *l)
{
    for (size_t i = 0; i < l->gone.n; i++)
        mem_free(l->gone.at[i]);
    vec_done(&l->gone);
    mem_free(l->kept);
}

static bool remove_gone(struct store *s, const struct leftovers *l, struct err *e)
{
    for (size_t i = 0; i < l->gone.n; i += 2) {
        CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_condition_remove);
        bind_text(&q, l->gone.at[i]);
        bind_text(&q, l->gone.at[i + 1]);
        if (!stmt_run(&q, e))
            return false;
    }
    return true;
}

static bool remove_others(struct store *s, const struct stored_condition *list, size_t n,
                          struct err *e)
{
    CLEANUP(leftovers_done) struct leftovers l = {.n_kept = n};
    l.kept = mem_zeroed((n + 1) * sizeof *l.kept);
    for (size_t i = 0; i < n; i++)
        l.kept[i] = &list[i];
    qsort(l.kept, n, sizeof *l.kept, compare);
    return conditions_each(s, NULL, note_if_gone, &l, e) && remove_gone(s, &l, e);
}

bool conditions_replace(struct store *s, const struct stored_condition *list, size_t n,
                        struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    if (!tx_join(s, &tx, e))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!condition_put(s, &list[i], e))
            return false;
    return remove_others(s, list, n, e) && tx_commit(&tx, e);
}

/* ---- reading ---- */

static struct stored_condition read_condition(const struct stmt *q)
{
    return (struct stored_condition){
        .address = col_text(q, 0),
        .type = col_text(q, 1),
        .status = col_text(q, 2),
        .reason = col_text(q, 3),
        .message = col_text(q, 4),
        .since = col_int(q, 5),
    };
}

bool conditions_each(struct store *s, const char *address,
                     void (*row)(void *ctx, const struct stored_condition *c), void *ctx,
                     struct err *e)
{
    CLEANUP(stmt_done)
    struct stmt q = stmt_of(s, address ? SQL_conditions_of : SQL_conditions_each);
    if (address)
        bind_text(&q, address);
    while (stmt_next(&q, e)) {
        struct stored_condition c = read_condition(&q);
        row(ctx, &c);
    }
    return stmt_ended(&q);
}

bool conditions_count(struct store *s, void (*row)(void *ctx, const struct condition_count *c),
                      void *ctx, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_conditions_count);
    while (stmt_next(&q, e)) {
        struct condition_count c = {.kind = col_text(&q, 0),
                                    .type = col_text(&q, 1),
                                    .status = col_text(&q, 2),
                                    .n = col_int(&q, 3)};
        row(ctx, &c);
    }
    return stmt_ended(&q);
}

bool conditions_move(struct store *s, const char *from, const char *to, struct err *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_conditions_move);
    bind_text(&q, from);
    bind_text(&q, to);
    return stmt_run(&q, e);
}
