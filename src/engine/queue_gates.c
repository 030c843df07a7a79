/* engine/queue_gates.c — one row per gate: what closes it, and its numbers in words. */
#include "engine/queue_gates.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/mem.h"
#include "engine/pause.h"
#include "model/value.h"
#include "store/health.h"
#include "store/searches.h"

/* What one gate says: closed or not, until when, and its numbers. */
struct finding {
    bool is_closed;
    utc_t until;
    char numbers[200];
};

PRINTF(2, 3)
static void say(struct finding *f, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    vsnprintf(f->numbers, sizeof f->numbers, fmt, args);
    va_end(args);
}

static const struct queue *queue_of(const struct gate_question *q)
{
    return q->queue->spec;
}

static const struct instance *instance_of(const struct gate_question *q)
{
    return config_find(q->config, KIND_INSTANCE, q->instance)->spec;
}

/* ---- by hand, by failures ---- */

static bool ask_suspended(const struct gate_question *q, struct finding *f, struct err *e UNUSED)
{
    const struct schedule *schedule = queue_of(q)->schedule.spec;
    const struct {
        const char *what;
        bool is_suspended;
    } by[] = {
        {"settings", config_settings(q->config)->suspend},
        {"the instance", instance_of(q)->suspend},
        {"the queue", queue_of(q)->suspend},
        {"its schedule", schedule && schedule->suspend},
    };
    say(f, "nothing it depends on is");
    for (size_t i = 0; i < COUNT(by) && !f->is_closed; i++) {
        f->is_closed = by[i].is_suspended;
        if (f->is_closed)
            say(f, "%s: 'suspend: true'", by[i].what);
    }
    return true;
}

static bool ask_pause(const struct gate_question *q, bool by_failures, struct pause_now *ret,
                      struct finding *f, struct err *e)
{
    if (!queue_pause(q->store, q->queue->name, q->instance, q->now, ret, e))
        return false;
    f->is_closed = ret->is_paused && ret->by_failures == by_failures;
    f->until = f->is_closed ? ret->until : 0;
    return true;
}

static bool ask_paused(const struct gate_question *q, struct finding *f, struct err *e)
{
    struct pause_now pause;
    if (!ask_pause(q, false, &pause, f, e))
        return false;
    if (f->is_closed)
        say(f, "by %s%s%s%s", pause.actor, *pause.reason ? ": " : "", pause.reason,
            pause.until ? "" : "; until splintarr resume");
    else
        say(f, "by nobody");
    return true;
}

static bool ask_failures(const struct gate_question *q, struct finding *f, struct err *e)
{
    CLEANUP(freep) char *address = mem_printf("queue/%s@%s", q->queue->name, q->instance);
    int64_t most = queue_of(q)->pause_after_failures, n;
    struct pause_now pause;
    if (!ask_pause(q, true, &pause, f, e) || !failures_get(q->store, address, &n, e))
        return false;
    if (f->is_closed)
        say(f, "splintarr resume %s ends it; %s", address, pause.reason);
    else if (most)
        say(f, "%" PRId64 " of %" PRId64 " failed runs in a row", n, most);
    else
        say(f, "never (pause_after_failures: 0)");
    return true;
}

/* ---- health ---- */

/* That a server answers who asks for a run finds out by himself. */
static bool ask_health(const struct gate_question *q, struct finding *f, struct err *e UNUSED)
{
    const struct health *h = q->health;
    bool is_away = h->state == HEALTH_DOWN || h->state == HEALTH_MISCONFIGURED;
    f->is_closed = is_away && q->cause != CAUSE_ASKED;
    say(f, "%s%s%.150s", health_names[h->state], *h->message ? ": " : "", h->message);
    return true;
}

static bool ask_recovery(const struct gate_question *q, struct finding *f, struct err *e UNUSED)
{
    const struct health *h = q->health;
    f->is_closed = h->state == HEALTH_RECOVERING && q->cause != CAUSE_ASKED;
    f->until = f->is_closed ? h->resumes : 0;
    char backoff[VALUE_TEXT];
    say(f, "after an outage %s, more when it keeps going down",
        value_print_dur(instance_of(q)->health.resume_backoff, backoff));
    return true;
}

/* ---- hours ---- */

