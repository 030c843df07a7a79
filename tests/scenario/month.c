/* scenario/month.c — thirty days left running: nine servers, every kind of schedule, two outages,
 * a day without indexers, hands in the UI, and the program killed once a day. At the end the
 * servers' own record of what was searched is held against what was declared.
 *
 * usage: month [TITLES]   so many series on each Sonarr (default 5, of 50 episodes each), twenty
 * times as many movies on each Radarr (behaviour 35: hands in the UI and RSS beside us)
 *
 * Demanded: no cap exceeded in any rolling window, nothing searched in closed hours, before its
 * grace is over or twice inside its cooldown (bursts by their own rule), seasons like items, no
 * grab lost; on servers that tell where a release came from every grab is attributed once that was
 * ours and no other, as the whole season or a part of it; on the others the rate of false ones is
 * printed (of RSS that brings just what was searched in vain). What is wanted has its turn within
 * its bound, seasons that lack enough as a whole. */
#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"
#include "scenario/month_judge.h"

enum {
    DAYS_RUN = 30,
    EPISODES_EACH = 50,
    MOVIES_EACH = 20,
    SERIES_PACKED = 12,
    SEASONS_EACH = 3,
    OF_SEASON = 10,
    BATCH = 20
};
#define EVERY_DAY 0x7F
#define H(hour, minute) ((hour)*60 + (minute))

static const struct month_row rows[] = {
    {.name = "plain",
     .schedule = "{every: 6h}",
     .packs = "{min_missing: 2, min_ratio: 20%, ended_only: false, fallback: none}",
     .per_day = MONTH_CAP_DAY,
     .has_outage = true},
    /* Berlin's winter is UTC+1: open from 21:00 to 05:00 but for 01:00 to 02:30 */
    {.name = "nightly",
     .schedule = "{every: 2h, timezone: Europe/Berlin, windows: [daily 22:00-06:00], "
                 "blackout: [daily 02:00-03:30]}",
     .closed = {{EVERY_DAY, H(5, 0), H(21, 0)}, {EVERY_DAY, H(1, 0), H(2, 30)}},
     .packs = "{min_ratio: 30%, ended_only: false}",
     .falls_back = true,
     .per_day = BATCH},
    /* At eight an hour a batch of twenty takes two and a half. */
    {.name = "moments",
     .app = SIM_RADARR,
     .schedule = "{at: [daily 03:30, sun 14:00]}",
     .closed = {{EVERY_DAY, H(0, 0), H(3, 30)},
                {EVERY_DAY, H(7, 0), H(14, 0)},
                {0x3F, H(14, 0), H(24, 0)},
                {0x40, H(17, 30), H(24, 0)}},
     .per_day = BATCH},
    /* Off season it waits for a week: no bound is promised. */
    {.name = "air",
     .schedule =
         "{every: 12h, adaptive: {airing: 1h, off_season: 7d}, burst: {every: 15m, for: 6h}}",
     .burst = MINUTES(15),
     .has_webhooks = true},
    {.name = "jitter",
     .app = SIM_RADARR,
     .schedule = "{every: 4h, jitter: 30m}",
     .per_day = MONTH_CAP_DAY,
     .has_outage = true},
    {.name = "old-tv",
     .is_old = true,
     .schedule = "{every: 12h, windows: [weekends 00:00-24:00, wed 10:00-12:00]}",
     .closed = {{0x1B, H(0, 0), H(24, 0)}, {0x04, H(0, 0), H(10, 0)}, {0x04, H(12, 0), H(24, 0)}},
     .packs = "{min_ratio: 30%, ended_only: false, fallback: none}",
     .per_day = 5 * BATCH / 7},
    {.name = "old-films",
     .app = SIM_RADARR,
     .is_old = true,
     .schedule = "{every: 8h, blackout: [weekdays 08:00-17:00]}",
     .closed = {{0x1F, H(8, 0), H(17, 0)}},
     .per_day = 2 * BATCH,
     .has_outage = true,
     .has_webhooks = true},
    {.name = "small", .schedule = "{every: 3h}", .per_day = MONTH_CAP_DAY},
    {.name = "seasons",
     .schedule = "{every: 3h}",
     .packs = "{}",
     .falls_back = true,
     .per_day = MONTH_CAP_DAY,
     .has_webhooks = true},
};
/* settings.blackout, for all of them */
static const struct closed for_all = {0x01, H(4, 0), H(5, 0)};

