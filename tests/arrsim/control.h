/* arrsim/control.h — what a test across processes asks and tells the world: /_sim/... on every
 * server's port, answered without key, base or faults.
 *
 *   GET  /_sim/state       the clock and every server in numbers
 *   GET  /_sim/searches    every item really searched, with what was true then
 *   GET  /_sim/requests    requests so far by method and route
 *   POST /_sim/speed?times=60
 *   POST /_sim/behave?name=blackhole&on=true
 *   POST /_sim/fault?kind=status&status=502&times=2[&method=GET&path=/api/v3/series&retry_after=5]
 *        kinds: status html cut endless tarpit reset starting lost drip torn loop moved
 *        (world.h)
 *   POST /_sim/restart?down=SECONDS         POST /_sim/indexers?state=up|error|blocked|off
 *   POST /_sim/skew?seconds=-90             POST /_sim/latency?ms=500
 *   POST /_sim/release?item=7[&at=DATE]     POST /_sim/user_search?item=7
 *   POST /_sim/grab?item=7                  POST /_sim/monitor?item=7&on=false
 *   POST /_sim/remove?title=3
 *
 * They mean the server whose port was asked; &sim=NAME means another. */
#ifndef ARRSIM_CONTROL_H
#define ARRSIM_CONTROL_H

#include "arrsim/api.h"

bool control_answer(struct ex *x); /* false: not its path */

#endif
