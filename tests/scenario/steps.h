/* scenario/steps.h — what the words of a step say, and the steps of steps_world.c. */
#ifndef SCENARIO_STEPS_H
#define SCENARIO_STEPS_H

#include "scenario/script.h"

/* Of "name=value" the value, or NULL. */
const char *step_option(const struct step *s, const char *name);
bool step_has(const struct step *s, const char *word);
int64_t step_number(const struct step *s, const char *name, int64_t otherwise);
bool step_duration(const char *text, ms_t *ret, struct err *e);
/* The server that word names. */
bool step_server(struct play *p, const struct step *s, int word, struct sim **ret, struct err *e);

bool step_fake(struct play *p, const struct step *s, struct err *e);
bool step_behave(struct play *p, const struct step *s, struct err *e);
bool step_fault(struct play *p, const struct step *s, struct err *e);
bool step_restart(struct play *p, const struct step *s, struct err *e);
bool step_indexers(struct play *p, const struct step *s, struct err *e);
bool step_release(struct play *p, const struct step *s, struct err *e);
bool step_remove(struct play *p, const struct step *s, struct err *e);
bool step_delete(struct play *p, const struct step *s, struct err *e);
bool step_hook(struct play *p, const struct step *s, struct err *e);
bool step_by_hand(struct play *p, const struct step *s, struct err *e);
bool step_user_search(struct play *p, const struct step *s, struct err *e);
bool step_user_cancel(struct play *p, const struct step *s, struct err *e);
bool step_bring(struct play *p, const struct step *s, struct err *e);
bool step_return(struct play *p, const struct step *s, struct err *e);
bool step_readd(struct play *p, const struct step *s, struct err *e);
bool step_packs(struct play *p, const struct step *s, struct err *e);
bool step_grab(struct play *p, const struct step *s, struct err *e);
bool step_retry(struct play *p, const struct step *s, struct err *e);
bool step_season(struct play *p, const struct step *s, struct err *e);
bool step_air(struct play *p, const struct step *s, struct err *e);
bool step_older(struct play *p, const struct step *s, struct err *e);
bool step_premiere(struct play *p, const struct step *s, struct err *e);

#endif
