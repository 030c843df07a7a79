/* search/season.h — whole seasons as something to search (engine page, section 3, packs). Pure.
 *
 *     struct season s = season_begin(&query);
 *     for every live episode of it, in order of airing:  season_add(&s, &episode, &memory);
 *     if (season_is_pack(&s)) {
 *         season_remember(&s, &memory_of_the_season);
 *         if (season_goes_first(&s))
 *             packs_add(&packs, &s);
 *         pool_offer(pool, &s.item, &s.memory);
 *     }
 *
 * All seasons are offered before any episode is: query.packs holds the episodes back. Seasons cost
 * 16 bytes each while a run selects. */
#ifndef SPL_SEARCH_SEASON_H
#define SPL_SEARCH_SEASON_H

#include "base/vec.h"
#include "search/search.h"

struct season {
    const struct query *query;
    struct item item; /* strings borrowed from the first episode */
    struct item_memory memory;
    utc_t searched; /* the newest lastSearchTime of any of its episodes: evidence */
    utc_t last_day;
    int n_out, n_monitored, n_excluded, n_downloading, n_guarded; /* guarded: of the missing */
    bool is_open;
};
struct season season_begin(const struct query *q);
void season_add(struct season *s, const struct item *it, const struct item_memory *m);

/* Whether the queue searches it as a whole, sooner or later: every episode is out and monitored,
 * none excluded, downloading or held by the loop guard, and enough of them are missing. Grace and
 * cooldown are gates like those of an item (query_judge). */
bool season_is_pack(const struct season *s);
/* Why not: "the series has not ended"; NULL when it is one. */
const char *season_obstacle(const struct season *s);
/* Every condition of that with its numbers; one line when the queue searches no seasons. */
struct season_line {
    const char *condition; /* "enough_missing" */
    bool is_met;
    char numbers[160];
};
enum { SEASON_LINES = 11 };
size_t season_explain(const struct season *s, struct season_line ret[static SEASON_LINES]);

/* What is remembered of searches of it as a whole. */
void season_remember(struct season *s, const struct item_memory *m);

/* Whether its episodes wait for it: until it was searched in vain, and only if the queue goes on
 * with episodes then. */
bool season_goes_first(const struct season *s);

/* ---- the seasons that go first ---- */

struct pack_key {
    int64_t title_id;
    int season;
    bool is_due; /* it passes its gates now: even what airs and what was asked for waits */
};
struct packs {
    VEC(struct pack_key) keys; /* sorted */
};
void packs_add(struct packs *p, const struct season *s);
/* The season of an episode, or NULL: it holds nothing back. */
const struct pack_key *packs_find(const struct packs *p, const struct item *episode);
void packs_done(struct packs *p);

#endif