/* ---- the world ---- */

/* Of each series one season lacks everything, one six of ten, one two: too few for a pack. */
static const int lacking[SEASONS_EACH] = {OF_SEASON, 6, 2};

static void add_season(struct sim *sim, int title, int season)
{
    enum { GOOD = 7 };
    for (int n = 1; n <= OF_SEASON; n++) {
        utc_t air = sim_now(sim) - DAYS(400) + DAYS(100 * season + 7 * n);
        int id = sim_add_item(sim, &(struct sim_item){.title = title,
                                                      .season = season,
                                                      .number = n,
                                                      .name = "Part",
                                                      .air = air,
                                                      .is_monitored = true});
        if (n <= OF_SEASON - lacking[season - 1])
            sim_add_file(sim, id, GOOD, 0);
    }
}

static void fill_seasons(struct sim *sim)
{
    for (int i = 0; i < SERIES_PACKED; i++) {
        CLEANUP(freep) char *name = mem_printf("Finished %d", i + 1);
        int title = sim_add_title(sim, &(struct sim_title){.name = name,
                                                           .status = "ended",
                                                           .type = i % 6 == 5   ? SIM_ANIME
                                                                   : i % 6 == 4 ? SIM_DAILY
                                                                                : SIM_STANDARD,
                                                           .year = 2025,
                                                           .runtime = 30,
                                                           .external_id = 920000 + i,
                                                           .is_monitored = true,
                                                           .added = sim_now(sim) - DAYS(300)});
        for (int season = 1; season <= SEASONS_EACH; season++)
            add_season(sim, title, season);
    }
}

static void fill(struct stage *s, const struct month_row *r, int n_titles)
{
    struct sim *sim = world_add(s->world, r->name, r->app, r->is_old ? SIM_OLD : SIM_MODERN);
    sim_behave(sim, "webhooks", r->has_webhooks);
    s->has_webhooks |= r->has_webhooks;
    if (str_eq(r->name, "small"))
        sim_fill_wanted(sim, 150, 0);
    else if (str_eq(r->name, "seasons"))
        fill_seasons(sim);
    else
        sim_fill_big(sim, r->app == SIM_RADARR ? n_titles * MOVIES_EACH : n_titles, EPISODES_EACH);
}

/* A series that airs every four days from tomorrow on, so that bursts have something to do, and
 * grace has. */
