/* scenario/month_judge.c — searches from the record, by command and by item, and what must hold of
 * them. */
#include "scenario/month_judge.h"

#include <stdlib.h>

#include "base/str.h"
#include "store/searches.h"

/* Between our intent and the search: the server's own queue behind other commands. */
static const ms_t slip = SECONDS(30);
static const ms_t cooldown = HOURS(12);

/* One item that a command searched. */
struct touch {
    utc_t at;
    int item, release;
    bool is_pack, is_answered, is_found, is_lacking;
};
/* One command. */
struct search {
    utc_t at;
    int64_t command;
    size_t first, n; /* its touches */
    bool is_pack;
    int n_found, n_lacking_found, n_lacking;
    int n_releases; /* that it found: a whole season may be one */
    int n_credits;  /* attempts that were judged grabbed with it */
};
struct record {
    VEC(struct touch) touches;
    VEC(struct search) searches; /* in the order of time, as the touches are */
};

static void record_done(struct record *r)
{
    vec_done(&r->touches);
    vec_done(&r->searches);
}

/* ---- reading the record ---- */

static bool is_ours(const struct sim_search *x)
{
    return !x->by_user && str_eq(x->trigger, "manual");
}

static bool has_release(const struct record *r, const struct search *s, int release)
{
    for (size_t i = s->first; i < s->first + s->n; i++)
        if (r->touches.at[i].release == release)
            return true;
    return false;
}

static void add_touch(struct record *r, const struct sim_search *x)
{
    struct search *last = r->searches.n ? &r->searches.at[r->searches.n - 1] : NULL;
    if (!last || last->command != x->command) {
        struct search fresh = {
            .at = x->at, .command = x->command, .first = r->touches.n, .is_pack = x->is_pack};
        vec_push(&r->searches, fresh);
        last = &r->searches.at[r->searches.n - 1];
    }
    struct touch t = {.at = x->at,
                      .item = x->item,
                      .release = x->release,
                      .is_pack = x->is_pack,
                      .is_answered = x->n_answered > 0,
                      .is_found = x->found,
                      .is_lacking = !x->has_file};
    last->n_releases += t.release && !has_release(r, last, t.release);
    vec_push(&r->touches, t);
    last->n++;
    last->n_found += t.is_found;
    last->n_lacking += t.is_lacking;
    last->n_lacking_found += t.is_lacking && t.is_found;
}

/* A search that reached no indexer may come again soon. */
static void read_record(const struct stage *s, const struct sim *sim, struct record *ret)
{
    const struct sim_search *all;
    size_t n = world_searches(s->world, &all);
    for (size_t i = 0; i < n; i++)
        if (all[i].sim == sim && is_ours(&all[i]) && all[i].n_reached > 0)
            add_touch(ret, &all[i]);
}

/* ---- caps and hours ---- */

static bool is_closed(const struct closed *c, utc_t at)
{
    enum { OF_DAY = 24 * 60 };
    int64_t minute = at / MINUTES(1), day = minute / OF_DAY;
    int of_day = (int)(minute % OF_DAY);
    unsigned weekday = (unsigned)((day + 3) % 7); /* 1970-01-01 was a Thursday */
    return c->days >> weekday & 1 && of_day >= c->from && of_day < c->to;
}

/* A search that was posted in time may begin a moment later. */
static bool was_closed(const struct month_row *r, const struct closed *for_all, utc_t at)
{
    for (int i = 0; i < MONTH_PARTS; i++)
        if (is_closed(&r->closed[i], at) && is_closed(&r->closed[i], at - slip))
            return true;
    return is_closed(for_all, at) && is_closed(for_all, at - slip);
}

/* The most in any window of that length. */
static int most_in(const struct record *r, ms_t window)
{
    size_t most = 0;
    for (size_t i = 0, k = 0; i < r->searches.n; i++) {
        while (r->searches.at[i].at - r->searches.at[k].at >= window - slip)
            k++;
        most = MAX(most, i - k + 1);
    }
    return (int)most;
}

/* ---- grace ---- */

