/* model/timetable.c — openings and moments. Every window is laid out on the local days around an
 * instant; its edges become instants by the zone's own rule. */
#include "model/timetable.h"

#include "base/mem.h"
#include "base/str.h"
#include "model/timetable_parts.h"

enum { DAY_MINUTES = 24 * 60, WEEK = 7 };
/* A window reaches into the day after its own, and the edges of a day may be moved by summer time;
 * every window comes back within a week. */
enum { DAYS_BEFORE = 2, DAYS_AFTER = WEEK + 1 };

struct timetable *timetable_free(struct timetable *t)
{
    mem_free(t);
    return NULL;
}

void timetable_freep(struct timetable **t)
{
    *t = timetable_free(*t);
}

bool timetable_new(const struct schedule *s, const struct settings *settings, struct zones *zones,
                   struct timetable **ret, struct err *e)
{
    const struct zone *own, *global;
    if (!zones_get(zones, s->timezone, &own, e) ||
        !zones_get(zones, settings->timezone, &global, e))
        return false;
    *ret = NEW(struct timetable);
    **ret = (struct timetable){
        .schedule = s,
        .zone = own,
        .strips = {[STRIP_WINDOWS] = {own, &s->windows},
                   [STRIP_BLACKOUT] = {own, &s->blackout},
                   [STRIP_SETTINGS] = {global, &settings->blackout}},
    };
    return true;
}

/* ---- local days ---- */

int64_t timetable_day(const struct zone *z, utc_t at)
{
    struct civil c = zone_local(z, at, NULL);
    c.hour = c.minute = c.second = 0;
    return civil_seconds(&c) / DAY_SECONDS;
}

static bool has_day(uint8_t days, int64_t day)
{
    return days >> civil_of(day * DAY_SECONDS).weekday & 1;
}

static utc_t instant(const struct zone *z, int64_t day, int minute)
{
    const struct civil c = civil_of(day * DAY_SECONDS + (int64_t)minute * 60);
    return zone_utc(z, &c);
}

bool timetable_span(const struct zone *z, const struct window *w, int64_t day, struct span *ret)
{
    bool is_past_midnight = w->to <= w->from;
    if (!has_day(w->days, day))
        return false;
    *ret = (struct span){instant(z, day, w->from),
                         instant(z, day, w->to + (is_past_midnight ? DAY_MINUTES : 0))};
    return true;
}

/* ---- openings ---- */

static bool is_in(const struct strip *s, utc_t at)
{
    int64_t today = timetable_day(s->zone, at);
    for (int64_t day = today - DAYS_BEFORE; day <= today; day++)
        for (size_t i = 0; i < s->windows->n; i++) {
            struct span span;
            if (timetable_span(s->zone, &s->windows->at[i], day, &span) && span.from <= at &&
                at < span.to)
                return true;
        }
    return false;
}

static utc_t sooner(utc_t best, utc_t t, utc_t after)
{
    return t > after && (!best || t < best) ? t : best;
}

/* The first edge of a strip after an instant; 0: it has none. */
static utc_t edge_after(const struct strip *s, utc_t at)
{
    utc_t best = 0;
    int64_t today = s->windows->n ? timetable_day(s->zone, at) : 0;
    for (int64_t day = today - DAYS_BEFORE; day <= today + DAYS_AFTER; day++)
        for (size_t i = 0; i < s->windows->n; i++) {
            struct span span;
            if (!timetable_span(s->zone, &s->windows->at[i], day, &span) || span.from >= span.to)
                continue;
            best = sooner(sooner(best, span.from, at), span.to, at);
        }
    return best;
}

static utc_t next_edge(const struct timetable *t, utc_t at)
{
    utc_t best = 0;
    for (int i = 0; i < STRIP_N; i++) {
        utc_t edge = edge_after(&t->strips[i], at);
        best = edge ? sooner(best, edge, at) : best;
    }
    return best;
}

enum opening timetable_at(const struct timetable *t, utc_t at)
{
    if (is_in(&t->strips[STRIP_BLACKOUT], at) || is_in(&t->strips[STRIP_SETTINGS], at))
        return OPENING_IN_BLACKOUT;
    const struct strip *windows = &t->strips[STRIP_WINDOWS];
    return windows->windows->n && !is_in(windows, at) ? OPENING_OUTSIDE_WINDOW : OPENING_OPEN;
}

/* The first instant in [from, before) at which it is open, or is not. */
static utc_t first(const struct timetable *t, utc_t from, utc_t before, bool is_open)
{
    for (utc_t at = from; at && at < before; at = next_edge(t, at))
        if ((timetable_at(t, at) == OPENING_OPEN) == is_open)
            return at;
    return 0;
}

utc_t timetable_opens(const struct timetable *t, utc_t from)
{
    return first(t, from, from + REACH, true);
}

utc_t timetable_closes(const struct timetable *t, utc_t at, utc_t before)
{
    return first(t, at, before, false);
}

/* ---- moments ---- */

static utc_t moment_after(const struct timetable *t, utc_t after)
{
    const struct moments *moments = &t->schedule->at;
    const struct zone *z = t->zone;
    utc_t best = 0;
    int64_t today = timetable_day(z, after);
    for (int64_t day = today - 1; day <= today + DAYS_AFTER; day++)
        for (size_t i = 0; i < moments->n; i++)
            if (has_day(moments->at[i].days, day))
                best = sooner(best, instant(z, day, moments->at[i].minute), after);
    return best;
}

utc_t timetable_moment(const struct timetable *t, utc_t after)
{
    utc_t limit = after + REACH;
    for (utc_t at = moment_after(t, after); at && at <= limit; at = moment_after(t, at))
        if (timetable_at(t, at) == OPENING_OPEN)
            return at;
    return 0;
}

/* ---- windows that summer time swallows ---- */

static bool find_lost(const struct strip *s, int64_t day, struct window_lost *ret)
{
    for (size_t i = 0; i < s->windows->n; i++) {
        struct span span;
        if (!timetable_span(s->zone, &s->windows->at[i], day, &span) || span.from < span.to)
            continue;
        ret->window = s->windows->at[i];
        ret->day = civil_of(day * DAY_SECONDS);
        return true;
    }
    return false;
}

/* Only where the clocks change. A window of the evening before may reach into the change. */
bool timetable_lost(const struct timetable *t, utc_t from, struct window_lost *ret)
{
    utc_t end = from + DAYS(366);
    for (int i = 0; i < STRIP_SETTINGS; i++) {
        const struct strip *s = &t->strips[i];
        ret->is_blackout = i == STRIP_BLACKOUT;
        for (utc_t at = zone_changes(s->zone, from); at && at < end; at = zone_changes(s->zone, at))
            if (find_lost(s, timetable_day(s->zone, at) - 1, ret) ||
                find_lost(s, timetable_day(s->zone, at), ret))
                return true;
    }
    return false;
}
