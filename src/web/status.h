/* web/status.h — the web thread's own copy of what the engine published last. */
#ifndef SPL_WEB_STATUS_H
#define SPL_WEB_STATUS_H

#include "web/web.h"

struct published {
    struct web_status is; /* what it points to belongs to this copy */
    struct arena *arena;
};

/* NULL: longer than STATUS_BYTES or more than STATUS_SAMPLES. */
enum { STATUS_BYTES = 2 * 1024 * 1024, STATUS_SAMPLES = 20000 };
struct published *status_copy(const struct web_status *is);
size_t status_bytes(const struct published *s);
void status_free(void *status); /* takes NULL */

#endif
