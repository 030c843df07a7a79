/* arrsim/world.h — a world of simulated Sonarr and Radarr servers: what a test builds, disturbs and
 * asks about afterwards.
 *
 * Everything is decided by the seed. Time is the given clock's, run `speed` times as fast, plus
 * each server's own skew. The world evolves only when asked, so an idle one costs nothing. Not
 * thread-safe: the HTTP server holds a lock.
 *
 * For Radarr an item is its movie and has the same id. Pointers to titles, items and files are good
 * until the next sim_add_*. */
#ifndef ARRSIM_WORLD_H
#define ARRSIM_WORLD_H

#include "base/clock.h"
#include "base/vec.h"

struct world;
struct sim; /* one server */

enum sim_app { SIM_SONARR, SIM_RADARR };
enum sim_profile { SIM_OLD, SIM_MODERN }; /* Sonarr 3.0.10, Radarr 3.0.1; 4.0.19, 6.1.0 */

#define SIM_KEY "0123456789abcdef0123456789abcdef" /* a server's key unless sim_set_key */

struct world *world_new(const struct clock *clock, uint64_t seed); /* clock must outlive it */
struct world *world_free(struct world *w);
void world_freep(struct world **w);
void world_set_speed(struct world *w, double times); /* from now on */
utc_t world_now(const struct world *w);

/* ---- servers ---- */

/* Reached in-process as http://NAME.sim. `name` is copied. */
struct sim *world_add(struct world *w, const char *name, enum sim_app app, enum sim_profile p);
struct sim *world_sim(struct world *w, const char *name); /* NULL: no such server */
struct sim *world_sim_at(struct world *w, size_t i);      /* NULL past the last */
const char *sim_name(const struct sim *s), *sim_key(const struct sim *s);
const char *sim_base(const struct sim *s);
void sim_set_key(struct sim *s, const char *key);
void sim_set_base(struct sim *s, const char *base); /* "/sonarr"; "" for none */
void sim_set_skew(struct sim *s, ms_t ahead);       /* its clock against the world's */
void sim_set_clock(struct sim *s, ms_t by);         /* now; what is written down keeps its time */
void world_will_jump(struct world *w, ms_t by);     /* the world's clock, not the servers' */
void sim_set_latency(struct sim *s, ms_t latency);  /* of each answer; 0: the usual 4–40 ms */
utc_t sim_now(const struct sim *s);                 /* by its own clock */
void sim_advance(struct sim *s);                    /* lets everything due happen */

/* Switches a behaviour of behave.def on one server or on all; false: no such name. */
bool sim_behave(struct sim *s, const char *name, bool on);
bool world_behave(struct world *w, const char *name, bool on);

/* Refuses connections for `down`, then is new: started commands orphaned, queued ones run again,
 * cancelled ones back, messages forgotten, the queue empty for a minute. */
void sim_restart(struct sim *s, ms_t down);

/* ---- what it holds ---- */

enum sim_type { SIM_STANDARD, SIM_ANIME, SIM_DAILY };

struct sim_season {
    int number;
    bool is_monitored;
};

struct sim_title {
    int id;
    const char *name, *path, *status, *imdb, *genre; /* path, imdb, genre may be NULL */
    enum sim_type type;
    int year, runtime, profile, external_id; /* external_id: tvdb or tmdb */
    bool is_monitored, is_gone, has_no_statistics, has_no_seasons;
    utc_t added;
    const char *min_availability; /* movies: announced, inCinemas, released */
    utc_t cinemas, physical, digital;
    int tags[4]; /* 0: none */
    VEC(struct sim_season) seasons;
    VEC(int) items;
};

enum sim_air { SIM_AIR_FULL, SIM_AIR_DATE_ONLY, SIM_AIR_NONE };

