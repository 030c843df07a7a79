/* cli/view.c — the applied state for reading commands. */
#include "cli/view.h"

#include <stdio.h>
#include <string.h>

#include "base/jx.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/remote.h"
#include "engine/named.h"
#include "plan/plan.h"
#include "store/library.h"

static void note_applied(void *ctx, const struct stored_resource *r)
{
    struct view *v = ctx;
    vec_push(&v->addresses, arena_printf(v->arena, "%s/%s", r->kind, r->name));
    vec_push(&v->applied, (struct applied){
                              .file = arena_strdup(v->arena, r->file),
                              .written = arena_strdup(v->arena, r->written),
                              .line = r->line,
                              .col = r->col,
                              .from_rev = r->from_rev,
                              .first_applied = r->first_applied,
                              .since = r->spec_since,
                          });
}

static bool read_state(struct view *v, struct err *e)
{
    return plan_applied_config(v->store, &v->config, e) &&
           revision_latest(v->store, &v->revision, e) &&
           resources_each(v->store, false, note_applied, v, e);
}

bool view_open(const struct cli *c, struct view *ret, int *ret_exit)
{
    CLEANUP(view_done) struct view v = {.cli = c, .arena = arena_new()};
    enum store_found found;
    struct err e = {0};
    bool is_open = cli_store(c, STORE_READ, &v.store, &found, &e);
    if (is_open && found == STORE_ABSENT) {
        *ret_exit = cli_no_state(c);
        return false;
    }
    if (!is_open || !read_state(&v, &e)) {
        *ret_exit = cli_fail(c, &e);
        return false;
    }
    v.secrets = cli_secrets(c, v.store, c->set.config);
    v.has_daemon = remote_is_there(c);
    *ret = TAKE_STRUCT(v);
    return true;
}

void view_done(struct view *v)
{
    secrets_free(v->secrets);
    config_free(v->config);
    revision_done(&v->revision);
    store_close(v->store);
    vec_done(&v->addresses);
    vec_done(&v->applied);
    arena_free(v->arena);
    *v = (struct view){0};
}

static bool is_at(const char *address, const struct resource *r)
{
    const char *kind = kind_names[r->kind];
    size_t n = strlen(kind);
    return strncmp(address, kind, n) == 0 && address[n] == '/' && str_eq(address + n + 1, r->name);
}

const struct applied *view_applied(const struct view *v, const struct resource *r)
{
    for (size_t i = 0; i < v->addresses.n; i++)
        if (is_at(v->addresses.at[i], r))
            return &v->applied.at[i];
    return NULL;
}

bool view_conditions(const struct view *v, const struct resource *r, struct conditions *ret,
                     struct err *e)
{
    const struct condition_context x = {
        .config = v->config,
        .store = v->store,
        .secrets = v->secrets,
        .now = clock_utc(v->cli->clock),
    };
    const struct applied *applied = view_applied(v, r);
    bool is_kept = false;
    if (v->has_daemon && !conditions_read(v->store, r, ret, &is_kept, e))
        return false;
    return is_kept || conditions_of(&x, r, applied ? applied->since : 0, ret, e);
}

/* ---- addresses ---- */

bool view_find(const struct view *v, const char *address, const struct resource **ret,
               struct err *e)
{
    const char *slash = strchr(address, '/'), *instance;
    CLEANUP(freep) char *kind_text = mem_strdup(address);
    if (slash)
        kind_text[slash - address] = '\0';
    int kind = kind_find(kind_text);
    if (!slash && kind == KIND_SETTINGS) /* there is one, and plans call it so */
        slash = "/settings";
    if (!slash || kind < 0)
        return err_set(
            e, ERR_USAGE,
            "'%s' is no address: KIND/NAME, such as queue/tv-missing, or an item, such as "
            "episode/sonarr-main/4711",
            address);
    if (kind == KIND_QUEUE) /* a fan-out member shares its queue's declaration */
        return named_queue(v->config, slash + 1, ret, &instance, e);
    *ret = config_find(v->config, (enum kind)kind, slash + 1);
    return *ret || named_not(v->config, (enum kind)kind, slash + 1, e);
}

