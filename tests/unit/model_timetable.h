/* Schedules written in a test the way users write them, and the timetable made of them. Needs
 * cmocka included before. */
#ifndef TESTS_MODEL_TIMETABLE_H
#define TESTS_MODEL_TIMETABLE_H

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "model/timetable.h"
#include "model/value.h"

enum { TIMETABLE_MOST = 4 }; /* windows or moments in a list */

/* A schedule as it would be written; lists are separated by "; ". */
struct written {
    const char *zone, *windows, *blackout, *global, *at;
    ms_t every, jitter;
    const struct adaptive *adaptive;
    const struct burst *burst;
};

struct made {
    struct schedule schedule;
    struct settings settings;
    struct window windows[TIMETABLE_MOST], blackout[TIMETABLE_MOST], global[TIMETABLE_MOST];
    struct moment at[TIMETABLE_MOST];
    struct adaptive adaptive;
    struct burst burst;
    struct zones *zones;
    struct timetable *t;
};

static inline utc_t instant(const char *text)
{
    utc_t t = 0;
    if (text)
        assert_true(utc_parse(text, &t));
    return t;
}

static inline size_t split(const char *text, void (*one)(void *list, size_t i, const char *text),
                           void *list)
{
    size_t n = 0;
    while (text && *text) {
        char part[64];
        size_t length = strcspn(text, ";");
        snprintf(part, sizeof part, "%.*s", (int)length, text);
        assert_true(n < TIMETABLE_MOST);
        one(list, n++, part);
        text += length + strspn(text + length, "; ");
    }
    return n;
}

static inline void one_window(void *list, size_t i, const char *text)
{
    struct value_problem p;
    assert_true(value_window(text, &((struct window *)list)[i], &p));
}

static inline void one_moment(void *list, size_t i, const char *text)
{
    struct value_problem p;
    assert_true(value_moment(text, &((struct moment *)list)[i], &p));
}

static inline struct timetable *make(struct made *m, const struct written *w)
{
    const char *zone = w->zone ? w->zone : "UTC";
    struct err e;
    if (!zone_exists(zone))
        skip(); /* no time zones on this machine */
    *m = (struct made){.settings = {.timezone = "UTC"}};
    m->schedule = (struct schedule){.timezone = zone, .every = w->every, .jitter = w->jitter};
    m->schedule.windows = (struct windows){m->windows, split(w->windows, one_window, m->windows)};
    m->schedule.blackout =
        (struct windows){m->blackout, split(w->blackout, one_window, m->blackout)};
    m->settings.blackout = (struct windows){m->global, split(w->global, one_window, m->global)};
    m->schedule.at = (struct moments){m->at, split(w->at, one_moment, m->at)};
    m->adaptive = w->adaptive ? *w->adaptive : m->adaptive;
    m->burst = w->burst ? *w->burst : m->burst;
    m->schedule.adaptive = w->adaptive ? &m->adaptive : NULL;
    m->schedule.burst = w->burst ? &m->burst : NULL;
    m->zones = zones_new();
    if (!timetable_new(&m->schedule, &m->settings, m->zones, &m->t, &e))
        fail_msg("%s", e.msg);
    return m->t;
}

static inline void made_done(struct made *m)
{
    timetable_free(m->t);
    zones_free(m->zones);
}

static inline void same(utc_t got, const char *expected, const char *what)
{
    char text[UTC_TEXT];
    if (got != instant(expected))
        fail_msg("%s: %s, not %s", what, got ? utc_format(got, text) : "never",
                 expected ? expected : "never");
}

#endif
