/* arr/arr.h — one neutral vocabulary over Sonarr and Radarr.
 *
 * A `struct arr` is one server. Calls are asynchronous: exactly one callback per call, from the
 * loop, unless the server object is freed first (then none). It may be freed in any `done`, but not
 * in the callbacks of single rows (on_…). Calls on one server go out one after another, no faster
 * than max_requests. Failures arrive as one clear sentence of what is wrong and what to fix,
 * without the instance's name, which stands beside it wherever it is shown; the class tells what
 * kind of trouble it is.
 *
 * The client cannot express a search for more than one item or one season: there are arr_search and
 * arr_search_season, and each takes one.
 * Behaviour of both applications and their versions: see the table in arr/gates.def. */
#ifndef SPL_ARR_ARR_H
#define SPL_ARR_ARR_H

#include "base/secret.h"
#include "http/transport.h"
#include "loop/loop.h"
#include "model/item.h"

struct arr;

enum arr_trouble {
    ARR_OK,
    ARR_UNREACHABLE,  /* refused, timeout, no name, 502–504, 503 while starting: try later */
    ARR_TLS,          /* the certificate */
    ARR_UNAUTHORIZED, /* 401: the key */
    ARR_WRONG_APP,    /* appName is not the declared type, or the version is too old */
    ARR_NOT_AN_API,   /* HTML, a redirect, a login page: the URL or its base */
    ARR_GONE,         /* 404 for one item */
    ARR_SERVER,       /* 4xx, 5xx, a body that is no JSON, cut or endless */
};

struct arr_answer {
    enum arr_trouble trouble;
    const struct err *err; /* the sentence, unless ARR_OK */
    bool is_timeout;
    ms_t took;
};

struct arr_setup {
    const char *instance; /* its name, for the log */
    enum app app;
    const char *url;          /* with URL base, no trailing slash */
    const struct secret *key; /* copied and wiped with the object */
    ms_t timeout;
    double max_requests; /* per second */
    bool tls_verify;
    bool public_only;        /* see http/transport.h */
    bool tells_rests;        /* no rest is waited for: the call fails at once */
    const char *tls_ca_file; /* or NULL */
    struct loop *loop;
    struct transport *transport;
    /* Told of every answer before its own call is, and of none: how long it took from being sent.
     * Must not free the server. May be NULL. */
    void (*on_answer)(void *ctx, const struct arr_answer *answer);
    void *ctx;
};

struct arr *arr_new(const struct arr_setup *setup); /* copies all strings */
struct arr *arr_free(struct arr *a); /* takes NULL, returns NULL; pending calls end silently */
uint64_t arr_requests(const struct arr *a); /* sent so far, for budgets and benches */

/* A server that answers 429 or 503 with Retry-After is left alone for that long, up to 10 minutes
 * and three times for one request, and asked again; searches are not repeated. When it asks for
 * more, the call fails: then this tells when it may be asked again. 0: the last answer said nothing
 * of the kind. */
utc_t arr_retry_at(const struct arr *a);

struct arr_result {
    enum arr_trouble trouble;
    struct err err;    /* the sentence, unless ARR_OK */
    utc_t server_date; /* the answer's Date header; 0 when absent */
};

/* ---- who is there ---- */

struct arr_status {
    char version[32];
    int version_parts[4];
    utc_t started;     /* startTime: changes exactly when the process restarted; 0 unknown */
    char too_new[120]; /* a sentence, when it is newer than this program knows; "" */
    bool has_last_search_time, has_release_source, has_wanted, has_result; /* version gates */
};
/* system/status and what follows from the version. Ask it first: no other call checks which
 * application answers. */
void arr_probe(struct arr *a,
               void (*done)(void *ctx, const struct arr_result *r, const struct arr_status *s),
               void *ctx);

/* ---- the library, streamed ---- */

/* Sonarr: every series. Radarr: every movie, as title and item in one. `item` is NULL for Sonarr.
 * Values are valid during on_title. */
void arr_titles(struct arr *a,
                void (*on_title)(void *ctx, const struct title *t, const struct item *item),
                void (*done)(void *ctx, const struct arr_result *r), void *ctx);

/* The same of one series or movie by its id; ARR_GONE when there is none. */
void arr_title(struct arr *a, int64_t id,
               void (*on_title)(void *ctx, const struct title *t, const struct item *item),
               void (*done)(void *ctx, const struct arr_result *r), void *ctx);

/* Sonarr: every episode of one series, with what its files say about upgrades. `series` lends
 * title, type, runtime and so on to the items and must live until done. */
void arr_episodes(struct arr *a, const struct title *series,
                  void (*on_item)(void *ctx, const struct item *item),
                  void (*done)(void *ctx, const struct arr_result *r), void *ctx);

struct arr_profile {
    int64_t id;
    const char *name;
    bool is_upgrade_allowed;
    int64_t cutoff;
    int64_t cutoff_score; /* cutoffFormatScore; 0 when absent */
    char fingerprint[17]; /* hex of everything that decides what a file is worth */
};
void arr_profiles(struct arr *a, void (*on_profile)(void *ctx, const struct arr_profile *p),
                  void (*done)(void *ctx, const struct arr_result *r), void *ctx);
