/* scenario/month.c — thirty days left running: eight servers, every kind of schedule, two outages,
 * a day without indexers, hands in the UI, and the program killed once a day. At the end the
 * servers' own record of what was searched is held against what was declared.
 *
 * usage: month [TITLES]   so many series on each Sonarr (default 5, of 50 episodes each), twenty
 * times as many movies on each Radarr (behaviour 35: hands in the UI and RSS beside us)
 *
 * Demanded: no cap exceeded in any rolling window, nothing searched in closed hours, nothing twice
 * inside its cooldown (bursts by their own rule), no grab lost; on servers that tell where a
 * release came from every grab is attributed that was ours and no other, on the others the rate of
 * false ones is printed. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "scenario/stage.h"
#include "store/searches.h"

enum {
    DAYS_RUN = 30,
    EPISODES_EACH = 50,
    MOVIES_EACH = 20,
    CAP_HOUR = 8,
    CAP_DAY = 60,
    PARTS_MAX = 3
};
/* Between our intent and the search: preflight, and the server's own queue behind other commands.
 */
static const ms_t slip = SECONDS(300);

/* Closed from minute to minute of the UTC day, on days as in a window: bit 0 is Monday. */
struct closed {
    unsigned days;
    int from, to;
};
#define EVERY_DAY 0x7F
#define H(hour, minute) ((hour)*60 + (minute))

static const struct row {
    const char *name;
    enum sim_app app;
    enum sim_profile profile;
    const char *schedule;
    ms_t between; /* two searches of an item at least; bursts: of an item in its burst */
    struct closed closed[PARTS_MAX];
} rows[] = {
    {"plain", SIM_SONARR, SIM_MODERN, "{every: 6h}", HOURS(12), {{0}}},
    /* Berlin's winter is UTC+1: open from 21:00 to 05:00 but for 01:00 to 02:30 */
    {"nightly",
     SIM_SONARR,
     SIM_MODERN,
     "{every: 2h, timezone: Europe/Berlin, windows: [daily 22:00-06:00], blackout: [daily "
     "02:00-03:30]}",
     HOURS(12),
     {{EVERY_DAY, H(5, 0), H(21, 0)}, {EVERY_DAY, H(1, 0), H(2, 30)}}},
    {"moments", SIM_RADARR, SIM_MODERN, "{at: [daily 03:30, sun 14:00]}", HOURS(12), {{0}}},
    {"air",
     SIM_SONARR,
     SIM_MODERN,
     "{every: 12h, adaptive: {airing: 1h, off_season: 7d}, burst: {every: 15m, for: 6h}}",
     MINUTES(15),
     {{0}}},
    {"jitter", SIM_RADARR, SIM_MODERN, "{every: 4h, jitter: 30m}", HOURS(12), {{0}}},
    {"old-tv",
     SIM_SONARR,
     SIM_OLD,
     "{every: 12h, windows: [weekends 00:00-24:00, wed 10:00-12:00]}",
     HOURS(12),
     {{0x1B, H(0, 0), H(24, 0)}, {0x04, H(0, 0), H(10, 0)}, {0x04, H(12, 0), H(24, 0)}}},
    {"old-films",
     SIM_RADARR,
     SIM_OLD,
     "{every: 8h, blackout: [weekdays 08:00-17:00]}",
     HOURS(12),
     {{0x1F, H(8, 0), H(17, 0)}}},
    {"small", SIM_SONARR, SIM_MODERN, "{every: 3h}", HOURS(12), {{0}}},
};
/* settings.blackout, for all of them */
static const struct closed for_all = {0x01, H(4, 0), H(5, 0)};

/* ---- the world ---- */

static void fill(struct stage *s, const struct row *r, int n_titles)
{
    struct sim *sim = world_add(s->world, r->name, r->app, r->profile);
    if (str_eq(r->name, "small"))
        sim_fill_wanted(sim, 150, 0);
    else
        sim_fill_big(sim, r->app == SIM_RADARR ? n_titles * MOVIES_EACH : n_titles, EPISODES_EACH);
}

/* A series that airs every four days from tomorrow on, so that bursts have something to do. */
static void add_airing(struct stage *s)
{
    struct sim *sim = world_sim(s->world, "air");
    int id = sim_add_title(sim, &(struct sim_title){.name = "On the Air",
                                                    .status = "continuing",
                                                    .year = 2026,
                                                    .runtime = 30,
                                                    .external_id = 900001,
                                                    .is_monitored = true,
                                                    .added = sim_now(sim) - DAYS(20)});
    for (int number = 1; number <= 7; number++)
        sim_add_item(sim, &(struct sim_item){.title = id,
                                             .season = 1,
                                             .number = number,
                                             .name = "Fresh",
                                             .air = sim_now(sim) + DAYS(4 * number - 3),
                                             .is_monitored = true});
}

