/* web/status.h — the web thread's own copy of what the engine published last. */
#ifndef SPL_WEB_STATUS_H
#define SPL_WEB_STATUS_H

#include "web/doors.h"

struct published {
    struct web_status is; /* what it points to belongs to this copy; without doors */
    struct doors doors;
    struct arena *arena;
};

/* NULL: longer than STATUS_BYTES or more than STATUS_SAMPLES or STATUS_DOORS. `key`: of the doors.
 */
enum { STATUS_BYTES = 2 * 1024 * 1024, STATUS_SAMPLES = 20000, STATUS_DOORS = 5000 };
struct published *status_copy(const struct web_status *is, const uint8_t key[static SHA256_BYTES]);
size_t status_bytes(const struct published *s);
void status_free(void *status); /* takes NULL */

#endif
