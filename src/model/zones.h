/* model/zones.h — time zones loaded once and shared: a tree names the same two or three again and
 * again. */
#ifndef SPL_MODEL_ZONES_H
#define SPL_MODEL_ZONES_H

#include "model/when.h"

struct zones;

struct zones *zones_new(void);
struct zones *zones_free(struct zones *z); /* takes NULL, returns NULL; with every zone in it */
void zones_freep(struct zones **z);

/* NULL: the system's. Borrowed: it lives as long as the shelf. */
MUST_CHECK bool zones_get(struct zones *z, const char *name, const struct zone **ret,
                          struct err *e);

#endif
