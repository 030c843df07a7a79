/* base/mem.h — the only door to the heap. Running out of memory aborts with a message: whatever an
 * outsider can make us allocate is bounded before we get here. */
#ifndef SPL_BASE_MEM_H
#define SPL_BASE_MEM_H

#include "base/macros.h"

void *mem_zeroed(size_t n_bytes);                    /* never NULL, all zero */
void *mem_resized(void *old, size_t n_bytes);        /* like realloc, never NULL */
char *mem_strdup(const char *s);                     /* NULL stays NULL */
char *mem_printf(const char *fmt, ...) PRINTF(1, 2); /* caller frees */
void mem_free(void *p);

#define NEW(type) ((type *)mem_zeroed(sizeof(type)))

/* CLEANUP functions. */
void freep(void *pointer_to_pointer);
void closep(int *fd);

#endif
