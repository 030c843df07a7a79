/* model/health.c — observations to states. */
#include "model/health.h"

#include <stdio.h>
#include <string.h>

#include "base/macros.h"
#include "base/str.h"

enum { COND_UNKNOWN = -1, COND_FALSE, COND_TRUE };
enum { RUN, HOLD };

const char *const health_names[HEALTH_N + 1] = {
#define STATE(constant, name, condition, colour, runs, words) name,
#include "model/health.def"
#undef STATE
};

const char *const health_words[HEALTH_N] = {
#define STATE(constant, name, condition, colour, runs, words) words,
#include "model/health.def"
#undef STATE
};

const char *const health_colour_names[HEALTH_COLOURS] = {"grey", "green", "yellow", "red"};

static const struct {
    int condition;
    enum health_colour colour;
    int runs;
} states[HEALTH_N] = {
#define STATE(constant, name, condition, colour, runs, words)                                      \
    {COND_##condition, HEALTH_##colour, runs},
#include "model/health.def"
#undef STATE
};

int health_condition(const struct health *h)
{
    bool is_unanswered = h->state == HEALTH_UNKNOWN && h->failures > 0;
    return is_unanswered ? COND_FALSE : states[h->state].condition;
}

enum health_colour health_colour(enum health_state state)
{
    return states[state].colour;
}

bool health_is_out(const struct health *h)
{
    return h->state == HEALTH_DOWN || h->state == HEALTH_MISCONFIGURED ||
           (h->state == HEALTH_UNKNOWN && h->failures > 0);
}

bool health_holds_runs(enum health_state state)
{
    return states[state].runs == HOLD;
}

static void become(struct health *h, enum health_state state, utc_t at, const char *reason)
{
    if (h->state != state || !h->since)
        h->since = at;
    h->state = state;
    snprintf(h->reason, sizeof h->reason, "%s", reason);
}

static void say(struct health *h, const char *message)
{
    snprintf(h->message, sizeof h->message, "%s", message);
}

/* ---- it answers ---- */

/* "its own health page lists 1 error and 2 warnings" */
static void say_own(struct health *h)
{
    snprintf(h->message, sizeof h->message,
             "its own health page (System > Status) lists %d error%s and %d warning%s", h->n_errors,
             h->n_errors == 1 ? "" : "s", h->n_warnings, h->n_warnings == 1 ? "" : "s");
}

/* Of several things that are wrong the worst is told. */
static void settle(struct health *h, utc_t at, const char *slow, const char *remark)
{
    h->resumes = MIN(h->resumes, at + h->backoff); /* the clock may have been set back */
    if (h->resumes > at) {
        become(h, HEALTH_RECOVERING, at, "Recovering");
        say(h, "answers again; scheduled searches wait a while, in case it goes down again");
        return;
    }
    h->resumes = 0;
    if (h->are_indexers_down) {
        become(h, HEALTH_INDEXERS_DOWN, at, "IndexersUnavailable");
        say(h, "all its search indexers are unavailable (System > Status there says why)");
    } else if (*slow) {
        become(h, HEALTH_DEGRADED, at, "Degraded");
        say(h, slow);
    } else if (h->n_errors + h->n_warnings) {
        become(h, HEALTH_DEGRADED, at, "Degraded");
        say_own(h);
    } else {
        become(h, HEALTH_HEALTHY, at, "");
        say(h, remark);
    }
}

/* The first answer after an outage begins a recovery; who was mended need not prove anything. */
static void come_back(struct health *h, utc_t at)
{
    h->backoff = h->state == HEALTH_DOWN ? h->backoff : 0;
    h->back = at;
    h->resumes = at + h->backoff;
}

static void answered(struct health *h, const struct health_probe *p)
{
    if (health_is_out(h))
        come_back(h, p->at);
    h->failures = 0;
    h->counted = 0;
    snprintf(h->version, sizeof h->version, "%s", p->version);
    settle(h, p->at, p->slow, p->message);
}

/* ---- it does not ---- */

static void go_down(struct health *h, const struct health_rules *rules, utc_t at)
{
    bool is_flapping =
        h->back && h->backoff && at - (h->back + h->backoff) < HOURS(HEALTH_FLAPPING_H);
    ms_t most = MAX(rules->resume_backoff, HOURS(HEALTH_BACKOFF_MAX_H));
    h->backoff =
        is_flapping ? MIN(2 * MAX(h->backoff, rules->resume_backoff), most) : rules->resume_backoff;
    h->resumes = 0;
    become(h, HEALTH_DOWN, at, "");
}

static void failed(struct health *h, const struct health_rules *rules, const struct health_probe *p)
{
    bool counts =
        !h->counted || p->at - h->counted >= SECONDS(HEALTH_COUNT_EVERY_S) || p->at < h->counted;
    if (counts) {
        h->failures++;
        h->counted = p->at;
    }
    if (h->state != HEALTH_DOWN && h->failures >= rules->down_after)
        go_down(h, rules, p->at);
    if (h->state == HEALTH_DOWN || h->state == HEALTH_UNKNOWN) {
        become(h, h->state, p->at, p->reason);
        say(h, p->message);
    }
}

struct health health_probed(const struct health *h, const struct health_rules *rules,
                            const struct health_probe *p)
{
    struct health next = *h;
    next.asked = p->at;
    switch (p->answer) {
    case HEALTH_ANSWERED:
        next.took = p->took;
        answered(&next, p);
        break;
    case HEALTH_FAILED: failed(&next, rules, p); break;
    case HEALTH_REFUSED:
        next.failures = 0;
        next.resumes = 0;
        become(&next, HEALTH_MISCONFIGURED, p->at, p->reason);
        say(&next, p->message);
        break;
    }
    return next;
}

/* ---- the rest ---- */

static bool is_answering(const struct health *h)
{
    return h->failures == 0 && h->state != HEALTH_UNKNOWN && h->state != HEALTH_DOWN &&
           h->state != HEALTH_MISCONFIGURED;
}

/* What a probe said of its slowness stays until the next one. */
static const char *still_slow(const struct health *h)
{
    bool is_own = h->n_errors + h->n_warnings > 0;
    return h->state == HEALTH_DEGRADED && !is_own ? h->message : "";
}

struct health health_listed(const struct health *h, utc_t at, bool are_indexers_down, int n_errors,
                            int n_warnings)
{
    struct health next = *h;
    char slow[HEALTH_MESSAGE], remark[HEALTH_MESSAGE];
    snprintf(slow, sizeof slow, "%s", still_slow(h));
    snprintf(remark, sizeof remark, "%s", h->state == HEALTH_HEALTHY ? h->message : "");
    next.listed = at;
    next.are_indexers_down = are_indexers_down;
    next.n_errors = n_errors;
    next.n_warnings = n_warnings;
    if (is_answering(h))
        settle(&next, at, slow, remark);
    return next;
}

struct health health_waited(const struct health *h, utc_t now)
{
    struct health next = *h;
    if (h->state == HEALTH_RECOVERING && h->failures == 0 && h->resumes <= now)
        settle(&next, now, "", "");
    return next;
}

utc_t health_list_due(const struct health *h, utc_t now)
{
    ms_t every = MINUTES(h->are_indexers_down ? HEALTH_RECHECK_MIN : HEALTH_LIST_EVERY_MIN);
    bool is_known = h->listed && h->listed <= now; /* the clock may have been set back */
    return is_known ? h->listed + every : 0;
}
