/* model/type_parts.h — what the implementations of types share. Used by type_*.c only. */
#ifndef SPL_MODEL_TYPE_PARTS_H
#define SPL_MODEL_TYPE_PARTS_H

#include "base/jx.h"
#include "base/mem.h"
#include "base/str.h"
#include "model/field.h"
#include "model/value.h"

#define TYPE(name, words) extern const struct type type_##name;
#include "model/types.def"
#undef TYPE

/* A finding about a scalar's text; says field and problem, carets at the fault. Returns false. */
bool refuse_value(const struct reading *x, const struct field *f, const struct ynode *n,
                  const struct value_problem *p);
bool refuse_range(const struct reading *x, const struct field *f, const struct ynode *n,
                  const char *least, const char *most);

/* A list's elements, or the one scalar in its place: n and the i-th. */
size_t elements(const struct ynode *n);
const struct ynode *element(const struct ynode *n, size_t i);

/* {"type": "string", "description": …} with the description of the field. */
json_t *schema_of(const char *json_type);
json_t *schema_words(const struct field *f); /* string with enum */
json_t *schema_either(json_t *a, json_t *b); /* anyOf; steals both */
json_t *schema_list_or_one(json_t *element); /* steals it */
json_t *schema_text(void);                   /* string, number or boolean: 1917 and No are titles */

const struct ynode *plain_node(struct arena *arena, const char *text); /* a scalar made up */

/* Reads `{secret: NAME}` and the other forms, and the tags. False after a finding. `literal_ok`
 * says what a literal may be; then *ret_text is set instead. */
typedef bool literal_check(const struct reading *x, const struct field *f, const struct ynode *n);
bool read_secret(const struct reading *x, const struct field *f, const char *key,
                 const struct ynode *n, bool is_literal_ok, struct secret_or_text *ret);
json_t *write_secret(const struct secret_ref *s, const char *text);
json_t *schema_secret(void);
json_t *schema_fields(const struct field *fields); /* an object; schema.c */

#endif
