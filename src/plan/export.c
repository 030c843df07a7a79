/* plan/export.c — the rows of the state arranged as a file of a tree. */
#include "plan/export.h"

#include <stdio.h>
#include <string.h>

#include "base/jx.h"
#include "base/str.h"

/* "alice/seedbox" is "seedbox" in alice's files; NULL when it is somebody else's. */
static const char *local_name(const char *name, const char *tenant)
{
    const char *slash = strchr(name, '/');
    if (!slash)
        return tenant ? NULL : name;
    size_t n = (size_t)(slash - name);
    bool is_his = tenant && strlen(tenant) == n && memcmp(tenant, name, n) == 0;
    return is_his ? slash + 1 : NULL;
}

/* Also says whose domain an address lies in. */
static bool is_address(const struct applied *a, const char *address)
{
    if (a->kind == KIND_SETTINGS && str_eq(address, kind_names[KIND_SETTINGS]))
        return true;
    const char *kind = kind_names[a->kind];
    size_t n = strlen(kind);
    return str_starts(address, kind) && address[n] == '/' && str_eq(address + n + 1, a->row.name);
}

static json_t *section(json_t *document, enum kind kind)
{
    json_t *o = json_object_get(document, kind_plurals[kind]);
    if (!o) {
        o = json_object();
        jx_put(document, kind_plurals[kind], o);
    }
    return o;
}

static bool put_row(const struct applied *a, const char *name, json_t *document, struct err *e)
{
    json_t *spec = applied_spec(a);
    if (!spec)
        return err_set(e, ERR_DB, "the state holds no valid spec for %s/%s (splintarr db check)",
                       kind_names[a->kind], a->row.name);
    if (a->kind == KIND_SETTINGS)
        jx_put(document, kind_plurals[a->kind], json_incref(spec));
    else
        jx_put(section(document, a->kind), name, json_incref(spec));
    return true;
}

static bool put_one(const struct applied_state *s, const char *address, json_t *document,
                    struct err *e)
{
    for (size_t i = 0; i < s->live.n; i++) {
        const struct applied *a = &s->live.at[i];
        const char *slash = strchr(a->row.name, '/');
        if (is_address(a, address))
            return put_row(a, slash ? slash + 1 : a->row.name, document, e);
    }
    return err_set(e, ERR_USAGE, "nothing applied is called '%s'; splintarr get KIND lists names",
                   address);
}

static bool put_domain(const struct applied_state *s, const char *tenant, json_t *document,
                       struct err *e)
{
    if (!tenant)
        jx_put(document, "version", json_integer(1));
    for (size_t i = 0; i < s->live.n; i++) {
        const char *name = local_name(s->live.at[i].row.name, tenant);
        if (name && !put_row(&s->live.at[i], name, document, e))
            return false;
    }
    return json_object_size(document) > 0 ||
           err_set(e, ERR_USAGE, "nothing applied belongs to a tenant '%s'", tenant);
}

bool export_document(const struct applied_state *s, const struct export_wish *wish, json_t **ret,
                     struct err *e)
{
    CLEANUP(jx_decrefp) json_t *document = json_object();
    bool ok = wish->address ? put_one(s, wish->address, document, e)
                            : put_domain(s, wish->tenant, document, e);
    if (ok)
        *ret = TAKE(document);
    return ok;
}

void export_tenants(const struct applied_state *s, struct arena *arena, struct strlist *ret)
{
    *ret = (struct strlist){.at = ARENA_ARRAY(arena, const char *, s->live.n + 1)};
    for (size_t i = 0; i < s->live.n; i++) {
        const char *name = s->live.at[i].row.name, *slash = strchr(name, '/');
        const char *tenant = slash ? arena_strndup(arena, name, (size_t)(slash - name)) : NULL;
        size_t k = 0;
        while (k < ret->n && !str_eq(ret->at[k], tenant))
            k++;
        if (tenant && k == ret->n)
            ret->at[ret->n++] = tenant;
    }
}

static size_t matches(const json_t *exclusion)
{
    return json_array_size(json_object_get(exclusion, "match"));
}

void export_references(const json_t *document, struct arena *arena, struct strlist *ret)
{
    json_t *exclusions = json_object_get(document, kind_plurals[KIND_EXCLUSION]), *one;
    const char *name;
    size_t n = 0;
    json_object_foreach(exclusions, name, one) n += matches(one);
    *ret = (struct strlist){.at = ARENA_ARRAY(arena, const char *, n + 1)};
    json_object_foreach(exclusions, name, one)
    {
        for (size_t i = 0; i < matches(one); i++) {
            const char *file =
                jx_str(json_array_get(json_object_get(one, "match"), i), "titles_file");
            if (file)
                ret->at[ret->n++] = arena_strdup(arena, file);
        }
    }
}
