/* base/arena.c — a list of blocks; allocation moves a mark. */
#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

enum { BLOCK_BYTES = 16 * 1024, ALIGNMENT = 16 };

struct block {
    struct block *next;
    size_t size, used;
    _Alignas(ALIGNMENT) unsigned char bytes[];
};

struct arena {
    struct block *head; /* the block being filled; older ones follow */
    size_t n_bytes;
};

static struct block *block_new(size_t size, struct block *next)
{
    struct block *b = mem_resized(NULL, sizeof *b + size);
    b->size = size;
    b->used = 0;
    b->next = next;
    return b;
}

static void blocks_free(struct block *b)
{
    while (b) {
        struct block *next = b->next;
        mem_free(b);
        b = next;
    }
}

struct arena *arena_new(void)
{
    struct arena *a = NEW(struct arena);
    a->head = block_new(BLOCK_BYTES, NULL);
    return a;
}

struct arena *arena_free(struct arena *a)
{
    if (!a)
        return NULL;
    blocks_free(a->head);
    mem_free(a);
    return NULL;
}

void arena_freep(struct arena **a)
{
    *a = arena_free(*a);
}

void arena_reset(struct arena *a)
{
    blocks_free(a->head);
    a->head = block_new(BLOCK_BYTES, NULL);
    a->n_bytes = 0;
}

void *arena_alloc(struct arena *a, size_t n_bytes)
{
    assert(n_bytes < SIZE_MAX / 2);
    size_t n = (n_bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (n > a->head->size - a->head->used)
        a->head = block_new(MAX(n, (size_t)BLOCK_BYTES), a->head);
    void *p = a->head->bytes + a->head->used;
    a->head->used += n;
    a->n_bytes += n;
    return memset(p, 0, n); /* what is handed out, not what never will be */
}

char *arena_strndup(struct arena *a, const char *s, size_t n_bytes)
{
    char *copy = arena_alloc(a, n_bytes + 1);
    memcpy(copy, s, n_bytes);
    return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
    return s ? arena_strndup(a, s, strlen(s)) : NULL;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    assert(n >= 0);
    char *text = arena_alloc(a, (size_t)n + 1);
    vsnprintf(text, (size_t)n + 1, fmt, again);
    va_end(again);
    return text;
}

size_t arena_bytes(const struct arena *a)
{
    return a->n_bytes;
}
