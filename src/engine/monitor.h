/* engine/monitor.h — asks every instance how it is, health.interval after anybody last did: sooner
 * while failures are being counted, at the end of a recovery, and while indexers are down. One
 * timer, to the earliest. Suspended instances are left alone. */
#ifndef SPL_ENGINE_MONITOR_H
#define SPL_ENGINE_MONITOR_H

#include "engine/engine.h"

struct monitor;

/* Borrowed; the engine must outlive the monitor's last probe (free the engine first). */
struct monitor *monitor_new(struct engine *engine, struct loop *loop);
struct monitor *monitor_free(struct monitor *m); /* takes NULL, returns NULL */
/* The instances from now on; it must live until the next is adopted. */
void monitor_adopt(struct monitor *m, const struct config *config);
/* To be told every event of the engine: a change of health may mean another time. */
void monitor_heard(struct monitor *m, enum event event);

#endif
