/* arrsim/search.c — what a search command really does, step by step, and the log of it. */
#include "arrsim/model.h"

#include <stdio.h>

#include "base/str.h"

#define NO_SUCH_EPISODE                                                                            \
    "NzbDrone.Core.Datastore.ModelNotFoundException: Episode with the given ID does not exist"
#define NO_SUCH_SERIES                                                                             \
    "NzbDrone.Core.Datastore.ModelNotFoundException: Series with the given ID does not exist"
#define NO_SUCH_MOVIE                                                                              \
    "NzbDrone.Core.Datastore.ModelNotFoundException: Movie with the given ID does not exist"
#define NO_AIR_DATE "NzbDrone.Core.Exceptions.SearchFailedException: Air date is missing"
#define NULL_LIST                                                                                  \
    "System.NullReferenceException: Object reference not set to an instance of an object"

static void add_step(struct command *c, int item, int title, int season, const char *fails)
{
    vec_push(&c->steps,
             (struct step){.item = item, .title = title, .season = season, .fails = fails});
}

static void plan_item(struct sim *s, struct command *c, int id)
{
    const struct sim_item *it = sim_item(s, id);
    const char *missing = s->app == SIM_SONARR ? NO_SUCH_EPISODE : NO_SUCH_MOVIE;
    if (!it) {
        add_step(c, id, 0, 0, missing);
        return;
    }
    bool is_dateless = it->air_form == SIM_AIR_NONE &&
                       s->titles.at[it->title - 1].type == SIM_DAILY && s->app == SIM_SONARR;
    add_step(c, id, it->title, it->season, is_dateless ? NO_AIR_DATE : NULL);
}

static bool repeats(const struct command *c, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (c->ids.at[k] == c->ids.at[i])
            return true;
    return false;
}

static void plan_ids(struct sim *s, struct command *c)
{
    if (!c->has_ids)
        add_step(c, 0, 0, 0, NULL_LIST);
    for (size_t i = 0; i < c->ids.n; i++) {
        bool is_bad = s->app == SIM_RADARR && (repeats(c, i) || !sim_item(s, c->ids.at[i]));
        if (is_bad && !is_old(s))
            c->steps.n = 0; /* it asks for all of them first */
        if (is_bad) {
            add_step(c, c->ids.at[i], 0, 0, NO_SUCH_MOVIE);
            return;
        }
        plan_item(s, c, c->ids.at[i]);
    }
}

static void plan_series(struct sim *s, struct command *c)
{
    const struct sim_title *t = sim_title(s, c->series);
    if (!t) {
        add_step(c, 0, 0, 0, NO_SUCH_SERIES);
        return;
    }
    for (size_t i = 0; i < t->seasons.n; i++)
        if (t->seasons.at[i].is_monitored)
            add_step(c, 0, t->id, t->seasons.at[i].number, NULL);
}

static void plan_all(struct sim *s, struct command *c, bool cutoff)
{
    for (size_t i = 0; i < s->items.n; i++) {
        const struct sim_item *it = &s->items.at[i];
        const struct sim_title *t = &s->titles.at[it->title - 1];
        bool fits = cutoff ? it->is_monitored && t->is_monitored && sim_is_below_cutoff(s, it)
                           : sim_is_wanted(s, it);
        if (fits && !it->is_gone && !it->download)
            add_step(c, it->id, it->title, it->season, NULL);
    }
}

void steps_plan(struct sim *s, struct command *c)
{
    switch (c->type->kind) {
    case CMD_EPISODE_SEARCH:
    case CMD_MOVIES_SEARCH: plan_ids(s, c); break;
    case CMD_SEASON_SEARCH:
        add_step(c, 0, c->series, c->season, sim_title(s, c->series) ? NULL : NO_SUCH_SERIES);
        break;
    case CMD_SERIES_SEARCH: plan_series(s, c); break;
    case CMD_MISSING_EPISODES:
    case CMD_MISSING_MOVIES: plan_all(s, c, false); break;
    case CMD_CUTOFF_EPISODES:
    case CMD_CUTOFF_MOVIES: plan_all(s, c, true); break;
    case CMD_REFRESH_SERIES:
    case CMD_REFRESH_MOVIE:
    case CMD_OTHER: break;
    }
}

/* The items one step is about: one, or all of its season. */
static bool covers(const struct step *step, const struct sim_item *it)
{
    if (it->is_gone)
        return false;
    return step->item ? it->id == step->item
                      : it->title == step->title && it->season == step->season;
}

static bool is_in_queue(const struct sim *s, const struct sim_item *it)
{
    return it->download && download_is_visible(s, &s->downloads.at[it->download - 1]);
}

static void log_item(struct sim *s, const struct command *c, const struct step *step,
                     const struct sim_item *it)
{
    struct world *w = s->world;
    vec_push(&w->searches,
             (struct sim_search){.sim = s,
                                 .at = s->now - s->skew,
                                 .steady = s->now - s->skew - w->jumped,
                                 .item = it->id,
                                 .title = it->title,
                                 .season = it->season,
                                 .command = c->id,
                                 .trigger = c->trigger,
                                 .command_name = c->type->name,
                                 .n_reached = c->n_reached,
                                 .n_answered = c->n_answered,
                                 .is_pack = !step->item,
                                 .is_released = sim_is_released(s, it),
                                 .is_monitored =
                                     it->is_monitored && s->titles.at[it->title - 1].is_monitored,
                                 .is_downloading = is_in_queue(s, it),
                                 .has_file = it->file > 0,
                                 .is_special = s->app == SIM_SONARR && it->season == 0,
                                 .by_user = c->by_user});
}

