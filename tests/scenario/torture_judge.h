/* scenario/torture_judge.h — what must hold after something went wrong: promises, grabs, caps,
 * nothing left hanging, and that somebody was told what helps. */
#ifndef SCENARIO_TORTURE_JUDGE_H
#define SCENARIO_TORTURE_JUDGE_H

#include "scenario/stage.h"

/* ---- telling ---- */

/* A moment in what is told: how long the log is and how many events there were. The log must be a
 * file that can be read (standard error). */
struct told {
    int64_t log;
    size_t events;
};
struct told told_so_far(const struct stage *s);
/* `helps` is in `error`, or in a line of the log or the `error` of an event since. */
bool was_told(const struct stage *s, const struct told *since, const char *error,
              const char *helps);

/* The first `error` of an event since that says what is wrong and not what helps; NULL: all do. */
const char *told_unhelpfully(const struct stage *s, const struct told *since);

/* ---- what is left ---- */

/* Queues that failed in the last run, attempts still open hours after they were begun. */
struct remains {
    size_t failed, open;
};
MUST_CHECK bool what_remains(struct stage *s, struct remains *ret, struct err *e);
MUST_CHECK bool is_no_worse(const struct remains *left, const struct remains *undisturbed,
                            struct err *e);

/* What the servers' histories know of our searches, the state knows, and no more. */
MUST_CHECK bool are_grabs_kept(struct stage *s, struct err *e);
/* `clock_was_set`: as many more as may be in flight are forgiven: asked for before it was set, and
 * begun after it. */
MUST_CHECK bool are_caps_kept(struct stage *s, bool clock_was_set, struct err *e);

/* Of every exclusion that ended before the last run the audit log tells, and once. */
MUST_CHECK bool are_ends_told_once(struct stage *s, struct err *e);

#endif
