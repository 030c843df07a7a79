/* model/config.c — making a configuration and reading it. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/jx.h"
#include "base/str.h"
#include "model/config_parts.h"
#include "model/type_parts.h"
#include "model/when.h"

const char *const kind_names[KIND_N + 1] = {
#define KIND(constant, singular, plural, inert) #singular,
#include "model/kinds.def"
#undef KIND
};
const char *const kind_plurals[KIND_N + 1] = {
#define KIND(constant, singular, plural, inert) #plural,
#include "model/kinds.def"
#undef KIND
};

int kind_find(const char *name)
{
    int k = name_find(kind_names, KIND_N, name);
    return k >= 0 ? k : name_find(kind_plurals, KIND_N, name);
}

struct config *config_new(void)
{
    struct config *c = NEW(struct config);
    c->arena = arena_new();
    c->zones = zones_new();
    config_add_builtins(c);
    return c;
}

static void resources_done(struct resource **at, size_t n)
{
    for (size_t i = 0; i < n; i++)
        json_decref((json_t *)(uintptr_t)at[i]->canonical);
}

struct config *config_free(struct config *c)
{
    if (!c)
        return NULL;
    resources_done(c->resources.at, c->resources.n);
    resources_done(c->builtins.at, c->builtins.n);
    vec_done(&c->resources);
    vec_done(&c->builtins);
    vec_done(&c->files);
    vec_done(&c->broken);
    zone_free(c->zone);
    zones_free(c->zones);
    arena_free(c->arena);
    mem_free(c);
    return NULL;
}

void config_freep(struct config **c)
{
    *c = config_free(*c);
}

struct arena *config_arena(struct config *c)
{
    return c->arena;
}

struct ybudget *config_budget(struct config *c)
{
    return &c->budget;
}

void config_set_unread(struct config *c, const char *path)
{
    if (!c->unread)
        c->unread = arena_strdup(c->arena, path);
}

bool config_is_whole(const struct config *c)
{
    return !c->unread;
}

void config_set_now(struct config *c, utc_t now)
{
    c->now = now;
}

struct resource *resource_new(struct config *c, enum kind kind, const char *owner,
                              const char *local_name, const struct loc *at,
                              const struct ynode *node)
{
    struct resource *r = ARENA_NEW(c->arena, struct resource);
    *r = (struct resource){
        .kind = kind,
        .name = owner ? arena_printf(c->arena, "%s/%s", owner, local_name)
                      : arena_strdup(c->arena, local_name),
        .owner = owner,
        .at = *at,
        .node = node,
    };
    return r;
}

bool config_add_stored_at(struct config *c, enum kind kind, const char *name, const char *json,
                          const struct loc *at, struct err *e)
{
    const struct loc place = {arena_strdup(c->arena, at->file), at->line, at->col};
    CLEANUP(jx_decrefp) json_t *spec = NULL;
    bool is_json = jx_parse(json, strlen(json), &spec, e);
    const struct ynode *node = is_json ? ydoc_of_json(c->arena, spec, &place) : NULL;
    if (!node || node->type != Y_MAP)
        return err_set(e, ERR_DB, "the state holds no valid spec for %s/%s (splintarr db check)",
                       kind_names[kind], name);
    const char *slash = strchr(name, '/');
    const char *owner = slash ? arena_strndup(c->arena, name, (size_t)(slash - name)) : NULL;
    vec_push(&c->resources, resource_new(c, kind, owner, slash ? slash + 1 : name, &place, node));
    return true;
}

bool config_add_stored(struct config *c, enum kind kind, const char *name, const char *json,
                       struct err *e)
{
    static const struct loc nowhere = {.file = "state", .line = 1, .col = 1};
    return config_add_stored_at(c, kind, name, json, &nowhere, e);
}

void config_add_from(struct config *c, const struct resource *r)
{
    const char *local = r->owner ? r->name + strlen(r->owner) + 1 : r->name;
    vec_push(&c->resources, resource_new(c, r->kind, r->owner, local, &r->at, r->node));
}

void config_add_referenced(struct config *c, const char *path, const char *bytes, size_t n)
{
    vec_push(&c->files,
             (struct referenced){arena_strdup(c->arena, path), arena_strndup(c->arena, bytes, n)});
}

const char *config_referenced(const struct config *c, const char *path)
{
    for (size_t i = 0; i < c->files.n; i++)
        if (str_eq(c->files.at[i].path, path))
            return c->files.at[i].bytes;
    return NULL;
}

/* ---- reading ---- */

size_t config_n(const struct config *c)
{
    return c->resources.n;
}

const struct resource *config_at(const struct config *c, size_t i)
{
    return c->resources.at[i];
}

const struct resource *config_builtin(const struct config *c, size_t i)
{
    return i < c->builtins.n ? c->builtins.at[i] : NULL;
}

