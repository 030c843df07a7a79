/* engine/hooks.c — one row per event: what it means for the engine. */
#include "engine/hooks.h"

#include "base/jx.h"
#include "base/log.h"
#include "base/str.h"
#include "base/vec.h"
#include "engine/attempt.h"
#include "engine/imports.h"

/* Imports of a season come one by one: read when there is quiet, or when the first has waited long.
 * Beyond TOUCHED_MAX titles the whole library is read. */
enum { TOUCH_AFTER_S = 30, TOUCH_AT_LAST_S = 300, TOUCHED_MAX = 50 };

struct touched {
    struct hooks *hooks;
    char *instance;
    VEC(int64_t) titles; /* to be read again */
    bool is_all;
    ms_t first;          /* of those, monotonic */
    struct timer *timer; /* until then */
    bool is_checked;     /* /health is being asked for, or waits for its turn */
};

struct hooks {
    struct engine *engine;
    struct loop *loop;
    VEC(struct touched *) touched;
};

struct hooks *hooks_new(struct engine *engine, struct loop *loop)
{
    struct hooks *h = NEW(struct hooks);
    *h = (struct hooks){.engine = engine, .loop = loop};
    return h;
}

struct hooks *hooks_free(struct hooks *h)
{
    if (!h)
        return NULL;
    for (size_t i = 0; i < h->touched.n; i++) {
        struct touched *t = h->touched.at[i];
        timer_stop(t->timer);
        vec_done(&t->titles);
        mem_free(t->instance);
        mem_free(t);
    }
    vec_done(&h->touched);
    mem_free(h);
    return NULL;
}

/* ---- titles that something happened to ---- */

static void read_again(void *ctx, const struct run_totals *totals UNUSED)
{
    (void)ctx; /* what it found was told; what failed is read with the next whole sync */
}

static void touch(void *ctx)
{
    struct touched *t = ctx;
    struct err e = {0};
    const char *name = t->instance;
    const struct strlist names = {&name, 1};
    const struct run_request request = {
        .refresh = &names,
        .titles = {t->titles.at, t->is_all ? 0 : t->titles.n},
    };
    t->timer = NULL;
    if (!engine_run(t->hooks->engine, &request, read_again, t, &e))
        log_warning("hook_ignored", KV("instance", name), KV("error", e.msg),
                    KV("remedy", "the next sync of the library reads the same"));
    t->titles.n = 0;
    t->is_all = false;
}

static struct touched *touched_of(struct hooks *h, const char *instance)
{
    for (size_t i = 0; i < h->touched.n; i++)
        if (str_eq(h->touched.at[i]->instance, instance))
            return h->touched.at[i];
    struct touched *t = NEW(struct touched);
    *t = (struct touched){.hooks = h, .instance = mem_strdup(instance)};
    vec_push(&h->touched, t);
    return t;
}

static bool has(const struct touched *t, int64_t id)
{
    for (size_t i = 0; i < t->titles.n; i++)
        if (t->titles.at[i] == id)
            return true;
    return false;
}

static void note_title(struct hooks *h, const char *instance, int64_t id)
{
    struct touched *t = touched_of(h, instance);
    ms_t now = loop_mono(h->loop);
    bool is_new = !has(t, id);
    t->is_all = t->is_all || (is_new && t->titles.n == TOUCHED_MAX);
    if (!t->is_all && is_new)
        vec_push(&t->titles, id);
    t->first = t->timer ? t->first : now;
    ms_t wait = MIN(SECONDS(TOUCH_AFTER_S), t->first + SECONDS(TOUCH_AT_LAST_S) - now);
    timer_stop(t->timer);
    t->timer = loop_after(h->loop, MAX(wait, 0), touch, t);
}

/* ---- ends of grabs ---- */

/* GRAB_BECAME_N: nothing is known of one by that. */
static enum grab_became became(const struct arr_hook *news)
{
    if (news->event == ARR_HOOK_IMPORTED)
        return GRAB_IMPORTED;
    if (news->event == ARR_HOOK_STUCK)
        return GRAB_STUCK;
    bool is_lost = news->event == ARR_HOOK_FILE_DELETED && !news->is_replaced;
    return is_lost ? GRAB_DELETED : GRAB_BECAME_N;
}

