/* model/config_never.c — schedules that leave no minute of the week to run in. Windows are local
 * time and come back every week, so a week of minutes tells. */
#include <string.h>

#include "base/str.h"
#include "model/config_parts.h"

enum { DAY_MINUTES = 24 * 60, WEEK_MINUTES = 7 * DAY_MINUTES };

struct week {
    bool may[WEEK_MINUTES];
};

static void set(struct week *w, const struct windows *windows, bool may)
{
    for (size_t i = 0; i < windows->n; i++) {
        const struct window *x = &windows->at[i];
        int length = x->to - x->from + (x->to <= x->from ? DAY_MINUTES : 0);
        for (int day = 0; day < 7; day++)
            for (int m = 0; (x->days >> day & 1) && m < length; m++)
                w->may[(day * DAY_MINUTES + x->from + m) % WEEK_MINUTES] = may;
    }
}

static bool has_any_minute(const struct week *w)
{
    return memchr(w->may, 1, sizeof w->may) != NULL;
}

static bool has_any_moment(const struct week *w, const struct moments *at)
{
    for (size_t i = 0; i < at->n; i++)
        for (int day = 0; day < 7; day++)
            if (at->at[i].days >> day & 1 && w->may[day * DAY_MINUTES + at->at[i].minute])
                return true;
    return false;
}

bool schedule_never_runs(const struct schedule *s, const struct settings *settings)
{
    struct week w = {{false}};
    /* the settings' blackout is in the settings' zone: only there do their minutes compare */
    bool is_same_zone = str_eq(s->timezone, settings->timezone);
    memset(w.may, s->windows.n == 0, sizeof w.may);
    set(&w, &s->windows, true);
    set(&w, &s->blackout, false);
    if (is_same_zone)
        set(&w, &settings->blackout, false);
    return s->at.n ? !has_any_moment(&w, &s->at) : !has_any_minute(&w);
}
