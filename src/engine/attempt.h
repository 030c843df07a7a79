/* engine/attempt.h — one search of one item, from preflight to verdict, each state a committed row
 * before the next begins: a kill at any instant leaves an attempt that attempt_resume can settle.
 */
#ifndef SPL_ENGINE_ATTEMPT_H
#define SPL_ENGINE_ATTEMPT_H

#include "engine/lane.h"
#include "store/searches.h"

enum attempt_end {
    ATTEMPT_SETTLED,   /* judged: row.verdict */
    ATTEMPT_SKIPPED,   /* nothing was sent: reason */
    ATTEMPT_LEFT_OPEN, /* posted, not judged: still running, or nobody waits for it */
    ATTEMPT_BROKEN,    /* the server or the store failed: err. What was sent is settled later */
};
struct attempt_report {
    enum attempt_end end;
    enum reason reason;
    const struct attempt *row; /* valid during the call */
    struct err err;
};
typedef void attempt_done(void *ctx, const struct attempt_report *report);

struct task; /* an attempt under way; gone when done was called */

/* Searches a pick. Pick, query and strings must outlive the task. `intended` is told when its
 * intent is a row, so that caps and the gap count it; it must not free the task. */
struct task *attempt_search(struct lane *l, const struct query *query, const struct pick *pick,
                            const struct attempt *names, void (*intended)(void *ctx),
                            attempt_done *done, void *ctx);

/* Settles one that an earlier process, or an earlier run, left open. Copies the row. */
struct task *attempt_resume(struct lane *l, const struct attempt *row, attempt_done *done,
                            void *ctx);

/* Its command may have ended: looks in two seconds, unless a look is due sooner. */
void task_nudge(struct task *t);

struct task *task_free(struct task *t); /* takes NULL, returns NULL; done is not called any more */

/* The fields of item_searched that an attempt itself knows. */
json_t *attempt_fields(const struct attempt *row);

#endif
