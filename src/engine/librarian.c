/* engine/librarian.c — when which library is to be read. Reading it is engine/sync's. */
#include "engine/librarian.h"

#include "base/log.h"
#include "base/str.h"
#include "base/vec.h"
#include "engine/wall.h"
#include "store/library.h"

/* Runs that are due at the beginning read first. A reading that failed is tried again after RETRY,
 * unless its instance is found down meanwhile. */
enum { FIRST_AFTER_S = 30, RETRY_MINUTES = 15 };

struct kept {
    struct librarian *librarian;
    char *name;
    bool is_being_read;
    ms_t retry;          /* not before, by the steady clock */
    uint64_t generation; /* of the newest configuration that declares it */
};

struct librarian {
    struct engine *engine;
    struct loop *loop;
    struct store *store;
    const struct config *config;
    ms_t began; /* by the steady clock */
    VEC(struct kept *) kept;
    uint64_t generation;
    struct timer *timer;
};

static void arm(struct librarian *l);

struct librarian *librarian_new(struct engine *engine, struct loop *loop, struct store *store)
{
    struct librarian *l = NEW(struct librarian);
    *l = (struct librarian){
        .engine = engine, .loop = loop, .store = store, .began = loop_mono(loop)};
    return l;
}

static void kept_free(struct kept *k)
{
    mem_free(k->name);
    mem_free(k);
}

struct librarian *librarian_free(struct librarian *l)
{
    if (!l)
        return NULL;
    timer_stop(l->timer);
    for (size_t i = 0; i < l->kept.n; i++)
        kept_free(l->kept.at[i]);
    vec_done(&l->kept);
    mem_free(l);
    return NULL;
}

/* ---- when ---- */

static const struct instance *spec_of(const struct kept *k)
{
    const struct resource *r = config_find(k->librarian->config, KIND_INSTANCE, k->name);
    return r ? r->spec : NULL;
}

/* When it was read last; what cannot be found out now is asked again in a while. */
static utc_t read_last(const struct kept *k, utc_t now)
{
    struct err e = {0};
    utc_t synced = 0;
    if (library_synced(k->librarian->store, k->name, &synced, &e))
        return synced <= now ? synced : 0; /* a clock may have been set back */
    log_error("internal_error", KV("instance", k->name), KV("error", e.msg));
    return now;
}

/* Searching waits for indexers; reading does not. */
static bool is_readable(enum health_state state)
{
    return state == HEALTH_INDEXERS_DOWN || !health_holds_runs(state);
}

/* When it is to be read; 0: not by itself, or not before its instance is well again. */
static utc_t due(const struct kept *k)
{
    const struct librarian *l = k->librarian;
    const struct instance *spec = spec_of(k);
    bool is_declared = k->generation == l->generation && spec;
    if (!is_declared || k->is_being_read || spec->suspend || config_settings(l->config)->suspend ||
        !is_readable(engine_health(l->engine, k->name)->state))
        return 0;
    utc_t now = loop_utc(l->loop), last = read_last(k, now);
    utc_t at = last ? last + spec->library.sync : now;
    return MAX(at, wall_at(l->loop, MAX(k->retry, l->began + SECONDS(FIRST_AFTER_S))));
}

/* ---- reading ---- */

static void was_read(void *ctx, const struct run_totals *totals UNUSED)
{
    struct kept *k = ctx;
    k->is_being_read = false;
    arm(k->librarian);
}

/* Routine: what a run has read in the meantime is not read again. */
static void have_read(struct kept *k)
{
    struct librarian *l = k->librarian;
    const char *name = k->name;
    const struct strlist names = {&name, 1};
    const struct run_request request = {.refresh = &names, .is_routine = true};
    struct err e = {0};
    k->is_being_read = true;
    k->retry = loop_mono(l->loop) + MINUTES(RETRY_MINUTES);
    if (engine_run(l->engine, &request, was_read, k, &e))
        return;
    log_error("internal_error", KV("instance", name), KV("error", e.msg));
    k->is_being_read = false;
}

static void fire(void *ctx)
{
    struct librarian *l = ctx;
    l->timer = NULL;
    for (size_t i = 0; i < l->kept.n; i++) {
        utc_t at = due(l->kept.at[i]);
        if (at && at <= loop_utc(l->loop))
            have_read(l->kept.at[i]);
    }
    arm(l);
}

static void arm(struct librarian *l)
{
    utc_t first = 0;
    l->timer = timer_stop(l->timer);
    for (size_t i = 0; i < l->kept.n; i++) {
        utc_t at = due(l->kept.at[i]);
        if (at && (!first || at < first))
            first = at;
    }
    if (first)
        l->timer = loop_after(l->loop, wall_wait(l->loop, first), fire, l);
}

/* ---- what is kept ---- */

static struct kept *find(const struct librarian *l, const char *name)
{
    for (size_t i = 0; i < l->kept.n; i++)
        if (str_eq(l->kept.at[i]->name, name))
            return l->kept.at[i];
    return NULL;
}

static void add(struct librarian *l, const char *name)
{
    struct kept *k = find(l, name);
    if (!k) {
        k = NEW(struct kept);
        *k = (struct kept){.librarian = l, .name = mem_strdup(name)};
        vec_push(&l->kept, k);
    }
    k->generation = l->generation;
    k->retry = 0; /* perhaps there is a better address now */
}

/* Those that are no longer declared, and not being read. */
static void sweep(struct librarian *l)
{
    size_t n = 0;
    for (size_t i = 0; i < l->kept.n; i++) {
        struct kept *k = l->kept.at[i];
        if (k->generation == l->generation || k->is_being_read)
            l->kept.at[n++] = k;
        else
            kept_free(k);
    }
    l->kept.n = n;
}

void librarian_adopt(struct librarian *l, const struct config *config)
{
    l->generation++;
    l->config = config;
    for (size_t i = 0; i < config_n(config); i++)
        if (config_at(config, i)->kind == KIND_INSTANCE)
            add(l, config_at(config, i)->name);
    sweep(l);
    arm(l);
}

void librarian_heard(struct librarian *l, enum event event)
{
    static const enum event changes[] = {EVENT_library_synced,     EVENT_instance_down,
                                         EVENT_instance_recovered, EVENT_instance_misconfigured,
                                         EVENT_instance_healthy,   EVENT_indexers_down};
    for (size_t i = 0; i < COUNT(changes) && l->config; i++)
        if (event == changes[i]) {
            arm(l);
            return;
        }
}
