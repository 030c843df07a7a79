/* engine/batch.c — one open transaction, ended by count or by the turn of the loop. */
#include "engine/batch.h"

static bool end(struct batch *b, struct err *e)
{
    b->timer = timer_stop(b->timer);
    b->is_open = false;
    b->n_rows = 0;
    bool ok = tx_commit(&b->tx, e);
    tx_done(&b->tx);
    return ok;
}

static void turn_ended(void *ctx)
{
    struct batch *b = ctx;
    b->timer = NULL;
    struct err e = {0};
    if (!end(b, &e))
        b->err = e;
}

static bool report_earlier(struct batch *b, struct err *e)
{
    if (b->err.code == ERR_NONE)
        return true;
    *e = b->err;
    b->err = (struct err){0};
    return false;
}

static bool make_way(void *ctx, struct err *e)
{
    return batch_commit(ctx, e);
}

void batch_init(struct batch *b, struct loop *loop, struct store *store)
{
    *b = (struct batch){.loop = loop, .store = store};
    store_before_tx(store, make_way, b);
}

bool batch_row(struct batch *b, struct err *e)
{
    if (!report_earlier(b, e))
        return false;
    if (b->n_rows >= BATCH_ROWS && !end(b, e))
        return false;
    if (!b->is_open && !tx_begin(b->store, &b->tx, e))
        return false;
    if (!b->timer)
        b->timer = loop_after(b->loop, 0, turn_ended, b);
    b->is_open = true;
    b->n_rows++;
    return true;
}

bool batch_commit(struct batch *b, struct err *e)
{
    return report_earlier(b, e) && (!b->is_open || end(b, e));
}

void batch_done(struct batch *b)
{
    b->timer = timer_stop(b->timer);
    tx_done(&b->tx);
    b->is_open = false;
    store_before_tx(b->store, NULL, NULL);
}
