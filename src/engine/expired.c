/* engine/expired.c — finds exclusions that ended untold, walks the libraries once for all of them,
 * writes. */
#include "engine/expired.h"

#include "base/buf.h"
#include "base/fault.h"
#include "base/jx.h"
#include "base/log.h"
#include "base/str.h"
#include "engine/excluded.h"
#include "engine/flips.h"
#include "plan/plan.h"
#include "store/library.h"

enum { SLICE_ROWS = 2000 };
static const char action[] = "expire";

struct ended {
    const struct resource *exclusion;
    const char *address;
    utc_t at;
    int64_t rev; /* declared it */
    struct flips flips[ITEM_KIND_N];
    const char *unread; /* an instance of its own whose library nobody has read, or NULL */
};

struct finding {
    const struct expired_look *look;
    const struct config *config;
    struct arena *arena;
    VEC(struct ended) ended;
    VEC(const char *) owners; /* of those; NULL: the root */
    utc_t first, next;        /* the earliest of those, and of those that will; 0: none */
    struct exclusions *then;  /* of the instance that is walked, before the first ended */
    uint64_t number;
};

static void finding_done(struct finding *f)
{
    for (size_t i = 0; i < f->ended.n; i++)
        for (int kind = 0; kind < ITEM_KIND_N; kind++)
            flips_done(&f->ended.at[i].flips[kind]);
    vec_done(&f->ended);
    vec_done(&f->owners);
    arena_free(f->arena);
}

/* ---- which ones ---- */

static bool may_end(const struct config *c)
{
    for (size_t i = 0; i < config_n(c); i++) {
        const struct resource *r = config_at(c, i);
        const struct exclusion *spec = r->kind == KIND_EXCLUSION ? r->spec : NULL;
        if (spec && (spec->until || spec->for_))
            return true;
    }
    return false;
}

static void earliest(utc_t *t, utc_t at)
{
    *t = *t ? MIN(*t, at) : at;
}

/* One that was over when its file said so first has excluded nothing since. */
static void take_row(void *ctx, const struct stored_resource *row)
{
    struct finding *f = ctx;
    if (!str_eq(row->kind, kind_names[KIND_EXCLUSION]))
        return;
    const struct resource *r = config_find(f->config, KIND_EXCLUSION, row->name);
    const struct exclusion *spec = r ? r->spec : NULL;
    utc_t at = spec && !spec->suspend ? exclusion_end(spec, row->first_applied) : 0;
    if (at > f->look->now)
        earliest(&f->next, at);
    else if (at > row->spec_since) {
        const char *address = arena_printf(f->arena, "%s/%s", row->kind, row->name);
        vec_push(&f->ended, (struct ended){r, address, .at = at, .rev = row->from_rev});
        earliest(&f->first, at);
    }
}

static void drop_told(void *ctx, const struct audit *a)
{
    struct finding *f = ctx;
    size_t n = 0;
    if (!str_eq(a->action, action))
        return;
    for (size_t i = 0; i < f->ended.n; i++) {
        const struct ended *x = &f->ended.at[i];
        if (x->rev != a->rev || !str_eq(x->address, a->address))
            f->ended.at[n++] = *x;
    }
    f->ended.n = n;
}

static void add_owner(struct finding *f, const char *owner)
{
    for (size_t i = 0; i < f->owners.n; i++)
        if (str_eq(f->owners.at[i], owner))
            return;
    vec_push(&f->owners, owner);
}

static bool find(struct finding *f, struct err *e)
{
    if (!resources_each(f->look->store, false, take_row, f, e) ||
        (f->first && !audit_each(f->look->store, f->first, drop_told, f, e)))
        return false;
    f->first = 0;
    for (size_t i = 0; i < f->ended.n; i++) {
        earliest(&f->first, f->ended.at[i].at);
        add_owner(f, f->ended.at[i].exclusion->owner);
    }
    return true;
}

/* ---- what they mean ---- */

static struct ended *find_ended(struct finding *f, const char *name)
{
    for (size_t i = 0; i < f->ended.n; i++)
        if (str_eq(f->ended.at[i].exclusion->name, name))
            return &f->ended.at[i];
    return NULL;
}

/* Freed by the last one that held it; each owner's for his own queues. */
static void take_item(void *ctx, const struct item *it, const struct item_memory *m UNUSED)
{
    struct finding *f = ctx;
    for (size_t i = 0; it->is_monitored && i < f->owners.n; i++) {
        utc_t until = 0;
        const char *name = exclusions_last(f->then, f->owners.at[i], it, &until);
        struct ended *x = name && until && until <= f->look->now ? find_ended(f, name) : NULL;
        if (x && str_eq(x->exclusion->owner, f->owners.at[i]))
            flips_note(&x->flips[it->kind], f->number, it);
    }
}

static bool is_on(const struct finding *f, const struct ended *x, const char *instance)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    const struct exclusion *spec = x->exclusion->spec;
    struct strlist names;
    config_select(f->config, &spec->instances, x->exclusion->owner, arena, &names);
    for (size_t i = 0; i < names.n; i++)
        if (str_eq(names.at[i], instance))
            return true;
    return false;
}

