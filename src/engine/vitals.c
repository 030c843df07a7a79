/* engine/vitals.c — feeding model/health, telling its transitions, keeping it. */
#include "engine/vitals.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/jx.h"
#include "base/log.h"
#include "base/str.h"
#include "engine/lane.h"
#include "engine/wall.h"
#include "store/health.h"
#include "store/searches.h"

enum { KEEP_EVERY_MINUTES = 10, LONGEST_REST_H = 1 };

/* ---- one for each instance ---- */

static bool load(struct store *s, struct vitals *v, struct err *e)
{
    return health_get(s, v->instance, &v->health, e) &&
           answers_load(s, v->instance, &v->answers, e);
}

struct vitals *vitals_of(struct engine *e, const char *instance)
{
    struct err err = {0};
    for (size_t i = 0; i < e->vitals.n; i++)
        if (str_eq(e->vitals.at[i]->instance, instance))
            return e->vitals.at[i];
    struct vitals *v = NEW(struct vitals);
    v->instance = mem_strdup(instance);
    if (!batch_commit(&e->batch, &err) || !load(e->setup.store, v, &err))
        log_error("internal_error", KV("instance", instance), KV("error", err.msg));
    vec_push(&e->vitals, v);
    return v;
}

struct vitals *vitals_free(struct vitals *v)
{
    if (!v)
        return NULL;
    mem_free(v->instance);
    mem_free(v);
    return NULL;
}

const struct health *engine_health(struct engine *e, const char *instance)
{
    return &vitals_of(e, instance)->health;
}

utc_t engine_rests(struct engine *e, const char *instance)
{
    ms_t rests = vitals_of(e, instance)->rests;
    return rests ? wall_at(e->setup.loop, rests) : 0;
}

const struct answers *engine_answers(struct engine *e, const char *instance)
{
    return &vitals_of(e, instance)->answers;
}

/* ---- telling ---- */

static void tell(struct engine *e, struct lane *l, const char *instance, enum event event,
                 json_t *fields)
{
    if (l) {
        lane_tell(l, event, fields);
        return;
    }
    jx_put(fields, "instance", jx_string(instance));
    e->setup.on_event(e->setup.ctx, event, fields);
    json_decref(fields);
}

static json_t *change_fields(const struct health *h)
{
    json_t *f = json_object();
    jx_put(f, "state", jx_string(health_names[h->state]));
    jx_put(f, "reason", *h->reason ? jx_string(h->reason) : json_null());
    jx_put(f, "since", jx_time(h->since));
    jx_put(f, "message", *h->message ? jx_string(h->message) : json_null());
    if (h->resumes)
        jx_put(f, "until", jx_time(h->resumes));
    return f;
}

/* What leaving a state and entering one is called; EVENT_N: nothing. */
static const struct {
    enum event left, entered;
} changes[HEALTH_N] = {
    [HEALTH_UNKNOWN] = {EVENT_N, EVENT_N},
    [HEALTH_HEALTHY] = {EVENT_N, EVENT_instance_healthy},
    [HEALTH_DEGRADED] = {EVENT_N, EVENT_instance_degraded},
    [HEALTH_INDEXERS_DOWN] = {EVENT_indexers_recovered, EVENT_indexers_down},
    [HEALTH_DOWN] = {EVENT_instance_recovered, EVENT_instance_down},
    [HEALTH_RECOVERING] = {EVENT_N, EVENT_N},
    [HEALTH_MISCONFIGURED] = {EVENT_instance_recovered, EVENT_instance_misconfigured},
};

static void tell_queue(struct engine *e, struct lane *l, const struct vitals *v, const char *queue,
                       enum event event)
{
    json_t *f = json_object();
    jx_put(f, "queue", jx_string(queue));
    jx_put(f, "by", jx_string("health"));
    jx_put(f, "reason", *v->health.reason ? jx_string(v->health.reason) : json_null());
    tell(e, l, v->instance, event, f);
}

