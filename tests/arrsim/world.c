/* arrsim/world.c — the world itself: clocks, servers, behaviours, and what is asked afterwards. */
#include "arrsim/model.h"

#include <assert.h>
#include <string.h>

#include "base/str.h"

const struct sim_rates sim_rates_usual = {
    .per_day = {1.5, 0.3, 0.05, 0.01, 0.002},
    .upgrade_factor = 0.3,
    .dead_share = 0.1,
    .backlog_days = 30,
};

struct world *world_new(const struct clock *clock, uint64_t seed)
{
    struct world *w = NEW(struct world);
    w->clock = clock;
    w->seed = seed;
    w->speed = 1;
    w->anchor = w->start = w->began = clock_utc(clock);
    w->rates = sim_rates_usual;
    return w;
}

static void titles_done(struct sim *s)
{
    for (size_t i = 0; i < s->titles.n; i++) {
        struct sim_title *t = &s->titles.at[i];
        vec_done(&t->seasons);
        vec_done(&t->items);
    }
    arena_free(s->mem);
    vec_done(&s->titles);
    vec_done(&s->items);
    vec_done(&s->files);
    vec_done(&s->tags);
}

static void happenings_done(struct sim *s)
{
    for (size_t i = 0; i < s->commands.n; i++)
        command_done(&s->commands.at[i]);
    for (size_t i = 0; i < s->downloads.n; i++) {
        mem_free(s->downloads.at[i].name);
        vec_done(&s->downloads.at[i].items);
    }
    for (size_t i = 0; i < s->history.n; i++)
        mem_free(s->history.at[i].name);
    sim_no_faults(s);
    vec_done(&s->commands);
    vec_done(&s->active_commands);
    vec_done(&s->downloads);
    vec_done(&s->active_downloads);
    vec_done(&s->history);
    vec_done(&s->faults);
    vec_done(&s->requests);
}

static void sim_free(struct sim *s)
{
    titles_done(s);
    happenings_done(s);
    mem_free(s->name);
    mem_free(s->key);
    mem_free(s->base);
    mem_free(s);
}

struct world *world_free(struct world *w)
{
    if (!w)
        return NULL;
    for (size_t i = 0; i < w->sims.n; i++)
        sim_free(w->sims.at[i]);
    vec_done(&w->sims);
    vec_done(&w->searches);
    mem_free(w);
    return NULL;
}

void world_freep(struct world **w)
{
    *w = world_free(*w);
}

utc_t world_now(const struct world *w)
{
    return w->start + (ms_t)((double)(clock_utc(w->clock) - w->anchor) * w->speed);
}

void world_set_speed(struct world *w, double times)
{
    w->start = world_now(w);
    w->anchor = clock_utc(w->clock);
    w->speed = times;
}

void world_set_rates(struct world *w, const struct sim_rates *rates)
{
    w->rates = *rates;
}

static const bool behaves_first[N_BEHAVE] = {
#define BEHAVE(name, first, doc) [B_##name] = (first),
#include "arrsim/behave.def"
#undef BEHAVE
};

struct sim *world_add(struct world *w, const char *name, enum sim_app app, enum sim_profile p)
{
    struct sim *s = NEW(struct sim);
    s->world = w;
    s->index = (int)w->sims.n;
    s->mem = arena_new();
    s->name = mem_strdup(name);
    s->key = mem_strdup(SIM_KEY);
    s->base = mem_strdup("");
    s->app = app;
    s->profile = p;
    memcpy(s->behaves, behaves_first, sizeof s->behaves);
    /* Whole seconds and long enough ago: what it did at its start is over. */
    s->now = world_now(w) / 1000 * 1000;
    s->started = s->now - HOURS(1);
    indexers_init(s);
    vec_push(&w->sims, s);
    return s;
}

struct sim *world_sim(struct world *w, const char *name)
{
    for (size_t i = 0; i < w->sims.n; i++)
        if (str_eq(w->sims.at[i]->name, name))
            return w->sims.at[i];
    return NULL;
}

struct sim *world_sim_at(struct world *w, size_t i)
{
    return i < w->sims.n ? w->sims.at[i] : NULL;
}

const char *sim_name(const struct sim *s)
{
    return s->name;
}

const char *sim_key(const struct sim *s)
{
    return s->key;
}

const char *sim_base(const struct sim *s)
{
    return s->base;
}

static void replace(char **text, const char *by)
{
    mem_free(*text);
    *text = mem_strdup(by);
}

void sim_set_key(struct sim *s, const char *key)
{
    replace(&s->key, key);
}

void sim_set_base(struct sim *s, const char *base)
{
    replace(&s->base, base);
}

