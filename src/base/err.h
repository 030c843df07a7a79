/* base/err.h — errors as values.
 *
 * A function that can fail returns bool, is MUST_CHECK and takes `struct err *e` last. It sets its
 * ret_ parameters only on success and *e only on failure, and never logs. An expected outcome
 * ("nothing to do", "rate limited") is not an error: it is an enum result of that one function.
 *
 * The code classifies for exactly two readers: the exit status in cli, the retry in http. */
#ifndef SPL_BASE_ERR_H
#define SPL_BASE_ERR_H

#include <stdbool.h>

#include "base/macros.h"

enum err_code {
    ERR_NONE,
    ERR_USAGE,       /* wrong flags or arguments                  exit 2 */
    ERR_CONFIG,      /* the tree is invalid                       exit 3 */
    ERR_IO,          /* files, memory, the operating system       exit 4 */
    ERR_DB,          /* the database                              exit 4 */
    ERR_REMOTE,      /* a server was unreachable or answered badly exit 4 */
    ERR_REFUSED,     /* refused for safety                        exit 5 */
    ERR_CONFLICT,    /* a lock is held, a plan is stale           exit 6 */
    ERR_INTERRUPTED, /* SIGINT or SIGTERM                         exit 130/143 */
};

/* The exit code of a class, the same in every command. */
int err_exit(enum err_code code);

/* A place in the user's files. Lines and columns count from 1; 0 means unknown. `file` is borrowed
 * (arena or static) and relative to the root of the tree. */
struct loc {
    const char *file;
    int line, col;
};

/* Lives on the caller's stack; owns nothing. */
struct err {
    enum err_code code;
    struct loc at;
    char msg[500];
};

/* Both return false, so a failure is one return statement.
 * err_set: at the bottom, where it went wrong.   err_in: one floor up, "while doing X: ". */
bool err_set(struct err *e, enum err_code code, const char *fmt, ...) PRINTF(3, 4);
bool err_in(struct err *e, const char *fmt, ...) PRINTF(2, 3);

#endif