/* 2–15 s; an anime or daily season costs a query per episode more. */
static ms_t duration(struct sim *s, const struct command *c, const struct step *step, size_t n)
{
    if (is_on(s, B_never_ending_commands))
        return SECONDS(1000000);
    if (c->n_reached == 0)
        return 20;
    bool per_episode = !step->item && s->titles.at[step->title - 1].type != SIM_STANDARD;
    ms_t one = SECONDS(2) +
               (ms_t)sim_draw(s, 51, (uint64_t)c->id * 1000 + c->at_step, (uint64_t)SECONDS(13));
    return one + (per_episode ? SECONDS(2) * (ms_t)n : 0);
}

void step_begin(struct sim *s, struct command *c)
{
    const struct step *step = &c->steps.at[c->at_step];
    if (step->fails) {
        c->step_end = s->now + 3;
        return;
    }
    const struct sim_title *t = &s->titles.at[step->title - 1];
    indexers_ask(s, &c->n_reached, &c->n_answered);
    c->first_log = s->world->searches.n;
    for (size_t i = 0; i < t->items.n; i++)
        if (covers(step, &s->items.at[t->items.at[i] - 1]))
            log_item(s, c, step, &s->items.at[t->items.at[i] - 1]);
    c->step_end = s->now + duration(s, c, step, s->world->searches.n - c->first_log);
    snprintf(c->message, sizeof c->message, "Searching indexers for [%.80s]. %d active indexers",
             t->name, c->n_reached);
}

void sim_set_packs(struct sim *s, enum sim_packs packs)
{
    s->packs = packs;
}

static bool is_pack_released(struct sim *s, const struct step *step)
{
    uint64_t season = (uint64_t)step->title * 1000 + (uint64_t)step->season * 7;
    if (s->packs != SIM_PACKS_DRAWN)
        return s->packs == SIM_PACKS_ALL;
    return is_on(s, B_season_packs) &&
           sim_draw(s, 61, season + (uint64_t)(s->now / DAYS(7)), 10) < 4;
}

/* A pack exists when the season is out, all of it is monitored, and a draw of this week says so. */
static bool finds_pack(struct sim *s, const struct step *step, const struct sim_title *t)
{
    if (!is_pack_released(s, step))
        return false;
    for (size_t i = 0; i < t->items.n; i++) {
        const struct sim_item *it = &s->items.at[t->items.at[i] - 1];
        if (covers(step, it) && (!it->is_monitored || !sim_is_released(s, it) || it->download))
            return false;
    }
    return true;
}

static int grab_season(struct sim *s, const struct step *step, const char *source)
{
    struct sim_title *t = &s->titles.at[step->title - 1];
    VEC(int) found = {0};
    bool is_pack = finds_pack(s, step, t);
    for (size_t i = 0; i < t->items.n; i++) {
        struct sim_item *it = &s->items.at[t->items.at[i] - 1];
        if (covers(step, it) &&
            ((is_pack && !it->file) || (it->is_monitored && release_fits_now(s, it, s->now))))
            vec_push(&found, it->id);
    }
    int n = is_pack ? found.n > 0 : (int)found.n;
    if (is_pack && found.n)
        download_start(s, found.at, found.n, source);
    for (size_t i = 0; !is_pack && i < found.n; i++)
        download_start(s, &found.at[i], 1, source);
    vec_done(&found);
    return n;
}

static const char *source_of(const struct command *c)
{
    return str_eq(c->trigger, "manual") ? "UserInvokedSearch" : "Search";
}

static int grab(struct sim *s, struct command *c, const struct step *step)
{
    if (!c->n_answered)
        return 0;
    if (!step->item)
        return grab_season(s, step, source_of(c));
    const struct sim_item *it = sim_item(s, step->item);
    if (!it || !release_fits_now(s, it, s->now))
        return 0;
    download_start(s, &step->item, 1, source_of(c));
    return 1;
}

/* The first thing it looked for that is not there and not on its way. */
static void bring_by_rss(struct sim *s, const struct command *c, const struct step *step)
{
    enum { STREAM = 62, ONE_OF = 50 };
    const struct sim_title *t = &s->titles.at[step->title - 1];
    if (!is_on(s, B_rss_beside) || sim_draw(s, STREAM, (uint64_t)c->id, ONE_OF) != 0)
        return;
    for (size_t i = 0; i < t->items.n; i++) {
        const struct sim_item *it = &s->items.at[t->items.at[i] - 1];
        if (!covers(step, it) || it->file || it->download)
            continue;
        download_start(s, &it->id, 1, "Rss");
        return;
    }
}

void step_end(struct sim *s, struct command *c)
{
    const struct step *step = &c->steps.at[c->at_step];
    size_t before = s->downloads.n;
    int n = grab(s, c, step);
    for (size_t i = before; c->by_user && i < s->downloads.n; i++)
        s->downloads.at[i].is_unasked = true;
    c->n_grabbed += n;
    c->n_grabbed_last = n;
    /* Other commands may have logged meanwhile: take only this command's rows. */
    for (size_t i = c->first_log; i < s->world->searches.n; i++) {
        struct sim_search *row = &s->world->searches.at[i];
        struct sim_item *it = row->sim == s ? sim_item(s, row->item) : NULL;
        if (!it || row->command != c->id || !covers(step, it))
            continue;
        row->found = it->download && s->downloads.at[it->download - 1].grabbed == s->now;
        row->release = row->found ? it->download : 0;
        if (c->n_reached)
            it->last_search = s->now;
    }
    if (!n && !step->fails)
        bring_by_rss(s, c, step);
}
