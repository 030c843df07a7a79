/* model/config_refs.c — names that lead to other resources, and the effective specs they make. */
#include <assert.h>
#include <string.h>

#include "base/str.h"
#include "model/config_parts.h"
#include "model/type_parts.h"
#include "model/when.h"

struct resource *config_resolve(const struct config *c, enum kind kind, const char *owner,
                                const char *name)
{
    if (name[0] == '/')
        return config_lookup(c, kind, name + 1);
    if (!owner)
        return config_lookup(c, kind, name);
    CLEANUP(freep) char *own = mem_printf("%s/%s", owner, name);
    struct resource *r = config_lookup(c, kind, own);
    bool may_be_roots = kind == KIND_PROFILE || kind == KIND_SCHEDULE;
    return r || !may_be_roots ? r : config_lookup(c, kind, name);
}

/* ---- missing ones ---- */

static bool is_shared_with(const struct config *c, const struct resource *instance,
                           const char *tenant)
{
    const struct resource *r = config_lookup(c, KIND_SHARE, instance->name);
    const struct share *share = r ? r->spec : NULL;
    for (size_t i = 0; share && i < share->n; i++)
        if (str_eq(share->at[i].user, tenant))
            return true;
    return false;
}

/* How `owner` would write the name of `r`; NULL when it may not know of it. */
static const char *name_for(const struct config *c, const char *owner, const struct resource *r)
{
    bool is_for_all = r->kind == KIND_PROFILE || r->kind == KIND_SCHEDULE;
    if (str_eq(owner, r->owner))
        return owner ? r->name + strlen(owner) + 1 : r->name;
    if (r->owner)
        return NULL;
    if (is_for_all)
        return r->name;
    return r->kind == KIND_INSTANCE && is_shared_with(c, r, owner)
               ? arena_printf(c->arena, "/%s", r->name)
               : NULL;
}

/* The name, as `owner` would write it, that is most like this one. */
static const char *nearest(const struct config *c, const char *owner, enum kind kind,
                           const char *name)
{
    VEC(const char *) names = {0};
    for (size_t i = 0; i < c->builtins.n; i++)
        if (kind == KIND_PROFILE)
            vec_push(&names, c->builtins.at[i]->name);
    for (size_t i = 0; i < c->resources.n; i++) {
        const struct resource *r = c->resources.at[i];
        const char *written = r->kind == kind ? name_for(c, owner, r) : NULL;
        if (written)
            vec_push(&names, written);
    }
    const char *near = str_did_you_mean(name, names.at, names.n);
    vec_done(&names);
    return near;
}

static bool is_broken(const struct config *c, const char *owner, enum kind kind, const char *name)
{
    bool is_roots = name[0] == '/' || !owner;
    CLEANUP(freep) char *own = is_roots ? NULL : mem_printf("%s/%s", owner, name);
    for (size_t i = 0; i < c->broken.n; i++) {
        const struct broken_name *b = &c->broken.at[i];
        if (b->kind == kind && (str_eq(b->name, name + (name[0] == '/')) || str_eq(b->name, own)))
            return true;
    }
    return false;
}

static bool refuse_missing(const struct config *c, const struct resource *from, enum kind kind,
                           const struct ynode *at, struct diags *diags)
{
    if (c->unread || is_broken(c, from->owner, kind, at->text))
        return true; /* it may be there, or is, and was told */
    struct reading x = config_reading(c, from, diags);
    const char *near = nearest(c, from->owner, kind, at->text);
    const struct resource *r = near ? config_resolve(c, kind, from->owner, near) : NULL;
    CLEANUP(freep) char *hint = NULL;
    if (r && r->is_builtin)
        hint = mem_printf("did you mean '%s'?", near);
    else if (r)
        hint = mem_printf("did you mean '%s' (%s:%d)?", near, r->at.file, r->at.line);
    return reading_refuse(&x, DIAG_E204, at, hint, "%s/%s refers to %s '%s', which does not exist",
                          kind_names[from->kind], from->name, kind_names[kind], at->text);
}

