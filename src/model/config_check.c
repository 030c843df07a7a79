/* model/config_check.c — what is written, resource by resource: shape, values, duplicates,
 * canonical form. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/jx.h"
#include "base/str.h"
#include "model/config_parts.h"
#include "model/type_parts.h"

static int compare(const void *a, const void *b)
{
    const struct resource *x = *(struct resource *const *)a, *y = *(struct resource *const *)b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    int order = strcmp(x->name, y->name);
    if (order == 0 && x->at.file && y->at.file)
        order = strcmp(x->at.file, y->at.file);
    return order ? order : x->at.line - y->at.line;
}

static void sort(struct config *c)
{
    if (c->resources.n)
        qsort(c->resources.at, c->resources.n, sizeof *c->resources.at, compare);
    c->is_sorted = true;
}

static bool is_same(const struct resource *a, const struct resource *b)
{
    return a->kind == b->kind && str_eq(a->name, b->name);
}

/* One finding for each name, at its first place, with the others beside it. */
static void find_duplicates(struct config *c, struct diags *diags)
{
    for (size_t i = 0, n; i < c->resources.n; i += n) {
        const struct resource *r = c->resources.at[i];
        for (n = 1; i + n < c->resources.n && is_same(r, c->resources.at[i + n]);)
            n++;
        if (n == 1)
            continue;
        struct loc *others = ARENA_ARRAY(c->arena, struct loc, n - 1);
        for (size_t k = 1; k < n; k++)
            others[k - 1] = c->resources.at[i + k]->at;
        CLEANUP(freep)
        char *message = mem_printf("%s/%s is declared %s", kind_names[r->kind], r->name,
                                   n == 2 ? "twice" : "several times");
        diags_add(diags, &(struct diag){
                             .code = DIAG_E110,
                             .at = r->at,
                             .end_col = r->at.col + (int)strlen(r->name),
                             .message = message,
                             .related = others,
                             .n_related = n - 1,
                         });
    }
}

struct reading config_reading(const struct config *c, const struct resource *r, struct diags *diags)
{
    return (struct reading){
        .arena = c->arena,
        .diags = diags,
        .kind = r->kind,
        .name = r->name,
        .owner = r->owner,
        .settings = c->settings,
        .zone = c->zone,
        .resource = r->node,
        .at = &r->at,
    };
}

/* ---- shares: a map from users to grants ---- */

static void check_share(struct config *c, struct resource *r, struct diags *diags)
{
    static const struct field grant = {
        .name = "grant", .type = FT_ENUM, .names = grant_names, .n_names = GRANT_N};
    struct reading x = config_reading(c, r, diags);
    struct share *spec = ARENA_NEW(c->arena, struct share);
    json_t *canonical = json_object();
    spec->at = ARENA_ARRAY(c->arena, struct grant_pair, r->node->n + 1);
    for (size_t i = 0; i < r->node->n; i++) {
        const struct yentry *entry = &r->node->entries[i];
        int value = 0;
        if (!type_ENUM.read(&x, &grant, entry->value, &value))
            continue;
        spec->at[spec->n++] = (struct grant_pair){entry->key->text, (enum grant)value};
        jx_put(canonical, entry->key->text, jx_string(grant_names[value]));
    }
    r->spec = spec;
    r->canonical = canonical;
}

/* ---- what has no effect yet ---- */

static void refuse_inert(const struct reading *x, const struct ynode *at, const char *what)
{
    reading_refuse(x, DIAG_W090, at, NULL, "%s: accepted, has no effect in this version", what);
}

static void warn_inert_fields(const struct reading *x, const struct field *fields,
                              const struct ynode *map, const char *path)
{
    for (const struct field *f = fields; f->name; f++) {
        const struct ynode *key = ydoc_key(map, field_key(f)), *n = ydoc_get(map, field_key(f));
        CLEANUP(freep) char *inner = mem_printf("%s.%s", path, field_key(f));
        if (n && f->is_inert)
            refuse_inert(x, key, inner);
        else if (n && f->fields && n->type == Y_MAP)
            warn_inert_fields(x, f->fields, n, inner);
    }
}

