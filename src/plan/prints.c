/* plan/prints.c — finds references in specifications and fingerprints what they lead to. */
#include "plan/prints.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/jx.h"
#include "base/str.h"

const char *const secret_source_names[SECRET_SOURCE_N + 1] = {
    [SECRET_NONE] = "none", [SECRET_STORED] = "secret",
    [SECRET_FILE] = "file", [SECRET_CREDENTIAL] = "credential",
    [SECRET_ENV] = "env",
};

bool secret_ref_of(const json_t *value, struct secret_ref *ret)
{
    if (!json_is_object(value))
        return false;
    for (int s = SECRET_STORED; s < SECRET_SOURCE_N; s++) {
        const char *ref = jx_str(value, secret_source_names[s]);
        if (!ref)
            continue;
        *ret = (struct secret_ref){(enum secret_source)s, ref};
        return true;
    }
    return false;
}

static const char *owned(struct arena *arena, const char *name, const struct secret_ref *ref)
{
    size_t n = strcspn(name, "/");
    if (ref->source != SECRET_STORED || !name[n])
        return ref->ref;
    return arena_printf(arena, "%.*s/%s", (int)n, name, ref->ref);
}

void secret_fields_of(enum kind kind, const char *name, const json_t *canonical,
                      struct arena *arena, struct secret_fields *ret)
{
    struct field_changes all;
    config_diff(kind, NULL, canonical, arena, &all);
    *ret = (struct secret_fields){.at = ARENA_ARRAY(arena, struct secret_field, all.n)};
    for (size_t i = 0; i < all.n; i++) {
        struct secret_ref ref;
        if (!all.at[i].is_secret || !secret_ref_of(all.at[i].to, &ref))
            continue;
        ref.ref = owned(arena, name, &ref);
        ret->at[ret->n++] = (struct secret_field){all.at[i].path, ref};
    }
}

/* What the old specification said at this field, to know whether the old print still speaks of the
 * same reference. */
static bool is_same_ref(const struct secret_fields *old, const struct secret_field *now)
{
    for (size_t i = 0; i < old->n; i++)
        if (str_eq(old->at[i].path, now->path))
            return old->at[i].ref.source == now->ref.source &&
                   str_eq(old->at[i].ref.ref, now->ref.ref);
    return false;
}

static void print_secrets(const struct resource *r, const struct secrets *secrets,
                          const json_t *old, const json_t *old_spec, struct arena *arena,
                          json_t *ret)
{
    struct secret_fields fields, before = {0};
    secret_fields_of(r->kind, r->name, r->canonical, arena, &fields);
    if (old_spec)
        secret_fields_of(r->kind, r->name, old_spec, arena, &before);
    for (size_t i = 0; i < fields.n; i++) {
        char print[FINGERPRINT] = "";
        secrets_fingerprint(secrets, &fields.at[i].ref, print);
        const char *kept =
            is_same_ref(&before, &fields.at[i]) ? jx_str(old, fields.at[i].path) : NULL;
        if (*print || kept)
            jx_put(ret, fields.at[i].path, jx_string(*print ? print : kept));
    }
}

static void print_titles(const struct resource *r, const struct config *config, json_t *ret)
{
    const struct exclusion *x = r->spec;
    for (size_t i = 0; i < x->match.n; i++) {
        const char *bytes = x->match.at[i].titles_file
                                ? config_referenced(config, x->match.at[i].titles_file)
                                : NULL;
        if (!bytes)
            continue;
        uint8_t sum[SHA256_BYTES];
        char hex[SHA256_HEX], path[60], print[SHA256_HEX + 8];
        hash_sha256(bytes, strlen(bytes), sum);
        snprintf(path, sizeof path, "match[%zu].titles_file", i);
        snprintf(print, sizeof print, "sha256:%s", hash_hex(sum, sizeof sum, hex));
        jx_put(ret, path, jx_string(print));
    }
}

json_t *prints_of(const struct resource *r, const struct config *config,
                  const struct secrets *secrets, const json_t *old, const json_t *old_spec,
                  struct arena *arena)
{
    json_t *ret = json_object();
    print_secrets(r, secrets, old, old_spec, arena, ret);
    if (r->kind == KIND_EXCLUSION)
        print_titles(r, config, ret);
    return ret;
}