static void shift(struct sim *s, ms_t by, bool what_is_written)
{
    sim_advance(s);
    s->skew += by;
    s->now += by;
    s->last_refresh += by;
    s->down_until += by;
    s->starting_until += by;
    s->queue_from += by;
    commands_shift(s, by, what_is_written);
    downloads_shift(s, by, what_is_written);
}

/* As if its clock had always been so: what is under way keeps its distance. */
void sim_set_skew(struct sim *s, ms_t ahead)
{
    ms_t by = ahead - s->skew;
    shift(s, by, true);
    s->started += by;
}

/* What is due stays as far away. */
void sim_set_clock(struct sim *s, ms_t by)
{
    shift(s, by, false);
}

void world_will_jump(struct world *w, ms_t by)
{
    for (size_t i = 0; i < w->sims.n; i++) {
        sim_advance(w->sims.at[i]);
        w->sims.at[i]->skew -= by;
    }
    w->jumped += by;
}

const char *sim_ignored(const struct sim *s)
{
    return s->ignored;
}

void sim_set_latency(struct sim *s, ms_t latency)
{
    s->latency = latency;
}

utc_t sim_now(const struct sim *s)
{
    return world_now(s->world) + s->skew;
}

static const char *const behave_names[N_BEHAVE] = {
#define BEHAVE(name, first, doc) [B_##name] = #name,
#include "arrsim/behave.def"
#undef BEHAVE
};

bool sim_behave(struct sim *s, const char *name, bool on)
{
    for (size_t b = 0; b < N_BEHAVE; b++)
        if (str_eq(behave_names[b], name)) {
            s->behaves[b] = on;
            return true;
        }
    return false;
}

bool world_behave(struct world *w, const char *name, bool on)
{
    bool known = w->sims.n > 0;
    for (size_t i = 0; i < w->sims.n; i++)
        known &= sim_behave(w->sims.at[i], name, on);
    return known;
}

/* The order of events decides what is true, so they happen one by one, oldest first. */
void sim_advance(struct sim *s)
{
    utc_t now = MAX(sim_now(s), s->now), at;
    while ((at = MIN(command_next(s), download_next(s))) <= now) {
        s->now = MAX(s->now, at);
        if (download_next(s) <= at)
            download_step(s, at);
        else
            command_step(s, at);
    }
    s->now = now;
}

void sim_restart(struct sim *s, ms_t down)
{
    sim_advance(s);
    utc_t boot = s->now + down;
    s->down_until = boot;
    s->starting_until = boot + 300;
    s->started = boot;
    s->queue_from = boot + SECONDS(60);
    commands_restart(s, boot);
    downloads_restart(s, boot);
}

void sim_fault(struct sim *s, const char *method, const char *path, enum sim_fault what, int status,
               ms_t retry_after, int times)
{
    vec_push(&s->faults, (struct fault_rule){.method = mem_strdup(method),
                                             .path = mem_strdup(path),
                                             .what = what,
                                             .status = status,
                                             .retry_after = retry_after,
                                             .times = times});
}

void sim_no_faults(struct sim *s)
{
    for (size_t i = 0; i < s->faults.n; i++) {
        mem_free(s->faults.at[i].method);
        mem_free(s->faults.at[i].path);
    }
    s->faults.n = 0;
}

size_t world_searches(const struct world *w, const struct sim_search **ret)
{
    *ret = w->searches.at;
    return w->searches.n;
}

int sim_was_searched(const struct sim *s, int item)
{
    int n = 0;
    for (size_t i = 0; i < s->world->searches.n; i++)
        n += s->world->searches.at[i].sim == s && s->world->searches.at[i].item == item;
    return n;
}

uint64_t sim_requests(const struct sim *s, const char *method, const char *route)
{
    uint64_t n = 0;
    for (size_t i = 0; i < s->requests.n; i++) {
        const struct request_count *c = &s->requests.at[i];
        if ((str_eq(method, "*") || str_eq(method, c->method)) &&
            (str_eq(route, "*") || str_eq(route, c->route)))
            n += c->n;
    }
    return n;
}

int sim_count_grabs(const struct sim *s)
{
    return (int)s->downloads.n;
}

int sim_count_finds(const struct sim *s)
{
    int n = 0;
    for (size_t i = 0; i < s->downloads.n; i++)
        n += !s->downloads.at[i].is_unasked;
    return n;
}

int sim_count_imports(const struct sim *s)
{
    return s->n_imports;
}

uint64_t sim_draw(const struct sim *s, uint64_t a, uint64_t b, uint64_t n)
{
    uint64_t seed = rng_mix(s->world->seed, (uint64_t)s->index);
    return rng_mix(rng_mix(seed, a), b) % n;
}

double sim_draw_unit(const struct sim *s, uint64_t a, uint64_t b)
{
    return ((double)sim_draw(s, a, b, 1u << 30) + 0.5) / (double)(1u << 30);
}
