/* engine/follow.h — the second half of an attempt, shared by fresh and resumed ones: find the
 * command, follow it to its end, gather the evidence, judge, record. Used by attempt.c only. */
#ifndef SPL_ENGINE_FOLLOW_H
#define SPL_ENGINE_FOLLOW_H

#include "engine/attempt.h"
#include "engine/judge.h"
#include "search/season.h"

struct task {
    struct lane *lane;
    struct arena *arena; /* the row's strings */
    struct attempt row;
    const struct query *query; /* NULL when resumed */
    const struct pick *pick;   /* NULL when resumed */
    struct evidence evidence;
    struct grab_count grabs;
    struct title series;         /* of a season: what its episodes borrow */
    struct season season;        /* as the server tells it */
    VEC(struct covered) covered; /* its episodes; identities in the arena */
    VEC(int64_t) ids;            /* of the same */
    VEC(bool) hits;              /* beside them: a release of it was grabbed */
    utc_t searched;              /* the newest lastSearchTime of its episodes */
    void (*on_searched)(void *ctx, const struct arr_result *r, utc_t searched);
    struct arr_command found; /* while looking through the server's commands */
    size_t n_polls;
    ms_t begun; /* monotonic: when it was intended; our clock may be set meanwhile */
    struct timer *timer;
    ms_t look_at; /* monotonic: when the timer looks at the command; 0: it does not */
    void (*intended)(void *ctx); /* NULL when resumed */
    attempt_done *done;
    void *ctx;
};

void task_adopt(struct task *t, const struct arr_command *c); /* it is ours, or foreign: go on */
void task_locate(struct task *t); /* perhaps posted: look among the server's commands */
void task_follow(struct task *t); /* the command id is known */

/* pack.c: the parts that differ when a whole season is searched. */
bool task_is_pack(const struct task *t);
void pack_preflight(struct task *t);
void pack_search(struct task *t,
                 void (*done)(void *ctx, const struct arr_result *r, const struct arr_command *c));
/* The ids of what it is about, from the state when it is resumed. */
MUST_CHECK bool pack_remember(struct task *t, struct err *e);
/* Judged `grabbed`: which of its episodes that is true of, and whether it is all that it lacked. */
MUST_CHECK bool pack_credit(struct task *t, struct err *e);
/* The newest lastSearchTime of its episodes, 0 when there are none any more. */
void pack_look(struct task *t, void (*done)(void *ctx, const struct arr_result *r, utc_t searched));
bool pack_is_same(const struct task *t, const struct arr_command *c);

/* From attempt.c. */
void task_skip(struct task *t, enum reason reason); /* frees t */
void task_queue_checked(void *ctx, const struct arr_result *r, bool is_downloading);
void task_end(struct task *t, const struct attempt_report *report); /* frees t */
void task_broken(struct task *t, const struct err *e);              /* frees t */
bool task_keep(struct task *t, struct err *e);                      /* commits the row */

#endif
