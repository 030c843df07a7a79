/* arrsim/release.c — when releases appear. For each item a Poisson process whose rate falls with
 * the item's age; drawn by inverting its integral, so nothing is simulated step by step. */
#include "arrsim/model.h"

#include <math.h>

enum { N_TIERS = 5 };
static const ms_t tier_ends[N_TIERS] = {DAYS(1), DAYS(7), DAYS(30), DAYS(365), DAYS(365 * 30)};

utc_t release_date(struct sim *s, const struct sim_item *it)
{
    const struct sim_title *t = &s->titles.at[it->title - 1];
    if (s->app == SIM_SONARR)
        return it->air_form == SIM_AIR_FULL ? it->air + MINUTES(t->runtime) : 0;
    utc_t home =
        t->physical && t->digital ? MIN(t->physical, t->digital) : MAX(t->physical, t->digital);
    return home ? home : t->cinemas ? t->cinemas + DAYS(90) : 0;
}

/* Some are popular, some nobody cares for: exponential with mean 1, or dead. */
static double own_factor(const struct sim *s, const struct sim_item *it)
{
    const struct sim_rates *r = &s->world->rates;
    if (sim_draw_unit(s, 11, (uint64_t)it->id) < r->dead_share)
        return 0;
    double factor = -log(sim_draw_unit(s, 12, (uint64_t)it->id));
    return it->file ? factor * r->upgrade_factor : factor;
}

/* From `from` on, spends `work` (an integral of the rate) and says when it is spent. */
static utc_t spend(const struct sim_rates *r, utc_t out, utc_t from, double factor, double work)
{
    ms_t age = from - out;
    for (int i = 0; i < N_TIERS; i++) {
        if (age >= tier_ends[i])
            continue;
        double per_ms = r->per_day[i] * factor / (double)DAYS(1);
        double holds = per_ms * (double)(tier_ends[i] - age);
        if (work < holds)
            return out + age + (ms_t)(work / per_ms);
        work -= holds;
        age = tier_ends[i];
    }
    return 0;
}

utc_t sim_release_at(struct sim *s, int item)
{
    struct sim_item *it = sim_item(s, item);
    if (!it)
        return 0;
    if (it->forced_at)
        return it->forced_at;
    utc_t out = release_date(s, it);
    double factor = own_factor(s, it);
    if (!out || factor <= 0)
        return 0;
    utc_t from = s->world->began - (ms_t)(s->world->rates.backlog_days * (double)DAYS(1));
    from = MAX(MAX(out, from), it->used_at);
    double work = -log(sim_draw_unit(s, 100 + (uint64_t)it->n_used, (uint64_t)it->id));
    return spend(&s->world->rates, out, from, factor, work);
}

void sim_set_release(struct sim *s, int item, utc_t at)
{
    struct sim_item *it = sim_item(s, item);
    if (it)
        it->forced_at = at;
}

/* Whether the server would take a better file: by quality, or by score at equal quality. */
static bool is_upgrade_wanted(struct sim *s, const struct sim_item *it)
{
    const struct sim_file *f = sim_file(s, it->file);
    const struct profile *p = profile_of(s->titles.at[it->title - 1].profile);
    if (!f || !p || !p->is_upgrade_allowed)
        return false;
    int have = quality_rank(f->quality), want = quality_rank(p->cutoff);
    return have < want || (!is_old(s) && f->score < p->cutoff_score);
}

bool release_fits_now(struct sim *s, const struct sim_item *it, utc_t now)
{
    if (it->file && !is_upgrade_wanted(s, it))
        return false;
    /* What was grabbed but is not in the queue yet is grabbed again, as by the real ones. */
    if (it->download)
        return !download_is_visible(s, &s->downloads.at[it->download - 1]);
    if (is_on(s, B_early_releases) && !sim_is_released(s, it))
        return true;
    utc_t at = sim_release_at(s, it->id);
    return at && at <= now;
}

void release_use(struct sim_item *it, utc_t now)
{
    it->n_used++;
    it->used_at = now;
    it->forced_at = 0;
}