bool view_item_address(const char *address, enum item_kind *ret_kind, char *ret_instance,
                       size_t size, int64_t *ret_id)
{
    const char *first = strchr(address, '/'), *last = strrchr(address, '/');
    if (!first || first == last || !str_int(last + 1, ret_id))
        return false;
    size_t n_kind = (size_t)(first - address), n_instance = (size_t)(last - first - 1);
    for (int k = 0; k < ITEM_KIND_N; k++) {
        bool is_kind =
            strlen(item_kind_names[k]) == n_kind && !strncmp(address, item_kind_names[k], n_kind);
        if (!is_kind || n_instance >= size)
            continue;
        snprintf(ret_instance, size, "%.*s", (int)n_instance, first + 1);
        *ret_kind = (enum item_kind)k;
        return true;
    }
    return false;
}

/* ---- libraries ---- */

struct read_libraries {
    struct arena *arena;
    VEC(const char *) names;
};

static void note_read(void *ctx, const struct library_summary *l)
{
    struct read_libraries *x = ctx;
    if (l->synced)
        vec_push(&x->names, arena_strdup(x->arena, l->instance));
}

static bool is_read(const struct read_libraries *x, const char *instance)
{
    for (size_t i = 0; i < x->names.n; i++)
        if (str_eq(x->names.at[i], instance))
            return true;
    return false;
}

void view_note_unread(const struct view *v, const char *instance)
{
    struct read_libraries x = {.arena = v->arena};
    struct err ignored;
    bool ok = library_each(v->store, note_read, &x, &ignored);
    for (size_t i = 0; ok && i < config_n(v->config); i++) {
        const struct resource *r = config_at(v->config, i);
        bool is_asked = !instance || str_eq(instance, r->name);
        if (r->kind == KIND_INSTANCE && is_asked && !is_read(&x, r->name))
            cli_note(v->cli,
                     "nothing is known of the library of instance/%s yet: splintarr refresh %s",
                     r->name, r->name);
    }
    vec_done(&x.names);
}

/* ---- JSON ---- */

static json_t *declared_json(const struct applied *a)
{
    if (!a)
        return json_null();
    json_t *o = json_object();
    jx_put(o, "file", jx_string(a->file));
    jx_put(o, "line", json_integer(a->line));
    return o;
}

static json_t *runtime_json(const struct applied *a)
{
    json_t *o = json_object();
    if (!a)
        return o;
    jx_put(o, "revision", json_integer(a->from_rev));
    jx_put(o, "first_applied", jx_time(a->first_applied));
    jx_put(o, "since", jx_time(a->since));
    return o;
}

/* As its file says it; what was applied before that was kept tells less. */
static json_t *explicit_json(const struct applied *a, const struct resource *r)
{
    struct err e;
    json_t *paths = NULL;
    if (a && a->written[0] && jx_parse(a->written, strlen(a->written), &paths, &e))
        return paths;
    return config_explicit(r);
}

json_t *view_json(const struct view *v, const struct resource *r, struct err *e)
{
    struct conditions conditions;
    if (!view_conditions(v, r, &conditions, e))
        return NULL;
    const struct applied *applied = view_applied(v, r);
    CLEANUP(freep) char *address = mem_printf("%s/%s", kind_names[r->kind], r->name);
    json_t *o = json_object();
    jx_put(o, "address", jx_string(address));
    jx_put(o, "kind", jx_string(kind_names[r->kind]));
    jx_put(o, "name", jx_string(r->name));
    jx_put(o, "spec", config_effective(r));
    jx_put(o, "explicit", explicit_json(applied, r));
    jx_put(o, "conditions", conditions_json(&conditions));
    jx_put(o, "runtime", runtime_json(applied));
    jx_put(o, "declared_at", declared_json(applied));
    return o;
}
