/* engine/judge.h — what became of a search, from evidence alone. Pure.
 *
 * Only times of the server are compared with each other: its Date header at preflight, its
 * command's started and ended, its history, its lastSearchTime. */
#ifndef SPL_ENGINE_JUDGE_H
#define SPL_ENGINE_JUDGE_H

#include "arr/arr.h"

struct evidence {
    bool has_command;             /* the server still knows our command */
    enum arr_command_state state; /* of that command */
    int grabs;                    /* releases, not rows */
    bool tells_last_search;       /* the version has lastSearchTime and the item could be read */
    utc_t searched_before;        /* lastSearchTime at preflight; 0: never */
    utc_t searched_after;         /* and now */
    bool are_indexers_down;       /* /health after the search */
    bool has_clock_turned;        /* the server's clock is before the search's beginning: no history
                                     row of it can be told from older ones */
    bool has_restarted; /* the server, since the intent: its list of commands began anew */
};
enum verdict judge(const struct evidence *e);

/* Counts releases among history rows: one pack is one grab though it has a row per episode. */
enum { GRABS_MAX = 64, GRAB_IDS_MAX = GRABS_MAX, GRAB_ID = 80 };
struct grab_count {
    utc_t from,
        until; /* the server's clock, both inclusive; whole-second histories are allowed for */
    const int64_t *items; /* what was searched, ascending; borrowed */
    size_t n_items;
    bool *is_found;     /* beside the items, set for those that were grabbed; NULL: not asked */
    bool checks_source; /* the version has releaseSource */
    uint64_t seen[GRABS_MAX];
    int n;
    char downloads[GRAB_IDS_MAX][GRAB_ID]; /* of the first of them */
    size_t n_downloads;
};
void grab_count_add(struct grab_count *g, const struct arr_history *row);

/* Whether a command was asked for before our intent: a duplicate the server answered with. */
bool is_foreign(const struct arr_command *c, utc_t server_date_at_intent);

#endif
