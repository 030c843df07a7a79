/* bench/world.c — five kinds of worlds, drawn from a seed. */
#include "bench/world.h"

#include <math.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/rng.h"

const struct world_kind world_kinds[] = {
    {.name = "fresh drops",
     .n_fresh = 2400,
     .n_old = 300,
     .prompt = .6,
     .late = .5,
     .waiting = .1,
     .daily = {.01, .004, .001},
     .dead = .3,
     .spread = .8},
    {.name = "long tail",
     .n_fresh = 160,
     .n_old = 2000,
     .prompt = .5,
     .late = .4,
     .waiting = .08,
     .daily = {.02, .006, .003},
     .dead = .1,
     .spread = 1.2},
    {.name = "mostly dead",
     .n_fresh = 160,
     .n_old = 2200,
     .prompt = .4,
     .late = .3,
     .waiting = .03,
     .daily = {.01, .002, .0005},
     .dead = .8,
     .spread = 1},
    {.name = "mixed",
     .n_fresh = 640,
     .n_old = 1200,
     .n_specials = 120,
     .prompt = .55,
     .late = .5,
     .waiting = .08,
     .daily = {.01, .004, .0015},
     .dead = .4,
     .spread = 1},
    {.name = "outage",
     .n_fresh = 640,
     .n_old = 1200,
     .n_specials = 120,
     .prompt = .55,
     .late = .5,
     .waiting = .08,
     .daily = {.01, .004, .0015},
     .dead = .4,
     .spread = 1,
     .has_outages = true},
};
const int n_world_kinds = COUNT(world_kinds);

/* A series: what its episodes have in common. */
struct show {
    int64_t id;
    double factor, prompt; /* 0: dead */
    utc_t begins;
    int n_left, season, episode;
};

enum { EPISODES_EACH = 8 };

static double normal(struct rng *r)
{
    return sqrt(-2 * log(1 - rng_unit(r))) * cos(2 * M_PI * rng_unit(r));
}

/* Mean 1, whatever the spread. */
static double factor(struct rng *r, double spread)
{
    return exp(spread * normal(r) - spread * spread / 2);
}

static struct show show_drawn(const struct world_kind *k, struct rng *r, int64_t id)
{
    struct show s = {.id = id, .n_left = EPISODES_EACH, .season = 1 + (int)rng_below(r, 6)};
    bool is_dead = rng_unit(r) < k->dead;
    s.factor = factor(r, k->spread);
    s.prompt = k->prompt + (rng_unit(r) - .5) / 2;
    if (is_dead)
        s.factor = s.prompt = 0;
    return s;
}

/* ---- when a release appears ---- */

static double per_day(const struct world_kind *k, ms_t age)
{
    return age < DAYS(30) ? k->daily[0] : age < DAYS(365) ? k->daily[1] : k->daily[2];
}

static utc_t trickles_in(const struct world_kind *k, struct rng *r, utc_t released, double chance)
{
    for (int day = 0; day < WORLD_DAYS; day++) {
        utc_t at = WORLD_START + DAYS(day);
        double unit = rng_unit(r);
        if (at > released && unit < chance * per_day(k, at - released))
            return at + (utc_t)(rng_unit(r) * (double)DAYS(1));
    }
    return 0;
}

static utc_t appears_old(const struct world_kind *k, struct rng *r, const struct show *s,
                         utc_t released)
{
    double chance = s->factor * factor(r, .5);
    if (rng_unit(r) < fmin(k->waiting * chance, .95))
        return released;
    return trickles_in(k, r, released, chance);
}

static utc_t appears_fresh(const struct world_kind *k, struct rng *r, const struct show *s,
                           utc_t released)
{
    double prompt = (double)HOURS(3) * exp(normal(r));
    double late = (double)DAYS(6) * exp(1.2 * normal(r));
    if (rng_unit(r) < s->prompt)
        return released + (utc_t)prompt;
    if (s->factor > 0 && rng_unit(r) < k->late)
        return released + (utc_t)late;
    return trickles_in(k, r, released, s->factor);
}

/* ---- items ---- */