static bool ask_hours(const struct gate_question *q, enum opening closing, struct finding *f)
{
    enum opening opening = timetable_at(q->hours, q->now);
    f->is_closed = opening == closing;
    f->until = f->is_closed ? timetable_opens(q->hours, q->now) : 0;
    return true;
}

static bool ask_window(const struct gate_question *q, struct finding *f, struct err *e UNUSED)
{
    size_t n = queue_of(q)->schedule.spec ? queue_of(q)->schedule.spec->windows.n : 0;
    if (n)
        say(f, "%zu window%s", n, n == 1 ? "" : "s");
    else
        say(f, "no windows");
    return ask_hours(q, OPENING_OUTSIDE_WINDOW, f);
}

static bool ask_blackout(const struct gate_question *q, struct finding *f, struct err *e UNUSED)
{
    size_t n = queue_of(q)->schedule.spec ? queue_of(q)->schedule.spec->blackout.n : 0;
    n += config_settings(q->config)->blackout.n;
    if (n)
        say(f, "%zu blackout%s, the settings' included", n, n == 1 ? "" : "s");
    else
        say(f, "no blackouts");
    return ask_hours(q, OPENING_IN_BLACKOUT, f);
}

static bool ask_flight(const struct gate_question *q, struct finding *f, struct err *e UNUSED)
{
    f->is_closed = q->n_open >= instance_of(q)->limits.in_flight;
    say(f, "%" PRId64 " searches of earlier runs may still be running there; %" PRId64 " at once",
        q->n_open, instance_of(q)->limits.in_flight);
    return true;
}

/* ---- caps ---- */

static bool ask_cap(const struct gate_question *q, ms_t window, int64_t cap, struct finding *f,
                    struct err *e)
{
    utc_t free_at;
    int64_t used;
    if (!cap_free_at(q->store, q->instance, window, cap, q->now, &free_at, &used, e))
        return false;
    f->is_closed = free_at > q->now;
    f->until = f->is_closed ? free_at : 0;
    say(f, "%" PRId64 " of %" PRId64 " searches in the last %" PRId64 " h", used, cap,
        window / HOURS(1));
    return true;
}

static bool ask_cap_hour(const struct gate_question *q, struct finding *f, struct err *e)
{
    return ask_cap(q, HOURS(1), instance_of(q)->limits.searches_per_hour, f, e);
}

/* A tenant's searches are counted together, on whatever instance; 0 allows none. */
static bool ask_tenant(const struct gate_question *q, struct finding *f, struct err *e)
{
    const char *tenant = q->queue->owner;
    int64_t cap = config_settings(q->config)->tenants.searches_per_day, used = 0;
    utc_t free_at = 0;
    if (cap > 0 &&
        !tenant_cap_free_at(q->store, tenant, HOURS(24), cap, q->now, &free_at, &used, e))
        return false;
    f->is_closed = cap == 0 || free_at > q->now;
    f->until = f->is_closed ? free_at : 0;
    say(f, "%" PRId64 " of the tenant's %" PRId64 " searches in the last 24 h", used, cap);
    return true;
}

static bool ask_cap_day(const struct gate_question *q, struct finding *f, struct err *e)
{
    if (!ask_cap(q, HOURS(24), instance_of(q)->limits.searches_per_day, f, e))
        return false;
    return f->is_closed || !q->queue->owner || ask_tenant(q, f, e);
}

/* ---- together ---- */

static const struct {
    enum reason reason;
    bool (*ask)(const struct gate_question *q, struct finding *f, struct err *e);
} gates[] = {
    {REASON_suspended, ask_suspended},
    {REASON_paused, ask_paused},
    {REASON_auto_paused_failures, ask_failures},
    {REASON_instance_unhealthy, ask_health},
    {REASON_resume_backoff, ask_recovery},
    {REASON_outside_window, ask_window},
    {REASON_in_blackout, ask_blackout},
    {REASON_in_flight, ask_flight},
    {REASON_cap_hour, ask_cap_hour},
    {REASON_cap_day, ask_cap_day},
};

bool queue_gates_ask(const struct gate_question *q, struct gate *ret, struct err *e)
{
    *ret = (struct gate){.reason = REASON_selected};
    for (size_t i = 0; i < COUNT(gates); i++) {
        struct finding f = {0};
        if (!gates[i].ask(q, &f, e))
            return false;
        if (!f.is_closed)
            continue;
        *ret = (struct gate){.reason = gates[i].reason, .until = f.until};
        return true;
    }
    return true;
}

