/* base/arena.h — memory that is freed all at once: one arena per configuration load or request.
 *
 * Everything handed out is zeroed, aligned for any type and lives until arena_free or arena_reset.
 * Strings in the model point into the arena of their config and never change. */
#ifndef SPL_BASE_ARENA_H
#define SPL_BASE_ARENA_H

#include "base/macros.h"

struct arena;

struct arena *arena_new(void);
struct arena *arena_free(struct arena *a); /* takes NULL, returns NULL */
void arena_freep(struct arena **a);        /* for CLEANUP */
void arena_reset(struct arena *a);         /* forget everything, keep the first block */

void *arena_alloc(struct arena *a, size_t n_bytes);
char *arena_strdup(struct arena *a, const char *s); /* NULL stays NULL */
char *arena_strndup(struct arena *a, const char *s, size_t n_bytes);
char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF(2, 3);
size_t arena_bytes(const struct arena *a); /* handed out so far */

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_alloc((a), sizeof(type) * (size_t)(n)))

#endif
