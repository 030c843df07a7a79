/* engine/follow.h — the second half of an attempt, shared by fresh and resumed ones: find the
 * command, follow it to its end, gather the evidence, judge, record. Used by attempt.c only. */
#ifndef SPL_ENGINE_FOLLOW_H
#define SPL_ENGINE_FOLLOW_H

#include "engine/attempt.h"
#include "engine/judge.h"

struct task {
    struct lane *lane;
    struct arena *arena; /* the row's strings */
    struct attempt row;
    const struct query *query; /* NULL when resumed */
    const struct pick *pick;   /* NULL when resumed */
    struct evidence evidence;
    struct grab_count grabs;
    struct arr_command found; /* while looking through the server's commands */
    size_t n_polls;
    struct timer *timer;
    ms_t look_at; /* monotonic: when the timer looks at the command; 0: it does not */
    attempt_done *done;
    void *ctx;
};

void task_adopt(struct task *t, const struct arr_command *c); /* it is ours, or foreign: go on */
void task_locate(struct task *t); /* perhaps posted: look among the server's commands */
void task_follow(struct task *t); /* the command id is known */

/* From attempt.c. */
void task_end(struct task *t, const struct attempt_report *report); /* frees t */
void task_broken(struct task *t, const struct err *e);              /* frees t */
bool task_keep(struct task *t, struct err *e);                      /* commits the row */

#endif
