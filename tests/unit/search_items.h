/* search_items.h — what the tests of search have in common: a queue, an episode and a movie that
 * may be searched, at a fixed now. Every test changes one thing of them. */
#ifndef TESTS_SEARCH_ITEMS_H
#define TESTS_SEARCH_ITEMS_H

#include "search/search.h"

static const utc_t NOW = 1795435200000; /* 2026-11-23T12:00:00Z */

/* Missing, grace 6 h, specials off, adaptive cooldown, recent 14 d: the defaults of the tree. */
static inline struct queue usual_queue(void)
{
    return (struct queue){.strategy = STRATEGY_MISSING,
                          .order = ORDER_SMART,
                          .batch = 10,
                          .cooldown = {.is_adaptive = true},
                          .grace = HOURS(6),
                          .recent = DAYS(14)};
}

static inline struct query query_of(const struct queue *queue)
{
    return (struct query){.queue = queue, .now = NOW, .limit = (size_t)queue->batch};
}

/* Aired ten days ago, no file, monitored, never searched. */
static inline struct item usual_episode(void)
{
    return (struct item){.kind = ITEM_EPISODE,
                         .id = 4711,
                         .title_id = 112,
                         .tvdb_id = 73244,
                         .tmdb_id = 2316,
                         .imdb_id = "tt0386676",
                         .season = 3,
                         .episode = 7,
                         .title = "The Office",
                         .sort_title = "office",
                         .episode_title = "Branch Closing",
                         .year = 2005,
                         .status = STATUS_ENDED,
                         .type = SERIES_TYPE_STANDARD,
                         .is_monitored = true,
                         .is_upgrade_allowed = true,
                         .quality_profile_id = 4,
                         .quality_profile = "HD-1080p",
                         .tags = "|kids|anime|",
                         .genres = "|Comedy|Drama|",
                         .aired = NOW - DAYS(10),
                         .n_titles = 1};
}

/* Digital for a hundred days, available, no file. */
static inline struct item usual_movie(void)
{
    return (struct item){.kind = ITEM_MOVIE,
                         .id = 12,
                         .title_id = 12,
                         .tmdb_id = 603,
                         .imdb_id = "tt0133093",
                         .season = -1,
                         .episode = -1,
                         .title = "The Matrix",
                         .sort_title = "matrix",
                         .episode_title = "",
                         .year = 1999,
                         .status = STATUS_RELEASED,
                         .is_monitored = true,
                         .is_upgrade_allowed = true,
                         .quality_profile = "HD-1080p",
                         .tags = "",
                         .genres = "|Action|",
                         .is_available = true,
                         .digital = NOW - DAYS(100),
                         .n_titles = 1};
}

#endif