static bool check_ref(const struct config *c, const struct resource *from, enum kind kind,
                      const struct ynode *n, struct diags *diags)
{
    static const struct field any = {.name = "name", .type = FT_NAME};
    const struct reading silent = {.diags = NULL};
    const char *name;
    if (!n || n->type != Y_SCALAR || !type_NAME.read(&silent, &any, n, &name))
        return true; /* what is no name was told before */
    return config_resolve(c, kind, from->owner, n->text) || refuse_missing(c, from, kind, n, diags);
}

static void check_instances(const struct config *c, const struct resource *r, struct diags *diags)
{
    const struct ynode *n = ydoc_get(r->node, "instances");
    if (!n || n->type == Y_MAP || (n->type == Y_SCALAR && str_eq(n->text, "all")))
        return;
    for (size_t i = 0; i < elements(n); i++)
        check_ref(c, r, KIND_INSTANCE, element(n, i), diags);
}

static void check_share(const struct config *c, const struct resource *r, struct diags *diags)
{
    struct ynode at = {.at = r->at,
                       .end_line = r->at.line,
                       .end_col = r->at.col + (int)strlen(r->name),
                       .text = r->name};
    if (!config_lookup(c, KIND_INSTANCE, r->name))
        refuse_missing(c, r, KIND_INSTANCE, &at, diags);
    for (size_t i = 0; i < r->node->n; i++)
        if (!config_lookup(c, KIND_USER, r->node->entries[i].key->text))
            refuse_missing(c, r, KIND_USER, r->node->entries[i].key, diags);
}

static void check_resource(const struct config *c, const struct resource *r, struct diags *diags)
{
    bool is_policy = r->kind == KIND_QUEUE || r->kind == KIND_PROFILE;
    if (is_policy) {
        check_ref(c, r, r->kind, ydoc_get(r->node, "extends"), diags);
        check_ref(c, r, KIND_SCHEDULE, ydoc_get(r->node, "schedule"), diags);
    }
    if (r->kind == KIND_QUEUE)
        check_ref(c, r, KIND_PROFILE, ydoc_get(r->node, "profile"), diags);
    if (r->kind == KIND_QUEUE || r->kind == KIND_EXCLUSION || r->kind == KIND_NOTIFICATION)
        check_instances(c, r, diags);
    if (r->kind == KIND_SHARE)
        check_share(c, r, diags);
}

/* ---- levels ---- */

/* Appends a resource and what it extends; notes the first profile that is named on the way. */
static bool add_chain(const struct config *c, const struct resource *r, struct levels *ret,
                      const struct resource **ret_profile)
{
    while (r) {
        for (size_t i = 0; i < ret->n; i++)
            if (ret->at[i] == r->node)
                return false;
        if (ret->n == LEVELS_MAX)
            return false;
        ret->owners[ret->n] = r->owner;
        ret->at[ret->n++] = r->node;
        const struct ynode *profile = ydoc_get(r->node, "profile"),
                           *extends = ydoc_get(r->node, "extends");
        if (ret_profile && !*ret_profile && profile && profile->type == Y_SCALAR)
            *ret_profile = config_resolve(c, KIND_PROFILE, r->owner, profile->text);
        r = extends && extends->type == Y_SCALAR
                ? config_resolve(c, r->kind, r->owner, extends->text)
                : NULL;
    }
    return true;
}

bool config_levels(const struct config *c, const struct resource *r, struct levels *ret)
{
    const struct resource *profile = NULL;
    *ret = (struct levels){.n = 0};
    if (r->kind != KIND_QUEUE && r->kind != KIND_PROFILE) {
        ret->owners[ret->n] = r->owner;
        ret->at[ret->n++] = r->node;
        return true;
    }
    return add_chain(c, r, ret, r->kind == KIND_QUEUE ? &profile : NULL) &&
           add_chain(c, profile, ret, NULL);
}

/* ---- circles: one finding for each, at its member that comes first by name ---- */

