/* model/type_secret.c — references to secrets. A literal is an error that hides what it found. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "model/type_parts.h"

static const struct {
    const char *key;
    enum secret_source source;
    enum ytag tag;
} forms[] = {
    {"secret", SECRET_STORED, YTAG_SECRET},
    {"file", SECRET_FILE, YTAG_FILE},
    {"credential", SECRET_CREDENTIAL, YTAG_NONE},
    {"env", SECRET_ENV, YTAG_ENV},
};

/* "sonarr-main-key" for api_key of instance/sonarr-main; "discord-home-url" for a notification. */
static void suggest_name(const struct reading *x, const char *key, char *ret, size_t size)
{
    const char *last = str_eq(key, "api_key") ? "key" : key;
    const char *slash = x->name ? strrchr(x->name, '/') : NULL;
    snprintf(ret, size, "%s-%s", slash ? slash + 1 : x->name ? x->name : "my", last);
    for (char *p = ret; *p; p++)
        *p = isalnum((unsigned char)*p) ? (char)tolower((unsigned char)*p) : '-';
}

/* A key that was committed once is known for ever. */
static const char *rotation(const struct reading *x, const char *key)
{
    const struct ynode *type = x->resource ? ydoc_get(x->resource, "type") : NULL;
    if (x->kind != KIND_INSTANCE || !str_eq(key, "api_key"))
        return "rotate it where it comes from";
    return type && str_eq(type->text, app_names[APP_RADARR])
               ? "rotate the key in Radarr > Settings > General"
               : "rotate the key in Sonarr > Settings > General";
}

static bool refuse_literal(const struct reading *x, const char *key, const struct ynode *n)
{
    char name[64]; /* the longest name of a secret */
    if (!x->diags || n->is_reported)
        return false;
    suggest_name(x, key, name, sizeof name);
    CLEANUP(freep)
    char *hints = mem_printf("store it:  splintarr secret set %s%s%s\n"
                             "write:     %s: {secret: %s}\nif this was ever committed, %s",
                             x->owner ? x->owner : "", x->owner ? "/" : "", name, key, name,
                             rotation(x, key));
    CLEANUP(freep) char *message = mem_printf("%s must not be written in the file", key);
    diags_add(x->diags, &(struct diag){
                            .code = DIAG_E301,
                            .at = n->at,
                            .end_col = n->end_line == n->at.line ? n->end_col : 0,
                            .message = message,
                            .caret = "literal secret (hidden, length not shown)",
                            .hints = hints,
                            .is_secret = true,
                        });
    return false;
}

static bool refuse_form(const struct reading *x, const char *key, const struct ynode *n)
{
    return reading_refuse(
        x, DIAG_E302, n,
        "write one of {secret: NAME}, {file: PATH}, {credential: NAME}, {env: VAR}",
        "%s: not a secret reference", key);
}

/* What stands there may be the secret itself, so it is not quoted. */
static bool refuse_name(const struct reading *x, const char *key, const struct ynode *n)
{
    CLEANUP(freep) char *message = mem_printf("%s: not the name of a secret", key);
    if (x->diags)
        diags_add(x->diags, &(struct diag){
                                .code = DIAG_E302,
                                .at = n->at,
                                .end_col = n->end_line == n->at.line ? n->end_col : 0,
                                .message = message,
                                .hints = "names are lower-case letters, digits and '-' inside",
                                .is_secret = true,
                            });
    return false;
}

static bool check_ref(const struct reading *x, const char *key, const struct ynode *n,
                      enum secret_source source)
{
    struct value_problem p = {0};
    if (!n->text[0])
        return refuse_form(x, key, n);
    bool is_named = source == SECRET_STORED || source == SECRET_CREDENTIAL;
    bool is_fine =
        source == SECRET_STORED ? value_name(n->text, &p) : !is_named || !strchr(n->text, '/');
    if (!is_fine)
        return refuse_name(x, key, n);
    if (source == SECRET_FILE && n->text[0] != '/')
        return reading_refuse(x, DIAG_E302, n, "write an absolute path outside the tree",
                              "%s: a relative file", key);
    return true;
}

static bool take(const struct reading *x, const char *key, const struct ynode *n,
                 enum secret_source source, struct secret_ref *ret)
{
    if (!check_ref(x, key, n, source))
        return false;
    bool is_tenants = x->owner && source == SECRET_STORED;
    ret->source = source;
    ret->ref = is_tenants ? arena_printf(x->arena, "%s/%s", x->owner, n->text) : n->text;
    if (source == SECRET_ENV)
        reading_refuse(x, DIAG_W007, n, "anyone who may inspect the process or container sees it",
                       "%s comes from the environment", key);
    return true;
}

