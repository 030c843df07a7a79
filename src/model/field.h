/* model/field.h — one row per field, and what kinds of value there are.
 *
 * The tables are made from the .def files (fields.c); everything that is known of a field stands in
 * its row, and everything that is done with fields walks these tables. A type is a row of types.def
 * and an implementation of `struct type`: fields never have code, types do. */
#ifndef SPL_MODEL_FIELD_H
#define SPL_MODEL_FIELD_H

#include <jansson.h>

#include "model/diag.h"
#include "model/kinds.h"
#include "model/ydoc.h"

struct zone;

enum field_type {
#define TYPE(name, words) FT_##name,
#include "model/types.def"
#undef TYPE
    FT_N
};

/* What a change of the field costs the running set; NEXT: nothing, the next run reads it. */
enum field_apply { NEXT, LIVE, RESCHEDULE, RECONNECT };

enum { KIND_SELF = -1 }; /* .ref: another resource of the same kind */

struct field {
    const char *name; /* of the struct member */
    const char *key;  /* in YAML; NULL: the name */
    const char *doc;
    enum field_type type;
    size_t offset, size; /* size: of the struct behind STRUCT, OPTION, STRUCTS */
    bool is_required, is_set, is_inert;
    bool is_own;       /* neither `extends` nor `profile` hands it down */
    const char *def;   /* YAML text; NULL: unset */
    int64_t min, max;  /* both 0: any */
    double rmin, rmax; /* RATE */
    const char *const *names;
    int n_names;
    const struct field *fields;
    int ref; /* NAME: enum kind, or KIND_SELF; 0 (KIND_SETTINGS) means not checked */
    const char *from_settings; /* default: this setting */
    const char *pattern, *example;
    enum field_apply apply;
};

static inline const char *field_key(const struct field *f)
{
    return f->key ? f->key : f->name;
}

/* The tables end with a row without a name. SHARE has only the common fields: its map is read by
 * hand. */
const struct field *kind_fields(enum kind kind);
size_t kind_size(enum kind kind);
extern const char *const kind_names[KIND_N + 1]; /* config.h */

/* One reading of a node into a value. With diags NULL it is silent and what cannot be read is left
 * unset: the same node was checked before. */
struct reading {
    struct arena *arena;
    struct diags *diags;
    enum kind kind;
    const char *name, *owner;        /* of the resource; owner may be NULL */
    const struct settings *settings; /* where .from_settings looks; NULL: leave unset */
    const struct zone *zone;         /* of dates; NULL: UTC */
    const struct ynode *resource;    /* the whole of it; may be NULL */
    const struct loc *at;            /* of its key: where missing keys are told; may be NULL */
    const char *path; /* of the map inside the resource, "instance.tls"; NULL: the resource's own */
};

struct type {
    /* Reads one value of the field. False after a finding. */
    bool (*read)(const struct reading *x, const struct field *f, const struct ynode *n, void *ret);
    /* Canonical JSON of a value; NULL when it is unset. */
    json_t *(*write)(const struct field *f, const void *value);
    json_t *(*schema)(const struct field *f);
    /* May be NULL: the canonical form of what must stay as it is written, or NULL to write the
     * value. */
    json_t *(*keep)(const struct ynode *n);
    bool is_secret; /* never shown */
};
const struct type *type_of(const struct field *f);
const char *type_words(const struct field *f); /* "a duration such as 6h or 1d12h" */

/* Adds a finding at a node: carets under it. Returns false. */
bool reading_refuse(const struct reading *x, enum diag_code code, const struct ynode *n,
                    const char *hints, const char *fmt, ...) PRINTF(5, 6);
bool is_scalar(const struct reading *x, const struct field *f, const struct ynode *n);

#endif
