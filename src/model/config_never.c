/* model/config_never.c — schedules that never run, or not before clocks change, and windows that
 * summer time swallows. Asked of the timetable itself, from today on. */
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

static struct civil day_of(const struct config *c, const struct schedule *s, utc_t at)
{
    const struct zone *zone;
    struct err e;
    return zones_get(c->zones, s->timezone, &zone, &e) ? zone_local(zone, at, NULL)
                                                       : civil_of(at / 1000);
}

/* Windows and moments come back every week, but for one that clocks skip. */
bool schedule_idles(const struct config *c, const struct schedule *s, struct civil *ret_until)
{
    CLEANUP(timetable_freep) struct timetable *t = hours_of(c, s);
    static const struct when_calendar none;
    const struct when_past past = {.since = today(c)};
    if (!t || (!s->every && !s->at.n))
        return false;
    utc_t next = when_next(t, &past, &none, today(c), 0).at;
    *ret_until = next ? day_of(c, s, next) : (struct civil){.year = 0};
    return !next || next > today(c) + DAYS(15);
}

bool schedule_loses(const struct config *c, const struct schedule *s, struct window_lost *ret)
{
    CLEANUP(timetable_freep) struct timetable *t = hours_of(c, s);
    return t && timetable_lost(t, today(c), ret);
}