static bool read_tagged(const struct reading *x, const char *key, const struct ynode *n,
                        struct secret_ref *ret)
{
    for (size_t i = 0; i < COUNT(forms); i++)
        if (forms[i].tag == n->tag)
            return take(x, key, n, forms[i].source, ret);
    return refuse_form(x, key, n);
}

bool read_secret(const struct reading *x, const struct field *f UNUSED, const char *key,
                 const struct ynode *n, bool is_literal_ok, struct secret_or_text *ret)
{
    *ret = (struct secret_or_text){0};
    if (n->type == Y_SCALAR && n->tag != YTAG_NONE)
        return read_tagged(x, key, n, &ret->secret);
    if (n->type == Y_SCALAR && is_literal_ok) {
        ret->text = n->text;
        return true;
    }
    if (n->type != Y_MAP)
        return refuse_literal(x, key, n);
    if (n->n != 1 || n->entries[0].value->type != Y_SCALAR)
        return refuse_form(x, key, n);
    for (size_t i = 0; i < COUNT(forms); i++)
        if (str_eq(forms[i].key, n->entries[0].key->text))
            return take(x, key, n->entries[0].value, forms[i].source, &ret->secret);
    return refuse_form(x, key, n);
}

json_t *write_secret(const struct secret_ref *s, const char *text)
{
    if (s->source == SECRET_NONE)
        return text ? jx_string(text) : NULL;
    json_t *o = json_object();
    for (size_t i = 0; i < COUNT(forms); i++)
        if (forms[i].source == s->source) {
            const char *slash = s->source == SECRET_STORED ? strrchr(s->ref, '/') : NULL;
            jx_put(o, forms[i].key, jx_string(slash ? slash + 1 : s->ref));
        }
    return o;
}

json_t *schema_secret(void)
{
    json_t *o = schema_of("object"), *members = json_object();
    for (size_t i = 0; i < COUNT(forms); i++)
        jx_put(members, forms[i].key, schema_of("string"));
    jx_put(o, "properties", members);
    jx_put(o, "additionalProperties", json_false());
    jx_put(o, "minProperties", json_integer(1));
    jx_put(o, "maxProperties", json_integer(1));
    return o;
}

/* ---- the three types ---- */

static bool read_ref(const struct reading *x, const struct field *f, const struct ynode *n,
                     void *ret)
{
    struct secret_or_text v;
    if (!read_secret(x, f, field_key(f), n, false, &v))
        return false;
    *(struct secret_ref *)ret = v.secret;
    return true;
}

static json_t *write_ref(const struct field *f UNUSED, const void *value)
{
    return write_secret(value, NULL);
}

static json_t *ref_schema(const struct field *f UNUSED)
{
    return schema_secret();
}

const struct type type_SECRET = {
    .read = read_ref, .write = write_ref, .schema = ref_schema, .is_secret = true};

static json_t *write_either(const struct field *f UNUSED, const void *value)
{
    const struct secret_or_text *v = value;
    return write_secret(&v->secret, v->text);
}

static json_t *either_schema(const struct field *f UNUSED)
{
    return schema_either(schema_of("string"), schema_secret());
}

/* Whether a URL may be literal depends on the type beside it; the rules of the kind check that. */
static bool read_secret_or_url(const struct reading *x, const struct field *f,
                               const struct ynode *n, void *ret)
{
    struct secret_or_text v;
    struct value_problem p = {0};
    char url[VALUE_URL];
    if (!read_secret(x, f, field_key(f), n, true, &v))
        return false;
    if (v.text && !value_url(v.text, URL_FULL, url, &p))
        return refuse_literal(x, field_key(f), n);
    *(struct secret_or_text *)ret = v;
    return true;
}

const struct type type_SECRET_OR_URL = {
    .read = read_secret_or_url, .write = write_either, .schema = either_schema, .is_secret = true};

static bool read_secret_or_hash(const struct reading *x, const struct field *f,
                                const struct ynode *n, void *ret)
{
    bool is_hash = n->type == Y_SCALAR && str_starts(n->text, "$argon2id$");
    struct secret_or_text v;
    if (!read_secret(x, f, field_key(f), n, is_hash, &v))
        return false;
    if (is_hash)
        reading_refuse(x, DIAG_W005, n, "write password: {secret: NAME} and store the hash",
                       "%s: a hash in the tree can be attacked offline by everyone who can read it",
                       field_key(f));
    *(struct secret_or_text *)ret = v;
    return true;
}

const struct type type_SECRET_OR_HASH = {
    .read = read_secret_or_hash, .write = write_either, .schema = either_schema, .is_secret = true};
