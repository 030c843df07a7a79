/* arrsim/fill_edges.c — everything odd that a library may hold (behaviours 20–23 of the contract),
 * each title named after what is odd about it where its name is not the point. */
#include "arrsim/model.h"

#include <stdio.h>

static utc_t days_ago(const struct sim *s, int n)
{
    return s->now / DAYS(1) * DAYS(1) - DAYS(n) + HOURS(20);
}

static int series(struct sim *s, const char *name, bool is_monitored)
{
    return sim_add_title(s, &(struct sim_title){.name = name,
                                                .path = "/srv/tv/edge 'quoted' \"twice\"",
                                                .status = "continuing",
                                                .year = 2020,
                                                .runtime = 45,
                                                .external_id = 800000 + (int)s->titles.n,
                                                .is_monitored = is_monitored,
                                                .added = days_ago(s, 500)});
}

static struct sim_item *episode(struct sim *s, int title, int season, int number, utc_t air)
{
    int id = sim_add_item(s, &(struct sim_item){.title = title,
                                                .season = season,
                                                .number = number,
                                                .name = "An Episode",
                                                .air = air,
                                                .is_monitored = true});
    return sim_item(s, id);
}

/* 20 */
static void add_monitoring(struct sim *s)
{
    int special = series(s, "Special", true);
    episode(s, special, 0, 1, days_ago(s, 100));
    int season = series(s, "Unmonitored Season", true);
    episode(s, season, 1, 1, days_ago(s, 100));
    s->titles.at[season - 1].seasons.at[0].is_monitored = false;
    int hidden = series(s, "Unmonitored Series", false);
    episode(s, hidden, 1, 1, days_ago(s, 100));
    int one = series(s, "Unmonitored Episode", true);
    episode(s, one, 1, 1, days_ago(s, 100))->is_monitored = false;
}

/* 21 */
static void add_dates(struct sim *s)
{
    int id = series(s, "No Dates", true);
    episode(s, id, 1, 1, 0)->air_form = SIM_AIR_NONE;
    episode(s, id, 1, 2, days_ago(s, 30))->air_form = SIM_AIR_DATE_ONLY;
    id = series(s, "Future", true);
    episode(s, id, 1, 1, days_ago(s, -30));
    id = series(s, "Just Aired", true);
    episode(s, id, 1, 1, s->now - MINUTES(10)); /* 35 of its 45 minutes are still to come */
    episode(s, id, 1, 2, s->now - MINUTES(50)); /* over, but inside any grace */
    id = series(s, "Untitled", true);
    episode(s, id, 1, 1, days_ago(s, 40))->name = NULL;
    id = series(s, "Same Number Twice", true);
    episode(s, id, 1, 1, days_ago(s, 60));
    episode(s, id, 1, 1, days_ago(s, 60));
    id = series(s, "Daily Without A Date", true);
    s->titles.at[id - 1].type = SIM_DAILY;
    episode(s, id, 2020, 1, 0)->air_form = SIM_AIR_NONE;
}

/* 22 */
static void add_shapes(struct sim *s)
{
    static const char *const names[] = {"Žluťoučký Kůň — 東京",
                                        "مسلسل طويل",
                                        "𝕄𝕒𝕥𝕙 🦊 Fox",
                                        "",
                                        "Twin",
                                        "Twin",
                                        "Quote \" Back \\ Slash / <b>Tag</b> & Co"};
    for (size_t i = 0; i < COUNT(names); i++)
        episode(s, series(s, names[i], true), 1, 1, days_ago(s, 70));
    int id = series(s, "No Statistics", true);
    s->titles.at[id - 1].has_no_statistics = true;
    id = series(s, "No Seasons", true);
    s->titles.at[id - 1].has_no_seasons = true;
    id = series(s, "Two Thousand", true);
    for (int k = 0; k < 2000; k++)
        episode(s, id, k / 20 + 1, k % 20 + 1, days_ago(s, 4000 - k));
}

static struct sim_title *movie(struct sim *s, const char *name, const char *status, int year)
{
    int id = sim_add_title(s, &(struct sim_title){.name = name,
                                                  .path = "/srv/movies/edge 'quoted' \"twice\"",
                                                  .status = status,
                                                  .year = year,
                                                  .runtime = 100,
                                                  .external_id = 900000 + (int)s->titles.n,
                                                  .is_monitored = true,
                                                  .added = days_ago(s, 500)});
    return sim_title(s, id);
}

/* 23 */
static void add_movies(struct sim *s)
{
    static const char *const names[] = {
        "Žluťoučký Kůň — 東京", "فيلم", "𝕄𝕒𝕥𝕙 🦊 Fox", "", "Twin", "Twin"};
    for (size_t i = 0; i < COUNT(names); i++)
        movie(s, names[i], "released", 2019)->digital = days_ago(s, 300);
    movie(s, "No Dates", "released", 2018);
    movie(s, "Year Zero", "released", 0)->digital = days_ago(s, 300);
    movie(s, "Deleted Upstream", "deleted", 2017)->digital = days_ago(s, 300);
    movie(s, "Next Year", "announced", 2027)->cinemas = days_ago(s, -200);
    movie(s, "In Cinemas", "inCinemas", 2026)->cinemas = days_ago(s, 20);
    movie(s, "Long Ago In Cinemas", "released", 2015)->cinemas = days_ago(s, 900);
    struct sim_title *t = movie(s, "Streamed Before Cinemas", "announced", 2027);
    t->digital = days_ago(s, 300);
    t->cinemas = days_ago(s, -200);
    t->min_availability = "inCinemas";
    movie(s, "Announced Counts", "announced", 2028)->min_availability = "announced";
    t = movie(s, "Unmonitored", "released", 2012);
    t->digital = days_ago(s, 300);
    t->is_monitored = false;
}

/* 25: a file of the lowest quality under each profile, one with upgrades forbidden. */
static void add_cutoffs(struct sim *s)
{
    char name[32];
    for (int profile = 1; profile_of(profile); profile++) {
        snprintf(name, sizeof name, "Profile %d", profile);
        int id =
            s->app == SIM_SONARR ? series(s, name, true) : movie(s, name, "released", 2016)->id;
        struct sim_title *t = &s->titles.at[id - 1];
        t->profile = profile;
        t->digital = days_ago(s, 300);
        int item = s->app == SIM_SONARR ? episode(s, id, 1, 1, days_ago(s, 300))->id : id;
        sim_add_file(s, item, 1, 0);
    }
}

void sim_fill_edges(struct sim *s)
{
    if (s->app == SIM_SONARR) {
        add_monitoring(s);
        add_dates(s);
        add_shapes(s);
    } else {
        add_movies(s);
    }
    add_cutoffs(s);
}
