/* engine/due.c — the state is asked, model/timetable answers. */
#include "engine/due.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "engine/airing.h"
#include "engine/excluded.h"
#include "store/resources.h"
#include "store/searches.h"

static const struct queue *queue_of(const struct due_question *q)
{
    return q->queue->spec;
}

static const char *known(const char *name, const char *now)
{
    return name ? name : now;
}

/* Every queue on every instance has its own jitter, the same after every start. */
static uint64_t seed_of(const struct due_question *q)
{
    uint8_t hash[SHA256_BYTES];
    uint64_t ret;
    CLEANUP(freep) char *name = mem_printf("%s@%s", q->queue->name, q->instance);
    hash_sha256(name, strlen(name), hash);
    memcpy(&ret, hash, sizeof ret);
    return ret;
}

/* A schedule of its own counts from when it was written, not from the queue's last run under
 * another. */
static bool read_since(const struct due_question *q, utc_t *ret, struct err *e)
{
    const char *schedule = queue_of(q)->schedule.name;
    utc_t of_queue = q->since, of_schedule = 0;
    if (!q->since && (!resource_since(q->store, kind_names[KIND_QUEUE],
                                      known(q->known_queue, q->queue->name), &of_queue, e) ||
                      (schedule && !resource_since(q->store, kind_names[KIND_SCHEDULE], schedule,
                                                   &of_schedule, e))))
        return false;
    *ret = of_queue || of_schedule ? MAX(of_queue, of_schedule) : q->now;
    return true;
}

static bool read_past(const struct due_question *q, struct when_past *ret, struct err *e)
{
    struct last_runs last = {0};
    utc_t since = 0;
    if (!read_since(q, &since, e) || !runs_last(q->store, known(q->known_queue, q->queue->name),
                                                known(q->known_instance, q->instance), &last, e))
        return false;
    *ret = (struct when_past){.full = last.full, .since = since, .airing = last.airing};
    return true;
}

static bool read_airing(const struct due_question *q, const struct timetable *hours,
                        struct airing *ret, struct err *e)
{
    CLEANUP(exclusions_freep) struct exclusions *exclusions = NULL;
    const struct schedule *s = queue_of(q)->schedule.spec;
    struct query query = {.queue = queue_of(q), .owner = q->queue->owner, .now = q->now};
    *ret = (struct airing){.next = ""};
    if (!s->adaptive && !s->burst)
        return true;
    if (!excluded_on(q->store, q->config, q->instance, q->now, &exclusions, e))
        return false;
    query.exclusions = exclusions;
    return airing_read(q->store, known(q->known_instance, q->instance), &query, hours, ret, e);
}

static bool is_suspended(const struct due_question *q)
{
    const struct resource *r = config_find(q->config, KIND_INSTANCE, q->instance);
    const struct instance *instance = r->spec;
    return config_settings(q->config)->suspend || instance->suspend || queue_of(q)->suspend ||
           queue_of(q)->schedule.spec->suspend;
}

static void explain(struct due *ret, const struct airing *airing)
{
    const char *what = ret->next.cause == CAUSE_AIRING  ? airing->next
                       : ret->next.cause == CAUSE_BURST ? airing->burst
                                                        : "";
    snprintf(ret->because, sizeof ret->because, "%s", what);
    ret->airing = ret->next.cause == CAUSE_AIRING ? airing->calendar.next_airing : 0;
}

bool due_next(const struct due_question *q, struct due *ret, struct err *e)
{
    CLEANUP(timetable_freep) struct timetable *t = NULL;
    CLEANUP(airing_done) struct airing airing = {.next = ""};
    struct when_past past = {0};
    *ret = (struct due){.is_suspended = is_suspended(q), .because = ""};
    if (ret->is_suspended)
        return true;
    if (!timetable_new(queue_of(q)->schedule.spec, config_settings(q->config), q->zones, &t, e) ||
        !read_past(q, &past, e) || !read_airing(q, t, &airing, e))
        return false;
    ret->next = when_next(t, &past, &airing.calendar, q->now, seed_of(q));
    ret->last = past.full;
    ret->opening = timetable_at(t, q->now);
    explain(ret, &airing);
    return true;
}