static void add_airing(struct stage *s, const char *server)
{
    struct sim *sim = world_sim(s->world, server);
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

/* A movie to be had at home every four days. */
static void add_premieres(struct stage *s, const char *server)
{
    struct sim *sim = world_sim(s->world, server);
    for (int number = 1; number <= 7; number++)
        sim_add_title(sim, &(struct sim_title){.name = "Fresh",
                                               .status = "inCinemas",
                                               .year = 2026,
                                               .runtime = 100,
                                               .external_id = 900100 + number,
                                               .is_monitored = true,
                                               .added = sim_now(sim) - DAYS(20),
                                               .min_availability = "announced",
                                               .cinemas = sim_now(sim) - DAYS(30),
                                               .digital = sim_now(sim) + DAYS(4 * number - 3)});
}

static void add_fresh(struct stage *s)
{
    static const char *const tv[] = {"plain", "nightly", "air", "old-tv"};
    static const char *const films[] = {"jitter", "old-films"};
    for (size_t i = 0; i < COUNT(tv); i++)
        add_airing(s, tv[i]);
    for (size_t i = 0; i < COUNT(films); i++)
        add_premieres(s, films[i]);
    world_behave(s->world, "rss_beside", true);
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
                   MONTH_CAP_HOUR, MONTH_CAP_DAY);
    buf_puts(&b, "queues:\n");
    for (size_t i = 0; i < COUNT(rows); i++)
        buf_printf(&b, "  %s: {instances: [%s], batch: %d, cooldown: 12h, schedule: %s%s%s}\n",
                   rows[i].name, rows[i].name, BATCH, rows[i].schedule,
                   rows[i].packs ? ", season_packs: " : "", rows[i].packs ? rows[i].packs : "");
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
        sim_user_search(sim, &item, 1);
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

static void print_outcome(const struct month_row *r, const struct outcome *v, bool ok)
{
    printf("%-10s %8d %6d %6d %6d %6d %6d %6d %6.1f %6d %8d %7d %6d %6d%s\n", r->name,
           v->n_searches, v->n_packs, v->most_hour, v->most_day, v->n_closed, v->n_early, v->n_soon,
           (double)v->longest_wait / (double)DAYS(1), v->n_found, v->n_credited, v->n_partial,
           v->n_false, v->n_wrong, ok ? "" : "  <- broken");
}

/* Old servers do not tell where a grab came from. */
static void print_false(int n_false, int n_credited)
{
    int n = n_false + n_credited;
    printf("servers without releaseSource: %d of %d grabs credited were not ours (%.1f %%)\n",
           n_false, n, n ? 100.0 * n_false / n : 0);
}

static int judge_all(struct stage *s, struct err *e)
{
    int n_bad = 0, n_false = 0, n_credited = 0;
    printf("%-10s %8s %6s %6s %6s %6s %6s %6s %6s %6s %8s %7s %6s %6s\n", "server", "searches",
           "packs", "hour", "day", "closed", "early", "soon", "waited", "found", "credited",
           "in part", "false", "wrong");
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct outcome v;
        if (!month_judge(s, &rows[i], &for_all, &v, e))
            return -1;
        bool ok = month_is_fine(&rows[i], &v);
        n_bad += !ok;
        n_false += rows[i].is_old ? v.n_false : 0;
        n_credited += rows[i].is_old ? v.n_credited : 0;
        print_outcome(&rows[i], &v, ok);
    }
    print_false(n_false, n_credited);
    return n_bad;
}

/* With five runs a day and a batch of twenty each of 150 wanted items has its turn in a month, and
 * so has each that two dozen seasons and two dozen single episodes lack. */
static int count_forgotten(struct stage *s, const char *server)
{
    struct sim *sim = world_sim(s->world, server);
    int n = 0;
    for (int item = 1; sim_item(sim, item); item++)
        n += !sim_item(sim, item)->file && !sim_was_searched(sim, item);
    return n;
}

/* Seasons that lacked enough and were never searched as a whole. */
static int count_unpacked(struct stage *s)
{
    bool is_searched[SERIES_PACKED][SEASONS_EACH] = {{false}};
    const struct sim *sim = world_sim(s->world, "seasons");
    const struct sim_search *all;
    size_t n = world_searches(s->world, &all);
    int n_never = 0;
    for (size_t i = 0; i < n; i++)
        if (all[i].sim == sim && all[i].is_pack)
            is_searched[all[i].title - 1][all[i].season - 1] = true;
    for (int i = 0; i < SERIES_PACKED; i++)
        for (int k = 0; k < SEASONS_EACH; k++)
            n_never += is_searched[i][k] != (lacking[k] >= 5);
    return n_never;
}

static bool all_had_their_turn(struct stage *s)
{
    static const char *const servers[] = {"small", "seasons"};
    int n_unpacked = count_unpacked(s);
    bool is_fine = n_unpacked == 0;
    for (size_t i = 0; i < COUNT(servers); i++) {
        int n = count_forgotten(s, servers[i]);
        is_fine &= n == 0;
        if (n)
            printf("FAILED %d wanted items of '%s' were never searched\n", n, servers[i]);
    }
    if (n_unpacked)
        printf("FAILED %d seasons were searched whole, or not, against what they lack\n",
               n_unpacked);
    return is_fine;
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
        add_fresh(&s);
    if (ok && declare(&s, &e) && live(&s, &e) && is_state_clean(&s, &e))
        n_bad = judge_all(&s, &e);
    if (n_bad < 0)
        printf("FAILED %s\n", e.msg);
    bool is_fine = n_bad == 0 && all_had_their_turn(&s);
    stage_strike(&s);
    printf("month: %s\n", is_fine ? "every promise held" : "broken");
    return !is_fine;
}
