/* engine/airing.c — one look at the releases around now. */
#include "engine/airing.h"

#include "base/vec.h"

struct looking {
    const struct query *q;
    const struct schedule *schedule;
    struct airing *ret;
};

/* Rows come in the order of their release, so that a title comes again and again. */
static void add_once(struct title_ids *ids, int64_t id)
{
    for (size_t i = 0; i < ids->n; i++)
        if (ids->at[i] == id)
            return;
    vec_push(ids, id);
}

static void look_ahead(const struct looking *x, const struct item *it)
{
    struct airing *a = x->ret;
    utc_t released = item_released(it);
    if (!x->schedule->adaptive || released <= x->q->now || !query_concerns(x->q, it))
        return;
    if (!a->calendar.next_airing) {
        a->calendar.next_airing = released;
        item_label(it, a->next);
    }
    if (released <= x->q->now + x->schedule->adaptive->horizon)
        add_once(&a->in_horizon, it->title_id);
}

static void look_at_burst(const struct looking *x, const struct item *it,
                          const struct item_memory *m)
{
    struct airing *a = x->ret;
    utc_t at = query_wants(x->q, it) ? query_burst(x->q, it, m) : 0;
    if (!at)
        return;
    if (!a->calendar.burst || at < a->calendar.burst) {
        a->calendar.burst = at;
        item_label(it, a->burst);
    }
    if (at <= x->q->now)
        add_once(&a->in_burst, it->title_id);
}

static void look(void *ctx, const struct item *it, const struct item_memory *m)
{
    look_ahead(ctx, it);
    look_at_burst(ctx, it, m);
}

bool airing_read(struct store *s, const char *instance, const struct query *q, struct airing *ret,
                 struct err *e)
{
    const struct schedule *schedule = q->queue->schedule.spec;
    const struct adaptive *adaptive = schedule->adaptive;
    const struct burst *burst = schedule->burst;
    *ret = (struct airing){.next = ""};
    if (!adaptive && !burst)
        return true;
    struct looking x = {q, schedule, ret};
    utc_t from = q->now - (burst ? burst->for_ : 0);
    utc_t to = q->now + (adaptive ? adaptive->horizon + adaptive->off_season : schedule->every);
    return candidates_released(s, instance, from, to, look, &x, e);
}

void airing_done(struct airing *a)
{
    vec_done(&a->in_horizon);
    vec_done(&a->in_burst);
}
