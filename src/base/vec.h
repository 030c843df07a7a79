/* base/vec.h — a growable array of any type: `VEC(struct row) rows = {0};`.
 * Elements move when the array grows, so keep indices, not pointers, while pushing. */
#ifndef SPL_BASE_VEC_H
#define SPL_BASE_VEC_H

#include "base/mem.h"

#define VEC(type)                                                                                  \
    struct {                                                                                       \
        type *at;                                                                                  \
        size_t n, cap;                                                                             \
    }

#define vec_push(v, ...)                                                                           \
    do {                                                                                           \
        if ((v)->n == (v)->cap) {                                                                  \
            (v)->cap = (v)->cap ? (v)->cap * 2 : 8;                                                \
            (v)->at = mem_resized((v)->at, (v)->cap * sizeof *(v)->at);                            \
        }                                                                                          \
        (v)->at[(v)->n++] = (__VA_ARGS__);                                                         \
    } while (0)

#define vec_done(v)                                                                                \
    do {                                                                                           \
        mem_free((v)->at);                                                                         \
        (v)->at = NULL;                                                                            \
        (v)->n = (v)->cap = 0;                                                                     \
    } while (0)

#endif