/* Whether any holds on an instance; of one whose library nobody has read that is all one knows. */
static bool hold_on(struct finding *f, const char *instance, bool is_unread)
{
    bool ret = false;
    for (size_t i = 0; i < f->ended.n; i++) {
        struct ended *x = &f->ended.at[i];
        bool is_there = is_on(f, x, instance);
        if (is_there && is_unread)
            x->unread = instance;
        ret |= is_there;
    }
    return ret;
}

static bool walk(struct finding *f, const char *instance, struct err *e)
{
    CLEANUP(exclusions_freep) struct exclusions *then = NULL;
    struct candidate_cursor cursor = {0};
    utc_t synced;
    if (!library_synced(f->look->store, instance, &synced, e))
        return false;
    bool is_more = hold_on(f, instance, !synced) && synced;
    if (is_more && !excluded_on(f->look->store, f->config, instance, f->first - 1, &then, e))
        return false;
    f->then = then;
    while (is_more)
        if (!candidates_slice(f->look->store, instance, true, true, SLICE_ROWS, &cursor, take_item,
                              f, &is_more, e))
            return false;
    return true;
}

static bool count(struct finding *f, struct err *e)
{
    for (size_t i = 0; i < config_n(f->config); i++) {
        const struct resource *r = config_at(f->config, i);
        f->number = i;
        if (r->kind == KIND_INSTANCE && !walk(f, r->name, e))
            return false;
    }
    return true;
}

/* ---- telling ---- */

/* The k-th kind of item that it freed some of. */
static bool freed(const struct ended *x, int kind, struct flips_words *ret)
{
    return flips_tell(&x->flips[kind], FLIP_FREED, kind, exclusion_takes_parts(x->exclusion->spec),
                      ret);
}

static void describe(const struct ended *x, struct buf *ret)
{
    struct flips_words words;
    char at[UTC_TEXT];
    bool has_freed = false;
    buf_printf(ret, "expired at %s", utc_format(x->at, at));
    for (int kind = 0; kind < ITEM_KIND_N; kind++)
        if (freed(x, kind, &words)) {
            buf_printf(ret, "; => %s", words.text);
            has_freed = true;
        }
    if (x->unread)
        buf_printf(ret, "; => not counted: %s, whose library was never read", x->unread);
    else if (!has_freed)
        buf_puts(ret, "; => nothing becomes searchable by that");
}

static bool audit(const struct finding *f, const struct ended *x, struct err *e)
{
    CLEANUP(buf_done) struct buf detail;
    buf_init(&detail, BUF_TEXT);
    describe(x, &detail);
    const struct audit row = {
        .at = f->look->now,
        .actor = "system",
        .action = action,
        .address = x->address,
        .detail = detail.at,
        .rev = x->rev,
    };
    return audit_add(f->look->store, &row, e);
}

static bool keep(const struct finding *f, struct err *e)
{
    CLEANUP(tx_done) struct tx tx = {0};
    if (!tx_begin(f->look->store, &tx, e))
        return false;
    for (size_t i = 0; i < f->ended.n; i++)
        if (!audit(f, &f->ended.at[i], e))
            return false;
    fault_point("engine.expired");
    return tx_commit(&tx, e);
}

static void announce(const struct finding *f, const struct ended *x)
{
    struct flips_words words;
    for (int kind = 0; kind < ITEM_KIND_N; kind++) {
        if (!freed(x, kind, &words))
            continue;
        CLEANUP(jx_decrefp) json_t *o = json_object();
        jx_put(o, "exclusion", jx_string(x->exclusion->name));
        jx_put(o, "items", json_integer(words.n));
        jx_put(o, "unit", jx_string(words.unit));
        jx_put(o, "direction", jx_string(words.direction));
        jx_put(o, "expired", jx_time(x->at));
        f->look->on_event(f->look->ctx, EVENT_exclusion_effect, o);
    }
}

static bool tell(struct finding *f, struct err *e)
{
    if (!find(f, e))
        return false;
    if (f->ended.n == 0)
        return true;
    if (!count(f, e) || !keep(f, e))
        return err_in(e, "noting which exclusions expired");
    for (size_t i = 0; f->look->on_event && i < f->ended.n; i++)
        announce(f, &f->ended.at[i]);
    return true;
}

bool expired_tell(const struct expired_look *look, utc_t *ret_next, struct err *e)
{
    CLEANUP(config_freep) struct config *applied = NULL;
    CLEANUP(finding_done) struct finding f = {.look = look, .arena = arena_new()};
    *ret_next = 0;
    if (!look->config && !plan_applied_config(look->store, &applied, e)) {
        log_warning("exclusions_expired", KV("error", e->msg));
        return true; /* perhaps damaged: what is applied now mends it */
    }
    f.config = look->config ? look->config : applied;
    if (may_end(f.config) && !tell(&f, e))
        return false;
    *ret_next = f.next;
    return true;
}
