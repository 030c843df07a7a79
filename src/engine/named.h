/* engine/named.h — a name that nothing applied has, and what was probably meant. */
#ifndef SPL_ENGINE_NAMED_H
#define SPL_ENGINE_NAMED_H

#include "model/config.h"

/* The declared name of that kind which is nearly `name`, or NULL; lives as long as `c`. */
const char *named_near(const struct config *c, enum kind kind, const char *name);
/* "no queue 'tv-mising' is applied; did you mean 'tv-missing'?"; always false. */
bool named_not(const struct config *c, enum kind kind, const char *name, struct err *e);

/* The queue of "NAME" or "NAME@INSTANCE", and that instance (in `text`, or NULL). False with what
 * there is instead when there is no such queue, or it does not run there. */
MUST_CHECK bool named_queue(const struct config *c, const char *text, const struct resource **ret,
                            const char **ret_instance, struct err *e);

#endif
