/* plan/notes.h — sentences at the end of a plan: what to know though nothing changes. */
#ifndef SPL_PLAN_NOTES_H
#define SPL_PLAN_NOTES_H

#include "plan/parts.h"

void plan_take_notes(struct plan *p, const struct secrets *secrets);

#endif