static struct world_item *add(struct world *w, struct show *s, struct rng *r)
{
    struct world_item *x = &w->at[w->n++];
    snprintf(x->sort_title, sizeof x->sort_title, "%08x", (unsigned)rng_mix(1, (uint64_t)s->id));
    x->item = (struct item){.kind = ITEM_EPISODE,
                            .id = (int64_t)w->n,
                            .title_id = s->id,
                            .tvdb_id = s->id,
                            .season = s->season,
                            .episode = ++s->episode,
                            .title = "",
                            .sort_title = x->sort_title,
                            .imdb_id = "",
                            .episode_title = "",
                            .quality_profile = "",
                            .tags = "",
                            .genres = "",
                            .is_monitored = true,
                            .is_available = true,
                            .n_titles = 1};
    x->is_on_second = rng_unit(r) < .5;
    return x;
}

/* Weekly in the evening, from some day on; a few of them weekly since before the start. */
static void add_fresh(struct world *w, struct show *s, struct rng *r)
{
    struct world_item *x = add(w, s, r);
    x->item.aired = s->begins + DAYS(7 * (x->item.episode - 1));
    while (x->item.aired >= WORLD_START + DAYS(WORLD_DAYS))
        x->item.aired -= DAYS(WORLD_DAYS);
    x->item.status = STATUS_CONTINUING;
    x->is_fresh = true;
    x->appears = appears_fresh(w->kind, r, s, x->item.aired);
}

static void add_old(struct world *w, struct show *s, struct rng *r)
{
    struct world_item *x = add(w, s, r);
    x->item.aired = s->begins + DAYS(7 * (x->item.episode - 1));
    x->item.status = STATUS_ENDED;
    x->appears = appears_old(w->kind, r, s, x->item.aired);
}

static void add_special(struct world *w, struct show *s, struct rng *r)
{
    struct world_item *x = add(w, s, r);
    x->item.season = 0;
    x->item.n_titles = 1 + (int)rng_below(r, 4);
    x->item.aired = s->begins + DAYS(7 * (x->item.episode - 1));
    x->appears = appears_old(w->kind, r, s, x->item.aired);
}

static utc_t begins_fresh(struct rng *r)
{
    return WORLD_START + DAYS((ms_t)rng_below(r, WORLD_DAYS)) +
           MINUTES((ms_t)rng_below(r, 12 * 60));
}

/* Log-uniform between 90 days and ten years before. */
static utc_t begins_old(struct rng *r)
{
    return WORLD_START - (utc_t)((double)DAYS(90) * pow(40, rng_unit(r)));
}

static void add_shows(struct world *w, struct rng *r, int n, utc_t (*begins)(struct rng *r),
                      void (*add_one)(struct world *w, struct show *s, struct rng *r))
{
    struct show s = {0};
    for (int i = 0; i < n; i++) {
        if (s.n_left == 0) {
            s = show_drawn(w->kind, r, 1000 + (int64_t)w->n);
            s.begins = begins(r);
        }
        s.n_left--;
        add_one(w, &s, r);
    }
}

struct world world_new(const struct world_kind *kind, uint64_t seed)
{
    struct rng r;
    struct world w = {.kind = kind};
    rng_seed(&r, seed * 1000003);
    w.at = mem_zeroed((size_t)(kind->n_fresh + kind->n_old + kind->n_specials) * sizeof *w.at);
    add_shows(&w, &r, kind->n_old, begins_old, add_old);
    add_shows(&w, &r, kind->n_specials, begins_old, add_special);
    add_shows(&w, &r, kind->n_fresh, begins_fresh, add_fresh);
    return w;
}

void world_done(struct world *w)
{
    mem_free(w->at);
    w->at = NULL;
}

/* ---- outages ---- */

static bool is_between(utc_t now, int from_day, int to_day)
{
    return now >= WORLD_START + DAYS(from_day) && now < WORLD_START + DAYS(to_day);
}

bool world_is_down(const struct world *w, utc_t now)
{
    return w->kind->has_outages && is_between(now, 20, 22);
}

bool world_is_half_down(const struct world *w, utc_t now)
{
    return w->kind->has_outages && is_between(now, 35, 42);
}
