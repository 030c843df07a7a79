/* scenario/stage.c — putting the program and its servers together. */
#include "scenario/stage.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/jx.h"
#include "base/str.h"
#include "engine/pause.h"
#include "store/searches.h"

static const char start_of_time[] = "2026-11-23T12:00:00Z";

bool stage_set(struct stage *s, uint64_t seed, struct err *e)
{
    utc_t start;
    bool ok = utc_parse(start_of_time, &start);
    *s = (struct stage){.seed = seed};
    const char *base = getenv("TMPDIR");
    snprintf(s->dir, sizeof s->dir, "%.40s/splintarr.XXXXXX", base ? base : "/tmp");
    if (!ok || !mkdtemp(s->dir))
        return err_set(e, ERR_IO, "cannot make a temporary directory");
    virtual_clock_init(&s->clock, start);
    s->loop = loop_new_virtual(&s->clock);
    s->world = world_new(&s->clock.clock, seed);
    s->transport = sim_transport_new(s->loop, s->world);
    return stage_write_file(s, "key", SIM_KEY "\n", e);
}

static int remove_one(const char *path, const struct stat *st UNUSED, int type UNUSED,
                      struct FTW *ftw UNUSED)
{
    return remove(path);
}

void stage_strike(struct stage *s)
{
    stage_kill(s);
    sim_transport_free(s->transport);
    loop_free(s->loop);
    world_free(s->world);
    for (size_t i = 0; i < s->events.n; i++)
        json_decref(s->events.at[i].fields);
    vec_done(&s->events);
    nftw(s->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    *s = (struct stage){0};
}

bool stage_write_file(struct stage *s, const char *path, const char *text, struct err *e)
{
    CLEANUP(freep) char *full = mem_printf("%s/%s", s->dir, path);
    CLEANUP(freep) char *parent = mem_strdup(full);
    *strrchr(parent, '/') = '\0';
    return file_make_dirs(parent, 0755, e) && file_write_atomic(full, text, strlen(text), 0600, e);
}

/* ---- the program ---- */

/* SPL_EVENTS=1: what happens, as it happens. */
static void show_event(const struct stage *s, enum event event, const json_t *fields)
{
    char at[UTC_TEXT];
    CLEANUP(freep) char *text = jx_canonical(fields);
    fprintf(stderr, "%s %s %s\n", utc_format(clock_utc(&s->clock.clock), at), event_names[event],
            text);
}

static void on_event(void *ctx, enum event event, const json_t *fields)
{
    struct stage *s = ctx;
    if (getenv("SPL_EVENTS"))
        show_event(s, event, fields);
    vec_push(&s->events, (struct seen_event){event, json_deep_copy(fields)});
    if (s->scheduler)
        scheduler_heard(s->scheduler, event, fields);
    if (s->monitor)
        monitor_heard(s->monitor, event);
    if (s->librarian)
        librarian_heard(s->librarian, event);
}

bool stage_open(struct stage *s, struct err *e)
{
    if (s->store)
        return true;
    CLEANUP(freep) char *dir = mem_printf("%s/state", s->dir);
    enum store_found found;
    const struct store_setup setup = {.dir = dir, .mode = STORE_CREATE, .clock = &s->clock.clock};
    if (!store_open(&setup, &s->store, &found, e))
        return false;
    CLEANUP(freep) char *root = mem_printf("%s/tree", s->dir);
    s->secrets =
        secrets_new(&(struct secrets_setup){.store = s->store, .root = root, .state_dir = dir});
    return true;
}

void stage_kill(struct stage *s)
{
    s->engine = engine_free(s->engine);
    s->scheduler = scheduler_free(s->scheduler);
    s->monitor = monitor_free(s->monitor);
    s->librarian = librarian_free(s->librarian);
    s->expiry = expiry_free(s->expiry);
    s->hooks = hooks_free(s->hooks);
    s->tick = timer_stop(s->tick);
    s->config = config_free(s->config);
    for (size_t i = 0; i < s->retired.n; i++)
        config_free(s->retired.at[i]);
    vec_done(&s->retired);
    s->secrets = secrets_free(s->secrets);
    s->store = store_close(s->store);
}

void stage_crash(struct stage *s)
{
    stage_kill(s);
    sim_transport_free(s->transport);
    loop_free(s->loop);
    s->loop = loop_new_virtual(&s->clock);
    s->transport = sim_transport_new(s->loop, s->world);
}

struct loaded {
    struct tree tree;
    struct config *config;
    struct diags *diags;
    struct plan *plan;
};

static void loaded_done(struct loaded *l)
{
    plan_free(l->plan);
    tree_done(&l->tree);
    config_free(l->config);
    diags_free(l->diags);
}

static bool make_plan(struct stage *s, const struct plan_options *options, struct loaded *ret,
                      struct err *e)
{
    CLEANUP(freep) char *root = mem_printf("%s/tree", s->dir);
    ret->diags = diags_new();
    if (!stage_open(s, e) ||
        !tree_load(root, clock_utc(&s->clock.clock), &ret->tree, &ret->config, ret->diags, e))
        return false;
    for (size_t i = 0; i < diags_n(ret->diags); i++)
        if (diag_severity(diags_at(ret->diags, i)->code) == SEVERITY_ERROR)
            fprintf(stderr, "the tree: %s\n", diags_at(ret->diags, i)->message);
    if (!ret->config)
        return err_set(e, ERR_CONFIG, "the tree is invalid: %s", diags_at(ret->diags, 0)->message);
    return plan_build(ret->config, &ret->tree, s->store, s->secrets, options,
                      clock_utc(&s->clock.clock), &ret->plan, e);
}

/* What was applied is what runs from now on. */
static bool adopt(struct stage *s, struct err *e)
{
    if (!s->scheduler) {
        s->engine = engine_free(s->engine);
        s->config = config_free(s->config);
        return true;
    }
    vec_push(&s->retired, TAKE(s->config));
    if (!plan_applied_config(s->store, &s->config, e))
        return false;
    engine_adopt(s->engine, s->config);
    monitor_adopt(s->monitor, s->config);
    librarian_adopt(s->librarian, s->config);
    expiry_adopt(s->expiry, s->config);
    return scheduler_adopt(s->scheduler, s->config, e);
}

/* What ended since somebody looked last. */
static bool tell_expired(struct stage *s, struct err *e)
{
    const struct expired_look ended = {
        .store = s->store, .now = clock_utc(&s->clock.clock), .on_event = on_event, .ctx = s};
    utc_t next;
    return expired_tell(&ended, &next, e);
}

bool stage_apply(struct stage *s, const struct plan_options *options, enum plan_status *ret_status,
                 struct err *e)
{
    CLEANUP(loaded_done) struct loaded l = {0};
    struct plan_applied applied;
    if (!make_plan(s, options, &l, e))
        return false;
    *ret_status = plan_status(l.plan);
    return *ret_status != PLAN_READY ||
           (tell_expired(s, e) && plan_apply(l.plan, s->store, "test", "", &applied, e) &&
            adopt(s, e));
}

bool stage_diff(struct stage *s, enum plan_status *ret_status, struct err *e)
{
    CLEANUP(loaded_done) struct loaded l = {0};
    if (!make_plan(s, &(struct plan_options){0}, &l, e))
        return false;
    *ret_status = plan_status(l.plan);
    return true;
}

static void run_over(void *ctx, const struct run_totals *totals)
{
    struct stage *s = ctx;
    s->totals = *totals;
    s->is_run_over = true;
}

static bool start_engine(struct stage *s, struct err *e)
{
    if (s->engine)
        return true;
    if (!stage_open(s, e) || !plan_applied_config(s->store, &s->config, e))
        return false;
    s->engine = engine_new(&(struct engine_setup){
        .loop = s->loop,
        .store = s->store,
        .transport = s->transport,
        .secrets = s->secrets,
        .config = s->config,
        .seed = s->seed,
        .on_event = on_event,
        .ctx = s,
    });
    return true;
}

bool stage_run(struct stage *s, const char *queue, bool is_dry, struct err *e)
{
    const struct run_request request = {.queue = queue, .is_dry = is_dry};
    s->is_run_over = false;
    if (s->is_daemon)
        return err_set(e, ERR_USAGE, "after `start` queues run by themselves: advance instead");
    if (!start_engine(s, e) || (!is_dry && !tell_expired(s, e)) ||
        !engine_run(s->engine, &request, run_over, s, e) || !loop_run(s->loop, e))
        return false;
    if (!s->is_run_over)
        return err_set(e, ERR_IO, "the run did not end though nothing is left to wait for");
    return true;
}

/* ---- webhooks ---- */

enum { TICK_S = 5 };

struct letter {
    struct stage *stage;
    char *instance, *body;
};

static bool hear(const struct letter *l, struct err *e)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    const struct resource *r = config_find(l->stage->config, KIND_INSTANCE, l->instance);
    struct arr_hook news;
    return !l->stage->hooks || !r ||
           (arr_hook_decode((enum app)((const struct instance *)r->spec)->type, l->body,
                            strlen(l->body), arena, &news, e) &&
            hooks_heard(l->stage->hooks, l->instance, &news, e));
}

