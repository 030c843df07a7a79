/* model/schema.c — JSON Schema draft-07 of a tree's files, from the tables. */
#include "model/config.h"
#include "model/decode.h"
#include "model/type_parts.h"

/* Nothing may be null as far as the tables go, but a key without a value counts as absent. */
static json_t *or_null(json_t *schema, const char *doc)
{
    json_t *o = schema_either(schema, schema_of("null"));
    jx_put(o, "description", jx_string(doc));
    return o;
}

json_t *schema_fields(const struct field *fields)
{
    json_t *o = schema_of("object"), *members = json_object();
    for (const struct field *f = fields; f->name; f++) {
        json_t *member = or_null(type_of(f)->schema(f), f->doc);
        CLEANUP(jx_decrefp) json_t *def = default_json(f);
        if (def)
            jx_put(member, "default", TAKE(def));
        jx_put(members, field_key(f), member);
    }
    jx_put(o, "properties", members);
    jx_put(o, "additionalProperties", json_false());
    return o;
}

static json_t *required_keys(const struct field *fields)
{
    json_t *a = json_array();
    for (const struct field *f = fields; f->name; f++)
        if (f->is_required)
            jx_push(a, jx_string(field_key(f)));
    return a;
}

static json_t *share_schema(void)
{
    static const struct field grant = {.names = grant_names, .n_names = GRANT_N};
    json_t *o = schema_of("object");
    jx_put(o, "additionalProperties", schema_words(&grant));
    return o;
}

static json_t *resource_schema(enum kind kind)
{
    if (kind == KIND_SHARE)
        return share_schema();
    json_t *o = schema_fields(kind_fields(kind));
    json_t *required = required_keys(kind_fields(kind));
    bool may_inherit = kind == KIND_QUEUE || kind == KIND_PROFILE;
    if (json_array_size(required) && !may_inherit)
        jx_put(o, "required", required);
    else
        json_decref(required);
    return o;
}

/* `queues: {NAME: …}`; settings have no names. */
static json_t *kind_schema(enum kind kind)
{
    json_t *one = or_null(resource_schema(kind), kind_plurals[kind]);
    if (kind == KIND_SETTINGS)
        return one;
    json_t *o = schema_of("object"), *patterns = json_object();
    jx_put(patterns, "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", one);
    jx_put(o, "patternProperties", patterns);
    jx_put(o, "additionalProperties", json_false());
    return or_null(o, kind_plurals[kind]);
}

json_t *schema_json(void)
{
    json_t *o = json_object(), *members = json_object(), *version = json_object(),
           *patterns = json_object();
    jx_put(o, "$schema", jx_string("http://json-schema.org/draft-07/schema#"));
    jx_put(o, "title", jx_string("A file of a Splintarr tree"));
    jx_put(o, "type", jx_string("object"));
    jx_put(version, "const", json_integer(1));
    jx_put(members, "version", version);
    for (int k = 0; k < KIND_N; k++)
        jx_put(members, kind_plurals[k], kind_schema((enum kind)k));
    jx_put(o, "properties", members);
    jx_put(patterns, "^x-", json_object());
    jx_put(o, "patternProperties", patterns);
    jx_put(o, "additionalProperties", json_false());
    return o;
}
