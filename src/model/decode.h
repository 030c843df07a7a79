/* model/decode.h — walkers over a table of fields: check what is written, decode what is meant,
 * write it canonically. Inside the model only. */
#ifndef SPL_MODEL_DECODE_H
#define SPL_MODEL_DECODE_H

#include "model/field.h"

enum { LEVELS_MAX = 24 };
/* What is written for one map, most specific level first: a queue, what it extends, its profile, …
 */
struct levels {
    const struct ynode *at[LEVELS_MAX];
    const char *owners[LEVELS_MAX]; /* whose names they use; NULL: the root's */
    size_t n;
};

/* Large enough for the value of any field that is not a struct. */
union any_value {
    _Alignas(16) unsigned char bytes[64];
};

/* Reports everything wrong with what is written in one map: unknown keys, values, and, unless a
 * base may give them, missing keys. `words` names the map ("a queue"); `explain` is what to ask for
 * ("queue"). */
bool check_map(const struct reading *x, const struct field *fields, const struct ynode *map,
               const char *words, const char *explain, bool has_bases);

/* Fills a zeroed struct from the levels, then the defaults. Silent. */
void decode_map(const struct reading *x, const struct field *fields, const struct levels *levels,
                void *ret);

/* What one map says, canonically, values equal to their default left out unless `keeps_defaults`.
 */
json_t *canonical_map(const struct reading *x, const struct field *fields, const struct ynode *map,
                      bool keeps_defaults);

/* Everything a struct holds, defaults included; unset values are absent. */
json_t *effective_map(const struct field *fields, const void *value);

/* The canonical JSON of a field's default; NULL when it has none. Caller decrefs. */
json_t *default_json(const struct field *f);

#endif
