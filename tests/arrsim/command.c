/* arrsim/command.c — the servers' command queue: three workers, duplicates, what is forgotten, and
 * what a restart does. What a search finds is search.c's. */
#include "arrsim/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

enum { WORKERS = 3, REFRESH_EVERY_S = 90, RECEIVER_S = 100 };
#define MEMORY SECONDS(313) /* how long message and result are kept (measured) */

/* clang-format off */
static const struct command_type types[] = {
    {"EpisodeSearch",            "Episode Search",             CMD_EPISODE_SEARCH, 1, "episodeIds"},
    {"SeasonSearch",             "Season Search",              CMD_SEASON_SEARCH,  1, NULL, .has_series = true, .has_season = true},
    {"SeriesSearch",             "Series Search",              CMD_SERIES_SEARCH,  1, NULL, .has_series = true},
    {"MissingEpisodeSearch",     "Missing Episode Search",     CMD_MISSING_EPISODES, 1, NULL, .has_monitored = true},
    {"CutoffUnmetEpisodeSearch", "Cutoff Unmet Episode Search", CMD_CUTOFF_EPISODES, 1, NULL, .has_monitored = true},
    {"RefreshSeries",            "Refresh Series",             CMD_REFRESH_SERIES, 1, NULL, .has_series = true},
    {"MoviesSearch",             "Movies Search",              CMD_MOVIES_SEARCH,  2, "movieIds"},
    {"MissingMoviesSearch",      "Missing Movies Search",      CMD_MISSING_MOVIES, 2, NULL},
    {"CutoffUnmetMoviesSearch",  "Cut Off Unmet Movies Search", CMD_CUTOFF_MOVIES, 2, NULL},
    {"RefreshMovie",             "Refresh Movie",              CMD_REFRESH_MOVIE,  2, "movieIds"},
    {"RefreshMonitoredDownloads", "Refresh Monitored Downloads", CMD_OTHER, 3, NULL},
    {"ProcessMonitoredDownloads", "Process Monitored Downloads", CMD_OTHER, 3, NULL},
    {"RssSync",                  "Rss Sync",                   CMD_OTHER, 3, NULL},
    {"CheckHealth",              "Check Health",               CMD_OTHER, 3, NULL},
    {"MessagingCleanup",         "Messaging Cleanup",          CMD_OTHER, 3, NULL},
    {"Backup",                   "Backup",                     CMD_OTHER, 3, NULL},
};
/* clang-format on */

const struct command_type *command_type_of(enum sim_app app, const char *name)
{
    for (size_t i = 0; i < COUNT(types); i++)
        if (str_case_eq(types[i].name, name) && types[i].apps & (1 << app))
            return &types[i];
    return NULL;
}

void command_done(struct command *c)
{
    vec_done(&c->ids);
    vec_done(&c->steps);
}

static bool holds(const struct command *c, int id)
{
    for (size_t i = 0; i < c->ids.n; i++)
        if (c->ids.at[i] == id)
            return true;
    return false;
}

/* Lists are compared as sets. */
static bool is_same(const struct command *a, const struct command *b)
{
    if (a->type != b->type || a->has_ids != b->has_ids || a->series != b->series ||
        a->season != b->season || a->ids.n != b->ids.n)
        return false;
    for (size_t i = 0; i < b->ids.n; i++)
        if (!holds(a, b->ids.at[i]))
            return false;
    return true;
}

static struct command *duplicate_of(struct sim *s, const struct command *like)
{
    for (size_t i = 0; i < s->active_commands.n; i++) {
        struct command *c = &s->commands.at[s->active_commands.at[i]];
        if (is_same(c, like))
            return c;
    }
    return NULL;
}

static size_t count_in_flight(const struct sim *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->active_commands.n; i++) {
        const struct command *c = &s->commands.at[s->active_commands.at[i]];
        n += c->type->kind < CMD_REFRESH_SERIES && !c->by_user;
    }
    return n;
}

size_t sim_most_in_flight(const struct sim *s)
{
    return s->most_in_flight;
}

