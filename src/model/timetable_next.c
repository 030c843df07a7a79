/* model/timetable_next.c — what a schedule does next: its moments or its interval, and the extra
 * runs for what airs. */
#include "base/rng.h"
#include "model/timetable_parts.h"

const char *const cause_names[CAUSE_N + 1] = {
#define CAUSE(constant, name, doc) [CAUSE_##constant] = name,
#include "model/causes.def"
#undef CAUSE
};

const char *cause_doc(enum run_cause c)
{
    static const char *const docs[] = {
#define CAUSE(constant, name, doc) [CAUSE_##constant] = doc,
#include "model/causes.def"
#undef CAUSE
    };
    return docs[c];
}

struct asking {
    const struct timetable *t;
    const struct schedule *s;
    const struct when_past *past;
    const struct when_calendar *calendar;
    utc_t now;
    uint64_t seed;
};

/* Later by less than the jitter, but not past the closing. */
static utc_t shifted(const struct asking *a, utc_t at)
{
    if (!at || !a->s->jitter)
        return at;
    utc_t end = at + a->s->jitter, closes = timetable_closes(a->t, at, end);
    uint64_t room = (uint64_t)((closes ? closes : end) - at);
    return at + (utc_t)(rng_mix(a->seed, (uint64_t)at) % room);
}

/* What should have been before now is due as soon as it is open. */
static utc_t not_before_now(const struct asking *a, utc_t at)
{
    return at && at < a->now ? timetable_opens(a->t, a->now) : at;
}

/* When something begins to air inside the horizon; 0: nothing is known to air. */
static utc_t season(const struct asking *a)
{
    return a->calendar->next_airing ? MAX(a->calendar->next_airing - a->s->adaptive->horizon, 1)
                                    : 0;
}

/* The plain interval; off season the longer one, until a season begins. */
static utc_t interval_over(const struct asking *a)
{
    const struct adaptive *adaptive = a->s->adaptive;
    utc_t plain = a->past->full + a->s->every;
    if (!adaptive)
        return plain;
    utc_t off_season = a->past->full + adaptive->off_season, begins = season(a);
    return begins ? MIN(off_season, MAX(plain, begins)) : off_season;
}

static utc_t every(const struct asking *a)
{
    if (!a->s->every)
        return 0;
    bool has_run = a->past->full && a->past->full <= a->now; /* a clock may have been set back */
    if (!has_run)
        return timetable_opens(a->t, a->now);
    return not_before_now(a, shifted(a, timetable_opens(a->t, interval_over(a))));
}

static utc_t at_moment(const struct asking *a)
{
    utc_t last = MAX(a->past->full, a->past->since);
    if (!a->s->at.n)
        return 0;
    return not_before_now(a, shifted(a, timetable_moment(a->t, MIN(last, a->now))));
}

static utc_t airing(const struct asking *a)
{
    if (!a->s->adaptive || !a->calendar->next_airing)
        return 0;
    utc_t last = MIN(MAX(a->past->full, a->past->airing), a->now);
    utc_t at = MAX(last + a->s->adaptive->airing, season(a));
    return not_before_now(a, shifted(a, timetable_opens(a->t, at)));
}

static utc_t burst(const struct asking *a)
{
    utc_t at = a->s->burst ? a->calendar->burst : 0;
    return at ? timetable_opens(a->t, MAX(at, a->now)) : 0;
}

struct when_next when_next(const struct timetable *t, const struct when_past *past,
                           const struct when_calendar *calendar, utc_t now, uint64_t seed)
{
    static utc_t (*const ways[CAUSE_N])(const struct asking *a) = {
        [CAUSE_AT] = at_moment,
        [CAUSE_EVERY] = every,
        [CAUSE_AIRING] = airing,
        [CAUSE_BURST] = burst,
    };
    const struct asking a = {t, t->schedule, past, calendar, now, seed};
    struct when_next ret = {0};
    for (int c = 0; c < CAUSE_N; c++) {
        utc_t at = ways[c] ? ways[c](&a) : 0;
        if (at && (!ret.at || at < ret.at))
            ret = (struct when_next){at, (enum run_cause)c};
    }
    return ret;
}