struct sim_item {
    int id, title, season, number, absolute; /* absolute 0: absent */
    const char *name;                        /* NULL: none */
    utc_t air;
    enum sim_air air_form;
    bool is_monitored, is_gone;
    int file;     /* 0: missing */
    int download; /* 1 + index of its active download; 0: none */
    utc_t last_search;
    /* The release process: how many releases were used up, and from when the next is drawn. */
    int n_used;
    utc_t used_at, forced_at; /* forced_at: sim_set_release */
};

struct sim_file {
    int id, title, season, quality, score;
    int64_t size;
    utc_t added;
    bool is_gone;
};

/* Adding copies, strings too; the returned id is new. To rename, point to a string that lives as
 * long as the world. */
int sim_add_title(struct sim *s, const struct sim_title *like);
int sim_add_item(struct sim *s, const struct sim_item *like); /* Sonarr; adds its season too */
int sim_add_file(struct sim *s, int item, int quality, int score);
int sim_add_tag(struct sim *s, const char *label);
struct sim_title *sim_title(struct sim *s, int id); /* NULL: unknown or gone */
struct sim_item *sim_item(struct sim *s, int id);
struct sim_file *sim_file(struct sim *s, int id);
void sim_remove_title(struct sim *s, int id); /* with its items, files and history */
void sim_return_title(struct sim *s, int id); /* as it was, without its files: a backup came back */
void sim_tell_added(struct sim *s, int id);   /* by webhook, when its items are there */
void sim_import_by_hand(struct sim *s);       /* what is stuck: the next thing that happens */
void sim_bring_file(struct sim *s, int item); /* a file from elsewhere, imported by hand */
/* Removed and added again by hand: the same title under new ids, which knows of no search. */
int sim_add_again(struct sim *s, int id);
void sim_remove_file(struct sim *s, int item);
/* By hand ("Manual") or because another took its place ("Upgrade"): told, and in history. */
void sim_delete_file(struct sim *s, int item, const char *reason);

bool sim_is_released(struct sim *s, const struct sim_item *it); /* aired with runtime; available */
bool sim_is_wanted(struct sim *s,
                   const struct sim_item *it); /* in wanted/missing, monitored=true */
bool sim_is_below_cutoff(struct sim *s, const struct sim_item *it); /* by quality */
size_t sim_count_wanted(struct sim *s);

/* ---- contents ---- */

void sim_fill_lab(struct sim *s);  /* the library of the recordings: 7 episodes, or 3 movies */
void sim_fill_demo(struct sim *s); /* invented titles, some missing, some upgradable */
void sim_fill_wanted(struct sim *s, int n_missing, int n_upgradable); /* nothing but these */
void sim_fill_scored(struct sim *s, int n); /* files of good quality; half lack custom formats */
void sim_fill_edges(struct sim *s);         /* everything odd of behaviours 20–23 */
/* Sonarr: n_titles series of n_each episodes; Radarr: n_titles movies. About a third missing. */
void sim_fill_big(struct sim *s, int n_titles, int n_each);

/* ---- what happens ---- */

/* Releases of one item appear at so many per day, by its age since release (< 1, 7, 30, 365 days,
 * older), times a factor of its own (exponential, mean 1; zero for dead_share of the items).
 * Those that appeared in backlog_days before the world began are there already. */
struct sim_rates {
    double per_day[5], upgrade_factor, dead_share, backlog_days;
};
extern const struct sim_rates sim_rates_usual;
void world_set_rates(struct world *w, const struct sim_rates *rates);
void sim_set_release(struct sim *s, int item, utc_t at); /* the next one, for certain */
utc_t sim_release_at(struct sim *s, int item); /* when the next fitting one appears; 0: never */

enum sim_indexer_state { SIM_INDEXER_UP, SIM_INDEXER_ERROR, SIM_INDEXER_BLOCKED, SIM_INDEXER_OFF };
enum { SIM_INDEXERS = 3 };
void sim_set_indexer(struct sim *s, int i, enum sim_indexer_state state);
void sim_set_indexers(struct sim *s, enum sim_indexer_state state); /* all of them */
utc_t sim_indexers_lost(const struct sim *s); /* last, as if the clock had never jumped; 0 never */