struct command *command_post(struct sim *s, struct command *like)
{
    struct command *older = is_on(s, B_duplicate_commands) ? duplicate_of(s, like) : NULL;
    if (older)
        return older;
    struct command c = TAKE_STRUCT(*like);
    c.id = (int)s->commands.n + 1;
    c.state = ST_QUEUED;
    c.queued = s->now;
    c.ready = s->now + (is_on(s, B_starts_at_once) ? 0 : 2);
    if (is_on(s, B_busy_workers) && s->busy_until <= s->now)
        s->busy_until = s->now + MINUTES(4);
    if (is_on(s, B_busy_workers))
        c.ready = MAX(c.ready, s->busy_until);
    vec_push(&s->active_commands, (int)s->commands.n);
    vec_push(&s->commands, c);
    s->most_in_flight = MAX(s->most_in_flight, count_in_flight(s));
    return &s->commands.at[s->commands.n - 1];
}

int sim_user_search(struct sim *s, const int items[], size_t n)
{
    sim_advance(s);
    struct command c = {
        .type = command_type_of(s->app, s->app == SIM_SONARR ? "EpisodeSearch" : "MoviesSearch"),
        .has_ids = true,
        .priority = 1,
        .trigger = "manual",
        .by_user = true};
    for (size_t i = 0; i < n; i++)
        vec_push(&c.ids, items[i]);
    int id = command_post(s, &c)->id;
    command_done(&c);
    return id;
}

struct command *command_find(struct sim *s, int id)
{
    if (id < 1 || (size_t)id > s->commands.n)
        return NULL;
    struct command *c = &s->commands.at[id - 1];
    bool is_over = c->state != ST_QUEUED && c->state != ST_STARTED;
    if (is_over && is_on(s, B_commands_forget) && s->now > c->ended + HOURS(24))
        return NULL;
    return c;
}

bool command_remembers(const struct sim *s, const struct command *c)
{
    if (c->is_forgotten)
        return false;
    return !c->ended || !is_on(s, B_commands_forget) || s->now <= c->ended + MEMORY;
}

static void deactivate(struct sim *s, int index)
{
    for (size_t i = 0; i < s->active_commands.n; i++)
        if (s->active_commands.at[i] == index) {
            memmove(&s->active_commands.at[i], &s->active_commands.at[i + 1],
                    (s->active_commands.n - i - 1) * sizeof(int));
            s->active_commands.n--;
            return;
        }
}

/* Only memory forgets it: the row stays queued for ever, and comes back at a restart. */
bool command_cancel(struct sim *s, int id)
{
    struct command *c = command_find(s, id);
    if (!c || c->state != ST_QUEUED || c->is_cancelled)
        return false;
    c->is_cancelled = true;
    deactivate(s, id - 1);
    return true;
}

bool sim_user_cancel(struct sim *s)
{
    sim_advance(s);
    for (size_t i = s->active_commands.n; i > 0; i--)
        if (command_cancel(s, s->active_commands.at[i - 1] + 1))
            return true;
    return false;
}

static int count_started(const struct sim *s)
{
    int n = 0;
    for (size_t i = 0; i < s->active_commands.n; i++)
        n += s->commands.at[s->active_commands.at[i]].state == ST_STARTED;
    return n;
}

/* Among those that may start now: by priority, then by time. Else who may start first. */
static bool goes_before(const struct sim *s, const struct command *a, const struct command *b)
{
    if (a->ready <= s->now && b->ready <= s->now && a->priority != b->priority)
        return a->priority > b->priority;
    return a->ready < b->ready;
}

/* NULL: nobody waits, or no worker is free. */
static struct command *next_to_start(const struct sim *s)
{
    struct command *best = NULL;
    if (count_started(s) >= WORKERS)
        return NULL;
    for (size_t i = 0; i < s->active_commands.n; i++) {
        struct command *c = &s->commands.at[s->active_commands.at[i]];
        if (c->state == ST_QUEUED && (!best || goes_before(s, c, best)))
            best = c;
    }
    return best;
}

static struct command *next_to_step(const struct sim *s)
{
    struct command *best = NULL;
    for (size_t i = 0; i < s->active_commands.n; i++) {
        struct command *c = &s->commands.at[s->active_commands.at[i]];
        if (c->state == ST_STARTED && (!best || c->step_end < best->step_end))
            best = c;
    }
    return best;
}