static void warn_inert(const struct reading *x, const struct resource *r)
{
    static const bool is_inert[KIND_N] = {
#define KIND(constant, singular, plural, inert) [KIND_##constant] = inert,
#include "model/kinds.def"
#undef KIND
    };
    struct ynode at = {
        .at = r->at, .end_line = r->at.line, .end_col = r->at.col + (int)strlen(r->name)};
    if (is_inert[r->kind])
        refuse_inert(x, &at, kind_names[r->kind]);
    else
        warn_inert_fields(x, kind_fields(r->kind), r->node, kind_names[r->kind]);
}

/* ---- one resource ---- */

static const char *article(enum kind kind)
{
    static const char *const words[KIND_N] = {
        [KIND_SETTINGS] = "settings",
        [KIND_USER] = "a user",
        [KIND_INSTANCE] = "an instance",
        [KIND_SHARE] = "a share",
        [KIND_SCHEDULE] = "a schedule",
        [KIND_PROFILE] = "a profile",
        [KIND_NOTIFICATION] = "a notification",
        [KIND_EXCLUSION] = "an exclusion",
        [KIND_QUEUE] = "a queue",
    };
    return words[kind];
}

static void hash_canonical(struct config *c, struct resource *r)
{
    uint8_t sum[SHA256_BYTES];
    CLEANUP(freep) char *text = jx_canonical(r->canonical);
    hash_sha256(text, strlen(text), sum);
    char *hex = arena_alloc(c->arena, SHA256_HEX);
    r->hash = hash_hex(sum, SHA256_BYTES, hex);
}

static bool inherits(const struct resource *r)
{
    return ydoc_get(r->node, "extends") || ydoc_get(r->node, "profile");
}

static void check_resource(struct config *c, struct resource *r, struct diags *diags)
{
    struct reading x = config_reading(c, r, diags);
    if (r->kind == KIND_SHARE) {
        check_share(c, r, diags);
    } else {
        bool is_extended = ydoc_get(r->node, "extends") != NULL;
        check_map(&x, kind_fields(r->kind), r->node, article(r->kind), kind_names[r->kind],
                  is_extended);
        struct reading silent = config_reading(c, r, NULL);
        bool keeps = (r->kind == KIND_QUEUE || r->kind == KIND_PROFILE) && inherits(r);
        r->canonical = canonical_map(&silent, kind_fields(r->kind), r->node, keeps);
    }
    hash_canonical(c, r);
    if (!r->is_builtin)
        warn_inert(&x, r);
}

static void check_name(struct config *c, const struct resource *r, struct diags *diags)
{
    struct reading x = config_reading(c, r, diags);
    struct ynode at = {
        .at = r->at, .end_line = r->at.line, .end_col = r->at.col + (int)strlen(r->name)};
    bool is_reserved =
        r->kind == KIND_USER && (str_eq(r->name, "builtin") || str_eq(r->name, "tenants"));
    if (is_reserved)
        reading_refuse(&x, DIAG_E109, &at, NULL, "the user name '%s' is reserved", r->name);
}

void config_check_written(struct config *c, struct diags *diags)
{
    sort(c);
    find_duplicates(c, diags);
    for (size_t i = 0; i < c->builtins.n; i++)
        if (!c->builtins.at[i]->canonical)
            check_resource(c, c->builtins.at[i], diags);
    for (size_t i = 0; i < c->resources.n; i++) {
        check_name(c, c->resources.at[i], diags);
        check_resource(c, c->resources.at[i], diags);
    }
}

bool config_check(struct config *c, struct diags *diags)
{
    size_t errors_before = diags_errors(diags);
    if (c->unread && c->resources.n > 0)
        diags_hint(diags, c->unread,
                   "what it declares is unknown: references elsewhere are not checked until it can "
                   "be read");
    config_check_written(c, diags);
    config_check_references(c, diags);
    config_check_rules(c, diags);
    return diags_errors(diags) == errors_before;
}
