/* store/lock.h — STATE/lock: one writer at a time. The kernel lets go of it when its holder dies.
 */
#ifndef SPL_STORE_LOCK_H
#define SPL_STORE_LOCK_H

#include "base/err.h"

/* ERR_CONFLICT names the process that holds it. Closing the descriptor releases it. */
MUST_CHECK bool lock_take(const char *dir, int *ret_fd, struct err *e);

#endif