/* When it is out: the broadcast over, or the movie to be had at home; 0: not known. */
static utc_t released(const struct month_row *r, struct sim *sim, int item)
{
    const struct sim_item *it = sim_item(sim, item);
    const struct sim_title *t = sim_title(sim, it->title);
    if (r->app == SIM_SONARR)
        return it->air + MINUTES(t->runtime);
    return MIN(t->digital, t->physical ? t->physical : t->digital);
}

/* Of a season the newest episode counts; a burst needs no grace. */
static bool is_early(const struct month_row *r, struct sim *sim, const struct record *all,
                     const struct search *s)
{
    ms_t grace = r->burst ? 0 : HOURS(6);
    for (size_t i = s->first; i < s->first + s->n; i++)
        if (s->at < released(r, sim, all->touches.at[i].item) + grace)
            return true;
    return false;
}

/* ---- cooldowns ---- */

/* How soon again counts as too soon: in a burst its own spacing, else the cooldown. */
static ms_t spacing(const struct month_row *r, struct sim *sim, const struct touch *x)
{
    bool is_fresh = x->at - released(r, sim, x->item) < HOURS(6);
    return r->burst && is_fresh ? r->burst : cooldown;
}

/* The newest search before touch `i` of the same item: alone, or with its season; NULL: none. One
 * that every indexer failed is none. */
static const struct touch *before(const struct record *r, size_t i, bool is_pack)
{
    const struct touch *x = &r->touches.at[i];
    while (i-- > 0)
        if (r->touches.at[i].item == x->item && r->touches.at[i].is_pack == is_pack &&
            r->touches.at[i].is_answered)
            return &r->touches.at[i];
    return NULL;
}

/* An episode may follow its season at once when that did not find it and the queue falls back. */
static bool is_episode_soon(const struct month_row *r, struct sim *sim, const struct record *all,
                            size_t i)
{
    const struct touch *x = &all->touches.at[i], *alone = before(all, i, false),
                       *pack = before(all, i, true);
    utc_t early = x->at - spacing(r, sim, x) + slip;
    bool may_follow = r->falls_back && pack && !pack->is_found;
    return (alone && alone->at > early) || (pack && pack->at > early && !may_follow);
}

/* A season rests after a search of it, and while all that it lacks was searched lately. */
static bool is_season_soon(const struct record *all, const struct search *s)
{
    utc_t early = s->at - cooldown + slip;
    bool has_rested = false;
    for (size_t i = s->first; i < s->first + s->n; i++) {
        const struct touch *alone = before(all, i, false), *pack = before(all, i, true);
        if (pack && pack->at > early)
            return true;
        has_rested |= all->touches.at[i].is_lacking && !(alone && alone->at > early);
    }
    return !has_rested;
}

static bool is_soon(const struct month_row *r, struct sim *sim, const struct record *all,
                    const struct search *s)
{
    return s->is_pack ? is_season_soon(all, s) : is_episode_soon(r, sim, all, s->first);
}

/* ---- turns ---- */

/* To be searched from the first day on; those of which nothing ever came, to the last. */
static bool was_wanted(const struct stage *s, const struct month_row *r, struct sim *sim,
                       const struct sim_item *it)
{
    return (!it->file || it->n_used) && it->is_monitored &&
           sim_title(sim, it->title)->is_monitored &&
           released(r, sim, it->id) < s->clock.start - HOURS(6);
}

static bool is_wanted_still(const struct stage *s, const struct month_row *r, struct sim *sim,
                            const struct sim_item *it)
{
    return was_wanted(s, r, sim, it) && !it->n_used;
}

static int count_items(struct sim *sim)
{
    int n = 0;
    while (sim_item(sim, n + 1))
        n++;
    return n;
}

static int count_wanted(const struct stage *s, const struct month_row *r, struct sim *sim)
{
    int n = 0;
    for (int item = count_items(sim); item > 0; item--)
        n += was_wanted(s, r, sim, sim_item(sim, item));
    return n;
}

