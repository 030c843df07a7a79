/* engine/wall.h — the clock on the wall against the steady one that timers go by: it may be set,
 * and it goes on while the machine sleeps. Who plans by it looks at it every minute. */
#ifndef SPL_ENGINE_WALL_H
#define SPL_ENGINE_WALL_H

#include "loop/loop.h"

struct wall {
    ms_t ahead; /* of the steady clock, at the last look */
};

static inline ms_t wall_ahead(const struct loop *l)
{
    return loop_utc(l) - loop_mono(l);
}

/* Whether it moved since the last look, by more than clocks are corrected all the time. */
static inline bool wall_moved(struct wall *w, const struct loop *l)
{
    static const ms_t slack = SECONDS(30);
    ms_t by = wall_ahead(l) - w->ahead;
    w->ahead = wall_ahead(l);
    return by >= slack || by <= -slack;
}

/* That moment of the steady clock on the wall, as it hangs now: what must not be moved with it is
 * kept so. */
static inline utc_t wall_at(const struct loop *l, ms_t mono)
{
    return mono + wall_ahead(l);
}

/* A timer's length at most, of those who wait for an instant. */
static inline ms_t wall_wait(const struct loop *l, utc_t at)
{
    return MIN(MAX(at - loop_utc(l), 0), MINUTES(1));
}

#endif