static const struct resource *extended(const struct config *c, const struct resource *r)
{
    const struct ynode *n = ydoc_get(r->node, "extends");
    return n && n->type == Y_SCALAR ? config_resolve(c, r->kind, r->owner, n->text) : NULL;
}

static void check_depth(const struct config *c, const struct resource *r, bool ends,
                        struct diags *diags)
{
    struct levels levels;
    struct reading x = config_reading(c, r, diags);
    if (ends && !config_levels(c, r, &levels))
        reading_refuse(&x, DIAG_E108, r->node, NULL, "%s/%s inherits from more than %d others",
                       kind_names[r->kind], r->name, LEVELS_MAX - 1);
}

static void check_circle(const struct config *c, const struct resource *r, struct diags *diags)
{
    CLEANUP(buf_done) struct buf names;
    buf_init(&names, 1000);
    buf_puts(&names, r->name);
    const struct resource *next = extended(c, r);
    for (size_t n = 0; next && next != r && n < c->resources.n; n++) {
        if (strcmp(next->name, r->name) < 0)
            return; /* told at that one, or this one only leads into a circle */
        buf_printf(&names, " → %s", next->name);
        next = extended(c, next);
    }
    if (next != r) {
        check_depth(c, r, next == NULL, diags);
        return;
    }
    buf_printf(&names, " → %s", r->name);
    struct reading x = config_reading(c, r, diags);
    reading_refuse(&x, DIAG_E205, ydoc_get(r->node, "extends"), "break the circle at one of them",
                   "`extends` goes round in a circle: %s", names.at);
}

/* ---- effective specs ---- */

/* Whose names are meant by what the effective spec takes from `key`: those of the most specific
 * level that says it. */
static const char *owner_of(const struct levels *levels, const char *key)
{
    for (size_t i = 0; i < levels->n; i++)
        if (ydoc_get(levels->at[i], key))
            return levels->owners[i];
    return NULL;
}

static void resolve_schedule(const struct config *c, const char *owner, struct schedule_ref *ref)
{
    if (!ref->name)
        return;
    const struct resource *schedule = config_resolve(c, KIND_SCHEDULE, owner, ref->name);
    if (!schedule)
        return;
    ref->name = schedule->name;
    ref->spec = schedule->spec;
}

/* What a tenant's queue inherits from one of the root's are names of the root. */
static void resolve_inherited(const struct config *c, const char *owner, const struct resource *r,
                              struct selector *s)
{
    for (size_t i = 0; r->owner && !owner && i < s->names.n; i++)
        if (s->names.at[i][0] != '/')
            s->names.at[i] = arena_printf(c->arena, "/%s", s->names.at[i]);
}

/* The full name of what is meant. */
static void resolve_name(const struct config *c, enum kind kind, const char *owner,
                         const char **name)
{
    const struct resource *r = *name ? config_resolve(c, kind, owner, *name) : NULL;
    if (r)
        *name = r->name;
}

/* Of what it says itself: what it inherits from has its own. */
static void resolve_extends(const struct config *c, const struct resource *r, const char **name)
{
    if (!ydoc_get(r->node, "extends"))
        *name = NULL;
    resolve_name(c, r->kind, r->owner, name);
}

static void resolve_queue(const struct config *c, const struct resource *r,
                          const struct levels *levels, struct queue *spec)
{
    resolve_schedule(c, owner_of(levels, "schedule"), &spec->schedule);
    resolve_name(c, KIND_PROFILE, owner_of(levels, "profile"), &spec->profile);
    resolve_extends(c, r, &spec->extends);
    resolve_inherited(c, owner_of(levels, "instances"), r, &spec->instances);
}

static void resolve_profile(const struct config *c, const struct resource *r,
                            const struct levels *levels, struct profile *spec)
{
    resolve_schedule(c, owner_of(levels, "schedule"), &spec->schedule);
    resolve_extends(c, r, &spec->extends);
}

static void resolve_files(const struct config *c, const struct resource *r, struct exclusion *spec)
{
    for (size_t i = 0; r->owner && i < spec->match.n; i++) {
        struct match *m = &spec->match.at[i];
        if (m->titles_file)
            m->titles_file = arena_printf(c->arena, "tenants/%s/%s", r->owner, m->titles_file);
    }
}

