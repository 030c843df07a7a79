/* plan/rights_reach.c — what a tenant may read and where he may send: his own secrets, addresses
 * that are everyone's. Otherwise he could send any file or variable of the daemon to a URL of his
 * own. Names are judged when they are resolved, at every connect (http). */
#include "plan/rights_parts.h"

#include <string.h>

#include "base/address.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/config.h"
#include "plan/prints.h"

/* ---- secrets ---- */

static bool has_parent_step(const char *path)
{
    for (const char *p = strstr(path, ".."); p; p = strstr(p + 1, ".."))
        if (p > path && p[-1] == '/' && (p[2] == '/' || p[2] == '\0'))
            return true;
    return false;
}

static bool is_in_secret_dir(const struct rights *x, const char *file)
{
    const char *given = config_settings(x->config)->tenants.secret_dir;
    CLEANUP(freep) char *dir = given ? mem_strdup(given) : NULL;
    for (size_t n = dir ? strlen(dir) : 0; n > 1 && dir[n - 1] == '/'; n--)
        dir[n - 1] = '\0';
    return dir && !has_parent_step(file) && !str_eq(file, dir) && file_is_below(file, dir);
}

static bool may_use_secret(const struct rights *x, const struct secret_ref *ref)
{
    switch (ref->source) {
    case SECRET_STORED: return !strchr(ref->ref, '/'); /* the model looks below his own name */
    case SECRET_FILE: return is_in_secret_dir(x, ref->ref);
    case SECRET_NONE:
    case SECRET_CREDENTIAL:
    case SECRET_ENV:
    case SECRET_SOURCE_N: break;
    }
    return false;
}

void rights_secret(struct rights *x, const struct field *f UNUSED, const char *path,
                   const json_t *value)
{
    const char *dir = config_settings(x->config)->tenants.secret_dir;
    struct secret_ref ref;
    if (!secret_ref_of(value, &ref) || may_use_secret(x, &ref))
        return;
    bool is_file = ref.source == SECRET_FILE;
    CLEANUP(freep)
    char *message =
        is_file && dir
            ? mem_printf("%s: {file: …} of a tenant must lie below %s", path, dir)
            : mem_printf("%s: {%s: …} is not for tenants", path, secret_source_names[ref.source]);
    const char *hints = is_file && !dir ? "write {secret: NAME}, or let an admin set "
                                          "settings.tenants.secret_dir in splintarr.yaml"
                                        : "write {secret: NAME}";
    rights_deny(x, &(struct denial){DIAG_E302, config_node(x->resource, path), message, hints});
}

void rights_secrets(struct rights *x, const struct field *f, const char *path, const json_t *value)
{
    const char *key;
    json_t *member;
    json_object_foreach((json_t *)(uintptr_t)value, key, member)
    {
        CLEANUP(freep) char *inner = mem_printf("%s.%s", path, key);
        rights_secret(x, f, inner, member);
    }
}

/* Only an exclusion's list of titles, which the model keeps inside the tenant's directory. */
void rights_path(struct rights *x, const struct field *f, const char *path, const json_t *value)
{
    if (x->resource->kind != KIND_EXCLUSION || !str_eq(f->name, "titles_file"))
        rights_refuse(x, f, path, value);
}

/* ---- addresses ---- */

/* The host of a checked URL; caller frees. */
static char *host_of(const char *url)
{
    const char *host = strstr(url, "://");
    host = host ? host + strlen("://") : url;
    size_t n = *host == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":/?#");
    return mem_printf("%.*s", (int)n, host);
}

static bool may_reach(const struct rights *x, enum reach reach)
{
    return reach == REACH_PUBLIC ||
           (reach != REACH_METADATA && config_settings(x->config)->tenants.allow_private);
}

void rights_url(struct rights *x, const struct field *f UNUSED, const char *path,
                const json_t *value)
{
    enum reach reach;
    CLEANUP(freep) char *host = host_of(json_string_value(value));
    if (!address_reach_host(host, &reach) || may_reach(x, reach))
        return;
    CLEANUP(freep)
    char *message = mem_printf("%s: '%s' is a %s address, which tenants may not reach", path, host,
                               reach_names[reach]);
    const char *hints = reach == REACH_METADATA
                            ? "nobody may reach it"
                            : "an admin may allow it in splintarr.yaml:  settings: {tenants: "
                              "{allow_private: true}}";
    rights_deny(x, &(struct denial){DIAG_E404, config_node(x->resource, path), message, hints});
}

void rights_secret_or_url(struct rights *x, const struct field *f, const char *path,
                          const json_t *value)
{
    (json_is_string(value) ? rights_url : rights_secret)(x, f, path, value);
}
