/* cli/publish.c — from the daemon's parts to conditions, metrics and systemd's status line. */
#include "cli/publish.h"

#include <stdio.h>

#include "base/log.h"
#include "base/vec.h"
#include "engine/condition.h"
#include "loop/systemd.h"
#include "store/searches.h"

enum { SECONDS_BETWEEN = 1 };

struct publisher {
    struct loop *loop;
    struct store *store;
    struct secrets *secrets;
    struct web *web;
    const struct daemon *daemon; /* NULL until it has started */
    struct timer *timer;
    ms_t last; /* monotonic */
};

struct samples { /* a vec */
    struct web_sample *at;
    size_t n, cap;
};

struct publisher *publisher_new(struct loop *l, struct store *store, struct secrets *secrets,
                                struct web *web)
{
    struct publisher *p = NEW(struct publisher);
    *p = (struct publisher){.loop = l, .store = store, .secrets = secrets, .web = web};
    return p;
}

struct publisher *publisher_free(struct publisher *p)
{
    if (!p)
        return NULL;
    timer_stop(p->timer);
    mem_free(p);
    return NULL;
}

/* ---- metrics that only the engine knows ---- */

static void sample_next_runs(const struct publisher *p, struct samples *s)
{
    const struct scheduler *scheduler = daemon_scheduler(p->daemon);
    for (size_t i = 0; i < scheduler_n(scheduler); i++) {
        struct next_run next = scheduler_at(scheduler, i);
        if (next.at)
            vec_push(s, (struct web_sample){.metric = METRIC_NEXT_RUN,
                                            .labels = {next.queue, next.instance},
                                            .value = (double)next.at / 1000});
    }
}

static void sample_cap(const struct publisher *p, const char *instance, const char *window,
                       ms_t length, int64_t cap, struct samples *s)
{
    utc_t free_at;
    int64_t used;
    struct err e = {0};
    if (cap_free_at(p->store, instance, length, cap, loop_utc(p->loop), &free_at, &used, &e))
        vec_push(s, (struct web_sample){.metric = METRIC_CAP_REMAINING,
                                        .labels = {instance, window},
                                        .value = (double)MAX(cap - used, 0)});
}

static void sample_latency(const struct publisher *p, const char *instance, struct samples *s)
{
    const struct answers *answers = engine_answers(daemon_engine(p->daemon), instance);
    struct answers_sum day = answers_day(answers, loop_utc(p->loop));
    if (!day.n)
        return;
    vec_push(s, (struct web_sample){.metric = METRIC_LATENCY,
                                    .labels = {instance, "0.5"},
                                    .value = day.median / 1000});
    vec_push(s, (struct web_sample){.metric = METRIC_LATENCY,
                                    .labels = {instance, "0.95"},
                                    .value = day.p95 / 1000});
}

static void sample_instances(const struct publisher *p, struct samples *s)
{
    const struct config *c = daemon_config(p->daemon);
    for (size_t i = 0; i < config_n(c); i++) {
        const struct resource *r = config_at(c, i);
        if (r->kind != KIND_INSTANCE)
            continue;
        const struct instance *spec = r->spec;
        sample_cap(p, r->name, "1h", HOURS(1), spec->limits.searches_per_hour, s);
        sample_cap(p, r->name, "24h", HOURS(24), spec->limits.searches_per_day, s);
        sample_latency(p, r->name, s);
    }
}

static void sample_hooks(const struct publisher *p, struct samples *s)
{
    for (size_t i = 0; i < daemon_heard_n(p->daemon); i++) {
        const struct heard *x = daemon_heard_at(p->daemon, i);
        const char *result = x->is_foreign ? "foreign" : "accepted";
        vec_push(s, (struct web_sample){.metric = METRIC_HOOKS,
                                        .labels = {x->instance, arr_hook_names[x->event], result},
                                        .value = (double)x->n});
    }
}

/* ---- who may send webhooks ---- */

