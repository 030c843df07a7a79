/* arrsim/fill.c — ready-made libraries: that of the recordings, a demo with invented titles, exact
 * numbers of wanted items for scenarios, and big ones for benches. */
#include "arrsim/model.h"

#include <stdio.h>
#include <string.h>

static utc_t day(const char *text)
{
    utc_t t = 0;
    return utc_parse(text, &t) ? t : 0;
}

/* ---- the recordings' library ---- */

static void lab_sonarr(struct sim *s)
{
    int id = sim_add_title(s, &(struct sim_title){.name = "Lab Show",
                                                  .path = "/srv/tv/Lab Show",
                                                  .status = "continuing",
                                                  .genre = "Drama",
                                                  .year = 2015,
                                                  .runtime = 45,
                                                  .external_id = 70001,
                                                  .is_monitored = true,
                                                  .added = day("2026-11-22")});
    static const struct {
        int season, number;
        const char *name, *air;
        bool is_monitored;
    } episodes[] = {
        {0, 1, "Special", "2015-06-01T00:00:00Z", true},
        {1, 1, "One", "2015-01-01T20:00:00Z", true},
        {1, 2, "Two", "2015-01-08T20:00:00Z", true},
        {1, 3, "Three", "2015-01-15T20:00:00Z", false},
        {2, 1, "TBA", NULL, true},
        {2, 2, "Future", "2027-01-01T20:00:00Z", true},
        {2, 3, NULL, "2016-01-15T20:00:00Z", true},
    };
    for (size_t i = 0; i < COUNT(episodes); i++)
        sim_add_item(s,
                     &(struct sim_item){.title = id,
                                        .season = episodes[i].season,
                                        .number = episodes[i].number,
                                        .name = episodes[i].name,
                                        .air = episodes[i].air ? day(episodes[i].air) : 0,
                                        .air_form = episodes[i].air ? SIM_AIR_FULL : SIM_AIR_NONE,
                                        .is_monitored = episodes[i].is_monitored});
}

static void lab_radarr(struct sim *s)
{
    sim_add_title(s, &(struct sim_title){.name = "Lab Movie",
                                         .path = "/srv/movies/Lab Movie (2015)",
                                         .status = "released",
                                         .imdb = "tt0000001",
                                         .year = 2015,
                                         .runtime = 100,
                                         .external_id = 80001,
                                         .is_monitored = true,
                                         .added = day("2026-11-22"),
                                         .cinemas = day("2015-01-01"),
                                         .physical = day("2015-06-01")});
    sim_add_title(s, &(struct sim_title){.name = "Lab Movie Two",
                                         .path = "/srv/movies/Lab Movie Two (2028)",
                                         .status = "announced",
                                         .year = 2028,
                                         .external_id = 80002,
                                         .is_monitored = true,
                                         .added = day("2026-11-22"),
                                         .cinemas = day("2028-01-01")});
    sim_add_title(s, &(struct sim_title){.name = "Lab Unmonitored",
                                         .path = "/srv/movies/Lab Unmonitored (2014)",
                                         .status = "released",
                                         .year = 2014,
                                         .runtime = 90,
                                         .external_id = 80003,
                                         .added = day("2026-11-22")});
}

void sim_fill_lab(struct sim *s)
{
    if (s->app == SIM_SONARR)
        lab_sonarr(s);
    else
        lab_radarr(s);
}

/* ---- generated titles ---- */

static const char *const firsts[] = {"Copper", "Silent",  "Paper",  "Northern", "Hollow", "Amber",
                                     "Winter", "Crooked", "Second", "Velvet",   "Iron",   "Salt"};
static const char *const seconds[] = {"Harbour",    "Orchard",   "Signal",        "Lantern",
                                      "Meridian",   "Quarry",    "Cartographers", "Tide",
                                      "Parliament", "Clockwork", "Garden",        "Letters"};

/* One of 144 names, then numbered. */
static void make_name(int i, char ret[static 64])
{
    const char *a = firsts[i % 12], *b = seconds[i / 12 % 12];
    if (i < 144)
        snprintf(ret, 64, "%s %s", a, b);
    else
        snprintf(ret, 64, "%s %s %d", a, b, i / 144 + 1);
}

struct shape {
    int n_each, missing_in_100, low_in_100, age_days;
    bool is_continuing;
};

static int add_series(struct sim *s, int i, const char *name, const struct shape *shape)
{
    char path[96];
    snprintf(path, sizeof path, "/srv/tv/%s", name);
    return sim_add_title(
        s, &(struct sim_title){.name = name,
                               .path = path,
                               .status = shape->is_continuing ? "continuing" : "ended",
                               .genre = "Drama",
                               .type = i % 10 == 9   ? SIM_ANIME
                                       : i % 10 == 8 ? SIM_DAILY
                                                     : SIM_STANDARD,
                               .year = 2000 + i % 26,
                               .runtime = 30 + i % 4 * 10,
                               .profile = 1 + i % 2,
                               .external_id = 300000 + s->index * 50000 + i,
                               .is_monitored = i % 12 != 11,
                               .added = s->now / DAYS(1) * DAYS(1) - DAYS(300)});
}

static void add_episodes(struct sim *s, int title, const struct shape *shape)
{
    char name[32];
    utc_t first = s->now / DAYS(1) * DAYS(1) + HOURS(20) - DAYS(shape->age_days);
    for (int k = 0; k < shape->n_each; k++) {
        snprintf(name, sizeof name, "Chapter %d", k + 1);
        utc_t air = first + DAYS(7) * k;
        int id = sim_add_item(
            s, &(struct sim_item){.title = title,
                                  .season = k / 10 + 1,
                                  .number = k % 10 + 1,
                                  .absolute = s->titles.at[title - 1].type == SIM_ANIME ? k + 1 : 0,
                                  .name = name,
                                  .air = air,
                                  .is_monitored = k % 25 != 24});
        int draw = (int)sim_draw(s, 71, (uint64_t)id, 100);
        if (air + DAYS(1) < s->now && draw >= shape->missing_in_100)
            sim_add_file(s, id, draw >= 100 - shape->low_in_100 ? 4 : 3, 0);
    }
}