static bool declare(struct stage *s, struct err *e)
{
    CLEANUP(buf_done) struct buf b;
    buf_init(&b, BUF_TEXT);
    buf_puts(&b,
             "version: 1\nsettings: {timezone: UTC, blackout: [mon 04:00-05:00]}\ninstances:\n");
    for (size_t i = 0; i < COUNT(rows); i++)
        buf_printf(&b,
                   "  %s: {type: %s, url: 'http://%s.sim', api_key: {env: SPLINTARR_SCENARIO_KEY}, "
                   "max_requests: 50/s, limits: {searches_per_hour: %d, searches_per_day: %d, "
                   "min_gap: 6m}}\n",
                   rows[i].name, rows[i].app == SIM_SONARR ? "sonarr" : "radarr", rows[i].name,
                   CAP_HOUR, CAP_DAY);
    buf_puts(&b, "queues:\n");
    for (size_t i = 0; i < COUNT(rows); i++)
        buf_printf(&b, "  %s: {instances: [%s], batch: 20, cooldown: 12h, schedule: %s}\n",
                   rows[i].name, rows[i].name, rows[i].schedule);
    struct plan_options options = {0};
    enum plan_status status;
    return stage_write_file(s, "tree/splintarr.yaml", b.at, e) &&
           stage_apply(s, &options, &status, e) && stage_start(s, e);
}

/* ---- the month ---- */

/* What happens to the servers on a day. */
static void trouble(struct stage *s, int day)
{
    if (day == 5)
        sim_restart(world_sim(s->world, "plain"), HOURS(6));
    if (day == 17)
        sim_restart(world_sim(s->world, "old-films"), HOURS(20));
    if (day == 9 || day == 10)
        sim_set_indexers(world_sim(s->world, "jitter"),
                         day == 9 ? SIM_INDEXER_ERROR : SIM_INDEXER_UP);
}

/* Somebody searches by hand, and something arrives by RSS: none of ours. */
static void meddle(struct stage *s, int day)
{
    struct sim *sim;
    for (size_t i = 0; (sim = world_sim_at(s->world, i)); i++) {
        int item = 1 + day * 7 % 40;
        const struct sim_item *it = sim_item(sim, item + 1);
        sim_user_search(sim, item);
        if (it && !it->file && !it->download)
            sim_grab(sim, (const int[]){item + 1}, 1);
    }
}

static bool live(struct stage *s, struct err *e)
{
    for (int day = 0; day < DAYS_RUN; day++) {
        trouble(s, day);
        if (!stage_advance(s, HOURS(7) + MINUTES(13 * day), e))
            return false;
        meddle(s, day);
        if (!stage_advance(s, HOURS(17) - MINUTES(13 * day), e))
            return false;
        stage_kill(s);
    }
    return stage_open(s, e);
}

/* ---- what must hold ---- */

struct search {
    utc_t at;
    int item;
};
struct searches {
    struct search *at;
    size_t n, cap;
};

static bool is_ours(const struct sim_search *x)
{
    return !x->by_user && str_eq(x->trigger, "manual");
}

