/* search/smart.c — what the rates expect of an item, corrected by the luck of its title. */
#include "search/smart.h"

#include <math.h>
#include <stdio.h>

/* How unequal titles are: their luck is a Gamma with mean 1 and this shape. */
static const double title_shape = 1;
static const double most = .95; /* nothing is sure */
/* People wait for what aired today. */
static const double fresh_worth = 1.5;

struct smart smart_of(const struct query *q, const struct item *it, const struct item_memory *m)
{
    static const struct rates nothing_learned;
    struct smart s = {.cost = item_search_cost(it)};
    s.forecast = rates_forecast(q->rates ? q->rates : &nothing_learned, it, m, q->now);
    s.luck = (title_shape + fmax(0, m->title_finds)) / (title_shape + fmax(0, m->title_expected));
    double odds = s.luck * s.forecast.expected;
    s.chance = s.forecast.round == 0 ? fmin(most, odds) : odds / (odds + 1 - s.forecast.expected);
    s.worth = s.forecast.tier == 0 ? fresh_worth : 1;
    if (item_is_season(it)) /* one find for each episode it lacks */
        s.worth *= MAX(1, it->size.missing);
    s.score = s.worth * s.chance / s.cost;
    return s;
}

void smart_explain(const struct smart *s, char *ret, size_t size)
{
    static const char *const ages[RATE_TIERS] = {"under 24 h", "under 7 d", "under 30 d",
                                                 "under 365 d", "over 365 d"};
    static const char *const rounds[RATE_ROUNDS] = {"first search", "searched once",
                                                    "searched 2 or 3 times", "searched often"};
    const struct forecast *f = &s->forecast;
    snprintf(ret, size,
             "score %.4f = chance %.1f %% x worth %.1f / cost %d; %s, %s, waits %.1f d: %.1f %% "
             "expected, its title's luck x %.2f",
             s->score, 100 * s->chance, s->worth, s->cost, ages[f->tier], rounds[f->round], f->days,
             100 * f->expected, s->luck);
}
