/* loop/heap.h — timers by due time; equal times in the order they were made. Used by loop.c. */
#ifndef SPL_LOOP_HEAP_H
#define SPL_LOOP_HEAP_H

#include <stdint.h>

#include "base/clock.h"
#include "base/vec.h"

struct loop;

struct timer {
    ms_t due;
    uint64_t order;
    size_t at; /* in the heap */
    void (*fn)(void *ctx);
    void *ctx;
    struct loop *loop; /* borrowed */
};

struct heap {
    VEC(struct timer *) timers;
    uint64_t n_made;
};

void heap_done(struct heap *h); /* frees every timer */
struct timer *heap_add(struct heap *h, ms_t due, void (*fn)(void *ctx), void *ctx,
                       struct loop *loop);
void heap_remove(struct heap *h, struct timer *t); /* frees it */
struct timer *heap_first(const struct heap *h);    /* NULL: empty */
uint64_t heap_newest(const struct heap *h);        /* order of the newest timer */
/* The first timer if it is due at `now` and no newer than `newest`; else NULL. */
struct timer *heap_due(const struct heap *h, ms_t now, uint64_t newest);

#endif
