/* arrsim/model.h — the inside of a world, for tests/arrsim only. */
#ifndef ARRSIM_MODEL_H
#define ARRSIM_MODEL_H

#include "arrsim/world.h"
#include "base/arena.h"
#include "base/rng.h"

enum behave {
#define BEHAVE(name, first, doc) B_##name,
#include "arrsim/behave.def"
#undef BEHAVE
    N_BEHAVE
};

/* ---- qualities ---- */

struct quality {
    int id, resolution, group; /* group 0: stands alone */
    const char *name, *source, *radarr_source;
};
extern const struct quality qualities[]; /* worst to best; ends with a NULL name */
const struct quality *quality_of(int id);
int quality_rank(int id); /* of a quality or a group; higher is better */

struct profile {
    int id;
    const char *name;
    bool is_upgrade_allowed;
    int cutoff, cutoff_score, lowest; /* lowest: the worst quality allowed */
};
const struct profile *profile_of(int id);

/* ---- commands ---- */

enum command_kind {
    CMD_EPISODE_SEARCH,
    CMD_SEASON_SEARCH,
    CMD_SERIES_SEARCH,
    CMD_MISSING_EPISODES,
    CMD_CUTOFF_EPISODES,
    CMD_MOVIES_SEARCH,
    CMD_MISSING_MOVIES,
    CMD_CUTOFF_MOVIES,
    CMD_REFRESH_SERIES,
    CMD_REFRESH_MOVIE,
    CMD_OTHER, /* the server's own */
};
struct command_type {
    const char *name, *title;
    enum command_kind kind;
    int apps;        /* 1: Sonarr, 2: Radarr */
    const char *ids; /* the list property, if any */
    bool has_series, has_season, has_monitored;
};
const struct command_type *command_type_of(enum sim_app app, const char *name);

enum command_state { ST_QUEUED, ST_STARTED, ST_COMPLETED, ST_FAILED, ST_ORPHANED };

struct step {
    int item, title, season; /* item 0: the whole season */
    const char *fails;       /* ends the command with this exception */
};

struct command {
    int id;
    const struct command_type *type;
    VEC(int) ids;
    bool has_ids; /* the list was given, empty or not */
    int series, season;
    int priority; /* 0 low, 1 normal, 2 high */
    const char *trigger;
    bool by_user, is_cancelled, is_forgotten; /* forgotten: message and result lost */
    enum command_state state;
    utc_t queued, ready, started, ended;
    char message[160], exception[160];
    VEC(struct step) steps;
    size_t at_step;
    utc_t step_end;
    bool is_telling;           /* its webhook was sent and is not answered */
    int n_reached, n_answered; /* of the running step */
    size_t first_log;          /* of the running step in the log of searches */
    int n_grabbed, n_grabbed_last;
};

/* ---- downloads and history ---- */

struct download {
    char id[41]; /* "" with a blackhole */
    VEC(int) items;
    int title, season, quality, score;
    int64_t size;
    char *name;
    utc_t grabbed, visible, done;
    bool is_active, fails, is_stuck, is_stalled,
        is_unasked; /* unasked: by RSS, a person, or the server itself */
};

enum history_type { HIST_GRABBED, HIST_IMPORTED, HIST_FAILED, HIST_DELETED };
struct history {
    int id, item, title, quality, file;
    enum history_type type;
    utc_t date;
    char download_id[41];
    char *name;
    const char *source; /* Rss, UserInvokedSearch, Search */
};

/* ---- indexers ---- */

struct indexer {
    const char *name;
    enum sim_indexer_state state;
    int level; /* of the back-off ladder */
    utc_t blocked_until, failing_since;
};

struct fault_rule {
    char *method, *path;
    enum sim_fault what;
    int status, times;
    ms_t retry_after;
};

struct request_count {
    const char *method, *route;
    uint64_t n;
};

