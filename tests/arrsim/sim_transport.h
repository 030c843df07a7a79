/* arrsim/sim_transport.h — the world behind http/transport.h, in the same process: no sockets, and
 * latency by timers of the loop, so a virtual clock runs through it in no time.
 *
 * http://NAME.sim/... reaches the server NAME; other hosts do not resolve. https works the same. */
#ifndef ARRSIM_SIM_TRANSPORT_H
#define ARRSIM_SIM_TRANSPORT_H

#include "arrsim/world.h"
#include "http/transport.h"
#include "loop/loop.h"

/* Both must outlive it. */
struct transport *sim_transport_new(struct loop *loop, struct world *world);
/* Called before a server meets a request: what it makes of the server this request meets. */
void sim_transport_watch(struct transport *t, void (*on_request)(void *ctx, struct sim *s),
                         void *ctx);
struct transport *sim_transport_free(struct transport *t); /* takes NULL; calls end silently */

#endif