const char *config_zone_problem(const struct config *c)
{
    return c->zone_problem;
}

const struct settings *config_settings(const struct config *c)
{
    return c->settings;
}

static int compare_key(enum kind kind, const char *name, const struct resource *r)
{
    return kind != r->kind ? (kind < r->kind ? -1 : 1) : strcmp(name, r->name);
}

static struct resource *bisect(const struct config *c, enum kind kind, const char *name)
{
    size_t low = 0, high = c->resources.n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare_key(kind, name, c->resources.at[middle]);
        if (order == 0)
            return c->resources.at[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

struct resource *config_lookup(const struct config *c, enum kind kind, const char *full_name)
{
    for (size_t i = 0; i < c->builtins.n; i++)
        if (compare_key(kind, full_name, c->builtins.at[i]) == 0)
            return c->builtins.at[i];
    return bisect(c, kind, full_name);
}

const struct resource *config_find(const struct config *c, enum kind kind, const char *full_name)
{
    return config_lookup(c, kind, full_name);
}

void config_deny(struct config *c, const struct resource *r, const char *reason,
                 const char *message)
{
    struct resource *own = config_lookup(c, r->kind, r->name);
    assert(own);
    struct common *common = own->kind == KIND_SHARE ? NULL : (struct common *)(uintptr_t)own->spec;
    if (own->denied)
        return;
    own->denied_reason = arena_strdup(c->arena, reason);
    own->denied = arena_strdup(c->arena, message);
    if (common)
        common->suspend = true;
}

json_t *config_effective(const struct resource *r)
{
    if (r->kind == KIND_SHARE)
        return json_deep_copy(r->canonical);
    return effective_map(kind_fields(r->kind), r->spec);
}

/* ---- where a field was written ---- */

/* The step of a path at *p ("match", "[0]", "limits"); moves *p behind it. */
static const struct ynode *step(const struct ynode *n, const char **p)
{
    if (**p == '[') {
        char *end;
        size_t i = strtoul(*p + 1, &end, 10);
        *p = *end == ']' ? end + 1 : end;
        if (n->type != Y_LIST)
            return i == 0 ? n : NULL;
        return i < n->n ? n->items[i] : NULL;
    }
    size_t length = strcspn(*p, ".[");
    CLEANUP(freep) char *key = mem_printf("%.*s", (int)length, *p);
    *p += length;
    return n->type == Y_MAP ? ydoc_get(n, key) : NULL;
}

const struct ynode *config_node(const struct resource *r, const char *path)
{
    const struct ynode *n = r->node;
    while (n && *path) {
        path += *path == '.';
        n = step(n, &path);
    }
    return n;
}

struct loc config_where(const struct resource *r, const char *path)
{
    const struct ynode *n = config_node(r, path);
    return n ? n->at : r->at;
}

/* ---- selecting instances ---- */

static bool has_any(const struct strlist *wanted, const struct strlist *have)
{
    for (size_t i = 0; i < wanted->n; i++)
        for (size_t k = 0; k < have->n; k++)
            if (str_case_eq(wanted->at[i], have->at[k]))
                return true;
    return wanted->n == 0;
}

static bool is_selected(const struct config *c, const struct selector *s, const char *owner,
                        const struct resource *r)
{
    const struct instance *spec = r->spec;
    if (s->form == SELECT_NAMES) {
        for (size_t i = 0; i < s->names.n; i++)
            if (config_resolve(c, KIND_INSTANCE, owner, s->names.at[i]) == r)
                return true;
        return false;
    }
    if (!str_eq(owner, r->owner)) /* "all" and selectors mean one's own */
        return false;
    if (s->form == SELECT_MATCHING)
        return (s->app < 0 || s->app == spec->type) && has_any(&s->tags, &spec->tags);
    return s->form == SELECT_ALL;
}

void config_select(const struct config *c, const struct selector *s, const char *owner,
                   struct arena *arena, struct strlist *ret)
{
    size_t n = 0;
    ret->at = ARENA_ARRAY(arena, const char *, c->resources.n + 1);
    for (size_t i = 0; i < c->resources.n; i++) {
        const struct resource *r = c->resources.at[i];
        if (r->kind == KIND_INSTANCE && r->spec && is_selected(c, s, owner, r))
            ret->at[n++] = r->name;
    }
    ret->n = n;
}

bool config_runs_on(const struct config *c, const struct resource *queue, const char *instance)
{
    CLEANUP(arena_freep) struct arena *arena = arena_new();
    const struct queue *q = queue->spec;
    struct strlist names;
    config_select(c, &q->instances, queue->owner, arena, &names);
    for (size_t i = 0; i < names.n; i++)
        if (str_eq(names.at[i], instance))
            return true;
    return false;
}