/* Every queue of the instance waits from now on, or goes on. */
static void tell_queues(struct engine *e, struct lane *l, const struct vitals *v,
                        enum health_state before)
{
    const struct config *c = l ? l->errand->config : e->setup.config;
    bool is_held = health_holds_runs(v->health.state);
    if (health_holds_runs(before) == is_held)
        return;
    for (size_t i = 0; i < config_n(c); i++) {
        const struct resource *r = config_at(c, i);
        if (r->kind == KIND_QUEUE && config_runs_on(c, r, v->instance))
            tell_queue(e, l, v, r->name, is_held ? EVENT_queue_paused : EVENT_queue_resumed);
    }
}

static void tell_change(struct engine *e, struct lane *l, const struct vitals *v,
                        enum health_state before)
{
    const struct health *h = &v->health;
    bool is_better = !health_is_out(h);
    if (is_better && changes[before].left != EVENT_N)
        tell(e, l, v->instance, changes[before].left, change_fields(h));
    bool is_plain = h->state == HEALTH_HEALTHY && changes[before].left != EVENT_N;
    if (changes[h->state].entered != EVENT_N && !is_plain)
        tell(e, l, v->instance, changes[h->state].entered, change_fields(h));
    tell_queues(e, l, v, before);
}

/* ---- keeping ---- */

static bool keep_all(struct engine *e, struct vitals *v, bool is_change, struct err *err)
{
    utc_t now = loop_utc(e->setup.loop);
    return batch_commit(&e->batch, err) &&
           health_put(e->setup.store, v->instance, &v->health, is_change, err) &&
           answers_keep(e->setup.store, v->instance, &v->answers, now, err);
}

/* What cannot be written down is still known, and tried again with the next. */
static void keep(struct engine *e, struct vitals *v, bool is_change)
{
    struct err err = {0};
    if (keep_all(e, v, is_change, &err))
        v->kept = loop_utc(e->setup.loop);
    else
        log_error("internal_error", KV("instance", v->instance), KV("error", err.msg));
}

static void let_search_again(struct engine *e, const struct vitals *v)
{
    struct err err = {0};
    if (!batch_commit(&e->batch, &err) || !memory_indexers_back(e->setup.store, v->instance, &err))
        log_error("internal_error", KV("instance", v->instance), KV("error", err.msg));
}

/* A first failure is a change for those who look, though the state is the same. */
static bool is_news(const struct health *was, const struct health *is)
{
    return was->state != is->state || was->failures != is->failures ||
           !str_eq(was->reason, is->reason) || !str_eq(was->version, is->version);
}

static void become(struct engine *e, struct lane *l, struct vitals *v, const struct health *next)
{
    const struct health was = v->health;
    v->health = *next;
    if (is_news(&was, next))
        keep(e, v, was.state != next->state);
    if (was.are_indexers_down && !next->are_indexers_down)
        let_search_again(e, v);
    if (was.state != next->state)
        tell_change(e, l, v, was.state);
}

static void note_rest(const struct loop *loop, struct vitals *v, utc_t until)
{
    ms_t rest = until - loop_utc(loop);
    v->rests = rest > 0 ? loop_mono(loop) + MIN(rest, HOURS(LONGEST_REST_H)) : 0;
}

void vitals_keep(struct lane *l)
{
    struct vitals *v = l->vitals;
    utc_t now = loop_utc(l->engine->setup.loop);
    if (l->arr)
        note_rest(l->engine->setup.loop, v, arr_retry_at(l->arr));
    bool is_recent = v->kept && now - v->kept < MINUTES(KEEP_EVERY_MINUTES) && now >= v->kept;
    if (l->arr && !(l->errand->is_routine && is_recent))
        keep(l->engine, v, false);
}

/* ---- what is observed ---- */

static struct health_rules rules_of(const struct lane *l)
{
    return (struct health_rules){.down_after = (int)l->spec->health.down_after,
                                 .resume_backoff = l->spec->health.resume_backoff};
}

static void observe(struct lane *l, const struct health_probe *p)
{
    const struct health_rules rules = rules_of(l);
    struct health next = health_probed(&l->vitals->health, &rules, p);
    become(l->engine, l, l->vitals, &next);
}

