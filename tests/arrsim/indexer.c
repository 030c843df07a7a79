/* arrsim/indexer.c — three indexers with the back-off ladder of the real servers. */
#include "arrsim/model.h"

static const ms_t ladder[] = {0,        MINUTES(1), MINUTES(5), MINUTES(15), MINUTES(30),
                              HOURS(1), HOURS(3),   HOURS(6),   HOURS(12),   HOURS(24)};

void indexers_init(struct sim *s)
{
    static const char *const names[SIM_INDEXERS] = {"Harbour", "Lantern", "Quarry"};
    for (int i = 0; i < SIM_INDEXERS; i++)
        s->indexers[i] = (struct indexer){.name = names[i], .state = SIM_INDEXER_UP};
}

void sim_set_indexer(struct sim *s, int i, enum sim_indexer_state state)
{
    sim_advance(s);
    struct indexer *x = &s->indexers[i];
    x->state = state;
    if (state == SIM_INDEXER_UP && x->failing_since)
        s->stale_until = s->now + HOURS(1);
    if (state != SIM_INDEXER_ERROR)
        x->level = 0;
    x->failing_since = state == SIM_INDEXER_BLOCKED ? s->now : 0;
    x->blocked_until = state == SIM_INDEXER_BLOCKED ? INT64_MAX : 0;
}

void sim_set_indexers(struct sim *s, enum sim_indexer_state state)
{
    for (int i = 0; i < SIM_INDEXERS; i++)
        sim_set_indexer(s, i, state);
    if (state != SIM_INDEXER_UP)
        s->indexers_lost = s->now - s->skew - s->world->jumped;
    webhook_health(s, state == SIM_INDEXER_UP);
}

utc_t sim_indexers_lost(const struct sim *s)
{
    return s->indexers_lost;
}

bool indexer_is_usable(const struct sim *s, const struct indexer *x)
{
    return x->state != SIM_INDEXER_OFF && x->blocked_until <= s->now;
}

/* One level up per failed query; capped at 5 minutes in the server's first 15. */
static void escalate(const struct sim *s, struct indexer *x)
{
    if (!x->failing_since)
        x->failing_since = s->now;
    if (x->level < (int)COUNT(ladder) - 1)
        x->level++;
    ms_t wait = ladder[x->level];
    x->blocked_until = s->now + (s->now < s->started + MINUTES(15) ? MIN(wait, MINUTES(5)) : wait);
}

void indexers_ask(struct sim *s, int *ret_reached, int *ret_answered)
{
    *ret_reached = *ret_answered = 0;
    for (int i = 0; i < SIM_INDEXERS; i++) {
        struct indexer *x = &s->indexers[i];
        if (!indexer_is_usable(s, x))
            continue;
        ++*ret_reached;
        if (x->state == SIM_INDEXER_ERROR) {
            escalate(s, x);
            continue;
        }
        ++*ret_answered;
        x->level = MAX(x->level - 1, 0);
        x->failing_since = 0;
    }
}
