/* store/embedded.h — files that the build puts into the program (tools/embed.c). */
#ifndef SPL_STORE_EMBEDDED_H
#define SPL_STORE_EMBEDDED_H

#include <stddef.h>

struct embedded {
    const char *name; /* "0001_initial.sql" */
    const char *at;   /* followed by a NUL that n does not count */
    size_t n;
};

/* state/NNNN_<what>.sql in order. */
extern const struct embedded embedded_migrations[];
extern const size_t embedded_migrations_n;

#endif
