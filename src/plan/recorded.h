/* plan/recorded.h — a plan as its revision keeps it, shown again. It was applied: there is nothing
 * to decide about it any more, and no value of a secret in it. */
#ifndef SPL_PLAN_RECORDED_H
#define SPL_PLAN_RECORDED_H

#include "plan/plan.h"

/* Its changes and their sum, as plan_text shows them. `json` is what plan_json gave. ERR_DB when it
 * is damaged. */
MUST_CHECK bool recorded_text(const char *json, const struct plan_view *view, struct buf *ret,
                              struct err *e);

#endif
