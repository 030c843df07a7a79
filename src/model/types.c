/* model/types.c — the table of types, and what their implementations share. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "model/type_parts.h"

static const struct type *const types[FT_N] = {
#define TYPE(name, words) [FT_##name] = &type_##name,
#include "model/types.def"
#undef TYPE
};

static const char *const words_of[FT_N] = {
#define TYPE(name, words) [FT_##name] = words,
#include "model/types.def"
#undef TYPE
};

const struct type *type_of(const struct field *f)
{
    return types[f->type];
}

const char *type_words(const struct field *f)
{
    return words_of[f->type];
}

bool reading_refuse(const struct reading *x, enum diag_code code, const struct ynode *n,
                    const char *hints, const char *fmt, ...)
{
    if (!x->diags)
        return false;
    char message[400];
    va_list args;
    va_start(args, fmt);
    vsnprintf(message, sizeof message, fmt, args);
    va_end(args);
    diags_add(x->diags, &(struct diag){
                            .code = code,
                            .at = n->at,
                            .end_col = n->end_line == n->at.line ? n->end_col : 0,
                            .message = message,
                            .hints = hints && hints[0] ? hints : NULL,
                        });
    return false;
}

bool is_scalar(const struct reading *x, const struct field *f, const struct ynode *n)
{
    if (n->is_reported)
        return false;
    if (n->type != Y_SCALAR)
        return reading_refuse(x, DIAG_E102, n, NULL, "%s takes %s, not a %s", field_key(f),
                              type_words(f), n->type == Y_LIST ? "list" : "map");
    if (ydoc_is_null(n)) /* of a list: a field without a value is not read at all */
        return reading_refuse(x, DIAG_E102, n, "write a value, or remove the line",
                              "%s: an empty element", field_key(f));
    return n->tag == YTAG_NONE ||
           reading_refuse(x, DIAG_E302, n, "leave the tag out", "%s takes no secret", field_key(f));
}

/* The part from where it went wrong; all of it when it only lacks something at its end. */
static struct ynode wrong_part(const struct ynode *n, const struct value_problem *p)
{
    struct ynode part = *n;
    if (p->at > 0 && p->at < strlen(n->text)) {
        part.at = ydoc_place(n, p->at, &part.end_col);
        part.end_line = part.at.line;
    }
    return part;
}

bool refuse_value(const struct reading *x, const struct field *f, const struct ynode *n,
                  const struct value_problem *p)
{
    if (!x->diags)
        return false;
    struct ynode part = wrong_part(n, p);
    char message[400];
    snprintf(message, sizeof message, "%s: %s", field_key(f), p->message);
    diags_add(x->diags, &(struct diag){
                            .code = DIAG_E105,
                            .at = part.at,
                            .end_col = part.end_line == part.at.line ? part.end_col : 0,
                            .message = message,
                            .hints = p->hint[0] ? p->hint : NULL,
                            .is_secret = p->is_secret,
                        });
    return false;
}

bool refuse_range(const struct reading *x, const struct field *f, const struct ynode *n,
                  const char *least, const char *most)
{
    return reading_refuse(x, DIAG_E104, n, NULL, "%s: %s is outside %s to %s", field_key(f),
                          n->text, least, most);
}

size_t elements(const struct ynode *n)
{
    return n->type == Y_LIST ? n->n : 1;
}

const struct ynode *element(const struct ynode *n, size_t i)
{
    return n->type == Y_LIST ? n->items[i] : n;
}

const struct ynode *plain_node(struct arena *arena, const char *text)
{
    struct ynode *n = ARENA_NEW(arena, struct ynode);
    *n = (struct ynode){.type = Y_SCALAR, .is_plain = true, .text = text};
    return n;
}

/* ---- pieces of schema ---- */

json_t *schema_of(const char *json_type)
{
    json_t *o = json_object();
    jx_put(o, "type", jx_string(json_type));
    return o;
}

json_t *schema_words(const struct field *f)
{
    json_t *o = schema_of("string"), *words = json_array();
    for (int i = 0; i < f->n_names; i++)
        jx_push(words, jx_string(f->names[i]));
    jx_put(o, "enum", words);
    return o;
}

json_t *schema_either(json_t *a, json_t *b)
{
    json_t *o = json_object(), *any = json_array();
    jx_push(any, a);
    jx_push(any, b);
    jx_put(o, "anyOf", any);
    return o;
}

json_t *schema_list_or_one(json_t *one)
{
    json_t *list = schema_of("array");
    jx_put(list, "items", json_deep_copy(one));
    return schema_either(one, list);
}

json_t *schema_text(void)
{
    json_t *o = json_object(), *any = json_array();
    jx_push(any, jx_string("string"));
    jx_push(any, jx_string("number"));
    jx_push(any, jx_string("boolean"));
    jx_put(o, "type", any);
    return o;
}