struct sim {
    struct world *world;
    int index;
    char *name, *key, *base;
    enum sim_app app;
    enum sim_profile profile;
    bool behaves[N_BEHAVE];
    ms_t skew, latency;
    enum sim_packs packs;
    utc_t now, started, down_until, starting_until, queue_from, stale_until;
    utc_t indexers_lost; /* as if the world's clock had never jumped */
    utc_t last_refresh, busy_until;
    struct arena *mem; /* every string of the library */
    VEC(struct sim_title) titles;
    VEC(struct sim_item) items;
    VEC(struct sim_file) files;
    VEC(const char *) tags;
    VEC(struct command) commands;
    VEC(int) active_commands; /* indices: queued or started */
    VEC(struct download) downloads;
    VEC(int) active_downloads;
    VEC(struct history) history;
    struct indexer indexers[SIM_INDEXERS];
    VEC(struct fault_rule) faults;
    VEC(struct request_count) requests;
    uint64_t n_requests;
    size_t most_in_flight;
    int n_imports;
    unsigned n_webhooks;
    char ignored[96]; /* the last parameter of a query that nobody read; "": none yet */
};

struct world {
    const struct clock *clock;
    uint64_t seed;
    utc_t start, anchor; /* anchor: clock time at which `start` was set with this speed */
    double speed;
    utc_t began; /* the world's first instant; releases are drawn from there */
    struct sim_rates rates;
    VEC(struct sim *) sims;
    ms_t jumped; /* its clock, in all */
    VEC(struct sim_search) searches;
    void (*on_webhook)(void *ctx, struct sim *s, const char *body);
    void *webhook_ctx;
};

static inline bool is_on(const struct sim *s, enum behave b)
{
    return s->behaves[b];
}
static inline bool is_old(const struct sim *s)
{
    return s->profile == SIM_OLD;
}

/* A number below n, fixed by the world, the server and two values. */
uint64_t sim_draw(const struct sim *s, uint64_t a, uint64_t b, uint64_t n);
double sim_draw_unit(const struct sim *s, uint64_t a, uint64_t b); /* in (0, 1) */

/* release.c */
utc_t release_date(struct sim *s, const struct sim_item *it); /* 0: unknown */
bool release_fits_now(struct sim *s, const struct sim_item *it, utc_t now);
void release_use(struct sim_item *it, utc_t now);

/* command.c: `like` gives type, ids and so on; answers the older one when it is a duplicate. */
struct command *command_post(struct sim *s, struct command *like);
struct command *command_find(struct sim *s, int id); /* NULL: unknown or older than a day */
bool command_cancel(struct sim *s, int id);
utc_t command_next(const struct sim *s); /* when something happens next; INT64_MAX: never */
void command_step(struct sim *s, utc_t now);
bool command_remembers(const struct sim *s, const struct command *c); /* message and result */
void commands_restart(struct sim *s, utc_t boot);
void commands_shift(struct sim *s, ms_t by, bool what_is_written);
void command_done(struct command *c);

/* search.c */
void steps_plan(struct sim *s, struct command *c);
void step_begin(struct sim *s, struct command *c);
void step_end(struct sim *s, struct command *c);

/* download.c */
void download_start(struct sim *s, const int items[], size_t n, const char *source);
utc_t download_next(const struct sim *s);
void download_step(struct sim *s, utc_t now);
void downloads_restart(struct sim *s, utc_t boot);
void downloads_shift(struct sim *s, ms_t by, bool what_is_written);
bool download_is_visible(const struct sim *s, const struct download *d);

/* webhook.c: sent unless the behaviour is off. */
void webhook_grab(struct sim *s, const struct download *d);
void webhook_import(struct sim *s, const struct download *d, const int items[], size_t n,
                    bool is_complete);
void webhook_stuck(struct sim *s, const struct download *d);
void webhook_deleted(struct sim *s, int item, const char *reason);
void webhook_title(struct sim *s, int title, const char *type);
void webhook_health(struct sim *s, bool is_restored);

/* indexer.c */
void indexers_init(struct sim *s);
void indexers_ask(struct sim *s, int *ret_reached, int *ret_answered);
bool indexer_is_usable(const struct sim *s, const struct indexer *x);

#endif
