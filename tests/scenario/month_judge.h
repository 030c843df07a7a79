/* scenario/month_judge.h — the servers' own record of a month held against what was declared on
 * each: one search is one command, of an item or of a whole season. */
#ifndef SCENARIO_MONTH_JUDGE_H
#define SCENARIO_MONTH_JUDGE_H

#include "scenario/stage.h"

enum { MONTH_CAP_HOUR = 8, MONTH_CAP_DAY = 60, MONTH_PARTS = 3 };

/* Closed from minute to minute of the UTC day, on days as in a window: bit 0 is Monday. */
struct closed {
    unsigned days;
    int from, to;
};

struct month_row {
    const char *name;
    enum sim_app app;
    enum sim_profile profile;
    const char *schedule;
    ms_t between; /* two searches of an item at least; bursts: of an item in its burst */
    struct closed closed[MONTH_PARTS];
    const char *packs; /* its season_packs; NULL: none */
    bool falls_back;   /* to single episodes */
};

struct outcome {
    int n_searches, n_packs, most_hour, most_day;
    int n_closed;   /* in closed hours */
    int n_soon;     /* an item or a season again inside its cooldown */
    int n_found;    /* searches that found something: commands, not episodes */
    int n_credited; /* attempts that were judged so */
    int n_partial;  /* of those, seasons of which only some was found */
    int n_wrong;    /* credited though it found nothing, twice, or with another extent */
};
MUST_CHECK bool month_judge(struct stage *s, const struct month_row *r,
                            const struct closed *for_all, struct outcome *ret, struct err *e);
bool month_is_fine(const struct month_row *r, const struct outcome *v);

#endif