/* Long searches leave no room for probes: whether it can be reached every request tells. */
static void observe_reach(struct lane *l, const struct arr_answer *answer, bool is_good)
{
    const struct health *h = &l->vitals->health;
    bool is_away = answer->trouble == ARR_UNREACHABLE || answer->trouble == ARR_TLS;
    bool is_back = is_good && (h->failures > 0 || h->state == HEALTH_DOWN);
    char version[HEALTH_VERSION];
    snprintf(version, sizeof version, "%s", h->version);
    if (is_away || is_back)
        observe(l, &(struct health_probe){.at = loop_utc(l->engine->setup.loop),
                                          .took = answer->took,
                                          .answer = is_away ? HEALTH_FAILED : HEALTH_ANSWERED,
                                          .reason = lane_health_reason(answer->trouble),
                                          .message = is_away ? answer->err->msg : "",
                                          .version = version,
                                          .slow = ""});
}

void vitals_answered(void *lane, const struct arr_answer *answer)
{
    struct lane *l = lane;
    bool is_good = answer->trouble == ARR_OK || answer->trouble == ARR_GONE;
    enum answer_kind kind = is_good              ? ANSWER_GOOD
                            : answer->is_timeout ? ANSWER_TIMEOUT
                                                 : ANSWER_ERROR;
    l->last_trouble = answer->trouble;
    answers_add(&l->vitals->answers, loop_utc(l->engine->setup.loop), answer->took, kind);
    observe_reach(l, answer, is_good);
}

static const enum health_answer answer_of[] = {
    [ARR_OK] = HEALTH_ANSWERED,       [ARR_UNREACHABLE] = HEALTH_FAILED,
    [ARR_TLS] = HEALTH_FAILED,        [ARR_UNAUTHORIZED] = HEALTH_REFUSED,
    [ARR_WRONG_APP] = HEALTH_REFUSED, [ARR_NOT_AN_API] = HEALTH_REFUSED,
    [ARR_GONE] = HEALTH_REFUSED,      [ARR_SERVER] = HEALTH_FAILED,
};

/* A median of few tells nothing; neither does one error. */
enum { SLOW_MS = 1000, SLOWER_TIMES = 3, MEDIAN_OF = 20, ERRORS_LEAST = 2 };
static const double errors_allowed = 0.10;

/* Slow compared with its day, or with many errors in an hour: the sentence, or "". */
static void say_slow(const struct vitals *v, utc_t now, ms_t took, char ret[static HEALTH_MESSAGE])
{
    struct answers_sum day = answers_day(&v->answers, now);
    double n, n_errors;
    answers_last_hour(&v->answers, now, &n, &n_errors);
    bool is_back = v->health.back && now >= v->health.back && now - v->health.back < HOURS(1);
    bool was_out = is_back || health_is_out(&v->health); /* those errors are known */
    *ret = '\0';
    if (!was_out && n_errors >= ERRORS_LEAST && n_errors > errors_allowed * n)
        snprintf(ret, HEALTH_MESSAGE, "%.0f of %.0f requests failed in the last hour",
                 round(n_errors), round(n));
    else if (day.n >= MEDIAN_OF && took > SLOW_MS && (double)took > SLOWER_TIMES * day.median)
        snprintf(ret, HEALTH_MESSAGE,
                 "took %" PRId64 " ms to answer, more than %d times its usual %.0f ms", took,
                 SLOWER_TIMES, day.median);
}

void vitals_probed(struct lane *l, const struct arr_result *r, const struct arr_status *status)
{
    struct vitals *v = l->vitals;
    char slow[HEALTH_MESSAGE];
    utc_t now = loop_utc(l->engine->setup.loop);
    bool is_ok = r->trouble == ARR_OK;
    say_slow(v, now, l->took, slow);
    observe(l, &(struct health_probe){
                   .at = now,
                   .took = l->took,
                   .answer = answer_of[r->trouble],
                   .reason = lane_health_reason(r->trouble),
                   .message = is_ok ? status->too_new : r->err.msg,
                   .version = is_ok ? status->version : "",
                   .slow = slow,
               });
}

void vitals_listed(struct lane *l, const struct arr_health *h)
{
    struct vitals *v = l->vitals;
    struct health next = health_listed(&v->health, loop_utc(l->engine->setup.loop),
                                       h->are_indexers_down, h->n_errors, h->n_warnings);
    become(l->engine, l, v, &next);
}

void engine_look_at_health(struct engine *e, const char *instance)
{
    struct vitals *v = vitals_of(e, instance);
    struct health next = health_waited(&v->health, loop_utc(e->setup.loop));
    become(e, NULL, v, &next);
}
