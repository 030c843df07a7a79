/* cli/question.h — one item as the state knows it, and the queues that could search it. */
#ifndef SPL_CLI_QUESTION_H
#define SPL_CLI_QUESTION_H

#include "cli/view.h"
#include "search/season.h"

struct question {
    const struct view *view;
    char instance[ITEM_ADDRESS];
    struct item item; /* or a season; strings in the view's arena */
    struct item_memory memory;
    struct rates missing, upgrades; /* learned on the instance */
    utc_t now;
};

bool question_is_item(const char *address); /* episode/…, movie/… */
/* False after saying why; *ret_exit is then the exit code. */
MUST_CHECK bool question_open(struct question *x, const struct view *v, const char *address,
                              int *ret_exit);
/* The same of a season, "season/sonarr-main/12/2". */
MUST_CHECK bool question_open_season(struct question *x, const struct view *v, const char *address,
                                     int *ret_exit);
/* The season, or that of an episode, as a queue sees it; false: it has none, or cannot be read. */
bool question_season(const struct question *x, const struct query *q, struct season *ret);
/* Every queue that considers it; the query is valid during the call. How many there are. */
size_t question_each(const struct question *x,
                     void (*answer)(void *ctx, const struct resource *queue, const struct query *q),
                     void *ctx);

#endif