/* After the turn in which it was sent: the sender is in the middle of something. */
static void deliver(void *ctx)
{
    struct letter *l = ctx;
    struct err e = {0};
    if (!hear(l, &e))
        fprintf(stderr, "webhook: %s\n", e.msg);
    mem_free(l->instance);
    mem_free(l->body);
    mem_free(l);
}

static void on_webhook(void *ctx, struct sim *sim, const char *body)
{
    struct stage *s = ctx;
    struct letter *l = NEW(struct letter);
    *l = (struct letter){
        .stage = s, .instance = mem_strdup(sim_name(sim)), .body = mem_strdup(body)};
    loop_after(s->loop, 0, deliver, l);
}

static void tick(void *ctx)
{
    struct stage *s = ctx;
    struct sim *sim;
    for (size_t i = 0; (sim = world_sim_at(s->world, i)); i++)
        sim_advance(sim);
    s->tick = loop_after(s->loop, SECONDS(TICK_S), tick, s);
}

static void listen(struct stage *s)
{
    s->hooks = hooks_new(s->engine, s->loop);
    world_on_webhook(s->world, on_webhook, s);
    s->tick = loop_after(s->loop, SECONDS(TICK_S), tick, s);
}

bool stage_start(struct stage *s, struct err *e)
{
    s->is_daemon = true;
    if (s->scheduler)
        return true;
    if (!start_engine(s, e))
        return false;
    s->scheduler = scheduler_new(s->engine, s->loop, s->store);
    s->monitor = monitor_new(s->engine, s->loop);
    monitor_adopt(s->monitor, s->config);
    s->librarian = librarian_new(s->engine, s->loop, s->store);
    librarian_adopt(s->librarian, s->config);
    s->expiry = expiry_new(&(struct expiry_setup){s->loop, s->store, on_event, s});
    expiry_adopt(s->expiry, s->config);
    if (s->has_webhooks)
        listen(s);
    return scheduler_adopt(s->scheduler, s->config, e);
}

