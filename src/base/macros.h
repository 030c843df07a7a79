/* base/macros.h — the few attributes and helpers every file uses.
 *
 * CLEANUP(fn)  on an owning local: fn(&local) runs on every way out of the scope.
 * TAKE(p)      hands a pointer out of a CLEANUP local: yields it and leaves NULL behind.
 * TAKE_STRUCT  the same for a struct: yields the value and leaves zeroes behind.
 * MUST_CHECK   the result of this function may not be ignored. */
#ifndef SPL_BASE_MACROS_H
#define SPL_BASE_MACROS_H

#include <stddef.h>

#define CLEANUP(fn) __attribute__((cleanup(fn)))
#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define UNUSED __attribute__((unused))
#define NORETURN __attribute__((noreturn))

#define TAKE(p)                                                                                    \
    __extension__({                                                                                \
        __typeof__(p) take_ = (p);                                                                 \
        (p) = NULL;                                                                                \
        take_;                                                                                     \
    })
#define TAKE_STRUCT(s)                                                                             \
    __extension__({                                                                                \
        __typeof__(s) take_ = (s);                                                                 \
        (s) = (__typeof__(s)){0};                                                                  \
        take_;                                                                                     \
    })

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))

#endif
