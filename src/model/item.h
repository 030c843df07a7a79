/* model/item.h — the words for what is in a library, shared by the rooms that read it from a server
 * (arr), keep it (store) and judge it (search). Plain data: strings are borrowed from whoever made
 * the value and live as long as that one says.
 *
 * Identity: `id` is the server's own and changes when a title is removed and added again; the
 * portable identity (item_identity) does not, so cooldowns and history are keyed by it. */
#ifndef SPL_MODEL_ITEM_H
#define SPL_MODEL_ITEM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "model/names.h"
#include "model/types.h"

enum item_kind { ITEM_EPISODE, ITEM_MOVIE, ITEM_KIND_N };
extern const char *const item_kind_names[ITEM_KIND_N + 1]; /* "episode", "movie" */

/* A series or a movie: what /series or /movie tells. */
struct title {
    int64_t id;
    int64_t tvdb_id, tmdb_id; /* 0 when unknown */
    const char *imdb_id;      /* "" when unknown */
    const char *title, *sort_title;
    int year; /* 0 when unknown */
    enum status status;
    enum series_type type;
    bool is_monitored;
    int64_t quality_profile_id;
    const char *tags;   /* ids as the server gave them, " 1 4 7 ", "" when none */
    const char *genres; /* "|Drama|Crime|", "" when none */
    ms_t runtime;
    utc_t added;
    int n_titles;         /* names its specials are searched under, its own included; 0: 1 */
    char fingerprint[17]; /* hex of what sync compares: statistics, monitoring, tags, profile, … */
};

/* What one search of a whole season is about. */
struct season_size {
    int episodes, missing;
    int days; /* on which they aired */
};

/* One searchable thing: an episode, a movie, or a whole season (item_is_season), with what the
 * gates need from its title. A season is of kind ITEM_EPISODE, has no id of its own (0) and airs
 * with its newest episode. */
enum { WHOLE_SEASON = -1 }; /* in place of an episode's number */
struct item {
    enum item_kind kind;
    int64_t id;
    int64_t title_id; /* the series' id; a movie's own */
    int64_t tvdb_id, tmdb_id;
    const char *imdb_id;
    int season, episode; /* movies: -1 */
    const char *title;   /* of the movie or the series */
    const char *sort_title;
    const char *episode_title; /* "" for movies and untitled episodes */
    int year;
    enum status status;
    enum series_type type;
    bool is_monitored; /* episode and series, or movie */
    bool has_file;
    bool is_cutoff_unmet;    /* quality of the file below the profile's cutoff */
    bool is_upgrade_allowed; /* by the quality profile */
    bool has_format_score;   /* the server told what the file's custom formats are worth */
    int format_score;
    int cutoff_format_score; /* of the quality profile; 0: it has none */
    int64_t quality_profile_id;
    const char *quality_profile; /* its name, "" when unknown */
    const char *tags;            /* labels "|anime|kids|", "" when none */
    const char *genres;          /* "|Drama|Crime|" */
    utc_t aired; /* episodes: end of the broadcast (air time + runtime); 0: no air date known */
    utc_t added; /* when it was added to the server; 0 unknown */
    bool is_available;                   /* movies: the server's isAvailable */
    utc_t in_cinemas, digital, physical; /* movies; 0 unknown */
    utc_t server_searched;               /* the server's lastSearchTime; 0 unknown */
    ms_t server_ahead;                   /* the server's clock of ours */
    int64_t series_aired_episodes;       /* for the cost of a special or a pack; 0 unknown */
    int n_titles;            /* names of the series that a special is searched under; >= 1 */
    struct season_size size; /* of a season */
};

bool item_is_season(const struct item *it);

/* One order of all items of an instance: 0 for the same only. */
int item_compare(const struct item *a, const struct item *b);

enum { ITEM_IDENTITY = 64 };
/* "tvdb:73244/3/7", "tvdb:73244:s03", "tmdb:603"; "id:SERVERID…" when the portable id is unknown.
 */
char *item_identity(const struct item *it, char ret[static ITEM_IDENTITY]);
/* The same of the season an episode belongs to. */
char *item_season_identity(const struct item *it, char ret[static ITEM_IDENTITY]);

enum { ITEM_TITLE = 300 };
/* For people: "Severance S02E07 Chikhai Bardo", "Severance S02 (pack of 10)", "Dune (2021)". Cut to
 * fit, never inside a character. */
char *item_label(const struct item *it, char ret[static ITEM_TITLE]);

enum { ITEM_ADDRESS = 160 };
/* "episode/sonarr-main/4711", "movie/radarr-main/12", "season/sonarr-main/12/2". */
char *item_address(const struct item *it, const char *instance, char ret[static ITEM_ADDRESS]);

/* Whether its file's custom formats are worth less than its profile's cutoff. No list of a server
 * tells these. */
bool item_is_below_score(const struct item *it);

/* When the item counts as released (engine page, section 2): an episode at the end of its
 * broadcast; a movie at its digital or physical date, whichever is first, else 90 days after its
 * cinema date. 0: unknown, never searched. Grace is added by the caller. */
utc_t item_released(const struct item *it);
/* When its server searched for it last, by our clock; 0 unknown. */
utc_t item_server_searched(const struct item *it);

/* Indexer queries that one search of this item costs (engine page, section 3). */
int item_search_cost(const struct item *it);

/* What became of a search (engine page, section 4). */
enum verdict {
    VERDICT_NONE, /* not judged yet */
    VERDICT_GRABBED,
    VERDICT_NOTHING,
    VERDICT_NO_INDEXERS,
    VERDICT_FAILED,
    VERDICT_LOST,
    VERDICT_UNKNOWN,
    VERDICT_FOREIGN,
    VERDICT_ABANDONED,
    VERDICT_N
};
extern const char *const verdict_names[VERDICT_N + 1];

/* What is remembered of one item's searches, by portable identity. All zero: never searched. */
struct item_memory {
    utc_t searched;      /* last search that counts (grabbed, nothing, unknown, foreign); 0 never */
    enum verdict last;   /* of the newest judged attempt */
    int n_searches;      /* that count */
    int n_nothing;       /* consecutive `nothing` verdicts: doubles the cooldown */
    int n_soft_failures; /* consecutive no_indexers/failed/lost: their own short back-off */
    utc_t soft_failed;   /* when the last of those was judged */
    int n_grabs;         /* since the last import, for the loop guard */
    utc_t grabbed;       /* last grab; 0 never */
    utc_t uncounted;     /* the server's clock: what it noted until then was no search of the item,
                            but one of its season in vain, or one that reached nobody; 0 never */
    bool is_open;        /* an attempt is not judged yet */
    utc_t retried;       /* asked for again by hand: what was before then holds nothing back */
    double title_finds, title_expected; /* of all searches of its title; expected by the rates */
};

/* The last search that counts: ours, or a human's, which is a search too; 0: none. What reached
 * nobody was none, whatever the server noted of it. */
utc_t item_last_search(const struct item *it, const struct item_memory *m);

#endif
