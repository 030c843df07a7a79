/* cli/why_gates.c — a gate_question made of what the state knows. */
#include "cli/why_gates.h"

#include "base/jx.h"
#include "store/health.h"
#include "store/searches.h"

static void note_open(void *ctx, const struct attempt *a UNUSED)
{
    ++*(int64_t *)ctx;
}

bool queue_why_open(struct queue_why *x, const struct view *v, const struct resource *queue,
                    const char *instance, struct err *e)
{
    *x = (struct queue_why){.zones = zones_new()};
    const struct schedule *schedule = ((const struct queue *)queue->spec)->schedule.spec;
    if (!timetable_new(schedule, config_settings(v->config), x->zones, &x->hours, e) ||
        !health_get(v->store, instance, &x->health, e))
        return false;
    x->question = (struct gate_question){
        .store = v->store,
        .config = v->config,
        .queue = queue,
        .instance = instance,
        .hours = x->hours,
        .health = &x->health,
        .cause = CAUSE_EVERY,
        .now = clock_utc(v->cli->clock),
    };
    return attempts_open(v->store, instance, note_open, &x->question.n_open, e);
}

void queue_why_done(struct queue_why *x)
{
    timetable_free(x->hours);
    zones_free(x->zones);
}

bool queue_why_tell(const struct view *v, const struct resource *queue, const char *instance,
                    json_t *o)
{
    CLEANUP(queue_why_done) struct queue_why x = {0};
    struct gate gate = {.reason = REASON_selected};
    struct err e; /* what cannot be read is told by who asks for the queue itself */
    char at[UTC_TEXT];
    bool is_closed = queue_why_open(&x, v, queue, instance, &e) &&
                     queue_gates_ask(&x.question, &gate, &e) && gate.reason != REASON_selected;
    jx_put(o, "queue_gate", is_closed ? jx_string(reason_name(gate.reason)) : json_null());
    jx_put(o, "queue_until", jx_time(is_closed ? gate.until : 0));
    if (is_closed && !cli_is_json(v->cli))
        cli_out(v->cli, "  x %-20s %s: %s%s%s (splintarr why queue/%s)\n", "its queue",
                reason_name(gate.reason), reason_sentence(gate.reason), gate.until ? " Until " : "",
                gate.until ? utc_format_local(gate.until, at) : "", queue->name);
    return is_closed;
}
