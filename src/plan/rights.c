/* plan/rights.c — the table of rules, and the walk over everything a tenant declares. Who may
 * refer to what stands in rights_refs.c, what he may reach in rights_reach.c. */
#include "plan/rights_parts.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/vec.h"
#include "model/value.h"

void rights_deny(struct rights *x, const struct denial *d)
{
    const struct resource *r = x->resource;
    const char *reason = d->code == DIAG_E403 ? "NotShared" : "NotAllowed";
    if (x->to_enforce)
        config_deny(x->to_enforce, r, reason, d->message);
    if (!x->diags)
        return;
    int end = !d->at ? r->at.col + (int)strlen(r->name + strlen(r->owner) + 1)
              : d->at->end_line == d->at->at.line ? d->at->end_col
                                                  : 0;
    diags_add(x->diags, &(struct diag){
                            .code = d->code,
                            .at = d->at ? d->at->at : r->at,
                            .end_col = end,
                            .message = d->message,
                            .hints = d->hints,
                        });
    x->is_denied = x->is_denied || diag_severity(d->code) == SEVERITY_ERROR;
}

/* ---- who owns a directory ---- */

/* His directory is told once, at its first resource. */
static bool is_told(const struct rights *x)
{
    for (size_t i = 0; x->diags && config_at(x->config, i) != x->resource; i++)
        if (str_eq(config_at(x->config, i)->owner, x->resource->owner))
            return true;
    return false;
}

/* NULL: he may own one. */
static const char *why_not_owner(const struct rights *x, const char *owner, enum diag_code *ret)
{
    const struct resource *r = config_find(x->config, KIND_USER, owner);
    const struct user *u = r ? r->spec : NULL;
    struct value_problem p;
    *ret = DIAG_E401;
    if (str_eq(owner, "builtin") || str_eq(owner, "tenants") || !value_name(owner, &p))
        return "is no name a user may have";
    if (u && u->role == ROLE_VIEWER)
        return "is a viewer's, and viewers own no directory";
    *ret = DIAG_W010;
    if (!u)
        return config_is_whole(x->config) ? "belongs to no declared user" : NULL;
    return u->disabled ? "belongs to a disabled user" : NULL;
}

static void rule_owner(struct rights *x)
{
    enum diag_code code;
    const char *owner = x->resource->owner, *why = why_not_owner(x, owner, &code);
    if (!why || is_told(x))
        return;
    CLEANUP(freep)
    char *message = mem_printf("the directory tenants/%s/ %s%s", owner, why,
                               code == DIAG_W010 ? ": nothing in it runs" : "");
    CLEANUP(freep)
    char *hints = mem_printf(
        "in the root tree:  users: {%s: {role: operator}}\nor remove tenants/%s/", owner, owner);
    rights_deny(x, &(struct denial){code, NULL, message, hints});
}

/* ---- what a directory holds ---- */

static void rule_kind(struct rights *x)
{
    static const bool may_hold[KIND_N] = {
        [KIND_INSTANCE] = true, [KIND_SCHEDULE] = true,     [KIND_PROFILE] = true,
        [KIND_QUEUE] = true,    [KIND_NOTIFICATION] = true, [KIND_EXCLUSION] = true,
    };
    if (may_hold[x->resource->kind])
        return;
    CLEANUP(freep)
    char *message = mem_printf("%s are not for tenants", kind_plurals[x->resource->kind]);
    rights_deny(x, &(struct denial){DIAG_E402, NULL, message, "only the root tree may hold it"});
}

/* ---- how many ---- */

static void rule_quota(struct rights *x)
{
    const struct settings_tenants *quota = &config_settings(x->config)->tenants;
    const int64_t most[KIND_N] = {
        [KIND_INSTANCE] = quota->max_instances,
        [KIND_QUEUE] = quota->max_queues,
    };
    enum kind kind = x->resource->kind;
    int64_t n = 0, needed;
    if (kind != KIND_INSTANCE && kind != KIND_QUEUE)
        return;
    for (size_t i = 0; config_at(x->config, i) != x->resource; i++)
        n += config_at(x->config, i)->kind == kind &&
             str_eq(config_at(x->config, i)->owner, x->resource->owner);
    if (n < most[kind])
        return;
    needed = n + 1;
    CLEANUP(freep)
    char *message = mem_printf("%s/%s is one too many: %s may declare %lld %s", kind_names[kind],
                               x->resource->name, x->resource->owner, (long long)most[kind],
                               most[kind] == 1 ? kind_names[kind] : kind_plurals[kind]);
    CLEANUP(freep)
    char *hints =
        mem_printf("remove one, or in splintarr.yaml:  settings: {tenants: {max_%s: %lld}}",
                   kind_plurals[kind], (long long)needed);
    rights_deny(x, &(struct denial){DIAG_E405, NULL, message, hints});
}

