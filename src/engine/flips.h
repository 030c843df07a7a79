/* engine/flips.h — items that become searchable, or excluded, counted as people count them: series
 * and movies; episodes when only parts of series are meant. */
#ifndef SPL_ENGINE_FLIPS_H
#define SPL_ENGINE_FLIPS_H

#include "base/vec.h"
#include "model/item.h"

/* Distinct titles of one kind, and their items. */
struct flips {
    VEC(int64_t) titles; /* sorted; instance and title id in one number */
    int64_t n_items;
};
enum { FLIP_FREED, FLIP_HELD, FLIP_N };

/* `instance`: its number among those that are counted. */
void flips_note(struct flips *f, uint64_t instance, const struct item *it);
void flips_done(struct flips *f);

struct flips_words {
    const char *kind, *unit, *direction; /* "items_searchable", "series", "searchable" */
    int64_t n;
    char text[120]; /* "37 series become searchable again" */
};
/* False: there are none. */
bool flips_tell(const struct flips *f, int way, int kind, bool by_episode, struct flips_words *ret);
/* Of what flips_words.kind says; NULL: it is no such word. */
const char *flips_direction(const char *kind);

/* 1,980 */
enum { GROUPED = 32 };
const char *grouped(int64_t n, char ret[static GROUPED]);

#endif
