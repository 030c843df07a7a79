/* model/config_never.c — schedules that never run, and windows that summer time swallows. Asked of
 * the timetable itself, from today on. */
#include "model/config_parts.h"

static utc_t today(const struct config *c)
{
    return c->now ? c->now : DAYS(20454); /* any day will do: years are alike */
}

/* Without zone files nothing is known, and nothing is said. */
static struct timetable *hours_of(const struct config *c, const struct schedule *s)
{
    struct timetable *t;
    struct err e;
    return timetable_new(s, c->settings, c->zones, &t, &e) ? t : NULL;
}

bool schedule_never_runs(const struct config *c, const struct schedule *s)
{
    CLEANUP(timetable_freep) struct timetable *t = hours_of(c, s);
    static const struct when_calendar none;
    const struct when_past past = {.since = today(c)};
    return t && (s->every || s->at.n) && !when_next(t, &past, &none, today(c), 0).at;
}

bool schedule_loses(const struct config *c, const struct schedule *s, struct window_lost *ret)
{
    CLEANUP(timetable_freep) struct timetable *t = hours_of(c, s);
    return t && timetable_lost(t, today(c), ret);
}
