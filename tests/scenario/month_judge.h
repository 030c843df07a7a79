/* scenario/month_judge.h — the servers' own record of a month held against what was declared on
 * each: one search is one command, of an item or of a whole season. */
#ifndef SCENARIO_MONTH_JUDGE_H
#define SCENARIO_MONTH_JUDGE_H

#include "scenario/stage.h"

enum { MONTH_CAP_HOUR = 8, MONTH_CAP_DAY = 60, MONTH_PARTS = 4 };

/* Closed from minute to minute of the UTC day, on days as in a window: bit 0 is Monday. */
struct closed {
    unsigned days;
    int from, to;
};

struct month_row {
    const char *name;
    enum sim_app app;
    bool is_old; /* it does not tell where a grab came from */
    bool has_webhooks;
    const char *schedule;
    ms_t burst; /* between two searches of an item that has just aired at least; 0: no bursts */
    struct closed closed[MONTH_PARTS];
    const char *packs; /* its season_packs; NULL: none */
    bool falls_back;   /* to single episodes */
    int per_day;       /* searches that schedule and caps leave room for; 0: no bound is promised */
    bool has_outage;   /* of up to a day */
};

struct outcome {
    int n_wanted; /* from the first day on */
    int n_searches, n_packs, most_hour, most_day;
    int n_closed;      /* in closed hours */
    int n_early;       /* before the grace of an item was over, or the item out */
    int n_soon;        /* an item or a season again inside its cooldown */
    ms_t longest_wait; /* of what was to be searched all the time */
    int n_found;       /* searches that found something: commands, not episodes */
    int n_credited;    /* of those, judged so */
    int n_partial;     /* of those, seasons of which only some was found */
    int n_false;       /* judged so though they found nothing: somebody else's grab */
    int n_wrong; /* those on servers that tell, and what was credited twice or with another extent
                  */
};
MUST_CHECK bool month_judge(struct stage *s, const struct month_row *r,
                            const struct closed *for_all, struct outcome *ret, struct err *e);
bool month_is_fine(const struct month_row *r, const struct outcome *v);

#endif
