/* base/secret.h — a value that must not be seen: wiped when done, never printable (log pairs and
 * formatters have no case for it). */
#ifndef SPL_BASE_SECRET_H
#define SPL_BASE_SECRET_H

#include "base/macros.h"

struct secret {
    char *value; /* NUL-terminated; owned */
    size_t n;
};

/* Copies n bytes and registers the value with log_redact. */
void secret_set(struct secret *s, const char *value, size_t n);
void secret_done(struct secret *s); /* wipes; for CLEANUP too */

#endif
