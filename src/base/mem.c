/* base/mem.c — malloc that cannot return NULL. */
#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void *checked(void *p)
{
    if (p)
        return p;
    fputs("splintarr: out of memory\n", stderr);
    abort();
}

void *mem_zeroed(size_t n_bytes)
{
    return checked(calloc(1, n_bytes ? n_bytes : 1));
}

void *mem_resized(void *old, size_t n_bytes)
{
    return checked(realloc(old, n_bytes ? n_bytes : 1));
}

char *mem_strdup(const char *s)
{
    return s ? checked(strdup(s)) : NULL;
}

char *mem_printf(const char *fmt, ...)
{
    char *text = NULL;
    va_list args;
    va_start(args, fmt);
    int n = vasprintf(&text, fmt, args);
    va_end(args);
    return checked(n < 0 ? NULL : text);
}

void mem_free(void *p)
{
    free(p);
}

void freep(void *pointer_to_pointer)
{
    void **p = pointer_to_pointer;
    free(*p);
    *p = NULL;
}

void closep(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}