static void add_movie(struct sim *s, int i, const char *name, const struct shape *shape)
{
    char path[96];
    int year = 1980 + i % 45;
    snprintf(path, sizeof path, "/srv/movies/%s (%d)", name, year);
    utc_t out = s->now / DAYS(1) * DAYS(1) - DAYS(shape->age_days);
    int id = sim_add_title(s, &(struct sim_title){.name = name,
                                                  .path = path,
                                                  .status = out < s->now ? "released" : "announced",
                                                  .genre = "Drama",
                                                  .year = year,
                                                  .runtime = 80 + i % 60,
                                                  .profile = 1 + i % 2,
                                                  .external_id = 500000 + s->index * 200000 + i,
                                                  .is_monitored = i % 12 != 11,
                                                  .added = s->now / DAYS(1) * DAYS(1) - DAYS(300),
                                                  .cinemas = out - DAYS(100),
                                                  .digital = out,
                                                  .physical = out + DAYS(40)});
    int draw = (int)sim_draw(s, 72, (uint64_t)id, 100);
    if (out < s->now && draw >= shape->missing_in_100)
        sim_add_file(s, id, draw >= 100 - shape->low_in_100 ? 4 : 7, 0);
}

void sim_fill_big(struct sim *s, int n_titles, int n_each)
{
    char name[64];
    for (int i = 0; i < n_titles; i++) {
        make_name(i, name);
        struct shape shape = {n_each, 33, 10, (int)sim_draw(s, 73, (uint64_t)i, 4000), i % 3 == 0};
        if (s->app == SIM_SONARR) {
            shape.age_days += n_each * 7 - 14; /* the last two are still to air, for the youngest */
            add_episodes(s, add_series(s, i, name, &shape), &shape);
        } else {
            shape.age_days -= 30;
            add_movie(s, i, name, &shape);
        }
    }
}

void sim_fill_demo(struct sim *s)
{
    int kids = sim_add_tag(s, "kids"), keep = sim_add_tag(s, "no-search");
    char name[64];
    for (int i = 0; i < 24; i++) {
        make_name(i * 13 % 144, name);
        struct shape shape = {8 + i % 5 * 4, s->app == SIM_SONARR ? 30 : 45, 25, 60 + i * i * 6,
                              i % 3 == 0};
        if (s->app == SIM_SONARR)
            add_episodes(s, add_series(s, i, name, &shape), &shape);
        else
            add_movie(s, i, name, &shape);
    }
    s->titles.at[4].tags[0] = kids;
    s->titles.at[5].tags[0] = keep;
}

/* All of one year's age, all monitored; those with a file have a low quality. */
static void add_wanted(struct sim *s, int title, int k, bool has_file)
{
    utc_t air = s->now / DAYS(1) * DAYS(1) - DAYS(400) + HOURS(20) + DAYS(k % 300);
    int id = sim_add_item(s, &(struct sim_item){.title = title,
                                                .season = k % 100 / 10 + 1,
                                                .number = k % 10 + 1,
                                                .name = "Wanted",
                                                .air = air,
                                                .is_monitored = true});
    if (has_file)
        sim_add_file(s, id, 4, 0);
}

void sim_fill_wanted(struct sim *s, int n_missing, int n_upgradable)
{
    char name[64];
    utc_t out = s->now / DAYS(1) * DAYS(1) - DAYS(400);
    for (int k = 0; k < n_missing + n_upgradable; k++) {
        make_name(s->app == SIM_SONARR ? k / 100 : k, name);
        struct sim_title t = {.name = name,
                              .status = "ended",
                              .year = 2020,
                              .runtime = 45,
                              .external_id = 600000 + s->index * 100000 + k,
                              .is_monitored = true,
                              .added = out};
        if (s->app == SIM_SONARR) {
            int title = k % 100 == 0 ? sim_add_title(s, &t) : (int)s->titles.n;
            add_wanted(s, title, k, k >= n_missing);
            continue;
        }
        t.status = "released";
        t.digital = out + DAYS(k % 300);
        int id = sim_add_title(s, &t);
        if (k >= n_missing)
            sim_add_file(s, id, 4, 0);
    }
}

/* Quality as good as HD-1080p wants it; every other file's formats are worth 50, the rest 100. */
void sim_fill_scored(struct sim *s, int n)
{
    enum { HD_1080P = 2, BLURAY_1080P = 7 };
    utc_t out = s->now / DAYS(1) * DAYS(1) - DAYS(400);
    for (int k = 0; k < n; k++) {
        struct sim_title t = {.name = "Scored",
                              .status = s->app == SIM_SONARR ? "ended" : "released",
                              .year = 2020,
                              .runtime = 45,
                              .profile = HD_1080P,
                              .external_id = 700000 + s->index * 100000 + k,
                              .is_monitored = true,
                              .added = out,
                              .digital = out};
        int id = s->app == SIM_SONARR && k ? (int)s->titles.n : sim_add_title(s, &t);
        if (s->app == SIM_SONARR)
            id = sim_add_item(s, &(struct sim_item){.title = id,
                                                    .season = 1,
                                                    .number = k + 1,
                                                    .name = "Scored",
                                                    .air = out,
                                                    .is_monitored = true});
        sim_add_file(s, id, BLURAY_1080P, k % 2 ? 100 : 50);
    }
}