/* The longest that one of those had to wait for its first search, the next, or the end. */
static ms_t longest_wait(const struct stage *s, const struct month_row *r, struct sim *sim,
                         const struct record *record)
{
    int n = count_items(sim);
    CLEANUP(freep) utc_t *last = mem_zeroed(((size_t)n + 1) * sizeof *last);
    ms_t longest = 0;
    for (size_t i = 0; i < record->touches.n; i++) {
        const struct touch *x = &record->touches.at[i];
        ms_t wait = x->at - (last[x->item] ? last[x->item] : s->clock.start);
        last[x->item] = x->at;
        if (is_wanted_still(s, r, sim, sim_item(sim, x->item)))
            longest = MAX(longest, wait);
    }
    for (int item = 1; item <= n; item++)
        if (is_wanted_still(s, r, sim, sim_item(sim, item)))
            longest = MAX(longest,
                          clock_utc(&s->clock.clock) - (last[item] ? last[item] : s->clock.start));
    return longest;
}

/* ---- attribution ---- */

struct crediting {
    const struct month_row *row;
    struct record *record;
    struct outcome *outcome;
};

static struct search *search_of(struct record *r, int64_t command)
{
    for (size_t i = 0; i < r->searches.n; i++)
        if (r->searches.at[i].command == command)
            return &r->searches.at[i];
    return NULL;
}

/* Credited where it found something, once, as what it found, release by release. Old servers do not
 * tell our grabs from others': there those that are none are counted. */
static void on_attempt(void *ctx, const struct attempt *a)
{
    struct crediting *x = ctx;
    if (a->state != ATTEMPT_JUDGED || a->verdict != VERDICT_GRABBED)
        return;
    struct search *s = search_of(x->record, a->command_id);
    bool is_ours = s && s->n_found > 0;
    bool is_right = is_ours && s->n_credits == 0 && a->grabs == s->n_releases &&
                    a->is_partial == (s->is_pack && s->n_lacking_found < s->n_lacking);
    x->outcome->n_credited += is_ours;
    x->outcome->n_partial += a->is_partial;
    x->outcome->n_false += !is_ours;
    x->outcome->n_wrong += x->row->is_old ? is_ours && s->n_credits > 0 : !is_right;
    if (s)
        s->n_credits++;
}

bool month_judge(struct stage *s, const struct month_row *r, const struct closed *for_all,
                 struct outcome *ret, struct err *e)
{
    CLEANUP(record_done) struct record record = {0};
    struct sim *sim = world_sim(s->world, r->name);
    const struct attempt_filter filter = {.instance = r->name, .limit = SIZE_MAX};
    read_record(s, sim, &record);
    *ret = (struct outcome){.n_searches = (int)record.searches.n,
                            .n_wanted = count_wanted(s, r, sim),
                            .longest_wait = longest_wait(s, r, sim, &record),
                            .most_hour = most_in(&record, HOURS(1)),
                            .most_day = most_in(&record, HOURS(24))};
    for (size_t i = 0; i < record.searches.n; i++) {
        const struct search *x = &record.searches.at[i];
        ret->n_packs += x->is_pack;
        ret->n_found += x->n_found > 0;
        ret->n_closed += was_closed(r, for_all, x->at);
        ret->n_early += is_early(r, sim, &record, x);
        ret->n_soon += is_soon(r, sim, &record, x);
    }
    struct crediting x = {.row = r, .record = &record, .outcome = ret};
    return attempts_each(s->store, &filter, on_attempt, &x, e);
}

/* The promise of the engine page, section 7: each has its turn within 2·⌈N / rate⌉; a day more
 * where the server or its indexers were away for so long. */
static bool had_their_turn(const struct month_row *r, const struct outcome *v)
{
    if (!r->per_day)
        return true;
    int days = 2 * ((v->n_wanted + r->per_day - 1) / r->per_day);
    return v->longest_wait <= DAYS(days + r->has_outage);
}

bool month_is_fine(const struct month_row *r, const struct outcome *v)
{
    bool has_packs = v->n_packs > 0;
    return had_their_turn(r, v) && v->n_searches > 0 && has_packs == (r->packs != NULL) &&
           v->most_hour <= MONTH_CAP_HOUR && v->most_day <= MONTH_CAP_DAY && !v->n_closed &&
           !v->n_early && !v->n_soon && !v->n_wrong && v->n_credited == v->n_found;
}