struct doors {
    struct secret *tokens; /* of each door */
    struct web_door *at;
    size_t n;
};

static void doors_done(struct doors *d)
{
    for (size_t i = 0; i < d->n; i++)
        secret_done(&d->tokens[i]);
    mem_free(d->tokens);
    mem_free(d->at);
}

/* A token that is declared but missing opens nothing; `secret check` tells of it. */
static void doors_of(const struct publisher *p, struct doors *ret)
{
    const struct config *c = daemon_config(p->daemon);
    struct err ignored;
    *ret = (struct doors){.tokens = mem_zeroed(config_n(c) * sizeof *ret->tokens),
                          .at = mem_zeroed(config_n(c) * sizeof *ret->at)};
    for (size_t i = 0; i < config_n(c); i++) {
        const struct resource *r = config_at(c, i);
        if (r->kind != KIND_INSTANCE)
            continue;
        const struct secret_ref *token = &((const struct instance *)r->spec)->webhook.token;
        struct secret *value = &ret->tokens[ret->n];
        if (!token->source || secrets_resolve(p->secrets, token, value, &ignored) != SECRET_FOUND)
            continue;
        ret->at[ret->n++] = (struct web_door){.name = r->name, .token = value};
    }
}

/* ---- the web ---- */

static bool is_applied(enum standing standing)
{
    return standing == STANDING_Synced || standing == STANDING_Pinned;
}

static void publish_web(const struct publisher *p, const struct source_standing *standing)
{
    struct samples s = {0};
    CLEANUP(doors_done) struct doors doors = {0};
    const struct reconcile *reconcile = daemon_reconcile(p->daemon);
    vec_push(&s, (struct web_sample){.metric = METRIC_APPLY_OK,
                                     .value = is_applied(standing->standing)});
    vec_push(&s, (struct web_sample){.metric = METRIC_RECONCILE,
                                     .value = (double)reconcile_took(reconcile) / 1000});
    sample_next_runs(p, &s);
    sample_instances(p, &s);
    sample_hooks(p, &s);
    doors_of(p, &doors);
    const struct web_status status = {
        .not_ready = daemon_revision(p->daemon) ? NULL : "unconfigured",
        .samples = s.at,
        .n_samples = s.n,
        .doors = doors.at,
        .n_doors = doors.n,
    };
    if (!web_publish(p->web, &status))
        log_warning("web_behind", KV("remedy", "the next status replaces this one"));
    vec_done(&s);
}

/* ---- conditions, systemd ---- */

static void keep_conditions(const struct publisher *p)
{
    const struct condition_context x = {.config = daemon_config(p->daemon),
                                        .store = p->store,
                                        .secrets = p->secrets,
                                        .now = loop_utc(p->loop)};
    struct err e = {0};
    if (!conditions_keep(&x, &e))
        log_error("conditions", KV("error", e.msg));
}

static void tell_systemd(const struct publisher *p, const struct source_standing *standing)
{
    char text[400];
    snprintf(text, sizeof text, "STATUS=Revision %lld, %s%s%s",
             (long long)daemon_revision(p->daemon), standing_names[standing->standing],
             *standing->message ? ": " : "", standing->message);
    systemd_tell(text);
}

static void publish(void *ctx)
{
    struct publisher *p = ctx;
    const struct source_standing standing = reconcile_standing(daemon_reconcile(p->daemon));
    p->timer = NULL;
    p->last = loop_mono(p->loop);
    keep_conditions(p);
    if (p->web)
        publish_web(p, &standing);
    tell_systemd(p, &standing);
}

void publisher_start(struct publisher *p, const struct daemon *d)
{
    p->daemon = d;
    publish(p);
}

void publisher_changed(struct publisher *p)
{
    if (!p->daemon || p->timer)
        return;
    ms_t wait = p->last + SECONDS(SECONDS_BETWEEN) - loop_mono(p->loop);
    p->timer = loop_after(p->loop, MAX(wait, 0), publish, p);
}
