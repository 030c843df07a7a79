/* base/secret.c — owning and wiping secret values. */
#include "base/secret.h"

#include <string.h>

#include "base/log.h"
#include "base/mem.h"

void secret_set(struct secret *s, const char *value, size_t n)
{
    secret_done(s);
    s->value = mem_zeroed(n + 1);
    memcpy(s->value, value, n);
    s->n = n;
    log_redact(s->value);
}

void secret_done(struct secret *s)
{
    if (s->value)
        explicit_bzero(s->value, s->n);
    mem_free(s->value);
    *s = (struct secret){0};
}