static bool note_item(struct hooks *h, const char *instance, enum item_kind kind, int64_t id,
                      const struct arr_hook *news, struct err *e)
{
    const struct import_news x = {.instance = instance,
                                  .kind = kind,
                                  .item_id = id,
                                  .download = news->download_id,
                                  .became = became(news),
                                  .message = news->problem,
                                  .at = loop_utc(h->loop)};
    return import_heard(h->engine, &x, e);
}

static bool note_end(struct hooks *h, const struct instance *spec, const char *instance,
                     const struct arr_hook *news, struct err *e)
{
    if (spec->type == APP_RADARR)
        return note_item(h, instance, ITEM_MOVIE, news->title_id, news, e);
    for (size_t i = 0; i < news->n_episode_ids; i++)
        if (!note_item(h, instance, ITEM_EPISODE, news->episode_ids[i], news, e))
            return false;
    return true;
}

/* ---- what is heard ---- */

/* What an event means, beside being told. */
static const struct meaning {
    bool touches; /* its title is read again */
    bool nudges;  /* a search under way may have ended */
    bool checks;  /* /health has something new */
} meanings[ARR_HOOK_N] = {
    [ARR_HOOK_GRABBED] = {.nudges = true},
    [ARR_HOOK_IMPORTED] = {.touches = true},
    [ARR_HOOK_HEALTH_ISSUE] = {.checks = true},
    [ARR_HOOK_HEALTH_RESTORED] = {.checks = true},
    [ARR_HOOK_ADDED] = {.touches = true},
    [ARR_HOOK_DELETED] = {.touches = true},
    [ARR_HOOK_FILE_DELETED] = {.touches = true},
    [ARR_HOOK_RENAMED] = {.touches = true},
    [ARR_HOOK_APPLICATION_UPDATE] = {.checks = true},
};

static void checked(void *ctx, const struct run_totals *totals UNUSED)
{
    ((struct touched *)ctx)->is_checked = false;
}

/* Once at a time, however many tell of it. */
static void check(struct hooks *h, const char *instance)
{
    struct touched *t = touched_of(h, instance);
    const struct strlist names = {&instance, 1};
    const struct run_request request = {.refresh = &names, .is_probe = true, .is_routine = true};
    struct err e = {0};
    engine_distrust_health(h->engine, instance);
    if (t->is_checked)
        return;
    t->is_checked = true;
    if (engine_run(h->engine, &request, checked, t, &e))
        return;
    t->is_checked = false;
    log_warning("hook_ignored", KV("instance", instance), KV("error", e.msg));
}

static void put(json_t *o, const char *key, const char *text)
{
    if (*text)
        jx_put(o, key, jx_string(text));
}

static const char *message_of(const struct arr_hook *news)
{
    if (news->is_foreign)
        return "it speaks of the other application: two servers send to one address";
    return *news->problem ? news->problem : news->health_message;
}

static void tell(struct hooks *h, const char *instance, const struct arr_hook *news)
{
    struct engine *engine = h->engine;
    json_t *f = json_object();
    jx_put(f, "instance", jx_string(instance));
    jx_put(f, "type", jx_string(news->type));
    put(f, "title", news->title);
    put(f, "release", news->release_title);
    put(f, "level", news->health_level);
    put(f, "source", news->health_source);
    put(f, "message", message_of(news));
    engine->setup.on_event(engine->setup.ctx, EVENT_hook_received, f);
    json_decref(f);
}

/* Nothing may be asked of it; what it tells of grabs its history tells later. */
static bool is_suspended(const struct config *c, const struct resource *instance)
{
    return config_settings(c)->suspend || ((const struct instance *)instance->spec)->suspend;
}

bool hooks_heard(struct hooks *h, const char *instance, const struct arr_hook *news, struct err *e)
{
    const struct resource *r = config_find(h->engine->setup.config, KIND_INSTANCE, instance);
    const struct meaning *m = &meanings[news->event];
    if (!r)
        return err_set(e, ERR_USAGE, "no instance '%s' is applied", instance);
    tell(h, instance, news);
    if (is_suspended(h->engine->setup.config, r) || news->is_foreign)
        return true;
    if (became(news) != GRAB_BECAME_N && !note_end(h, r->spec, instance, news, e))
        return false;
    if (m->touches && news->title_id > 0)
        note_title(h, instance, news->title_id);
    if (m->nudges)
        engine_nudge(h->engine, instance);
    if (m->checks)
        check(h, instance);
    return true;
}