/* A hand in the UI: one command for all of them; its id. */
int sim_user_search(struct sim *s, const int items[], size_t n);
/* A hand in the UI cancels what waits, the newest first; false: nothing waits. */
bool sim_user_cancel(struct sim *s);
/* What searches of seasons find while there is a release of the whole: by draws, or for certain. */
enum sim_packs { SIM_PACKS_DRAWN, SIM_PACKS_ALL, SIM_PACKS_NONE };
void sim_set_packs(struct sim *s, enum sim_packs packs);

/* A season pack or one item starts downloading without any search (RSS). */
void sim_grab(struct sim *s, const int items[], size_t n);

/* What servers with the behaviour `webhooks` tell by themselves; `body` is valid during the call,
 * which must not touch the world. */
void world_on_webhook(struct world *w, void (*sent)(void *ctx, struct sim *s, const char *body),
                      void *ctx);
void sim_tell(struct sim *s, const char *body); /* a webhook with that body */

/* ---- faults ---- */

enum sim_fault {
    SIM_FAULT_STATUS,   /* that status, with an HTML page for 502–504 */
    SIM_FAULT_HTML,     /* 200 and a login form */
    SIM_FAULT_CUT,      /* the right answer, half of it */
    SIM_FAULT_ENDLESS,  /* never stops sending */
    SIM_FAULT_TARPIT,   /* accepts and says nothing */
    SIM_FAULT_RESET,    /* closes without an answer */
    SIM_FAULT_STARTING, /* 503 with the JSON of a starting server */
    SIM_FAULT_LOST,     /* does what was asked, then closes without an answer */
    SIM_FAULT_DRIP,     /* sends a space a second */
    SIM_FAULT_TORN,     /* half of the right answer, as if that were all of it */
    SIM_FAULT_LOOP,     /* redirects to where it was asked */
    SIM_FAULT_MOVED,    /* as if it had got the URL base /moved this moment: 303 (old) or 307 */
};
/* The next `times` requests whose method is `method` ("*": any) and whose path (without base)
 * begins with `path` meet the fault. retry_after > 0: with that header. */
void sim_fault(struct sim *s, const char *method, const char *path, enum sim_fault what, int status,
               ms_t retry_after, int times);
void sim_no_faults(struct sim *s);

/* ---- the truth ---- */

/* One item really searched for, with what was true when the search began. */
struct sim_search {
    struct sim *sim;
    utc_t at;     /* world time */
    utc_t steady; /* as if that had never jumped */
    int item, title, season, command;
    const char *trigger; /* "manual", "unspecified" */
    const char *command_name;
    int n_reached, n_answered; /* indexers asked; those that did not fail */
    bool is_pack, is_released, is_monitored, is_downloading, has_file, is_special, by_user, found;
    int release; /* what it found: the same number is the same release; 0: nothing */
};
size_t world_searches(const struct world *w, const struct sim_search **ret);
int sim_was_searched(const struct sim *s, int item); /* how often */
/* Requests so far by method ("*": any) and route, like "/api/v3/series/{id}" ("*": any). */
uint64_t sim_requests(const struct sim *s, const char *method, const char *route);
/* The last parameter it ignored, as "/api/v3/queue?seriesId"; "": none so far. */
const char *sim_ignored(const struct sim *s);
int sim_count_grabs(const struct sim *s), sim_count_imports(const struct sim *s);
utc_t sim_last_end(const struct sim *s);  /* of a download, world time; 0: none ended */
int sim_count_finds(const struct sim *s); /* grabs that searches led to which a client asked for */
/* Searches by command, queued or started, that it had at once at most; a user's are not counted. */
size_t sim_most_in_flight(const struct sim *s);

#endif