void arr_tags(struct arr *a, void (*on_tag)(void *ctx, int64_t id, const char *label),
              void (*done)(void *ctx, const struct arr_result *r), void *ctx);

/* Radarr: what the custom formats of some movies' files are worth, which its list of movies does
 * not tell. `ids` is read during the call; one that is gone fails all (ARR_SERVER, ARR_GONE). */
enum { ARR_SCORES_MAX = 100 };
void arr_movie_scores(struct arr *a, const int64_t ids[], size_t n,
                      void (*on_score)(void *ctx, int64_t movie_id, int score),
                      void (*done)(void *ctx, const struct arr_result *r), void *ctx);

/* totalRecords of wanted/missing, for drift. ARR_GONE where the version has no such list. */
void arr_wanted_count(struct arr *a,
                      void (*done)(void *ctx, const struct arr_result *r, int64_t total),
                      void *ctx);

/* ---- one item ---- */

/* The item as it is now; ARR_GONE when it no longer exists. server_date is set. Profile name and
 * tag labels are not filled in (ids only). */
void arr_item(struct arr *a, enum item_kind kind, int64_t id,
              void (*done)(void *ctx, const struct arr_result *r, const struct item *item),
              void *ctx);

/* Sonarr: every episode of one season as it is now; none when there is no such series or season.
 * server_date is set. `series` lends what arr_episodes says; what files are worth is not told. */
void arr_season(struct arr *a, const struct title *series, int season,
                void (*on_item)(void *ctx, const struct item *item),
                void (*done)(void *ctx, const struct arr_result *r), void *ctx);

/* Whether any download-queue row of the item is neither failed nor imported. */
void arr_is_downloading(struct arr *a, const struct item *item,
                        void (*done)(void *ctx, const struct arr_result *r, bool is_downloading),
                        void *ctx);

/* Sonarr: the same of any episode of a season. A row that does not tell its season counts. */
void arr_is_season_downloading(struct arr *a, int64_t series_id, int season,
                               void (*done)(void *ctx, const struct arr_result *r,
                                            bool is_downloading),
                               void *ctx);

/* The download queue as a whole; nothing in it unless the trouble is ARR_OK. */
struct arr_downloads {
    int64_t
        n_active; /* queued, downloading, paused, delay: downloads, however many episodes each */
    const int64_t *items; /* whatever a row that is neither failed nor imported is for; ascending */
    size_t n_items;
};
void arr_downloads(struct arr *a,
                   void (*done)(void *ctx, const struct arr_result *r,
                                const struct arr_downloads *d),
                   void *ctx);

/* ---- searching ---- */

enum arr_command_state { ARR_QUEUED, ARR_STARTED, ARR_COMPLETED, ARR_COMMAND_FAILED, ARR_ORPHANED };
struct arr_command {
    int64_t id;
    char name[48];
    enum item_kind kind;
    int64_t item_id;   /* the one id it searches; 0: several, or another kind of command */
    int64_t season_of; /* the series whose season it searches; 0: another kind of command */
    int season;        /* with season_of */
    enum arr_command_state state;
    utc_t queued, started, ended; /* server time; 0 when absent */
    char message[200]; /* exception's first line when failed, redacted; else the message */
};
void arr_search(struct arr *a, enum item_kind kind, int64_t id,
                void (*done)(void *ctx, const struct arr_result *r, const struct arr_command *c),
                void *ctx);
/* Sonarr: a whole season at once, what it has already too. */
void arr_search_season(struct arr *a, int64_t series_id, int season,
                       void (*done)(void *ctx, const struct arr_result *r,
                                    const struct arr_command *c),
                       void *ctx);
void arr_command_get(struct arr *a, int64_t command_id,
                     void (*done)(void *ctx, const struct arr_result *r,
                                  const struct arr_command *c),
                     void *ctx);
/* Every command the server remembers, ours or not. */
void arr_commands(struct arr *a, void (*on_command)(void *ctx, const struct arr_command *c),
                  void (*done)(void *ctx, const struct arr_result *r), void *ctx);

/* One row of history since an instant (server time), oldest first. */
enum arr_history_type {
    ARR_HISTORY_GRABBED,
    ARR_HISTORY_IMPORTED,
    ARR_HISTORY_FAILED,
    ARR_HISTORY_DELETED, /* a file, and no other took its place */
    ARR_HISTORY_OTHER
};
struct arr_history {
    int64_t id, item_id, title_id;
    enum arr_history_type type;
    utc_t date;
    const char *download_id;    /* "" when absent */
    const char *source_title;   /* "" when absent */
    const char *release_source; /* "UserInvokedSearch", …; "" where the version does not say */
    char message[200];          /* of a failure, redacted; "" none */
};
void arr_history_since(struct arr *a, utc_t since, bool grabs_only,
                       void (*on_row)(void *ctx, const struct arr_history *row),
                       void (*done)(void *ctx, const struct arr_result *r), void *ctx);

/* ---- health ---- */

struct arr_health {
    bool are_indexers_down; /* all search-capable indexers unavailable, by source and type */
    int n_errors, n_warnings;
};
void arr_health(struct arr *a,
                void (*done)(void *ctx, const struct arr_result *r, const struct arr_health *h),
                void *ctx);

#endif