bool queue_gap(const struct gate_question *q, ms_t *ret, struct err *e)
{
    utc_t last;
    if (!last_search(q->store, q->instance, &last, e))
        return false;
    ms_t since = q->now - last, gap = instance_of(q)->limits.min_gap;
    *ret = last && since >= 0 && since < gap ? gap - since : 0;
    return true;
}

/* ---- in words ---- */

static struct queue_gate_line line_of(const struct gate_question *q, enum reason reason,
                                      const struct finding *f)
{
    struct queue_gate_line line = {.gate = {.reason = reason, .until = f->until},
                                   .is_closed = f->is_closed};
    char at[UTC_TEXT];
    bool is_timed = f->is_closed && f->until > q->now;
    snprintf(line.numbers, sizeof line.numbers, "%.160s%s%s", f->numbers,
             is_timed ? "; opens " : "", is_timed ? utc_format_local(f->until, at) : "");
    return line;
}

static bool explain_gap(const struct gate_question *q, struct queue_gate_line *ret, struct err *e)
{
    ms_t wait;
    utc_t last;
    struct finding f = {0};
    char gap[VALUE_TEXT], at[UTC_TEXT];
    if (!queue_gap(q, &wait, e) || !last_search(q->store, q->instance, &last, e))
        return false;
    f.is_closed = wait > 0;
    f.until = f.is_closed ? q->now + wait : 0;
    say(&f, "%s between two searches of the instance, the last %s%s",
        value_print_dur(instance_of(q)->limits.min_gap, gap), last ? "at " : "never",
        last ? utc_format_local(last, at) : "");
    *ret = line_of(q, REASON_min_gap, &f);
    return true;
}

/* What the run will ask the server. */
static struct queue_gate_line explain_downloads(const struct gate_question *q)
{
    const struct instance *i = instance_of(q);
    struct finding f = {0};
    if (i->download_queue.max)
        say(&f, "asked in each run; closed from %" PRId64 " active downloads on%s",
            i->download_queue.max,
            i->download_queue.on_error == ON_ERROR_CLOSED ? ", and when that cannot be told" : "");
    else
        say(&f, "no number of active downloads closes it (download_queue.max: 0)");
    return line_of(q, REASON_download_queue_full, &f);
}

static struct queue_gate_line explain_indexers(const struct gate_question *q)
{
    const struct health *h = q->health;
    struct finding f = {.is_closed = h->are_indexers_down};
    char at[UTC_TEXT];
    if (h->listed)
        say(&f, "asked in each run; %s at %s", h->are_indexers_down ? "none was usable" : "usable",
            utc_format_local(h->listed, at));
    else
        say(&f, "asked in each run");
    return line_of(q, REASON_indexers_unavailable, &f);
}

/* What its last run found: only a run looks through the library. */
static void note_run(void *ctx, const struct run *run)
{
    struct finding *f = ctx;
    f->is_closed = run->considered > 0 && run->selected == 0;
    if (run->gate[0] && run->considered == 0)
        say(f, "asked in each run; the last did not come so far");
    else
        say(f, "asked in each run; the last considered %d items and chose %d", run->considered,
            run->selected);
}

static bool explain_eligible(const struct gate_question *q, struct queue_gate_line *ret,
                             struct err *e)
{
    struct finding f = {0};
    say(&f, "asked in each run; there was none yet");
    if (!runs_each(q->store, q->queue->name, q->instance, 1, note_run, &f, e))
        return false;
    *ret = line_of(q, REASON_nothing_eligible, &f);
    return true;
}

bool queue_gates_explain(const struct gate_question *q,
                         struct queue_gate_line ret[static QUEUE_GATES_MAX], size_t *ret_n,
                         struct err *e)
{
    size_t n = 0;
    for (size_t i = 0; i < COUNT(gates); i++) {
        struct finding f = {0};
        if (!gates[i].ask(q, &f, e))
            return false;
        ret[n++] = line_of(q, gates[i].reason, &f);
    }
    if (!explain_gap(q, &ret[n++], e))
        return false;
    ret[n++] = explain_downloads(q);
    ret[n++] = explain_indexers(q);
    if (!explain_eligible(q, &ret[n++], e))
        return false;
    *ret_n = n;
    return true;
}