bool stage_pause(struct stage *s, const char *address, ms_t how_long, struct err *e)
{
    utc_t now = clock_utc(&s->clock.clock);
    const struct pause p = {.address = address,
                            .since = now,
                            .until = how_long ? now + how_long : 0,
                            .actor = "test",
                            .reason = ""};
    if (!stage_start(s, e) || !pause_begin(s->store, s->config, &p, e))
        return false;
    return scheduler_look(s->scheduler, e);
}

bool stage_resume(struct stage *s, const char *address, struct err *e)
{
    bool was_paused;
    if (!stage_start(s, e) || !pause_end(s->store, s->config, address, "test",
                                         clock_utc(&s->clock.clock), &was_paused, e))
        return false;
    return scheduler_look(s->scheduler, e) &&
           (was_paused || err_set(e, ERR_USAGE, "'%s' was not paused", address));
}

bool stage_advance(struct stage *s, ms_t by, struct err *e)
{
    if (s->is_daemon && !stage_start(s, e))
        return false;
    return loop_run_until(s->loop, clock_utc(&s->clock.clock) + by, e);
}

static void on_problem(void *ctx UNUSED, const char *problem)
{
    fprintf(stderr, "db check: %s\n", problem);
}

bool stage_check(struct stage *s, size_t *ret_problems, struct err *e)
{
    return stage_open(s, e) && store_check(s->store, on_problem, NULL, ret_problems, e);
}

/* ---- looking ---- */

/* A clock that was set is believed: by it, it was out. */
static const char *forbidden(const struct sim_search *x)
{
    if (!x->is_released && x->at == x->steady)
        return "not released";
    if (!x->is_monitored)
        return "not monitored";
    return x->is_downloading ? "downloading" : NULL;
}

/* A search that no indexer answered is none, and neither is one shortly before they were lost, as
 * far as a client can tell. */
static bool counts(const struct sim_search *x)
{
    ms_t before_loss = sim_indexers_lost(x->sim) - x->steady;
    return x->n_answered > 0 && !(before_loss >= 0 && before_loss <= MINUTES(10));
}

/* One by one after the season was searched in vain is the rule of packs. */
static bool is_repeat(const struct sim_search *a, const struct sim_search *b, ms_t cooldown)
{
    bool follows_pack = a->is_pack && !a->found && !b->is_pack;
    ms_t later = MAX(b->at - a->at, b->steady - a->steady); /* a clock that is set is believed */
    return a->sim == b->sim && a->item == b->item && !b->by_user && !follows_pack &&
           later < cooldown;
}

const char *stage_broken_promise(const struct stage *s, ms_t cooldown, char ret[static 300])
{
    const struct sim_search *all;
    size_t n = world_searches(s->world, &all);
    for (size_t i = 0; i < n; i++) {
        const struct sim_search *x = &all[i];
        bool is_ours = !x->by_user && str_eq(x->trigger, "manual");
        const char *why = is_ours ? forbidden(x) : NULL;
        if (why) {
            snprintf(ret, 300, "%s item %d was searched though it was %s", sim_name(x->sim),
                     x->item, why);
            return ret;
        }
        for (size_t k = i + 1; is_ours && k < n; k++) {
            if (!counts(x) || !str_eq(all[k].trigger, "manual") || !is_repeat(x, &all[k], cooldown))
                continue;
            snprintf(ret, 300, "%s item %d was searched twice within %lld s", sim_name(x->sim),
                     x->item, (long long)((all[k].at - x->at) / 1000));
            return ret;
        }
    }
    return NULL;
}
