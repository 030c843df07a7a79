/* model/rates.c — sums of evidence, and means of them with priors. */
#include "model/rates.h"

#include <math.h>

static const ms_t ends[RATE_TIERS] = {HOURS(24), DAYS(7), DAYS(30), DAYS(365), INT64_MAX};

/* Priors by tier: finds of a first search; finds of a day after one search in vain, and what is
 * left of that after more. Worth so many searches, or so many finds, of evidence. */
static const double prior_share[RATE_TIERS] = {.4, .3, .2, .1, .05};
static const double prior_daily[RATE_TIERS] = {.3, .08, .02, .004, .001};
static const double prior_left[RATE_ROUNDS] = {1, 1, .6, .35};
static const double prior_searches = 10, prior_finds = 2;

static const double most = .95; /* nothing is sure */

int rate_tier(ms_t age)
{
    int tier = 0;
    while (tier < RATE_TIERS - 1 && age >= ends[tier])
        tier++;
    return tier;
}

int rate_round(const struct item *it, const struct item_memory *m)
{
    int n = MAX(m->n_searches, item_last_search(it, m) ? 1 : 0);
    return n == 0 ? 0 : n == 1 ? 1 : n <= 3 ? 2 : 3;
}

static double days_of(ms_t t)
{
    return (double)MAX(t, 0) / (double)DAYS(1);
}

/* Days of the age span [from, to] within a tier. */
static double days_within(int tier, ms_t from, ms_t to)
{
    ms_t begins = tier ? ends[tier - 1] : 0;
    return days_of(MIN(to, ends[tier]) - MAX(from, begins));
}

/* How long it could have been found and was not searched for: not longer than anything was. */
static double days_waited(const struct rates *r, const struct item *it, utc_t now)
{
    return days_of(now - MAX(MAX(r->begun ? r->begun : now, it->added), item_released(it)));
}

/* ---- learning ---- */

static void note_first(struct rates *r, const struct item *it, utc_t at, bool has_found, int sign)
{
    if (!r->begun)
        r->begun = at;
    struct rate *k = &r->at[0][rate_tier(at - item_released(it))];
    k->exposure += sign;
    k->waited += sign * days_waited(r, it, at);
    k->finds += has_found ? sign : 0;
}

/* A find in a span of several tiers is divided among them as the prior would. */
static void note_later(struct rate tiers[], ms_t from, ms_t to, bool has_found, int sign)
{
    double all = 0;
    for (int t = 0; t < RATE_TIERS; t++)
        all += days_within(t, from, to) * prior_daily[t];
    for (int t = 0; t < RATE_TIERS; t++) {
        double days = days_within(t, from, to);
        tiers[t].exposure += sign * days;
        if (has_found && all > 0)
            tiers[t].finds += sign * days * prior_daily[t] / all;
    }
}

void rates_note(struct rates *r, const struct item *it, const struct item_memory *before, utc_t at,
                bool has_found, int sign)
{
    utc_t released = item_released(it), searched = item_last_search(it, before);
    int round = rate_round(it, before);
    if (round == 0)
        note_first(r, it, at, has_found, sign);
    else
        note_later(r->at[round], searched - released, at - released, has_found, sign);
}

/* ---- forecasting ---- */

static double daily(const struct rates *r, int round, int tier)
{
    double prior = prior_daily[tier] * prior_left[round], weight = prior_finds / prior;
    const struct rate *k = &r->at[round][tier];
    return (prior_finds + fmax(0, k->finds)) / (weight + fmax(0, k->exposure));
}

/* The learned share is that of items that had waited for some days on average; this one waited for
 * longer or less long, and releases went on appearing at the rate of items searched once. */
static void forecast_first(const struct rates *r, struct forecast *f)
{
    const struct rate *k = &r->at[0][f->tier];
    double n = prior_searches + fmax(0, k->exposure);
    double share = (prior_share[f->tier] * prior_searches + fmax(0, k->finds)) / n;
    f->hazard = daily(r, 1, f->tier) * (f->days - k->waited / n);
    f->expected = fmin(most, fmax(share / 2, share + f->hazard));
}

static void forecast_later(const struct rates *r, ms_t from, ms_t to, struct forecast *f)
{
    for (int t = 0; t < RATE_TIERS; t++) {
        double days = days_within(t, from, to);
        if (days > 0)
            f->hazard += days * daily(r, f->round, t);
    }
    f->expected = f->hazard / (1 + f->hazard);
}

struct forecast rates_forecast(const struct rates *r, const struct item *it,
                               const struct item_memory *m, utc_t now)
{
    utc_t released = item_released(it), searched = item_last_search(it, m);
    struct forecast f = {.tier = rate_tier(now - released), .round = rate_round(it, m)};
    f.days = f.round ? days_of(now - searched) : days_waited(r, it, now);
    if (f.round == 0)
        forecast_first(r, &f);
    else
        forecast_later(r, searched - released, now - released, &f);
    return f;
}
