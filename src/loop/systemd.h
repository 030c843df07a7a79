/* loop/systemd.h — telling the service manager how we are (sd_notify protocol: datagrams to the
 * socket in $NOTIFY_SOCKET). Without one nothing happens. */
#ifndef SPL_LOOP_SYSTEMD_H
#define SPL_LOOP_SYSTEMD_H

#include "loop/loop.h"

/* "READY=1", "RELOADING=1", "STOPPING=1", "STATUS=…"; several lines in one message are allowed. */
void systemd_tell(const char *message);
/* RELOADING=1 needs the monotonic time beside it. */
void systemd_tell_reloading(const struct clock *clock);

/* Says WATCHDOG=1 twice per $WATCHDOG_USEC, if that is meant for this process, for as long as the
 * loop turns. NULL when nobody asked for it. */
struct watchdog;
struct watchdog *watchdog_new(struct loop *l);
struct watchdog *watchdog_free(struct watchdog *w); /* takes NULL, returns NULL */

#endif
