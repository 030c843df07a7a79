/* engine/airing.c — one look at the releases around now. */
#include "engine/airing.h"

#include "base/vec.h"

struct looking {
    const struct query *q;
    const struct schedule *schedule;
    const struct timetable *hours;
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

/* By what a burst does not ignore: a movie may be out, but not available. */
static bool is_held(const struct looking *x, const struct item *it, const struct item_memory *m)
{
    enum reason reason = query_judge(x->q, it, m).reason;
    return reason != REASON_selected && reason != REASON_in_flight;
}

/* A burst that is over before its schedule is open is none. */
static utc_t burst_begins(const struct looking *x, const struct item *it,
                          const struct item_memory *m)
{
    utc_t at = query_wants(x->q, it) ? query_burst(x->q, it, m) : 0;
    if (at && at <= x->q->now && is_held(x, it, m))
        return 0;
    utc_t opens = at ? timetable_opens(x->hours, MAX(at, x->q->now)) : 0;
    return opens && opens < item_released(it) + x->schedule->burst->for_ ? at : 0;
}

static void look_at_burst(const struct looking *x, const struct item *it,
                          const struct item_memory *m)
{
    struct airing *a = x->ret;
    utc_t at = x->schedule->burst ? burst_begins(x, it, m) : 0;
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

/* Until somebody looks again: after the next run, and after the next sync. */
static ms_t lookahead(const struct schedule *s)
{
    const struct adaptive *adaptive = s->adaptive;
    ms_t longest = MAX(s->every, DAYS(7)); /* between two moments, and between two syncs */
    return (adaptive ? adaptive->horizon + MAX(adaptive->off_season, longest) : longest) + DAYS(1);
}

bool airing_read(struct store *s, const char *instance, const struct query *q,
                 const struct timetable *hours, struct airing *ret, struct err *e)
{
    const struct schedule *schedule = q->queue->schedule.spec;
    const struct burst *burst = schedule->burst;
    *ret = (struct airing){.next = ""};
    if (!schedule->adaptive && !burst)
        return true;
    struct looking x = {q, schedule, hours, ret};
    utc_t from = q->now - (burst ? burst->for_ : 0);
    return candidates_released(s, instance, from, q->now + lookahead(schedule), look, &x, e);
}

void airing_done(struct airing *a)
{
    vec_done(&a->in_horizon);
    vec_done(&a->in_burst);
}
