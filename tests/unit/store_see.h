/* store_see.h — a title put by a sync that saw it. */
#ifndef TESTS_STORE_SEE_H
#define TESTS_STORE_SEE_H

#include "store/library.h"

static inline bool see_title(struct store *s, const char *instance, int64_t generation,
                             const struct title *t, struct err *e)
{
    return title_put(s, instance, t, e) && titles_seen(s, instance, generation, &t->id, 1, e);
}

#endif
