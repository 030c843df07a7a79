/* model/timetable_words.c — a schedule as sentences. */
#include "model/timetable_parts.h"
#include "model/value.h"

/* "a, b and c" of n things. */
static const char *between(size_t i, size_t n)
{
    return i == 0 ? "" : i + 1 == n ? " and " : ", ";
}

static void say_windows(struct buf *b, const struct windows *w)
{
    char text[VALUE_TEXT];
    for (size_t i = 0; i < w->n; i++)
        buf_printf(b, "%s%s", between(i, w->n), value_print_window(&w->at[i], text));
}

static void say_when(struct buf *b, const struct schedule *s)
{
    char text[VALUE_TEXT];
    if (s->every)
        buf_printf(b, "Every %s", value_print_dur(s->every, text));
    for (size_t i = 0; i < s->at.n; i++)
        buf_printf(b, "%s%s", i == 0 ? "At " : between(i, s->at.n),
                   value_print_moment(&s->at.at[i], text));
}

static void say_hours(struct buf *b, const struct timetable *t)
{
    const struct schedule *s = t->schedule;
    if (s->windows.n) {
        buf_puts(b, ", only inside ");
        say_windows(b, &s->windows);
    }
    if (s->blackout.n) {
        buf_puts(b, ", never inside ");
        say_windows(b, &s->blackout);
    }
    if (s->windows.n || s->blackout.n || s->at.n)
        buf_printf(b, " (%s)", zone_name(t->zone));
    buf_puts(b, ".");
}

static void say_settings(struct buf *b, const struct strip *settings)
{
    if (!settings->windows->n)
        return;
    buf_puts(b, " By the settings never inside ");
    say_windows(b, settings->windows);
    buf_printf(b, " (%s).", zone_name(settings->zone));
}

static void say_airing(struct buf *b, const struct schedule *s)
{
    char fast[VALUE_TEXT], horizon[VALUE_TEXT], slow[VALUE_TEXT], length[VALUE_TEXT];
    if (s->adaptive)
        buf_printf(b,
                   " Series of which something airs within %s are searched every %s besides; while "
                   "nothing airs, everything is searched every %s only.",
                   value_print_dur(s->adaptive->horizon, horizon),
                   value_print_dur(s->adaptive->airing, fast),
                   value_print_dur(s->adaptive->off_season, slow));
    if (s->burst)
        buf_printf(b,
                   " For %s after something has aired its series is searched every %s besides, the "
                   "fresh item without grace or cooldown until it is found.",
                   value_print_dur(s->burst->for_, length), value_print_dur(s->burst->every, fast));
}

void timetable_words(const struct timetable *t, struct buf *ret)
{
    const struct schedule *s = t->schedule;
    char text[VALUE_TEXT];
    say_when(ret, s);
    say_hours(ret, t);
    if (s->jitter)
        buf_printf(ret, " Each run begins up to %s later.", value_print_dur(s->jitter, text));
    say_airing(ret, s);
    say_settings(ret, &t->strips[STRIP_SETTINGS]);
    if (s->suspend)
        buf_puts(ret, " Suspended: it runs nothing.");
}