/* ---- field by field: by type, and what has no row is denied ---- */

static void harmless(struct rights *x UNUSED, const struct field *f UNUSED, const char *path UNUSED,
                     const json_t *value UNUSED)
{
}

static void refuse_field(struct rights *x, const char *path, const char *value)
{
    CLEANUP(freep) char *message = mem_printf("%s%s is not for tenants", path, value);
    rights_deny(x, &(struct denial){DIAG_E402, config_node(x->resource, path), message,
                                    "only the root tree may hold it"});
}

void rights_refuse(struct rights *x, const struct field *f UNUSED, const char *path,
                   const json_t *value UNUSED)
{
    refuse_field(x, path, "");
}

/* `tls.verify: false` is the one truth value that opens something. */
static void judge_bool(struct rights *x, const struct field *f UNUSED, const char *path,
                       const json_t *value)
{
    if (str_eq(path, "tls.verify") && json_is_false(value))
        refuse_field(x, path, ": false");
}

static rights_judge *const judges[FT_N] = {
    [FT_BOOL] = judge_bool,
    [FT_TRI] = harmless,
    [FT_INT] = harmless,
    [FT_DUR] = harmless,
    [FT_RATE] = harmless,
    [FT_PERCENT] = harmless,
    [FT_SIZE] = harmless,
    [FT_TEXT] = harmless,
    [FT_ZONE] = harmless,
    [FT_REGEX] = harmless,
    [FT_GLOB] = harmless,
    [FT_ENUM] = harmless,
    [FT_ENUMS] = harmless,
    [FT_LIST] = harmless,
    [FT_TEXTMAP] = harmless,
    [FT_WINDOWS] = harmless,
    [FT_MOMENTS] = harmless,
    [FT_UNTIL] = harmless,
    [FT_YEARS] = harmless,
    [FT_COOLDOWN] = harmless,
    [FT_AMOUNT] = harmless,
    [FT_NAME] = rights_reference,
    [FT_SCHEDULE] = rights_schedule,
    [FT_SELECTOR] = rights_selector,
    [FT_URL] = rights_url,
    [FT_SECRET] = rights_secret,
    [FT_SECRET_OR_URL] = rights_secret_or_url,
    [FT_SECRETMAP] = rights_secrets,
    [FT_PATH] = rights_path,
};

static void walk_map(struct rights *x, const struct field *fields, const char *prefix,
                     const json_t *map);

static void walk_list(struct rights *x, const struct field *f, const char *path, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        CLEANUP(freep) char *prefix = mem_printf("%s[%zu].", path, i);
        walk_map(x, f->fields, prefix, json_array_get(list, i));
    }
}

static void walk_field(struct rights *x, const struct field *f, const char *path,
                       const json_t *value)
{
    CLEANUP(freep) char *prefix = mem_printf("%s.", path);
    if (f->type == FT_STRUCT || f->type == FT_OPTION)
        walk_map(x, f->fields, prefix, value);
    else if (f->type == FT_STRUCTS)
        walk_list(x, f, path, value);
    else
        (judges[f->type] ? judges[f->type] : rights_refuse)(x, f, path, value);
}

static void walk_map(struct rights *x, const struct field *fields, const char *prefix,
                     const json_t *map)
{
    for (const struct field *f = fields; f->name; f++) {
        const json_t *value = json_object_get(map, field_key(f));
        CLEANUP(freep) char *path = mem_printf("%s%s", prefix, field_key(f));
        if (value)
            walk_field(x, f, path, value);
    }
}

static void rule_fields(struct rights *x)
{
    if (x->resource->kind != KIND_SHARE)
        walk_map(x, kind_fields(x->resource->kind), "", x->resource->canonical);
}

/* ---- the one function ---- */

static void (*const rules[])(struct rights *x) = {rule_owner, rule_kind, rule_quota, rule_fields};

static bool judge_all(const struct config *config, struct diags *diags, struct config *to_enforce)
{
    struct rights x = {.config = config, .diags = diags, .to_enforce = to_enforce};
    for (size_t i = 0; i < config_n(config); i++) {
        x.resource = config_at(config, i);
        for (size_t k = 0; x.resource->owner && k < COUNT(rules); k++)
            rules[k](&x);
    }
    return !x.is_denied;
}

bool rights_check(const struct config *config, struct diags *diags)
{
    return judge_all(config, diags, NULL);
}

void rights_enforce(struct config *config)
{
    judge_all(config, NULL, config);
}