static void decode(const struct config *c, struct resource *r)
{
    struct levels levels;
    struct reading x = config_reading(c, r, NULL);
    void *spec = arena_alloc(c->arena, kind_size(r->kind));
    if (!config_levels(c, r, &levels))
        levels = (struct levels){.at = {r->node}, .owners = {r->owner}, .n = 1};
    decode_map(&x, kind_fields(r->kind), &levels, spec);
    if (r->kind == KIND_QUEUE)
        resolve_queue(c, r, &levels, spec);
    if (r->kind == KIND_PROFILE)
        resolve_profile(c, r, &levels, spec);
    if (r->kind == KIND_EXCLUSION)
        resolve_files(c, r, spec);
    r->spec = spec;
}

/* A machine without zone files has UTC's dates. */
static void load_zone(struct config *c)
{
    char name[ZONE_NAME];
    struct err e = {0};
    const char *zone = c->settings->timezone ? c->settings->timezone : zone_system(name);
    if (zone_load(zone, &c->zone, &e))
        return;
    c->zone = NULL;
    c->zone_problem = zone_exists(zone) ? arena_strdup(c->arena, e.msg) : NULL;
}

static void decode_settings(struct config *c)
{
    struct resource *r = config_lookup(c, KIND_SETTINGS, "settings");
    struct reading x = {.arena = c->arena, .kind = KIND_SETTINGS};
    c->settings = ARENA_NEW(c->arena, struct settings);
    decode_map(&x, kind_fields(KIND_SETTINGS),
               &(struct levels){.at = {r ? r->node : NULL}, .n = r ? 1 : 0}, c->settings);
    load_zone(c);
    if (r)
        r->spec = c->settings;
}

void config_check_references(struct config *c, struct diags *diags)
{
    decode_settings(c);
    for (size_t i = 0; i < c->resources.n; i++) {
        check_resource(c, c->resources.at[i], diags);
        if (c->resources.at[i]->kind == KIND_QUEUE || c->resources.at[i]->kind == KIND_PROFILE)
            check_circle(c, c->resources.at[i], diags);
    }
    for (size_t i = 0; i < c->builtins.n; i++)
        decode(c, c->builtins.at[i]);
    for (size_t i = 0; i < c->resources.n; i++)
        if (c->resources.at[i]->kind != KIND_SETTINGS && c->resources.at[i]->kind != KIND_SHARE)
            decode(c, c->resources.at[i]);
}

/* ---- referenced files ---- */

bool config_is_inside(const char *path)
{
    assert(path);
    for (const char *p = path; p; p = strchr(p, '/')) {
        p += p != path;
        if (str_starts(p, "../") || str_eq(p, ".."))
            return false;
    }
    return path[0] != '/';
}

static void add_path(const struct config *c, const struct resource *r, const struct ynode *item,
                     struct strlist *ret)
{
    const struct ynode *path = item->type == Y_MAP ? ydoc_get(item, "titles_file") : NULL;
    if (path && path->type == Y_SCALAR && config_is_inside(path->text))
        ret->at[ret->n++] =
            r->owner ? arena_printf(c->arena, "tenants/%s/%s", r->owner, path->text) : path->text;
}

void config_references(const struct config *c, struct strlist *ret)
{
    size_t n = 0;
    for (size_t i = 0; i < c->resources.n; i++) {
        const struct ynode *match = ydoc_get(c->resources.at[i]->node, "match");
        n += match ? elements(match) : 0;
    }
    *ret = (struct strlist){.at = ARENA_ARRAY(c->arena, const char *, n + 1)};
    for (size_t i = 0; i < c->resources.n; i++) {
        const struct resource *r = c->resources.at[i];
        const struct ynode *match = r->kind == KIND_EXCLUSION ? ydoc_get(r->node, "match") : NULL;
        for (size_t k = 0; match && k < elements(match); k++)
            add_path(c, r, element(match, k), ret);
    }
}