utc_t command_next(const struct sim *s)
{
    const struct command *start = next_to_start(s), *step = next_to_step(s);
    utc_t at = step ? step->step_end : INT64_MAX;
    return start ? MIN(at, MAX(start->ready, s->now)) : at;
}

static void finish(struct sim *s, struct command *c)
{
    const char *fails = c->at_step < c->steps.n ? c->steps.at[c->at_step].fails : NULL;
    c->ended = s->now;
    c->state = fails ? ST_FAILED : ST_COMPLETED;
    deactivate(s, c->id - 1);
    if (fails)
        snprintf(c->exception, sizeof c->exception, "%s", fails);
    snprintf(c->message, sizeof c->message, "%s", fails ? "Failed" : "Completed");
    bool counts = !fails && !is_old(s) && c->type->kind < CMD_REFRESH_SERIES;
    if (!counts)
        return;
    bool last_only = c->type->kind == CMD_EPISODE_SEARCH && is_on(s, B_message_last_id_only);
    int n = last_only ? c->n_grabbed_last : c->n_grabbed;
    if (c->type->kind <= CMD_SERIES_SEARCH)
        snprintf(c->message, sizeof c->message, "%.20s completed. %d reports downloaded.",
                 c->type->title, n);
    else
        snprintf(c->message, sizeof c->message,
                 "Completed search for %zu %s. %d reports downloaded.", c->steps.n,
                 s->app == SIM_SONARR ? "episodes" : "movies", n);
    /* "Episode search completed": only the first word is capital there. */
    char *second = strchr(c->message, ' ');
    if (second && second[1] == 'S')
        second[1] = 's';
}

static void begin(struct sim *s, struct command *c)
{
    c->state = ST_STARTED;
    c->started = s->now;
    c->at_step = 0;
    steps_plan(s, c);
    if (c->steps.n)
        step_begin(s, c);
    else
        c->step_end = s->now + (c->type->kind == CMD_OTHER ? 20 : 2);
}

/* The search's own thread sends its webhooks: it stands still until they are answered or given up.
 */
static bool waits_for_receiver(struct sim *s, struct command *c, int n_grabbed)
{
    c->is_telling = n_grabbed > 0 && is_on(s, B_webhooks) && is_on(s, B_deaf_receiver);
    if (c->is_telling)
        c->step_end = s->now + n_grabbed * SECONDS(RECEIVER_S);
    return c->is_telling;
}

static void step(struct sim *s, struct command *c)
{
    bool fails = c->at_step < c->steps.n && c->steps.at[c->at_step].fails;
    if (c->at_step < c->steps.n && !fails) {
        int before = c->n_grabbed;
        if (!c->is_telling)
            step_end(s, c);
        if (waits_for_receiver(s, c, c->n_grabbed - before))
            return;
        c->at_step++;
    }
    if (!fails && c->at_step < c->steps.n)
        step_begin(s, c);
    else
        finish(s, c);
}

void command_step(struct sim *s, utc_t now)
{
    struct command *running = next_to_step(s), *waiting = next_to_start(s);
    if (running && running->step_end <= now)
        step(s, running);
    else if (waiting)
        begin(s, waiting);
}

static void restart_one(struct sim *s, struct command *c, utc_t boot)
{
    bool comes_back =
        c->state == ST_QUEUED && (!c->is_cancelled || is_on(s, B_cancelled_resurrect));
    c->is_forgotten |= c->state != ST_QUEUED;
    if (c->state == ST_STARTED) {
        c->state = ST_ORPHANED;
        c->ended = boot;
    }
    if (!comes_back)
        return;
    c->is_cancelled = false;
    c->ready = boot + 50;
    vec_push(&s->active_commands, c->id - 1);
}

void commands_restart(struct sim *s, utc_t boot)
{
    s->active_commands.n = 0;
    for (size_t i = 0; i < s->commands.n; i++)
        restart_one(s, &s->commands.at[i], boot);
}

void commands_shift(struct sim *s, ms_t by, bool what_is_written)
{
    for (size_t i = 0; i < s->active_commands.n; i++) {
        struct command *c = &s->commands.at[s->active_commands.at[i]];
        c->ready += by;
        c->step_end += by;
        c->queued += what_is_written ? by : 0;
        c->started += what_is_written && c->started ? by : 0;
    }
}