static int by_item(const void *a, const void *b)
{
    const struct search *x = a, *y = b;
    if (x->item != y->item)
        return x->item < y->item ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

static bool is_closed(const struct closed *c, utc_t at)
{
    int64_t minute = at / MINUTES(1), day = minute / H(24, 0);
    int of_day = (int)(minute % H(24, 0));
    unsigned weekday = (unsigned)((day + 3) % 7); /* 1970-01-01 was a Thursday */
    return c->days >> weekday & 1 && of_day >= c->from && of_day < c->to;
}

/* A search that was posted in time may begin a moment later. */
static bool was_closed(const struct row *r, utc_t at)
{
    for (int i = 0; i < PARTS_MAX; i++)
        if (is_closed(&r->closed[i], at) && is_closed(&r->closed[i], at - slip))
            return true;
    return is_closed(&for_all, at) && is_closed(&for_all, at - slip);
}

/* In the order of time: the most in any window of that length. */
static int most_in(const struct searches *all, ms_t window)
{
    size_t most = 0;
    for (size_t i = 0, k = 0; i < all->n; i++) {
        while (all->at[i].at - all->at[k].at >= window - slip)
            k++;
        most = MAX(most, i - k + 1);
    }
    return (int)most;
}

struct outcome {
    int n_searches, most_hour, most_day, n_closed, n_soon, n_found;
    int64_t n_credited;
};

/* How soon again counts as too soon: in a burst its own spacing, else the cooldown. */
static ms_t spacing(const struct row *r, struct sim *sim, const struct search *x)
{
    const struct sim_item *it = sim_item(sim, x->item);
    bool is_fresh = it && x->at - it->air < HOURS(6) + MINUTES(30);
    return is_fresh ? r->between : HOURS(12);
}

static void judge_times(const struct row *r, struct sim *sim, struct searches *all,
                        struct outcome *ret)
{
    ret->n_searches = (int)all->n;
    ret->most_hour = most_in(all, HOURS(1));
    ret->most_day = most_in(all, HOURS(24));
    for (size_t i = 0; i < all->n; i++)
        ret->n_closed += was_closed(r, all->at[i].at);
    if (all->n)
        qsort(all->at, all->n, sizeof *all->at, by_item);
    for (size_t i = 1; i < all->n; i++)
        if (all->at[i].item == all->at[i - 1].item &&
            all->at[i].at - all->at[i - 1].at < spacing(r, sim, &all->at[i]) - slip)
            ret->n_soon++;
}

static void add_grab(void *ctx, const struct attempt *a)
{
    *(int64_t *)ctx += a->state == ATTEMPT_JUDGED && a->verdict == VERDICT_GRABBED;
}

/* A search that reached no indexer may come again soon. */
static bool judge(struct stage *s, const struct row *r, struct outcome *ret, struct err *e)
{
    struct sim *sim = world_sim(s->world, r->name);
    const struct attempt_filter filter = {.instance = r->name, .limit = SIZE_MAX};
    const struct sim_search *all;
    struct searches ours = {0};
    size_t n = world_searches(s->world, &all);
    *ret = (struct outcome){0};
    for (size_t i = 0; i < n; i++) {
        if (all[i].sim != sim || !is_ours(&all[i]))
            continue;
        ret->n_found += all[i].found;
        if (all[i].n_reached > 0)
            vec_push(&ours, (struct search){all[i].at, all[i].item});
    }
    judge_times(r, sim, &ours, ret);
    vec_done(&ours);
    return attempts_each(s->store, &filter, add_grab, &ret->n_credited, e);
}

static bool is_fine(const struct row *r, const struct outcome *v)
{
    bool tells = r->profile != SIM_OLD;
    return v->n_searches > 0 && v->most_hour <= CAP_HOUR && v->most_day <= CAP_DAY &&
           !v->n_closed && !v->n_soon && (!tells || v->n_credited == v->n_found);
}

static int judge_all(struct stage *s, struct err *e)
{
    int n_bad = 0;
    printf("%-10s %8s %6s %6s %6s %6s %6s %8s\n", "server", "searches", "hour", "day", "closed",
           "soon", "found", "credited");
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct outcome v;
        if (!judge(s, &rows[i], &v, e))
            return -1;
        bool ok = is_fine(&rows[i], &v);
        n_bad += !ok;
        printf("%-10s %8d %6d %6d %6d %6d %6d %8" PRId64 "%s\n", rows[i].name, v.n_searches,
               v.most_hour, v.most_day, v.n_closed, v.n_soon, v.n_found, v.n_credited,
               ok ? "" : "  <- broken");
    }
    return n_bad;
}

/* With five runs a day and a batch of twenty each of 150 wanted items has its turn in a month. */
static int count_forgotten(struct stage *s)
{
    struct sim *sim = world_sim(s->world, "small");
    int n = 0;
    for (int item = 1; sim_item(sim, item); item++)
        n += !sim_was_searched(sim, item);
    return n;
}

static bool is_state_clean(struct stage *s, struct err *e)
{
    size_t problems;
    return stage_check(s, &problems, e) &&
           (problems == 0 || err_set(e, ERR_DB, "%zu problems in the state", problems));
}

int main(int argc, char **argv)
{
    struct stage s = {0};
    struct err e = {0};
    int64_t n_titles = 5;
    int n_bad = -1;
    if (argc > 1 && (!str_int(argv[1], &n_titles) || n_titles < 1)) {
        fprintf(stderr, "usage: month [TITLES]\n");
        return 2;
    }
    setenv("SPLINTARR_SCENARIO_KEY", SIM_KEY, 1);
    bool ok = stage_set(&s, 1, &e);
    for (size_t i = 0; ok && i < COUNT(rows); i++)
        fill(&s, &rows[i], (int)n_titles);
    if (ok)
        add_airing(&s);
    if (ok && declare(&s, &e) && live(&s, &e) && is_state_clean(&s, &e))
        n_bad = judge_all(&s, &e);
    int n_forgotten = n_bad < 0 ? 0 : count_forgotten(&s);
    if (n_bad < 0)
        printf("FAILED %s\n", e.msg);
    if (n_forgotten)
        printf("FAILED %d wanted items of 'small' were never searched\n", n_forgotten);
    stage_strike(&s);
    printf("month: %s\n", n_bad || n_forgotten ? "broken" : "every promise held");
    return n_bad || n_forgotten;
}
